"""Journals: entries are signed, never changed, added all or none, and make what is laid over the store stale."""

from __future__ import annotations

import sqlite3

import pytest

from gongkai.store.journal import Journal, JournalError
from gongkai.store.reader import decided, reader
from gongkai.store.workspace import Workspace

COLUMNS = {"year": "INTEGER NOT NULL", "note": "TEXT", "undoes": "INTEGER UNIQUE"}


def journal(workspace: Workspace, name: str = "invented") -> Journal:
    return Journal(workspace, name, COLUMNS, ("year",))


def test_entries_are_signed_and_found_by_their_columns(office: Workspace) -> None:
    book = journal(office)
    assert book.entries() == []
    assert book.add([{"year": 2024, "note": "一"}, {"year": 2025}], " 张三 ", "理由") == [1, 2]
    (entry,) = book.entries(year=2025)
    assert (entry["id"], entry["actor"], entry["reason"], entry["note"]) == (2, "张三", "理由", None)
    assert [found["id"] for found in book.entries(note=None)] == [2]


def test_all_or_none_are_added(office: Workspace) -> None:
    book = journal(office)
    with pytest.raises(sqlite3.IntegrityError):
        book.add([{"year": 2024}, {"year": None}], "张三", "理由")
    assert book.entries() == []


@pytest.mark.parametrize(("actor", "reason"), [("", "理由"), ("张三", " ")])
def test_nobody_and_no_reason_are_refused(office: Workspace, actor: str, reason: str) -> None:
    with pytest.raises(JournalError, match="needs the name"):
        journal(office).add([{"year": 2024}], actor, reason)


def test_unknown_columns_are_named(office: Workspace) -> None:
    with pytest.raises(JournalError, match="month"):
        journal(office).add([{"month": 1}], "张三", "理由")
    journal(office).add([{"year": 2024}], "张三", "理由")
    with pytest.raises(JournalError, match="month"):
        journal(office).entries(month=1)


@pytest.mark.parametrize("statement", ["UPDATE invented SET year = 1", "DELETE FROM invented"])
def test_entries_stay(office: Workspace, statement: str) -> None:
    journal(office).add([{"year": 2024}], "张三", "理由")
    with sqlite3.connect(office.decisions) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(statement)


def test_every_entry_of_any_journal_makes_the_reader_a_new_one(office: Workspace) -> None:
    before = reader(office)
    assert decided(office) == 0
    journal(office, "one").add([{"year": 2024}], "张三", "理由")
    journal(office, "other").add([{"year": 2024}], "张三", "理由")
    assert decided(office) == 2
    assert reader(office) is not before
    assert reader(office).decisions == 2
    assert reader(office) is reader(office)
