"""Plant mistakes on purpose, so that the checks have something to find, and record each beside the report.

How often each is made is data (data/sample/mistakes.csv); how stands in wrong_tables.py, wrong_texts.py and
wrong_years.py. What else a mistake breaks, in the next year or in the government's report, is worked out in
consequences.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from random import Random

from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample import wrong_tables, wrong_texts, wrong_years
from gongkai.sample.book import Book, Maker
from gongkai.sample.chance import stream
from gongkai.sample.draft import Draft, Mistake
from gongkai.sample.settings import submissions
from gongkai.sample.unit import Unit

MAKERS: dict[str, Maker] = {**wrong_tables.MAKERS, **wrong_texts.MAKERS, **wrong_years.MAKERS}
"""How each mistake is made."""
_COLUMNS = ("check", "per_thousand", "first_year", "last_year")
_LARGE = 250
"""From so many eligible reports on, every kind of mistake is made at least once."""
_WORDS_ALONE = frozenset({"placeholder_left", "fee_statement_missing", "wrong_reference"})
"""Mistakes that can be made beside any other."""
_WRONG_WHEN_WAITING = 0.4
"""The share of drafts not yet looked at in which something is wrong."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a mistake is made: reports in a thousand, in the years in which its check applies."""

    check: str
    per_thousand: float
    years: range


class Planter:
    """Makes every kind of mistake as often as a file says, year after year; owns how many are still to be made."""

    def __init__(self, units: tuple[Unit, ...], years: range, seed: int, file: str, tracked: int) -> None:
        self._seed, self._file = seed, file
        self._wanted: dict[str, Counter[int]] = {}
        for rate in rates(file):
            versioned = rate.check in wrong_years.VERSIONED
            known = range(max(years[0], years[-1] - tracked + 1), years[-1] + 1) if versioned else years
            fitting = [year for year in known if year in rate.years]
            counts = [sum(unit.exists(year) for unit in units) for year in fitting]
            # A large sample has every kind of mistake; a small one stays as clean as the shares say.
            number = round(sum(counts) * rate.per_thousand / 1000) or int(sum(counts) >= _LARGE)
            lot = stream(seed, "mistakes", rate.check, "years")
            self._wanted[rate.check] = Counter(lot.choices(fitting, counts, k=number) if number else ())

    def plant(self, book: Book) -> None:
        """Make the mistakes of the year of `book`, in reports chosen by lot, at most one kind in a report."""
        year = book.drafts[0].year
        for draft in book.drafts:
            chance = stream(self._seed, draft.unit.name, year, "open")
            wrong = draft.course.state == "returned" or (
                draft.course.state == "waiting" and chance.random() < _WRONG_WHEN_WAITING
            )
            if wrong and not draft.missing and not draft.mistakes:
                spoil(draft, chance, book)
        for rate in rates(self._file):
            chance = stream(self._seed, "mistakes", rate.check, year)
            wanted = self._wanted[rate.check].pop(year, 0)
            for draft in chance.sample(book.drafts, len(book.drafts)) if wanted else ():
                if not wanted:
                    break
                if draft.mistakes or draft.missing or not draft.tables:
                    continue
                places = MAKERS[rate.check](draft, chance, book)
                draft.mistakes += [Mistake(rate.check, place) for place in places]
                wanted -= bool(places)
            if wanted and year + 1 in rate.years:
                self._wanted[rate.check][year + 1] += wanted


def spoil(draft: Draft, chance: Random, book: Book) -> None:
    """Make one of the mistakes for which drafts go back."""
    known = {rate.check: rate.years for rate in rates()}
    faults = [name for name in submissions().faults if draft.year in known[name]]
    # What is wrong in the version that stands was wrong before, too; then only other words can be wrong beside it.
    present = {mistake.check for mistake in draft.mistakes} | ({"placeholder_left"} if draft.placeholder else set())
    faults = [name for name in faults if name not in present and (not present or name in _WORDS_ALONE)]
    for name in chance.sample(faults, len(faults)):
        if places := MAKERS[name](draft, chance, book):
            draft.mistakes = [*draft.mistakes, *(Mistake(name, place) for place in places)]
            return


@cache
def rates(file: str = "mistakes.csv") -> tuple[Rate, ...]:
    """The file's lines, in the order in which mistakes are made. Raise CatalogueError naming file, line and field."""
    path, found = DATA / "sample" / file, list[Rate]()
    for line, row in rows(path, _COLUMNS):
        try:
            years = range(int(row["first_year"]), int(row["last_year"]) + 1)
            found.append(Rate(row["check"], float(row["per_thousand"]), years))
        except ValueError as error:
            raise CatalogueError(f"sample/{path.name}, line {line}: {error}") from error
        if row["check"] not in MAKERS or any(rate.check == row["check"] for rate in found[:-1]):
            raise CatalogueError(
                f"sample/{path.name}, line {line}, check: {row['check']!r} stands twice or is not made"
            )
    return tuple(found)
