"""Record that a report was returned with an opinion: what it names is notified."""

from __future__ import annotations

from typing import Any

import streamlit as st

from gongkai.store.findings import FindingError, FindingEvents
from gongkai.ui.actor import ask_actor
from gongkai.ui.data import workspace
from gongkai.ui.finding_decide import remember
from gongkai.ui.messages import plain, t


def record_button(report: dict[str, Any], findings: list[dict[str, Any]], words: str) -> None:
    """A button that records the return of this version with the findings that the opinion names."""
    actor = ask_actor()
    if not actor:
        return
    if st.button(t("findings.opinion.record"), type="primary", icon=":material/reply:", key="record_return"):
        fresh = [row for row in findings if row["state"] != "notified"]
        try:
            outcome = FindingEvents(workspace()).decide(fresh, "notified", actor, t("findings.opinion.reason"))
        except FindingError as error:
            st.error(plain(error))
            return
        remember(outcome, "notified")
        st.rerun()
