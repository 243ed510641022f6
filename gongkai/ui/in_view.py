"""Bring in view what a click opened further down on the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "gongkai.in_view", js=(Path(__file__).parent / "in_view.js").read_text(encoding="utf-8")
)


def in_view(what: str, key: str) -> None:
    """Scroll to this place whenever `what` (which names the thing that is shown here) is another one than before."""
    _component(key=key, data={"what": what}, height=1)
