"""What people decide, as append-only journals in the workspace's SQLite file: every entry has a time, an actor and a
reason, none is ever changed or deleted. What stands is worked out from the entries by those who read them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from gongkai.errors import GongkaiError
from gongkai.store.sqlite import now, opened
from gongkai.store.workspace import Workspace

Entry = dict[str, Any]
"""An entry: id, at (UTC, 2025-01-31T08:00:00), actor, reason, and the journal's own columns."""

_TABLE = """
CREATE TABLE IF NOT EXISTS {name} (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    {columns}
);
CREATE INDEX IF NOT EXISTS {name}_found ON {name} ({found_by});
CREATE TRIGGER IF NOT EXISTS {name}_stays BEFORE UPDATE ON {name}
BEGIN SELECT RAISE(ABORT, '{name}: entries are never changed'); END;
CREATE TRIGGER IF NOT EXISTS {name}_remains BEFORE DELETE ON {name}
BEGIN SELECT RAISE(ABORT, '{name}: entries are never deleted'); END;
"""
_INSERT = "INSERT INTO {name} ({columns}) VALUES ({slots})"
_SELECT = "SELECT {columns} FROM {name}"
_HELD = "SELECT name FROM pragma_table_info(?)"
_ADD = "ALTER TABLE {name} ADD COLUMN {column} {type_}"


class JournalError(GongkaiError):
    """An entry cannot be made: names what is missing or wrong."""


class Journal:
    """One journal of a workspace: the table `name` with `columns` (name → SQLite type and constraints, as in
    {"year": "INTEGER NOT NULL"}), looked up by the columns `found_by`. Names and types are the program's own.

    A column that a later version of the program adds is null in the entries made before, so it allows null.
    """

    def __init__(
        self,
        workspace: Workspace,
        name: str,
        columns: Mapping[str, str],
        found_by: Sequence[str],
        error: type[GongkaiError] = JournalError,
    ) -> None:
        self._file = workspace.decisions
        self._name = name
        self._columns = tuple(columns)
        self._add_column = {
            column: _ADD.format(name=name, column=column, type_=type_) for column, type_ in columns.items()
        }
        self._error = error
        self._schema = _TABLE.format(
            name=name,
            columns=",\n    ".join(f"{column} {type_}" for column, type_ in columns.items()),
            found_by=", ".join(found_by),
        )
        own = ("at", "actor", "reason", *columns)
        self._insert = _INSERT.format(name=name, columns=", ".join(own), slots=", ".join("?" * len(own)))
        self._select = _SELECT.format(name=name, columns=", ".join(("id", *own)))

    def add(self, rows: Sequence[Mapping[str, Any]], actor: str, reason: str, also: Also | None = None) -> list[int]:
        """Make an entry of each row (columns left out are null), and those of `also`, all or none; return the numbers
        of the first.

        Raise the journal's error for an empty actor or reason, sqlite3.IntegrityError for what the columns forbid.
        """
        signed = self._signed([(actor, reason, row) for row in rows] or [(actor, reason, None)])
        if also is not None:
            with also.journal._open():
                pass  # Its table: making one ends a transaction.
        if not signed and also is None:
            return []
        with self._open() as connection, connection:
            numbers = self._make(connection, signed)
            if also is not None:
                others = [(actor, also.reason, row) for row in also.rows(numbers)]
                also.journal._make(connection, also.journal._signed(others))
            return numbers

    def add_signed(self, rows: Sequence[tuple[str, str, Mapping[str, Any] | None]]) -> list[int]:
        """The same for rows that several people answer for: (actor, reason, columns; null: nothing to enter)."""
        signed = self._signed(rows)
        if not signed:
            return []
        with self._open() as connection, connection:
            return self._make(connection, signed)

    def _signed(self, rows: Sequence[tuple[str, str, Mapping[str, Any] | None]]) -> list[tuple[Any, ...]]:
        """The values of the entries of `rows`."""
        if not all(actor.strip() and reason.strip() for actor, reason, _ in rows):
            raise self._error("an entry needs the name of who makes it, and a reason")
        unknown = {name for _, _, row in rows for name in row or ()} - set(self._columns)
        if unknown:
            raise self._error(f"{self._name} has no column {', '.join(sorted(unknown))}")
        at = now()
        return [
            (at, actor.strip(), reason.strip(), *(row.get(name) for name in self._columns))
            for actor, reason, row in rows
            if row is not None
        ]

    def _make(self, connection: sqlite3.Connection, signed: Sequence[tuple[Any, ...]]) -> list[int]:
        return [int(connection.execute(self._insert, values).lastrowid or 0) for values in signed]

    def entries(self, **equal: Any) -> list[Entry]:
        """The entries whose columns have these values (null is equal to null), oldest first."""
        if not self._file.exists():
            return []
        unknown = equal.keys() - {"id", "actor", *self._columns}
        if unknown:
            raise self._error(f"{self._name} has no column {', '.join(sorted(unknown))}")
        where = " AND ".join(name + " IS ?" for name in equal)
        statement = self._select + (" WHERE " + where if where else "") + " ORDER BY id"
        with self._open() as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(statement, tuple(equal.values()))]

    def after(self, number: int) -> list[Entry]:
        """The entries made after the entry `number` (0: all of them), oldest first."""
        if not self._file.exists():
            return []
        with self._open() as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(self._select + " WHERE id > ? ORDER BY id", (number,))]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with opened(self._file, self._schema, f"{self._name}_remains", self._error) as connection:
            held = {name for (name,) in connection.execute(_HELD, (self._name,))}
            for column in self._columns:
                if column not in held:
                    # Another process may be adding it at this very moment.
                    with suppress(sqlite3.OperationalError):
                        connection.execute(self._add_column[column])
            yield connection


@dataclass(frozen=True, slots=True)
class Also:
    """Entries of another journal of the workspace that are made together with some, by the same person: `rows` gives
    their columns from the numbers of the first."""

    journal: Journal
    rows: Callable[[list[int]], Sequence[Mapping[str, Any]]]
    reason: str
