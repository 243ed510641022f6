"""What people decided about reports: confirmed or corrected fields, reports withdrawn. An append-only log in SQLite.

A decision belongs to (collection, sha256, ordinal), so it survives reading the document again. It never changes the
store: the reader lays it over the published generation. A decision is taken back by another one, `undo`; both stay.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR, PERIODS, REPORT_KINDS, SCOPES, STAGES
from gongkai.errors import GongkaiError
from gongkai.store.sqlite import now, opened
from gongkai.store.workspace import Workspace

_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    collection TEXT NOT NULL, sha256 TEXT NOT NULL, ordinal INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('confirm', 'correct', 'withdraw', 'restore', 'undo')),
    field TEXT, value TEXT,
    undoes INTEGER UNIQUE REFERENCES decision (id)
);
CREATE INDEX IF NOT EXISTS decision_report ON decision (collection, sha256, ordinal);
CREATE TRIGGER IF NOT EXISTS decision_stays BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS decision_remains BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
"""

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


class Decisions:
    """The decisions of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._file = workspace.decisions

    def version(self) -> int:
        """A number that grows with every decision (0 before the first): what caches are keyed by."""
        if not self._file.exists():
            return 0
        with self._open() as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM decision").fetchone()[0])

    def confirm(self, target: Target, name: str, value: Any, actor: str, reason: str) -> int:
        """Record that a field is right as it was read. Return the decision's number, as the others do."""
        return self._add(target, "confirm", actor, reason, name, _valid(name, value))

    def correct(self, target: Target, name: str, value: Any, actor: str, reason: str) -> int:
        """Record another value for a field."""
        return self._add(target, "correct", actor, reason, name, _valid(name, value))

    def withdraw(self, target: Target, actor: str, reason: str) -> int:
        """Take a report out of everything but the list of reports."""
        return self._add(target, "withdraw", actor, reason)

    def restore(self, target: Target, actor: str, reason: str) -> int:
        """Put a withdrawn report back."""
        return self._add(target, "restore", actor, reason)

    def undo(self, number: int, actor: str, reason: str) -> int:
        """Take back a decision. Raise DecisionError for one that does not exist or was taken back already."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT collection, sha256, ordinal, action FROM decision WHERE id = ?", (number,)
            ).fetchone()
        if row is None or row[3] == "undo":
            raise DecisionError(f"there is no decision {number} that can be taken back")
        try:
            return self._add(Target(*row[:3]), "undo", actor, reason, undoes=number)
        except sqlite3.IntegrityError as error:
            raise DecisionError(f"decision {number} was taken back already") from error

    def log(self, target: Target | None = None) -> list[Decision]:
        """All decisions, or those about one report, oldest first."""
        if not self._file.exists():
            return []
        with self._open() as connection:
            if target is None:
                rows = connection.execute(_SELECT + _ORDER).fetchall()
            else:
                values = (target.collection, target.sha256, target.ordinal)
                rows = connection.execute(_SELECT + _WHERE + _ORDER, values).fetchall()
        return [_decision(row) for row in rows]

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
        if not actor.strip() or not reason.strip():
            raise DecisionError("a decision needs the name of who decides, and a reason")
        if not _SHA256.fullmatch(target.sha256) or target.ordinal < 0:
            raise DecisionError(f"{target.sha256!r}, {target.ordinal}: is no report")
        stored = None if name is None else json.dumps(value, ensure_ascii=False)
        with self._open() as connection, connection:
            cursor = connection.execute(
                "INSERT INTO decision (at, actor, reason, collection, sha256, ordinal, action, field, value, undoes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    now(),
                    actor.strip(),
                    reason.strip(),
                    target.collection,
                    target.sha256,
                    target.ordinal,
                    action,
                    name,
                    stored,
                    undoes,
                ),
            )
            return int(cursor.lastrowid or 0)

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._file, _SCHEMA, "decision_remains", DecisionError)


def effects(log: list[Decision]) -> dict[Target, Effect]:
    """What the standing decisions of a log come to, per report; reports with none are absent."""
    found: dict[Target, Effect] = {}
    for decision in log:
        if decision.undone or decision.action == "undo":
            continue
        effect = found.setdefault(decision.target, Effect())
        if decision.field is not None:
            effect.fields[decision.field] = decision.value
        else:
            effect.withdrawn = decision.action == "withdraw"
    return found


_SELECT = """
SELECT
    decision.id, decision.at, decision.actor, decision.reason, decision.collection, decision.sha256, decision.ordinal,
    decision.action, decision.field, decision.value, decision.undoes, undoing.id IS NOT NULL
FROM decision LEFT JOIN decision AS undoing ON undoing.undoes = decision.id
"""
_WHERE = " WHERE decision.collection = ? AND decision.sha256 = ? AND decision.ordinal = ?"
_ORDER = " ORDER BY decision.id"


def _decision(row: tuple[Any, ...]) -> Decision:
    return Decision(
        id=row[0],
        at=datetime.fromisoformat(row[1]),
        actor=row[2],
        reason=row[3],
        target=Target(row[4], row[5], row[6]),
        action=row[7],
        field=row[8],
        value=None if row[9] is None else json.loads(row[9]),
        undoes=row[10],
        undone=bool(row[11]),
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
