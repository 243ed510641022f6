"""The wording of papers: complete as delivered, replaced field by field by an office, every slip named on loading."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.catalogue.paper_fields import PAPERS
from gongkai.catalogue.paper_words import paper_words
from gongkai.errors import CatalogueError


def own(folder: Path, text: str, name: str = "notice") -> Path:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_complete_as_delivered(name: str, tmp_path: Path) -> None:
    words = paper_words(name)
    assert {*words.texts, *words.lists, *words.numbers} == set(PAPERS[name])
    assert paper_words(name, tmp_path) is words


def test_an_office_replaces_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    words = paper_words("notice", own(tmp_path, '[unit]\ntitle = "{year}年整改函"\n[feedback]\nsigners = ["经办："]\n'))
    assert words.say("unit.title", year=2024) == "2024年整改函"
    assert words.lines("feedback.signers") == ["经办："]
    assert words.say("unit.matter", year=2024) == paper_words("notice").say("unit.matter", year=2024)


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    assert paper_words("notice", own(tmp_path, '\ufeffaddress = "各市："\r\n')).say("address") == "各市："


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[unit]\ntitel = "x"', "templates/notice.toml, unit.titel: is no field"),
        ('[unit]\ntitle = ""', "templates/notice.toml, unit.title: is empty"),
        ('[unit]\ntitle = "{agency}"', r"unit.title: \{agency\} is not filled here; known are \{year\}"),
        ('[unit]\ntitle = "{year"', "unit.title: "),
        ('[unit]\ntitle = "{}"', "unit.title: a placeholder has no plain name"),
        ('[unit]\ntitle = "{year.real}"', "unit.title: a placeholder has no plain name"),
        ("[unit]\ntitle = 3", "unit.title: must be a text"),
        ('[unit]\nannex = "附件"', "unit.annex: must be a list of texts"),
        ('[unit]\nannex = ["{who}"]', r"unit.annex: \{who\} is not filled here; known are none"),
        ("[unit\n", "templates/notice.toml: "),
        ('[[proposal]]\nrule = "always"\ntitle = "x"\ntext = "y"', "proposal: only the paper for the leaders"),
    ],
)
def test_a_slip_is_named_by_file_and_field(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=told):
        paper_words("notice", own(tmp_path, text))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    own(tmp_path, "")
    (tmp_path / "templates" / "notice.toml").write_bytes("标题".encode("gb18030"))
    with pytest.raises(CatalogueError, match=r"templates/notice.toml: "):
        paper_words("notice", tmp_path)
