"""A report before it is put into words: its figures, its dates, and where it goes wrong on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from gongkai.sample.activity import Values
from gongkai.sample.chance import stream
from gongkai.sample.counts import MONEY, Key, Table, regime_of
from gongkai.sample.course import Course, course_of
from gongkai.sample.settings import submissions
from gongkai.sample.titles import name_in_title
from gongkai.sample.unit import Unit

FORMATS = {"html": 44, "docx": 29, "pdf": 24, "txt": 3}
"""The share of each format, in percent."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake made on purpose: the check that ought to find it (domain code), and where it stands."""

    check: str
    where: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A statement that is made in `part`, with these figures (none: the true ones)."""

    part: str
    figures: dict[str, float]


@dataclass(slots=True)
class Draft:
    """One report of one unit: the version that stands, from which the others are made (gongkai/sample/versions.py).

    `table` holds the figures as printed, `odd` the cells that print something else than a whole number ("" and "/"
    have no value). `labels` are printed instead of the form's. `planted` are statements (by id) that must be made with
    figures other than the true ones. `omitted` are the numbers of left out sections; `five_from` is the unit and year
    whose section five was copied. `called` is what the title calls the unit, `suffix` stands behind it in the file's
    name. `before` are figures that an earlier version gave otherwise, by its stage; `sums` are what a government's
    units add up to.
    Everything that a planted mistake changes is a field here.
    """

    unit: Unit
    year: int
    table: Table
    values: Values
    last: Values | None
    published_on: date
    signed_on: date
    format: str
    period: int
    course: Course
    called: str
    stage: str = "published"
    suffix: str = ""
    missing: bool = False
    due: bool = True
    tables: bool = True
    merge_other: bool = False
    fee_statement: bool = True
    section_five: str = ""
    five_from: tuple[str, int] | None = None
    placeholder: str = ""
    reference: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    odd: dict[Key, str] = field(default_factory=dict)
    planted: dict[str, Planted] = field(default_factory=dict)
    before: dict[str, dict[Key, int]] = field(default_factory=dict)
    omitted: set[int] = field(default_factory=set)
    sums: Table = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    consequences: list[Mistake] = field(default_factory=list)

    @property
    def regime(self) -> str:
        """The national form of the year."""
        return regime_of(self.year)

    @property
    def named(self) -> Unit:
        """The unit as it was called in that year."""
        return self.unit.in_year(self.year)

    @property
    def file(self) -> str:
        """Where the report is written, relative to the sample's folder."""
        folder = f"reports/{self.year}/{self.unit.city or self.unit.province}"
        return f"{folder}/{self.title}{self.suffix}.{self.format}"

    @property
    def title(self) -> str:
        """The report's title in one line."""
        return f"{self.called}{self.year}年政府信息公开工作年度报告"

    def printed(self) -> dict[Key, str]:
        """The text of every cell of the tables."""
        return {key: self.odd.get(key, self._money(key)) for key in self.table}

    def stated(self) -> dict[Key, Any]:
        """The value of every cell in the catalogue's unit; null where a cell holds no number."""
        found: dict[Key, Any] = {}
        for key, text in self.printed().items():
            found[key] = None if text in ("", "/") else float(text) if "." in text else int(text)
        return found

    def _money(self, key: Key) -> str:
        """A count as it is; an amount in 万元 with the decimals it needs, four at most."""
        value = self.table[key]
        if key[0] not in MONEY:
            return str(value)
        return f"{value / 10_000:.4f}".rstrip("0").rstrip(".")


def new_draft(
    unit: Unit, year: int, table: Table, values: Values, last: Values | None, seed: int, tracked: int = 0
) -> Draft:
    """A faultless report: published in time, in the format that the unit is used to, with some variety.

    `tracked`: see `course_of`.
    """
    chance = stream(seed, unit.name, year, "paper")
    habits = stream(seed, unit.name, "paper").choices(list(FORMATS), list(FORMATS.values()))[0]
    format = habits if chance.random() < 0.7 else chance.choices(list(FORMATS), list(FORMATS.values()))[0]
    steps = stream(seed, unit.name, year, "course")
    course = course_of(unit, year, chance, steps, tracked)
    if course.stage in ("draft", "approved"):
        shares = submissions().draft_formats
        format = steps.choices(list(shares), list(shares.values()))[0]
    published = course.published_on or (course.received or [course.as_of])[-1]
    signed = max(date(year + 1, 1, 3), published - timedelta(days=chance.randint(0, 6)))
    called = name_in_title(unit.in_year(year), stream(seed, unit.name, year, "title"))
    return Draft(unit, year, dict(table), values, last, published, signed, format, year, course, called, course.stage)
