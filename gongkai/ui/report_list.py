"""The list of reports under the filters: what awaits confirmation first, each row opens its report."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from gongkai.ui.address import ask, choose, switch, turn
from gongkai.ui.cells import day, named, standing_reason
from gongkai.ui.data import collection_name, query
from gongkai.ui.filters import Filters
from gongkai.ui.messages import t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import export_button, table

STANDINGS = ("quarantined", "current", "superseded", "withdrawn")
LIMIT = 2000
"""Rows listed at most: more are not read by people, and cost every session its memory."""

FOUND = ("errors", "doubts")
"""Choices beside the standings: current reports with mistakes, or with doubts about the reading."""

_LAST = "reports_list"

_SHOWN = (
    *("agency", "year", "standing", "reason", "kind", "stage", "scope", "regime", "figures", "findings", "errors"),
    *("doubts", "source", "published_on", "url"),
)
_TAKEN = (*_SHOWN, "province", "city", "collection", "title", "report_id")
_CODED = ("kind", "stage", "scope", "regime", "standing")


def reports(filters: Filters, show: str, words: str) -> pd.DataFrame:
    """The reports that `filters` leave (all for `Filters()`), as the query `reports` gives them.

    `show`: one of STANDINGS or FOUND, "" for all.
    """
    given = filters.parameters()
    given.pop("scope")
    standing, having = (None, show) if show in FOUND else (show or None, None)
    return query("reports", **given, standing=standing, having=having, words=words or None, count=LIMIT)


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with codes replaced by words of the session's language, and `reason` said in words."""
    shown = frame.copy()
    for column in _CODED:
        shown[column] = [named(column, code) for code in frame[column]]
    shown["reason"] = [standing_reason(reason) for reason in frame["standing_reason"]]
    shown["collection"] = [collection_name(str(name)) for name in frame["collection"]]
    shown["published_on"] = [day(value) for value in frame["published_on"]]
    return shown


def way_back() -> dict[str, str]:
    """The parameters of the list as it was last shown in this session, for a link that leads back to it."""
    return {name: value for name, value in st.session_state.get(_LAST, {}).items() if value}


def report_list(filters: Filters) -> None:
    """Controls, the list, and its export."""
    words, show, everywhere = _controls(filters)
    chosen = Filters() if everywhere or not filters.collection else filters
    found = reports(chosen, show, words)
    if chosen.collection:
        _waiting_outside(chosen)
    if found.empty:
        st.info(f"**{t('reports.list.none')}**  \n{t('reports.list.none_do')}")
        return
    total = int(found["total"].iloc[0])
    shown = in_words(found)
    columns = {name: t(f"reports.column.{name}") for name in _SHOWN}
    if everywhere or not filters.collection:
        columns["collection"] = t("reports.column.collection")
    table(
        shown,
        "reports_table",
        columns,
        config=_config(columns),
        height=560,
        on_row=lambda row: open_page("reports", report=str(found["report_id"].iloc[row])),
    )
    if total > len(found):
        st.warning(t("reports.list.limited", total=f"{total:,}", count=f"{len(found):,}"))
    export_button(
        shown,
        "reports_export",
        t("reports.list.export_title"),
        {name: t(f"reports.column.{name}") for name in _TAKEN},
        coverage=t("reports.list.coverage", count=f"{len(found):,}"),
        notes=[t("reports.list.any_scope")],
    )


def _controls(filters: Filters) -> tuple[str, str, bool]:
    """The words looked for, what is shown (of STANDINGS and FOUND, "" for all), whether the filters are left aside."""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        words = ask("reports", "words", t("reports.list.words"), t("reports.list.words_placeholder"))
    names = {
        "": t("reports.list.all"),
        "quarantined": named("standing", "quarantined"),
        **{name: t(f"reports.list.with_{name}") for name in FOUND},
        **{name: named("standing", name) for name in STANDINGS[1:]},
    }
    with right:
        show = choose("reports", "show", t("reports.list.standing"), list(names), "", names.__getitem__)
    everywhere = bool(filters.collection) and switch("reports", "everywhere", t("reports.list.everywhere"))
    st.session_state[_LAST] = {"words": words, "show": show, "everywhere": "1" if everywhere else ""}
    return words, show, everywhere


def _waiting_outside(chosen: Filters) -> None:
    """Reports that wait for a person must not be hidden by a filter: say how many are, and offer them."""
    everything = query("waiting_count")["reports"].iloc[0]
    inside = reports(chosen, "quarantined", "")
    hidden = int(everything) - (int(inside["total"].iloc[0]) if len(inside) else 0)
    if hidden <= 0:
        return
    st.button(
        t("reports.list.outside", count=hidden),
        icon=":material/rule:",
        type="tertiary",
        key="reports_show_waiting",
        on_click=_show_waiting,
    )


def _show_waiting() -> None:
    turn(show="quarantined", everywhere="1", words="")


def _config(columns: dict[str, str]) -> dict[str, object]:
    counts = {
        name: st.column_config.NumberColumn(columns[name], format="localized", width=66)
        for name in ("figures", "errors", "findings", "doubts")
    }
    return {
        **counts,
        # One narrow column stays in place: two would fill a phone's screen, and nothing else could be seen.
        "agency": st.column_config.TextColumn(columns["agency"], width=200, pinned=True),
        "year": st.column_config.NumberColumn(columns["year"], format="%d", width=60),
        "reason": st.column_config.TextColumn(columns["reason"], width=130),
        "url": st.column_config.TextColumn(columns["url"], width=200),
    }
