"""What a person enters of what was handed in: 通过, 退回, 已发布, 已备案, 更正, 收到; for one unit or for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.store.submission_book import AlreadyEntered, Event, SubmissionBook, SubmissionError
from gongkai.ui.cells import day, present, records
from gongkai.ui.coverage_data import Chosen
from gongkai.ui.data import query, workspace
from gongkai.ui.messages import plain, t

NEXT: Mapping[str, tuple[str, ...]] = {
    "missing": ("published",),
    "waiting": ("passed", "returned", "published"),
    "returned": ("passed", "published"),
    "passed": ("published", "returned"),
    "published": ("filed", "corrected", "returned"),
    "filed": ("corrected", "returned"),
    "corrected": ("filed", "returned"),
}
"""What is offered in each state of a report; an item without a file is also received by hand."""

AT_ONCE = frozenset({"received", "passed", "filed"})
"""Done by one click; the others ask for what they need: why, when, where."""

_SAID = "coverage_said"


def offered(state: str, item: str) -> tuple[str, ...]:
    """What can be done in a state, the usual first."""
    if item == "website_form" and state in ("missing", "returned"):
        return ("received", *NEXT[state])
    return NEXT[state]


def enter(
    chosen: Chosen, rows: Sequence[Mapping[str, Any]], event: str, on: date, actor: str, reason: str, url: str = ""
) -> bool:
    """Enter an event for the units of `rows` (of the query `submissions`); return whether that was done, or say why."""
    ids = [str(row["report_id"]) for row in rows if present(row["report_id"])]
    held = query("submission_targets", collection=chosen.collection, report_ids=ids) if ids else pd.DataFrame()
    targets = {row["report_id"]: row for row in records(held)}
    events = []
    for row in rows:
        about = targets.get(row["report_id"]) if present(row["report_id"]) else None
        sha256, ordinal = (None, None) if about is None else (str(about["sha256"]), int(about["ordinal"]))
        seen = tuple(str(id_) for id_ in about["seen"]) if about is not None else ()
        events.append(
            Event(str(row["agency_id"]), chosen.year, chosen.item, event, on, sha256, ordinal, url or None, seen)
        )
    try:
        SubmissionBook(workspace()).record(chosen.collection, events, actor, reason)
    except AlreadyEntered:
        st.warning(t("findings.opinion.already"), icon=":material/info:")
        return False
    except SubmissionError as error:
        st.error(plain(error), icon=":material/error:")
        return False
    name = plain(rows[0]["agency"]) if len(rows) == 1 else t("coverage.act.units", count=f"{len(rows):,}")
    st.session_state[_SAID] = t("coverage.act.done", units=name, event=t(f"coverage.event.{event}"))
    return True


def said() -> None:
    """Say once what was entered last."""
    text = st.session_state.pop(_SAID, "")
    if text:
        st.toast(text, icon=":material/check_circle:")


def say(text: str) -> None:
    """Have something said once the page has run again."""
    st.session_state[_SAID] = text


def buttons(chosen: Chosen, row: Mapping[str, Any], actor: str, key: str) -> None:
    """The buttons for one unit, side by side in the container that is open.

    They belong to the version that is shown: a click that comes after another one arrived finds its button gone, so
    that nobody passes what he has not seen.
    """
    for place, event in enumerate(offered(str(row["state"]), chosen.item)):
        name = f"{key}_{event}_{row['agency_id']}_{row['report_id'] if present(row['report_id']) else ''}"
        word = t(f"coverage.event.{event}")
        if event in AT_ONCE:
            if st.button(
                word, key=name, type="primary" if place == 0 else "secondary", icon=_ICONS.get(event)
            ) and enter(chosen, [row], event, chosen.day, actor, t(f"coverage.reason.{event}")):
                st.rerun()
            continue
        with st.popover(word, icon=_ICONS.get(event), key=name):
            if asked(chosen, [row], event, actor, name):
                st.rerun()


_ICONS = {
    "received": ":material/inbox:",
    "passed": ":material/check:",
    "returned": ":material/undo:",
    "published": ":material/public:",
    "filed": ":material/inventory_2:",
    "corrected": ":material/edit_note:",
}


def asked(chosen: Chosen, rows: Sequence[Mapping[str, Any]], event: str, actor: str, key: str) -> bool:
    """The form of an event: its day, where it was published, why; return whether it was entered."""
    one = rows[0] if len(rows) == 1 else {}
    with st.form(f"{key}_form", border=False):
        on = st.date_input(t("coverage.act.on"), value=_day(one, event, chosen), format="YYYY-MM-DD")
        url = ""
        if event in ("published", "corrected") and one:
            held = str(one["url"]) if present(one.get("url")) else ""
            url = st.text_input(t("coverage.act.url"), value=held, placeholder="https://", max_chars=500).strip()
        needed = event in ("returned", "corrected")
        reason = st.text_area(
            t("coverage.act.why" if needed else "coverage.act.note"),
            placeholder=t("coverage.act.why_placeholder") if needed else "",
            max_chars=500,
            height=90,
        ).strip()
        sent = st.form_submit_button(t(f"coverage.event.{event}"), type="primary")
    if not sent:
        return False
    if needed and not reason:
        st.error(t("coverage.act.why_missing"))
        return False
    if not isinstance(on, date):
        st.error(t("coverage.act.on_missing"))
        return False
    return enter(chosen, rows, event, on, actor, reason or t(f"coverage.reason.{event}"), url)


def _day(row: Mapping[str, Any], event: str, chosen: Chosen) -> date:
    """The day that is offered: of a publication that a version already tells, else today."""
    told = day(row.get("published_on")) if event == "published" else None
    return date.fromisoformat(told) if told else chosen.day
