"""How every page begins: its title, below what app.py puts around it."""

from __future__ import annotations

import streamlit as st

from gongkai.ui import shell
from gongkai.ui.messages import t


def begin(name: str) -> None:
    """Show the title of the page `name`; the first call of every page.

    A server whose very first visitor opens a page's own address (a shared link) runs the file in pages/ without app.py,
    in Streamlit's old way with a menu of file names. Then the whole dashboard is run from here, which ends that way,
    and the page inside it.
    """
    if not st.session_state.pop(shell.SHOWN, False):
        shell.run()
        st.stop()
    st.title(t(f"navigation.{name}"), anchor=False)
