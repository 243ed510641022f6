"""A roll-up as the page, the Excel and the Word file show it: the answers of the roll_up queries, put together once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from gongkai.catalogue.form_cells import regime_of
from gongkai.catalogue.form_layout import Key
from gongkai.catalogue.identities import Place, places
from gongkai.errors import UnusableInput

PARTS = ("whole", "organ")
"""汇总: everything that counts in the unit; 本级: the units of its own level alone."""
USES = ("published", "approved", "latest")
"""Which versions count: published ones; approved ones as well; whatever version stands."""
OUTSIDE = frozenset({"vertical", "nowhere", "elsewhere", "merged", "contained"})
"""States of units that by the register do not count here at all: they are not missing."""

Ask = Callable[..., pd.DataFrame]
"""Puts a named query: `ask(name, **parameters)`."""


class RollUpError(UnusableInput):
    """There is nothing to add up: says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is added up: for whom, which year, 汇总 or 本级, from which versions. `members` are those of a group, which
    `agency_id` then names (saved:3)."""

    collection: str
    agency_id: str
    year: int
    part: str = "whole"
    use: str = "published"
    members: tuple[str, ...] = ()

    def parameters(self) -> dict[str, Any]:
        """The parameters of the roll_up queries."""
        return {
            "collection": self.collection,
            "agency_id": self.agency_id,
            "year": self.year,
            "part": self.part,
            "use": self.use,
            "members": list(self.members),
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the form. `value`: the sum of the `counted` among `units` (null: nobody has a figure); `reported`:
    what the unit itself says; `difference`: reported less value."""

    key: Key
    table: str
    units: int
    counted: int
    value: float | None
    reported: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class Member:
    """A unit that the total has to do with, and why its report counts or not (`state`: _roll_up_member.sql)."""

    id: str
    name: str
    level: str
    kind: str
    place: str
    scope: str
    state: str
    stage: str | None
    other: str | None
    report_id: str | None
    source: str | None
    reviewer: str | None
    contact: str | None

    @property
    def outside(self) -> bool:
        """Whether it does not count here by the register, so that nobody misses it."""
        return self.state in OUTSIDE


@dataclass(frozen=True, slots=True)
class Given:
    """What a unit puts into a cell: its value and `status` (_roll_up_value.sql); only counted ones are added."""

    value: float | None
    status: str
    report_id: str | None
    figure_id: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """A unit that could explain the difference of a cell, by `reason` (_roll_up_trace.sql)."""

    key: Key
    member: str
    reason: str
    value: float | None


@dataclass(frozen=True)
class RollUp:
    """A form filled with the sums of all units that count."""

    wanted: Wanted
    title: str
    regime: str
    cells: Mapping[Key, Cell]
    members: Sequence[Member]
    given: Mapping[str, Mapping[Key, Given]]
    traces: Sequence[Trace] = field(default=())

    @property
    def expected(self) -> list[Member]:
        """The units that count in it by the register, whether or not their report does."""
        return [member for member in self.members if not member.outside]

    @property
    def counted(self) -> list[Member]:
        """The units whose reports count."""
        return [member for member in self.members if member.state == "counted"]

    @property
    def strangers(self) -> int:
        """How many members of a group the register does not know in this year: they cannot be added."""
        return len(set(self.wanted.members) - {member.id for member in self.members})

    @property
    def differing(self) -> list[Cell]:
        """The cells in which the unit itself reports something else than the sum."""
        return [cell for cell in self.cells.values() if cell.difference or (cell.value is None and cell.reported)]

    @property
    def reports_itself(self) -> bool:
        """Whether the unit's own report of this scope has any figure of the form."""
        return any(cell.reported is not None for cell in self.cells.values())

    @cached_property
    def totals(self) -> dict[Key, Place]:
        """The cells that the form's own identities make of others, each with one identity."""
        found: dict[Key, Place] = {}
        for place in places(frozenset(metric for metric, _ in self.cells), self.regime):
            if len(place.left) == 1 and place.left[0] not in found and all(key in self.cells for key in place.cells):
                found[place.left[0]] = place
        return found

    def of_parts(self, key: Key) -> float | None:
        """What a total comes to by the form's identity; null where it is none, or a part has no figure."""
        place = self.totals.get(key)
        if place is None:
            return None
        parts = [self.cells[part].value for part in place.right]
        known = [part for part in parts if part is not None]
        return math.fsum(known) if len(known) == len(parts) else None

    def unequal(self, key: Key) -> bool:
        """Whether the added totals of the units are not the total of the added parts: some unit's own sum is wrong."""
        expected, value = self.of_parts(key), self.cells[key].value
        return expected is not None and value is not None and not math.isclose(expected, value, abs_tol=1e-6)

    def of(self, key: Key) -> list[tuple[Member, Given | None]]:
        """Every unit with what it puts into a cell (null: it has no report to look into)."""
        return [(member, self.given.get(member.id, {}).get(key)) for member in self.members]


def gather(ask: Ask, wanted: Wanted, title: str) -> RollUp:
    """Put the roll-up together. Raise RollUpError for a year without a form, and where no unit counts."""
    regime = regime_of(wanted.year)
    if regime is None:
        raise RollUpError(f"{wanted.year}: there was no national form yet; the first is that of 2014")
    if wanted.part not in PARTS or wanted.use not in USES:
        raise RollUpError(f"{wanted.part}, {wanted.use}: a part is one of {PARTS}, a use one of {USES}")
    members = [_member(row) for row in ask("roll_up_members", **wanted.parameters()).to_dict("records")]
    if all(member.outside for member in members):
        raise RollUpError(
            f"{title}: by the register no unit counts in it in {wanted.year}; who counts where is said in the register "
            "(`gongkai agencies import`, column counts_in)"
        )
    cells = {cell.key: cell for cell in map(_cell, ask("roll_up", **wanted.parameters()).to_dict("records"))}
    given: dict[str, dict[Key, Given]] = {}
    for row in ask("roll_up_values", **wanted.parameters()).to_dict("records"):
        given.setdefault(row["member_id"], {})[row["metric"], row["applicant"]] = Given(
            _number(row["value"]), row["status"], _text(row["report_id"]), _text(row["figure_id"])
        )
    found = RollUp(wanted, title, regime, cells, members, given)
    if not found.differing:
        # The dearest of the questions, and there is nothing to explain.
        return found
    traces = [
        Trace((row["metric"], row["applicant"]), row["member_id"], row["reason"], _number(row["value"]))
        for row in ask("roll_up_traces", **wanted.parameters()).to_dict("records")
    ]
    return replace(found, traces=traces)


def _cell(row: dict[Any, Any]) -> Cell:
    return Cell(
        (row["metric"], row["applicant"]),
        row["form_table"],
        int(row["units"]),
        int(row["counted"]),
        *(_number(row[name]) for name in ("value", "reported", "difference")),
    )


def _member(row: dict[Any, Any]) -> Member:
    place = " ".join(filter(None, (_text(row["city"]), _text(row["county"]))))
    return Member(
        row["member_id"],
        row["member"],
        row["level"],
        row["kind"],
        place,
        row["scope"],
        row["state"],
        *(_text(row[name]) for name in ("stage", "other", "report_id", "source", "reviewer", "contact")),
    )


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)
