"""The Excel file: texts stay texts, missing stays empty, the sheet says where it comes from, same in same out."""

import io

import openpyxl
import pandas as pd
import pytest

from gongkai.exports.excel import HEADINGS, Stamp, workbook

STAMP = Stamp(
    title="申请 2024",
    headings={name: f"[{name}]" if name not in ("data", "about", "sources") else name for name in HEADINGS},
    facts=[("筛选", "湖北省")],
    definitions=[("本年新收", "件", "表三")],
    notes=["=1+1"],
    sources=[("甲局", 2024, "甲.docx", "https://example.gov.cn/a"), ("乙局", None, "", "=HYPERLINK(1)")],
)
FRAME = pd.DataFrame(
    {
        "单位": ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "007", "https://example.gov.cn/"],
        "2024": pd.array([1, None, 3, 0, 5, 12345], dtype="Int64"),
        "率": [12.5, None, float("inf"), 0.0, 1.0, 2.0],
    }
)


def opened(content: bytes) -> openpyxl.Workbook:
    """The workbook as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def test_no_text_becomes_a_formula_or_a_link() -> None:
    book = opened(workbook(FRAME, STAMP))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
    assert [row[0].value for row in book["data"].iter_rows(min_row=2)] == list(FRAME["单位"])


def test_missing_is_empty_and_zero_is_zero() -> None:
    sheet = opened(workbook(FRAME, STAMP, {"率": '0.0"%"'}))["data"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [1, None, 3, 0, 5, 12345]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == [12.5, None, None, 0, 1, 2]
    assert sheet.freeze_panes == "B2"
    assert sheet["C2"].number_format == '0.0"%"'


def test_the_stamp_is_there() -> None:
    book = opened(workbook(FRAME, STAMP))
    words = [str(cell.value) for row in book["about"].iter_rows() for cell in row if cell.value is not None]
    for expected in ("申请 2024", "筛选", "湖北省", "本年新收", "表三", "=1+1"):
        assert expected in words
    assert [cell.value for cell in book["sources"][2]] == ["甲局", 2024, "甲.docx", "https://example.gov.cn/a"]


def test_same_in_same_out() -> None:
    assert workbook(FRAME, STAMP) == workbook(FRAME, STAMP)


def test_a_stamp_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="about"):
        workbook(FRAME, Stamp(title="x", headings={}))


def test_an_empty_table_is_a_table() -> None:
    assert opened(workbook(FRAME.head(0), STAMP))["data"]["A1"].value == "单位"
