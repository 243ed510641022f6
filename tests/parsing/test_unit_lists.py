"""Excel lists with one unit a line: what each column counts is told by its headings, or the column stays unread."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from gongkai.documents.reader import read_bytes
from gongkai.parsing.unit_lists import UnitFigures, read_unit_lists
from gongkai.records import Status

_APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
_OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
Sheet = tuple[str, Sequence[Sequence[object]], Sequence[str]]


def workbook(*sheets: Sheet) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for place in merged:
            sheet.merge_cells(place)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def lists(*sheets: Sheet) -> tuple[UnitFigures, ...]:
    return read_unit_lists(read_bytes(workbook(*sheets), "清单.xlsx").blocks)


def values(entry: UnitFigures) -> dict[tuple[str, str], float | None]:
    return {(figure.metric, figure.applicant): figure.value for figure in entry.figures}


def flat(*rows: Sequence[object], name: str = "Sheet1") -> Sheet:
    return name, rows, ()


_HEAD = ["序号", "单位名称", "本年新收", "上年结转", "予以公开", "不予公开", "总计", "结转下年度"]


def test_each_line_is_a_unit_with_the_title_s_year() -> None:
    sheet = (
        "Sheet1",
        [
            ["安远市2023年度政府信息公开申请情况汇总表"],
            _HEAD,
            [1, "市教育局", 10, 1, 8, 2, 10, 1],
            [2, "市财政局", 3, 0, 3, 0, 3, 0],
            [None, "合计", 13, 1, 11, 2, 13, 1],
        ],
        ["A1:H1"],
    )
    found = lists(sheet)
    assert [(entry.name, entry.year, entry.regime) for entry in found] == [
        ("市教育局", 2023, "2021"),
        ("市财政局", 2023, "2021"),
    ]
    assert values(found[0]) == {
        ("applications.new", "all"): 10,
        ("applications.carried_in", "all"): 1,
        ("applications.granted", "all"): 8,
        ("applications.denied", "all"): 2,
        ("applications.closed", "all"): 10,
        ("applications.carried_out", "all"): 1,
    }
    figure = found[1].figures[0]
    assert (figure.evidence.quote, figure.evidence.row, figure.evidence.column, figure.confidence) == ("3", 2, 2, 1.0)
    assert found[0].title == "安远市2023年度政府信息公开申请情况汇总表"


def test_merged_headings_of_three_levels_name_outcome_and_court() -> None:
    rows: list[list[object]] = [
        ["单位", "行政复议", *[""] * 4, "行政诉讼"],
        ["", *[""] * 5, "未经复议直接起诉", *[""] * 4, "复议后起诉"],
        ["", *_OUTCOMES, *_OUTCOMES, *_OUTCOMES],
        ["省公安厅", *range(1, 5), 10, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1],
        ["省财政厅", *[0] * 15],
    ]
    found = lists(("2024年表四", rows, ["A1:A3", "B1:F2", "G1:P1", "G2:K2", "L2:P2"]))
    got = values(found[0])
    assert len(got) == 15
    assert found[0].year == 2024
    assert got["review.corrected", "all"] == 2
    assert got["review.total", "all"] == 10
    assert got["litigation.after_review.upheld", "all"] == 1
    assert got["litigation.direct.upheld", "all"] == 0


def test_other_is_an_applicant_among_applicants_and_an_answer_among_answers() -> None:
    rows = [
        ["单位", "一、本年新收政府信息公开申请数量", *[""] * 6, "（六）其他处理", "", ""],
        ["", *_APPLICANTS, "1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他"],
        ["县教育局", 1, 0, 0, 0, 0, 2, 3, 0, 0, 5],
        ["县财政局", 0, 0, 0, 0, 0, 0, 0, 0, 0, 6],
    ]
    got = values(lists(("2022年", rows, ["A1:A2", "B1:H1", "I1:K1"]))[0])
    assert got["applications.new", "other_organisation"] == 2
    assert got["applications.new", "all"] == 3
    assert got["applications.other.other", "all"] == 5


def test_a_list_with_a_unit_a_column_is_read_as_well() -> None:
    found = lists(
        flat(
            ["指标", "单位名称", None, None],
            ["单位名称", "市教育局", "市财政局", "市公安局"],
            ["本年新收", 1, 2, 3],
            ["1.属于国家秘密", 0, 0, 1],
            name="2021年",
        )
    )
    assert [values(entry)["applications.new", "all"] for entry in found] == [1, 2, 3]
    assert found[2].figures[1].evidence.row == 3
    assert found[2].figures[1].evidence.column == 3


def test_the_tables_of_one_unit_on_several_sheets_are_one_entry() -> None:
    one = flat(["单位", "行政许可", "行政处罚"], ["市教育局", 5, 1], ["市财政局", 6, 0], name="2023年表二")
    two = flat(["单位", "本年新收", "上年结转"], ["市教育局", 2, 0], ["市财政局", 1, 1], name="2023年表三")
    found = lists(one, two)
    assert len(found) == 2
    assert values(found[0]) == {
        ("licensing.decisions", "all"): 5,
        ("penalties.decisions", "all"): 1,
        ("applications.new", "all"): 2,
        ("applications.carried_in", "all"): 0,
    }


def test_two_lines_that_differ_are_both_in_doubt() -> None:
    found = lists(
        flat(
            ["单位", "本年新收", "上年结转"], ["市教育局", 2, 0], ["市教育局", 3, 0], ["市财政局", 1, 1], name="2023年"
        )
    )
    rivals = [figure for figure in found[0].figures if figure.metric == "applications.new"]
    assert [(figure.value, figure.confidence < 0.8) for figure in rivals] == [(2, True), (3, True)]
    assert [doubt.reason for doubt in found[0].doubts] == ["several_values"]


def test_lines_that_say_the_same_of_one_unit_are_not_its_total() -> None:
    found = lists(
        flat(
            ["单位", "类别", "本年新收", "上年结转"],
            ["市教育局", "自然人", 9, 0],
            ["市教育局", "商业企业", 9, 0],
            ["市财政局", "自然人", 1, 0],
            name="2023年",
        )
    )
    assert all(figure.confidence < 0.8 for figure in found[0].figures)


def test_a_cell_of_two_units_is_neither_s() -> None:
    rows = [["单位", "本年新收", "上年结转"], ["市教育局", 5, 1], ["市公安局", None, 2], ["市财政局", 3, 0]]
    found = lists(("2023年", rows, ["B2:B3"]))
    assert [sorted(values(entry)) for entry in found] == [
        [("applications.carried_in", "all")],
        [("applications.carried_in", "all")],
        [("applications.carried_in", "all"), ("applications.new", "all")],
    ]
    assert [doubt.reason for doubt in found[0].doubts] == ["values_unplaced"]


def test_a_heading_in_ten_thousands_is_not_read_as_single_ones() -> None:
    found = lists(
        flat(
            ["单位", "行政许可", "行政处罚", "主动公开政府信息数（万条）"],
            ["市教育局", 5, 1, 1.5],
            ["市财政局", 6, 0, 2],
            name="2023年",
        )
    )
    assert ("disclosure.total", "all") not in values(found[0])
    assert [row.label for row in found[0].unmapped] == ["主动公开政府信息数（万条）"]


def test_a_county_in_front_is_part_of_the_name() -> None:
    rows = [
        ["县区", "单位", "本年新收", "上年结转"],
        ["埇桥区", "教育局", 5, 1],
        [None, "公安局", 2, 2],
        ["萧县", "教育局", 3, 0],
    ]
    found = lists(("2023年", rows, ["A2:A3"]))
    assert [entry.name for entry in found] == ["埇桥区教育局", "埇桥区公安局", "萧县教育局"]


def test_a_line_without_its_year_has_none() -> None:
    found = lists(
        flat(
            ["年度", "单位", "本年新收", "上年结转"],
            ["2022年", "市教育局", 2, 0],
            [None, "市财政局", 3, 0],
            name="2023年汇总",
        )
    )
    assert [entry.year for entry in found] == [2022, None]


def test_years_of_their_own_part_the_lines() -> None:
    found = lists(
        flat(
            ["年度", "单位", "本年新收", "上年结转"],
            ["2022年", "市教育局", 2, 0],
            ["2023年", "市教育局", 3, 0],
        )
    )
    assert [(entry.year, values(entry)["applications.new", "all"]) for entry in found] == [(2022, 2), (2023, 3)]


def test_fees_in_yuan_are_stored_in_ten_thousands_as_the_catalogue_has_them() -> None:
    found = lists(
        flat(
            ["单位", "行政许可", "行政事业性收费金额（元）"], ["市教育局", 5, 12345], ["市财政局", 6, 0], name="2023年"
        )
    )
    fee = found[0].figures[1]
    assert (fee.metric, fee.value, fee.unit) == ("fees.amount", 1.2345, "元")


def test_blank_is_not_zero_and_a_line_of_blanks_is_no_statement() -> None:
    found = lists(
        flat(
            ["单位", "本年新收", "上年结转"],
            ["市教育局", None, 0],
            ["市财政局", 1, "/"],
            ["市公安局", None, None],
            name="2023年",
        )
    )
    assert [entry.name for entry in found] == ["市教育局", "市财政局"]
    assert [figure.status for figure in found[0].figures] == [Status.BLANK, Status.REPORTED]
    assert found[1].figures[1].status is Status.NOT_APPLICABLE
    assert found[1].figures[1].value is None


def test_a_column_that_is_not_told_stays_unread_and_is_kept() -> None:
    found = lists(
        flat(
            ["单位", "本年新收", "上年结转", "满意度得分", "申请"],
            ["市教育局", 2, 0, 98, 7],
            ["市财政局", 1, 1, 99, 8],
            name="2023年",
        )
    )
    assert [row.label for row in found[0].unmapped] == ["满意度得分", "申请"]
    assert len(found[0].figures) == 2


def test_where_most_lines_contradict_the_identities_nothing_is_sure() -> None:
    found = lists(
        flat(
            ["单位", "本年新收", "上年结转", "予以公开", "总计", "结转下年度"],
            ["市教育局", 9, 0, 1, 1, 0],
            ["市财政局", 8, 0, 2, 2, 0],
            name="2023年",
        )
    )
    assert all(figure.confidence < 0.8 for entry in found for figure in entry.figures)
    assert {doubt.reason for entry in found for doubt in entry.doubts} == {"placement_uncertain"}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["填报单位", "市教育局"], ["规章", 0], ["行政许可", 3]], id="a form filled in"),
        pytest.param([["单位", "联系人"], ["市教育局", "甲"], ["市财政局", "乙"]], id="a list without figures"),
        pytest.param([["单位", "本年新收", "上年结转"], ["市教育局", 2, 0]], id="one unit alone"),
        pytest.param([["单位", "得分", "排名"], ["市教育局", 2, 1], ["市财政局", 1, 2]], id="other figures"),
        pytest.param(
            [["单位", "收文", "总计"], ["市教育局", 2, 1], ["市财政局", 1, 2]], id="a total of something else"
        ),
    ],
)
def test_what_is_no_list_gives_nothing(rows: list[list[object]]) -> None:
    assert lists(flat(*rows)) == ()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(2, 8)))
def test_the_order_of_the_columns_does_not_matter(order: list[int]) -> None:
    line: list[object] = [1, "市教育局", 10, 1, 8, 2, 10, 1]
    columns = [0, 1, *order]
    found = lists(
        flat(
            [_HEAD[column] for column in columns],
            [line[column] for column in columns],
            [[2, "市财政局", 3, 0, 3, 0, 3, 0][column] for column in columns],
            name="2023年",
        )
    )
    assert values(found[0]) == {
        ("applications.new", "all"): 10,
        ("applications.carried_in", "all"): 1,
        ("applications.granted", "all"): 8,
        ("applications.denied", "all"): 2,
        ("applications.closed", "all"): 10,
        ("applications.carried_out", "all"): 1,
    }
