"""Who acts. Until sign-in exists, the person's name is asked once per session and signs every decision."""

from __future__ import annotations

import streamlit as st

from gongkai.ui.messages import plain, t

_SESSION = "actor"


def actor() -> str:
    """The name of the acting person; "" as long as nobody gave one."""
    return str(st.session_state.get(_SESSION, ""))


def ask_actor(key: str = "ask_actor") -> str:
    """The name of the acting person; where none is known yet, a small form that asks for it, and "".

    A page that asks in several places gives each a `key` of its own.
    """
    if actor():
        return actor()
    with st.form(key, border=True):
        name = st.text_input(t("common.actor.label"), placeholder=t("common.actor.placeholder"), max_chars=40)
        st.caption(t("common.actor.why"))
        if st.form_submit_button(t("common.actor.save")) and name.strip():
            st.session_state[_SESSION] = name.strip()
            st.rerun()
    return ""


def acting_line() -> None:
    """Who acts, with a way to change it; nothing before a name was given."""
    if not actor():
        return
    st.caption(t("common.actor.acting", name=plain(actor())))
    st.button(t("common.actor.change"), type="tertiary", key="forget_actor", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(_SESSION, None)
