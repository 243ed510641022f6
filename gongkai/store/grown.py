"""What a journal comes to as a table, kept from reader to reader.

The journals only grow, and a reader is opened anew after every entry of any of them. So what was read once is kept, and
only the entries made since are read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from gongkai.store.journal import Entry, Journal
from gongkai.store.workspace import Workspace

ENTRY = ("entry", pa.int64())
"""The first column of every such table: the entry's number."""

Row = Callable[[Entry], tuple[Any, ...] | None]
"""Gives the other columns of an entry; null where the table has no row of it."""

_kept: dict[tuple[Path, int], tuple[int, int, pa.Table]] = {}
"""By the file of decisions and what is kept of it: the file's number, the last entry, and the table."""
_keeping = threading.Lock()


def grown(workspace: Workspace | None, book: Callable[[Workspace], Any], schema: pa.Schema, row: Row) -> pa.Table:
    """The rows of the journal of a `book`, in the order of its entries; none without a workspace.

    `schema` begins with ENTRY and stands for what is kept, so it is one and the same object from call to call.
    """
    if workspace is None or not workspace.decisions.exists():
        return schema.empty_table()
    journal: Journal = book(workspace).journal
    key = (workspace.decisions, id(schema))
    # A restored backup is another file.
    file = workspace.decisions.stat().st_ino
    with _keeping:
        number, last, table = _kept.get(key, (file, 0, schema.empty_table()))
        if number != file:
            last, table = 0, schema.empty_table()
        fresh = journal.after(last)
        if fresh:
            last = fresh[-1]["id"]
            table = pa.concat_tables([table, _read(fresh, schema, row)]).combine_chunks()
        _kept[key] = (file, last, table)
    return table


def _read(entries: Sequence[Entry], schema: pa.Schema, row: Row) -> pa.Table:
    rows = [(entry["id"], *told) for entry in entries if (told := row(entry)) is not None]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)
