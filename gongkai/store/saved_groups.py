"""Groups of units that people put together themselves: named, signed, kept in a journal, undone by another entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.store.named import LONGEST_NAME, Happened, Named, NamedError, NamedJournal
from gongkai.store.workspace import Workspace

__all__ = ["LONGEST_NAME", "GroupError", "SavedGroup", "SavedGroups", "Step"]


class GroupError(NamedError):
    """A group cannot be saved, or an entry not be undone; `reason` as in NamedError."""


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
class Step(Happened):
    """An entry of a history, with the units that it gave."""

    units: tuple[str, ...]


class SavedGroups:
    """The groups of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._kept = NamedJournal(workspace, "saved_group", "group", "units", GroupError)

    def standing(self, collection: str | None = None) -> list[SavedGroup]:
        """The groups that are not deleted, by the order in which they were begun."""
        return [_group(each) for each in self._kept.standing(collection)]

    def deleted(self, collection: str) -> list[SavedGroup]:
        """The groups of a collection that were deleted, as they stood before, the one deleted last first."""
        return [_group(each) for each in self._kept.deleted(collection)]

    def find(self, group: int) -> SavedGroup | None:
        """The group of this number; null where there is none, or it was deleted."""
        found = self._kept.find(group)
        return None if found is None else _group(found)

    def history(self, group: int) -> list[Step]:
        """What happened to a group, oldest first; empty for an unknown number."""
        return [
            Step(
                id=step.id,
                at=step.at,
                actor=step.actor,
                reason=step.reason,
                event=step.event,
                name=step.name,
                undone=step.undone,
                undoable=step.undoable,
                units=_units(step.content),
            )
            for step in self._kept.history(group)
        ]

    def save(
        self, collection: str, name: str, units: Iterable[str], actor: str, reason: str, group: int | None = None
    ) -> int:
        """Begin a group, or give the group of this number another name or other units; return its number.

        Raise GroupError for an empty or too long name, no units, a name that another group of the collection bears, an
        unknown group, an empty actor or reason.
        """
        held = sorted(set(units))
        return self._kept.save(collection, name, json.dumps(held) if held else "", actor, reason, group)

    def delete(self, group: int, actor: str, reason: str) -> None:
        """Delete a group; raise GroupError where it does not stand."""
        self._kept.delete(group, actor, reason)

    def undo(self, group: int, entry: int, actor: str, reason: str) -> None:
        """Undo the last entry of a group that stands; raise GroupError for any other one, and where the name that
        would stand again is another group's by now."""
        self._kept.undo(group, entry, actor, reason)


def _group(kept: Named) -> SavedGroup:
    return SavedGroup(
        kept.id, kept.collection, kept.name, _units(kept.content), kept.owner, kept.changed_by, kept.changed_at
    )


def _units(content: str) -> tuple[str, ...]:
    return tuple(json.loads(content)) if content else ()
