"""A topic's page: one measure compared over units and years, what totals are made of, the table, the definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure, measures
from gongkai.charts.bars import ranked_bars
from gongkai.charts.numbers import MONEY, short
from gongkai.charts.spread import distribution
from gongkai.ui import peers, topic_parts, topic_trend
from gongkai.ui.address import choose, choose_one, choose_several
from gongkai.ui.cards import Card, basis, basis_of_sum, cards
from gongkai.ui.chart import unit_chart
from gongkai.ui.empty import empty_workspace, nothing_found
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.filters import LEVELS, UNSTATED, Filters
from gongkai.ui.measures import (
    FEWEST,
    Wide,
    available,
    by_year,
    corrected_words,
    definition,
    label,
    ranking,
    summed,
    unit_of,
    wide,
)
from gongkai.ui.messages import language, plain, t
from gongkai.ui.page import begin
from gongkai.ui.table import export_button, number_width, table

_TOPS = ("15", "30", "60")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a topic's page shows: the group of its measures, which come first, and what totals are made of."""

    name: str
    group: str
    first: Sequence[str]
    compositions: Sequence[topic_parts.Composition] = ()
    comparisons: Sequence[topic_parts.Comparison] = ()


def show(topic: Topic) -> None:
    """The whole page."""
    begin(topic.name)
    filters = filter_bar()
    if not filters.collection:
        empty_workspace()
        return
    held = available(filters, topic.group)
    if not held:
        nothing_found()
        return
    measure, over_years, year = _choice(topic, filters, held)
    made = wide(filters, measure)
    peers.basis(filters, len(ranking(filters, measure, year)))
    _cards(filters, measure, over_years, year)
    _mixture(filters, measure, year)
    left, right = st.columns([11, 10], gap="large")
    with left:
        found = _ranking(topic, filters, measure, year)
    with right:
        topic_trend.show(topic.name, filters, measure, over_years, made)
        _spread(topic, filters, measure, year, found)
    topic_parts.show(topic.name, topic.compositions, topic.comparisons, filters, year)
    _table(topic, filters, measure, made)
    _definitions(topic, filters, measure)


def _choice(topic: Topic, filters: Filters, held: dict[str, int]) -> tuple[Measure, pd.DataFrame, int]:
    """The measure, its course over the years, and the year that is compared: the latest with values unless chosen."""

    def word(code: str) -> str:
        unit = unit_of(measures()[code])
        name = label(measures()[code]) + (t("topics.unit", unit=unit) if unit else "")
        return t("topics.option", name=name, count=f"{held[code]:,}")

    wide_column, narrow = st.columns([3, 1])
    default = next((code for code in topic.first if code in held), next(iter(held)))
    with wide_column:
        measure = measures()[choose(topic.name, "measure", t("topics.measure"), list(held), default, word)]
    over_years = by_year(filters, measure)
    years = [str(year) for year in over_years.loc[over_years["reporting"] > 0, "year"]][::-1]
    if not years:
        years = [str(filters.last_year)]
    with narrow:
        year = choose(topic.name, "year", t("topics.year"), years, years[0])
    return measure, over_years, int(year)


def _mixture(filters: Filters, measure: Measure, year: int) -> None:
    """Say what does not compare: units of several levels, reports whose scope nobody knows."""
    if filters.scope == UNSTATED:
        st.caption(t("topics.unstated"))
    frame = ranking(filters, measure, year).dropna(subset=["value"])
    counts = {level: int((frame["level"] == level).sum()) for level in LEVELS}
    held = [
        t("topics.of_level", level=t(f"filters.level_name.{level}"), count=f"{count:,}")
        for level, count in counts.items()
        if count
    ]
    if len(held) > 1:
        st.caption(t("topics.levels", levels=t("filters.list_separator").join(held)))


def _cards(filters: Filters, measure: Measure, over_years: pd.DataFrame, year: int) -> None:
    """The headline numbers of the year."""
    rows = over_years[over_years["year"] == year]
    if rows.empty:
        return
    row = rows.iloc[0]
    count, everything = int(row["reporting"]), int(row["units"])
    spoken, unit = language(), measure.unit
    rests, of_sum = basis(count, everything), basis_of_sum(int(row["added"]), count, everything)
    shown = []
    if summed(filters, measure):
        name = t("topics.pooled" if measure.is_rate else "topics.total", year=year)
        shown.append(Card(name, short(row["total"], unit, spoken, bool(row["approximate"])), of_sum))
    few = 0 < count < FEWEST
    middle = None if few else row["median"]
    rests_on = t("topics.median_few", count=count, fewest=FEWEST) if few else rests
    shown.append(Card(t("topics.median", year=year), short(middle, unit, spoken), rests_on))
    span = _span(row["smallest"], row["largest"], unit)
    shown.append(Card(t("topics.range"), span if count else short(None), rests))
    gone = everything - count
    parts_of_it = [
        t(f"topics.gone.{reason}", count=int(row[reason])) for reason in ("blank", "undefined") if int(row[reason])
    ]
    shown.append(
        Card(
            t("topics.missing"),
            t("topics.units", count=f"{gone:,}"),
            t("topics.list_separator").join(parts_of_it) or t("topics.not_zero"),
        )
    )
    cards(shown)


def _span(low: float, high: float, unit: str) -> str:
    """Lowest and highest; counting words are left out, since both have to fit into a card."""
    shown = unit if unit in ("%", MONEY) else ""
    return t("topics.span", low=short(low, shown, language()), high=short(high, shown, language()))


def _ranking(topic: Topic, filters: Filters, measure: Measure, year: int) -> str:
    """The units compared in one year; a click opens a unit. Return the agency_id that was looked for, or ""."""
    st.subheader(t("topics.ranking", year=year), anchor=False)
    frame = ranking(filters, measure, year)
    known = frame.dropna(subset=["value"])
    names = dict(zip(frame["agency_id"], frame["agency"], strict=True))
    first, second = st.columns([2, 3])
    with first:
        top = int(choose_one(topic.name, "top", t("topics.top"), _TOPS, _TOPS[0]))
    with second:
        hint = t("topics.find_hint")
        found = "".join(choose_several(topic.name, "find", t("topics.find"), list(names), 1, names.__getitem__, hint))
    shown = known.head(top)
    if found and found in set(known["agency_id"]) and found not in set(shown["agency_id"]):
        shown = pd.concat([shown, known[known["agency_id"] == found]])
    if found and found not in set(known["agency_id"]):
        st.info(t("topics.find_missing", name=plain(names[found])))
    bars = shown.rename(columns={"agency": "name"}).assign(detail=topic_trend.details(shown, measure))
    title = t("topics.ranking_alt", measure=label(measure), year=year, count=len(shown))
    note = t("topics.ranking_basis", shown=len(shown), count=f"{len(known):,}", all=f"{len(frame):,}")
    figure = ranked_bars(bars, measure.unit, language(), marked=found)
    unit_chart(figure, f"{topic.name}_ranking", title, note)
    return found


def _spread(topic: Topic, filters: Filters, measure: Measure, year: int, found: str) -> None:
    """How the units spread in the year, the one that was looked for on top."""
    frame = ranking(filters, measure, year).dropna(subset=["value"]).rename(columns={"agency": "name"})
    if len(frame) < FEWEST:
        return
    st.subheader(t("topics.spread", year=year), anchor=False)
    frame = frame.assign(detail=corrected_words(frame))
    figure = distribution(frame, measure.unit, language(), marked=found)
    unit_chart(figure, f"{topic.name}_spread", t("topics.spread", year=year), t("topics.spread_note"))


def _table(topic: Topic, filters: Filters, measure: Measure, made: Wide) -> None:
    """Units × years, and the same as Excel."""
    title = f"{label(measure)} {filters.first_year}–{filters.last_year}"
    head, button = st.columns([3, 1], vertical_alignment="bottom")
    with head:
        st.subheader(t("topics.table", measure=plain(label(measure))), anchor=False)
    places = {name: t(f"filters.{name}") for name in ("province", "city", "level")}
    years = {str(year): str(year) for year in made.years}
    columns = {"agency": t("topics.unit_name"), **places, **years, "note": t("topics.note")}
    # On the screen the latest year stands beside the name, and places come last, without those that are all the same.
    shown = {"agency": columns["agency"], **dict(reversed(years.items())), "note": columns["note"]}
    shown |= {name: heading for name, heading in places.items() if made.frame[name].nunique(dropna=False) > 1}
    values = int(made.frame[[str(year) for year in made.years]].notna().to_numpy().sum())
    number = "%.1f%%" if measure.unit == "%" else "localized"
    config: dict[str, Any] = {
        str(year): st.column_config.NumberColumn(
            label=str(year), format=number, width=number_width(made.frame[str(year)])
        )
        for year in made.years
    }
    for name in ("province", "city", "level"):
        config[name] = st.column_config.TextColumn(label=columns[name], width=78)
    config["agency"] = st.column_config.TextColumn(label=columns["agency"], width=190, pinned=True)
    config["note"] = st.column_config.TextColumn(label=t("topics.note"), width=210)
    with button, st.container(horizontal=True, horizontal_alignment="right"):
        export_button(
            made.frame,
            f"{topic.name}_export",
            title,
            columns,
            measures=[measure],
            coverage=t("topics.coverage", units=f"{len(made.frame):,}", values=f"{values:,}"),
            notes=_caveats(topic, filters, measure),
            sources=made.sources,
            formats={str(year): '0.0"%"' for year in made.years} if measure.unit == "%" else None,
        )
    table(made.frame, f"{topic.name}_table", shown, config=config, opens="agency_id")


def _definitions(topic: Topic, filters: Filters, measure: Measure) -> None:
    """How the measure is counted, and what must not be concluded from it."""
    with st.expander(t("topics.definitions"), icon=":material/menu_book:"):
        st.markdown(f"**{plain(label(measure))}**　{plain(definition(measure))}")
        for caveat in _caveats(topic, filters, measure):
            st.markdown(f"- {plain(caveat)}")


def _caveats(topic: Topic, filters: Filters, measure: Measure) -> list[str]:
    spoken = "en" if language() == "en" else "zh"
    found = [
        f"{each.year} · {each.label(spoken)}{t('topics.colon')}{each.reason(spoken)}"
        for each in breaks_of(measure.metrics, filters.years)
    ]
    return [*found, t(f"topics.caveat.{topic.name}"), t("topics.caveat.sums"), t("topics.caveat.missing")]
