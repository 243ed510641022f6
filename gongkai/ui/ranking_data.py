"""What the ranking shows: units of one peer group and year judged by an indicator, worked out once per data version."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import PROCESS, Measure, indicators, rankable
from gongkai.statistics.assessment import Assessment, Question, assess
from gongkai.statistics.funnel import INNER, OUTER, rate_limits, share_limits
from gongkai.ui.coverage_data import today
from gongkai.ui.data import Version, query, version
from gongkai.ui.filters import Filters
from gongkai.ui.measures import parts

NO_GROUP = "other"
"""Units of no peer group (queries/ranking_counts.sql): these have nothing in common."""
PERCENT = 100.0
"""Shares are worked out as 0-1 and shown in percent."""
_STEPS = 160
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Ranking:
    """One year of one peer group. `units`: the columns of queries/ranking_counts.sql and those of the assessment, best
    first, values in percent; ranked ones before those with few cases, those without a value last. `key`: the same for
    the same data and question, for caches of what is made of it."""

    units: pd.DataFrame
    target: float
    dispersion: float
    key: tuple[Any, ...] = ()

    def of(self, status: str) -> pd.DataFrame:
        """The units of one status."""
        return self.units[self.units["status"] == status]


_ORDER = {"ranked": 0, "few": 1, "undefined": 2, "missing": 3}


def counts(filters: Filters, measure: Measure) -> pd.DataFrame:
    """Numerators and denominators of all units and years under the filters (queries/ranking_counts.sql); of indicators
    on the work itself, those of the units that collect reports (queries/ranking_process.sql)."""
    if measure.group != PROCESS:
        return query("ranking_counts", **filters.parameters(), **parts(measure))
    given = {name: value for name, value in filters.parameters().items() if name != "scope"}
    above, below = (codes[0].removeprefix(PROCESS + ".") for codes in (measure.numerator, measure.denominator))
    return query("ranking_process", **given, today=today(), numerator=above, denominator=below)


def question(measure: Measure, overdispersion: bool, ranked: bool = True) -> Question:
    """How the measure is judged; `ranked`: also where neither direction is better, on a person's word (lower first)."""
    judgement = measure.judgement
    if judgement is None:
        raise ValueError(f"{measure.code} is no indicator: bare counts are never ranked")
    better = judgement.higher_is_better
    return Question(judgement.model, False if better is None and ranked else better, judgement.fewest, overdispersion)


@dataclass(frozen=True, slots=True)
class Counted:
    """What all units put up for an indicator (`frame` as of `counts`), and per peer group (rows, those with data in
    any year) and year (columns) how many have data (`sizes`), and how many enough cases to be ranked (`enough`)."""

    frame: pd.DataFrame
    sizes: pd.DataFrame
    enough: pd.DataFrame

    @property
    def years(self) -> list[int]:
        """The years that have units, in order."""
        return [int(year) for year in self.sizes.columns]


def counted(filters: Filters, measure: Measure) -> Counted:
    """The numbers under the filters, and what can be chosen of them."""
    made: Counted = _counted(version(), asdict(filters), measure.code, _day(measure))
    return made


@st.cache_resource(max_entries=12, show_spinner=False)
def _counted(version: Version, filters: dict[str, Any], code: str, day: date | None) -> Counted:
    measure = rankable()[code]
    frame = counts(Filters(**filters), measure)
    fewest = measure.judgement.fewest if measure.judgement else 1
    # A stated rate has no cases: there is a value, or none.
    cases = frame["denominator" if measure.denominator else "numerator"]
    held = pd.DataFrame({"sizes": cases.notna(), "enough": cases >= (fewest if measure.denominator else 0)})
    found = held.astype(int).groupby([frame["peers"], frame["year"]]).sum()
    sizes, enough = (found[name].unstack("year", fill_value=0).sort_index(axis=1) for name in ("sizes", "enough"))
    some = sizes.any(axis=1)
    if some.any():
        sizes, enough = sizes[some], enough[some]
    return Counted(frame, sizes, enough)


def _day(measure: Measure) -> date | None:
    """Today, where the indicator depends on it."""
    return today() if measure.group == PROCESS else None


def ranking(filters: Filters, measure: Measure, peers: str, year: int, overdispersion: bool) -> Ranking:
    """The units of a peer group judged in one year."""
    return _question(filters, measure, peers, overdispersion).year(year)


def over_years(filters: Filters, measure: Measure, peers: str, overdispersion: bool) -> dict[int, Ranking]:
    """The same for every year of the filters that has units, in order."""
    return _question(filters, measure, peers, overdispersion).every()


@dataclass(frozen=True, slots=True)
class _Judged:
    """The rankings of a peer group by an indicator, each year worked out when it is first asked for."""

    frame: pd.DataFrame
    measure: Measure
    peers: str
    overdispersion: bool
    key: tuple[Any, ...]
    made: dict[int, Ranking]
    turn: Lock

    def year(self, year: int) -> Ranking:
        """One year; of a year without units an empty ranking."""
        with self.turn:
            if year not in self.made:
                self.made[year] = self._judge(year)
            return self.made[year]

    def every(self) -> dict[int, Ranking]:
        """All years that have units, in order: two at a time, since most of the work is the drawing and sorting of
        millions of numbers, which does not hold up other threads."""
        years = sorted(int(year) for year in self.frame["year"].unique())
        with self.turn:
            missing = [year for year in years if year not in self.made]
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                self.made.update(zip(missing, pool.map(self._judge, missing), strict=True))
            return {year: self.made[year] for year in years}

    def _judge(self, year: int) -> Ranking:
        own = self.frame[self.frame["year"] == year].reset_index(drop=True)
        made = judge(own, self.measure, (self.measure.code, self.peers, str(year)), self.overdispersion)
        return replace(made, key=(*self.key, year))


def _question(filters: Filters, measure: Measure, peers: str, overdispersion: bool) -> _Judged:
    made: _Judged = _judged(version(), asdict(filters), measure.code, _day(measure), peers, overdispersion)
    return made


# Shared between sessions and not copied for each: nobody changes the frames.
@st.cache_resource(max_entries=12, show_spinner=False)
def _judged(
    version: Version, filters: dict[str, Any], code: str, day: date | None, peers: str, overdispersion: bool
) -> _Judged:
    measure = indicators()[code]
    frame = counted(Filters(**filters), measure).frame
    own = frame[frame["peers"] == peers].reset_index(drop=True)
    key = (version, tuple(filters.items()), code, day, peers, overdispersion)
    return _Judged(own, measure, peers, overdispersion, key, {}, Lock())


def judge(own: pd.DataFrame, measure: Measure, key: tuple[str, ...], overdispersion: bool) -> Ranking:
    """Judge units by their counts (rows of queries/ranking_counts.sql of one year); `key` as in `assess`."""
    judged: Assessment = assess(own[["numerator", "denominator"]], question(measure, overdispersion), key)
    found = judged.units.copy()
    for name in ("value", "low", "high", "shrunken"):
        found[name] *= PERCENT
    found = own.rename(columns={"status": "told"}).join(found)
    if measure.judgement is not None and measure.judgement.higher_is_better is None:
        found.loc[found["band"].isin(["good", "attention"]), "band"] = "usual"
    found["place"] = _place(found, measure)
    order = pd.DataFrame({"status": found["status"].map(_ORDER), "rank": found["rank"], "agency": found["agency"]})
    found = found.loc[order.sort_values(["status", "rank", "agency"], kind="stable").index].reset_index(drop=True)
    return Ranking(found, judged.target * PERCENT, judged.dispersion)


def _place(found: pd.DataFrame, measure: Measure) -> pd.Series:
    """Where a unit stands in the funnel: good, within, watch (beyond the 95% limit on the worse side), attention
    (beyond the 99.8% limit there), few; where neither is better: within, apart (95%), far (99.8%), few."""
    inner = found["outside_95"].fillna(0).to_numpy(dtype=np.int64)
    outer = found["outside_998"].fillna(0).to_numpy(dtype=np.int64)
    better = measure.judgement.higher_is_better if measure.judgement else None
    if better is None:
        place = np.where(outer != 0, "far", np.where(inner != 0, "apart", "within"))
    else:
        worse = -1 if better else 1
        place = np.where(
            outer == worse, "attention", np.where(inner == worse, "watch", np.where(inner == -worse, "good", "within"))
        )
    return pd.Series(np.where(found["status"] == "ranked", place, "few"), index=found.index)


def limits(measure: Measure, made: Ranking) -> dict[float, tuple[list[float], list[float], list[float]]]:
    """Per level (0.95, 0.998) the sizes and the low and high limits over them, in percent, for drawing."""
    sizes = made.units["denominator"].dropna().astype(float)
    sizes = sizes[sizes > 0]
    if sizes.empty or not np.isfinite(made.target):
        return {}
    spread = np.unique(np.round(np.geomspace(max(sizes.min(), 1.0), max(sizes.max(), 2.0), _STEPS)))
    share = measure.judgement is not None and measure.judgement.model == "share"
    found = {}
    for level in (INNER, OUTER):
        made_limits = (share_limits if share else rate_limits)(made.target / PERCENT, spread, level, made.dispersion)
        found[level] = (
            spread.tolist(),
            (made_limits.low * PERCENT).tolist(),
            (made_limits.high * PERCENT).tolist(),
        )
    return found
