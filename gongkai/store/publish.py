"""Settles a draft before it is published: the standing of reports, the facts that stand, the agencies.

The rules are in sql/*.sql and work on a table `work_report`; the reader lays people's decisions over a generation with
the very same files (reader.py), so that there is one definition of what stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.catalogue.derivations import derivations
from gongkai.records import CONFIDENT

_SQL = Path(__file__).with_name("sql")

FULL_SHARE = 0.05
"""From this share of touched agency-years on, all facts are built anew: sorted again, and no slower."""


def sql(name: str) -> str:
    """The text of gongkai/store/sql/<name>.sql."""
    return (_SQL / (name + ".sql")).read_text(encoding="utf-8")


CORRECTIONS = pa.schema(
    [
        ("correction", pa.int64()),
        ("collection", pa.string()),
        ("agency_id", pa.string()),
        ("year", pa.int32()),
        *((name, pa.string()) for name in ("scope", "metric", "applicant", "method")),
        ("expected_value", pa.float64()),
        ("value", pa.float64()),
        ("status", pa.string()),
    ]
)
"""The columns of work_correction: its number, the figure it is about, the value seen, the value that counts (or the
status of one that is no number)."""


def prepare(connection: duckdb.DuckDBPyConnection, corrections: Sequence[Mapping[str, Any]] = ()) -> None:
    """Make the small tables that the rules need: what is derived from what, from which confidence on figures count,
    and people's `corrections` of figures (rows with the columns of work_correction; none where a draft is settled)."""
    rows = [
        (derivation.total, part, len(derivation.parts), regime)
        for derivation in derivations()
        for regime in sorted(derivation.regimes)
        for part in derivation.parts
    ]
    names = ("total", "part", "parts", "regime")
    table = pa.table({name: [row[index] for row in rows] for index, name in enumerate(names)})
    connection.register("derivation_rows", table)
    connection.execute("CREATE OR REPLACE TABLE work_derivation AS SELECT * FROM derivation_rows")
    connection.unregister("derivation_rows")
    connection.execute(
        "CREATE OR REPLACE TABLE work_setting AS SELECT $confident AS confident", {"confident": CONFIDENT}
    )
    connection.register("correction_rows", pa.Table.from_pylist(list(corrections), CORRECTIONS))
    connection.execute("CREATE OR REPLACE TABLE work_correction AS FROM correction_rows")
    connection.unregister("correction_rows")


def rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the views that say what stands, over the table `work_report`."""
    for name in ("standing", "fact"):
        connection.execute(sql(name))


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring standings, facts and agencies of a draft up to date, after new reports (standing `new`) went in."""
    prepare(connection)
    connection.execute(sql("touched"))
    touched = connection.execute("SELECT count(*) FROM touched_key").fetchall()[0][0]
    everything = connection.execute("SELECT count(*) FROM store.report").fetchall()[0][0]
    full = touched > FULL_SHARE * everything
    if full:
        connection.execute("CREATE OR REPLACE TABLE work_report AS SELECT * FROM store.report")
    rules(connection)
    connection.execute(sql("settle"))
    connection.execute(sql("settle_full" if full else "settle_touched"))
    describe_agencies(connection)


def describe_agencies(connection: duckdb.DuckDBPyConnection) -> None:
    """Build the draft's table of agencies anew from its reports and the register."""
    connection.execute("CREATE OR REPLACE VIEW agency_source AS SELECT * FROM store.report")
    connection.execute(sql("agency"))
    connection.execute("DELETE FROM store.agency")
    connection.execute("INSERT INTO store.agency BY NAME SELECT * FROM work_agency ORDER BY agency_id")
