"""What other offices' ledgers say of units (gongkai/catalogue/ledgers.py), as people took it in: a journal.

An import is one entry that names the ledger, its year, its file and the metrics that its columns carry, and one for
every figure; they share a `batch`. Of the imports of one ledger and year, the latest that carries a metric is what
stands of it: a corrected ledger takes the place of the earlier one, and one that brings other columns stands beside.
An import is taken back by another entry, `undo`; then the one before it stands again. A blank cell has no entry.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.catalogue.ledgers import ledger_kinds
from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR, SCOPES
from gongkai.errors import UnusableInput
from gongkai.store.journal import Entry, Journal
from gongkai.store.workspace import Workspace

_COLUMNS = {
    "collection": "TEXT NOT NULL",
    "kind": "TEXT NOT NULL",
    "year": "INTEGER NOT NULL",
    "batch": "TEXT NOT NULL",
    "event": "TEXT NOT NULL CHECK (event IN ('import', 'figure', 'undo'))",
    "file": "TEXT",
    "metric": "TEXT",  # of an import: all that its columns carry, separated by blanks
    "agency_id": "TEXT",
    "agency": "TEXT",  # as the ledger calls it
    "applicant": "TEXT",
    "scope": "TEXT",  # null: the unit's usual one
    "value": "REAL",
    "row_no": "INTEGER",
    "undoes": "TEXT UNIQUE",  # the batch that is taken back
}


class LedgerError(UnusableInput):
    """A ledger cannot be read or taken in: names what is wrong, and where.

    `reason`, of a file: unreadable, no_units, no_columns, columns_twice, several_sheets, no_figures, rows_twice,
    rows_open; `value` is what it concerns (headings, sheets, a row).
    """

    def __init__(self, message: str, reason: str = "unreadable", value: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.value = value


@dataclass(frozen=True, slots=True)
class LedgerFigure:
    """What a ledger says of a unit: its id and its name as written, the metric, the scope (null: the unit's usual one),
    the value in the metric's unit, and the row of the file."""

    agency_id: str
    agency: str
    metric: str
    scope: str | None
    value: float
    row: int

    @property
    def cell(self) -> tuple[str, str, str | None]:
        """What the figure is about."""
        return self.agency_id, self.metric, self.scope


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as it was read from a file: of which kind and year, the metrics that its columns carry, its figures."""

    kind: str
    year: int
    file: str
    metrics: tuple[str, ...]
    figures: tuple[LedgerFigure, ...]


@dataclass(frozen=True, slots=True)
class LedgerImport:
    """An import as it stands: `batch` names it, `standing` is how many of its `figures` still count."""

    batch: str
    kind: str
    year: int
    file: str
    metrics: tuple[str, ...]
    at: str
    actor: str
    reason: str
    figures: int
    units: int
    standing: int
    undone: Entry | None


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """What a ledger would change of what stands: figures of new cells, (before, after) of those whose value differs,
    those that the ledger has no longer, and how many stay as they are."""

    added: tuple[LedgerFigure, ...] = ()
    changed: tuple[tuple[LedgerFigure, LedgerFigure], ...] = ()
    removed: tuple[LedgerFigure, ...] = ()
    same: int = 0

    @property
    def empty(self) -> bool:
        """Whether all stands already."""
        return not (self.added or self.changed or self.removed)


@dataclass(slots=True)
class _Standing:
    """The imports of a collection, oldest first, with their figures; which batch counts for (kind, year, metric)."""

    imports: dict[str, Entry] = field(default_factory=dict)
    figures: dict[str, list[Entry]] = field(default_factory=dict)
    undone: dict[str, Entry] = field(default_factory=dict)
    latest: dict[tuple[str, int, str], str] = field(default_factory=dict)

    def counts(self, entry: Entry) -> bool:
        batch: str = entry["batch"]
        return self.latest.get((entry["kind"], entry["year"], entry["metric"])) == batch


class LedgerBook:
    """The ledgers of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.journal = Journal(workspace, "ledger_entry", _COLUMNS, ("collection", "kind", "year"), LedgerError)

    def take_in(self, collection: str, ledger: Ledger, actor: str, reason: str) -> LedgerChange:
        """Enter a ledger, all of it or nothing; return what that changes. One that says what stands already is not
        entered again. Raise LedgerError for a kind, year, metric or value that cannot be."""
        check(ledger)
        change = self.change(collection, ledger)
        if change.empty:
            return change
        about = {"collection": collection, "kind": ledger.kind, "year": ledger.year, "file": ledger.file}
        about["batch"] = secrets.token_hex(8)
        head = {**about, "event": "import", "metric": " ".join(ledger.metrics)}
        rows = [
            {
                **about,
                "event": "figure",
                "metric": one.metric,
                "agency_id": one.agency_id,
                "agency": one.agency,
                "applicant": "all",
                "scope": one.scope,
                "value": one.value,
                "row_no": one.row,
            }
            for one in ledger.figures
        ]
        self.journal.add([head, *rows], actor, reason)
        return change

    def change(self, collection: str, ledger: Ledger) -> LedgerChange:
        """What `take_in` would change."""
        stood = standing(self.journal.entries(collection=collection, kind=ledger.kind, year=ledger.year))
        before = {one.cell: one for one in map(figure_of, stood) if one.metric in ledger.metrics}
        after = {one.cell: one for one in ledger.figures}
        return LedgerChange(
            added=tuple(one for cell, one in after.items() if cell not in before),
            changed=tuple(
                (before[cell], one) for cell, one in after.items() if cell in before and before[cell].value != one.value
            ),
            removed=tuple(one for cell, one in before.items() if cell not in after),
            same=sum(cell in before and before[cell].value == one.value for cell, one in after.items()),
        )

    def undo(self, collection: str, batch: str, actor: str, reason: str) -> None:
        """Take back an import. Raise LedgerError for one that does not exist or was taken back already."""
        found = self.journal.entries(collection=collection, batch=batch, event="import")
        if not found:
            raise LedgerError(f"{collection}: there is no import {batch} that can be taken back")
        kept = {name: found[0][name] for name in ("collection", "kind", "year", "batch", "file")}
        try:
            self.journal.add([{**kept, "event": "undo", "undoes": batch}], actor, reason)
        except sqlite3.IntegrityError as error:
            raise LedgerError(f"import {batch} was taken back already") from error

    def imports(self, collection: str) -> list[LedgerImport]:
        """Every import of a collection, oldest first."""
        held = _standing(self.journal.entries(collection=collection))
        found = []
        for batch, entry in held.imports.items():
            own = held.figures.get(batch, [])
            found.append(
                LedgerImport(
                    batch=batch,
                    kind=entry["kind"],
                    year=entry["year"],
                    file=entry["file"],
                    metrics=tuple(entry["metric"].split()),
                    at=entry["at"],
                    actor=entry["actor"],
                    reason=entry["reason"],
                    figures=len(own),
                    units=len({one["agency_id"] for one in own}),
                    standing=sum(map(held.counts, own)),
                    undone=held.undone.get(batch),
                )
            )
        return found


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """Of a journal's entries about one collection or several, the figures that count, in their order."""
    collections: dict[str, list[Entry]] = {}
    for entry in entries:
        collections.setdefault(entry["collection"], []).append(entry)
    held = {name: _standing(own) for name, own in collections.items()}
    return [entry for entry in entries if entry["event"] == "figure" and held[entry["collection"]].counts(entry)]


def figure_of(entry: Entry) -> LedgerFigure:
    """The figure of an entry."""
    names = ("agency_id", "agency", "metric", "scope", "value", "row_no")
    return LedgerFigure(*(entry[name] for name in names))


def check(ledger: Ledger) -> None:
    """Raise LedgerError naming what cannot be."""
    if ledger.kind not in ledger_kinds():
        raise LedgerError(f"kind: {ledger.kind!r} is not one of {', '.join(ledger_kinds())}")
    if not FIRST_YEAR <= ledger.year <= LAST_YEAR:
        raise LedgerError(f"year: {ledger.year} is no statistical year")
    known = ledger_kinds()[ledger.kind].metrics
    if strange := set(ledger.metrics) - set(known) | {one.metric for one in ledger.figures} - set(ledger.metrics):
        raise LedgerError(f"metric: {', '.join(sorted(strange))} is in no column of this ledger")
    for one in ledger.figures:
        if one.scope is not None and one.scope not in SCOPES:
            raise LedgerError(f"row {one.row}, scope: {one.scope!r} is not one of {', '.join(SCOPES)}")
        if one.value < 0 or one.value != int(one.value):
            raise LedgerError(f"row {one.row}, {one.metric}: {one.value} is no count")
    if len({one.cell for one in ledger.figures}) < len(ledger.figures):
        raise LedgerError("two rows say the same of one unit")


def _standing(entries: Iterable[Entry]) -> _Standing:
    held = _Standing()
    for entry in entries:
        if entry["event"] == "import":
            held.imports[entry["batch"]] = entry
        elif entry["event"] == "figure":
            held.figures.setdefault(entry["batch"], []).append(entry)
        else:
            held.undone[entry["undoes"]] = entry
    for batch, entry in held.imports.items():
        if batch not in held.undone:
            for metric in entry["metric"].split():
                held.latest[entry["kind"], entry["year"], metric] = batch
    return held
