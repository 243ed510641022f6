"""The reports of all units, year by year, before they are put into words: nothing but the last two years is held."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.sample.activity import Values, activity
from gongkai.sample.annex import annex_values, is_annex_year, table_of_annex
from gongkai.sample.book import Book
from gongkai.sample.chance import stream
from gongkai.sample.compose import totals
from gongkai.sample.consequences import record_consequences
from gongkai.sample.counts import FIRST_YEAR, Simulations, Table, added_up
from gongkai.sample.draft import Draft, Mistake, new_draft
from gongkai.sample.mistakes import Planter
from gongkai.sample.unit import Unit

_NOT_ASKED = 0.2
"""The share of vertically managed units that no list of the year names, and that send nothing."""


def plan(
    units: tuple[Unit, ...], years: range, seed: int, mistakes: str = "mistakes.csv", tracked: int = 0
) -> Iterator[list[Draft]]:
    """The reports of each year, governments before their units; `mistakes` is the file that says how often which is
    planted. Of the last `tracked` years (0 to 2) the versions are known."""
    figures = _Figures(units, seed, years[0])
    planter = Planter(units, years, seed, mistakes, tracked)
    before: list[Draft] = []
    for year in years:
        tables, values, last = figures.year(year)
        left = years[-1] - year + 1
        drafts = [
            new_draft(unit, year, tables[unit.name], values[unit.name], last.get(unit.name), seed,
                      left if left <= tracked and unit.registered and not is_annex_year(year) else 0)
            for unit in units if unit.exists(year)
        ]  # fmt: skip
        for draft in drafts:
            _settle(draft, seed)
        planter.plant(Book(drafts, before))
        record_consequences(drafts, before)
        for draft in drafts:
            if draft.unit.scope == "whole":
                draft.sums = tables[draft.unit.name]
        yield drafts
        before = drafts


def _settle(draft: Draft, seed: int) -> None:
    """Who is not asked, and who has not reported."""
    unit = draft.unit
    draft.due = unit.registered and not (
        unit.kind == "vertical" and stream(seed, unit.name, "asked").random() < _NOT_ASKED
    )
    if not draft.due and unit.registered:
        draft.missing = True
    elif not unit.registered:
        draft.mistakes = [Mistake("unregistered_agency", unit.name)]
        draft.missing = draft.course.state == "missing"
    elif draft.course.state == "missing":
        draft.missing = True
        draft.mistakes = [Mistake("report_missing", f"{unit.name} {draft.year}")]


def _within(values: Values, table: Table) -> Values:
    """What sentences say of applications: nobody charges for more than came in, nor has more of them amended."""
    new = table["applications.new", "all"]
    if values["applications.fees_cases"] > new:
        values |= {"applications.fees_cases": 0.0, "applications.fees_charged": 0.0}
    if "applications.corrections_requested" in values:
        values["applications.corrections_requested"] = min(values["applications.corrections_requested"], float(new))
    return values


class _Figures:
    """The true figures of all units, year after year; owns the simulations and last year's figures."""

    def __init__(self, units: tuple[Unit, ...], seed: int, first: int) -> None:
        self._units, self._seed = units, seed
        self._simulations = Simulations(units, seed)
        self._last: dict[str, Values] = {}
        # What stands in the forms goes on from their first year, so that a choice of years changes no figure.
        for year in range(first - 1 if is_annex_year(first) else FIRST_YEAR, first):
            self.year(year)

    def year(self, year: int) -> tuple[dict[str, Table], dict[str, Values], dict[str, Values]]:
        """By unit: the tables of the next year, what only sentences state, and all that they stated the year before."""
        if is_annex_year(year):
            own = {
                unit.name: annex_values(unit, year, self._seed)
                for unit in self._units
                if unit.scope == "organ" and unit.exists(year)
            }
            tables = self._with_governments({name: table_of_annex(values) for name, values in own.items()}, year)
            values = {
                unit.name: own.get(unit.name) or activity(unit, year, self._seed)
                for unit in self._units
                if unit.exists(year)
            }
        else:
            tables = self._with_governments(self._simulations.year(year), year)
            values = {
                unit.name: _within(activity(unit, year, self._seed), tables[unit.name])
                for unit in self._units
                if unit.exists(year)
            }
        # Other things are counted since: a sentence does not compare with the last year of the annex.
        last = {} if year == FIRST_YEAR else self._last
        self._last = {name: said | totals(tables[name]) for name, said in values.items()}
        return tables, values, last

    def _with_governments(self, tables: dict[str, Table], year: int) -> dict[str, Table]:
        """Add the governments: children come after their government, so go from the end."""
        children: dict[str, list[str]] = {}
        for unit in self._units:
            if unit.counts_in and unit.exists(year):
                children.setdefault(unit.counts_in, []).append(unit.name)
        for unit in reversed(self._units):
            if unit.scope == "whole":
                tables[unit.name] = added_up(tables[name] for name in children[unit.name])
        return tables
