"""The SQLite file of what people decide: opened so that what somebody confirmed survives a power cut."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from gongkai.errors import GongkaiError

_WAIT_SECONDS = 10.0
_POLL_SECONDS = 0.02


@contextmanager
def opened(file: Path, schema: str, last: str, error: type[GongkaiError]) -> Iterator[sqlite3.Connection]:
    """A connection to `file` in which `schema` was run; `last` is the name of what it creates last.

    Raise `error` naming the file if it cannot be read or written. Integrity errors pass: they are the caller's own.
    """
    try:
        with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS)) as connection:
            _keep_a_log(connection)
            connection.execute("PRAGMA synchronous = FULL")
            if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (last,)).fetchone() is None:
                connection.executescript(schema)
            yield connection
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as problem:
        raise error(f"{file}: cannot be read or written ({problem})") from problem


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side. Only the first of several processes can switch a new file: the others
    are refused at once instead of waiting, so they ask again."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_SECONDS)


def entries_made(file: Path, error: type[GongkaiError]) -> int:
    """How many entries people have ever made in `file`, in all its tables: a number that grows with each of them."""
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(file, timeout=_WAIT_SECONDS)) as connection:
            if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").fetchone() is None:
                return 0
            return int(connection.execute("SELECT coalesce(sum(seq), 0) FROM sqlite_sequence").fetchone()[0])
    except sqlite3.Error as problem:
        raise error(f"{file}: cannot be read ({problem})") from problem


def now() -> str:
    """The time of an entry: UTC, in seconds."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
