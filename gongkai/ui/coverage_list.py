"""All units of the year in one table, and the heat strip of units × years."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from gongkai.catalogue.submissions import STATES
from gongkai.charts.strip import NAMED, state_strip
from gongkai.ui.address import ask, choose
from gongkai.ui.cells import day
from gongkai.ui.chart import chart
from gongkai.ui.coverage_data import Chosen, state_word, years_held
from gongkai.ui.coverage_head import ways
from gongkai.ui.data import query
from gongkai.ui.messages import language, t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import export_button, table

_COLUMNS = (
    *("agency", "state", "since", "city", "county", "level", "kind", "due", "received_on", "published_on", "filed_on"),
    *(
        "due_on",
        "statutory_on",
        "late_days",
        "versions",
        "returns",
        "unconfirmed",
        "reports_to",
        "contact",
        "telephone",
        "url",
    ),
)
_DAYS = ("since", "received_on", "published_on", "filed_on", "due_on", "statutory_on")
_YEARS = 12


def listing(chosen: Chosen) -> None:
    """The table of all units, to search and to take away."""
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        words = ask("coverage", "words", t("admin.list.words"), t("coverage.list.words_placeholder"))
    with right:
        state = choose(
            "coverage",
            "state",
            t("coverage.column.state"),
            ["", *STATES],
            "",
            lambda code: state_word(code) if code else t("filters.all"),
        )
    rows = matching(chosen.rows, words, state)
    if rows.empty:
        st.info(t("coverage.list.none"))
        return
    shown = in_words(rows)
    columns = {name: t(f"coverage.column.{name}") for name in _COLUMNS}
    config: dict[str, object] = {
        **{name: st.column_config.TextColumn(columns[name], width=96) for name in (*_DAYS, "state", "city")},
        **{
            name: st.column_config.NumberColumn(columns[name], width=70)
            for name in ("late_days", "versions", "returns", "unconfirmed")
        },
        "agency": st.column_config.TextColumn(columns["agency"], width=230, pinned=True),
    }
    table(
        shown,
        "coverage_list",
        columns,
        config=config,
        height=560,
        on_row=lambda row: open_page("coverage", **ways(chosen, agency=str(rows["agency_id"].iloc[row]))),
    )
    export_button(
        shown,
        "coverage_list_export",
        t("coverage.list.title", year=chosen.year, item=t(f"coverage.item_short.{chosen.item}")),
        columns,
        filters=chosen.words(),
    )


def matching(rows: pd.DataFrame, words: str, state: str) -> pd.DataFrame:
    """The rows in a state ("" for all) that bear `words` in name, place or contact."""
    found = rows[rows["state"] == state] if state else rows
    if not words:
        return found
    said = found[["agency", "city", "county", "contact", "telephone"]].fillna("").agg(" ".join, axis=1)
    return found[said.str.contains(words, case=False, regex=False)]


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with words for codes, and dates as texts."""
    shown = rows.copy()
    shown["state"] = rows["state"].map({state: state_word(state) for state in STATES})
    for field in ("level", "kind"):
        known = {code: t(f"filters.{field}_name.{code}") for code in rows[field].dropna().unique()}
        shown[field] = rows[field].map(known)
    shown["due"] = rows["due"].map({True: t("coverage.list.yes"), False: t("coverage.list.no")})
    for name in _DAYS:
        shown[name] = [day(value) for value in rows[name]]
    return shown


def strip(chosen: Chosen) -> None:
    """Units × years, a city at a time where there are many."""
    years = [int(row["year"]) for row in years_held(chosen.collection)]
    last = max([chosen.year, *years])
    first = max(min([chosen.year, *years]), last - _YEARS + 1)
    frame = query(
        "submission_strip",
        collection=chosen.collection,
        item=chosen.item,
        year=chosen.year,
        first_year=first,
        last_year=last,
        **chosen.place(),
    )
    units = frame["agency_id"].drop_duplicates()
    pages = -(-len(units) // NAMED)
    if not pages:
        st.info(t("coverage.list.none"))
        return
    st.caption(t("coverage.strip.help"))
    page = "1"
    if pages > 1:
        page = choose(
            "coverage",
            "strip",
            t("coverage.strip.page"),
            [str(number) for number in range(1, pages + 1)],
            "1",
            lambda code: _page_word(frame, int(code)),
        )
    shown = frame[frame["agency_id"].isin(units.iloc[(int(page) - 1) * NAMED : int(page) * NAMED])]
    chart(
        state_strip(shown, language(), list(range(first, last + 1))),
        f"coverage_strip_{language()}",
        t("coverage.strip.title"),
        lambda agency: open_page("coverage", **ways(chosen, agency=agency)),
    )


def _page_word(frame: pd.DataFrame, page: int) -> str:
    names = frame.drop_duplicates("agency_id")["agency"].iloc[(page - 1) * NAMED : page * NAMED]
    return t("coverage.strip.from_to", first=names.iloc[0], last=names.iloc[-1])
