"""报送进度: what stands on the page, one view at a time below the numbers."""

from __future__ import annotations

import streamlit as st

from gongkai.store.register_book import RegisterBook
from gongkai.ui.address import choose_one
from gongkai.ui.coverage_actions import said
from gongkai.ui.coverage_calls import calls
from gongkai.ui.coverage_data import Chosen, choose_what
from gongkai.ui.coverage_head import bars, numbers, status
from gongkai.ui.coverage_list import listing, strip
from gongkai.ui.coverage_queue import queue
from gongkai.ui.coverage_trail import trail
from gongkai.ui.data import collection_name, filter_options, workspace
from gongkai.ui.deadline_section import deadline_section
from gongkai.ui.due_section import due_section
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.filters import Filters, current
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.register_data import REGISTER, chosen_collection

VIEWS = ("today", "queue", "units", "years", "lists")


def coverage_view() -> None:
    """The whole page."""
    said()
    filters = current()
    asked = st.query_params.get(REGISTER, "")
    if filters.collection and asked in ("", filters.collection):
        filters = filter_bar(("collection", "province", "city", "level", "kind", "group"))
        collection = filters.collection
        _elsewhere(collection)
    else:
        # A collection before its first report: it has a list and dates already.
        collection, filters = chosen_collection(), Filters()
    agency = st.query_params.get("agency", "")
    chosen = choose_what(collection, filters)
    if agency:
        trail(chosen, agency)
        return
    if chosen.rows.empty and not chosen.narrowed and not chosen.confirmed:
        _empty(chosen)
        return
    status(chosen)
    numbers(chosen)
    view = choose_one("coverage", "view", t("coverage.views"), VIEWS, VIEWS[0], lambda code: t(f"coverage.view.{code}"))
    _SHOWN[view](chosen)


def _elsewhere(collection: str) -> None:
    """Ways to collections without reports, which no filter can choose."""
    held = set(filter_options()["collection"])
    for name in workspace().collections:
        if name != collection and name not in held and RegisterBook(workspace()).revision(name):
            page_link("coverage", plain(collection_name(name)), icon=":material/folder:", **{REGISTER: name})


def _lists(chosen: Chosen) -> None:
    due_section(chosen)
    deadline_section(chosen)


def _today(chosen: Chosen) -> None:
    if len(chosen.due):
        bars(chosen)
    calls(chosen)


_SHOWN = {"today": _today, "queue": queue, "units": listing, "years": strip, "lists": _lists}


def _empty(chosen: Chosen) -> None:
    """Nobody is known to be due: how to begin."""
    with st.container(border=True):
        st.subheader(t("coverage.empty.title", year=chosen.year), anchor=False)
        st.markdown(t("coverage.empty.body"))
        page_link("admin", t("coverage.empty.register"), icon=":material/account_tree:")
        page_link("reports", t("common.empty.workspace_link"), icon=":material/upload_file:")
    _lists(chosen)
