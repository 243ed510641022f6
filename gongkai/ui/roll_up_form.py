"""The statutory form on the page, laid out as officials know it; a click on a figure says which cell is meant.

Shown by a component of our own (form_view.js, form_view.css) that sets every text with `textContent`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from gongkai.catalogue.form_layout import Grid, Key, official_tables
from gongkai.exports.roll_up import Cell, RollUp
from gongkai.exports.roll_up_words import printed
from gongkai.ui.address import put, turn
from gongkai.ui.messages import t

_FOLDER = Path(__file__).parent
_KEY = "roll_up_form"
SEPARATOR = "~"
"""Between metric and applicant of a cell in the address."""

_component = st.components.v2.component(
    "gongkai.form_view",
    css=(_FOLDER / "form_view.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "form_view.js").read_text(encoding="utf-8"),
)


def form_view(found: RollUp) -> Key | None:
    """Show the form; return the cell that is open (out of the address), null for none."""
    opened = _opened(found)
    st.caption(t("roll_up.form_click"))
    _component(
        key=_KEY,
        data=payload(found, opened),
        on_selected_change=_select,
    )
    return opened


def payload(found: RollUp, opened: Key | None) -> dict[str, Any]:
    """The component's data: tables of cells with their spans, the marks in them, and what the marks mean."""
    tones = {tone(found, cell) for cell in found.cells.values()} - {""}
    return {
        "title": t("roll_up.alt", agency=found.title, year=found.wanted.year),
        "tables": [_table(found, heading, grid) for heading, grid in official_tables(found.regime)],
        "legend": [
            {"tone": each, "text": t(f"roll_up.legend.{each}")}
            for each in ("unequal", "differs", "incomplete")
            if each in tones
        ],
        "selected": None if opened is None else SEPARATOR.join(opened),
    }


def tone(found: RollUp, cell: Cell) -> str:
    """How a figure is marked: a total unlike its parts, one that differs from the unit's own, not all units in it."""
    if found.unequal(cell.key):
        return "unequal"
    if cell.difference or (cell.value is None and cell.reported):
        return "differs"
    return "incomplete" if cell.counted < cell.units else ""


def _table(found: RollUp, heading: str, grid: Grid) -> dict[str, Any]:
    rows = []
    for line in grid.by_row():
        cells = []
        for cell in line:
            figure = found.cells.get(cell.key) if cell.key else None
            cells.append(
                {
                    "text": printed(figure.key, figure.value) if figure else cell.text,
                    "rowspan": cell.rowspan,
                    "colspan": cell.colspan,
                    "role": cell.role,
                    "key": SEPARATOR.join(figure.key) if figure else None,
                    "tone": tone(found, figure) if figure else "",
                }
            )
        rows.append(cells)
    return {"heading": heading, "widths": [width / sum(grid.widths) for width in grid.widths], "rows": rows}


def _opened(found: RollUp) -> Key | None:
    metric, _, applicant = st.query_params.get("cell", "").partition(SEPARATOR)
    if (metric, applicant) in found.cells:
        return metric, applicant
    put("cell", "")
    return None


def _select() -> None:
    chosen = st.session_state[_KEY].get("selected")
    turn(cell=str(chosen or ""))
