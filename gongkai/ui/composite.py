"""The view 综合指数 of 单位排名: a saved scheme's index within a peer group, its weights, parts and sensitivity."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from gongkai.charts.sensitivity import sensitivity
from gongkai.store.schemes import Scheme, Schemes
from gongkai.ui import composite_words as said
from gongkai.ui.address import choose
from gongkai.ui.cells import moment, records
from gongkai.ui.chart import unit_chart
from gongkai.ui.composite_data import Indexed, complete, indexed, lost, measures_of
from gongkai.ui.data import workspace
from gongkai.ui.filters import Filters
from gongkai.ui.kept import kept
from gongkai.ui.measures import label
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.ranking_controls import PAGE, choose_peers, choose_year
from gongkai.ui.ranking_words import peers_name
from gongkai.ui.scheme_form import SCHEME, scheme_section
from gongkai.ui.table import export_button, table

_NONE = ""


def show_composite(filters: Filters) -> None:
    """The view below the page's head. There is no default scheme: whose weights these are is always said."""
    standing = {str(each.id): each for each in Schemes(workspace()).standing(filters.collection)}
    wanted = st.query_params.get(SCHEME, "")
    if wanted and wanted not in standing:
        st.warning(t("composite.gone", number=plain(wanted)), icon=":material/help:")
    first, second, third = st.columns([2, 2, 1], vertical_alignment="bottom")
    with first:
        chosen = choose(
            PAGE,
            SCHEME,
            t("composite.scheme"),
            [_NONE, *standing],
            _NONE,
            lambda each: standing[each].name if each else t("composite.scheme_none"),
        )
    scheme = standing.get(chosen)
    if scheme is None:
        st.info(t("composite.none" if standing else "composite.none_yet"), icon=":material/balance:")
        scheme_section(filters.collection, None)
        return
    if gone := lost(scheme):
        st.warning(plain(t("composite.lost", codes=t("filters.list_separator").join(gone))), icon=":material/help:")
        scheme_section(filters.collection, scheme)
        return
    held = complete(filters, scheme)
    if held.empty:
        _weights(scheme)
        st.info(t("composite.nobody"), icon=":material/balance:")
        scheme_section(filters.collection, scheme)
        return
    with third:
        year = choose_year(int(year) for year in held.columns)
    with second:
        peers = choose_peers(held[year], held[year])
    with st.spinner(t("ranking.counting")):
        made = indexed(filters, scheme, peers, year)
    _weights(scheme)
    for sentence in kept("composite_sentences", made.key, lambda: said.sentences(scheme, made, peers, year)):
        st.markdown(plain(sentence))
    title = t("composite.title", name=scheme.name, peers=peers_name(peers), year=year)
    _picture(made, title)
    _without(made)
    _table(scheme, made, title)
    scheme_section(filters.collection, scheme)
    with st.expander(t("topics.definitions"), icon=":material/menu_book:"):
        for name in ("score", "weights", "missing", "range"):
            st.markdown(f"- {plain(t(f'composite.about_{name}'))}")
        page_link("guide", t("guide.link_method"), icon=":material/menu_book:", part="method")


def _weights(scheme: Scheme) -> None:
    """The weights, always in view, and who answers for them."""
    with st.container(border=True):
        st.markdown(f"**{plain(t('composite.weights', name=scheme.name))}**　{plain(said.weights_text(scheme))}")
        when = moment(datetime.fromisoformat(scheme.changed_at))
        st.caption(plain(t("composite.owner", owner=scheme.owner, changed_by=scheme.changed_by, when=when)))


def _picture(made: Indexed, title: str) -> None:
    if made.ranked.empty:
        return
    st.markdown(f"**{t('composite.sensitivity')}**")
    figure = kept("composite_sensitivity", made.key, lambda: _figure(made))
    unit_chart(figure, "composite_sensitivity", title, t("composite.note"))


def _figure(made: Indexed) -> go.Figure:
    hover = [
        t(
            "composite.hover",
            index=said.number(float(row["index"])),
            rank=row["rank"],
            best=row["rank_best"],
            worst=row["rank_worst"],
        )
        for row in records(made.ranked)
    ]
    return sensitivity(made.ranked.assign(hover=hover), t("composite.axis"))


def _without(made: Indexed) -> None:
    """How far the ranks move when one indicator is left out."""
    rows = made.without.dropna()
    if rows.empty:
        return
    frame = pd.DataFrame(
        {
            "name": [said.name_of(str(code)) for code in rows.index],
            "mean": rows["mean"].round(1).to_list(),
            "most": rows["most"].astype(int).to_list(),
        }
    )
    columns = {name: t(f"composite.without_{name}") for name in frame.columns}
    with st.expander(t("composite.without"), icon=":material/tune:"):
        config = {"name": st.column_config.TextColumn(columns["name"], width=260)}
        table(frame, "composite_without", columns, config=config)


def _table(scheme: Scheme, made: Indexed, title: str) -> None:
    """Every unit of the group: index, rank with its range, and the score of each part; the values go out with them."""
    measures = measures_of(scheme)
    frame = kept("composite_table", made.key, lambda: _rows(made))
    scores = {f"score:{each.code}": t("composite.column_score", name=label(each)) for each in measures}
    values = {f"value:{each.code}": t("composite.column_value", name=label(each)) for each in measures}
    plain_columns = {name: t(f"composite.column_{name}") for name in ("rank", "agency", "index", "range")}
    rest = {"lacking": t("composite.column_lacking"), "city": t("ranking.column_city")}
    head, button = st.columns([3, 1], vertical_alignment="bottom")
    with head:
        st.subheader(plain(title), anchor=False)
    with button, st.container(horizontal=True, horizontal_alignment="right"):
        export_button(
            frame,
            "composite_export",
            title,
            {**plain_columns, **scores, **values, **rest},
            measures=measures,
            coverage=t("composite.coverage", ranked=len(made.ranked), all=len(frame)),
            notes=[
                t("composite.weights_note", name=scheme.name, weights=said.weights_text(scheme)),
                *(t(f"composite.about_{name}") for name in ("score", "weights", "missing", "range")),
            ],
            formats={"index": "0.0", **dict.fromkeys(scores, "0.0"), **dict.fromkeys(values, '0.0"%"')},
        )
    columns = {**plain_columns, **scores, **rest}
    config = {
        "rank": st.column_config.NumberColumn(columns["rank"], width=64),
        "agency": st.column_config.TextColumn(columns["agency"], width=210, pinned=True),
        **{
            name: st.column_config.NumberColumn(columns[name], format="%.1f", width=190 if name in scores else 76)
            for name in ("index", *scores)
        },
        "lacking": st.column_config.TextColumn(columns["lacking"], width=210),
    }
    table(frame, "composite_table", columns, config=config, opens="agency_id", height=480)


def _rows(made: Indexed) -> pd.DataFrame:
    """The rows of the table: the units with the range of their rank, and what they lack, in words."""
    frame = made.units.copy()
    frame["range"] = [
        None if pd.isna(best) else t("ranking.range", best=best, worst=worst)
        for best, worst in zip(frame["rank_best"], frame["rank_worst"], strict=True)
    ]
    frame["lacking"] = [
        t("filters.list_separator").join(said.name_of(code) for code in codes) or None for codes in frame["lacks"]
    ]
    return frame
