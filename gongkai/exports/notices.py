"""What goes out to the units about a year's reports: for each unit its problems, and the findings they rest on.

Which findings go out is told by the query notice_findings alone (errors and chosen warnings, never a doubtful one,
never what is settled); how they are worded by `problems`, as in a return opinion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from gongkai.catalogue.checks import checks
from gongkai.errors import UnusableInput
from gongkai.exports.problems import Problem, problem

Ask = Callable[..., pd.DataFrame]
"""Puts a named query: `ask(name, **parameters)`."""

LANGUAGE = "zh-CN"
"""Papers to units are Chinese, whatever the screen speaks."""


class NoticeError(UnusableInput):
    """There is nothing to write, or not with these arguments: says why."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and where it stands; "" where that is not known."""

    agency_id: str
    agency: str
    province: str
    city: str
    county: str
    level: str
    kind: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What one unit is told: its problems, each with the finding (a row of notice_findings) that it puts in words."""

    unit: Unit
    problems: tuple[Problem, ...]
    findings: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which collection and year; `warnings`: the checks whose warnings go out beside all errors; one unit alone;
    only what units were not told of yet; `place` narrows further (province, city, levels, kinds, peers). `today`: when
    a report is overdue; without it nobody is told that a report is missing."""

    collection: str
    year: int
    warnings: tuple[str, ...] = ()
    agency_id: str | None = None
    only_new: bool = False
    place: Mapping[str, Any] | None = None
    today: date | None = None

    def parameters(self) -> dict[str, Any]:
        """The parameters of the query notice_findings."""
        return {
            "collection": self.collection,
            "year": self.year,
            "warnings": list(self.warnings),
            "agency_id": self.agency_id,
            "only_new": self.only_new,
            "today": self.today,
            **(self.place or {}),
        }


def known_warnings(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes, once each; raise NoticeError naming one that is no check."""
    for code in codes:
        if code not in checks():
            raise NoticeError(f"{code}: is no check; data/checks.csv names them")
    return tuple(dict.fromkeys(codes))


def gather(ask: Ask, wanted: Wanted) -> list[Notice]:
    """The notices, by place and unit; units without anything to be told are left out."""
    found = records(ask("notice_findings", **wanted.parameters()))
    if not found:
        return []
    cells: dict[str, list[dict[str, Any]]] = {}
    asked = ask(
        "finding_cells",
        collection=wanted.collection,
        agency_id=wanted.agency_id,
        first_year=wanted.year,
        last_year=wanted.year,
        finding_keys=[str(row["finding_key"]) for row in found],
    )
    for cell in records(asked):
        cells.setdefault(str(cell["finding_key"]), []).append(cell)
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_unit.setdefault(str(row["agency_id"]), []).append(row)
    return [
        Notice(
            unit_of(rows[0]),
            tuple(problem(row, cells.get(str(row["finding_key"]), []), LANGUAGE) for row in rows),
            tuple(rows),
        )
        for rows in by_unit.values()
    ]


def unit_of(row: Mapping[str, Any]) -> Unit:
    """The unit of a row that has its columns."""
    names = ("agency_id", "agency", "province", "city", "county", "level", "kind")
    return Unit(*(str(row[name]) if isinstance(row[name], str) else "" for name in names))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
