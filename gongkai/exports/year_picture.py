"""A year's reports as papers about it see them: who is due, in time, passed at once, praised, has what to correct.

From the query `submissions` (how far each unit is), notice_findings (what still has to be put to it) and year_problems
(whether it ever had anything). The day that lateness of what is missing counts from is given, never the clock's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from gongkai.exports.notices import Ask, Notice, Unit, Wanted, gather, records, unit_of

_PASSED = frozenset({"passed", "published", "filed"})
"""States of a report that passed and did not have to be corrected afterwards."""
_OUT = frozenset({"published", "filed", "corrected"})
_OF_SUBMISSION = frozenset({"report_missing", "submitted_late", "published_late"})
"""Checks whose finding is that of the submission itself, which is told apart."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands in a year. `late_days`: null where no date was set, or nobody knows when its report came;
    `clean`: no check ever found an error."""

    unit: Unit
    state: str
    late_days: int | None
    returns: int
    clean: bool
    notice: Notice | None
    waits: bool = False
    """Whether something came that may be its report, and nobody has said yet whose it is."""

    @property
    def received(self) -> bool:
        """Whether it handed anything in."""
        return self.state != "missing"

    @property
    def in_time(self) -> bool:
        """Whether it handed in by its date."""
        return self.received and self.late_days == 0

    @property
    def late(self) -> bool:
        """Whether it handed in, but after its date."""
        return self.received and (self.late_days or 0) > 0

    @property
    def overdue(self) -> bool:
        """Whether its date is over and nothing came, nor anything that may be its report."""
        return not self.received and not self.waits and self.late_days != 0

    @property
    def at_once(self) -> bool:
        """Whether its report passed without having been returned."""
        return self.returns == 0 and self.state in _PASSED

    @property
    def praised(self) -> bool:
        """In time, passed at once, and nothing to correct, not even a chosen warning."""
        return self.in_time and self.at_once and self.clean and self.notice is None


@dataclass(frozen=True, slots=True)
class Common:
    """A problem that several units have: its check, the notices of its units, how many findings, in their order."""

    check: str
    notices: tuple[Notice, ...]
    count: int


@dataclass(frozen=True)
class YearPicture:
    """The units on the year's confirmed list (`listed`; without one those that handed in: nobody is missing then), by
    place, and what they have to correct."""

    year: int
    listed: bool
    standings: tuple[Standing, ...]

    def count(self, name: str) -> int:
        """How many units are received, in_time, late, at_once or praised."""
        return sum(bool(getattr(each, name)) for each in self.standings)

    @cached_property
    def missing(self) -> int:
        """How many handed in nothing."""
        return sum(not each.received for each in self.standings)

    @cached_property
    def published(self) -> int:
        """How many reports are published."""
        return sum(each.state in _OUT for each in self.standings)

    @cached_property
    def returned(self) -> int:
        """How many reports had to be returned."""
        return sum(each.returns > 0 for each in self.standings)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What the units still have to correct."""
        return tuple(each.notice for each in self.standings if each.notice is not None)

    @cached_property
    def common(self) -> tuple[Common, ...]:
        """What is to be corrected, by check: the one that concerns most units first, ties by findings and code."""
        held: dict[str, dict[str, Notice]] = {}
        counts: dict[str, int] = {}
        for notice in self.notices:
            for row in notice.findings:
                code = str(row["check_code"])
                held.setdefault(code, {})[notice.unit.agency_id] = notice
                counts[code] = counts.get(code, 0) + 1
        found = [Common(code, tuple(notices.values()), counts[code]) for code, notices in held.items()]
        return tuple(sorted(found, key=lambda each: (-len(each.notices), -each.count, each.check)))

    @cached_property
    def place(self) -> str:
        """The city or province that all units lie in; "" where they lie in several, or nowhere known."""
        units = [each.unit for each in self.standings]
        for places in ({unit.city for unit in units}, {unit.province for unit in units}):
            if len(places) == 1:
                return places.pop()
        return ""


def picture(ask: Ask, wanted: Wanted, today: date) -> YearPicture:
    """The picture of `wanted` (one unit alone is not asked for) as of `today`."""
    place = dict(wanted.place or {})
    peers = place.pop("peers", None)
    rows = records(ask("submissions", collection=wanted.collection, year=wanted.year, today=today, **place))
    everywhere = {"peers": peers, **place}
    notices = {notice.unit.agency_id: notice for notice in gather(ask, replace(wanted, today=today))}
    ever = records(ask("year_problems", collection=wanted.collection, year=wanted.year, **everywhere))
    listed = any(_true(row["due"]) and _true(row["confirmed"]) for row in rows)
    counted = [row for row in rows if (_true(row["due"]) if listed else row["state"] != "missing")]
    return _picture(wanted.year, counted, notices, ever, listed)


def _picture(
    year: int,
    rows: Sequence[Mapping[str, Any]],
    notices: Mapping[str, Notice],
    ever: Sequence[Mapping[str, Any]],
    listed: bool,
) -> YearPicture:
    blamed = {str(row["agency_id"]) for row in ever if row["severity"] == "error"}
    standings = tuple(
        Standing(
            unit=unit_of(row),
            state=str(row["state"]),
            late_days=_late(row),
            returns=int(row["returns"]),
            clean=str(row["agency_id"]) not in blamed,
            notice=_of_content(notices.get(str(row["agency_id"]))),
            waits=not _absent(row.get("unconfirmed")) and int(row["unconfirmed"]) > 0,
        )
        for row in rows
    )
    return YearPicture(year, listed, standings)


def _of_content(notice: Notice | None) -> Notice | None:
    """The notice without what only says that nothing, or too late, was handed in."""
    if notice is None:
        return None
    kept = [
        (problem, row)
        for problem, row in zip(notice.problems, notice.findings, strict=True)
        if row["check_code"] not in _OF_SUBMISSION
    ]
    if not kept:
        return None
    return Notice(notice.unit, tuple(problem for problem, _ in kept), tuple(row for _, row in kept))


def _late(row: Mapping[str, Any]) -> int | None:
    """Days after the date; null also where nobody knows when a report came: it is neither praised nor blamed."""
    unknown = row["state"] != "missing" and _absent(row["received_on"])
    return None if unknown or _absent(row["late_days"]) else int(row["late_days"])


def _true(value: Any) -> bool:
    return not _absent(value) and bool(value)


def _absent(value: Any) -> bool:
    return value is None or value != value or type(value).__name__ in ("NAType", "NaTType")
