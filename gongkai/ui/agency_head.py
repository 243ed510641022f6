"""The upper half of a unit's page: who it is, its latest figures against the year before, its trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.agencies.changes import Change
from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure, measures
from gongkai.charts.numbers import exact, short
from gongkai.charts.trend import trend
from gongkai.ui import unit_changes
from gongkai.ui.agency_facts import Facts, change, stated_years, value_of
from gongkai.ui.cards import Card, cards
from gongkai.ui.cells import present, records
from gongkai.ui.chart import chart
from gongkai.ui.data import collection_name
from gongkai.ui.filters import Filters
from gongkai.ui.measures import corrected_words, definition, label, unit_of
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import unit_link

KEY_MEASURES = (
    "applications.new",
    "applications.closed",
    "applications.opened_share",
    "applications.carried_out",
    "review.total",
    "litigation.total",
    "disclosure.total",
    "disclosure.website",
    "normative_documents.issued",
    "licensing.decisions",
    "penalties.decisions",
    "hotline.cases",
)
"""The measures whose latest value heads the page, as far as the unit ever stated them."""
CARDS = 8
_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines of one unit of measure in one chart; `name` is the key of its title (agency.trend.<name>)."""

    name: str
    codes: tuple[str, ...]


TRENDS = (
    Trend("applications", ("applications.new", "applications.closed", "applications.carried_out")),
    Trend(
        "outcomes",
        (
            "applications.granted",
            "applications.partial",
            "applications.denied",
            "applications.unavailable",
            "applications.not_processed",
            "applications.other",
        ),
    ),
    Trend("review", ("review.total", "review.corrected", "litigation.total", "litigation.corrected")),
    Trend(
        "disclosure",
        (
            "disclosure.total",
            "disclosure.website",
            "disclosure.weibo",
            "disclosure.wechat",
            "disclosure.new_media",
            "disclosure.other_channels",
        ),
    ),
    Trend("decisions", ("licensing.decisions", "penalties.decisions", "coercion.decisions")),
    Trend("hotline", ("hotline.cases", "hotline.dispatched", "consultation.online", "mailbox.letters")),
)


def choose_view(held: pd.DataFrame, filters: Filters) -> tuple[str, str] | None:
    """The collection and scope to show: those of the filters, else the same collection, else where most reports are.

    `held`: the rows of the query agency_detail. Null where the unit has no report at all.
    """
    known = held.dropna(subset=["collection"])
    if known.empty:
        return None
    here = known[known["collection"] == filters.collection]
    exactly = here[here["scope"] == filters.scope]
    row = next(frame for frame in (exactly, here, known) if not frame.empty).iloc[0]
    return str(row["collection"]), str(row["scope"])


def header(unit: dict[str, Any], view: tuple[str, str] | None, filters: Filters) -> None:
    """The unit's name, and what it is."""
    st.subheader(plain(unit["agency"]), anchor=False)
    place = [str(unit[name]) for name in ("province", "city", "county") if present(unit[name])]
    facts = [
        t(f"filters.level_name.{unit['level']}") if present(unit["level"]) else t("agency.no_level"),
        t(f"filters.kind_name.{unit['kind']}") if present(unit["kind"]) else t("agency.no_kind"),
        " ".join(place) or t("agency.no_place"),
    ]
    if view is not None:
        facts += [t(f"filters.scope_name.{view[1]}"), collection_name(view[0])]
    st.markdown(plain(" · ".join(facts)))
    if view is not None and filters.collection and view != (filters.collection, filters.scope):
        st.caption(
            plain(t("agency.other_view", collection=collection_name(view[0]), scope=t(f"filters.scope_name.{view[1]}")))
        )


def other_views(unit: dict[str, Any], held: pd.DataFrame, view: tuple[str, str] | None) -> None:
    """Links to the unit's figures in other scopes and collections, which are never shown together."""
    for row in records(held[held["stated"] > 0]):
        if view != (row["collection"], row["scope"]):
            scope = t(f"filters.scope_name.{row['scope']}")
            collection = collection_name(str(row["collection"]))
            text = t("agency.other_figures", scope=scope, collection=collection, count=f"{int(row['stated']):,}")
            unit_link(str(unit["agency_id"]), plain(text), str(row["collection"]), str(row["scope"]))


def latest(facts: Facts) -> None:
    """The key figures of the latest year, each against the year before; what is missing says why."""
    year = facts.years[-1]
    st.subheader(t("agency.latest", year=year), anchor=False)
    spoken = language()
    shown = []
    for measure in key_measures(facts):
        now = value_of(facts, measure, year)
        text = short(now.value, measure.unit, spoken, now.approximate)
        shown.append(Card(label(measure), text, _against(facts, measure, year), definition(measure)))
    for start in range(0, len(shown), _A_ROW):
        cards(shown[start : start + _A_ROW])


def key_measures(facts: Facts) -> list[Measure]:
    """The first measures of KEY_MEASURES that the unit ever stated with a value."""
    return [each for code in KEY_MEASURES if stated_years(facts, each := measures()[code])][:CARDS]


def _against(facts: Facts, measure: Measure, year: int) -> str:
    """A value against the year before, in words."""
    now = value_of(facts, measure, year)
    spoken = language()
    if now.value is None:
        return t(f"common.missing.{now.status}")
    found = change(facts, measure, year)
    if found.before is None:
        return t("agency.change.missing", year=year - 1)
    before = exact(found.before, measure.unit, spoken)
    if found.status == "broken" or found.difference is None:
        return t("agency.change.broken", year=year - 1, before=before)
    if found.difference == 0:
        return t("agency.change.same", year=year - 1, before=before)
    unit = "" if measure.unit == "%" else measure.unit
    sign = "+" if found.difference > 0 else "−"
    size = exact(round(abs(found.difference), 1 if measure.is_rate else 4), unit, spoken)
    if measure.is_rate:
        return t("agency.change.points", year=year - 1, before=before, sign=sign, size=size)
    if found.percent is None:
        return t("agency.change.plain", year=year - 1, before=before, sign=sign, size=size)
    percent = exact(abs(found.percent), "%", spoken)
    return t("agency.change.percent", year=year - 1, before=before, sign=sign, size=size, percent=percent)


def trends(facts: Facts, changes: Sequence[Change]) -> None:
    """A chart per topic that has values in two years or more; lines break where the form or the law changed, and go on,
    marked, where the unit was renamed or merged."""
    years = facts.years
    span = list(range(years[0], years[-1] + 1))
    found = [(each, _series(facts, each.codes)) for each in TRENDS]
    found = [(each, frame) for each, frame in found if frame["year"].nunique() > 1]
    st.subheader(t("agency.trends"), anchor=False)
    if not found:
        st.caption(t("agency.no_trend"))
        return
    for start in range(0, len(found), 2):
        for column, (each, frame) in zip(st.columns(2, gap="large"), found[start : start + 2], strict=False):
            with column:
                measure = measures()[each.codes[0]]
                unit = unit_of(measure)
                title = t(f"agency.trend.{each.name}")
                st.markdown(f"**{title}**" + (f" ({unit})" if unit else ""))
                breaks = breaks_of(each.codes, span)
                figure = trend(frame, span, breaks, measure.unit, language(), 300, unit_changes.marks(changes))
                chart(figure, f"agency_trend_{each.name}", title)
                for each_break in breaks:
                    if each_break.cuts:
                        spoken = "en" if language() == "en" else "zh"
                        st.caption(plain(f"{each_break.year} · {each_break.reason(spoken)}"))
    unit_changes.notes(changes, span)


def _series(facts: Facts, codes: Sequence[str]) -> pd.DataFrame:
    """The values of some metrics as rows of a chart: series, year, value, approximate, detail."""
    rows = facts.frame[facts.frame["metric"].isin(codes)].dropna(subset=["value"])
    ranked = rows.assign(rank=[codes.index(code) for code in rows["metric"]]).sort_values(["rank", "year"])
    return pd.DataFrame(
        {
            "series": [label(measures()[code]) for code in ranked["metric"]],
            "year": ranked["year"].astype(int),
            "value": ranked["value"],
            "approximate": ranked["approximate"],
            "detail": corrected_words(ranked),
        }
    )
