"""What the checks of one report find once people have vouched for its figures.

A figure that somebody confirmed is sure; one that we misread is what somebody says that the report prints. The very
checks of the reading (gongkai/checks/single.py) are made again with these figures, and what they find about them takes
the place of what they found at first: a finding is no longer in doubt once all that it rests on is vouched for, goes
where the right figure shows that there is no mistake, and comes where it shows one. What a person says that the unit
should have reported changes nothing here: its mistake stays. Taking a correction back brings all back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.catalogue.metrics import metrics
from gongkai.checks.single import find_in_figures
from gongkai.records import Doubt, Evidence, Figure, Finding, Method, Report, Status
from gongkai.store.publish import sql
from gongkai.store.rows import SCHEMAS, finding_row
from gongkai.store.workspace import Workspace

Place = tuple[int | None, int | None, int | None, int | None, int | None]
"""Where a figure stands in its document: block, row, column, start, end."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a person says of a figure: right as it was read (misread is false), or what the report prints instead."""

    misread: bool
    value: float | None
    status: str | None


def lay_vouched(connection: duckdb.DuckDBPyConnection, workspace: Workspace | None) -> None:
    """Replace the views `finding` and `open_doubt` by ones that respect what people vouched for, and make a table
    `mended_finding` of the findings that rested on a misreading; it has the columns of `finding`.

    After the table `correction` was made.
    """
    vouched: dict[str, dict[int, Vouched]] = defaultdict(dict)
    for report, position, misread, value, status in connection.execute(_VOUCHED).fetchall():
        vouched[report][position] = Vouched(misread, value, status)
    made = _all_settled(connection, vouched, workspace) if vouched else []
    found = [row for kept, _ in made for row in kept]
    gone = [row for _, mended in made for row in mended]
    _table(connection, "settled_report", pa.table({"report_id": pa.array(sorted(vouched), pa.string())}))
    for name, rows in (("settled_finding", found), ("mended_finding", gone)):
        columns = zip(*rows, strict=True) if rows else ((),) * len(SCHEMAS["finding"])
        arrays = [pa.array(column, type_.type) for column, type_ in zip(columns, SCHEMAS["finding"], strict=True)]
        _table(connection, name, pa.Table.from_arrays(arrays, schema=SCHEMAS["finding"]))
    if vouched:
        connection.execute(sql("overlay_finding"))


Rows = list[tuple[Any, ...]]
_known: dict[Path, dict[object, tuple[Rows, Rows]]] = {}
# Every decision opens a reader: reports whose figures, and what was said of them, are as before are not checked again.


def _all_settled(
    connection: duckdb.DuckDBPyConnection, vouched: Mapping[str, Mapping[int, Vouched]], workspace: Workspace | None
) -> list[tuple[Rows, Rows]]:
    """`settled` for all reports whose figures people vouched for, as rows of the table finding."""
    (store,) = connection.execute(_STORE).fetchall()
    connection.register("vouched_report", pa.table({"report_id": sorted(vouched)}))
    keys = {
        row[0]: (store, row, tuple(sorted(vouched[row[0]].items()))) for row in connection.execute(_REPORTS).fetchall()
    }
    connection.unregister("vouched_report")
    known = _known.get(workspace.folder, {}) if workspace and store[0] else {}
    made: dict[object, tuple[Rows, Rows]] = {key: known[key] for key in keys.values() if key in known}
    if fresh := sorted(id_ for id_, key in keys.items() if key not in made):
        connection.register("vouched_report", pa.table({"report_id": fresh}))
        read, stored = _reports(connection), _findings(connection)
        connection.unregister("vouched_report")
        for id_ in fresh:
            kept, mended = settled(read[id_], stored.get(id_, []), vouched[id_])
            made[keys[id_]] = ([finding_row(id_, one) for one in kept], [finding_row(id_, one) for one in mended])
    if workspace:
        _known[workspace.folder] = made
    return [made[keys[id_]] for id_ in sorted(keys)]


def settled(
    report: Report, stored: Sequence[Finding], vouched: Mapping[int, Vouched]
) -> tuple[list[Finding], list[Finding]]:
    """What stands of the findings of a report as it was read, and those that no longer do, where people vouched for
    some of its figures (by their positions)."""
    places = frozenset(_place(report.figures[number].evidence) for number in vouched)
    figures = tuple(
        _as_vouched(figure, vouched[number]) if number in vouched else figure
        for number, figure in enumerate(report.figures)
    )
    told = {figures[number].metric for number in vouched if figures[number].method is Method.NARRATIVE}
    doubts = tuple(replace(doubt, metrics=tuple(set(doubt.metrics) - told)) for doubt in report.doubts)
    before, after = _found(report, frozenset()), _found(replace(report, figures=figures, doubts=doubts), places)
    # Only what the vouching changed: the rest stays as it was found, by whichever version of the program.
    gone = [one for one in stored if one in before and one not in after]
    come = [one for one in after if one not in before and one not in stored]
    named = {_name(one) for one in come}
    return [*(one for one in stored if one not in gone), *come], [one for one in gone if _name(one) not in named]


def _found(report: Report, vouched: frozenset[Place]) -> list[Finding]:
    """What the checks of figures find; of a picture all is in doubt but what rests on vouched cells alone."""
    found = list(find_in_figures(report))
    if any(doubt.reason == "recognised" for doubt in report.doubts):
        found = [replace(one, doubtful=one.doubtful or not _places(one) <= vouched) for one in found]
    return found


def _as_vouched(figure: Figure, said: Vouched) -> Figure:
    if not said.misread:
        return replace(figure, confidence=1.0)
    status = Status(said.status) if said.status else Status.REPORTED
    return replace(figure, value=said.value, status=status, approximate=False, confidence=1.0)


def _name(one: Finding) -> tuple[object, ...]:
    """What a finding is about, whatever it found: the parts of `cell` in sql/named_finding.sql."""
    about = one.detail.get("metric")
    if about is None and one.metrics:
        first = one.metrics[0]
        about = first if len(one.metrics) == 1 or first not in metrics() else metrics()[first].group
    return one.check, one.detail.get("applicant"), about


def _places(one: Finding) -> set[Place]:
    return {_place(evidence) for evidence in one.evidence}


def _place(evidence: Evidence) -> Place:
    return evidence.block, evidence.row, evidence.column, evidence.start, evidence.end


_STORE = "SELECT path FROM duckdb_databases() WHERE database_name = 'store'"
# A correction that is no misreading of ours leaves what the report says as it is.
_VOUCHED = """
SELECT report_id, position, misread, value, status
FROM correction
WHERE state = 'applied' AND (misread OR (status IS NULL AND value IS NOT DISTINCT FROM expected_value))
ORDER BY correction
"""
_REPORTS = """
SELECT report_id, source, sha256, ordinal, year, kind, scope, regime, coalesce(listed, format = 'sheet')
FROM report SEMI JOIN vouched_report USING (report_id)
"""
_FIGURES = """
SELECT
    report_id, metric, applicant, value, status, unit, approximate, method, scope, confidence,
    quote, block, page, start_at, end_at, table_no, row_no, column_no, box, url
FROM store.figure AS figure JOIN store.evidence AS evidence USING (report_id, position)
WHERE figure.report_id IN (SELECT report_id FROM vouched_report)
    AND evidence.report_id IN (SELECT report_id FROM vouched_report)
ORDER BY report_id, position
"""
_DOUBTS = "SELECT report_id, reason, detail, metrics FROM store.doubt SEMI JOIN vouched_report USING (report_id)"
_FINDINGS = """
SELECT report_id, check_code, severity, metrics, expected, found, detail, evidence, doubtful
FROM store.finding SEMI JOIN vouched_report USING (report_id)
"""


def _reports(connection: duckdb.DuckDBPyConnection) -> dict[str, Report]:
    """The reports of `vouched_report`, as far as the checks of figures look at them."""
    figures: dict[str, list[Figure]] = defaultdict(list)
    for (
        id_,
        metric,
        applicant,
        value,
        status,
        unit,
        approximate,
        method,
        scope,
        confidence,
        *place,
    ) in connection.execute(_FIGURES).fetchall():
        quote, block, page, start, end, table, row, column, box, url = place
        where = Evidence(quote, block, page, start, end, table, row, column, _box(box), url)
        said = (metric, value, Method(method), where, applicant, Status(status), unit, approximate, scope, confidence)
        figures[id_].append(Figure(*said))
    doubts: dict[str, list[Doubt]] = defaultdict(list)
    for id_, reason, detail, codes in connection.execute(_DOUBTS).fetchall():
        doubts[id_].append(Doubt(reason, detail or "", tuple(codes or ())))
    return {
        id_: Report(
            source=source,
            sha256=sha256,
            ordinal=ordinal,
            year=year,
            kind=kind,
            scope=scope,
            regime=regime,
            listed=listed,
            figures=tuple(figures[id_]),
            doubts=tuple(doubts[id_]),
        )
        for id_, source, sha256, ordinal, year, kind, scope, regime, listed in connection.execute(_REPORTS).fetchall()
    }


def _findings(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Finding]]:
    """What was found in the reports of `vouched_report` when they were read."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for id_, check, severity, codes, expected, words, detail, evidence, doubtful in connection.execute(
        _FINDINGS
    ).fetchall():
        places = tuple(Evidence(**{**place, "box": _box(place.get("box"))}) for place in json.loads(evidence or "[]"))
        told = json.loads(detail or "{}")
        found[id_].append(Finding(check, severity, tuple(codes or ()), expected, words, told, places, doubtful))
    return found


def _box(box: Sequence[float] | None) -> tuple[float, float, float, float] | None:
    if box is None:
        return None
    left, top, right, bottom = box
    return left, top, right, bottom


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("vouched_rows", rows)
    connection.execute("CREATE OR REPLACE TABLE " + name + " AS FROM vouched_rows")
    connection.unregister("vouched_rows")
