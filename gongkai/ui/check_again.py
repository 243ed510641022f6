"""Check again at one click: `gongkai check` in a process of its own, followed here, and what came of it."""

from __future__ import annotations

import streamlit as st

from gongkai.ui.cells import records
from gongkai.ui.data import query
from gongkai.ui.following import check_bar, error_of, someone_writes, started, watch
from gongkai.ui.messages import t
from gongkai.ui.uploads import Batch

_RUNNING = "checking"


def check_state(collection: str) -> None:
    """Whether the findings across reports know of all that came and was decided, and else the button that checks
    again; how far a check is that this session started, and what came of it."""
    held = st.session_state.get(_RUNNING)
    if held is not None and held[1] == collection:
        batch: Batch = held[0]
        if batch.running:
            watch(batch, _progress)
            return
        _outcome(batch)
    state = records(query("checks_state", collection=collection))[0]
    if state["fresh"]:
        return
    with st.container(border=True):
        if state["checked"]:
            st.warning(t("findings.older"), icon=":material/sync_problem:")
        else:
            st.info(t("findings.unchecked"), icon=":material/sync_problem:")
        st.button(
            t("findings.check.start"),
            icon=":material/sync:",
            key="check_again",
            type="primary",
            on_click=_start,
            args=(collection,),
        )


def _start(collection: str) -> None:
    if batch := started(("check", "--collection", collection)):
        st.session_state[_RUNNING] = (batch, collection)


def _progress(batch: Batch) -> None:
    # The lock is taken before the first part and kept to the end.
    parts = any(event.get("event") == "part" for event in batch.events())
    if not parts and someone_writes(batch):
        st.progress(0.0, text=t("findings.check.waiting"))
    elif not check_bar(batch.events()):
        st.progress(0.0, text=t("findings.check.starting"))


def _outcome(batch: Batch) -> None:
    """Said once: the next thing that somebody does takes it away."""
    st.session_state.pop(_RUNNING, None)
    done = next((event for event in batch.events() if event.get("event") == "checked"), None)
    if batch.status == 0:
        # Somebody else's upload may have cleared the log away by now.
        counted = (
            t("findings.check.counted", count=f"{done['findings']:,}", doubtful=f"{done['doubtful']:,}") if done else ""
        )
        st.success(f"{t('findings.check.done')}{counted}", icon=":material/check_circle:")
        return
    if someone_writes(batch):
        st.warning(t("findings.check.busy"), icon=":material/hourglass_top:")
        return
    st.error(t("findings.check.broken", status=batch.status), icon=":material/error:")
    if words := error_of(batch):
        st.code(words, language=None)
