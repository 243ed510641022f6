"""Things that people name and keep for all: begun, changed, deleted, each step signed and undone by another entry.

What a thing holds is a text of its own kind (the units of a group, the weights of a scheme).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.errors import GongkaiError
from gongkai.store.journal import Entry, Journal
from gongkai.store.workspace import Workspace

LONGEST_NAME = 40
"""Characters of a name."""


class NamedError(GongkaiError):
    """A thing cannot be saved, or an entry not be undone: says what is missing or wrong.

    `reason`: name, content, taken (another one bears the name), gone (there is none), entry; "" for others.
    """

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as it stands: its number, what it holds, who began it, and who changed it last and when."""

    id: int
    collection: str
    name: str
    content: str
    owner: str
    changed_by: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of a thing's history. `undone`: by a later entry; `undoable`: whether it may be undone now."""

    id: int
    at: str
    actor: str
    reason: str
    event: str
    name: str
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class NamedStep(Happened):
    """The same with what the thing held by it."""

    content: str


class NamedJournal:
    """The things of one kind in a workspace: `table` with a column `content`, and a column `<kind>_id` for the number
    of the entry that began a thing. `kind` is also what messages call it."""

    def __init__(self, workspace: Workspace, table: str, kind: str, content: str, error: type[NamedError]) -> None:
        self._kind, self._number, self._content, self._error = kind, f"{kind}_id", content, error
        columns = {
            "collection": "TEXT NOT NULL",
            # Null in the entry itself that begins a thing.
            self._number: "INTEGER",
            "event": "TEXT NOT NULL CHECK (event IN ('saved', 'deleted', 'undo'))",
            "name": "TEXT",
            content: "TEXT",
            "undoes": "INTEGER UNIQUE",
        }
        self._journal = Journal(workspace, table, columns, ("collection", self._number), error)

    def standing(self, collection: str | None = None) -> list[Named]:
        """The things that are not deleted, by the order in which they were begun."""
        entries = self._journal.entries(**({} if collection is None else {"collection": collection}))
        found = [self._stands(own) for own in self._by_thing(entries).values()]
        return [each for each in found if each is not None]

    def deleted(self, collection: str) -> list[Named]:
        """The things of a collection that were deleted, as they stood before, the one deleted last first."""
        found = []
        for own in self._by_thing(self._journal.entries(collection=collection)).values():
            undone = {entry["undoes"] for entry in own}
            kept = [entry for entry in own if entry["id"] not in undone and entry["event"] != "deleted"]
            before = self._stands(kept)
            if self._stands(own) is None and before is not None:
                found.append((own[-1]["id"], replace(before, changed_by=own[-1]["actor"], changed_at=own[-1]["at"])))
        return [each for _, each in sorted(found, key=lambda each: -each[0])]

    def find(self, number: int) -> Named | None:
        """The thing of this number; null where there is none, or it was deleted."""
        return self._stands(self._of(number))

    def history(self, number: int) -> list[NamedStep]:
        """What happened to a thing, oldest first; empty for an unknown number."""
        entries = self._of(number)
        undone = {entry["undoes"] for entry in entries}
        last = max((entry["id"] for entry in entries if _counts(entry, undone)), default=0)
        return [
            NamedStep(
                id=entry["id"],
                at=entry["at"],
                actor=entry["actor"],
                reason=entry["reason"],
                event=entry["event"],
                name=entry["name"] or "",
                content=entry[self._content] or "",
                undone=entry["id"] in undone,
                # Step by step: what stands before is what stood before.
                undoable=entry["id"] == last,
            )
            for entry in entries
        ]

    def save(self, collection: str, name: str, content: str, actor: str, reason: str, number: int | None) -> int:
        """Begin a thing, or give the one of this number another name or content; return its number.

        Raise the kind's error for an empty or too long name, no content ("" holds nothing), a name that another one of
        the collection bears, an unknown number, an empty actor or reason.
        """
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise self._error(f"a {self._kind} needs a name of at most {LONGEST_NAME} characters", "name")
        if not content:
            raise self._error(f"a {self._kind} needs {self._content}", "content")
        if any(other.name == name and other.id != number for other in self.standing(collection)):
            raise self._taken(name)
        if number is not None:
            known = self._of(number)
            if not known or known[0]["collection"] != collection:
                raise self._gone(number)
        row = {"collection": collection, self._number: number, "event": "saved", "name": name, self._content: content}
        entry = self._journal.add([row], actor, reason)[0]
        return entry if number is None else number

    def delete(self, number: int, actor: str, reason: str) -> None:
        """Delete a thing; raise the kind's error where it does not stand."""
        standing = self.find(number)
        if standing is None:
            raise self._gone(number)
        row = {"collection": standing.collection, self._number: number, "event": "deleted"}
        self._journal.add([row], actor, reason)

    def undo(self, number: int, entry: int, actor: str, reason: str) -> None:
        """Undo the last entry of a thing that stands; raise the kind's error for any other one, and where the name that
        would stand again is another's by now."""
        if not any(step.id == entry and step.undoable for step in self.history(number)):
            raise self._error(f"{entry}: only the last entry of a {self._kind} that stands can be undone", "entry")
        entries = self._of(number)
        collection = entries[0]["collection"]
        again = self._stands([*entries, {**entries[-1], "id": 0, "event": "undo", "undoes": entry}])
        if again and any(other.name == again.name and other.id != number for other in self.standing(collection)):
            raise self._taken(again.name)
        row = {"collection": collection, self._number: number, "event": "undo", "undoes": entry}
        self._journal.add([row], actor, reason)

    def _of(self, number: int) -> list[Entry]:
        first = self._journal.entries(id=number)
        if not first or first[0][self._number] is not None:
            return []
        return [*first, *self._journal.entries(**{self._number: number})]

    def _by_thing(self, entries: Sequence[Entry]) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in entries:
            found.setdefault(entry[self._number] or entry["id"], []).append(entry)
        return found

    def _stands(self, entries: Sequence[Entry]) -> Named | None:
        undone = {entry["undoes"] for entry in entries}
        last = next((entry for entry in reversed(entries) if _counts(entry, undone)), None)
        if last is None or last["event"] == "deleted":
            return None
        return Named(
            id=entries[0]["id"],
            collection=last["collection"],
            name=last["name"],
            content=last[self._content] or "",
            owner=entries[0]["actor"],
            changed_by=entries[-1]["actor"],
            changed_at=entries[-1]["at"],
        )

    def _taken(self, name: str) -> NamedError:
        return self._error(f"there is a {self._kind} named {name} already", "taken")

    def _gone(self, number: int) -> NamedError:
        return self._error(f"{number}: there is no such {self._kind}", "gone")


def _counts(entry: Entry, undone: set[int | None]) -> bool:
    return entry["event"] != "undo" and entry["id"] not in undone
