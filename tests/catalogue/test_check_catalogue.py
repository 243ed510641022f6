"""The words, numbers and reasons of the checks are validated on load; a mistake names its file and place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gongkai.catalogue import check_words as words
from gongkai.catalogue import checks, references
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

LOADERS: tuple[Callable[[], object], ...] = (words.check_words, checks.reasons, references.documents)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("check_words.toml", "checks.csv", "check_reasons.csv", "references.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    for module in (words, checks, references):
        monkeypatch.setattr(module, "DATA", tmp_path)
    for load in LOADERS:
        load.cache_clear()  # type: ignore[attr-defined]
    yield tmp_path
    for load in LOADERS:
        load.cache_clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("file", "old", "new", "load", "said"),
    [
        (
            "check_words.toml",
            "(?:政府信息公开)?(?:工作)?(?:总体",
            "(?:政府信息公开?(?:工作",
            words.check_words,
            "sections",
        ),
        ("check_words.toml", "(?P<year>20\\d\\d)年度?，?", "20\\d\\d年度?，?", words.check_words, "years.opening"),
        ("check_words.toml", "[hole]", "[holes]", words.check_words, "hole"),
        ("check_words.toml", 'any = ["字"]', "any = []", words.check_words, "any"),
        ("check_words.toml", '"其他需要报告的事项" =', '"其他事项" =', words.check_words, "sections"),
        ("check_reasons.csv", "section_empty,blank", "section_gone,blank", checks.reasons, "line"),
        ("check_reasons.csv", "section_empty,says_nothing", "section_empty,blank", checks.reasons, "stands twice"),
        ("references.csv", "国办发〔2019〕54号", "国办发2019-54", references.documents, "number"),
        ("references.csv", ",2018,国务院令第711号", ",,国务院令第711号", references.documents, "right"),
        ("references.csv", "国办函〔2019〕60号,,", "国办发〔2019〕60号,,", references.documents, "stands twice"),
    ],
)
def test_a_mistake_is_named(data: Path, file: str, old: str, new: str, load: Callable[[], object], said: str) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=said) as error:
        load()
    assert file in str(error.value)


def test_numbers_are_one_however_they_are_printed() -> None:
    printed = "国办公开办函〔2021〕30号，国办公开办函[2021]30号，国办公开办函（2021）第30号，国办公开办函2021年30号"
    assert {one.number for one in references.quoted_numbers(printed)} == {"国办公开办函〔2021〕30号"}
    orders = "国务院令第711号，国令第711号，国务院第711号令，国务院令（第711号）"
    assert [one.number for one in references.quoted_numbers(orders)] == ["国务院令第711号"] * 4
    assert list(references.quoted_numbers("苏政办函〔2022〕98号，公开〔2022〕15号，第二十条")) == []


def test_titles_give_their_numbers() -> None:
    assert references.numbers_of("政府信息公开信息处理费管理办法") == ("国办函〔2020〕109号",)
    assert references.numbers_of("中华人民共和国政府信息公开条例") == ("国务院令第711号", "国务院令第492号")
    assert references.numbers_of("某某办法") == ()
