"""How every page begins: its title, below what app.py puts around it."""

from __future__ import annotations

import streamlit as st

from gongkai.ui.messages import t
from gongkai.ui.navigation import pages
from gongkai.ui.shell import SHOWN


def begin(name: str) -> None:
    """Show the title of the page `name`; the first call of every page.

    A server whose very first visitor opens a page's own address (a shared link) runs the file in pages/ without app.py,
    in Streamlit's old way with menus of file names. Calling st.navigation ends that way, and running again goes
    through app.py.
    """
    if SHOWN not in st.session_state:
        st.navigation(pages(), position="hidden")
        st.rerun()
    st.title(t(f"navigation.{name}"), anchor=False)
