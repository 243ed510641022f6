"""What happened to what units hand in: received, returned, passed, published, filed, corrected: a journal.

An event belongs to a unit, a year and an item; of a report it names the version it was about and those that lay before
the person then, so that a version that comes later is known as such even if nobody wrote down its date. It is taken
back by another entry, `undo`; both stay. queries/_submission_state.sql says what the events come to.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from gongkai.catalogue.submissions import EVENTS, ITEMS
from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from gongkai.errors import UnusableInput
from gongkai.store.journal import Also, Entry, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    "agency_id": "TEXT NOT NULL",
    "year": "INTEGER NOT NULL",
    "item": "TEXT NOT NULL",
    "event": "TEXT NOT NULL",
    "on_date": "TEXT NOT NULL",
    "sha256": "TEXT",
    "ordinal": "INTEGER",
    "url": "TEXT",
    "seen": "TEXT",  # the ids of the reports that lay before the person, separated by blanks; null: not known
    "undoes": "INTEGER UNIQUE",
}
_SHA256 = re.compile(r"[0-9a-f]{64}")


class SubmissionError(UnusableInput):
    """An event cannot be entered or imported: names what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a unit's item of a year, on which day; `sha256` and `ordinal` of the version it was about, the
    address where it was published, and `seen`, the ids of the versions that were there."""

    agency_id: str
    year: int
    item: str
    event: str
    on: date
    sha256: str | None = None
    ordinal: int | None = None
    url: str | None = None
    seen: tuple[str, ...] | None = None


class AlreadyEntered(SubmissionError):
    """The return of this version stands already: the same person entered it on this day, and nothing came since."""


class SubmissionBook:
    """The events of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.journal = Journal(
            workspace, "submission_event", _COLUMNS, ("collection", "agency_id", "year"), SubmissionError
        )

    def record(self, collection: str, events: Sequence[Event], actor: str, reason: str) -> list[int]:
        """Enter events, all or none; return their numbers. Raise SubmissionError for one that cannot be, AlreadyEntered
        for a return that was entered by a click before this one."""
        self._fresh(collection, events, actor)
        return self.record_signed(collection, [(actor, reason, event) for event in events])

    def beside(self, collection: str, event: Event, actor: str, reason: str) -> Also:
        """An event that is entered together with something else; errors as of `record`."""
        check(event)
        self._fresh(collection, [event], actor)

        def rows(_: list[int]) -> list[dict[str, object]]:
            # Once more, now that nobody else can write: of two clicks at once only one enters it.
            self._fresh(collection, [event], actor)
            return [_row(collection, event)]

        return Also(self.journal, rows, reason)

    def _fresh(self, collection: str, events: Sequence[Event], actor: str) -> None:
        for event in events:
            if event.event != "returned" or event.sha256 is None:
                continue
            history = self.history(collection, event.agency_id, event.year)
            made = [entry for entry in history if entry["item"] == event.item]
            last = next((one for one in reversed(made) if one["event"] != "undo" and not one["undone"]), None)
            if last is not None and last["actor"] == actor.strip() and alike(_event(last)) == alike(event):
                raise AlreadyEntered(f"{event.agency_id} {event.year}: this version was returned already on {event.on}")

    def record_signed(self, collection: str, events: Sequence[tuple[str, str, Event]]) -> list[int]:
        """The same for events that several people answer for: (actor, reason, event)."""
        for _, _, event in events:
            check(event)
        return self.journal.add_signed([(actor, reason, _row(collection, event)) for actor, reason, event in events])

    def undo(self, number: int, actor: str, reason: str) -> int:
        """Take back an event; return the number of the entry that does so. Raise SubmissionError for one that does not
        exist or was taken back already."""
        found = self.journal.entries(id=number)
        if not found or found[0]["event"] == "undo":
            raise SubmissionError(f"there is no event {number} that can be taken back")
        kept = {name: found[0][name] for name in ("collection", "agency_id", "year", "item", "on_date")}
        try:
            return self.journal.add([{**kept, "event": "undo", "undoes": number}], actor, reason)[0]
        except sqlite3.IntegrityError as error:
            raise SubmissionError(f"event {number} was taken back already") from error

    def history(self, collection: str, agency_id: str, year: int | None = None) -> list[Entry]:
        """All entries about a unit, oldest first; `undone` says whether one was taken back."""
        given: dict[str, Any] = {"collection": collection, "agency_id": agency_id}
        entries = self.journal.entries(**given | ({} if year is None else {"year": year}))
        undone = {entry["undoes"] for entry in entries}
        return [entry | {"undone": entry["id"] in undone} for entry in entries]

    def standing(self, collection: str) -> set[Event]:
        """The events of a collection that were not taken back, without what lay beside them."""
        entries = self.journal.entries(collection=collection)
        undone = {entry["undoes"] for entry in entries}
        return {_event(entry) for entry in entries if entry["event"] != "undo" and entry["id"] not in undone}


def alike(event: Event) -> Event:
    """An event without what an import does not say of it, to be compared with those that stand."""
    return replace(event, url=None, seen=None)


def check(event: Event) -> None:
    """Raise SubmissionError naming the field that cannot be."""
    if event.item not in ITEMS:
        raise SubmissionError(f"item: {event.item!r} is not one of {', '.join(ITEMS)}")
    if event.event not in EVENTS:
        raise SubmissionError(f"event: {event.event!r} is not one of {', '.join(EVENTS)}")
    if not FIRST_YEAR <= event.year <= LAST_YEAR:
        raise SubmissionError(f"year: {event.year} is no statistical year")
    if event.on.year < event.year:
        raise SubmissionError(f"on: {event.on} is before the year {event.year} that is reported on")
    if event.sha256 is not None and (not _SHA256.fullmatch(event.sha256) or event.ordinal is None):
        raise SubmissionError(f"file: {event.sha256!r} is no version of a report")
    if event.url is not None and urlsplit(event.url).scheme not in ("http", "https"):
        raise SubmissionError(f"url: {event.url!r} is no address of a web page")


def _row(collection: str, event: Event) -> dict[str, object]:
    return {
        "collection": collection,
        "agency_id": event.agency_id,
        "year": event.year,
        "item": event.item,
        "event": event.event,
        "on_date": event.on.isoformat(),
        "sha256": event.sha256,
        "ordinal": event.ordinal,
        "url": event.url,
        "seen": None if event.seen is None else " ".join(event.seen),
    }


def _event(entry: Entry) -> Event:
    on = date.fromisoformat(entry["on_date"])
    named = (entry["sha256"], entry["ordinal"])
    return Event(entry["agency_id"], entry["year"], entry["item"], entry["event"], on, *named)
