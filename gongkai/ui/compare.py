"""The page 趋势对比: small multiples of several measures, units against their peers; drivers of a change; the flow."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure, measures
from gongkai.charts.trend import trend
from gongkai.ui import compare_words, unit_changes
from gongkai.ui.address import choose, choose_several, unique_words
from gongkai.ui.chart import chart, unit_chart
from gongkai.ui.compare_data import indexed, of_units, peer_band
from gongkai.ui.compare_parts import show_drivers, show_flow
from gongkai.ui.data import query
from gongkai.ui.empty import nothing_found
from gongkai.ui.filters import Filters
from gongkai.ui.measures import available, label, unit_of
from gongkai.ui.messages import language, plain, t
from gongkai.ui.table import export_button

PAGE = "compare"
_MOST = 6
_FIRST = ("applications.new", "applications.carried_out_share", "review.total", "review.corrected_share")
_GROUPS = ("applications", "review", "disclosure", "hotline", "organisation")


def show(filters: Filters) -> None:
    """The page below its filters."""
    held = {code for group in _GROUPS for code in available(filters, group)}
    offered = [code for code in measures() if code in held]
    if not offered:
        nothing_found()
        return
    chosen, units, names, base = _controls(filters, offered)
    shown = chosen or [code for code in _FIRST if code in held][:4] or offered[:2]
    for start in range(0, len(shown), 2):
        for column, code in zip(st.columns(2, gap="large"), shown[start : start + 2], strict=False):
            with column:
                _multiple(filters, measures()[code], units, names, base)
    _changes(filters, units)
    _export(filters, shown, units, names)
    show_drivers(filters, [measures()[code] for code in dict.fromkeys([*shown, *offered])])
    show_flow(filters, names, units)


def _controls(filters: Filters, offered: list[str]) -> tuple[list[str], list[str], dict[str, str], int]:
    """Measures, units with the names of all that can be chosen, and the base year of the index (0: none)."""
    agencies = query("agencies_of_filters", **filters.parameters())
    known = dict(zip(agencies["agency_id"], agencies["agency"], strict=True))
    names = unique_words(list(known), known.__getitem__)

    def word(code: str) -> str:
        unit = unit_of(measures()[code])
        return label(measures()[code]) + (t("topics.unit", unit=unit) if unit else "")

    first, second, third = st.columns([3, 3, 1])
    with first:
        chosen = choose_several(
            PAGE, "measures", t("compare.measures"), offered, _MOST, word, t("compare.measures_hint")
        )
    with second:
        units = choose_several(
            PAGE, "units", t("compare.units"), list(names), _MOST, names.__getitem__, t("compare.units_hint")
        )
    with third:
        years = [str(year) for year in filters.years]
        base = choose(PAGE, "base", t("compare.base"), ["", *years], "", lambda year: year or t("compare.base_none"))
    return chosen, units, names, int(base or 0)


def _multiple(filters: Filters, measure: Measure, units: list[str], names: dict[str, str], base: int) -> None:
    """One measure: lines of the chosen units, the peers behind them, and sentences."""
    st.markdown(f"**{plain(label(measure))}**")
    band = peer_band(filters, measure)
    rows = of_units(filters, measure, units) if units else pd.DataFrame()
    breaks = breaks_of(measure.metrics, filters.years)
    if not units:
        middle = band.rename(columns={"middle": "value"}).assign(agency_id="", series=t("compare.median"))
        series = indexed(middle, base, measure, filters.years) if base else middle
    else:
        series = rows.assign(series=[names.get(each, "") for each in rows["agency_id"]])
        series = indexed(series, base, measure, filters.years) if base else series
    if series.empty or series["value"].isna().all():
        held = rows if units else band
        if base and len(held):
            st.caption(t("compare.no_index", year=base))
        else:
            st.caption(
                t("common.chart.empty") if units else plain(compare_words.of_peers(measure, band, filters.years))
            )
        return
    changes = unit_changes.changes_of(filters.collection, units) if units else []
    # An index has no unit, and the peers' spread is no index.
    unit, behind = ("", None) if base else (measure.unit, band)
    figure = trend(series, filters.years, breaks, unit, language(), 290, unit_changes.marks(changes, names), behind)
    alt = t("compare.alt", measure=label(measure))
    if units:
        unit_chart(figure, f"{PAGE}_{measure.code}", alt)
    else:
        chart(figure, f"{PAGE}_{measure.code}", alt)
    said = [
        compare_words.of_unit(names[each], rows[rows["agency_id"] == each], measure, band, filters.years)
        for each in units
    ] or [compare_words.of_peers(measure, band, filters.years)]
    for sentence in said:
        st.markdown(plain(sentence))


def _changes(filters: Filters, units: list[str]) -> None:
    st.caption(t("compare.basis"))
    unit_changes.notes(unit_changes.changes_of(filters.collection, units) if units else [], filters.years)


def _export(filters: Filters, codes: list[str], units: list[str], names: dict[str, str]) -> None:
    """All that is drawn as one table: measure, unit (or the peers' median and quartiles), year, value."""
    frames = []
    for code in codes:
        measure = measures()[code]
        band = peer_band(filters, measure)
        frames += [
            pd.DataFrame({"year": band["year"], "value": band[name]}).assign(
                series=t(f"compare.series_{name}"), measure=label(measure)
            )
            for name in ("low", "middle", "high")
        ]
        if units:
            rows = of_units(filters, measure, units)
            frames.append(
                pd.DataFrame({"year": rows["year"], "value": rows["value"]}).assign(
                    series=[names[each] for each in rows["agency_id"]], measure=label(measure)
                )
            )
    table = pd.concat(frames, ignore_index=True)
    columns = {name: t(f"compare.column_{name}") for name in ("measure", "series", "year", "value")}
    export_button(
        table,
        f"{PAGE}_export",
        t("navigation.compare"),
        columns,
        measures=[measures()[code] for code in codes],
        notes=[t("compare.basis")],
        formats={"year": "0"},
    )
