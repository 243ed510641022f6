"""Single-report checks on invented units: consistent, wrong, just inside and just outside, missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.catalogue.checks import checks
from gongkai.catalogue.forms import forms
from gongkai.checks.single import find
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block
from gongkai.parsing.tables import TableReading
from gongkai.records import Doubt, Evidence, Figure, Finding, Method, Report, Status

REPORT = Report(source="a.html", sha256="0" * 64, year=2023, regime="2021", scope="whole", kind="annual_report")
TABLES = TableReading(regime="2021")


def cell(metric: str, value: float | None, applicant: str = "all", status: Status = Status.REPORTED) -> Figure:
    place = Evidence(quote="" if value is None else f"{value:g}", block=3, table=0, row=1, column=1)
    return Figure(metric, value, Method.TABLE, place, applicant, status)


def said(metric: str, value: float, **more: object) -> Figure:
    figure = Figure(metric, value, Method.NARRATIVE, Evidence("受理申请", block=1, start=0, end=4))
    return replace(figure, **more)  # type: ignore[arg-type]


def review(upheld: float, total: float | None) -> list[Figure]:
    outcomes = {"upheld": upheld, "corrected": 1, "other": 0, "pending": 0, "total": total}
    return [cell(f"review.{name}", value) for name, value in outcomes.items()]


def document(*lines: str) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    return builder.blocks


WHOLE = document(
    *(
        line
        for number, name in zip("一二三四五六", forms()["2021"].sections, strict=True)
        for line in (f"{number}、{name}", "工作有序推进，有待加强。")
    ),
    "全年未收取信息处理费。",
)


def codes(report: Report, tables: TableReading = TABLES, blocks: tuple[Block, ...] = WHOLE) -> list[str]:
    return [finding.check for finding in find(report, tables, blocks)]


def one(report: Report, check: str, blocks: tuple[Block, ...] = WHOLE) -> Finding:
    found = [finding for finding in find(report, TABLES, blocks) if finding.check == check]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("total", "found"), [(3, []), (2, ["review_total_is_not_sum"]), (4, ["review_total_is_not_sum"])]
)
def test_review_total(total: float, found: list[str]) -> None:
    assert codes(replace(REPORT, figures=tuple(review(2, total)))) == found


def test_a_missing_total_does_not_pass_silently() -> None:
    figures = [*review(2, 3)[:-1], cell("review.total", None, status=Status.BLANK)]
    assert codes(replace(REPORT, figures=tuple(figures))) == ["blank_cell"]


def test_the_finding_names_both_sums_and_every_cell() -> None:
    found = one(replace(REPORT, figures=tuple(review(10, 0))), "review_total_is_not_sum")
    assert (found.expected, found.found, len(found.evidence)) == ("11", "0", 5)
    assert found.severity == "error"
    assert not found.doubtful


def test_a_finding_on_a_doubtful_cell_is_marked() -> None:
    figures = [replace(figure, confidence=0.5) for figure in review(10, 0)]
    assert one(replace(REPORT, figures=tuple(figures)), "review_total_is_not_sum").doubtful


@pytest.mark.parametrize(
    ("metric", "value", "found"),
    [
        ("licensing.decisions", 12.5, True),
        ("licensing.decisions", -1, True),
        ("licensing.decisions", 12, False),
        ("fees.amount", 12.5, False),
        ("licensing.items_change", -3, False),
        ("licensing.items_change", -3.5, True),
    ],
)
def test_counts_are_whole(metric: str, value: float, found: bool) -> None:
    assert ("count_not_whole" in codes(replace(REPORT, figures=(cell(metric, value),)))) is found


@pytest.mark.parametrize(
    ("narrative", "found"),
    [
        (said("applications.new", 95), []),
        (said("applications.new", 97), []),  # with the two carried in
        (said("applications.new", 17), ["narrative_differs_from_table"]),
        (said("applications.new", 17, scope="organ"), ["scope_differs"]),
        (said("applications.new", 90, approximate=True), []),
        (said("applications.new", 80, approximate=True), ["narrative_differs_from_table"]),
        (said("applications.channel.online", 90), []),
        (said("applications.channel.online", 96), ["narrative_differs_from_table"]),
    ],
)
def test_text_against_table(narrative: Figure, found: list[str]) -> None:
    figures = (cell("applications.new", 95), cell("applications.carried_in", 2), narrative)
    assert codes(replace(REPORT, figures=figures)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("一、2022年工作总结", True),
        ("二、2024年工作计划", False),
        ("2023年政府信息公开工作", False),
        ("一、关于《2021年政务公开工作要点》的落实", False),
        ("统计期限自2022年1月1日起至2022年12月31日止。", True),
        ("统计期限自2023年1月1日起至2023年12月31日止。", False),
    ],
)
def test_other_years(line: str, found: bool) -> None:
    assert ("other_year_in_text" in codes(REPORT, blocks=document(line, *(b.text for b in WHOLE)))) is found


@pytest.mark.parametrize(("signed", "found"), [(date(2023, 12, 20), True), (date(2023, 12, 31), False), (None, False)])
def test_signed_before_the_period_ended(signed: date | None, found: bool) -> None:
    assert ("signed_before_period_end" in codes(replace(REPORT, signed_on=signed))) is found


def test_sections_tables_and_fee_statement() -> None:
    found = codes(replace(REPORT, regime=None), TableReading(), document("一、总体情况", "二、主动公开政府信息情况"))
    assert found == ["section_missing"] * 4 + ["table_missing"] * 3 + ["fee_statement_missing"]


def test_a_list_of_contents_is_no_section() -> None:
    contents = "本报告包括" + "、".join(forms()["2021"].sections) + "六部分。"
    blocks = document(contents, *(block.text for block in WHOLE if "其他需要报告" not in block.text))
    found = one(REPORT, "section_missing", blocks)
    assert found.expected == "其他需要报告的事项"


def test_summaries_owe_no_sections() -> None:
    assert codes(replace(REPORT, kind="summary", regime=None), TableReading(), document("一、工作情况")) == []


@pytest.mark.parametrize(("line", "found"), [("本年公开信息XX条", True), ("2024年×月×日", True), ("WXX号文件", False)])
def test_placeholders(line: str, found: bool) -> None:
    assert ("placeholder_left" in codes(REPORT, blocks=(*WHOLE, *document(line)))) is found


def test_doubts_about_year_and_agency_become_notices() -> None:
    doubts = (Doubt("year_uncertain", "年份空白"), Doubt("agency_uncertain", "民政局"))
    found = find(replace(REPORT, year=None, doubts=doubts, secondary_source=True), TABLES, WHOLE)
    assert [(f.check, f.severity) for f in found] == [
        ("year_uncertain", "notice"),
        ("agency_uncertain", "notice"),
        ("secondary_source", "notice"),
    ]


def test_every_check_of_the_catalogue_is_used() -> None:
    """Defined and never raised would be a promise not kept."""
    from pathlib import Path

    from gongkai.catalogue.identities import identities
    from gongkai.paths import PROJECT

    source = "".join(path.read_text(encoding="utf-8") for path in Path(PROJECT / "gongkai" / "checks").glob("*.py"))
    raised = {code for code in checks() if f'"{code}"' in source} | {identity.check for identity in identities()}
    assert raised == set(checks())
