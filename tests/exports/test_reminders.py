"""Reminders: who is in them and why, and that Excel, Word and the chat's text say the same and stay texts."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest

from gongkai.exports.excel import HEADINGS, Stamp
from gongkai.exports.reminder_list import Call, counts, detail, reminded
from gongkai.exports.reminders import reminder_document, reminder_text, reminder_workbook

CALL = Call(2024, date(2025, 2, 3))
STAMP = Stamp(title="催报", headings={name: name for name in HEADINGS}, facts=[("筛选", "全省")])


def unit(agency: str, state: str, city: str | None = "临湖市", **more: Any) -> dict[str, Any]:
    row = {"agency_id": agency, "agency": agency, "city": city, "county": None, "level": "county", "kind": "department"}
    row |= {"reports_to_id": None, "reports_to": "临湖市人民政府", "due": True, "state": state, "since": None}
    row |= {"versions": 0, "returns": 0, "report_id": None, "fresh": False, "received_on": None, "published_on": None}
    row |= {"filed_on": None, "due_on": pd.Timestamp("2025-01-20"), "statutory_on": pd.Timestamp("2025-01-31")}
    return row | {"late_days": 0, "contact": "赵某", "telephone": "0600-1234567"} | more


def frame(*units: dict[str, Any]) -> pd.DataFrame:
    found = pd.DataFrame(list(units))
    return (
        found.astype({"due": "boolean", "fresh": "boolean"}) if units else pd.DataFrame([unit("x", "missing")]).head(0)
    )


ROWS = frame(
    unit("省审计厅", "missing", city=None, due_on=pd.Timestamp("2025-02-10")),
    unit("甲局", "passed"),
    unit("乙局", "returned", since=pd.Timestamp("2025-01-25")),
    unit("丙局", "missing"),
    unit("丁局", "published"),
    unit("戊局", "missing", due=False),
    unit("己局", "waiting"),
    unit("=1+1\n庚局", "missing", city="青山市", contact="@SUM(A1)", telephone="+1"),
    unit("辛局", "passed", city="青山市", statutory_on=pd.Timestamp("2025-03-31")),
)


def test_who_is_reminded_and_why() -> None:
    found = reminded(ROWS, CALL)
    assert {city: [(each.agency, each.reason, each.days) for each in units] for city, units in found.items()} == {
        "": [("省审计厅", "missing", 0)],
        "临湖市": [("丙局", "overdue", 14), ("乙局", "returned", 14), ("甲局", "unpublished", 3)],
        "青山市": [("=1+1\n庚局", "overdue", 14)],
    }
    assert counts(found, CALL) == "逾期未报2家、退回未重报1家、通过未发布1家、未报1家"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (unit("a", "missing", due_on=None), ("overdue", 3)),
        (unit("a", "missing", due_on=None, statutory_on=None), ("missing", 0)),
        (unit("a", "missing", due_on=pd.Timestamp("2025-02-03")), ("missing", 0)),
        (unit("a", "missing", due_on=pd.NaT, statutory_on=pd.NaT), ("missing", 0)),
        (unit("a", "returned", fresh=True), None),
        (unit("a", "passed", statutory_on=pd.Timestamp("2025-02-03")), None),
        (unit("a", "passed", statutory_on=None), None),
        (unit("a", "filed"), None),
        (unit("a", "missing", due=pd.NA), None),
    ],
)
def test_dates_that_are_not_known_make_nobody_late(row: dict[str, Any], expected: tuple[str, int] | None) -> None:
    found = [(each.reason, each.days) for units in reminded(frame(row), CALL).values() for each in units]
    assert found == ([expected] if expected else [])


def test_a_return_says_when_and_how_late() -> None:
    late, early = frame(unit("a", "returned", since=pd.Timestamp("2025-01-25"))), frame(unit("a", "returned"))
    assert detail(reminded(late, CALL)["临湖市"][0], CALL) == "1月25日退回，已逾期14天"
    assert detail(reminded(early, CALL)["临湖市"][0], CALL) == "退回，逾期14天"


def test_the_text_for_a_chat() -> None:
    assert reminder_text(ROWS, CALL) == (
        "【催报】截至2月3日，2024年度政府信息公开工作年度报告还有5家未完成："
        "逾期未报2家、退回未重报1家、通过未发布1家、未报1家。\n"
        "其他单位（1）：省审计厅\n"
        "临湖市（3）：丙局（逾期14天）、乙局（退回，逾期14天）、甲局（发布逾期3天）\n"
        "青山市（1）：=1+1 庚局（逾期14天）\n"
        "请抓紧办理，已报送的请回复。"
    )
    assert reminder_text(frame(), CALL) == "截至2月3日，2024年度政府信息公开工作年度报告应报单位均已完成报送。"
    english = reminder_text(ROWS, Call(2024, date(2025, 2, 3), "website_form", "en"))
    assert english.startswith("Reminder as of 02-03: 5 units have not completed the annual form")


def test_the_workbook_has_a_sheet_to_print_and_a_list() -> None:
    content = reminder_workbook(ROWS, STAMP, CALL)
    assert content == reminder_workbook(ROWS, STAMP, CALL)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["催报单", "名单", "about"]
    sheet = book["催报单"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert lines[0] == ["序号", "单位", "情况", "说明", "期限", "联系人", "电话", "联系记录"]
    assert lines[1][0] == "一、其他单位（1家）"
    assert lines[4][1:5] == ["丙局", "逾期未报", "逾期14天", "2025-01-20"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "portrait",
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    listed = [[cell.value for cell in row] for row in book["名单"].iter_rows()]
    assert listed[0] == ["市", "县（市、区）", "单位", "情况", "说明", "期限", "逾期天数", "联系人", "电话", "报送至"]
    assert [row[6] for row in listed[1:]] == [None, 14, 14, 3, 14]
    for each in book:
        assert not [cell.value for row in each.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_the_document_is_official_and_complete() -> None:
    content = reminder_document(ROWS, CALL)
    assert content == reminder_document(ROWS, CALL)
    document = docx.Document(io.BytesIO(content))
    texts = [(line.style.name if line.style else "", line.text) for line in document.paragraphs]
    assert texts[0] == ("Official Title", "2024年度政府信息公开工作年度报告催报单")
    assert "尚有5家单位未完成" in texts[1][1]
    assert [text for style, text in texts if style == "Official Heading 1"] == [
        "一、其他单位（1家）",
        "二、临湖市（3家）",
        "三、青山市（1家）",
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert rows == [["序号", "单位", "说明", "联系人", "电话"], ["1", "=1+1 庚局", "逾期14天", "@SUM(A1)", "+1"]]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nobody_to_remind_is_said(language: str) -> None:
    call = Call(2024, date(2025, 2, 3), language=language)
    document = docx.Document(io.BytesIO(reminder_document(frame(), call)))
    assert len(document.paragraphs) == 2
    assert not document.tables
    book = openpyxl.load_workbook(io.BytesIO(reminder_workbook(frame(), STAMP, call)))
    assert book.worksheets[0]["A2"].value == document.paragraphs[1].text
