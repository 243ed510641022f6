"""Checks of the form itself: rows dropped, added or merged against it, another year's form, misprinted labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai.catalogue.forms import RowSpec, forms
from gongkai.checks.findings import finding
from gongkai.checks.sections import form_due
from gongkai.parsing.labels import bare
from gongkai.parsing.table_reading import Placement, TableReading
from gongkai.records import CONFIDENT, Finding, Method, Report, UnmappedRow

_UNIFORM = "2014"
"""In this form's years many provinces had tables of their own: their rows are none of ours, but no mistake."""


def check_form(report: Report, tables: TableReading) -> Iterator[Finding]:
    """form_altered, label_misspelt and unlabelled_row of the tables that were found."""
    if tables.regime is None:
        return
    yield from _other_form(report, tables)
    yield from _rows(report, tables)
    for placement in tables.placements:
        if placement.how in ("near", "position"):
            yield finding(
                "label_misspelt" if placement.how == "near" else "unlabelled_row",
                metrics=(placement.spec.key,),
                expected=placement.spec.labels[0],
                found=placement.printed or None,
                evidence=(placement.evidence,),
            )


def _other_form(report: Report, tables: TableReading) -> Iterator[Finding]:
    """The tables are those of an earlier form than the year's."""
    due = form_due(report)
    regime = tables.regime
    if due is None or report.year is None or regime is None or regime >= due.regime:
        return
    yield finding(
        "form_altered",
        reason="earlier_form",
        expected=due.regime,
        found=regime,
        evidence=[placement.evidence for placement in tables.placements[:1]],
        # One table of the earlier form alone may be quoted from last year's report.
        doubtful=_in_doubt(report) or bool(tables.absent_tables),
    )


def _rows(report: Report, tables: TableReading) -> Iterator[Finding]:
    variants = [placement for placement in tables.placements if placement.spec.variant]
    if variants:
        yield finding(
            "form_altered",
            reason="merged",
            metrics=[placement.spec.key for placement in variants],
            found="；".join(placement.printed for placement in variants),
            evidence=[placement.evidence for placement in variants],
            doubtful=_in_doubt(report),
        )
    replaced = {placement.spec.key for placement in variants}
    missing = [
        (table, spec) for table, spec in tables.missing if not any(spec.key.startswith(f"{key}.") for key in replaced)
    ]
    if missing:
        sure = all(_is_dropped(tables, table, spec) for table, spec in missing)
        yield finding(
            "form_altered",
            reason="dropped",
            metrics=[spec.key for _, spec in missing],
            expected="；".join(spec.labels[0] for _, spec in missing if spec.labels) or None,
            evidence=[placement.evidence for _, spec in missing for placement in _beside(tables, spec)],
            doubtful=_in_doubt(report) or not sure or tables.regime == _UNIFORM,
        )
    if tables.unmapped:
        sure = all(_is_added(tables, row) for row in tables.unmapped)
        yield finding(
            "form_altered",
            reason="added",
            found="；".join(row.label for row in tables.unmapped if row.label) or None,
            evidence=[row.evidence for row in tables.unmapped],
            doubtful=_in_doubt(report) or not sure or tables.regime == _UNIFORM,
        )


def _in_doubt(report: Report) -> bool:
    return bool(report.doubts) or any(
        figure.method is Method.TABLE and figure.confidence < CONFIDENT for figure in report.figures
    )


def _is_dropped(tables: TableReading, table: str, spec: RowSpec) -> bool:
    """Whether a row is surely not printed: its neighbours in the form are, exactly, and stand one below the other."""
    form = forms()[tables.regime or ""].table(table)
    if form is None:
        return False
    rows = [row for row in form.rows if not row.variant]
    missing = {one.key for _, one in tables.missing}
    around = [rows.index(spec)] if spec in rows else []
    if not around:
        return False
    before = next((row for row in reversed(rows[: around[0]]) if row.key not in missing), None)
    after = next((row for row in rows[around[0] + 1 :] if row.key not in missing), None)
    if before is None or after is None:
        return False
    places = [_exact(tables, before), _exact(tables, after)]
    return all(places) and _adjoin(places)


def _exact(tables: TableReading, spec: RowSpec) -> Placement | None:
    return next((one for one in tables.placements if one.spec.key == spec.key and one.how == "exact"), None)


def _adjoin(places: Sequence[Placement | None]) -> bool:
    return all(
        one is not None
        and after is not None
        and one.evidence.block == after.evidence.block
        and one.evidence.row is not None
        and after.evidence.row is not None
        and after.evidence.row - one.evidence.row == 1
        for one, after in pairwise(places)
    )


def _beside(tables: TableReading, spec: RowSpec) -> list[Placement]:
    """The placed row above a missing one: where a person should look."""
    for form_table in forms()[tables.regime or ""].tables:
        keys = [row.key for row in form_table.rows if not row.variant]
        if spec.key in keys:
            above = set(keys[: keys.index(spec.key)])
            return [one for one in tables.placements if one.spec.key in above][-1:]
    return []


def _is_added(tables: TableReading, row: UnmappedRow) -> bool:
    """Whether a row is surely none of the form's: it has a label, between rows that were placed by theirs."""
    place = row.evidence
    if len(bare(row.label)) < _LABEL or place.row is None:
        return False
    beside = {
        one.evidence.row
        for one in tables.placements
        if one.how == "exact" and one.evidence.block == place.block and one.evidence.row is not None
    }
    return {place.row - 1, place.row + 1} <= beside


_LABEL = 4
"""Characters from which on a label can be told from debris."""
