"""Figures in sentences, against invented sentences with the figures that they state."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block, Cell
from gongkai.parsing.narrative import NarrativeReading, read_narrative
from gongkai.records import Method, Status

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parent / "narrative_cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def blocks(text: str) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for line in text.split("\n"):
        builder.paragraph(line)
    return builder.blocks


def read(text: str, year: int | None = 2022) -> NarrativeReading:
    return read_narrative(blocks(text), year)


def wanted(case: dict[str, Any]) -> dict[tuple[str, float], tuple[bool, str | None]]:
    found = {}
    for entry in case["want"]:
        stated, _, scope = entry.partition("@")
        metric, _, value = stated.partition("=")
        found[metric, float(value.rstrip("~"))] = (value.endswith("~"), scope or None)
    return found


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['text'][:16]}" for n, case in enumerate(CASES)])
def test_a_sentence_gives_exactly_its_figures(case: dict[str, Any]) -> None:
    expected = wanted(case)
    arguable = case.get("may", [])
    found = {
        (figure.metric, figure.value): (figure.approximate, figure.scope)
        for figure in read(case["text"], case.get("year", 2022)).figures
        if (figure.metric, figure.value) in expected
        or not (figure.metric in arguable or f"{figure.metric}#{figure.value:g}" in arguable)
    }
    assert found == expected


@pytest.mark.parametrize("case", CASES, ids=[str(n) for n in range(len(CASES))])
def test_every_figure_points_at_its_words(case: dict[str, Any]) -> None:
    paragraphs = blocks(case["text"])
    for figure in read_narrative(paragraphs, case.get("year", 2022)).figures:
        evidence = figure.evidence
        assert figure.method is Method.NARRATIVE
        assert figure.status is Status.REPORTED
        assert evidence.block is not None
        assert evidence.quote
        assert paragraphs[evidence.block].text[evidence.start : evidence.end] == evidence.quote


def test_tables_are_left_to_the_table_reader() -> None:
    builder = BlockBuilder()
    builder.table([Cell(0, 0, "收到政府信息公开申请12件"), Cell(0, 1, "行政复议3件")])
    assert read_narrative(builder.blocks, 2022).figures == ()


def test_a_statement_repeated_is_one_figure() -> None:
    reading = read("2022年收到政府信息公开申请12件。\n全年共收到政府信息公开申请12件。")
    assert [(figure.metric, figure.value) for figure in reading.figures] == [("applications.new", 12)]
    assert reading.doubts == ()


def test_two_values_for_one_metric_are_doubted() -> None:
    reading = read("收到政府信息公开申请12件。\n收到政府信息公开申请13件。")
    assert [figure.value for figure in reading.figures] == [12, 13]
    assert all(figure.confidence < 0.8 for figure in reading.figures)
    assert [doubt.reason for doubt in reading.doubts] == ["several_values"]


def test_a_count_that_looks_like_the_year_is_doubted() -> None:
    reading = read("主动公开政府信息2022条。")
    assert [doubt.reason for doubt in reading.doubts] == ["year_or_count"]
    assert reading.figures[0].confidence < 0.8


def test_the_unit_is_as_printed_and_the_value_in_the_catalogues_unit() -> None:
    figures = {f.metric: f for f in read("行政事业性收费2.35亿元。收取信息处理费1260元。").figures}
    assert (figures["fees.amount"].value, figures["fees.amount"].unit) == (23500, "亿元")
    assert (figures["applications.fees_charged"].value, figures["applications.fees_charged"].unit) == (0.126, "元")


def test_without_a_year_the_one_named_most_often_counts() -> None:
    text = "2022年工作报告。2022年，收到政府信息公开申请26件，2021年收到政府信息公开申请18件。"
    assert [(f.metric, f.value) for f in read(text, None).figures] == [("applications.new", 26)]


@given(st.text(alphabet="未收到政府信息公开申请件主动条网站，。；其中12 3万余%年结转行政复议诉讼“”\n", max_size=120))
def test_no_text_breaks_the_reader_and_spans_stay_exact(text: str) -> None:
    paragraphs = blocks(text)
    for figure in read_narrative(paragraphs, 2022).figures:
        block = paragraphs[figure.evidence.block or 0]
        assert block.text[figure.evidence.start : figure.evidence.end] == figure.evidence.quote


@given(st.integers(0, 10**7))
def test_any_number_is_read_in_every_spelling(value: int) -> None:
    for printed in (
        f"{value}",
        f"{value:,}",
        f" {value} ",
        f"{value}".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        found = [(f.metric, f.value) for f in read(f"全年共收到政府信息公开申请{printed}件。").figures]
        assert found == [("applications.new", value)]
