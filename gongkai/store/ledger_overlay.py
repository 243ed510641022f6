"""Lays over the store what other offices' ledgers say, as it stands: the tables ledger_figure and ledger_digest, and
ledger_setting with the check's tolerance.

A reader is opened anew after every entry of any journal. The ledgers are worked out again only where theirs has grown.
"""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pyarrow as pa

from gongkai.catalogue.check_limits import limit
from gongkai.store.journal import Entry
from gongkai.store.ledger_book import LedgerBook, standing
from gongkai.store.publish import sql
from gongkai.store.workspace import Workspace

_FIGURES = pa.schema(
    [
        ("entry", pa.int64()),
        *((name, pa.string()) for name in ("collection", "kind", "batch", "agency_id", "named")),
        ("year", pa.int32()),
        *((name, pa.string()) for name in ("scope", "metric", "applicant")),
        ("value", pa.float64()),
        ("file", pa.string()),
        ("row_no", pa.int32()),
    ]
)
_CALLED = {"entry": "id", "named": "agency"}

_kept: dict[Path, tuple[int, int, pa.Table]] = {}
"""By the file of decisions: the file's number, the last entry, and what stands of all up to it."""
_keeping = threading.Lock()


def lay_ledgers(connection: duckdb.DuckDBPyConnection, workspace: Workspace | None) -> None:
    """Make the tables of sql/ledger.sql, and ledger_setting; empty ones where there is no ledger."""
    connection.register("ledger_rows", _standing_rows(workspace))
    connection.execute(sql("ledger"))
    connection.unregister("ledger_rows")
    tolerance = limit("differs_from_ledger", "tolerance")
    connection.execute(
        "CREATE OR REPLACE TABLE ledger_setting AS SELECT $tolerance AS tolerance", {"tolerance": tolerance}
    )


def _standing_rows(workspace: Workspace | None) -> pa.Table:
    if workspace is None or not workspace.decisions.exists():
        return _FIGURES.empty_table()
    journal = LedgerBook(workspace).journal
    # A restored backup is another file.
    file = workspace.decisions.stat().st_ino
    with _keeping:
        number, last, table = _kept.get(workspace.decisions, (file, 0, _FIGURES.empty_table()))
        if number != file:
            last, table = 0, _FIGURES.empty_table()
        if fresh := journal.after(last):
            last = fresh[-1]["id"]
            table = _table(standing(journal.after(0)))
        _kept[workspace.decisions] = (file, last, table)
    return table


def _table(entries: list[Entry]) -> pa.Table:
    columns = [
        pa.array([entry[_CALLED.get(column.name, column.name)] for entry in entries], column.type)
        for column in _FIGURES
    ]
    return pa.Table.from_arrays(columns, schema=_FIGURES)
