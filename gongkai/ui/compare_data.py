"""What 趋势对比 shows: units' values over years, their peers' middle half, changes with how sure they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure
from gongkai.statistics.change import certainty, count_change, share_change
from gongkai.ui.data import Version, query, version
from gongkai.ui.filters import Filters
from gongkai.ui.measures import FEWEST, parts

_COUNTED = ("flow",)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: `units` of `names` (all that can be chosen), `base` the base year of the index (0: none);
    `among`: the filters of those that they are compared with."""

    filters: Filters
    among: Filters
    units: list[str]
    names: dict[str, str]
    base: int

    def key(self, *more: object) -> tuple[Any, ...]:
        """What all that is drawn of it depends on, and `more`."""
        return (version(), self.filters, tuple(self.units), self.base, *more)


def of_units(filters: Filters, measure: Measure, ids: list[str]) -> pd.DataFrame:
    """The values of some units (queries/measure_of_agencies.sql)."""
    return query(
        "measure_of_agencies",
        collection=filters.collection,
        scope=filters.scope,
        first_year=filters.first_year,
        last_year=filters.last_year,
        agency_ids=ids,
        **parts(measure),
    )


def peer_band(filters: Filters, measure: Measure) -> pd.DataFrame:
    """The units under the filters, per year: year, units, low, middle, high (quartiles and median of those that report
    the measure); nothing of years in which fewer than FEWEST do."""
    made: pd.DataFrame = _peer_band(version(), asdict(filters), measure)
    return made


# Shared between sessions and not copied for each: nobody changes the frames.
@st.cache_resource(max_entries=200, show_spinner=False)
def _peer_band(version: Version, filters: dict[str, Any], measure: Measure) -> pd.DataFrame:
    values = _values(Filters(**filters), measure)
    spread = values.groupby("year")["value"].quantile(np.array([0.25, 0.5, 0.75])).unstack()
    units = values.groupby("year")["value"].size()
    rows = [
        {"year": int(year), "units": int(units[year]), "low": low, "middle": middle, "high": high}
        for year, (low, middle, high) in zip(spread.index, spread.to_numpy(), strict=True)
        if units[year] >= FEWEST
    ]
    return pd.DataFrame(rows, columns=["year", "units", "low", "middle", "high"])


def _values(filters: Filters, measure: Measure) -> pd.DataFrame:
    """The values under the filters (queries/measure_table.sql) without the years that have none."""
    rows = query("measure_table", **filters.parameters(), **parts(measure))
    return rows.dropna(subset=["value"]).astype({"value": float})


def indexed(frame: pd.DataFrame, base: int, measure: Measure, years: list[int], by: str = "agency_id") -> pd.DataFrame:
    """`value` as an index with the base year at 100, per unit. Nothing where the base has no value or is 0, and
    nothing on the other side of a year in which the definition changed: it does not compare."""
    cuts = [each.year for each in breaks_of(measure.metrics, years) if each.cuts]

    def side(year: int) -> int:
        return sum(cut <= year for cut in cuts)

    bases = frame[frame["year"] == base].set_index(by)["value"].astype(float)
    bases = bases[bases > 0]
    kept = frame["year"].map(side) == side(base)
    return frame.assign(value=(100 * frame["value"].astype(float) / frame[by].map(bases)).where(kept))


@dataclass(frozen=True, slots=True)
class Change:
    """A unit's latest value against that of the year before. `sure`: sure, likely, chance (see statistics/change.py),
    or "" where chance does not apply (stocks, amounts, stated rates, approximate figures)."""

    year: int
    before: float
    after: float
    sure: str


def latest_change(rows: pd.DataFrame, measure: Measure, years: list[int]) -> Change | None:
    """The change of one unit (`rows` of `of_units`) into its latest year with a value; null where the year before has
    none, or does not compare."""
    known = rows.dropna(subset=["value"]).set_index("year")
    if known.empty:
        return None
    year = int(known.index.max())
    cut = any(each.cuts and each.year == year for each in breaks_of(measure.metrics, years))
    if year - 1 not in known.index or cut:
        return None
    before, after = (known.loc[each].to_dict() for each in (year - 1, year))
    return Change(year, float(before["value"]), float(after["value"]), _sure(before, after, measure))


def _sure(before: dict[Any, Any], after: dict[Any, Any], measure: Measure) -> str:
    """How sure a change is (two rows of queries/measure_of_agencies.sql)."""
    if before["approximate"] or after["approximate"]:
        return ""
    if measure.judgement is not None and measure.judgement.model == "share":
        pairs = [(float(row["numerator"]), float(row["denominator"])) for row in (before, after)]
        # A wrong table may have a part above its whole.
        countable = all(part.is_integer() and whole.is_integer() and 0 <= part <= whole for part, whole in pairs)
        return certainty(share_change(pairs[0], pairs[1])) if countable else ""
    values = [float(row["value"]) for row in (before, after)]
    if measure.kind in _COUNTED and all(value.is_integer() and value >= 0 for value in values):
        return certainty(count_change(*values))
    return ""


def unit_changes(filters: Filters, measure: Measure, year: int) -> pd.DataFrame:
    """Of a count, each unit's change from the year before into `year`: agency_id, agency, before, after, change; the
    greatest first. Only units that report both."""
    made: pd.DataFrame = _unit_changes(version(), asdict(filters), measure, year)
    return made


# Shared between sessions and not copied for each: nobody changes the frames.
@st.cache_resource(max_entries=40, show_spinner=False)
def _unit_changes(version: Version, filters: dict[str, Any], measure: Measure, year: int) -> pd.DataFrame:
    values = _values(Filters(**filters), measure)
    before, after = (values[values["year"] == each].set_index("agency_id") for each in (year - 1, year))
    found = after[["agency"]].assign(before=before["value"], after=after["value"]).dropna(subset=["before"])
    found = found.assign(change=found["after"] - found["before"]).reset_index()
    order = found["change"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)
