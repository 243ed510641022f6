"""Corrections of figures: a person vouches for a figure as it was read, or for another value, with reason and source.

Two things may be wrong: the report (it prints another figure than is right: its mistake stays a finding), or our
reading of it (`misread`: the report prints what the person enters). The checks of the report are made anew with what
people vouch for as its reading (vouched.py).

A correction belongs to what the figure says (unit, year, scope, metric, applicant) and to how it says it (table,
sentence, sheet), not to a file, so it survives a new version and another reading. It counts as long as the report
still gives the value that the person saw (`expected`); else it is flagged and waits. What was read stays as it is.
"""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from typing import Any

from gongkai.catalogue.metrics import APPLICANTS, metrics
from gongkai.catalogue.vocabulary import SCOPES
from gongkai.errors import GongkaiError
from gongkai.records import Method, Status
from gongkai.store.journal import Entry, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    "agency_id": "TEXT NOT NULL",
    "year": "INTEGER NOT NULL",
    "scope": "TEXT",
    "metric": "TEXT NOT NULL",
    "applicant": "TEXT NOT NULL",
    "method": "TEXT NOT NULL",
    "expected_value": "REAL",
    "value": "REAL",
    "source": "TEXT",
    "status": "TEXT",  # of a value that is no number: blank, not_applicable
    "misread": "INTEGER",  # 1: the report prints this, we read it wrong
    "undoes": "INTEGER UNIQUE REFERENCES figure_correction (id)",
}
_SIGNED = "items_change"
"""The last part of the codes whose value may be negative (本年增/减)."""


NO_NUMBER = (Status.BLANK, Status.NOT_APPLICABLE)
"""What a figure may be corrected to beside a number: an empty cell; a stroke, or words to that effect."""


class CorrectionError(GongkaiError):
    """A correction cannot be recorded: says what is wrong with it."""


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """What a correction is about: a statement of a unit for a year. `scope` is null where the report names none."""

    collection: str
    agency_id: str
    year: int
    scope: str | None
    metric: str
    applicant: str
    method: str

    @property
    def columns(self) -> dict[str, Any]:
        """The figure as columns of the journal."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry, and whether it stands: the latest of its figure that was not taken back.

    `expected` is the value that the report gave (null: none); a confirmation has the same one as `value`, and no
    `status`, which says what the figure is where it is no number.
    """

    id: int
    at: str
    actor: str
    reason: str
    source: str | None
    figure: Figure
    expected: float | None
    value: float | None
    undone: Entry | None
    stands: bool
    status: str | None = None
    misread: bool = False

    @property
    def confirms(self) -> bool:
        """Whether it says that the figure is right as it was read."""
        return self.status is None and self.value == self.expected


class Corrections:
    """The corrections of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._journal = Journal(
            workspace, "figure_correction", _COLUMNS, ("collection", "agency_id", "year"), CorrectionError
        )

    def version(self) -> int:
        """A number that grows with every entry (0 before the first)."""
        return len(self._journal.entries())

    def correct(
        self,
        figure: Figure,
        expected: float | None,
        value: float | Status,
        source: str,
        actor: str,
        reason: str,
        misread: bool = False,
    ) -> int:
        """Record another value, in the catalogue's unit, or that there is none (one of NO_NUMBER), with its source.

        `misread`: the report prints that, and our reading was wrong. Return the entry's number.
        """
        _check(figure)
        if not source.strip():
            raise CorrectionError("a correction needs its source")
        said = {"expected_value": expected, "source": source.strip(), "misread": int(misread)}
        if isinstance(value, Status):
            if value not in NO_NUMBER:
                raise CorrectionError(f"{figure.metric}: {value} is nothing that it can be corrected to")
            return self._add(figure, actor, reason, **said, value=None, status=str(value))
        if not math.isfinite(value) or (value < 0 and not figure.metric.endswith(_SIGNED)):
            raise CorrectionError(f"{figure.metric}: {value} is no value that it can have")
        if metrics()[figure.metric].kind in ("flow", "stock") and value != int(value):
            raise CorrectionError(f"{figure.metric}: a count is whole, {value} is not")
        if value == expected:
            raise CorrectionError(f"{figure.metric}: {value} is what the report gives; confirm it instead")
        return self._add(figure, actor, reason, **said, value=value)

    def confirm(self, figure: Figure, expected: float | None, actor: str, reason: str) -> int:
        """Record that a figure is right as it was read, so that it counts however doubtful the reading was."""
        _check(figure)
        return self._add(figure, actor, reason, expected_value=expected, value=expected)

    def undo(self, number: int, actor: str, reason: str) -> int:
        """Take back an entry. Raise CorrectionError for one that does not exist or was taken back already."""
        found = self._journal.entries(id=number)
        if not found or found[0]["undoes"] is not None:
            raise CorrectionError(f"there is no correction {number} that can be taken back")
        try:
            return self._add(_figure(found[0]), actor, reason, undoes=number)
        except sqlite3.IntegrityError as error:
            raise CorrectionError(f"correction {number} was taken back already") from error

    def log(self, **equal: Any) -> list[Correction]:
        """The entries whose columns have these values, oldest first, those that undo others left out."""
        entries = self._journal.entries(**equal)
        undone = {entry["undoes"]: entry for entry in entries if entry["undoes"] is not None}
        made = [entry for entry in entries if entry["undoes"] is None]
        latest = {_figure(entry): entry["id"] for entry in made if entry["id"] not in undone}
        return [
            Correction(
                id=entry["id"],
                at=entry["at"],
                actor=entry["actor"],
                reason=entry["reason"],
                source=entry["source"],
                figure=_figure(entry),
                expected=entry["expected_value"],
                value=entry["value"],
                undone=undone.get(entry["id"]),
                stands=latest.get(_figure(entry)) == entry["id"],
                status=entry["status"],
                misread=bool(entry["misread"]),
            )
            for entry in made
        ]

    def _add(self, figure: Figure, actor: str, reason: str, **values: Any) -> int:
        return self._journal.add([{**figure.columns, **values}], actor, reason)[0]


def _figure(entry: Entry) -> Figure:
    return Figure(*(entry[name] for name in Figure.__dataclass_fields__))


def _check(figure: Figure) -> None:
    """Raise CorrectionError for what cannot be a figure of the store."""
    known = {
        "metric": metrics().keys(),
        "applicant": APPLICANTS,
        "scope": (*SCOPES, None),
        "method": tuple(map(str, Method)),
    }
    for name, allowed in known.items():
        if getattr(figure, name) not in allowed:
            raise CorrectionError(f"{name}: {getattr(figure, name)!r} is not in the catalogue")
