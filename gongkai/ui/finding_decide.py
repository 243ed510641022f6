"""Decide about findings: the form for one or many, who decided what before, and how a decision is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from gongkai.store.findings import EVENTS, ONLY_SURE, TRANSITIONS, FindingError, FindingEvents, Outcome
from gongkai.ui.actor import ask_actor
from gongkai.ui.cells import moment
from gongkai.ui.data import workspace
from gongkai.ui.messages import plain, t

_SAID = "finding_decided"
_LAST = "finding_last_decision"
_LONGEST = 300


def said() -> None:
    """What the last decision came to, said once; and a way to take it back at one click."""
    if note := st.session_state.pop(_SAID, None):
        st.success(note, icon=":material/check_circle:")
    entries: list[int] = st.session_state.get(_LAST, [])
    if entries and note:
        st.button(
            t("findings.decide.undo_all", count=f"{len(entries):,}"),
            icon=":material/undo:",
            key="undo_last_decision",
            type="tertiary",
            on_click=_undo_last,
        )


def admitted(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """The events that at least one of the findings admits, in their order."""
    return [
        event
        for event in EVENTS
        if any(
            event in TRANSITIONS[str(each["state"])] and not (event in ONLY_SURE and bool(each["doubtful"]))
            for each in findings
        )
    ]


def decide_form(findings: Sequence[Mapping[str, Any]], key: str, title: str) -> None:
    """A decision with its reason about all `findings` (rows of finding_list or finding_detail)."""
    events = admitted(findings)
    if not events:
        st.caption(t("findings.decide.nothing"))
        return
    actor = ask_actor()
    if not actor:
        return
    with st.form(key, border=True):
        st.markdown(f"**{plain(title)}**")
        left, right, button = st.columns([1, 2, 1], vertical_alignment="bottom")
        event = left.selectbox(
            t("findings.decide.event"),
            events,
            format_func=lambda each: t(f"findings.event.{each}"),
            placeholder=t("filters.choose"),
        )
        reason = right.text_input(
            t("reports.decide.reason"), placeholder=t("findings.decide.reason_placeholder"), max_chars=_LONGEST
        )
        with button:
            sent = st.form_submit_button(t("findings.decide.save"), type="primary")
    if not sent:
        return
    if not reason.strip():
        st.error(t("reports.decide.reason_missing"))
        return
    try:
        outcome = FindingEvents(workspace()).decide(findings, str(event), actor, reason)
    except FindingError as error:
        st.error(plain(error))
        return
    remember(outcome, str(event))
    st.rerun()


def trail(finding_key: str) -> None:
    """Every decision about a finding, the latest first; the one that stands can be taken back."""
    st.subheader(t("findings.trail.title"), anchor=False)
    entries = FindingEvents(workspace()).trail(finding_key)
    made = [entry for entry in entries if entry["event"] != "undo"]
    if not made:
        st.caption(t("findings.trail.none"))
        return
    standing = next((entry["id"] for entry in reversed(made) if not entry["undone"]), None)
    for entry in reversed(made):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            with st.container():
                line = plain(
                    t(
                        "findings.trail.entry",
                        at=moment(datetime.fromisoformat(entry["at"])),
                        actor=entry["actor"],
                        event=t(f"findings.event.{entry['event']}"),
                    )
                )
                st.markdown(f"~~{line}~~" if entry["undone"] else line)
                st.caption(plain(t("reports.decide.entry_reason", reason=entry["reason"])))
                if undone := entry["undone"]:
                    at = moment(datetime.fromisoformat(undone["at"]))
                    st.caption(plain(t("reports.decide.undone_by", actor=undone["actor"], at=at)))
            if entry["id"] == standing and ask_actor("ask_actor_of_trail"):
                st.button(
                    t("reports.decide.undo"),
                    icon=":material/undo:",
                    key=f"undo_finding_{entry['id']}",
                    on_click=_undo,
                    args=([entry["id"]],),
                )


def remember(outcome: Outcome, event: str) -> None:
    """Say after the next run what a decision came to, and offer to take it back."""
    parts = [t("findings.decide.saved", count=f"{len(outcome.entries):,}", event=t(f"findings.event.{event}"))]
    parts += [t(f"findings.decide.left_{why}", count=f"{count:,}") for why, count in sorted(outcome.left.items())]
    st.session_state[_SAID] = " ".join(parts)
    st.session_state[_LAST] = outcome.entries


def say(note: str) -> None:
    """Say something after the next run, of what is not taken back here."""
    st.session_state[_SAID] = note
    st.session_state[_LAST] = []


def _undo_last() -> None:
    _undo(st.session_state.pop(_LAST, []))


def _undo(numbers: list[int]) -> None:
    """A click's callback: take decisions back, signed by the person of this session."""
    try:
        outcome = FindingEvents(workspace()).undo(
            numbers, str(st.session_state.get("actor", "")), t("findings.decide.undo_reason")
        )
    except FindingError as error:
        st.session_state[_SAID] = plain(error)
        return
    st.session_state[_LAST] = []
    st.session_state[_SAID] = t("findings.decide.undone", count=f"{len(outcome.entries):,}")
