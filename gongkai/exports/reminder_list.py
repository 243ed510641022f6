"""Whom to remind: who has not reported, was returned and has not sent again, or passed and has not published.

Made of the rows of the named query `submissions`, for the day that the query was asked for; nothing here looks at the
clock. The words are messages (submissions.*), in the language of the reminder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from gongkai.catalogue.messages import message
from gongkai.documents.numerals import chinese

REASONS = ("overdue", "returned", "unpublished", "missing")
"""The most pressing first: 逾期未报, 退回未重报, 通过未发布 (after the statutory day), 未报 (still in time)."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is called for: the item (report, website_form) of a year, as of the day `today`, in a language."""

    year: int
    today: date
    item: str = "report"
    language: str = "zh-CN"

    def word(self, key: str, **values: object) -> str:
        """The message submissions.<key>."""
        return message(self.language, f"submissions.{key}", **values)

    def day(self, value: date, short: bool = False) -> str:
        """A date in words: 2025年1月20日, or 1月20日."""
        return self.word("day_short" if short else "day", year=value.year, month=value.month, day=value.day)


@dataclass(frozen=True, slots=True)
class Reminded:
    """A unit to remind; null or "" is unknown. `days` past the date `due_on`, 0 where that is still to come."""

    agency: str
    city: str
    county: str
    reports_to: str
    reason: str
    days: int
    since: date | None
    due_on: date | None
    contact: str
    telephone: str


def reminded(frame: pd.DataFrame, call: Call) -> dict[str, list[Reminded]]:
    """The units to remind by city ("": none), both in the frame's order; in a city the most pressing reason first.

    `frame`: rows of the query `submissions`. Units that are not due are left out, whatever they sent.
    """
    found: dict[str, list[Reminded]] = {}
    for row in frame.to_dict("records"):
        unit = to_remind({str(name): value for name, value in row.items()}, call.today)
        if unit is not None:
            found.setdefault(unit.city, []).append(unit)
    for units in found.values():
        units.sort(key=lambda unit: (REASONS.index(unit.reason), -unit.days))
    return found


OPEN = ("missing", "returned", "passed")
"""The states of those who may have to be reminded."""


def to_remind(row: Mapping[str, Any], today: date) -> Reminded | None:
    """The unit of a row of the query `submissions`, if it is to be reminded on the day `today`."""
    state = _text(row.get("state"))
    if not _true(row.get("due")) or state not in OPEN:
        return None
    # A return is answered by a version that came after it, and what passed is published by the day the law sets.
    if state == "returned" and _true(row.get("fresh")):
        return None
    notice, statutory = _day(row.get("due_on")), _day(row.get("statutory_on"))
    due_on = statutory if state == "passed" else notice or statutory
    days = max((today - due_on).days, 0) if due_on else 0
    if state == "passed" and not days:
        return None
    reasons = {"returned": "returned", "passed": "unpublished", "missing": "overdue" if days else "missing"}
    return Reminded(
        agency=_text(row.get("agency")),
        city=_text(row.get("city")),
        county=_text(row.get("county")),
        reports_to=_text(row.get("reports_to")),
        reason=reasons[state],
        days=days,
        since=_day(row.get("since")),
        due_on=due_on,
        contact=_text(row.get("contact")),
        telephone=_text(row.get("telephone")),
    )


def counts(groups: Mapping[str, list[Reminded]], call: Call) -> str:
    """How many units for which reason, in words: 逾期未报3家、退回未重报1家."""
    reasons = [unit.reason for units in groups.values() for unit in units]
    parts = [
        call.word("reminder.part", reason=call.word(f"reason.{reason}"), count=reasons.count(reason))
        for reason in REASONS
        if reason in reasons
    ]
    return call.word("reminder.between").join(parts)


def detail(unit: Reminded, call: Call, short: bool = False) -> str:
    """What there is to say of a unit: 逾期12天; 1月9日退回，已逾期3天. In a short text "" for one that is in time."""
    kind = "returned_late" if unit.reason == "returned" and unit.days else unit.reason
    if short and kind == "missing":
        return ""
    # Without a date of the return, or in a chat, the return alone is said.
    if short or (unit.reason == "returned" and unit.since is None):
        return call.word(f"short.{kind}", days=unit.days)
    return call.word(f"detail.{kind}", days=unit.days, date=call.day(unit.since, short=True) if unit.since else "")


def headings(groups: Mapping[str, list[Reminded]], call: Call) -> Iterator[tuple[str, list[Reminded]]]:
    """Each city's heading, numbered as papers are (一、二、), and its units."""
    for number, (city, units) in enumerate(groups.items(), 1):
        count = chinese(number) if call.language.startswith("zh") else str(number)
        yield (
            call.word(
                "reminder.city", number=count, city=line(city) or call.word("reminder.no_city"), count=len(units)
            ),
            units,
        )


def line(text: str) -> str:
    """`text` on one line: what a name holds is a name."""
    return " ".join(text.split())


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value is pd.NaT or value != value else str(value)


def _true(value: object) -> bool:
    return value is not None and value is not pd.NA and bool(value)


def _day(value: Any) -> date | None:
    if value is None or pd.isna(value):
        return None
    return pd.Timestamp(value).date()
