"""Checks of one report that need its words: sections, years, placeholders, figures that both text and table give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.catalogue.derivations import derivations
from gongkai.catalogue.forms import forms
from gongkai.checks.findings import finding, number
from gongkai.documents.model import Block, Kind
from gongkai.parsing.labels import NEAR, bare, likeness
from gongkai.parsing.tables import TableReading
from gongkai.records import CONFIDENT, Evidence, Figure, Finding, Method, Report

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年(?!\s*\d{1,2}\s*月)")
_PERIOD = re.compile(r"((?:19|20)\d{2})\s*年\s*1\s*月\s*1\s*日[^。]{0,12}?((?:19|20)\d{2})\s*年\s*12\s*月\s*31\s*日")
_PLANS = re.compile(r"计划|安排|打算|展望|下一步|要点|思路|目标|规划")
_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|\[[^\]]*\]|“[^”]*”|（[^）]*）")
_SENTENCE_END = "。；！？;"
_HEADING_LENGTH = 40
_LISTED = 3
"""A paragraph that names this many sections is a list of contents, not their heading."""
_WHOLE_REPORT = 1500
"""... unless it is so long (in characters) that the whole report stands in it."""
_PREAMBLE_BLOCKS = 12
_PLACEHOLDER = re.compile(
    r"[×✕╳□]{1,}\s*(?:年|月|日|件|条|次|个|市|县|区|局|镇|乡|万元)|[XＸ]{2,}\s*(?:年|月|日|件|条|次|个|市|县|区|局|镇|乡|单位|万元)"
    r"|[（(](?:此处|请在此|填写说明|示例)[^）)]{0,40}[）)]"
)
_FEE_STATEMENT = re.compile(r"(?:信息处理|处理|信息公开)[^。；]{0,6}费|收费")
_APPROXIMATE = 0.1
"""An approximate figure (70万余) agrees with a table that gives up to this share more."""


def check_text(report: Report, tables: TableReading, blocks: Sequence[Block]) -> Iterator[Finding]:
    """All findings that rest on the report's words, or on its words and its tables."""
    if report.kind == "annual_report":
        yield from _sections(report, tables, blocks)
    yield from _years(report, blocks)
    yield from _text_against_table(report)
    yield from _placeholders(blocks)
    if report.signed_on and report.year and report.period == "year" and report.signed_on < date(report.year, 12, 31):
        yield finding(
            "signed_before_period_end",
            expected=f"{report.year}-12-31",
            found=report.signed_on.isoformat(),
            evidence=[report.sources["signed_on"]] if "signed_on" in report.sources else (),
        )


def _sections(report: Report, tables: TableReading, blocks: Sequence[Block]) -> Iterator[Finding]:
    regime = report.regime or _regime_of_year(report.year)
    if regime is None or not forms()[regime].sections:
        return
    sections = forms()[regime].sections
    named = [(text, sum(bare(section) in text for section in sections)) for text in (bare(b.text) for b in blocks)]
    whole = "".join(text for text, count in named if count < _LISTED or len(text) > _WHOLE_REPORT)
    headings = [block.text for block in blocks if len(block.text) <= _HEADING_LENGTH]
    for section in sections:
        if bare(section) not in whole and all(likeness(text, section) < NEAR for text in headings):
            yield finding("section_missing", expected=section)
    absent = tables.absent_tables if tables.regime else tuple(table.name for table in forms()[regime].tables)
    for name in absent:
        yield finding("table_missing", expected=name, doubtful=bool(report.doubts))
    if regime == "2021" and not _FEE_STATEMENT.search(_text_without_tables(blocks)):
        yield finding("fee_statement_missing")


def _regime_of_year(year: int | None) -> str | None:
    return next((form.regime for form in forms().values() if year in form.years and form.sections), None)


def _text_without_tables(blocks: Sequence[Block]) -> str:
    return "\n".join(re.sub(r"\s+", "", block.text) for block in blocks if block.kind is not Kind.TABLE)


def _years(report: Report, blocks: Sequence[Block]) -> Iterator[Finding]:
    """Other years in headings, title and period statement; years inside names of documents do not count."""
    if report.year is None:
        return
    preamble = [block for block in blocks if block.kind is not Kind.TABLE][:_PREAMBLE_BLOCKS]
    for block in blocks:
        if block.kind is Kind.TABLE:
            continue
        period = _PERIOD.search(block.text) if block in preamble else None
        if period and {period[1], period[2]} != {str(report.year)}:
            yield _other_year(report.year, block, period)
        text = block.text.strip()
        is_heading = block.kind is Kind.HEADING or (
            len(text) <= _HEADING_LENGTH and not text.endswith(tuple(_SENTENCE_END)) and _numbered(text)
        )
        if not is_heading:
            continue
        quoted = [match.span() for match in _QUOTED.finditer(block.text)]
        for match in _YEAR.finditer(block.text):
            year = int(match[1])
            inside = any(start <= match.start() < end for start, end in quoted)
            planned = year == report.year + 1 and _PLANS.search(block.text)
            if year != report.year and not inside and not planned:
                yield _other_year(report.year, block, match)


def _numbered(text: str) -> bool:
    return re.match(r"[一二三四五六七八九十—\-－(（\d][^，,。]{0,4}[、.．)）]", text) is not None


def _other_year(year: int, block: Block, match: re.Match[str]) -> Finding:
    place = Evidence(match.group(), block.index, block.page, match.start(), match.end())
    return finding("other_year_in_text", expected=str(year), found=match.group(), evidence=[place])


def _text_against_table(report: Report) -> Iterator[Finding]:
    table = {
        figure.metric: figure
        for figure in report.figures
        if figure.method is Method.TABLE and figure.applicant == "all" and figure.value is not None
    }
    stated = [
        f for f in report.figures if f.method is Method.NARRATIVE and f.applicant == "all" and f.value is not None
    ]
    for figure in stated:
        total, is_part = table.get(figure.metric), False
        if total is None and figure.metric.startswith("applications.channel."):
            total, is_part = table.get("applications.new"), True
        if total is None or _agree(figure, total, table, is_part):
            continue
        differs = figure.scope and report.scope and figure.scope != report.scope
        yield finding(
            "scope_differs" if differs else "narrative_differs_from_table",
            metrics=(figure.metric, total.metric),
            expected=number(total.value or 0),
            found=number(figure.value or 0),
            evidence=(figure.evidence, total.evidence),
            doubtful=min(figure.confidence, total.confidence) < CONFIDENT,
        )


def _agree(figure: Figure, total: Figure, table: dict[str, Figure], is_part: bool) -> bool:
    value, printed = figure.value or 0.0, total.value or 0.0
    if is_part:
        return value <= printed
    accepted = [printed]
    # 收到 and 受理 may mean new applications with those carried in.
    accepted.extend(
        sum((table[part].value or 0.0) for part in derivation.parts if part in table)
        for derivation in derivations()
        if derivation.total == "applications.handled" and figure.metric == derivation.parts[0]
    )
    if figure.approximate:
        return any(value <= other <= value * (1 + _APPROXIMATE) or other == value for other in accepted)
    return any(abs(value - other) < 1e-6 for other in accepted)


def _placeholders(blocks: Sequence[Block]) -> Iterator[Finding]:
    for block in blocks:
        for match in _PLACEHOLDER.finditer(block.text) if block.kind is not Kind.TABLE else ():
            place = Evidence(match.group(), block.index, block.page, match.start(), match.end())
            yield finding("placeholder_left", found=match.group(), evidence=[place])
