"""What stands around every page: the marks of a demonstration, the language, the acting person, the data's version."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from gongkai.catalogue.messages import LANGUAGES
from gongkai.ui.actor import acting_line
from gongkai.ui.address import flush
from gongkai.ui.data import collection_name, data_date, demonstration, fictional, version
from gongkai.ui.filter_bar import settle
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import HERE, menu, pages

_LOGOS = Path(__file__).with_name("logos")
_STYLE = Path(__file__).with_name("shell.css")

SHOWN = "shell"
"""Set in the session before a page runs, which takes it out again (see page.begin)."""


def run() -> None:
    """The whole dashboard, once: navigation, what stands around the page, the page, and the address at its end."""
    page = st.navigation(pages(), position="hidden")
    st.session_state[HERE] = page.url_path
    st.set_page_config(page_title=f"{page.title} · {t('common.title')}", page_icon="📖", layout="wide")
    _frame()
    page.run()
    flush()


def _frame() -> None:
    """Everything around the page: the marks of a demonstration above it, the menu beside it."""
    st.session_state[SHOWN] = True
    st.html(_STYLE)
    st.logo(_LOGOS / f"{language()}.svg", size="large")
    filters = settle()
    _banner(filters.collection)
    with st.sidebar:
        menu()
        st.divider()
        st.button(
            t("common.other_language"),
            icon=":material/translate:",
            type="tertiary",
            key="switch_language",
            on_click=_switch_language,
        )
        acting_line()
        date = data_date()
        if date:
            st.caption(t("common.generation", date=date, generation=version().generation))


def _banner(collection: str) -> None:
    """On every page of a demonstration: that it is one, and that the fictional collection is fictional."""
    if not demonstration():
        return
    text = f":orange-badge[{t('common.banner.badge')}] {t('common.banner.demonstration')}"
    if collection and fictional(collection):
        text += " " + t("common.banner.fictional", collection=plain(collection_name(collection)))
    st.caption(text)


def _switch_language() -> None:
    now = language()
    st.session_state["language"] = next(other for other in LANGUAGES if other != now)
