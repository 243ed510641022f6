"""Rows broken over lines within a cell are put together; headings and lines of the page between rows are left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.text import read
from gongkai.documents.text_breaks import whole_labels, whole_rows


def test_rows_that_end_in_bars() -> None:
    lines = [
        "行政许可 | 3 |",
        "二、上年结转政府",
        "信息公开申请数量 | 1 | 0 |",
        "三、结果 | 1.其他法律",
        "禁止公开 | 2 | 0 |",
    ]
    assert whole_rows(lines) == [
        "行政许可 | 3 |",
        "二、上年结转政府信息公开申请数量 | 1 | 0 |",
        "三、结果 | 1.其他法律禁止公开 | 2 | 0 |",
    ]


def test_what_stands_between_rows_with_bars_and_is_no_part_of_them() -> None:
    lines = [
        "许可 | 3 |",
        "— 3 —",
        "处罚 | 1 |",
        "三、收到和处理政府信息公开申请情况",
        "收费 | 2 |",
        "（续表）",
        "强制 | 2 |",
    ]
    assert whole_rows(lines) == lines


def test_rows_with_as_many_tabs_as_their_neighbours() -> None:
    lines = [
        "商业企业\t科研",
        "机构\t其",
        "他\t总计",
        "一、本年新收",
        "申请数量\t3\t0\t3",
        "二、结转\t1\t0\t1",
        "许可\t1\t0\t1",
        "处罚\t2\t0\t2",
    ]
    assert whole_rows(lines) == [
        "商业企业\t科研机构\t其他\t总计",
        "一、本年新收申请数量\t3\t0\t3",
        "二、结转\t1\t0\t1",
        "许可\t1\t0\t1",
        "处罚\t2\t0\t2",
    ]


def test_rows_of_different_lengths_with_tabs() -> None:
    lines = [
        "第二十条第（五）项", "信息内容\t本年处理决定数量", "行政许可\t5", "自然人\t法人\t其他",
        "一、本年新收政府", "信息公开申请数量\t57\t9\t4", "（六）其他处理\t1.申请人无正当理", "由逾期不补正",
        "申请\t7\t0\t1",
        "四、行政复议", "结果维持\t结果纠正",
    ]  # fmt: skip
    assert whole_rows(lines) == [
        *lines[:4],
        "一、本年新收政府信息公开申请数量\t57\t9\t4",
        "（六）其他处理\t1.申请人无正当理由逾期不补正申请\t7\t0\t1",
        *lines[-2:],
    ]


def test_cells_in_the_quotes_of_a_spreadsheet() -> None:
    [block] = read('信息内容\t"本年\n制发件数"\t废止\n规章\t"1,203"\t0\n"行政\n规范性文件"\t2\t1\n').blocks
    assert block.text == "信息内容\t本年制发件数\t废止\n规章\t1,203\t0\n行政规范性文件\t2\t1"


@given(st.lists(st.text(alphabet="甲一、.3 \t|（）", max_size=12), max_size=12))
def test_nothing_is_lost_or_moved(lines: list[str]) -> None:
    assert "".join("".join(whole_rows(lines)).split()) == "".join("".join(lines).split())


def test_labels_that_were_broken_at_one_width() -> None:
    lines = [
        "一、本年新收政",
        "府信息公开申请",
        "数量",
        "57",
        "9",
        "（一）主动公开",
        "条",
        "3",
        "三、结果",
        "（一）予以公开",
        "4",
    ]
    assert whole_labels(lines) == ["一、本年新收政府信息公开申请数量", *lines[3:]]


@given(st.lists(st.text(alphabet="甲一、.3 条", max_size=9), max_size=15))
def test_nothing_is_lost_from_labels(lines: list[str]) -> None:
    assert "".join("".join(whole_labels(lines)).split()) == "".join("".join(lines).split())
