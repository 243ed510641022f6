"""One report whose author is open: what it says, the units that may be meant, and a click that confirms one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from gongkai.catalogue.author_reasons import author_reasons
from gongkai.store import author_memory
from gongkai.store.author_memory import Choice, Waiting
from gongkai.store.decisions import DecisionError, Target
from gongkai.ui.cells import present, records, whole
from gongkai.ui.data import query, workspace
from gongkai.ui.finding_words import doubt_words
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link

SAVED = "author_saved"
FAILED = "author_failed"
OPEN = "author_list_open"
"""Set by a click in the list, so that it stays open though its heading counts fewer reports then."""
_SHOWN = 3
"""How many candidates a card offers; the others are found by searching."""


def told() -> None:
    """What came of the last click."""
    if message := st.session_state.pop(SAVED, None):
        st.toast(message, icon=":material/check_circle:")
    if problem := st.session_state.pop(FAILED, None):
        st.error(plain(problem))


def candidates_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The candidates of a row of the query waiting_authors, the likeliest first."""
    return list(json.loads(row["candidates"])) if present(row["candidates"]) else []


def reasons_in_words(candidate: dict[str, Any]) -> str:
    """Why a unit may be meant, in the session's language."""
    said = []
    for one in json.loads(candidate["reasons"]):
        reason = author_reasons()[one["code"]]
        text = reason.text_en if language() == "en" else reason.text_zh
        role = t(f"authors.role.{one['role']}") if one["role"] else ""
        said.append(text.format(role=role, words=one["words"]))
    return t("authors.list_separator").join(said)


def doubt_of(row: dict[str, Any]) -> str:
    """Why a report waits, in words."""
    if present(row["doubt"]):
        return doubt_words("agency_uncertain", row["doubt"])
    return t("authors.why_register", name=row["agency"]) if present(row["agency"]) else t("authors.unnamed")


def waiting_of(row: dict[str, Any]) -> Waiting:
    """The report of a row, as the memory knows it."""
    told_by = [row[name] if present(row[name]) else None for name in _SOURCE]
    return Waiting(
        Target(str(row["collection"]), str(row["sha256"]), int(row["ordinal"])),
        whole(row["year"]),
        author_memory.source_of(*told_by),
        tuple(one["agency_id"] for one in candidates_of(row)),
    )


_SOURCE = ("agency_as_printed", "publisher", "url", "source", "province_read", "city_read")


def choose(choices: Sequence[Choice], actor: str, reason: str) -> None:
    """Record choices; called by a click, before the page runs again."""
    st.session_state[OPEN] = True
    try:
        author_memory.choose(workspace(), choices, actor, reason)
    except DecisionError as error:
        st.session_state[FAILED] = str(error)
        return
    st.session_state[SAVED] = t("authors.saved", count=len(choices))


def choice(row: dict[str, Any], agency_id: str | None, name: str) -> Choice:
    """The choice of a unit for a row's report."""
    return Choice(waiting_of(row), agency_id, name, confirmed=present(row["agency"]) and row["agency"] == name)


def card(row: dict[str, Any], actor: str, *, linked: bool = False) -> None:
    """What the report says, a button for each unit that may be meant, and the way to another or a new one; with
    `linked`, also to the report."""
    key = str(row["report_id"])
    printed = row["agency_as_printed"] if present(row["agency_as_printed"]) else row["agency"]
    name = t("authors.printed", name=printed) if present(printed) else t("authors.unnamed")
    st.markdown(f"**{plain(name)}**")
    year = str(whole(row["year"])) if present(row["year"]) else t("authors.no_year")
    st.caption(plain(t("authors.about", year=year, file=row["source"])))
    st.caption(f":orange[{plain(doubt_of(row))}]")
    found = candidates_of(row)
    if not found:
        st.caption(t("authors.no_candidates"))
    for position, one in enumerate(found[:_SHOWN]):
        reasons = reasons_in_words(one)
        st.button(
            plain(t("authors.accept", name=one["agency"])),
            key=f"author_{key}_{position}",
            type="primary" if one["agency_id"] == row["likely_id"] else "secondary",
            icon=":material/check:",
            disabled=not actor,
            on_click=choose,
            args=([choice(row, one["agency_id"], one["agency"])], actor, t("authors.reason_one", reasons=reasons)),
        )
        st.caption(plain(t("authors.score", score=round(100 * one["score"]), reasons=reasons)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if actor:
            with st.popover(t("authors.other"), icon=":material/search:"):
                _other(row, actor, key)
        if linked:
            page_link("reports", t("authors.open"), icon=":material/open_in_new:", report=key)


def _other(row: dict[str, Any], actor: str, key: str) -> None:
    """Look for a unit in the register, or enter a new one."""
    words = st.text_input(
        t("authors.other_search"), placeholder=t("authors.other_placeholder"), key=f"author_words_{key}", max_chars=40
    ).strip()
    if words:
        found = records(query("registered_units", collection=str(row["collection"]), words=words))
        if not found:
            st.caption(plain(t("authors.other_none", words=words)))
        for one in found:
            known = one["known_as"]
            label = t("authors.known_as", name=one["agency"], known=known) if present(known) else str(one["agency"])
            st.button(
                plain(label),
                key=f"author_{key}_{one['agency_id']}",
                on_click=choose,
                args=(
                    [choice(row, str(one["agency_id"]), str(one["agency"]))],
                    actor,
                    t("authors.reason_other"),
                ),
            )
    with st.form(f"author_new_{key}", border=False):
        name = st.text_input(t("authors.new"), placeholder=t("authors.new_placeholder"), max_chars=80).strip()
        st.caption(t("authors.new_help"))
        if st.form_submit_button(t("authors.new_save")) and name:
            choose([choice(row, None, name)], actor, t("authors.reason_new"))
            st.rerun()
