"""How far reports are, as data (data/sample/submissions.toml): states, dates, what is returned and why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.unit import Unit

STATES = ("missing", "waiting", "returned", "passed", "published", "filed", "corrected")
"""The states of a report, from the first to the last."""
GROUPS = ("organ", "county", "prefecture", "province")

Day = tuple[int, int]
"""A month and a day of the year after the statistical one."""


@dataclass(frozen=True, slots=True)
class Group:
    """The dates of one group of units: the notice's, the law's, the spans of first drafts in time and late.

    `weights` are the states of the last year.
    """

    notice: Day
    statutory: Day
    first: tuple[Day, Day]
    late: tuple[Day, Day]
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Settings:
    """The file; see its head and its comments. Shares are weights by what they choose."""

    as_of: Day
    groups: dict[str, Group]
    before: dict[str, float]
    drafts: dict[int, float]
    drafts_of_open: dict[int, float]
    approved: float
    draft_formats: dict[str, float]
    faults: tuple[str, ...]
    suffixes: dict[str, str]
    form_first_year: int
    form_deadline: Day
    form_weights: dict[str, float]
    notes: dict[str, str]

    def group(self, unit: Unit) -> Group:
        """The dates of a unit."""
        return self.groups[unit.level if unit.scope == "whole" else "organ"]


def on(year: int, day: Day) -> date:
    """A day of the year after the statistical `year`."""
    return date(year + 1, *day)


@cache
def submissions() -> Settings:
    """The settings. Raise CatalogueError naming the file and the entry."""
    path = DATA / "sample" / "submissions.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        versions, form = raw["versions"], raw["website_form"]
        found = Settings(
            as_of=_day(raw["as_of"]["day"]),
            groups={name: _group(raw["group"][name]) for name in GROUPS},
            before=_weights(raw["before"]["weights"]),
            drafts={int(number): float(share) for number, share in versions["drafts"].items()},
            drafts_of_open={int(number): float(share) for number, share in versions["drafts_of_open"].items()},
            approved=float(versions["approved"]),
            draft_formats=dict(versions["draft_formats"]),
            faults=tuple(versions["faults"]),
            suffixes=dict(versions["suffixes"]),
            form_first_year=int(form["first_year"]),
            form_deadline=_day(form["deadline"]),
            form_weights=_weights(form["weights"]),
            notes=dict(raw["notes"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"sample/{path.name}: {error!r}") from error
    if lost := {*found.faults, "other", "corrected"} - found.notes.keys():
        raise CatalogueError(f"sample/{path.name}, notes: {sorted(lost)} are missing")
    return found


def _day(text: str) -> Day:
    month, day = map(int, text.split("-"))
    date(2001, month, day)
    return month, day


def _weights(raw: dict[str, Any]) -> dict[str, float]:
    if unknown := raw.keys() - set(STATES):
        raise ValueError(f"{sorted(unknown)} are no states")
    return {state: float(raw[state]) for state in STATES if state in raw}


def _group(raw: dict[str, Any]) -> Group:
    first, late = ((_day(raw[name][0]), _day(raw[name][1])) for name in ("first", "late"))
    return Group(_day(raw["notice"]), _day(raw["statutory"]), first, late, _weights(raw["weights"]))
