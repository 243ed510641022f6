"""The statutory tables: read right when clean, and never wrong without a mark when damaged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statutory import (
    HEADER,
    application_lines,
    application_truth,
    blocks_of,
    official_blocks,
    review_cells,
    table,
)

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block, Cell
from gongkai.parsing.table_reading import TableReading
from gongkai.parsing.tables import read_tables
from gongkai.records import CONFIDENT, Status


def values(reading: TableReading) -> dict[tuple[str, str], float | None]:
    return {(figure.metric, figure.applicant): figure.value for figure in reading.figures}


def paragraphs(lines: list[str]) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    return builder.blocks


@pytest.mark.parametrize("regime", ["2019", "2021"])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_official_layout_is_read_right(regime: str, seed: int) -> None:
    truth = application_truth(seed, regime)
    reading = read_tables(official_blocks(truth, regime), 2022 if regime == "2021" else 2020)
    assert values(reading) == truth
    assert reading.regime == regime
    assert not reading.doubts
    assert {placement.how for placement in reading.placements} == {"exact"}


@given(seed=st.integers(0, 10_000), gap=st.sampled_from([" ", "  ", "\u3000"]))
@settings(max_examples=15, deadline=None)
def test_running_text_is_read_right(seed: int, gap: str) -> None:
    truth = application_truth(seed)
    lines = [gap.join(line) for line in application_lines(truth)]
    assert values(read_tables(paragraphs(lines), 2022)) == truth


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_one_cell_a_line_is_read_right(seed: int) -> None:
    truth = application_truth(seed)
    lines = [text for line in [HEADER[1:], *application_lines(truth)] for text in line]
    assert values(read_tables(paragraphs(lines), 2022)) == truth


@given(
    seed=st.integers(0, 10_000),
    row=st.integers(0, 24),
    damage=st.sampled_from(
        ["no label", "misprint", "shift", "split number", "merge cells", "drop cell", "debris", "letter"]
    ),
    header=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_row_is_right_or_marked_never_wrong(seed: int, row: int, damage: str, header: bool) -> None:
    truth = application_truth(seed)
    lines = application_lines(truth)
    label, *cells = lines[row]
    if damage == "no label":
        label = ""
    elif damage == "misprint":
        label = label.replace("公开", "工开").replace("申请", "申清").replace("结转", "结传")
    elif damage == "shift":
        cells = ["", *cells]
    elif damage == "split number":
        cells = [" ".join(cell) for cell in cells]
    elif damage == "merge cells":
        cells = [f"{cells[0]} {cells[1]}", *cells[2:]]
    elif damage == "drop cell":
        del cells[3]
    elif damage == "debris":
        cells = [*cells, "24.5"]
    elif damage == "letter":
        cells[0] = "O"
    lines[row] = [label, *cells]
    reading = read_tables(blocks_of(lines, header), 2022)
    for figure in reading.figures:
        right = figure.value == truth[figure.metric, figure.applicant]
        marked = figure.confidence < CONFIDENT or figure.status is not Status.REPORTED
        assert right or marked, (damage, figure)


def test_a_wrong_total_is_kept_as_printed() -> None:
    truth = application_truth(7) | {("applications.granted", "all"): 999.0}
    reading = read_tables(official_blocks(truth), 2022)
    assert values(reading) == truth
    assert not reading.doubts


def test_blank_slash_and_dash_are_not_zero() -> None:
    lines = application_lines(application_truth(3))
    lines[2][1:4] = ["", "/", "—"]
    reading = read_tables(blocks_of(lines), 2022)
    row = [figure for figure in reading.figures if figure.metric == "applications.granted"][:3]
    assert [figure.status for figure in row] == [Status.BLANK, Status.NOT_APPLICABLE, Status.NOT_APPLICABLE]
    assert [figure.value for figure in row] == [None, None, None]


def test_a_page_break_with_a_repeated_header_is_no_second_table() -> None:
    truth = application_truth(11)
    lines = application_lines(truth)
    first, second = blocks_of(lines[:12]), blocks_of(lines[12:])
    builder = BlockBuilder()
    for block in (*first, *second):
        builder.table(block.cells)
    assert values(read_tables(builder.blocks, 2022)) == truth


def test_other_handling_in_one_row_is_named_as_a_variant() -> None:
    truth = application_truth(5)
    lines = [line for line in application_lines(truth) if not line[0].startswith(("1.申请人", "2.申请人", "3.其他"))]
    lines.insert(-2, ["（六）其他处理", "0", "0", "0", "0", "0", "0", "0"])
    reading = read_tables(blocks_of(lines), 2022)
    assert any(placement.spec.variant for placement in reading.placements)
    assert values(reading)["applications.other", "all"] == 0


@given(numbers=st.lists(st.integers(0, 300), min_size=15, max_size=15))
@settings(max_examples=20, deadline=None)
def test_review_table_by_its_two_levels_of_headings(numbers: list[int]) -> None:
    builder = BlockBuilder()
    builder.table(review_cells([str(number) for number in numbers]))
    reading = read_tables(builder.blocks, 2022)
    expected = [column.metric for column in table("2021", "review").rows[0].columns]
    assert [figure.metric for figure in reading.figures] == expected
    assert [figure.value for figure in reading.figures] == numbers


def test_review_table_in_two_parts() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    builder = BlockBuilder()
    builder.table(
        [
            Cell(0, 0, "行政复议", 1, 5),
            *(Cell(1, i, o) for i, o in enumerate(outcomes)),
            *(Cell(2, i, f"{i}") for i in range(5)),
        ]
    )
    second = [Cell(0, 0, "行政诉讼", 1, 10), Cell(1, 0, "未经复议直接起诉", 1, 5), Cell(1, 5, "复议后起诉", 1, 5)]
    second += [Cell(2, i, o) for i, o in enumerate(outcomes * 2)] + [Cell(3, i, f"{5 + i}") for i in range(10)]
    builder.table(second)
    assert [figure.value for figure in read_tables(builder.blocks, 2022).figures] == list(range(15))


def test_review_table_on_its_side() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    lines = [["", "行政复议", "未经复议直接起诉", "复议后起诉"]]
    lines += [[outcome, str(n), str(n + 5), str(n + 10)] for n, outcome in enumerate(outcomes)]
    builder = BlockBuilder()
    builder.table(Cell(r, c, text) for r, line in enumerate(lines) for c, text in enumerate(line))
    found = values(read_tables(builder.blocks, 2022))
    assert [found[column.metric, "all"] for column in table("2021", "review").rows[0].columns] == list(range(15))


def test_review_table_with_a_blank_cell_keeps_its_columns() -> None:
    builder = BlockBuilder()
    builder.table(review_cells(["1", "", "0", "0", "1", *["0"] * 10]))
    figures = read_tables(builder.blocks, 2022).figures
    assert [figure.value for figure in figures[:5]] == [1, None, 0, 0, 1]


def test_fees_in_yuan_become_ten_thousands() -> None:
    builder = BlockBuilder()
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "3", "1", "12"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "1,234"],
        ["信息内容", "本年收费金额（单位：元）"],
        ["行政事业性收费", "12,345"],
    ]
    builder.table(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    found = values(read_tables(builder.blocks, 2022))
    assert found["fees.amount", "all"] == 1.2345
    assert found["licensing.decisions", "all"] == 1234
    assert found["normative_documents.in_force", "all"] == 12


def test_table_two_of_2019_has_its_own_columns() -> None:
    builder = BlockBuilder()
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "0", "0", "0"],
        ["规范性文件", "2", "2", "30"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "120", "-3", "560"],
        ["其他对外管理服务事项", "40", "增2", "10"],
        ["信息内容", "上一年项目数量", "本年增/减"],
        ["行政事业性收费", "8", "0"],
        ["信息内容", "采购项目数量", "采购总金额"],
        ["政府集中采购", "15", "230.5万元"],
    ]
    builder.table(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    reading = read_tables(builder.blocks, 2020)
    found = values(reading)
    assert reading.regime == "2019"
    assert found["normative_documents.total_disclosed", "all"] == 30
    assert found["licensing.items_change", "all"] == -3
    assert found["other_services.items_change", "all"] == 2
    assert found["licensing.decisions", "all"] == 560
    assert found["procurement.amount", "all"] == 230.5


def test_a_table_without_its_total_column_keeps_the_others() -> None:
    truth = application_truth(9)
    builder = BlockBuilder()
    lines = [HEADER[:-1], *(line[:-1] for line in application_lines(truth))]
    builder.table(Cell(r, c, text) for r, line in enumerate(lines) for c, text in enumerate(line))
    reading = read_tables(builder.blocks, 2022)
    assert values(reading) == {cell: value for cell, value in truth.items() if cell[1] != "all"}
    assert not reading.doubts


def test_too_few_numbers_in_running_text_are_kept_out_with_a_doubt() -> None:
    lines = [" ".join(line) for line in application_lines(application_truth(4))]
    lines[5] = lines[5].rsplit(" ", 2)[0]
    reading = read_tables(paragraphs(lines), 2022)
    metric = "applications.denied.prohibited_by_law"
    assert metric not in {figure.metric for figure in reading.figures}
    assert [(doubt.reason, doubt.metrics) for doubt in reading.doubts] == [("values_unplaced", (metric,))]


def test_the_annex_of_2014_has_one_value_a_row_behind_its_unit() -> None:
    specs = table("2014", "annex").rows
    builder = BlockBuilder()
    builder.table(
        Cell(r, c, text)
        for r, line in enumerate(
            [["统 计 指 标", "单位", "统计数"], ["一、主动公开情况", "——", "——"]]
            + [[spec.labels[0], "条", str(number)] for number, spec in enumerate(specs)]
        )
        for c, text in enumerate(line)
    )
    reading = read_tables(builder.blocks, 2016)
    assert reading.regime == "2014"
    assert [figure.value for figure in reading.figures] == list(range(len(specs)))
    assert {placement.how for placement in reading.placements} == {"exact"}
    assert not reading.unmapped


def test_prose_without_tables_gives_no_figures() -> None:
    text = paragraphs(["2023年受理申请 21 件，行政许可 550 件，行政处罚 3 件。", "规章 0 件", "总计 7 条"])
    assert read_tables(text, 2023) == TableReading()
