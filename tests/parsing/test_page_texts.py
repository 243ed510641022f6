"""Tables of saved pages in every textual layout: whole, with blank cells, cut off, two years in one page, two forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_texts import ALL, KEEP_BLANKS, Writer, cells_before_bars, one_line, rows_in_bars, without_blanks
from statutory import HEADER, Truth, application_lines, application_truth, form_rows

from gongkai.catalogue.metrics import APPLICANTS
from gongkai.documents.text import read
from gongkai.parsing.table_reading import TableReading
from gongkai.parsing.tables import read_tables
from gongkai.records import CONFIDENT, Status

REMARK = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HEADING = [[REMARK, "申请人情况"], ["自然人", "法人或其他组织", "总计"], HEADER[2:7]]


def layout(truth: Truth, blank: bool = False) -> list[list[str]]:
    """Table 3 as its cells follow upon each other: group labels in the first of their rows only."""
    rows = [list(row) for row in HEADING]
    group = ""
    for spec, line in zip(form_rows("2021"), application_lines(truth), strict=True):
        front = []
        if spec.key == "applications.granted":
            front.append("三、本年度办理结果")
        if spec.group and spec.group != group:
            front.append(spec.group)
        group = spec.group
        cells = [line[0], *([""] * 6 if blank else line[1:7]), line[7]]
        rows.append([*front, *cells])
    return rows


def page(table: str, after: str = "五、存在的主要问题及改进情况") -> TableReading:
    text = (
        f"某局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{table}\n{after}\n问题是公开不够。\n"
    )
    return read_tables(read(text).blocks, 2022)


def stated(reading: TableReading) -> Truth:
    sure = (figure for figure in reading.figures if figure.confidence >= CONFIDENT)
    return {(figure.metric, figure.applicant): figure.value for figure in sure if figure.value is not None}


@pytest.mark.parametrize("write", ALL, ids=lambda write: write.__name__)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_every_layout_is_read_right(write: Writer, seed: int) -> None:
    truth = application_truth(seed)
    assert stated(page(write(layout(truth)))) == truth


@pytest.mark.parametrize("write", KEEP_BLANKS, ids=lambda write: write.__name__)
def test_blank_applicants_and_a_total(write: Writer) -> None:
    truth = application_truth(8)
    reading = page(write(layout(truth, blank=True)))
    assert stated(reading) == {cell: value for cell, value in truth.items() if cell[1] == "all"}
    blank = [figure.applicant for figure in reading.figures if figure.status is Status.BLANK]
    assert blank == list(APPLICANTS[:-1]) * len(form_rows("2021"))


def test_lost_blanks_are_doubted_row_by_row() -> None:
    reading = page(without_blanks(layout(application_truth(8), blank=True)))
    assert not reading.figures
    assert not [spec for table, spec in reading.missing if table == "applications"]
    assert {metric for doubt in reading.doubts for metric in doubt.metrics} == {spec.key for spec in form_rows("2021")}


@pytest.mark.parametrize("write", ALL, ids=lambda write: write.__name__)
@given(seed=st.integers(0, 10_000), share=st.floats(0.1, 1.0))
@settings(max_examples=10, deadline=None)
def test_a_text_cut_off_is_right_as_far_as_it_goes(write: Writer, seed: int, share: float) -> None:
    truth = application_truth(seed)
    text = write(layout(truth))
    reading = read_tables(read("三、收到和处理政府信息公开申请情况\n" + text[: int(len(text) * share)]).blocks, 2022)
    found = stated(reading)
    assert {cell: truth[cell] for cell in found} == found


def test_two_rows_of_a_cut_table_are_enough() -> None:
    truth = application_truth(2)
    reading = page(rows_in_bars(layout(truth)[:5]))
    assert {metric for metric, _ in stated(reading)} == {"applications.new", "applications.carried_in"}


@pytest.mark.parametrize("write", [rows_in_bars, one_line, cells_before_bars], ids=lambda write: write.__name__)
@pytest.mark.parametrize("blank", [False, True])
def test_last_years_report_behind_is_left_alone(write: Writer, blank: bool) -> None:
    ours, theirs = application_truth(3), application_truth(4)
    reading = page(write(layout(ours, blank)), after=f"附：2021年的报告\n{write(layout(theirs))}\n完")
    found = stated(reading)
    assert {cell: ours[cell] for cell in found} == found
    assert write is one_line or ("applications.new", "all") in found


def test_rows_under_the_headings_of_another_form() -> None:
    table = """第二十条第（一）项
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |
规章 | 0 | 0 | 1 |
规范性文件 | 2 | 3 | 44 |
第二十条第（五）项
信息内容 | 本年处理决定数量 |
行政许可 | 5 |
第二十条第（六）项
信息内容 | 本年处理决定数量 |
行政处罚 | 7 |
行政强制 | 0 |
第二十条第（八）项
信息内容 | 本年收费金额（单位：万元） |
行政事业性收费 | 282.1 |"""
    reading = read_tables(read(table).blocks, 2021)
    assert reading.regime == "2021"
    assert stated(reading) == {
        ("rules.made", "all"): 0,
        ("rules.newly_disclosed", "all"): 0,
        ("rules.total_disclosed", "all"): 1,
        ("normative_documents.made", "all"): 2,
        ("normative_documents.newly_disclosed", "all"): 3,
        ("normative_documents.total_disclosed", "all"): 44,
        ("licensing.decisions", "all"): 5,
        ("penalties.decisions", "all"): 7,
        ("coercion.decisions", "all"): 0,
        ("fees.amount", "all"): 282.1,
    }
    assert not [spec for table_name, spec in reading.missing if table_name == "disclosure"]


def test_lines_without_repeats_are_not_taken_for_rows() -> None:
    lines = (
        "规章\n0\n规范性文件\n2\n上一年项目数量\n本年增/减\n处理决定数量\n行政许可\n31\n其他对外管理服务事项\n行政处罚"
    )
    reading = read_tables(read(f"信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n{lines}").blocks, 2020)
    assert not stated(reading)
    assert {metric for doubt in reading.doubts for metric in doubt.metrics} >= {
        "rules.made",
        "normative_documents.made",
    }
