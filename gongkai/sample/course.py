"""How far a report has come: its state, the days on which its versions came, were returned, passed and published."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from gongkai.sample.settings import Day, Settings, on, submissions
from gongkai.sample.unit import Unit

_T = TypeVar("_T")

OPEN = frozenset({"waiting", "returned", "passed"})
"""States of reports that are not out yet."""


@dataclass(slots=True)
class Course:
    """The way of one report. `received` are the days on which its drafts came in, one a draft; `returned` those on
    which they went back, in the same order (one fewer, unless the last went back, too). Days that have not come are
    null.

    `tracked`: its versions and their events are kept; else only what was published is known. `drafts`: so many drafts
    are files of their own; `approved`: so is the approved one; `twice`: the last draft came a second time under
    another name; `again`: it was published a second time.
    """

    state: str
    as_of: date
    tracked: bool = False
    received: list[date] = field(default_factory=list)
    returned: list[date] = field(default_factory=list)
    passed_on: date | None = None
    published_on: date | None = None
    drafts: int = 0
    approved: bool = False
    twice: bool = False
    again: bool = False

    @property
    def first_received(self) -> date:
        """When the first version came in."""
        return self.received[0]

    @property
    def stage(self) -> str:
        """The stage of the version that stands."""
        if self.state in OPEN:
            return "approved" if self.approved else "draft"
        return "corrected" if self.state == "corrected" else "published"

    @property
    def filed_on(self) -> date | None:
        """When the address was recorded."""
        if self.published_on is None or self.state not in ("filed", "corrected"):
            return None
        return min(self.as_of, self.published_on + timedelta(days=1 + self.published_on.day % 3))

    @property
    def corrected_on(self) -> date | None:
        """When a correction was published."""
        if self.filed_on is None or self.state != "corrected":
            return None
        return min(self.as_of, self.filed_on + timedelta(days=9 + self.filed_on.day % 8))

    def late(self, chance: Random, unit: Unit, year: int) -> bool:
        """Let the first version come after the notice's day, and the report be out by the law's; whether that works."""
        group = submissions().group(unit)
        room = (on(year, group.statutory) - on(year, group.notice)).days
        if self.published_on is None or len(self.received) > 1 or room < 6:
            return False
        first = on(year, group.notice) + timedelta(days=chance.randint(2, min(room - 4, 12)))
        if first + timedelta(days=4) > self.as_of:
            return False
        self.received = [first]
        self.passed_on = first + timedelta(days=1)
        latest = min(on(year, group.statutory), self.as_of)
        self.published_on = min(latest, first + timedelta(days=chance.randint(2, 4)))
        return True


def course_of(unit: Unit, year: int, chance: Random, steps: Random, tracked: int) -> Course:
    """The way of a report that is not late. `tracked` 0: filed, versions unknown; 1: the last year, 2: the one before.

    `chance` gives the days that every report has, `steps` the rest.
    """
    known = submissions()
    group = known.group(unit)
    as_of = on(year, known.as_of) if tracked == 1 else date(year + 2, 1, 1)
    if unit.scope == "whole":
        published = date(year + 1, 3, 1) + timedelta(days=chance.randint(4, 29))
    else:
        published = date(year + 1, 1, 8) + timedelta(days=chance.randint(0, 22))
    if not tracked:
        received = min(on(year, group.notice), published - timedelta(days=steps.randint(1, 12)))
        return Course("filed", as_of, received=[received], published_on=published)
    state = _drawn(steps, group.weights if tracked == 1 else known.before)
    course = Course(state, as_of, tracked=True)
    if state != "missing":
        _fill(course, year, known, unit, published, steps)
    return course


def _fill(course: Course, year: int, known: Settings, unit: Unit, published: date, steps: Random) -> None:
    group, state = known.group(unit), course.state
    course.drafts = _drawn(steps, known.drafts_of_open if state in OPEN else known.drafts)
    course.approved = state not in ("waiting", "returned") and course.drafts > 0 and steps.random() < known.approved
    rounds = max(1, course.drafts)
    overdue = state in ("waiting", "returned")
    day = _between(steps, year, group.late if overdue else group.first)
    for number in range(1, rounds + 1):
        course.received.append(day)
        day += timedelta(days=steps.randint(1, 2))
        if number < rounds or state == "returned":
            course.returned.append(day)
        day += timedelta(days=steps.randint(1, 2))
    if not overdue:
        course.passed_on = course.received[-1] + timedelta(days=1)
    if state not in OPEN and course.passed_on:
        out = max(published, course.passed_on + timedelta(days=1))
        course.published_on = min(out, on(year, group.statutory), course.as_of - timedelta(days=1))
    _not_after(course)


def _not_after(course: Course) -> None:
    """Nothing of what happened lies after the day on which it is looked at: all of it came sooner."""
    days = [*course.received, *course.returned, *filter(None, [course.passed_on])]
    excess = max(days) - (course.published_on or course.as_of)
    if excess <= timedelta(0):
        return
    course.received = [day - excess for day in course.received]
    course.returned = [day - excess for day in course.returned]
    course.passed_on = course.passed_on - excess if course.passed_on else None


def _between(chance: Random, year: int, span: tuple[Day, Day]) -> date:
    first, last = on(year, span[0]), on(year, span[1])
    return first + timedelta(days=chance.randint(0, (last - first).days))


def _drawn(chance: Random, weights: dict[_T, float]) -> _T:
    return chance.choices(list(weights), list(weights.values()))[0]
