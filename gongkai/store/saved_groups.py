"""Groups of units that people put together themselves: named, signed, kept in a journal, undone by another entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gongkai.errors import GongkaiError
from gongkai.store.journal import Entry, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    # The number of the entry that began the group; null in that entry itself.
    "group_id": "INTEGER",
    "event": "TEXT NOT NULL CHECK (event IN ('saved', 'deleted', 'undo'))",
    "name": "TEXT",
    "units": "TEXT",
    "undoes": "INTEGER UNIQUE",
}

LONGEST_NAME = 40
"""Characters of a group's name."""


class GroupError(GongkaiError):
    """A group cannot be saved, or an entry not be undone: says what is missing or wrong.

    `reason`: name, units, taken (another group bears the name), gone (there is no such group), entry; "" for others.
    """

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SavedGroup:
    """A group as it stands: its number, its units' ids in order, who began it, and who changed it last and when."""

    id: int
    collection: str
    name: str
    units: tuple[str, ...]
    owner: str
    changed_by: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of a group's history. `undone`: by a later entry; `undoable`: whether it may be undone now."""

    id: int
    at: str
    actor: str
    reason: str
    event: str
    name: str
    units: tuple[str, ...]
    undone: bool
    undoable: bool


class SavedGroups:
    """The groups of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._journal = Journal(workspace, "saved_group", _COLUMNS, ("collection", "group_id"), GroupError)

    def standing(self, collection: str | None = None) -> list[SavedGroup]:
        """The groups that are not deleted, by the order in which they were begun."""
        entries = self._journal.entries(**({} if collection is None else {"collection": collection}))
        found = []
        for own in _by_group(entries).values():
            group = _standing(own)
            if group is not None:
                found.append(group)
        return found

    def deleted(self, collection: str) -> list[SavedGroup]:
        """The groups of a collection that were deleted, as they stood before, the one deleted last first."""
        found = []
        for own in _by_group(self._journal.entries(collection=collection)).values():
            undone = {entry["undoes"] for entry in own}
            kept = [entry for entry in own if entry["id"] not in undone and entry["event"] != "deleted"]
            before = _standing(kept)
            if _standing(own) is None and before is not None:
                found.append((own[-1]["id"], replace(before, changed_by=own[-1]["actor"], changed_at=own[-1]["at"])))
        return [group for _, group in sorted(found, key=lambda each: -each[0])]

    def find(self, group: int) -> SavedGroup | None:
        """The group of this number; null where there is none, or it was deleted."""
        return _standing(self._of(group))

    def history(self, group: int) -> list[Step]:
        """What happened to a group, oldest first; empty for an unknown number."""
        entries = self._of(group)
        undone = {entry["undoes"] for entry in entries}
        last = max((entry["id"] for entry in entries if _stands(entry, undone)), default=0)
        return [
            Step(
                id=entry["id"],
                at=entry["at"],
                actor=entry["actor"],
                reason=entry["reason"],
                event=entry["event"],
                name=entry["name"] or "",
                units=_units(entry),
                undone=entry["id"] in undone,
                # Step by step: what stands before is what stood before.
                undoable=entry["id"] == last,
            )
            for entry in entries
        ]

    def save(
        self, collection: str, name: str, units: Iterable[str], actor: str, reason: str, group: int | None = None
    ) -> int:
        """Begin a group, or give the group of this number another name or other units; return its number.

        Raise GroupError for an empty or too long name, no units, a name that another group of the collection bears, an
        unknown group, an empty actor or reason.
        """
        name, held = " ".join(name.split()), sorted(set(units))
        if not name or len(name) > LONGEST_NAME:
            raise GroupError(f"a group needs a name of at most {LONGEST_NAME} characters", "name")
        if not held:
            raise GroupError("a group needs units", "units")
        if any(other.name == name and other.id != group for other in self.standing(collection)):
            raise GroupError(f"there is a group named {name} already", "taken")
        if group is not None:
            known = self._of(group)
            if not known or known[0]["collection"] != collection:
                raise GroupError(f"{group}: there is no such group", "gone")
        row = {"collection": collection, "group_id": group, "event": "saved", "name": name, "units": json.dumps(held)}
        entry = self._journal.add([row], actor, reason)[0]
        return entry if group is None else group

    def delete(self, group: int, actor: str, reason: str) -> None:
        """Delete a group; raise GroupError where it does not stand."""
        standing = self.find(group)
        if standing is None:
            raise GroupError(f"{group}: there is no such group", "gone")
        self._journal.add([{"collection": standing.collection, "group_id": group, "event": "deleted"}], actor, reason)

    def undo(self, group: int, entry: int, actor: str, reason: str) -> None:
        """Undo the last entry of a group that stands; raise GroupError for any other one, and where the name that
        would stand again is another group's by now."""
        if not any(step.id == entry and step.undoable for step in self.history(group)):
            raise GroupError(f"{entry}: only the last entry of a group that stands can be undone", "entry")
        entries = self._of(group)
        collection = entries[0]["collection"]
        again = _standing([*entries, {**entries[-1], "id": 0, "event": "undo", "undoes": entry}])
        if again and any(other.name == again.name and other.id != group for other in self.standing(collection)):
            raise GroupError(f"there is a group named {again.name} already", "taken")
        row = {"collection": collection, "group_id": group, "event": "undo", "undoes": entry}
        self._journal.add([row], actor, reason)

    def _of(self, group: int) -> list[Entry]:
        first = self._journal.entries(id=group)
        if not first or first[0]["group_id"] is not None:
            return []
        return [*first, *self._journal.entries(group_id=group)]


def _by_group(entries: Sequence[Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry["group_id"] or entry["id"], []).append(entry)
    return found


def _stands(entry: Entry, undone: set[int | None]) -> bool:
    return entry["event"] != "undo" and entry["id"] not in undone


def _standing(entries: Sequence[Entry]) -> SavedGroup | None:
    undone = {entry["undoes"] for entry in entries}
    last = next((entry for entry in reversed(entries) if _stands(entry, undone)), None)
    if last is None or last["event"] == "deleted":
        return None
    return SavedGroup(
        id=entries[0]["id"],
        collection=last["collection"],
        name=last["name"],
        units=_units(last),
        owner=entries[0]["actor"],
        changed_by=entries[-1]["actor"],
        changed_at=entries[-1]["at"],
    )


def _units(entry: Entry) -> tuple[str, ...]:
    return tuple(json.loads(entry["units"])) if entry["units"] else ()
