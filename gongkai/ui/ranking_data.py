"""What the ranking shows: units of one peer group and year judged by an indicator, worked out once per data version."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import PROCESS, Measure, indicators
from gongkai.statistics.assessment import Assessment, Question, assess
from gongkai.statistics.funnel import INNER, OUTER, rate_limits, share_limits
from gongkai.ui.coverage_data import today
from gongkai.ui.data import Version, query, version
from gongkai.ui.filters import Filters
from gongkai.ui.measures import parts

PERCENT = 100.0
"""Shares are worked out as 0-1 and shown in percent."""
_STEPS = 160


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


def ranking(filters: Filters, measure: Measure, peers: str, year: int, overdispersion: bool) -> Ranking:
    """The units of a peer group judged in one year."""
    made: Ranking = _ranking(version(), asdict(filters), measure.code, peers, year, overdispersion)
    return made


def over_years(filters: Filters, measure: Measure, peers: str, overdispersion: bool) -> dict[int, Ranking]:
    """The same for every year of the filters that has units, in order."""
    frame = counts(filters, measure)
    years = sorted(int(year) for year in frame.loc[frame["peers"] == peers, "year"].unique())
    return {year: ranking(filters, measure, peers, year, overdispersion) for year in years}


# Shared between sessions and not copied for each: nobody changes the frames.
@st.cache_resource(max_entries=200, show_spinner=False)
def _ranking(
    version: Version, filters: dict[str, Any], code: str, peers: str, year: int, overdispersion: bool
) -> Ranking:
    measure = indicators()[code]
    frame = counts(Filters(**filters), measure)
    own = frame[(frame["peers"] == peers) & (frame["year"] == year)].reset_index(drop=True)
    key = (version, tuple(filters.items()), code, peers, year, overdispersion)
    return replace(judge(own, measure, (code, peers, str(year)), overdispersion), key=key)


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
