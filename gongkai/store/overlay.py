"""Lays people's decisions over a published generation, in a reader's own memory. The generation stays untouched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.store.corrections import Correction
from gongkai.store.decisions import Decision, Effect, Target
from gongkai.store.publish import CORRECTIONS, prepare, rules, sql
from gongkai.store.register_copy import Register, load
from gongkai.store.rows import report_id

_FIELDS: tuple[tuple[str, pa.DataType], ...] = (
    ("year", pa.int32()),
    ("period", pa.string()),
    ("kind", pa.string()),
    ("stage", pa.string()),
    ("scope", pa.string()),
    ("published_on", pa.date32()),
    ("signed_on", pa.date32()),
    ("secondary_source", pa.bool_()),
)
_AGENCY = ("agency_id", "agency", "province", "city", "county", "agency_level", "agency_kind")
_SCHEMA = pa.schema(
    [
        ("report_id", pa.string()),
        ("withdrawn", pa.bool_()),
        ("vouched_agency", pa.bool_()),
        ("set_agency", pa.bool_()),
        *((name, pa.string()) for name in _AGENCY),
        *(("set_" + name, pa.bool_()) for name, _ in _FIELDS),
        *_FIELDS,
    ]
)
_LOG = pa.schema(
    [
        ("decision", pa.int64()),
        ("report_id", pa.string()),
        ("collection", pa.string()),
        ("at", pa.timestamp("us")),
        *((name, pa.string()) for name in ("actor", "reason", "action", "field", "value")),
        ("undoes", pa.int64()),
        ("undone", pa.bool_()),
    ]
)
_CORRECTION = pa.schema(
    [
        *CORRECTIONS,
        ("made_at", pa.timestamp("us")),
        *((name, pa.string()) for name in ("actor", "reason", "source", "state", "report_id")),
        ("position", pa.int32()),
        ("printed", pa.float64()),
        ("misread", pa.bool_()),
        ("undone_by", pa.string()),
        ("undone_at", pa.timestamp("us")),
        ("undone_reason", pa.string()),
    ]
)
_TARGETS = """
SELECT correction, report_id, position, printed, applies FROM work_target JOIN work_current USING (number)
"""


def add_log(connection: duckdb.DuckDBPyConnection, log: list[Decision]) -> None:
    """Make the log a table `decision` that named queries can join by report_id."""
    rows = [
        {
            "decision": entry.id,
            "report_id": report_id(entry.target.collection, entry.target.sha256, entry.target.ordinal),
            "collection": entry.target.collection,
            "at": entry.at,
            "actor": entry.actor,
            "reason": entry.reason,
            "action": entry.action,
            "field": entry.field,
            "value": None if entry.value is None else str(entry.value),
            "undoes": entry.undoes,
            "undone": entry.undone,
        }
        for entry in log
    ]
    _table(connection, "decision", pa.Table.from_pylist(rows, _LOG))


def lay(
    connection: duckdb.DuckDBPyConnection, effects: Mapping[Target, Effect], corrections: Sequence[Correction] = ()
) -> None:
    """Replace the views report, fact and agency by ones that respect decisions and corrections that stand."""
    by_id = {report_id(key.collection, key.sha256, key.ordinal): effect for key, effect in sorted(effects.items())}
    connection.register("decided_id", pa.table({"report_id": list(by_id)}))
    stored = connection.execute(
        "SELECT report_id, collection, agency, province, year FROM store.report SEMI JOIN decided_id USING (report_id)"
    ).fetchall()
    connection.unregister("decided_id")
    # A decision about a report that is not in this generation waits for it.
    registers = {collection: load(connection, collection) for collection in {row[1] for row in stored}}
    rows = [
        _row(id_, by_id[id_], agency, province, year, registers[collection])
        for id_, collection, agency, province, year in stored
    ]
    if not rows and not corrections:
        return
    _table(connection, "decided", pa.Table.from_pylist(rows, _SCHEMA))
    prepare(connection, [_correction(correction) for correction in corrections])
    connection.execute(sql("overlay"))
    rules(connection)
    for name in ("overlay_views", "agency", "overlay_agency"):
        connection.execute(sql(name))


def add_corrections(connection: duckdb.DuckDBPyConnection, log: Sequence[Correction]) -> None:
    """Make the corrections a table `correction`, each with the figure it is about (report_id, position) and its state:
    applied; changed (the report gives another value now), absent (it gives none); replaced by a later one; undone.

    After `lay` with those that stand, which finds their figures.
    """
    targets: dict[int, tuple[Any, ...]] = {}
    if any(correction.stands for correction in log):
        targets = {row[0]: row[1:] for row in connection.execute(_TARGETS).fetchall()}
    rows = []
    for entry in log:
        report, position, printed, applies = targets.get(entry.id, (None, None, None, None))
        standing = "absent" if applies is None else "applied" if applies else "changed"
        rows.append(
            {
                **_correction(entry),
                "made_at": datetime.fromisoformat(entry.at),
                "actor": entry.actor,
                "reason": entry.reason,
                "source": entry.source,
                "state": "undone" if entry.undone else standing if entry.stands else "replaced",
                "report_id": report,
                "position": position,
                "printed": printed,
                "misread": entry.misread,
                "undone_by": entry.undone["actor"] if entry.undone else None,
                "undone_at": datetime.fromisoformat(entry.undone["at"]) if entry.undone else None,
                "undone_reason": entry.undone["reason"] if entry.undone else None,
            }
        )
    _table(connection, "correction", pa.Table.from_pylist(rows, _CORRECTION))


def _correction(correction: Correction) -> dict[str, Any]:
    """A correction as a row of work_correction."""
    return {
        **correction.figure.columns,
        "correction": correction.id,
        "expected_value": correction.expected,
        "value": correction.value,
        "status": correction.status,
    }


def _row(
    id_: str, effect: Effect, agency: str | None, province: str | None, year: int | None, known: Register
) -> dict[str, Any]:
    fields = effect.fields
    row: dict[str, Any] = {"report_id": id_, "withdrawn": effect.withdrawn, "vouched_agency": "agency" in fields}
    for name, type_ in _FIELDS:
        row["set_" + name] = name in fields
        value = fields.get(name)
        row[name] = date.fromisoformat(value) if value is not None and type_ == pa.date32() else value
    named: str | None = fields.get("agency", agency)
    located: str | None = fields.get("province", province)
    year = fields.get("year", year)
    chosen = known.by_id(effect.agency_id, year) if effect.agency_id else None
    row["set_agency"] = chosen is not None or (named is not None and (named, located) != (agency, province))
    if named is None or not row["set_agency"]:
        return row
    if chosen is None:
        # A new name tells its own place; the old province only helps where the name leaves it open.
        chosen = known.find(named, fields.get("province"), year=year)
        if chosen.place.province is None:
            chosen = known.find(named, located, year=year)
    found, place = chosen, chosen.place
    if "scope" not in fields and found.scope is not None:
        row["set_scope"], row["scope"] = True, found.scope
    values = (found.id, found.name, place.province, place.city, place.county, place.level, place.kind)
    row.update(zip(_AGENCY, values, strict=True))
    return row


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("overlay_rows", rows)
    connection.execute("CREATE OR REPLACE TABLE " + name + " AS FROM overlay_rows")
    connection.unregister("overlay_rows")
