"""Generations: published whole or not at all, one writer at a time, readers undisturbed."""

import multiprocessing
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from gongkai.errors import WorkspaceError
from gongkai.store import generations
from gongkai.store.workspace import Workspace, open_workspace


def _mark(workspace: Workspace, name: str) -> None:
    with generations.write(workspace) as draft:
        draft.connection.execute(
            "INSERT INTO store.ingest_failure VALUES (1, $name, NULL, 'empty', '')", {"name": name}
        )


def _marks(path: Path | None) -> list[str]:
    connection = generations.attach(path, read_only=True)
    return [row[0] for row in connection.execute("SELECT source FROM store.ingest_failure ORDER BY ALL").fetchall()]


def test_nothing_is_published_at_first(office: Workspace) -> None:
    assert generations.current(office) is None
    assert _marks(None) == []


def test_each_write_is_a_generation_and_few_are_kept(office: Workspace) -> None:
    opened = None
    for name in "abcde":
        _mark(office, name)
        opened = opened or generations.attach(generations.current(office), read_only=True)
    assert _marks(generations.current(office)) == ["a", "b", "c", "d", "e"]
    assert len(list(office.generations.iterdir())) == generations.KEPT
    # A reader that is still open keeps the file it opened, though it is deleted by now.
    assert opened is not None
    assert opened.execute("SELECT source FROM store.ingest_failure").fetchall() == [("a",)]


def test_a_failing_or_discarded_write_leaves_no_trace(office: Workspace) -> None:
    _mark(office, "a")
    published = generations.current(office)
    with pytest.raises(duckdb.Error), generations.write(office) as draft:
        draft.connection.execute("DELETE FROM store.ingest_failure; SELECT * FROM store.nothing")
    with generations.write(office) as draft:
        draft.connection.execute("DELETE FROM store.ingest_failure")
        draft.discard()
    assert generations.current(office) == published
    assert [path.name for path in office.generations.iterdir()] == ["store-1.duckdb"]
    assert _marks(published) == ["a"]


def test_what_a_killed_writer_left_is_cleaned_up(office: Workspace) -> None:
    _mark(office, "a")
    for name in ("store-2.duckdb.partial", "store-2.duckdb.partial.wal", "store-3.duckdb"):
        (office.generations / name).write_bytes(b"half")
    _mark(office, "b")
    assert _marks(generations.current(office)) == ["a", "b"]
    assert sorted(path.name for path in office.generations.iterdir()) == ["store-1.duckdb", "store-2.duckdb"]


def test_a_missing_generation_is_said(office: Workspace) -> None:
    _mark(office, "a")
    published = generations.current(office)
    assert published is not None
    published.unlink()
    with pytest.raises(WorkspaceError, match="missing"):
        generations.current(office)


def _hold(folder: Path, holding: Event, release: Event) -> None:
    with generations.write(open_workspace(folder)) as draft:
        holding.set()
        release.wait(30)
        draft.connection.execute("INSERT INTO store.ingest_failure VALUES (1, 'held', NULL, 'empty', '')")


def test_one_writer_at_a_time(office: Workspace) -> None:
    context = multiprocessing.get_context("spawn")
    holding, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(office.folder, holding, release))
    other.start()
    try:
        assert holding.wait(30)
        with pytest.raises(WorkspaceError, match="another process"):
            _mark(office, "refused")
        assert generations.current(office) is None
        release.set()
        with generations.write(office, wait=30):
            pass
    finally:
        release.set()
        other.join(30)
    assert _marks(generations.current(office)) == ["held"]


def test_the_lock_of_a_killed_writer_is_free(office: Workspace) -> None:
    context = multiprocessing.get_context("spawn")
    holding, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(office.folder, holding, release))
    other.start()
    assert holding.wait(30)
    other.kill()
    other.join(30)
    started = time.monotonic()
    _mark(office, "after")
    assert time.monotonic() - started < 10
    assert _marks(generations.current(office)) == ["after"]
