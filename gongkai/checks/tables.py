"""Checks of the figures in the statutory tables of one report: arithmetic, blanks, whole numbers, grave grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.catalogue.identities import evaluate
from gongkai.catalogue.metrics import Metric, metrics
from gongkai.checks.findings import finding, number
from gongkai.parsing.table_reading import TableReading
from gongkai.records import CONFIDENT, Figure, Finding, Method, Report, Status

_SIGNED = "items_change"
"""The last part of the codes whose value may be negative (本年增/减)."""


_NO_NUMBER = frozenset({Status.BLANK, Status.NOT_APPLICABLE})

_GRAVE = frozenset(
    {
        "applications.denied.state_secret",
        "applications.denied.safety_stability",
        "applications.not_processed.excessive",
        "applications.answered.refused.state_secret",
        "applications.answered.refused.security",
    }
)
"""Grounds that a person always looks at: a state secret, security and stability, an abuse of the right to apply."""


def check_tables(report: Report, tables: TableReading) -> Iterator[Finding]:
    """All findings that rest on the tables alone."""
    table = Method.TABLE
    figures = [figure for figure in report.figures if figure.method is table]
    # An annex printed twice, for the organ and for all units, is two tables.
    for scope in dict.fromkeys(figure.scope for figure in figures):
        own = [figure for figure in figures if figure.scope == scope]
        yield from _arithmetic(own, tables.regime)
        yield from _blanks(own)
        yield from _counts(own)
        yield from _grave(own)


def _arithmetic(figures: Sequence[Figure], regime: str | None) -> Iterator[Finding]:
    by_cell = {(figure.metric, figure.applicant): figure for figure in figures}
    values = {cell: figure.value for cell, figure in by_cell.items()}
    for outcome in evaluate(values, regime) if regime else ():
        if outcome.holds:
            continue
        involved = [by_cell[cell] for cell in outcome.cells]
        total = involved[0]
        yield finding(
            outcome.identity.check,
            metrics=(figure.metric for figure in involved),
            expected=number(outcome.right),
            found=number(outcome.left),
            evidence=(figure.evidence for figure in involved),
            doubtful=any(figure.confidence < CONFIDENT for figure in involved),
            applicant=total.applicant,
            metric=total.metric,
        )


def _blanks(figures: Sequence[Figure]) -> Iterator[Finding]:
    """One finding a table: a unit that leaves zeros out does so everywhere, and forty findings would say it forty
    times. Cells that we doubt are told apart, so that they do not keep the sure ones back."""
    tables: dict[tuple[str, bool], list[Figure]] = {}
    for figure in figures:
        if figure.value is None and figure.status in _NO_NUMBER:
            key = metrics()[figure.metric].group, figure.confidence < CONFIDENT
            tables.setdefault(key, []).append(figure)
    for (_, doubtful), cells in tables.items():
        rows = tuple(dict.fromkeys(figure.metric for figure in cells))
        yield finding(
            "blank_cell",
            metrics=rows,
            found="、".join(dict.fromkeys(filter(None, (cell.evidence.quote.strip() for cell in cells)))) or None,
            evidence=(figure.evidence for figure in cells),
            doubtful=doubtful,
            **({"applicants": " ".join(figure.applicant for figure in cells)} if len(rows) == 1 else {}),
        )


def _counts(figures: Sequence[Figure]) -> Iterator[Finding]:
    for figure in figures:
        value = figure.value
        if value is None or (value >= 0 and value == int(value)) or _may_be(value, metrics()[figure.metric]):
            continue
        yield finding(
            "count_not_whole",
            metrics=(figure.metric,),
            found=figure.evidence.quote.strip(),
            evidence=(figure.evidence,),
            doubtful=figure.confidence < CONFIDENT,
            applicant=figure.applicant,
        )


def _may_be(value: float, metric: Metric) -> bool:
    """Whether a number that is negative or no whole one can be right: an amount, a rate, a change."""
    if metric.kind in ("amount", "rate"):
        return value >= 0
    return metric.code.endswith(_SIGNED) and value == int(value)


def _grave(figures: Sequence[Figure]) -> Iterator[Finding]:
    rows: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.metric in _GRAVE and figure.value is not None and figure.value > 0:
            rows.setdefault(figure.metric, []).append(figure)
    for metric, cells in rows.items():
        total = next((cell for cell in cells if cell.applicant == "all"), None)
        value = total.value if total else sum(cell.value or 0 for cell in cells)
        yield finding(
            "grave_ground",
            metrics=(metric,),
            found=number(value or 0),
            evidence=(cell.evidence for cell in cells),
            doubtful=any(cell.confidence < CONFIDENT for cell in cells),
            applicants=" ".join(cell.applicant for cell in cells),
        )
