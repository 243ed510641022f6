"""Layouts of the statutory tables beyond the official one: read right, or left in doubt, never wrong unmarked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statutory import HEADER, Truth, application_lines, application_truth, blocks_of, review_cells, table

from gongkai.catalogue.metrics import APPLICANTS
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block, Cell
from gongkai.parsing.solving import OpenRow, solve
from gongkai.parsing.table_reading import TableReading
from gongkai.parsing.tables import read_tables
from gongkai.records import CONFIDENT

OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def values(reading: TableReading) -> dict[tuple[str, str], float | None]:
    return {(figure.metric, figure.applicant): figure.value for figure in reading.figures}


def sure(reading: TableReading) -> dict[tuple[str, str], float | None]:
    return {(f.metric, f.applicant): f.value for f in reading.figures if f.confidence >= CONFIDENT}


def paragraphs(lines: list[str]) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    return builder.blocks


def tables(*grids: list[list[str]], ruled: bool = True) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for grid in grids:
        builder.table((Cell(r, c, text) for r, line in enumerate(grid) for c, text in enumerate(line)), ruled=ruled)
    builder.paragraph("五、存在的主要问题及改进情况")
    return builder.blocks


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_a_table_on_its_side_is_read_with_the_evidence_of_its_own_cells(seed: int) -> None:
    truth = application_truth(seed)
    lines = [HEADER, *application_lines(truth)]
    turned = [list(column) for column in zip(*lines, strict=True)]
    reading = read_tables(tables(turned), 2022)
    assert values(reading) == truth
    for figure in reading.figures:
        place = figure.evidence
        assert place.row is not None
        assert place.column is not None
        assert turned[place.row][place.column] == place.quote


@given(seed=st.integers(0, 10_000), cut=st.integers(2, 5), together=st.booleans())
@settings(max_examples=15, deadline=None)
def test_a_table_cut_into_two_halves_is_put_together(seed: int, cut: int, together: bool) -> None:
    truth = application_truth(seed)
    lines = [HEADER, *application_lines(truth)]
    left = [line[: cut + 1] for line in lines]
    right = [[line[0], *line[cut + 1 :]] for line in lines]
    blocks = tables(left + right) if together else tables(left, right)
    assert sure(read_tables(blocks, 2022)) == truth


def test_a_heading_that_lost_its_first_blank_cell_shifts_nothing() -> None:
    truth = application_truth(21)
    assert sure(read_tables(tables([HEADER[1:], *application_lines(truth)]), 2022)) == truth


def test_a_table_without_totals_in_running_text_is_read_by_the_headings_named() -> None:
    truth = application_truth(22)
    lines = [" ".join(HEADER[1:-1]), *(" ".join(line[:-1]) for line in application_lines(truth))]
    assert sure(read_tables(paragraphs(lines), 2022)) == {cell: v for cell, v in truth.items() if cell[1] != "all"}


@given(seed=st.integers(0, 10_000), part=st.integers(3, 9))
@settings(max_examples=15, deadline=None)
def test_labels_broken_around_their_values_are_whole_again(seed: int, part: int) -> None:
    truth = application_truth(seed)
    lines: list[str] = []
    for label, *numbers in application_lines(truth):
        lines += [" ".join((label[:part], *numbers)), *([label[part:]] if label[part:] else [])]
    assert sure(read_tables(paragraphs(lines), 2022)) == truth


def test_the_annex_in_running_text_skips_units_and_blank_rows() -> None:
    specs = table("2014", "annex").rows
    lines = [f"{spec.labels[0]}\n条\n{number if number % 3 else ''}" for number, spec in enumerate(specs)]
    reading = read_tables(paragraphs("\n".join(lines).split("\n")), 2016)
    wanted = {(spec.key, "all"): number for number, spec in enumerate(specs) if number % 3}
    assert sure(reading) == wanted


def test_an_annex_with_two_columns_of_figures_stays_in_doubt() -> None:
    specs = table("2014", "annex").rows
    grid = [["统计指标", "单位", "本级", "汇总"]] + [[spec.labels[0], "条", "2", "3"] for spec in specs]
    assert not sure(read_tables(tables(grid), 2016))


def test_two_years_beside_each_other_stay_in_doubt() -> None:
    now, before = application_lines(application_truth(31)), application_lines(application_truth(32))
    both = [one + other[1:] for one, other in zip(now, before, strict=True)]
    truth = application_truth(31)
    reading = read_tables(tables(both), 2022)
    assert all(truth[cell] == value == application_truth(32)[cell] for cell, value in sure(reading).items())
    assert reading.doubts


def test_review_as_a_list_of_outcomes() -> None:
    grid = [[block, outcome, str(5 * b + o)] for b, block in enumerate(_BLOCKS) for o, outcome in enumerate(OUTCOMES)]
    found = values(read_tables(tables(grid), 2022))
    assert [found[column.metric, "all"] for column in table("2021", "review").rows[0].columns] == list(range(15))


_BLOCKS = ["行政复议", "未经复议直接起诉", "复议后起诉"]


def test_other_handling_beside_its_own_parts_is_doubted() -> None:
    lines = application_lines(application_truth(5))
    lines.insert(-2, ["（六）其他处理", *["9"] * 7])
    assert ("applications.other", "all") not in sure(read_tables(blocks_of(lines), 2022))


def test_a_group_label_before_the_row_label_does_not_name_the_group() -> None:
    truth = application_truth(8)
    groups = {row.labels[0]: row.group for row in table("2021", "applications").rows}
    lines = [[groups[label] + label, *numbers] for label, *numbers in application_lines(truth)]
    assert sure(read_tables(blocks_of(lines), 2022)) == truth


def test_the_numbering_of_the_next_label_is_no_value() -> None:
    lines = [" ".join(line) for line in application_lines(application_truth(12))]
    lines = [line.replace("2.重复申请", "2 、 重复申请") for line in lines]
    assert sure(read_tables(paragraphs(lines), 2022)) == application_truth(12)


def test_review_between_bars_keeps_its_blank_cells() -> None:
    lines = ["行政复议 | 行政诉讼", " | ".join([*OUTCOMES, "未经复议直接起诉", "复议后起诉"]), " | ".join(OUTCOMES * 2)]
    numbers = ["2", "", "", "1", "3", *["0"] * 10]
    found = read_tables(paragraphs([*lines, " | ".join(numbers), "五、存在的主要问题"]), 2022)
    assert [figure.value for figure in found.figures[:5]] == [2, None, None, 1, 3]


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_dropped_blanks_are_never_placed_wrongly(seed: int) -> None:
    truth = application_truth(seed)
    lines = [
        " ".join((label, *(number for number in numbers if number != "0")))
        for label, *numbers in application_lines(truth)
    ]
    for cell, value in sure(read_tables(paragraphs(lines), 2022)).items():
        assert truth[cell] == value


def test_totals_are_proved_where_the_columns_are_not() -> None:
    """Natural persons alone: every column might be theirs, but the totals are totals."""
    truth: Truth = dict.fromkeys(application_truth(1), 0.0)
    for metric, number in (("new", 5.0), ("granted", 3.0), ("partial", 2.0), ("closed", 5.0)):
        truth[f"applications.{metric}", "natural_person"] = truth[f"applications.{metric}", "all"] = number
    lines = [
        " ".join((label, *(number for number in numbers if number != "0")))
        for label, *numbers in application_lines(truth)
    ]
    reading = read_tables(paragraphs(lines), 2022)
    assert sure(reading) == {
        ("applications.new", "all"): 5,
        ("applications.granted", "all"): 3,
        ("applications.partial", "all"): 2,
        ("applications.closed", "all"): 5,
    }
    assert {doubt.reason for doubt in reading.doubts} == {"values_unplaced"}


def test_solving_gives_what_all_solutions_share() -> None:
    last = len(APPLICANTS) - 1
    rows = [OpenRow((3.0, 3.0), 1), OpenRow((2.0, 1.0, 3.0), 1)]
    assert solve(rows, [-5.0, -1.0, 0.0, 0.0, 0.0, 0.0, -6.0]) == [{0: 0, 1: last}, {0: 0, 1: 1, 2: last}]
    assert solve(rows, [0.0] * last + [-6.0]) is None
    assert solve([OpenRow((3.0, 4.0), 1)], [0.0] * last + [-4.0]) is None


def test_solving_is_bounded() -> None:
    rows = [OpenRow((1.0, 1.0, 1.0, 3.0), 1) for _ in range(24)]
    found = solve(rows, [-12.0] * 6 + [-72.0])
    assert found == [{3: 6}] * 24


@pytest.mark.parametrize("text", ["公 " * 20_000, "1 . 公 " * 5_000, "7 " * 50_000, "|" * 50_000])
def test_hostile_texts_give_nothing(text: str) -> None:
    assert read_tables(paragraphs([text]), 2022) == TableReading()


def test_a_sheet_of_many_thousand_rows_still_gives_its_table() -> None:
    truth = application_truth(40)
    noise = [[f"单位{number}", *["1"] * 7] for number in range(6_000)]
    reading = read_tables(tables([*noise, HEADER, *application_lines(truth)]), 2022)
    assert values(reading) == truth


def test_a_last_table_with_merged_cells_is_not_cut_off() -> None:
    builder = BlockBuilder()
    builder.table(review_cells(["1", "/", "/", "1", "3", *["/"] * 10]))
    assert not read_tables(builder.blocks, 2022).doubts
