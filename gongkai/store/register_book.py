"""The registers of a workspace as people keep them: every change of a unit is a line of its own, none is overwritten.

The generation that the pages read holds a copy (gongkai/store/register.py makes it), with `revision` to tell whether
it is the latest.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from typing import Any

from gongkai.agencies.register import FormerName, Unit
from gongkai.errors import UnusableInput
from gongkai.store.sqlite import now, opened
from gongkai.store.workspace import Workspace

_SCHEMA = """
CREATE TABLE IF NOT EXISTS register_change (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    collection TEXT NOT NULL, agency_id TEXT NOT NULL,
    unit TEXT                                       -- the whole unit as JSON; null: taken out of the register
);
CREATE INDEX IF NOT EXISTS register_unit ON register_change (collection, agency_id, revision);
CREATE TRIGGER IF NOT EXISTS register_change_stays BEFORE UPDATE ON register_change
BEGIN SELECT RAISE(ABORT, 'changes of the register are never changed'); END;
CREATE TRIGGER IF NOT EXISTS register_change_remains BEFORE DELETE ON register_change
BEGIN SELECT RAISE(ABORT, 'changes of the register are never deleted'); END;
"""

_LATEST = """
SELECT agency_id, unit FROM register_change AS change
WHERE collection = ? AND revision = (
    SELECT max(revision) FROM register_change
    WHERE collection = change.collection AND agency_id = change.agency_id
) AND unit IS NOT NULL
ORDER BY agency_id
"""

_COUNT = """
SELECT count(*) FROM register_change AS change
WHERE collection = ? AND revision = (
    SELECT max(revision) FROM register_change
    WHERE collection = change.collection AND agency_id = change.agency_id
) AND unit IS NOT NULL
"""

_CONTACTS = """
SELECT collection, agency_id, json_extract(unit, '$.contact') AS contact, json_extract(unit, '$.telephone') AS telephone
FROM register_change
WHERE revision IN (SELECT max(revision) FROM register_change GROUP BY collection, agency_id) AND unit IS NOT NULL
    AND (contact IS NOT NULL OR telephone IS NOT NULL)
ORDER BY collection, agency_id
"""


class RegisterError(UnusableInput):
    """A register cannot be read, changed or imported: names every wrong line and field."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a register's history. `unit` is null where the unit was taken out."""

    revision: int
    at: str
    actor: str
    reason: str
    agency_id: str
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How many units a new register added, changed and took out."""

    added: int
    changed: int
    removed: int


class RegisterBook:
    """The registers of a workspace, one a collection."""

    def __init__(self, workspace: Workspace) -> None:
        self._file = workspace.decisions

    def revision(self, collection: str | None = None) -> int:
        """A number that grows with every change of a collection's register, or of any (0: there was none)."""
        if not self._file.exists():
            return 0
        with self._open() as connection:
            row = connection.execute(
                "SELECT coalesce(max(revision), 0) FROM register_change WHERE collection = ? OR ? IS NULL",
                (collection, collection),
            ).fetchone()
        return int(row[0])

    def units(self, collection: str) -> tuple[Unit, ...]:
        """The registered units, in the order of their ids."""
        if not self._file.exists():
            return ()
        with self._open() as connection:
            rows = connection.execute(_LATEST, (collection,)).fetchall()
        return tuple(_unit(text) for _, text in rows)

    def count(self, collection: str) -> int:
        """How many units are registered."""
        if not self._file.exists():
            return 0
        with self._open() as connection:
            return int(connection.execute(_COUNT, (collection,)).fetchone()[0])

    def contacts(self) -> list[tuple[str, str, str | None, str | None]]:
        """Whom to call at registered units: (collection, agency_id, contact, telephone); those without are absent."""
        if not self._file.exists():
            return []
        with self._open() as connection:
            rows: list[tuple[str, str, str | None, str | None]] = connection.execute(_CONTACTS).fetchall()
        return rows

    def history(self, collection: str, agency_id: str) -> list[Change]:
        """Every change of a unit, oldest first."""
        if not self._file.exists():
            return []
        with self._open() as connection:
            rows = connection.execute(
                "SELECT revision, at, actor, reason, agency_id, unit FROM register_change "
                "WHERE collection = ? AND agency_id = ? ORDER BY revision",
                (collection, agency_id),
            ).fetchall()
        return [
            Change(revision, at, actor, reason, id_, None if text is None else _unit(text))
            for revision, at, actor, reason, id_, text in rows
        ]

    def replace(self, collection: str, units: Sequence[Unit], actor: str, reason: str) -> Difference:
        """Make `units` the whole register, in one transaction; what stays as it was gets no line."""
        before = {unit.id: unit for unit in self.units(collection)}
        after = {unit.id: unit for unit in units}
        gone = [id_ for id_ in before if id_ not in after]
        changed = [unit for unit in units if before.get(unit.id) != unit]
        self._write(
            collection,
            [*((unit.id, _text(unit)) for unit in changed), *((id_, None) for id_ in gone)],
            actor,
            reason,
        )
        added = sum(unit.id not in before for unit in changed)
        return Difference(added, len(changed) - added, len(gone))

    def _write(self, collection: str, lines: Sequence[tuple[str, str | None]], actor: str, reason: str) -> None:
        if not actor.strip() or not reason.strip():
            raise RegisterError("a change of the register needs the name of who makes it, and a reason")
        at = now()
        rows = [(at, actor.strip(), reason.strip(), collection, id_, text) for id_, text in lines]
        with self._open() as connection, connection:
            connection.executemany(
                "INSERT INTO register_change (at, actor, reason, collection, agency_id, unit) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return opened(self._file, _SCHEMA, "register_change_remains", RegisterError)


_FIELDS = tuple(one.name for one in fields(Unit))


def _text(unit: Unit) -> str:
    # dataclasses.asdict copies every value deeply, which takes most of the time of a large import.
    said: dict[str, Any] = {name: value for name in _FIELDS if (value := getattr(unit, name)) not in (None, ())}
    if unit.former_names:
        said["former_names"] = [{"name": one.name, "first": one.first, "last": one.last} for one in unit.former_names]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _unit(text: str) -> Unit:
    said: dict[str, Any] = json.loads(text)
    former = tuple(FormerName(**name) for name in said.pop("former_names", ()))
    return Unit(**said | {"short_names": tuple(said.get("short_names", ())), "former_names": former})
