"""The list of reports under the filters: what awaits confirmation first, each row opens its report."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from gongkai.ui.cells import day, named, standing_reason
from gongkai.ui.data import collection_name, query
from gongkai.ui.filters import Filters
from gongkai.ui.messages import language, t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import export_button, table

STANDINGS = ("quarantined", "current", "superseded", "withdrawn")
LIMIT = 2000
"""Rows listed at most: more are not read by people, and cost every session its memory."""

_WORDS = "reports_words"
_STANDING = "reports_standing"
_EVERYWHERE = "reports_everywhere"
_SHOWN = (
    *("standing", "agency", "year", "kind", "stage", "scope", "regime", "figures", "findings", "doubts"),
    *("reason", "source", "published_on", "url"),
)
_TAKEN = (*_SHOWN, "errors", "province", "city", "collection", "title", "report_id")
_CODED = ("kind", "stage", "scope", "regime", "standing")


def reports(filters: Filters, standing: str | None, words: str) -> pd.DataFrame:
    """The reports that `filters` leave (all for `Filters()`), as the query `reports` gives them."""
    given = filters.parameters()
    given.pop("scope")
    return query("reports", **given, standing=standing, words=words.strip() or None, count=LIMIT)


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with codes replaced by words of the session's language, and `reason` said in words."""
    shown = frame.copy()
    for column in _CODED:
        shown[column] = [named(column, code) for code in frame[column]]
    shown["reason"] = [standing_reason(reason) for reason in frame["standing_reason"]]
    shown["collection"] = [collection_name(str(name)) for name in frame["collection"]]
    shown["published_on"] = [day(value) for value in frame["published_on"]]
    return shown


def report_list(filters: Filters) -> None:
    """Controls, the list, and its export."""
    words, standing, everywhere = _controls(filters)
    chosen = Filters() if everywhere or not filters.collection else filters
    found = reports(chosen, standing, words)
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


def _controls(filters: Filters) -> tuple[str, str | None, bool]:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    words = left.text_input(t("reports.list.words"), placeholder=t("reports.list.words_placeholder"), key=_WORDS)
    names = {"": t("reports.list.all"), **{name: named("standing", name) for name in STANDINGS}}
    standing = right.selectbox(
        t("reports.list.standing"),
        list(names),
        format_func=names.__getitem__,
        key=_standing_key(),
        placeholder=t("filters.choose"),
    )
    everywhere = bool(filters.collection) and st.toggle(t("reports.list.everywhere"), key=_EVERYWHERE)
    return words, standing or None, everywhere


def _standing_key() -> str:
    """The select box's key: it sends the words of its option, so it is another one in another language."""
    return f"{_STANDING}_{language()}"


def _waiting_outside(chosen: Filters) -> None:
    """Reports that wait for a person must not be hidden by a filter: say how many are, and offer them."""
    everything = query("waiting_count")["reports"].iloc[0]
    inside = reports(replace(chosen), "quarantined", "")
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
    st.session_state[_standing_key()] = "quarantined"
    st.session_state[_EVERYWHERE] = True
    st.session_state[_WORDS] = ""


def _config(columns: dict[str, str]) -> dict[str, object]:
    counts = {
        name: st.column_config.NumberColumn(columns[name], format="localized", width=70)
        for name in ("figures", "findings", "doubts")
    }
    return {
        **counts,
        "standing": st.column_config.TextColumn(columns["standing"], width=100, pinned=True),
        "agency": st.column_config.TextColumn(columns["agency"], width=220, pinned=True),
        "year": st.column_config.NumberColumn(columns["year"], format="%d", width=60),
        "reason": st.column_config.TextColumn(columns["reason"], width=220),
        "url": st.column_config.TextColumn(columns["url"], width=200),
    }
