"""What happened to a thing that people named and keep (a group, a scheme), with a way back from its last step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import streamlit as st

from gongkai.store.named import Happened, NamedError
from gongkai.ui.cells import moment
from gongkai.ui.messages import plain, t

S = TypeVar("S", bound=Happened)


def show_history(
    key: str,
    past: Sequence[S],
    said: Callable[[S], str],
    actor: str,
    undo: Callable[[S, str], None],
    delete: Callable[[str], None] | None,
) -> None:
    """The steps, the latest first; `actor` ("": nobody yet) may undo the last one. `delete` is null where nothing
    stands that could be deleted. `undo` and `delete` are given the reason."""
    if actor and delete is not None:
        with st.popover(t("peers.form.delete"), icon=":material/delete:"):
            if reason := ask_reason(f"{key}_delete", t("peers.form.delete")):
                delete(reason)
    st.markdown(f"**{t('admin.history.title')}**")
    for step in reversed(past):
        with st.container(border=True):
            when = moment(datetime.fromisoformat(step.at))
            st.markdown(plain(f"{when} · {step.actor} · {said(step)}"))
            line = t("reports.decide.entry_reason", reason=step.reason)
            st.caption(plain(f"{line} · {t('peers.form.undone')}" if step.undone else line))
            if step.undoable and actor:
                with st.popover(t("peers.form.undo"), icon=":material/undo:"):
                    if reason := ask_reason(f"{key}_undo", t("peers.form.undo")):
                        undo(step, reason)


def ask_reason(key: str, word: str) -> str:
    """A form that asks why; "" until it was sent with a reason."""
    with st.form(key, border=False):
        reason = st.text_input(t("reports.decide.reason"), max_chars=300)
        sent = st.form_submit_button(word)
    if sent and not reason.strip():
        st.error(t("reports.decide.reason_missing"))
    return reason.strip() if sent else ""


def attempt(work: Callable[[], None], wrong: Callable[[NamedError], str]) -> bool:
    """Make an entry; say what is wrong where it is refused. Whether it was made."""
    try:
        work()
    except NamedError as error:
        st.error(wrong(error) if error.reason else plain(error))
        return False
    return True
