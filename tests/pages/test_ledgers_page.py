"""外部台账: nothing there yet; a ledger looked through, placed, taken in, compared and taken back; what cannot be read;
the finding that comes of it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from invented_reports import annual, take_in, write
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.agencies.register import Unit
from gongkai.exports.problems import problem
from gongkai.store.checking import check
from gongkai.store.ledger_book import LedgerBook
from gongkai.store.reader import reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.workspace import Workspace, create, open_workspace
from gongkai.ui.ledger_import import read
from gongkai.ui.register_import import MOST_BYTES

COUNTY = Unit("c", "云水县人民政府", "county", "government", "云川省", "临湖市")
BUREAU = Unit("b", "云水县财政局", "county", "department", "云川省", "临湖市", parent="c")
LAW = Unit("l", "云水县司法局", "county", "department", "云川省", "临湖市", parent="c")
REPORTED = {"metric": "review.total", "cell": [1, 1], "value": 2}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("ledgers")
    workspace = create(folder / "office")
    write(folder / "in", "2023.txt", annual("云水县人民政府", 2023, 18, figures=[REPORTED]))
    take_in(workspace, folder / "in")
    RegisterBook(workspace).replace("office", [COUNTY, BUREAU, LAW], "甲", "登记")
    publish(workspace, "office", "甲", "test")
    return workspace


@pytest.fixture
def office(made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    copied = open_workspace(shutil.copytree(made.folder, tmp_path / "copy"))
    monkeypatch.setenv("GONGKAI_DATA", str(copied.folder))
    return copied


def excel(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def opened(language: str = "zh-CN", **about: str) -> AppTest:
    app = page("admin", language, ledgers="list", ledger_kind="review", ledger_year="2023", **about)
    app.session_state["actor"] = "张三"
    return app.run()


def uploaded(app: AppTest, *rows: Sequence[object]) -> AppTest:
    app.file_uploader[0].set_value(("台账.xlsx", excel(*rows), "application/octet-stream"))
    return app.run()


def button(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def test_before_anything_was_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))
    app = page("admin", ledgers="list")
    assert not app.exception
    assert "还没有导入过" in words(app)
    assert "由司法行政部门提供" in words(app)
    assert not page("admin", "en", ledgers="list").exception


def test_a_ledger_is_looked_through_taken_in_and_taken_back(office: Workspace) -> None:
    rows = [["单位", "复议"], ["云水县人民政府", 5], ["云水县财政居", 1], ["某某局", 2], ["合计", 8]]
    app = uploaded(opened(), *rows)
    assert not app.exception
    assert "有 2 行认不出是哪个单位" in words(app)
    near, far = (next(box for box in app.selectbox if box.label.startswith(f"第 {row} 行")) for row in (3, 4))
    assert near.options == ["云水县财政局", "不导入这一行", "云水县司法局"]
    near.select_index(0)
    far.select("不导入这一行")
    app.run()
    assert "导入后的变化" in words(app)
    button(app, "确认导入")
    assert "请写明理由。" in words(app)
    next(box for box in app.text_input if box.label == "理由").input("来函")
    button(app, "确认导入")
    assert not app.exception
    (one,) = LedgerBook(office).imports("office")
    assert (one.actor, one.reason, one.figures, one.file) == ("张三", "来函", 2, "台账.xlsx")
    assert "xlsx · 2 家单位 2 个数字" in words(app)
    next(box for box in app.text_input if box.label == "理由").input("误导入")
    button(app, "撤回这次导入")
    assert LedgerBook(office).imports("office")[0].undone is not None
    assert "已撤回" in words(app)


def test_cells_that_are_no_counts_are_listed_and_nothing_is_taken_in(office: Workspace) -> None:
    app = uploaded(opened(), ["2022年台账"], ["单位", "复议"], ["云水县人民政府", "五件左右"])
    assert "有 1 处需要改正" in words(app)
    assert "表的标题写的是 2022 年" in words(app)
    assert app.dataframe[0].value["value"].tolist() == ["五件左右"]
    assert LedgerBook(office).imports("office") == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"", "format"),
        ("a.csv", b"x" * (MOST_BYTES + 1), "too_large"),
        ("a.xlsx", b"no workbook", "unreadable"),
        ("a.csv", "科室,复议\n甲,1\n".encode(), "no_units"),
        ("a.csv", "单位,备注\n甲,1\n".encode(), "no_columns"),
        ("a.csv", "单位,复议,行政复议\n甲,1,1\n".encode(), "columns_twice"),
        ("a.csv", "单位,复议\n甲,\n".encode(), "no_figures"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused(office: Workspace, name: str, content: bytes, reason: str) -> None:
    found = read(name, content, "office", "review", 2023)
    assert isinstance(found, tuple)
    assert found[0] == reason


def test_the_finding_shows_the_row_and_the_notice_names_the_ledger(office: Workspace) -> None:
    app = uploaded(opened(), ["单位", "复议"], ["云水县人民政府", 3])
    next(box for box in app.text_input if box.label == "理由").input("来函")
    button(app, "确认导入")
    assert app.dataframe[0].value["state_word"].tolist() == ["不一致"]
    check(office, "office")
    asked = {"collection": "office", "year": 2023, "warnings": ["differs_from_ledger"]}
    (row,) = reader(office).run("notice_findings", asked).to_dict("records")
    key = row["finding_key"]
    shown = page("findings", finding=key)
    assert not shown.exception
    assert "xlsx 第 2 行" in words(shown)
    span = {"collection": "office", "first_year": 2023, "last_year": 2023, "finding_keys": [key]}
    told = problem(row, reader(office).run("finding_cells", span).to_dict("records"), "zh-CN")
    assert told.rule.endswith("：行政复议行政诉讼台账（司法行政部门）")
    assert told.reported == "行政复议总计 2；台账行政复议总计 3"
    LedgerBook(office).undo("office", LedgerBook(office).imports("office")[0].batch, "张三", "误")
    assert "现在没有这个数字" in words(page("findings", finding=key))
