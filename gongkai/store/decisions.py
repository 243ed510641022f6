"""What people decided about reports: confirmed or corrected fields, reports withdrawn. An append-only log in SQLite.

A decision belongs to (collection, sha256, ordinal), so it survives reading the document again. It never changes the
store: the reader lays it over the published generation. A decision is taken back by another one, `undo`; both stay.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR, PERIODS, REPORT_KINDS, SCOPES, STAGES
from gongkai.errors import GongkaiError
from gongkai.store.journal import Also, Entry, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    "sha256": "TEXT NOT NULL",
    "ordinal": "INTEGER NOT NULL",
    "action": "TEXT NOT NULL CHECK (action IN ('confirm', 'correct', 'withdraw', 'restore', 'undo'))",
    "field": "TEXT",
    "value": "TEXT",
    "undoes": "INTEGER UNIQUE REFERENCES decision (id)",
}
_REPORT = ("collection", "sha256", "ordinal")

_SHA256 = re.compile(r"[0-9a-f]{64}")

_CHOICES: dict[str, frozenset[str | None]] = {
    "period": frozenset(PERIODS),
    "kind": frozenset(REPORT_KINDS),
    "stage": frozenset({*STAGES, None}),
    "scope": frozenset({*SCOPES, None}),
}
_DATES = frozenset({"published_on", "signed_on"})
_TEXTS = frozenset({"agency", "province"})
FIELDS = (
    "agency",
    "province",
    "year",
    "period",
    "kind",
    "stage",
    "scope",
    "published_on",
    "signed_on",
    "secondary_source",
)
"""The fields of a report that a person may confirm or correct."""


class DecisionError(GongkaiError):
    """A decision cannot be recorded: names the field and what it may hold."""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """The report that a decision is about."""

    collection: str
    sha256: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the log. `value` is the field's value as JSON values (dates as YYYY-MM-DD)."""

    id: int
    at: datetime
    actor: str
    reason: str
    target: Target
    action: str
    field: str | None
    value: Any
    undoes: int | None
    undone: bool


@dataclass(slots=True)
class Effect:
    """What all standing decisions about a report come to: fields that a person vouches for, and whether it counts."""

    fields: dict[str, Any] = field(default_factory=dict)
    withdrawn: bool = False
    agency_id: str | None = None
    """The registered unit that was meant by the agency's name; null where only the name was given."""


@dataclass(frozen=True, slots=True)
class FieldDecision:
    """A decision to be made about a field: action confirm or correct."""

    target: Target
    action: str
    field: str
    value: Any


class Decisions:
    """The decisions of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._journal = Journal(workspace, "decision", _COLUMNS, _REPORT, DecisionError)

    def version(self) -> int:
        """A number that grows with every decision (0 before the first)."""
        return len(self._journal.entries())

    def confirm(self, target: Target, name: str, value: Any, actor: str, reason: str) -> int:
        """Record that a field is right as it was read. Return the decision's number, as the others do."""
        return self._add(target, "confirm", actor, reason, name, _valid(name, value))

    def correct(self, target: Target, name: str, value: Any, actor: str, reason: str) -> int:
        """Record another value for a field."""
        return self._add(target, "correct", actor, reason, name, _valid(name, value))

    def record(self, entries: Sequence[FieldDecision], actor: str, reason: str, also: Also | None = None) -> list[int]:
        """Record several decisions, and the entries of `also`, all or none; return the decisions' numbers."""
        rows = [(one.target, one.action, one.field, _valid(one.field, one.value), None) for one in entries]
        return self._make(rows, actor, reason, also)

    def withdraw(self, target: Target, actor: str, reason: str) -> int:
        """Take a report out of everything but the list of reports."""
        return self._add(target, "withdraw", actor, reason)

    def restore(self, target: Target, actor: str, reason: str) -> int:
        """Put a withdrawn report back."""
        return self._add(target, "restore", actor, reason)

    def undo(self, number: int, actor: str, reason: str) -> int:
        """Take back a decision. Raise DecisionError for one that does not exist or was taken back already."""
        found = self._journal.entries(id=number)
        if not found or found[0]["action"] == "undo":
            raise DecisionError(f"there is no decision {number} that can be taken back")
        try:
            return self._add(_target(found[0]), "undo", actor, reason, undoes=number)
        except sqlite3.IntegrityError as error:
            raise DecisionError(f"decision {number} was taken back already") from error

    def log(self, target: Target | None = None) -> list[Decision]:
        """All decisions, or those about one report, oldest first."""
        entries = self._journal.entries(**({} if target is None else asdict(target)))
        undone = {entry["undoes"] for entry in entries}
        return [_decision(entry, entry["id"] in undone) for entry in entries]

    def _add(
        self,
        target: Target,
        action: str,
        actor: str,
        reason: str,
        name: str | None = None,
        value: Any = None,
        undoes: int | None = None,
    ) -> int:
        return self._make([(target, action, name, value, undoes)], actor, reason)[0]

    def _make(
        self,
        rows: Sequence[tuple[Target, str, str | None, Any, int | None]],
        actor: str,
        reason: str,
        also: Also | None = None,
    ) -> list[int]:
        entries = []
        for target, action, name, value, undoes in rows:
            if not _SHA256.fullmatch(target.sha256) or target.ordinal < 0:
                raise DecisionError(f"{target.sha256!r}, {target.ordinal}: is no report")
            stored = None if name is None else json.dumps(value, ensure_ascii=False)
            entries.append({**asdict(target), "action": action, "field": name, "value": stored, "undoes": undoes})
        return self._journal.add(entries, actor, reason, also)


def effects(log: list[Decision], meant: Mapping[int, str | None] | None = None) -> dict[Target, Effect]:
    """What the standing decisions of a log come to, per report; reports with none are absent.

    `meant` gives the registered units that decisions about the agency meant, by the decisions' numbers.
    """
    found: dict[Target, Effect] = {}
    for decision in log:
        if decision.undone or decision.action == "undo":
            continue
        effect = found.setdefault(decision.target, Effect())
        if decision.field is not None:
            effect.fields[decision.field] = decision.value
            if decision.field == "agency":
                effect.agency_id = (meant or {}).get(decision.id)
        else:
            effect.withdrawn = decision.action == "withdraw"
    return found


def _target(entry: Entry) -> Target:
    return Target(*(entry[name] for name in _REPORT))


def _decision(entry: Entry, undone: bool) -> Decision:
    return Decision(
        id=entry["id"],
        at=datetime.fromisoformat(entry["at"]),
        actor=entry["actor"],
        reason=entry["reason"],
        target=_target(entry),
        action=entry["action"],
        field=entry["field"],
        value=None if entry["value"] is None else json.loads(entry["value"]),
        undoes=entry["undoes"],
        undone=undone,
    )


def _valid(name: str, value: Any) -> Any:
    """The value as it is stored. Raise DecisionError naming the field and what it may hold."""
    if name in _CHOICES:
        if value in _CHOICES[name]:
            return value
        allowed = ", ".join(sorted(str(choice) for choice in _CHOICES[name] if choice is not None))
        raise DecisionError(f"{name}: {value!r} is not one of {allowed}")
    if name == "year":
        if isinstance(value, int) and not isinstance(value, bool) and FIRST_YEAR <= value <= LAST_YEAR:
            return value
        raise DecisionError(f"year: {value!r} is no year")
    if name in _TEXTS:
        if isinstance(value, str) and value.strip():
            return value.strip()
        raise DecisionError(f"{name}: must not be empty")
    if name in _DATES:
        if value is None:
            return None
        try:
            return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()[:10]
        except ValueError as error:
            raise DecisionError(f"{name}: {value!r} is no date (2025-01-31)") from error
    if name == "secondary_source":
        if isinstance(value, bool):
            return value
        raise DecisionError("secondary_source: must be true or false")
    raise DecisionError(f"{name}: is no field that can be confirmed or corrected; those are {', '.join(FIELDS)}")
