"""The trend of a topic's page: units side by side, or all of them together on a basis that is stated."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure
from gongkai.charts.numbers import exact
from gongkai.charts.trend import trend
from gongkai.ui import unit_changes
from gongkai.ui.address import choose_one, choose_several, unique_words
from gongkai.ui.cards import basis
from gongkai.ui.chart import chart, unit_chart
from gongkai.ui.data import query
from gongkai.ui.filters import Filters
from gongkai.ui.measures import FEWEST, Wide, corrected_words, joined, parts, summed
from gongkai.ui.messages import language, t

PANEL = 5
"""From this many units on that report in every year, the trend of their sum is shown first; else the median."""

_SERIES = 6


def show(page: str, filters: Filters, measure: Measure, over_years: pd.DataFrame, made: Wide) -> None:
    """The section: the units that were chosen; else the whole; else, where too few report, each of them or words."""
    st.subheader(t("topics.trend"), anchor=False)
    agencies = dict(zip(made.frame["agency_id"], made.frame["agency"], strict=True))
    names = unique_words(list(agencies), agencies.__getitem__)
    chosen = choose_several(
        page, "units", t("topics.compare"), list(names), _SERIES, names.__getitem__, t("topics.compare_hint")
    )
    if chosen:
        _units(page, filters, measure, chosen, names)
        return
    if (over_years["reporting"] >= FEWEST).any():
        _together(page, filters, measure, over_years)
        return
    # A median of one or two units is no course of a whole: the units themselves say more.
    values = made.frame.set_index("agency_id")[[str(year) for year in made.years]]
    reporting = [str(unit) for unit in values.index[values.notna().any(axis=1)]]
    if 0 < len(reporting) <= _SERIES:
        _units(page, filters, measure, reporting, names)
        st.caption(t("topics.trend_few", count=len(reporting), fewest=FEWEST))
    else:
        st.caption(t("topics.trend_none", count=len(reporting), fewest=FEWEST))


def _units(page: str, filters: Filters, measure: Measure, chosen: Sequence[str], names: dict[str, str]) -> None:
    """A line per unit; a unit of a single year is a point."""
    rows = query(
        "measure_of_agencies",
        collection=filters.collection,
        scope=filters.scope,
        first_year=filters.first_year,
        last_year=filters.last_year,
        agency_ids=list(chosen),
        **parts(measure),
    )
    series = rows.assign(series=[names[unit] for unit in rows["agency_id"]], detail=details(rows, measure))
    breaks = breaks_of(measure.metrics, filters.years)
    changes = unit_changes.changes_of(filters.collection, chosen)
    marks = unit_changes.marks(changes, names)
    figure = trend(series, filters.years, breaks, measure.unit, language(), marks=marks)
    unit_chart(figure, f"{page}_trend", t("topics.trend"))
    unit_changes.notes(changes, filters.years)
    stated = set(rows.dropna(subset=["value"])["agency_id"])
    silent = [names[unit] for unit in chosen if unit not in stated]
    if silent:
        st.caption(t("topics.trend_silent", names=t("filters.list_separator").join(silent)))


def _together(page: str, filters: Filters, measure: Measure, over_years: pd.DataFrame) -> None:
    """The sum of the units that report every year, or the median of those that report, as chosen."""
    panel = int(over_years["panel_units"].max()) if summed(filters, measure) else 0
    options = (["panel"] if panel >= FEWEST else []) + ["median"]
    kind = "panel" if panel >= PANEL else "median"
    if len(options) > 1:
        kind = choose_one(
            page, "together", t("topics.together"), options, kind, lambda name: t(f"topics.together_{name}")
        )
    counts = over_years["panel_units" if kind == "panel" else "reporting"]
    enough = counts >= FEWEST
    series = pd.DataFrame(
        {
            "series": t(f"topics.together_{kind}"),
            "year": over_years["year"].astype(int),
            "value": over_years["panel_total" if kind == "panel" else "median"].where(enough),
            "joined": kind == "panel" or joined(over_years),
            "detail": [
                basis(int(count), int(everything))
                for count, everything in zip(counts, over_years["units"], strict=True)
            ],
        }
    )
    breaks = breaks_of(measure.metrics, filters.years)
    chart(trend(series, filters.years, breaks, measure.unit, language()), f"{page}_trend", t("topics.trend"))
    added = int(over_years["panel_added"].max())
    nested = kind == "panel" and added < panel
    said = t("topics.basis_nested" if nested else f"topics.basis_{kind}", count=panel, added=added, fewest=FEWEST)
    if int(enough.sum()) == 1:
        said += t("topics.trend_one_year", year=int(over_years.loc[enough, "year"].iloc[0]), fewest=FEWEST)
    st.caption(said)


def details(frame: pd.DataFrame, measure: Measure) -> list[str]:
    """For the hover: the numbers that a rate is made of, and whether somebody corrected any of them."""
    spoken = language()
    fractions = [""] * len(frame)
    if measure.denominator:
        fractions = [
            t("topics.fraction", above=exact(above, "", spoken), below=exact(below, "", spoken))
            for above, below in zip(frame["numerator"], frame["denominator"], strict=True)
        ]
    return [" · ".join(filter(None, said)) for said in zip(fractions, corrected_words(frame), strict=True)]
