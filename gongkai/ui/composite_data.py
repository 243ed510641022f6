"""A saved scheme's index of the units of one peer group and year, worked out once per data version."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import Measure, indicators
from gongkai.statistics.composite import composite
from gongkai.store.schemes import Scheme
from gongkai.ui.cells import records
from gongkai.ui.data import Version, version
from gongkai.ui.filters import Filters
from gongkai.ui.ranking_data import NO_GROUP, counted, ranking


@dataclass(frozen=True, slots=True)
class Indexed:
    """`units`: agency_id, agency, city, index, rank, rank_best, rank_worst, lacks (the labels' codes of the indicators
    that cannot be ranked for the unit), and per indicator score:<code> (0-100) and value:<code> (the shrunken estimate,
    in percent); best first, those without an index last. `without`: as in statistics/composite.py, by code. `key`: the
    same for the same data and question, for what is made of it (gongkai/ui/kept.py)."""

    units: pd.DataFrame
    without: pd.DataFrame
    key: tuple[Any, ...] = ()

    @property
    def ranked(self) -> pd.DataFrame:
        """The units that have an index."""
        return self.units[self.units["index"].notna()]


def measures_of(scheme: Scheme) -> list[Measure]:
    """The indicators of a scheme; one that the catalogue lost since is left out (and `lost` names it)."""
    return [indicators()[code] for code in scheme.weights if code in indicators()]


def lost(scheme: Scheme) -> list[str]:
    """Indicators of a scheme that can no longer be weighed."""
    return [code for code in scheme.weights if code not in indicators()]


def complete(filters: Filters, scheme: Scheme) -> pd.DataFrame:
    """Per peer group (rows) and year (columns) how many units can be ranked by every indicator; units of no group are
    left out: there is no index of what has nothing in common."""
    found: pd.DataFrame = _complete(version(), asdict(filters), tuple(scheme.weights))
    return found


# Shared between sessions and not copied for each: nobody changes the frames.
@st.cache_resource(max_entries=50, show_spinner=False)
def _complete(version: Version, filters: dict[str, Any], codes: tuple[str, ...]) -> pd.DataFrame:
    held: pd.MultiIndex | None = None
    for code in codes:
        measure = indicators()[code]
        frame = counted(Filters(**filters), measure).frame
        fewest = measure.judgement.fewest if measure.judgement else 1
        enough = frame[(frame["denominator"] >= fewest) & (frame["peers"] != NO_GROUP) & frame["numerator"].notna()]
        own = pd.MultiIndex.from_frame(enough[["peers", "year", "agency_id"]])
        held = own if held is None else held.intersection(own)
    keys = held.to_frame(index=False) if held is not None else pd.DataFrame(columns=["peers", "year", "agency_id"])
    return keys.groupby(["peers", "year"]).size().unstack("year", fill_value=0).sort_index(axis=1)


def indexed(filters: Filters, scheme: Scheme, peers: str, year: int) -> Indexed:
    """The units of a peer group in one year by a scheme."""
    made: Indexed = _indexed(version(), asdict(filters), scheme.weights, peers, year)
    return made


# Shared between sessions and not copied for each: nobody changes the frames.
@st.cache_resource(max_entries=100, show_spinner=False)
def _indexed(version: Version, filters: dict[str, Any], weights: dict[str, float], peers: str, year: int) -> Indexed:
    better: dict[str, bool] = {}
    values: dict[str, pd.Series] = {}
    names: dict[str, tuple[str, Any]] = {}
    for code in weights:
        measure = indicators()[code]
        better[code] = bool(measure.judgement and measure.judgement.higher_is_better)
        units = ranking(Filters(**filters), measure, peers, year, False).units
        names |= {row["agency_id"]: (row["agency"], row["city"]) for row in records(units)}
        ranked = units[units["status"] == "ranked"]
        # A unit without a fitted prior has no shrunken estimate: its own value stands.
        own = ranked["shrunken"].fillna(ranked["value"])
        values[code] = pd.Series(own.to_numpy(dtype=float), index=ranked["agency_id"].to_numpy())
    ids = sorted(names)
    table = pd.DataFrame({code: values[code].reindex(ids) for code in weights}, index=ids)
    made = composite(table, better, weights)
    found = pd.DataFrame({"agency_id": ids, "agency": [names[each][0] for each in ids],
                          "city": [names[each][1] for each in ids]}, index=ids)  # fmt: skip
    found = found.join(made.units)
    found["lacks"] = [tuple(code for code in weights if missing[code]) for missing in table.isna().to_dict("records")]
    found = found.join(made.scores.add_prefix("score:")).join(table.add_prefix("value:"))
    order = found.sort_values(["rank", "agency", "agency_id"], na_position="last", kind="stable").index
    key = (version, tuple(filters.items()), tuple(weights.items()), peers, year)
    return Indexed(found.loc[order].reset_index(drop=True), made.without, key)
