"""The dates that an office's own notice sets (通知要求的时间), per year, item, level and kind: a journal.

The statutory dates stand beside them in data/deadlines.csv and are never changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.catalogue.submissions import ITEMS
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, FIRST_YEAR, LAST_YEAR
from gongkai.errors import UnusableInput
from gongkai.store.journal import Entry, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    "year": "INTEGER NOT NULL",
    "item": "TEXT NOT NULL",
    "level": "TEXT NOT NULL",  # "": all
    "kind": "TEXT NOT NULL",
    "due_on": "TEXT",  # null: the notice sets no date (any more)
}


class DeadlineError(UnusableInput):
    """A date cannot be kept or imported: names what is wrong, and where."""


@dataclass(frozen=True, slots=True, order=True)
class Concerned:
    """Whom a date concerns: the item of a statistical year, of units of a level and kind ("" for all)."""

    year: int
    item: str
    level: str = ""
    kind: str = ""


class DeadlineBook:
    """The dates of a workspace's notices."""

    def __init__(self, workspace: Workspace) -> None:
        self.journal = Journal(workspace, "deadline_change", _COLUMNS, ("collection", "year"), DeadlineError)

    def standing(self, collection: str, year: int | None = None) -> dict[Concerned, date]:
        """The dates that stand, of one year or of all."""
        given = {"collection": collection} | ({} if year is None else {"year": year})
        found: dict[Concerned, date] = {}
        for entry in self.journal.entries(**given):
            whom = Concerned(entry["year"], entry["item"], entry["level"], entry["kind"])
            if entry["due_on"] is None:
                found.pop(whom, None)
            else:
                found[whom] = date.fromisoformat(entry["due_on"])
        return dict(sorted(found.items()))

    def change(self, collection: str, dates: dict[Concerned, date | None], actor: str, reason: str) -> int:
        """Set dates (null: none any more), all or none; return how many differ from what stood."""
        stood = self.standing(collection)
        for whom, day in dates.items():
            check(whom, day)
        rows = [_row(collection, whom, day) for whom, day in dates.items() if stood.get(whom) != day]
        return len(self.journal.add(rows, actor, reason))

    def history(self, collection: str, year: int) -> list[Entry]:
        """Every entry of a year, oldest first."""
        return self.journal.entries(collection=collection, year=year)


def check(whom: Concerned, day: date | None) -> None:
    """Raise DeadlineError naming the field that cannot be."""
    for name, value, known in (
        ("item", whom.item, ITEMS),
        ("level", whom.level, ("", *AGENCY_LEVELS)),
        ("kind", whom.kind, ("", *AGENCY_KINDS)),
    ):
        if value not in known:
            raise DeadlineError(f"{name}: {value!r} is not one of {', '.join(filter(None, known))}")
    if not FIRST_YEAR <= whom.year <= LAST_YEAR:
        raise DeadlineError(f"year: {whom.year} is no statistical year")
    if day is not None and not date(whom.year, 7, 1) <= day <= date(whom.year + 2, 12, 31):
        raise DeadlineError(f"date: {day} does not lie around the turn of the year after {whom.year}")


def _row(collection: str, whom: Concerned, day: date | None) -> dict[str, object]:
    return {
        "collection": collection,
        "year": whom.year,
        "item": whom.item,
        "level": whom.level,
        "kind": whom.kind,
        "due_on": None if day is None else day.isoformat(),
    }
