"""The version of what people decided: it grows with every entry, also where the file's clock does not."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from gongkai.store import sqlite
from gongkai.store.decisions import DecisionError

LAST_HOUR = time.time_ns() - 3_600_000_000_000


def add(file: Path, at: int | None = None) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY AUTOINCREMENT)")
        connection.execute("INSERT INTO entry DEFAULT VALUES")
        connection.commit()
    if at is not None:
        os.utime(file, ns=(at, at))


def made(file: Path) -> int:
    return sqlite.entries_made(file, DecisionError)


def test_every_entry_counts_even_within_one_tick_of_the_clock(tmp_path: Path) -> None:
    file = tmp_path / "decisions.sqlite"
    assert made(file) == 0
    now = time.time_ns()
    for count in (1, 2, 3):
        add(file, now)
        assert made(file) == count


def test_a_file_that_rests_is_not_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "decisions.sqlite"
    add(file, LAST_HOUR)
    assert made(file) == 1
    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "_entries", lambda *_: pytest.fail("was opened"))
        assert made(file) == 1
    add(file, LAST_HOUR + 1)
    assert made(file) == 2


def test_a_file_that_took_its_place_is_seen(tmp_path: Path) -> None:
    file, other = tmp_path / "decisions.sqlite", tmp_path / "restored.sqlite"
    add(file, LAST_HOUR)
    assert made(file) == 1
    add(other)
    add(other, LAST_HOUR)
    os.replace(other, file)
    assert made(file) == 2
    file.unlink()
    assert made(file) == 0
