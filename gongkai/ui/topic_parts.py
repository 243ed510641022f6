"""What totals are made of, and how things of one unit compare: the lower charts of a topic's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from gongkai.catalogue.metrics import APPLICANTS, metrics
from gongkai.catalogue.names import part_name
from gongkai.charts.bars import compared_bars, composition
from gongkai.charts.theme import AMBER, BLUE, GREY, MAUVE, PALE_BLUE, TEAL, VERMILION
from gongkai.ui.chart import chart, unit_chart
from gongkai.ui.data import query
from gongkai.ui.filters import Filters
from gongkai.ui.measures import FEWEST, of_year
from gongkai.ui.messages import language, t

COURT_COLOURS = (BLUE, VERMILION, AMBER, GREY)
"""Of upheld, corrected, other and pending cases."""

COLOURS = (BLUE, PALE_BLUE, VERMILION, AMBER, MAUVE, GREY, TEAL, "#5b7f3b")

_APPLICANTS = tuple(name for name in APPLICANTS if name != "all")


@dataclass(frozen=True, slots=True)
class Composition:
    """A total and its parts. `name` is the key of its title (topics.composition.<name>); `metrics` the parts, which
    are all of one total. With `by_applicant` the one metric is split by kinds of applicants instead."""

    name: str
    metrics: Sequence[str]
    by_applicant: bool = False
    colours: Sequence[str] = COLOURS


@dataclass(frozen=True, slots=True)
class Comparison:
    """Things of one unit of measure that do not add up, compared by the median over the units that report each.

    With `together` only over the units that report all of them: received and closed compare only in the same units.
    """

    name: str
    metrics: Sequence[str]
    together: bool = False


def show(
    page: str, compositions: Sequence[Composition], comparisons: Sequence[Comparison], filters: Filters, year: int
) -> None:
    """Those that have data under the filters, two side by side."""
    made = [(each, _by_year(each, filters)) for each in compositions]
    made = [(each, frame) for each, frame in made if not frame.empty]
    if made:
        st.subheader(t("topics.composition.title"), anchor=False)
    for start in range(0, len(made), 2):
        for column, (each, frame) in zip(st.columns(2, gap="large"), made[start : start + 2], strict=False):
            with column:
                _composition(page, each, frame, filters, year)
    compared = [(each, _summary(each, filters, year)) for each in comparisons]
    # Bars that are all 0 say nothing that the table does not say better.
    compared = [(each, frame) for each, frame in compared if len(frame) > 1 and frame["median"].max() > 0]
    if compared:
        st.subheader(t("topics.comparison.title", year=year), anchor=False)
    for start in range(0, len(compared), 2):
        for column, (other, frame) in zip(st.columns(2, gap="large"), compared[start : start + 2], strict=False):
            with column:
                _comparison(page, other, frame)


def _summary(each: Comparison, filters: Filters, year: int) -> pd.DataFrame:
    """metric, units, median, approximate; without medians of one or two units."""
    chosen = of_year(filters, year)
    frame = query("metric_summary", **chosen, metrics=list(each.metrics), together=int(each.together))
    return frame[frame["units"] >= FEWEST]


def _by_year(each: Composition, filters: Filters) -> pd.DataFrame:
    """year, part, value, units: only of units that report every part."""
    if each.by_applicant:
        frame = query(
            "applicants_by_year", **filters.parameters(), metric=each.metrics[0], applicants=list(_APPLICANTS)
        ).rename(columns={"applicant": "part"})
    else:
        frame = query("composition_by_year", **filters.parameters(), metrics=list(each.metrics)).rename(
            columns={"metric": "part"}
        )
    totals = frame.groupby("year")["value"].transform("sum")
    return frame[totals > 0]


def _names(each: Composition) -> dict[str, str]:
    if each.by_applicant:
        return {code: t(f"topics.applicant.{code}") for code in _APPLICANTS}
    return {code: part_name(code, language()) for code in each.metrics}


def _composition(page: str, each: Composition, frame: pd.DataFrame, filters: Filters, year: int) -> None:
    st.markdown(f"**{t(f'topics.composition.{each.name}')}**")
    views = ["years"] if each.by_applicant else ["years", "units"]
    view = views[0]
    if len(views) > 1:
        view = st.segmented_control(
            t("topics.composition.view"),
            views,
            default=views[0],
            required=True,
            format_func=lambda name: t(f"topics.composition.by_{name}", year=year),
            key=f"{page}_{each.name}_view",
            label_visibility="collapsed",
        )
    names = _names(each)
    spoken = language()
    title = t(f"topics.composition.{each.name}")
    if view == "units":
        rows = query("composition_by_agency", **of_year(filters, year), metrics=list(each.metrics))
        if rows.empty:
            st.caption(t("common.chart.empty"))
            return
        groups = rows.rename(columns={"metric": "part"}).assign(group=rows["agency"])
        unit_chart(composition(groups, names, _unit(each), spoken, each.colours), f"{page}_{each.name}_units", title)
        st.caption(t("topics.composition.basis_units", year=year, count=f"{int(rows['units'].iloc[0]):,}"))
        return
    units = dict(zip(frame["year"].astype(int), frame["units"].astype(int), strict=True))
    group = [t("topics.composition.year", year=int(value), count=units[int(value)]) for value in frame["year"]]
    chart(
        composition(frame.assign(group=group), names, _unit(each), spoken, each.colours), f"{page}_{each.name}", title
    )
    st.caption(t("topics.composition.basis_years"))


def _unit(each: Composition) -> str:
    return metrics()[each.metrics[0]].unit


def _comparison(page: str, each: Comparison, frame: pd.DataFrame) -> None:
    spoken = language()
    unit = metrics()[each.metrics[0]].unit
    rows = pd.DataFrame(
        {
            "name": [
                part_name(code, spoken)
                + ("" if each.together else t("topics.comparison.units", count=f"{int(count):,}"))
                for code, count in zip(frame["metric"], frame["units"], strict=True)
            ],
            "value": frame["median"],
            "detail": [t("topics.comparison.detail", count=f"{int(count):,}") for count in frame["units"]],
        }
    )
    title = t(f"topics.comparison.{each.name}")
    st.markdown(f"**{title}**")
    chart(compared_bars(rows, unit, spoken), f"{page}_{each.name}", title)
    basis = "together" if each.together else "each"
    st.caption(t(f"topics.comparison.basis_{basis}", count=f"{int(frame['units'].max()):,}"))
