"""The page 趋势对比: small multiples of several measures, units against their peers; drivers of a change; the flow."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure, measures
from gongkai.catalogue.peer_groups import peer_groups
from gongkai.charts.trend import trend
from gongkai.ui import compare_words, peers, unit_changes
from gongkai.ui.address import choose, choose_several, unique_words
from gongkai.ui.chart import chart, unit_chart
from gongkai.ui.compare_data import Asked, indexed, of_units, peer_band
from gongkai.ui.compare_parts import show_drivers, show_flow
from gongkai.ui.compare_table import show_figures
from gongkai.ui.data import query, version
from gongkai.ui.empty import nothing_found
from gongkai.ui.filters import Filters
from gongkai.ui.kept import kept
from gongkai.ui.measures import available, corrected_words, label, unit_of
from gongkai.ui.messages import language, plain, t

PAGE = "compare"
_MOST = 6
_FIRST = ("applications.new", "applications.carried_out_share", "review.total", "review.corrected_share")
_GROUPS = ("applications", "review", "disclosure", "hotline", "organisation")


def show(filters: Filters) -> None:
    """The page below its filters."""
    offered = kept("compare_offered", (version(), filters), lambda: _offered(filters))
    if not offered:
        nothing_found()
        return
    chosen, asked = _controls(filters, offered)
    shown = chosen or [code for code in _FIRST if code in offered][:4] or offered[:2]
    for start in range(0, len(shown), 2):
        for column, code in zip(st.columns(2, gap="large"), shown[start : start + 2], strict=False):
            with column:
                _multiple(asked, measures()[code])
    st.caption(_basis(asked))
    changes = unit_changes.changes_of(filters.collection, asked.units) if asked.units else []
    unit_changes.notes(changes, filters.years)
    show_figures(asked, [measures()[code] for code in shown], _basis(asked))
    # A rate moves with what it is a share of: that comes before what nobody asked for.
    parts = [part for code in shown for part in measures()[code].numerator if part in offered]
    show_drivers(filters, [measures()[code] for code in dict.fromkeys([*shown, *parts, *offered])])
    show_flow(filters, asked.names, asked.units)


def _offered(filters: Filters) -> list[str]:
    held = {code for group in _GROUPS for code in available(filters, group)}
    return [code for code in measures() if code in held]


def _controls(filters: Filters, offered: list[str]) -> tuple[list[str], Asked]:
    """Measures (none: the usual ones), and what is looked at."""
    agencies = query("agencies_of_filters", **filters.parameters())
    names = kept("compare_names", (version(), filters), lambda: _names(agencies))

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
    return chosen, Asked(filters, _among(filters, agencies, units), units, names, int(base or 0))


def _among(filters: Filters, agencies: pd.DataFrame, units: list[str]) -> Filters:
    """With whom the units are compared: where no group is chosen, their own peer group if they are of one."""
    if filters.group or not units:
        return filters
    own = agencies[agencies["agency_id"].isin(units)]
    found = {
        next((group.code for group in peer_groups().values() if group.takes(str(level), str(kind))), "")
        for level, kind in zip(own["level"], own["kind"], strict=True)
    }
    return replace(filters, group=found.pop(), levels=(), kinds=()) if len(found) == 1 else filters


def _basis(asked: Asked) -> str:
    """Who the peers are, and how they are drawn."""
    if asked.among.group:
        return t("compare.basis", peers=t("compare.peers_group", name=plain(peers.name(asked.among.group))))
    return t("compare.basis", peers=t("compare.peers_mixed" if asked.units else "compare.peers_filtered"))


def _names(agencies: pd.DataFrame) -> dict[str, str]:
    """The names of units, by id."""
    known = dict(zip(agencies["agency_id"], agencies["agency"], strict=True))
    return unique_words(list(known), known.__getitem__)


@dataclass(frozen=True, slots=True)
class _Multiple:
    """A chart (null: nothing to draw) and what is said below it."""

    figure: go.Figure | None
    said: list[str]


def _multiple(asked: Asked, measure: Measure) -> None:
    """One measure: lines of the chosen units, the peers behind them, and sentences."""
    st.markdown(f"**{plain(label(measure))}**")
    made = kept("compare_multiple", asked.key(measure.code), lambda: _drawn(asked, measure))
    if made.figure is None:
        for sentence in made.said:
            st.caption(plain(sentence))
        return
    alt = t("compare.alt", measure=label(measure))
    if asked.units:
        unit_chart(made.figure, f"{PAGE}_{measure.code}", alt)
    else:
        chart(made.figure, f"{PAGE}_{measure.code}", alt)
    for sentence in made.said:
        st.markdown(plain(sentence))


def _drawn(asked: Asked, measure: Measure) -> _Multiple:
    units, names, base, years = asked.units, asked.names, asked.base, asked.filters.years
    band = peer_band(asked.among, measure)
    rows = of_units(asked.filters, measure, units) if units else pd.DataFrame()
    if units:
        series = rows.assign(series=[names[each] for each in rows["agency_id"]], detail=corrected_words(rows))
    else:
        series = band.rename(columns={"middle": "value"}).assign(agency_id="", series=t("compare.median"))
    held = not series.empty
    series = indexed(series, base, measure, years) if base else series
    if series.empty or series["value"].isna().all():
        if base and held:
            return _Multiple(None, [t("compare.no_index", year=base)])
        return _Multiple(None, [t("common.chart.empty") if units else compare_words.of_peers(measure, band, years)])
    changes = unit_changes.changes_of(asked.filters.collection, units) if units else []
    # An index has no unit, and the peers' spread is no index.
    unit, behind = ("", None) if base else (measure.unit, band)
    breaks = breaks_of(measure.metrics, years)
    figure = trend(series, years, breaks, unit, language(), 290, unit_changes.marks(changes, names), behind)
    said = [compare_words.of_unit(names[each], rows[rows["agency_id"] == each], measure, band, years) for each in units]
    return _Multiple(figure, said or [compare_words.of_peers(measure, band, years)])
