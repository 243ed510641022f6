"""Rows that the program has made, on their way into a table of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add rows, with the columns of `schema`, to a table of the attached store."""
    register(connection, "register_rows", schema, rows)
    connection.execute("INSERT INTO store." + table + " BY NAME FROM register_rows")
    connection.unregister("register_rows")


def register(
    connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Let statements read rows under `name`, until the caller unregisters it."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, type_.type) for column, type_ in zip(columns, schema, strict=True)]
    connection.register(name, pa.Table.from_arrays(arrays, schema=schema))
