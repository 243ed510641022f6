"""Figures that a report states twice: in a sentence and in a table, and parts in a sentence of a table's whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.catalogue.check_words import check_words
from gongkai.catalogue.derivations import derivations
from gongkai.checks.findings import finding, number
from gongkai.records import CONFIDENT, Evidence, Figure, Finding, Method, Report

_APPROXIMATE = 0.1
"""An approximate figure (70万余, 近百) agrees with a table that gives up to this share more or less."""

_HANDLED = "applications.handled"
_RECEIVED = frozenset({"applications.new", _HANDLED})
"""What 收到 and 受理 say: new applications, or these with the ones carried in."""

_PARTS = ("applications.channel.", "applications.corrections_requested", "applications.fees_cases")
"""Metrics (or how they begin) that count some of the applications handled: none is more than all of them."""

_SUMS = {"applications.granted_or_partial": ("applications.granted", "applications.partial")}
"""Sums that only sentences give."""

_UNSURE = frozenset({"several_values", "year_or_count", "cumulative_or_year"})
"""Doubts about what a sentence says."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the tables give for a metric: a cell's number, or the sum of the cells it is made of."""

    value: float
    confidence: float
    scope: str | None
    evidence: tuple[Evidence, ...]


def check_statements(report: Report) -> Iterator[Finding]:
    """narrative_differs_from_table, and scope_differs where the sentence names another scope than the table."""
    narrative = Method.NARRATIVE
    stated = [
        figure
        for figure in report.figures
        if figure.method is narrative and figure.applicant == "all" and figure.value is not None
    ]
    scopes = dict.fromkeys(figure.scope for figure in report.figures if figure.method is Method.TABLE)
    tables = {scope: _printed(report, scope) for scope in scopes} if stated else {}
    unsure = {metric for doubt in report.doubts if doubt.reason in _UNSURE for metric in doubt.metrics}
    for figure in stated:
        whole = figure.metric.startswith(_PARTS)
        # Of an annex printed twice, a sentence may give the figure of either copy, unless it names one.
        table = tables.get(figure.scope or report.scope) or next(iter(tables.values()), {})
        if figure.scope is None and any(
            (other := copy.get(figure.metric)) is not None and _agree(figure, other, copy, whole=False)
            for copy in tables.values()
        ):
            continue
        total = table.get(_HANDLED) or table.get("applications.new") if whole else table.get(figure.metric)
        if total is None or _agree(figure, total, table, whole):
            continue
        scope, stated_scope = (
            total.scope or report.scope,
            figure.scope or _scope_of(figure.evidence.quote, report.scope),
        )
        differs = stated_scope is not None and stated_scope != scope
        detail = {"table_scope": scope} if scope else {}
        yield finding(
            "scope_differs" if differs else "narrative_differs_from_table",
            reason=None if differs else "part_above_total" if whole else "other_figure",
            metrics=(figure.metric,),
            expected=number(total.value),
            found=number(figure.value or 0),
            evidence=(figure.evidence, *total.evidence),
            doubtful=min(figure.confidence, total.confidence) < CONFIDENT or figure.metric in unsure,
            **({"text_scope": stated_scope} | detail if differs and stated_scope else {}),
        )


def _scope_of(quote: str, scope: str | None) -> str | None:
    """The other scope than the report's, where the words of a figure name it (区政府办公室收到…, 全县共收到…)."""
    words = check_words().scopes
    if scope == "whole" and words.organ.search(quote) and not words.whole.search(quote):
        return "organ"
    return "whole" if scope == "organ" and words.whole.search(quote) else None


def _printed(report: Report, scope: str | None) -> dict[str, _Printed]:
    """The numbers for all applicants by metric in the tables of one scope, and sums that the form does not print."""
    table = Method.TABLE
    found = {
        figure.metric: _Printed(figure.value, figure.confidence, figure.scope, (figure.evidence,))
        for figure in report.figures
        if figure.applicant == "all" and figure.method is table and figure.value is not None and figure.scope == scope
    }
    sums = {one.total: one.parts for one in derivations() if report.regime in one.regimes} | _SUMS
    for total, parts in sums.items():
        cells = [found[part] for part in parts if part in found]
        if total not in found and len(cells) == len(parts):
            found[total] = _Printed(
                sum(cell.value for cell in cells),
                min(cell.confidence for cell in cells),
                cells[0].scope,
                tuple(place for cell in cells for place in cell.evidence),
            )
    return found


def _agree(figure: Figure, total: _Printed, table: Mapping[str, _Printed], whole: bool) -> bool:
    value = figure.value or 0.0
    if whole:
        return value <= total.value
    accepted = [total.value]
    if figure.metric in _RECEIVED:
        accepted += [table[metric].value for metric in sorted(_RECEIVED) if metric in table]
    if figure.approximate:
        return any(abs(value - other) <= _APPROXIMATE * value for other in accepted)
    return any(abs(value - other) < 1e-6 for other in accepted)
