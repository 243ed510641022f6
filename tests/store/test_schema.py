"""A generation that an earlier version wrote gets today's tables and columns, and keeps what it holds."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from gongkai.errors import WorkspaceError
from gongkai.store import generations, schema
from gongkai.store.reader import run_in
from gongkai.store.workspace import Workspace


def earlier(office: Workspace, change: str) -> Path:
    """A published generation as an earlier version might have left it."""
    with generations.write(office) as draft:
        draft.connection.execute(
            "INSERT INTO store.ingest_failure VALUES (1, '甲.pdf', NULL, 'empty', 'the file is empty')"
        )
    path = generations.current(office)
    assert path is not None
    connection = duckdb.connect(str(path))
    connection.execute(change)
    connection.close()
    return path


@pytest.mark.parametrize("change", ["ALTER TABLE report DROP COLUMN contact", "DROP TABLE unmapped"])
def test_what_is_missing_is_added_for_readers(office: Workspace, change: str) -> None:
    old = earlier(office, change)
    assert list(run_in(office, "overview_holdings", {})["collection"]) == []
    new = generations.current(office)
    assert new is not None
    assert generations.number(new) == generations.number(old) + 1
    connection = generations.attach(new, read_only=True)
    assert not schema.behind(connection)
    assert connection.execute("SELECT source FROM store.ingest_failure").fetchall() == [("甲.pdf",)]
    connection.close()


def test_a_generation_of_today_is_left_alone(office: Workspace) -> None:
    with generations.write(office):
        pass
    path = generations.current(office)
    assert generations.readable(office) == path
    assert generations.readable(office) == path


def test_a_writer_adds_what_is_missing(office: Workspace) -> None:
    earlier(office, "ALTER TABLE report DROP COLUMN contact")
    with generations.write(office) as draft:
        assert draft.connection.execute("SELECT count(contact) FROM store.report").fetchall() == [(0,)]


def test_a_column_of_another_type_is_refused_and_nothing_is_lost(office: Workspace) -> None:
    old = earlier(office, "ALTER TABLE ingest_failure ALTER COLUMN reason TYPE VARCHAR[] USING [reason]")
    with pytest.raises(WorkspaceError, match=r"ingest_failure\.reason"), generations.write(office):
        pass
    assert generations.current(office) == old
