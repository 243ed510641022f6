"""What the tests of checks share: an invented report of the 2021 form, and short ways to change and to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.catalogue.forms import forms
from gongkai.checks.single import find
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block
from gongkai.parsing.table_reading import TableReading
from gongkai.records import Evidence, Figure, Finding, Method, Report, Status

AGENCY = "淮安市洪泽区教育体育局"
REPORT = Report(
    source="a.html", sha256="0" * 64, year=2023, regime="2021", scope="organ", agency=AGENCY, province="江苏省"
)
TABLES = TableReading(regime="2021")


def cell(metric: str, value: float | None, applicant: str = "all", status: Status = Status.REPORTED) -> Figure:
    """A table's cell."""
    place = Evidence(quote="" if value is None else f"{value:g}", block=3, table=0, row=1, column=1)
    return Figure(metric, value, Method.TABLE, place, applicant, status)


def said(metric: str, value: float, **more: object) -> Figure:
    """A sentence's figure."""
    figure = Figure(metric, value, Method.NARRATIVE, Evidence("受理申请", block=1, start=0, end=4))
    return replace(figure, **more)  # type: ignore[arg-type]


def document(*lines: str) -> tuple[Block, ...]:
    """The lines as paragraphs."""
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    return builder.blocks


def lines(
    *more: str,
    problems: Sequence[str] = ("公开意识有待加强。",),
    others: Sequence[str] = ("全年未收取信息处理费。",),
    left_out: int | None = None,
) -> list[str]:
    """A whole report's lines: `more` in the first section, what stands in the last two, one section left out."""
    found = []
    bodies = [more, (), (), (), problems, others]
    for number, (name, body) in enumerate(zip(forms()["2021"].sections, bodies, strict=True)):
        if number != left_out:
            found += [f"{'一二三四五六'[number]}、{name}", *body]
    return found


WHOLE = document(*lines("工作有序推进。"))


def findings(report: Report = REPORT, blocks: Sequence[Block] = WHOLE, tables: TableReading = TABLES) -> list[Finding]:
    """All findings. What rests on words quotes them exactly."""
    found = list(find(report, tables, blocks))
    for one in found:
        for place in one.evidence:
            if place.start is not None and place.block is not None and place.block < len(blocks) and not one.metrics:
                assert blocks[place.block].text[place.start : place.end] == place.quote
    return found


def codes(report: Report = REPORT, blocks: Sequence[Block] = WHOLE, tables: TableReading = TABLES) -> list[str]:
    """The codes of all findings."""
    return [one.check for one in findings(report, blocks, tables)]


def reasons_of(check: str, *more: str, report: Report = REPORT, **parts: Sequence[str]) -> list[str]:
    """The reasons of a check's findings (the code where there is none) in a whole report with `more` lines."""
    found = findings(report, document(*lines(*more, **parts)))  # type: ignore[arg-type]
    assert {one.check for one in found} <= {check}, found
    return [one.detail.get("reason", check) for one in found]
