"""A changed register is published by `gongkai agencies publish` in a process of its own, which is followed here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from gongkai.agencies.register import Unit
from gongkai.store.register_book import Difference, RegisterBook, RegisterError
from gongkai.ui.data import workspace
from gongkai.ui.following import error_of, someone_writes, started, watch
from gongkai.ui.messages import plain, t
from gongkai.ui.uploads import Batch

_RUNNING = "register_publishing"


def keep(collection: str, units: Sequence[Unit], actor: str, reason: str) -> bool:
    """Make `units` the register of a collection and start to publish it; return whether that could be done, else say
    why. The page has to run again then."""
    try:
        difference = RegisterBook(workspace()).replace(collection, units, actor, reason)
    except RegisterError as error:
        st.error(plain(error))
        return False
    batch = _start(collection, actor)
    if batch is None:
        return False
    st.session_state[_RUNNING] = (batch, collection, actor, difference)
    return True


def publishing() -> None:
    """How far the publishing is that this session started, or what came of it; nothing where there is none."""
    held = st.session_state.get(_RUNNING)
    if held is None:
        return
    batch, collection, actor, difference = held
    if batch.running:
        watch(batch, _waiting)
    else:
        _outcome(batch, collection, actor, difference)


def _waiting(batch: Batch) -> None:
    st.info(t("admin.publish.waiting" if someone_writes(batch) else "admin.publish.running"), icon=":material/sync:")


def _outcome(batch: Batch, collection: str, actor: str, difference: Difference) -> None:
    summary = next((event for event in batch.events() if event.get("event") == "summary"), None)
    if batch.status != 0:
        st.error(t("admin.publish.broken"), icon=":material/error:")
        if words := error_of(batch):
            st.code(words, language=None)
        st.button(
            t("admin.publish.again"),
            icon=":material/sync:",
            key="register_publish_again",
            on_click=_again,
            args=(collection, actor, difference),
        )
        return
    # Said once: the next thing that somebody does takes it away.
    st.session_state.pop(_RUNNING, None)
    counted = {name: f"{getattr(difference, name):,}" for name in ("added", "changed", "removed")}
    # Somebody else's upload may have cleared the log away by now.
    linked = t("admin.publish.linked", count=f"{int(summary['linked']):,}") if summary else ""
    st.success(f"{t('admin.publish.saved', **counted)} {linked}", icon=":material/check_circle:")


def _again(collection: str, actor: str, difference: Difference) -> None:
    if batch := _start(collection, actor):
        st.session_state[_RUNNING] = (batch, collection, actor, difference)


def _start(collection: str, actor: str) -> Batch | None:
    return started(("agencies", "publish", "--collection", collection, f"--actor={actor}"))
