"""Lays over the store who is due, what happened to what was handed in, by when it is wanted, and whom to call."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.agencies.naming import scope_of
from gongkai.catalogue.deadlines import deadlines
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS
from gongkai.store.deadline_book import DeadlineBook
from gongkai.store.due_book import DueBook
from gongkai.store.grown import ENTRY, grown
from gongkai.store.journal import Entry
from gongkai.store.publish import sql
from gongkai.store.register_book import RegisterBook
from gongkai.store.rows import report_id
from gongkai.store.submission_book import SubmissionBook
from gongkai.store.workspace import Workspace

_NUMBERED: tuple[tuple[str, pa.DataType], ...] = (ENTRY, ("collection", pa.string()), ("year", pa.int32()))
_UNITS = pa.schema([*_NUMBERED, ("agency_id", pa.string()), ("due", pa.bool_())])
_LISTS = pa.schema([*_NUMBERED, ("due", pa.bool_()), *((name, pa.string()) for name in ("made", "actor", "reason"))])
_DEADLINES = pa.schema(
    [*_NUMBERED, *((name, pa.string()) for name in ("item", "level", "kind")), ("due_on", pa.date32())]
)
_EVENTS = pa.schema(
    [
        *_NUMBERED,
        *((name, pa.string()) for name in ("agency_id", "item", "event")),
        ("on_date", pa.date32()),
        ("report_id", pa.string()),
        ("url", pa.string()),
        ("seen", pa.list_(pa.string())),
        ("undoes", pa.int64()),
    ]
)
_STATUTORY = pa.schema(
    [
        *((name, pa.string()) for name in ("item", "level", "kind")),
        *((name, pa.int32()) for name in ("first_year", "last_year", "month", "day")),
    ]
)
_CONTACTS = pa.schema((name, pa.string()) for name in ("collection", "agency_id", "contact", "telephone"))
_SCOPES = pa.schema((name, pa.string()) for name in ("level", "kind", "scope"))


def lay(connection: duckdb.DuckDBPyConnection, workspace: Workspace | None) -> None:
    """Make the tables of sql/coverage.sql (due_list, due_entry, notice_deadline, submission_event, submissions_digest),
    and statutory_deadline, unit_contact and usual_scope."""
    laid = {
        "due_list_rows": grown(workspace, DueBook, _LISTS, _list),
        "due_unit_rows": grown(workspace, DueBook, _UNITS, _unit),
        "deadline_rows": grown(workspace, DeadlineBook, _DEADLINES, _deadline),
        "event_rows": grown(workspace, SubmissionBook, _EVENTS, _event),
        "statutory_rows": _statutory(),
        "contact_rows": _contacts(workspace),
        "scope_rows": _scopes(),
    }
    for name, rows in laid.items():
        connection.register(name, rows)
    connection.execute(sql("coverage"))
    for name in laid:
        connection.unregister(name)


@cache
def _statutory() -> pa.Table:
    rows = [
        {
            **{"item": one.item, "level": level, "kind": kind, "first_year": one.first, "last_year": one.last},
            **{"month": one.month, "day": one.day},
        }
        for one in deadlines()
        for level in one.levels
        for kind in one.kinds
    ]
    return pa.Table.from_pylist(rows, _STATUTORY)


@cache
def _scopes() -> pa.Table:
    pairs = [(level, kind) for level in AGENCY_LEVELS for kind in AGENCY_KINDS]
    rows = [{"level": level, "kind": kind, "scope": scope_of(level, kind)} for level, kind in pairs]
    return pa.Table.from_pylist(rows, _SCOPES)


_known_contacts: dict[Path, tuple[tuple[int, int], pa.Table]] = {}
"""By the file of decisions: which file it was (a restored backup is another) with the register's revision, and what it
held."""


def _contacts(workspace: Workspace | None) -> pa.Table:
    """Whom to call, read once per change of any register."""
    if workspace is None or not workspace.decisions.exists():
        return _CONTACTS.empty_table()
    book = RegisterBook(workspace)
    version = (workspace.decisions.stat().st_ino, book.revision())
    known = _known_contacts.get(workspace.decisions)
    if known is None or known[0] != version:
        columns = [list(column) for column in zip(*book.contacts(), strict=True)] or [[] for _ in _CONTACTS]
        known = _known_contacts[workspace.decisions] = version, pa.table(columns, schema=_CONTACTS)
    return known[1]


def _told(entry: Entry, *more: Any) -> tuple[Any, ...]:
    return entry["collection"], entry["year"], *more


def _list(entry: Entry) -> tuple[Any, ...] | None:
    if entry["agency_id"]:
        return None
    return _told(entry, bool(entry["due"]), entry["at"], entry["actor"], entry["reason"])


def _unit(entry: Entry) -> tuple[Any, ...] | None:
    return _told(entry, entry["agency_id"], bool(entry["due"])) if entry["agency_id"] else None


def _deadline(entry: Entry) -> tuple[Any, ...]:
    return _told(entry, entry["item"], entry["level"], entry["kind"], _day(entry["due_on"]))


def _event(entry: Entry) -> tuple[Any, ...]:
    named = None
    if entry["sha256"] is not None:
        named = report_id(entry["collection"], entry["sha256"], entry["ordinal"])
    seen = None if entry["seen"] is None else entry["seen"].split()
    about = (entry["agency_id"], entry["item"], entry["event"], _day(entry["on_date"]))
    return _told(entry, *about, named, entry["url"], seen, entry["undoes"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
