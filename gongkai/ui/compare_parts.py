"""The lower half of 趋势对比: which units a change comes from, and how applications run from applicant to outcome."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure
from gongkai.catalogue.metrics import APPLICANTS, metrics
from gongkai.catalogue.names import part_name
from gongkai.charts.drivers import drivers
from gongkai.charts.flow import application_flow
from gongkai.charts.numbers import exact
from gongkai.ui import compare_words
from gongkai.ui.address import choose
from gongkai.ui.chart import chart, unit_chart
from gongkai.ui.compare_data import unit_changes
from gongkai.ui.data import query, version
from gongkai.ui.filters import Filters
from gongkai.ui.kept import kept
from gongkai.ui.measures import label, of_year
from gongkai.ui.messages import language, plain, t
from gongkai.ui.table import export_button, number_width, table

PAGE = "compare"
_BARS = 12
_ARRIVING = ("applications.new", "applications.carried_in")
_LEAVING = (
    "applications.granted",
    "applications.partial",
    "applications.denied",
    "applications.unavailable",
    "applications.not_processed",
    "applications.other",
    "applications.carried_out",
)
_FROM = 2019
"""Before, the form did not ask who applied."""
_EVERYBODY = ""


def show_drivers(filters: Filters, offered: list[Measure]) -> None:
    """From which units the change of a count comes."""
    counts = [measure for measure in offered if not measure.is_rate]
    years = [str(year) for year in filters.years[1:]][::-1]
    if not counts or not years:
        return
    st.subheader(t("compare.drivers"), anchor=False)
    by_code = {measure.code: measure for measure in counts}
    first, second = st.columns([3, 1])
    with first:
        code = choose(
            PAGE, "of", t("topics.measure"), list(by_code), next(iter(by_code)), lambda each: label(by_code[each])
        )
    with second:
        year = int(choose(PAGE, "into", t("compare.into"), years, years[0]))
    measure = by_code[code]
    if any(each.cuts and each.year == year for each in breaks_of(measure.metrics, filters.years)):
        st.caption(t("compare.drivers_cut", year=year))
        return
    frame = unit_changes(filters, measure, year)
    if not frame["change"].any():
        st.caption(t("compare.drivers_none", year=year))
        return
    nested = filters.scope != "organ"
    figure = kept("compare_drivers", (version(), filters, code, year), lambda: _bars(frame, measure))
    unit_chart(figure, "compare_drivers", t("compare.drivers"))
    st.markdown(plain(compare_words.of_drivers(frame, measure, year, nested)))
    st.caption(t("compare.drivers_note_nested" if nested else "compare.drivers_note", count=_BARS))
    with st.expander(t("compare.drivers_table"), icon=":material/table_rows:"):
        _driver_table(frame, measure, year)


def _bars(frame: pd.DataFrame, measure: Measure) -> go.Figure:
    bars = frame[frame["change"] != 0].head(_BARS)
    bars = bars.assign(
        key=bars["agency_id"],
        name=bars["agency"],
        text=[("+" if value > 0 else "") + exact(value) for value in bars["change"]],
        hover=[
            t(
                "compare.drivers_hover",
                before=exact(before, measure.unit, language()),
                after=exact(after, measure.unit, language()),
            )
            for before, after in zip(bars["before"], bars["after"], strict=True)
        ],
    )
    return drivers(bars, measure.unit, language())


def _driver_table(frame: pd.DataFrame, measure: Measure, year: int) -> None:
    """Every unit that reports both years, the greatest change first."""
    columns = {"agency": t("compare.column_series"), "before": str(year - 1), "after": str(year)}
    columns["change"] = t("compare.column_change")
    title = f"{label(measure)} {year - 1}–{year}"
    export_button(frame, "compare_drivers_export", title, columns, measures=[measure])
    config = {
        "agency": st.column_config.TextColumn(columns["agency"], width=260),
        **{
            name: st.column_config.NumberColumn(columns[name], format="localized", width=number_width(frame[name]))
            for name in ("before", "after", "change")
        },
    }
    table(frame, "compare_drivers_table", columns, config=config, opens="agency_id")


def show_flow(filters: Filters, names: dict[str, str], units: list[str]) -> None:
    """Applications of one year, of one unit or of all together."""
    years = [str(year) for year in filters.years if year >= _FROM][::-1]
    if not years:
        return
    st.subheader(t("compare.flow"), anchor=False)
    first, second = st.columns([1, 3])
    with first:
        year = int(choose(PAGE, "flow_year", t("topics.year"), years, years[0]))
    with second:
        options = [_EVERYBODY, *(units or list(names))]
        unit = choose(
            PAGE,
            "flow_unit",
            t("compare.flow_unit"),
            options,
            _EVERYBODY,
            lambda each: names[each] if each else t("compare.flow_all"),
        )
    frame = query(
        "applications_flow",
        **of_year(filters, year),
        agency_id=unit,
        metrics=[*_ARRIVING, *_LEAVING],
        applicants=[name for name in APPLICANTS if name != "all"],
    )
    if frame.empty or not frame["value"].sum():
        st.caption(t("compare.flow_none", year=year))
        return
    figure = kept("compare_flow", (version(), filters, year, unit), lambda: _flow(frame))
    chart(figure, "compare_flow", t("compare.flow"))
    by_metric = frame.groupby("metric")["value"].sum()
    st.markdown(plain(compare_words.of_flow(by_metric, year)))
    st.caption(t("compare.flow_basis", count=f"{int(frame['units'].max()):,}"))
    came, left = (float(by_metric[list(names)].sum()) for names in (_ARRIVING, _LEAVING))
    if came != left:
        st.caption(t("compare.flow_differs", came=exact(came), left=exact(left)))


def _flow(frame: pd.DataFrame) -> go.Figure:
    words = {name: t(f"topics.applicant.{name}") for name in APPLICANTS if name != "all"}
    words |= {metric: part_name(metric, language()) for metric in _LEAVING}
    unit = metrics()[_ARRIVING[0]].unit
    return application_flow(frame, _ARRIVING, _LEAVING, words, t("compare.flow_middle"), unit, language())
