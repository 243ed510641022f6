"""The chart of all pages: one figure, one caption, and a click that opens the unit."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from gongkai.ui.messages import t
from gongkai.ui.navigation import open_page

_CONFIG = {"displayModeBar": False, "locale": "en", "responsive": True}


def chart(figure: go.Figure, key: str, alt: str, on_click: Callable[[str], None] | None = None) -> None:
    """Show `figure`. `alt` says in words what it shows.

    With `on_click` a click on a mark calls it with the first item of the mark's customdata ("" is ignored).
    """
    if on_click is None:
        st.plotly_chart(figure, theme=None, key=key, alt=alt, config=_CONFIG)
        return
    state = st.plotly_chart(
        figure, theme=None, key=key, alt=alt, config=_CONFIG, on_select="rerun", selection_mode="points"
    )
    clicked = _clicked(state)
    if clicked:
        on_click(clicked)


def unit_chart(figure: go.Figure, key: str, alt: str, note: str = "", **parameters: str) -> None:
    """Show `figure`, whose marks carry agency ids, and `note` below it.

    A click opens the unit's page, keeping the filters; `parameters` are further ones of that page.
    """
    chart(figure, key, alt, lambda agency: open_page("agency", agency=agency, **parameters))
    st.caption(" · ".join(part for part in (note, t("common.chart.click")) if part))


def _clicked(state: object) -> str:
    """The first item of the clicked mark's customdata, "" if nothing (or a mark without any) was clicked."""
    points = state["selection"]["points"] if isinstance(state, dict) else []
    for point in points:
        data = point.get("customdata")
        # Plotly hands a one-item row over as a list, as a mapping, or as the item itself.
        if isinstance(data, dict):
            data = list(data.values())
        if isinstance(data, list):
            data = data[0] if data else ""
        if data:
            return str(data)
    return ""
