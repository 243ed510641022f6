"""Who has to report in a year (编制主体名单), as people confirm and edit it: a journal, so that it is known who put a
unit on a year's list or took it out, and why.

A year's list is confirmed as a whole; as long as it is not, queries/_due_unit.sql proposes one, and the changes made so
far are laid over the proposal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gongkai.errors import UnusableInput
from gongkai.store.journal import Entry, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    "year": "INTEGER NOT NULL",
    "agency_id": "TEXT",  # null: the year's list itself; due then says whether it is confirmed
    "due": "INTEGER NOT NULL CHECK (due IN (0, 1))",
}


class DueError(UnusableInput):
    """A list of who is due cannot be kept or imported: names what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class DueList:
    """What stands of a year's list: whether it is confirmed, and per unit whether it is on it or was taken out."""

    confirmed: bool
    units: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Edited:
    """How many units a new list put on and took out."""

    added: int
    removed: int


class DueBook:
    """The lists of a workspace, one a collection and year."""

    def __init__(self, workspace: Workspace) -> None:
        self.journal = Journal(workspace, "due_change", _COLUMNS, ("collection", "year", "agency_id"), DueError)

    def standing(self, collection: str, year: int) -> DueList:
        """What people said of a year's list until now."""
        confirmed, units = False, {}
        for entry in self.journal.entries(collection=collection, year=year):
            if entry["agency_id"] is None:
                confirmed = bool(entry["due"])
            else:
                units[str(entry["agency_id"])] = bool(entry["due"])
        return DueList(confirmed, units)

    def change(
        self, collection: str, year: int, due: Iterable[str], out: Iterable[str], actor: str, reason: str
    ) -> int:
        """Put units on a year's list and take others out; return how many entries that took. What stands gets none."""
        before = self.standing(collection, year).units
        said = {**dict.fromkeys(out, False), **dict.fromkeys(due, True)}
        rows = [_row(collection, year, id_, on) for id_, on in said.items() if before.get(id_) != on]
        return len(self.journal.add(rows, actor, reason))

    def confirm(self, collection: str, year: int, units: Collection[str], actor: str, reason: str) -> Edited:
        """Make `units`, and nobody else, the list of a year, and confirm it."""
        return self.confirm_years(collection, {year: units}, actor, reason)[year]

    def confirm_years(
        self, collection: str, lists: Mapping[int, Collection[str]], actor: str, reason: str
    ) -> dict[int, Edited]:
        """The same for several years, all or none of them."""
        rows = []
        edited = {}
        for year, units in lists.items():
            before = self.standing(collection, year)
            wanted = set(units)
            added = [id_ for id_ in dict.fromkeys(units) if before.units.get(id_) is not True]
            removed = [id_ for id_, on in before.units.items() if on and id_ not in wanted]
            rows += [_row(collection, year, id_, True) for id_ in added]
            rows += [_row(collection, year, id_, False) for id_ in removed]
            if not before.confirmed:
                rows.append(_row(collection, year, None, True))
            edited[year] = Edited(len(added), len(removed))
        self.journal.add(rows, actor, reason)
        return edited

    def reopen(self, collection: str, year: int, actor: str, reason: str) -> None:
        """Say that a year's list is not confirmed any more; what was entered stays."""
        if self.standing(collection, year).confirmed:
            self.journal.add([_row(collection, year, None, False)], actor, reason)

    def history(self, collection: str, year: int) -> list[Entry]:
        """Every entry of a year's list, oldest first."""
        return self.journal.entries(collection=collection, year=year)


def _row(collection: str, year: int, agency_id: str | None, due: bool) -> dict[str, object]:
    return {"collection": collection, "year": year, "agency_id": agency_id, "due": int(due)}
