"""The statutory dates by which reports have to be handed in (data/deadlines.csv), each with its article.

A row holds for the statistical years from first_year to last_year (blank: open), for the levels and kinds it names
(blank: all); the day lies in the year after. Whom no row concerns, the law gives no date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongkai.catalogue.submissions import ITEMS
from gongkai.catalogue.tables import choice, rows
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, FIRST_YEAR, LAST_YEAR
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_COLUMNS = ("item", "first_year", "last_year", "levels", "kinds", "month_day", "source_zh", "source_en")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A statutory date: of what, for the statistical years `first` to `last`, for which levels and kinds of units."""

    item: str
    first: int
    last: int
    levels: tuple[str, ...]
    kinds: tuple[str, ...]
    month: int
    day: int
    source_zh: str
    source_en: str

    def on(self, year: int) -> date:
        """The day for the statistical year `year`."""
        return date(year + 1, self.month, self.day)

    def source(self, language: str) -> str:
        """The article, in "zh" or "en"."""
        return self.source_en if language == "en" else self.source_zh


@cache
def deadlines(path: Path = DATA / "deadlines.csv") -> tuple[Deadline, ...]:
    """The rows of the file; raise CatalogueError naming file, line and field."""
    found: list[Deadline] = []
    for line, row in rows(path, _COLUMNS):
        one = Deadline(
            choice(path, line, "item", row["item"], frozenset(ITEMS)),
            _year(path, line, "first_year", row["first_year"]),
            _year(path, line, "last_year", row["last_year"]) if row["last_year"] else LAST_YEAR,
            _codes(path, line, "levels", row["levels"], AGENCY_LEVELS),
            _codes(path, line, "kinds", row["kinds"], AGENCY_KINDS),
            *_month_day(path, line, row["month_day"]),
            row["source_zh"],
            row["source_en"],
        )
        if not one.source_zh or not one.source_en:
            raise CatalogueError(f"{path.name}, line {line}, source_zh, source_en: is needed in both languages")
        if one.last < one.first:
            raise CatalogueError(f"{path.name}, line {line}, last_year: is before first_year")
        if any(_overlap(one, other) for other in found):
            raise CatalogueError(f"{path.name}, line {line}: concerns units and years that have a date already")
        found.append(one)
    return tuple(found)


def _year(path: Path, line: int, field: str, text: str) -> int:
    if not text.isdigit() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise CatalogueError(f"{path.name}, line {line}, {field}: {text!r} is no year")
    return int(text)


def _codes(path: Path, line: int, field: str, text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(choice(path, line, field, code, frozenset(known)) for code in text.split())
    return codes or known


def _month_day(path: Path, line: int, text: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2001-{text}")
    except ValueError as error:
        raise CatalogueError(f"{path.name}, line {line}, month_day: {text!r} is no day like 01-31") from error
    return day.month, day.day


def _overlap(one: Deadline, other: Deadline) -> bool:
    return (
        one.item == other.item
        and max(one.first, other.first) <= min(one.last, other.last)
        and not set(one.levels).isdisjoint(other.levels)
        and not set(one.kinds).isdisjoint(other.kinds)
    )
