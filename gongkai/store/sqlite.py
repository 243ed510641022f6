"""The SQLite file of what people decide: opened so that what somebody confirmed survives a power cut."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
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
    """How many entries people have ever made in `file`, in all its tables: a number that grows with each of them.

    Pages ask dozens of times a run, so the file is only opened where it may have changed since.
    """
    states = _states(file)
    known = _counted.get(file)
    if known is not None and known[0] == states:
        return known[1]
    # What changed lately may change again within the same tick of the clock, and look as before.
    settled = all(state is None or time.time_ns() - state.time > _TICK_NANOSECONDS for state in states)
    found = _entries(file, error)
    if settled:
        _counted[file] = (states, found)
    return found


@dataclass(frozen=True, slots=True)
class _State:
    """How a file stood: any change of it changes this, but for one in the same tick of the file system's clock."""

    device: int
    number: int
    size: int
    time: int


_counted: dict[Path, tuple[tuple[_State | None, ...], int]] = {}
"""Per file its state and that of its log before it was last counted, and how many entries there were."""
_TICK_NANOSECONDS = 2_000_000_000
"""The coarsest clock of a file system that is in use."""


def _states(file: Path) -> tuple[_State | None, ...]:
    found: list[_State | None] = []
    for path in (file, f"{file}-wal"):
        try:
            stat = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            found.append(None)
        else:
            found.append(_State(stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def _entries(file: Path, error: type[GongkaiError]) -> int:
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
