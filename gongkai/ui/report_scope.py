"""Whose figures a report gives, the organ's own or those of all below it: shown with why, confirmed by a click."""

from __future__ import annotations

from typing import Any

import streamlit as st

from gongkai.store.decisions import DecisionError, Decisions, Target, effects
from gongkai.ui.actor import ask_actor
from gongkai.ui.author_choice import FAILED, SAVED
from gongkai.ui.cells import named, present
from gongkai.ui.data import query, workspace
from gongkai.ui.messages import plain, t


def scope_of_report(report: dict[str, Any]) -> None:
    """A line that says the scope and why; where nobody decided it yet, a button that confirms it, or one for each where
    it is open."""
    target = Target(str(report["collection"]), str(report["sha256"]), int(report["ordinal"]))
    effect = effects(Decisions(workspace()).log(target)).get(target)
    decided = effect is not None and "scope" in effect.fields
    known = present(report["scope"])
    with st.container(horizontal=True, vertical_alignment="center"):
        scope = named("scope", report["scope"])
        st.caption(plain(t(f"authors.scope.{_why(report, decided)}", scope=scope)), width="content")
        if decided or not (actor := ask_actor("ask_actor_of_scope")):
            return
        for code in (str(report["scope"]),) if known else ("organ", "whole"):
            st.button(
                t("authors.scope.confirm", scope=named("scope", code)),
                key=f"scope_{code}",
                type="tertiary",
                icon=":material/check:",
                on_click=_decide,
                args=(target, code, known, actor),
            )


def _why(report: dict[str, Any], decided: bool) -> str:
    """A code of the reason for which a report is taken to be on its organ or on the whole."""
    if decided:
        return "decided"
    if not present(report["scope"]):
        return "open"
    agency = query("agency_detail", agency_id=str(report["agency_id"])) if present(report["agency_id"]) else None
    kind = None if agency is None or agency.empty else agency["kind"].iloc[0]
    if report["scope"] == "whole":
        return "government" if kind == "government" else "register"
    return "office" if kind == "office" else "organ"


def _decide(target: Target, scope: str, confirmed: bool, actor: str) -> None:
    log = Decisions(workspace())
    try:
        (log.confirm if confirmed else log.correct)(target, "scope", scope, actor, t("authors.scope.reason"))
    except DecisionError as error:
        st.session_state[FAILED] = str(error)
        return
    st.session_state[SAVED] = t("authors.scope.saved")
