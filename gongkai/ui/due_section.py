"""编制主体名单 of a year: taken over, looked through, confirmed; units added or taken out; as a file in and out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from gongkai.store.due_book import DueBook
from gongkai.ui.actor import ask_actor
from gongkai.ui.address import ask, choose_one
from gongkai.ui.cells import moment
from gongkai.ui.coverage_actions import say
from gongkai.ui.coverage_data import Chosen
from gongkai.ui.coverage_list import matching
from gongkai.ui.data import query, version, workspace
from gongkai.ui.due_file import due_export, due_import
from gongkai.ui.messages import plain, t
from gongkai.ui.table import table

_SIDES = ("on", "off")
_SHOWN = ("agency", "city", "county", "level", "kind", "edited")
_HISTORY = 200


def due_section(chosen: Chosen) -> None:
    """The section."""
    st.subheader(t("coverage.due.title", year=chosen.year), anchor=False)
    units = query("due_units", collection=chosen.collection, year=chosen.year)
    on = units[units["due"].astype(bool)]
    _state(chosen, on)
    actor = ask_actor()
    if actor:
        _confirm(chosen, on, actor)
    _edit(chosen, units, actor)
    with st.container(horizontal=True):
        due_export(chosen, on)
    if actor:
        due_import(chosen, on, actor)
    _history(chosen, units)


def _state(chosen: Chosen, on: pd.DataFrame) -> None:
    if chosen.confirmed:
        st.success(t("coverage.due.is_confirmed", year=chosen.year, count=f"{len(on):,}"), icon=":material/verified:")
        return
    earlier = [
        int(row["year"])
        for row in query("submission_years", collection=chosen.collection).to_dict("records")
        if row["confirmed"] and row["year"] < chosen.year
    ]
    if on.empty:
        st.info(t("coverage.due.nobody", year=chosen.year))
    elif earlier:
        st.warning(t("coverage.due.taken_over", year=chosen.year, count=f"{len(on):,}", earlier=max(earlier)))
    else:
        st.warning(t("coverage.due.from_register", year=chosen.year, count=f"{len(on):,}"))


def _confirm(chosen: Chosen, on: pd.DataFrame, actor: str) -> None:
    """Make what is shown the year's list; or open a confirmed one again."""
    book = DueBook(workspace())
    if chosen.confirmed:
        with st.popover(t("coverage.due.reopen"), icon=":material/lock_open:"), st.form("due_reopen", border=False):
            reason = st.text_input(t("reports.decide.reason"), max_chars=300).strip()
            if st.form_submit_button(t("coverage.due.reopen")):
                if reason:
                    book.reopen(chosen.collection, chosen.year, actor, reason)
                    st.rerun()
                st.error(t("reports.decide.reason_missing"))
        return
    if on.empty:
        return
    with st.form("due_confirm"):
        reason = st.text_input(
            t("reports.decide.reason"), placeholder=t("coverage.due.reason_placeholder"), max_chars=300
        ).strip()
        sent = st.form_submit_button(
            t("coverage.due.confirm", year=chosen.year, count=f"{len(on):,}"), type="primary", icon=":material/check:"
        )
    if sent and not reason:
        st.error(t("reports.decide.reason_missing"))
    elif sent:
        book.confirm(chosen.collection, chosen.year, [str(id_) for id_ in on["agency_id"]], actor, reason)
        say(t("coverage.due.is_confirmed", year=chosen.year, count=f"{len(on):,}"))
        st.rerun()


def _edit(chosen: Chosen, units: pd.DataFrame, actor: str) -> None:
    """The units on the list, and those that could be: tick, say why, move."""
    if units.empty:
        return
    due = units["due"].astype(bool)
    sizes = {"on": int(due.sum()), "off": int((~due).sum())}
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    with left:
        side = choose_one(
            "coverage",
            "side",
            t("coverage.due.which"),
            _SIDES,
            "on",
            lambda code: t(f"coverage.due.{code}", count=f"{sizes[code]:,}"),
        )
    with right:
        words = ask("coverage", "due_words", t("admin.list.words"), t("coverage.due.words_placeholder"))
    rows = units[due] if side == "on" else units[~due]
    rows = matching(rows.assign(contact=None, telephone=None), words, "")
    if rows.empty:
        st.caption(t("coverage.list.none"))
        return
    shown = rows.assign(
        level=rows["level"].map(lambda code: t(f"filters.level_name.{code}"), na_action="ignore"),
        kind=rows["kind"].map(lambda code: t(f"filters.kind_name.{code}"), na_action="ignore"),
        edited=rows["edited"].map({True: t("coverage.due.edited"), False: None}),
    )
    columns = {name: t(f"coverage.column.{name}") for name in _SHOWN if name != "edited" or not chosen.confirmed}
    config = {"agency": st.column_config.TextColumn(columns["agency"], width=260, pinned=True)}
    now = version()
    key = f"due_{side}_{chosen.year}_{now.generation}_{now.decisions}_{len(rows)}"
    picked = table(shown, key, columns, config=config, height=360, ticked=True)
    if not actor:
        return
    if not picked:
        st.caption(t(f"coverage.due.tick_{side}"))
        return
    _move(chosen, [str(rows["agency_id"].iloc[row]) for row in picked], side, actor)


def _move(chosen: Chosen, ids: Sequence[str], side: str, actor: str) -> None:
    with st.form("due_move"):
        reason = st.text_input(t("reports.decide.reason"), max_chars=300).strip()
        sent = st.form_submit_button(t(f"coverage.due.move_{side}", count=f"{len(ids):,}"))
    if sent and not reason:
        st.error(t("reports.decide.reason_missing"))
    elif sent:
        due, out = ([], ids) if side == "on" else (ids, [])
        DueBook(workspace()).change(chosen.collection, chosen.year, due, out, actor, reason)
        say(t(f"coverage.due.moved_{side}", count=f"{len(ids):,}"))
        st.rerun()


def _history(chosen: Chosen, units: pd.DataFrame) -> None:
    """Who changed the list, when and why; the latest first."""
    entries = DueBook(workspace()).history(chosen.collection, chosen.year)
    if not entries:
        return
    names = dict(zip(units["agency_id"], units["agency"], strict=True))
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for entry in reversed(entries):
        sort = ("list_" if entry["agency_id"] is None else "unit_") + ("on" if entry["due"] else "off")
        group = groups.setdefault((entry["at"], entry["actor"], entry["reason"], sort), [])
        if entry["agency_id"] is not None:
            group.append(str(names.get(entry["agency_id"], entry["agency_id"])))
    with st.expander(t("coverage.due.history"), icon=":material/history:"):
        for (at, actor, reason, sort), listed in list(groups.items())[:_HISTORY]:
            told = t("filters.list_separator").join(listed[:5]) + ("…" if len(listed) > 5 else "")
            what = t(f"coverage.due.entry.{sort}", count=f"{len(listed):,}", units=told)
            st.markdown(plain(f"{moment(pd.Timestamp(at).to_pydatetime())} · {actor} · {what} · {reason}"))
