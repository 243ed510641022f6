"""Reports that wait for a person to say whose they are: one by one, all likely ones at once, and those that an earlier
choice settled."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from gongkai.store.decisions import DecisionError, Decisions
from gongkai.ui import author_choice
from gongkai.ui.actor import ask_actor
from gongkai.ui.author_choice import candidates_of, card, choice, choose, reasons_in_words, told
from gongkai.ui.cells import moment, present, records, whole
from gongkai.ui.data import query, workspace
from gongkai.ui.filters import Filters
from gongkai.ui.messages import plain, t
from gongkai.ui.table import table

PER_PAGE = 10
_LIMIT = 1000
_PAGE = "authors_page"
_COLUMNS = ("printed", "agency", "year", "source", "reasons")


def waiting_authors(filters: Filters) -> None:
    """The section; nothing where no report waits and none was settled by an earlier choice."""
    told()
    # What waits is shown whatever the years and levels are: nobody would find it otherwise.
    place = {"collection": filters.collection, "province": filters.province, "city": filters.city}
    waiting = records(query("waiting_authors", **place, words=None, count=_LIMIT))
    if waiting:
        _section(waiting, int(waiting[0]["total"]))
    _remembered(filters.collection)


def _section(waiting: list[dict[str, Any]], total: int) -> None:
    likely = [row for row in waiting if present(row["likely_id"])]
    title = t("authors.title_likely" if likely else "authors.title", count=f"{total:,}", likely=f"{len(likely):,}")
    with st.expander(title, icon=":material/person_search:", expanded=bool(st.session_state.get(author_choice.OPEN))):
        st.caption(t("authors.help"))
        actor = ask_actor("ask_actor_of_authors")
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        words = left.text_input(
            t("authors.words"), placeholder=t("authors.words_placeholder"), key="authors_words", max_chars=60
        ).strip()
        only = right.toggle(t("authors.only_likely"), key="authors_likely") if likely else False
        shown = [row for row in (likely if only else waiting) if _has(row, words.lower())]
        accepted = [row for row in shown if present(row["likely_id"])]
        if actor and accepted:
            _bulk(accepted, actor)
        if not shown:
            st.info(t("authors.none"))
        for row in _page(shown):
            with st.container(border=True):
                card(row, actor, linked=True)


def _has(row: dict[str, Any], words: str) -> bool:
    names = (row[name] for name in ("agency", "agency_as_printed", "title", "source", "likely"))
    return not words or any(words in str(name).lower() for name in names if present(name))


def _page(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the page that is shown, with the way to the others: hundreds of cards would be slow to draw."""
    if len(rows) <= PER_PAGE:
        return rows
    last = (len(rows) - 1) // PER_PAGE
    number = min(int(st.session_state.get(_PAGE, 0)), last)
    start = number * PER_PAGE
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("authors.previous"), key="authors_previous", disabled=number == 0, on_click=_turn, args=(number - 1,)
        )
        st.button(t("authors.next"), key="authors_next", disabled=number == last, on_click=_turn, args=(number + 1,))
        st.caption(
            t("authors.page", first=start + 1, last=min(start + PER_PAGE, len(rows)), total=f"{len(rows):,}"),
            width="content",
        )
    return rows[start : start + PER_PAGE]


def _turn(number: int) -> None:
    st.session_state[_PAGE] = number
    st.session_state[author_choice.OPEN] = True


def _bulk(rows: list[dict[str, Any]], actor: str) -> None:
    """All likely ones at once, listed before the click that confirms them."""
    with st.popover(t("authors.bulk", count=f"{len(rows):,}"), icon=":material/done_all:"):
        st.caption(t("authors.bulk_help"))
        frame = pd.DataFrame(
            {
                "printed": [row["agency_as_printed"] if present(row["agency_as_printed"]) else None for row in rows],
                "agency": [row["likely"] for row in rows],
                "year": pd.array([whole(row["year"]) for row in rows], dtype="Int64"),
                "source": [row["source"] for row in rows],
                "reasons": [reasons_in_words(candidates_of(row)[0]) for row in rows],
            }
        )
        columns = {name: t(f"authors.column.{name}") for name in _COLUMNS}
        config = {"year": st.column_config.NumberColumn(columns["year"], format="%d", width=60)}
        table(frame, "authors_bulk_table", columns, config=config, height=320)
        st.button(
            t("authors.bulk_save", count=f"{len(rows):,}"),
            key="authors_bulk",
            type="primary",
            icon=":material/done_all:",
            on_click=choose,
            args=(
                [choice(row, str(row["likely_id"]), str(row["likely"])) for row in rows],
                actor,
                t("authors.reason_bulk", count=len(rows)),
            ),
        )


def _remembered(collection: str) -> None:
    """The reports that an earlier choice settled."""
    rows = records(query("remembered_authors", collection=collection, report_id=None, count=_LIMIT))
    if not rows:
        return
    with st.expander(t("authors.remembered_title", count=f"{len(rows):,}"), icon=":material/history:"):
        st.caption(t("authors.remembered_help"))
        frame = pd.DataFrame(
            {
                "printed": [row["agency_as_printed"] if present(row["agency_as_printed"]) else None for row in rows],
                "agency": [row["agency"] for row in rows],
                "year": pd.array([whole(row["year"]) for row in rows], dtype="Int64"),
                "confirmed": [_rests_on(row) for row in rows],
                "source": [row["source"] for row in rows],
            }
        )
        columns = {name: t(f"authors.column.{name}") for name in ("printed", "agency", "year", "confirmed", "source")}
        config = {"year": st.column_config.NumberColumn(columns["year"], format="%d", width=60)}
        table(frame, "authors_remembered", columns, config=config)


def _rests_on(row: dict[str, Any]) -> str:
    year = whole(row["confirmed_year"])
    key = "authors.remembered" if year is not None else "authors.remembered_undated"
    return t(key, year=year, actor=row["actor"], at=moment(row["at"]))


def author_of(report: dict[str, Any]) -> None:
    """On a report's own page: the units that may be meant, or the earlier choice it was linked by."""
    told()
    id_ = str(report["report_id"])
    everywhere = {"collection": "", "province": "", "city": ""}
    for row in records(query("waiting_authors", **everywhere, report_id=id_)):
        with st.container(border=True):
            card(row, ask_actor("ask_actor_of_authors"))
    for row in records(query("remembered_authors", collection="", report_id=id_)):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(plain(_rests_on(row)), width="content")
            if actor := ask_actor("ask_actor_of_memory"):
                st.button(
                    t("authors.undo"),
                    key="authors_undo",
                    icon=":material/undo:",
                    on_click=_undo,
                    args=(int(row["decision"]), actor, t("authors.undo_reason", file=row["source"])),
                )


def _undo(decision: int, actor: str, reason: str) -> None:
    try:
        Decisions(workspace()).undo(decision, actor, reason)
    except DecisionError as error:
        st.session_state[author_choice.FAILED] = str(error)
        return
    st.session_state[author_choice.SAVED] = t("authors.undone")
