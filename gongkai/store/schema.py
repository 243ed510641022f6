"""The tables of a generation (schema.sql), and how one that an earlier version wrote comes to have them.

New tables and columns are added, empty: what was stored stays as it is until its files are read again. A column that
came later is therefore never NOT NULL in schema.sql. A column whose type changed cannot be carried over.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

from gongkai.errors import WorkspaceError

_FILE = Path(__file__).with_name("schema.sql")

_COLUMNS = """
SELECT table_name, column_name, data_type
FROM duckdb_columns() WHERE database_name = $database AND schema_name = 'main' AND NOT internal
ORDER BY table_name, column_index
"""

Columns = dict[tuple[str, str], str]
"""The type of each (table, column)."""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that the attached `store` lacks."""
    statements = _FILE.read_text(encoding="utf-8").replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ")
    connection.execute("USE store")
    connection.execute(statements)
    connection.execute("USE memory")


def behind(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the attached `store` lacks a table or a column of today."""
    return not _expected().keys() <= _columns(connection, "store").keys()


def bring_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what the attached `store` lacks. Raise WorkspaceError if one of its columns has another type than today."""
    create(connection)
    found = _columns(connection, "store")
    for (table, column), type_ in _expected().items():
        stored = found.get((table, column))
        if stored is None:
            # Names and types are those of schema.sql, never of a person.
            connection.execute("ALTER TABLE store." + table + " ADD COLUMN " + column + " " + type_)
        elif stored != type_:
            raise WorkspaceError(
                f"the store was written by another version ({table}.{column} is {stored}, not {type_}); "
                "make a new workspace with `gongkai init` and ingest the archive's files into it"
            )


@cache
def _expected() -> Columns:
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(_FILE.read_text(encoding="utf-8"))
        return _columns(connection, "memory")
    finally:
        connection.close()


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> Columns:
    rows = connection.execute(_COLUMNS, {"database": database}).fetchall()
    return {(table, column): type_ for table, column, type_ in rows}
