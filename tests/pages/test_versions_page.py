"""报告库, versions of one report: their list, what changed, and what is said where nothing can be compared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from invented_reports import annual, take_in, write
from report_pages import page, words

from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace, create
from gongkai.ui.version_compare import SHOWN

UNIT = "云水县人民政府"


def version(stage: str, day: str, new: int, *lines: str, year: int = 2023, **changes: Any) -> dict[str, Any]:
    """A version of the unit's report of 2023 that came in on a day, with `new` applications and paragraphs."""
    spec = annual(UNIT, year, new)
    spec["report"] |= {"stage": stage, "published_on": day}
    spec["blocks"] += [["paragraph", line] for line in lines]
    return {**spec, **changes}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two drafts, an approved and a published version; a report of another year that has one; a long one of two."""
    folder = tmp_path_factory.mktemp("versions")
    workspace = create(folder / "office")
    first, second = "公开的及时性有待提高。", "公开的 及时性<b>仍须</b>提高。"
    write(folder / "in", "1.txt", version("draft", "2024-01-05", 18, first))
    write(folder / "in", "2.txt", version("draft", "2024-01-09", 19, second))
    write(folder / "in", "3.txt", version("approved", "2024-01-12", 19, second, "没有收取信息处理费。"))
    # The published text is the approved one, in other blanks and widths.
    write(
        folder / "in",
        "4.txt",
        version("published", "2024-01-20", 19, second.replace("，", ", "), "没有 收取信息处理费。"),
    )
    write(folder / "in", "alone.txt", version("published", "2023-01-20", 7, year=2022))
    many = [f"第{number}项工作已经完成，共办理{number * 7}件。" for number in range(SHOWN + 20)]
    write(folder / "in", "long1.txt", version("draft", "2025-01-05", 18, *many, year=2024))
    write(
        folder / "in",
        "long2.txt",
        version("draft", "2025-01-06", 18, *(line.replace("已经", "均已") for line in many), year=2024),
    )
    assert take_in(workspace, folder / "in")[0] == 7
    return workspace


@pytest.fixture
def office(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("GONGKAI_DATA", str(filled.folder))
    return filled


def report_id(workspace: Workspace, source: str) -> str:
    rows = reader(workspace).run("report_list", {})
    return str(rows.loc[rows["source"] == source, "report_id"].iloc[0])


def text_of(app: Any) -> str:
    return re.sub(r"\\", "", words(app) + "\n" + "\n".join(str(link.label) for link in app.get("page_link")))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_report_lists_its_versions(office: Workspace, language: str) -> None:
    app = page("reports", language, report=report_id(office, "3.txt"))
    assert not app.exception
    said = text_of(app)
    assert {"zh-CN": "各版本（4）", "en": "All versions (4)"}[language] in said
    for number in range(1, 5):
        assert {"zh-CN": f"第{number}版", "en": f"Version {number}"}[language] in said
    assert said.count({"zh-CN": "与此版比较", "en": "Compare with this one"}[language]) == 3


def test_a_report_with_one_version_says_so(office: Workspace) -> None:
    alone = report_id(office, "alone.txt")
    assert "只收到这一个版本" in text_of(page("reports", report=alone))
    app = page("reports", report=alone, against="previous")
    assert not app.exception
    assert "没有可以比较的其他版本" in text_of(app)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_figures_come_first_then_the_wording(office: Workspace, language: str) -> None:
    app = page("reports", language, report=report_id(office, "2.txt"), against=report_id(office, "1.txt"))
    assert not app.exception
    (figures,) = (frame.value for frame in app.dataframe)
    assert list(figures["before"]) == ["18 件" if language == "zh-CN" else "18"]
    assert list(figures["after"]) == ["19 件" if language == "zh-CN" else "19"]
    changed = [str(each.value) for each in app.markdown if "background" in str(each.value)]
    assert len(changed) == 1
    assert ":red-background[~~有待~~]" in changed[0]
    assert "<b>" not in changed[0].replace("\\<b\\>", "")
    # Both tables can be taken away.
    assert len(app.get("download_button")) == 3


def test_the_version_before_is_the_default(office: Workspace) -> None:
    app = page("reports", report=report_id(office, "3.txt"), against="nonsense")
    assert not app.exception
    said = text_of(app)
    assert "较早： 第2版" in said.replace("**", "")
    assert "没有收取信息处理费。" in said
    assert "改与第1版 · 送审稿比较" in said


def test_the_same_content_is_told(office: Workspace) -> None:
    app = page("reports", report=report_id(office, "4.txt"), against=report_id(office, "3.txt"))
    assert not app.exception
    assert "数字和文字相同" in text_of(app)
    assert not app.dataframe


def test_a_long_list_of_changes_is_cut_until_asked_for(office: Workspace) -> None:
    app = page("reports", report=report_id(office, "long2.txt"), against="previous")
    marks = [each for each in app.markdown if "background" in str(each.value)]
    assert len(marks) == SHOWN
    app.toggle[0].set_value(True).run()
    assert len([each for each in app.markdown if "background" in str(each.value)]) == SHOWN + 20


def test_figures_are_compared_even_where_a_document_is_lost(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(office.folder, copy)
    shutil.rmtree(copy / "archive")
    monkeypatch.setenv("GONGKAI_DATA", str(copy))
    app = page("reports", report=report_id(office, "2.txt"), against=report_id(office, "1.txt"))
    assert not app.exception
    assert len(app.dataframe) == 1
    assert "文字无法比较" in text_of(app)
