"""A ranking by a rate that reports state without its cases, on a person's explicit word: values in order, no more."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import Measure
from gongkai.charts.spread import distribution
from gongkai.ui.chart import unit_chart
from gongkai.ui.measures import definition, label
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.ranking_words import peers_name, share
from gongkai.ui.table import export_button, table

_PLACES = 1
"""Values that read the same share a rank."""


def show_stated(measure: Measure, frame: pd.DataFrame, peers: str, year: int) -> None:
    """The page below its controls: `frame` as of `ranking_data.counts`, where numerator is the rate."""
    rows = in_order(frame, measure, peers, year)
    st.markdown(plain(sentence(rows, measure, peers, year)))
    st.caption(t("ranking.about_stated"))
    known = rows.dropna(subset=["value"])
    if len(known) > 1:
        alt = t("ranking.stated_picture", name=label(measure), peers=peers_name(peers), year=year)
        unit_chart(distribution(known.assign(name=known["agency"]), measure.unit, language()), "ranking_stated", alt)
    _table(rows, measure, peers, year)
    judgement = measure.judgement
    with st.expander(t("topics.definitions"), icon=":material/menu_book:"):
        st.markdown(f"**{plain(label(measure))}**　{plain(definition(measure))}")
        if judgement is not None:
            st.markdown(f"- {plain(judgement.caveat(language()))}")
        page_link("guide", t("guide.link_method"), icon=":material/menu_book:", part="method")


def in_order(frame: pd.DataFrame, measure: Measure, peers: str, year: int) -> pd.DataFrame:
    """The units of a group with a report of the year, best first, missing last: agency_id, agency, city, value,
    approximate, rank, moved (places since the year before)."""
    own = frame[frame["peers"] == peers]
    now = own[own["year"] == year].rename(columns={"numerator": "value"}).reset_index(drop=True)
    before = own[own["year"] == year - 1].set_index("agency_id")["numerator"]
    now["rank"] = _ranks(now["value"], measure)
    now["moved"] = _ranks(before, measure).reindex(now["agency_id"]).array - now["rank"]
    order = now.sort_values(["rank", "agency", "agency_id"], na_position="last", kind="stable")
    return order[["agency_id", "agency", "city", "value", "approximate", "rank", "moved"]].reset_index(drop=True)


def _ranks(values: pd.Series, measure: Measure) -> pd.Series:
    lower = measure.judgement is not None and measure.judgement.direction == "lower"
    return values.astype(float).round(_PLACES).rank(method="min", ascending=lower).astype("Int64")


def sentence(rows: pd.DataFrame, measure: Measure, peers: str, year: int) -> str:
    """How many state the rate, the middle of them, and who stands at either end."""
    known = rows.dropna(subset=["value"])
    words = {"year": year, "peers": peers_name(peers), "name": label(measure)}
    if known.empty:
        return t("ranking.say_stated_none", **words)
    values = known["value"].astype(float)
    if len(known) == 1:
        return t("ranking.say_stated_one", **words, first=_named(known, float(values.iloc[0]), measure))
    low, middle, high = (share(float(values.quantile(part)), measure) for part in (0.25, 0.5, 0.75))
    return t(
        "ranking.say_stated",
        **words,
        count=f"{len(known):,}",
        low=low,
        middle=middle,
        high=high,
        first=_named(known, float(values.max()), measure),
        last=_named(known, float(values.min()), measure),
    )


def _named(known: pd.DataFrame, value: float, measure: Measure) -> str:
    """The unit of a value, and how many have the same."""
    same = known[known["value"].astype(float).round(_PLACES) == round(value, _PLACES)]
    key = "ranking.say_stated_unit" if len(same) == 1 else "ranking.say_stated_tied"
    return t(key, name=same["agency"].iloc[0], count=f"{len(same):,}", value=share(value, measure))


def _table(rows: pd.DataFrame, measure: Measure, peers: str, year: int) -> None:
    title = t("ranking.title", name=label(measure), peers=peers_name(peers), year=year)
    columns = {name: t(f"ranking.column_{name}") for name in ("rank", "agency", "value", "moved", "city")}
    head, button = st.columns([3, 1], vertical_alignment="bottom")
    with head:
        st.subheader(plain(title), anchor=False)
    judgement = measure.judgement
    with button, st.container(horizontal=True, horizontal_alignment="right"):
        export_button(
            rows,
            "ranking_export",
            title,
            columns,
            measures=[measure],
            coverage=t("ranking.coverage_stated", held=int(rows["value"].notna().sum()), all=len(rows)),
            notes=[*([judgement.caveat(language())] if judgement else []), t("ranking.about_stated")],
            formats={"value": '0.0"%"'},
        )
    config = {
        "rank": st.column_config.NumberColumn(columns["rank"], width=64),
        "agency": st.column_config.TextColumn(columns["agency"], width=210, pinned=True),
        "value": st.column_config.NumberColumn(columns["value"], format="%.1f%%", width=110),
        "moved": st.column_config.NumberColumn(columns["moved"], format="%+d", width=84),
    }
    table(rows, "ranking_stated_table", columns, config=config, opens="agency_id", height=560)
