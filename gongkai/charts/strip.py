"""The states of submissions at a glance: units × years, one colour a state."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from gongkai.catalogue.messages import message
from gongkai.charts.bars import ROW
from gongkai.charts.theme import AMBER, BLUE, INK, MAUVE, PALE_BLUE, TEAL, VERMILION, clipped, figure, safe

STATES = ("missing", "waiting", "returned", "passed", "published", "filed", "corrected")
"""From nothing received to the end; their words are the messages `submissions.state.<code>`."""

COLOURS = {
    "missing": VERMILION,
    "waiting": AMBER,
    "returned": MAUVE,
    "passed": PALE_BLUE,
    "published": "#4a8fb8",
    "filed": BLUE,
    "corrected": TEAL,
}
"""Warm where somebody has to act, blue and deeper the further a unit is. Each differs in lightness from its
neighbours, so that they can be told apart with a colour-vision deficiency; up to NAMED rows a sign says it too."""

_LIGHT = frozenset({"waiting", "passed"})
"""On these the sign is dark."""

NAMED = 80
"""Up to so many units each has its name beside its row, and the sign of its state in each cell."""
_LOW = 9
_LOWEST = 3
_LOW_ROWS = 400
"""Pixels of a row without a name, for up to _LOW_ROWS units and for more."""
_NAME_LENGTH = 14
_ABOVE = 84
"""Pixels for the legend and the years."""


def state_strip(frame: pd.DataFrame, language: str, years: Sequence[int] | None = None) -> go.Figure:
    """Units × years coloured by the state of the submission.

    `frame`: agency_id, agency (the name as shown), year, state (one of STATES; a missing or unknown one leaves the cell
    empty, as does a year without a row: the unit was not due). Units come in the order of their first rows; of two rows
    for one unit and year the last counts. `years`: the columns, else all of `frame`. The hover says unit, year and
    state in words of `language`; a click carries the agency_id.

    Up to NAMED units have names and signs. More get low rows without names, which show the pattern and tell the unit in
    the hover: 400 units are 3,600 pixels high, 3,000 are 9,000. So a page of thousands should hand over one city at a
    time, or a page of units; this function draws what it is given.
    """
    shown = frame.drop_duplicates(["agency_id", "year"], keep="last")
    columns = list(years) if years is not None else sorted({int(year) for year in shown["year"]})
    units = dict(zip(frame["agency_id"].astype(str), frame["agency"].astype(str), strict=True))
    codes = {
        (str(agency), int(year)): str(state)
        for agency, year, state in shown[["agency_id", "year", "state"]].itertuples(index=False)
        if isinstance(state, str) and state in COLOURS
    }
    words = {state: message(language, f"submissions.state.{state}") for state in STATES}
    signs = {state: message(language, f"submissions.sign.{state}") for state in STATES}
    named = len(units) <= NAMED
    cells = [[codes.get((unit, year)) for year in columns] for unit in units]
    chart = figure(_ABOVE + len(units) * _row(len(units)))
    gap = 2 if named else 0
    chart.add_heatmap(
        x=[str(year) for year in columns],
        y=list(units),
        z=[[None if state is None else STATES.index(state) for state in line] for line in cells],
        zmin=-0.5,
        zmax=len(STATES) - 0.5,
        colorscale=_steps(),
        showscale=False,
        xgap=2,
        ygap=gap,
        hoverongaps=False,
        customdata=[[unit] * len(columns) for unit in units],
        hovertext=[
            [
                "" if state is None else f"<b>{safe(name)}</b><br>{year}: {words[state]}"
                for state, year in zip(line, columns, strict=True)
            ]
            for name, line in zip(units.values(), cells, strict=True)
        ],
        hoverinfo="text",
    )
    if named:
        _signs(chart, list(units), columns, cells, signs)
    _legend(chart, {state for line in cells for state in line if state}, words, signs if named else {})
    chart.update_xaxes(
        type="category",
        side="top",
        ticks="",
        showgrid=False,
        categoryarray=[str(year) for year in columns],
        range=[-0.5, max(len(columns), 1) - 0.5],
    )
    chart.update_yaxes(
        type="category",
        range=[max(len(units), 1) - 0.5, -0.5],
        ticks="",
        showgrid=False,
        showticklabels=named,
        tickmode="array",
        tickvals=list(units),
        ticktext=[clipped(name, _NAME_LENGTH) for name in units.values()] if named else [],
        ticklabelstandoff=4,
    )
    chart.update_layout(margin={"t": _ABOVE - 24}, legend={"y": 1, "yanchor": "top", "yref": "container"})
    return chart


def _row(units: int) -> int:
    if units <= NAMED:
        return ROW
    return _LOW if units <= _LOW_ROWS else _LOWEST


def _steps() -> list[list[float | str]]:
    """The colours as steps of Plotly's scale: one band a state, no blending."""
    count = len(STATES)
    return [[(index + side) / count, COLOURS[state]] for index, state in enumerate(STATES) for side in (0, 1)]


def _signs(
    chart: go.Figure,
    units: Sequence[str],
    years: Sequence[int],
    cells: Sequence[Sequence[str | None]],
    signs: dict[str, str],
) -> None:
    """A letter in each cell: the second way, beside colour, to tell a state."""
    for dark in (False, True):
        marks = [
            (str(year), unit, signs[state])
            for unit, line in zip(units, cells, strict=True)
            for year, state in zip(years, line, strict=True)
            if state is not None and (state in _LIGHT) == dark
        ]
        if marks:
            chart.add_scatter(
                x=[mark[0] for mark in marks],
                y=[mark[1] for mark in marks],
                text=[mark[2] for mark in marks],
                mode="text",
                textfont={"size": 11, "color": INK if dark else "#ffffff"},
                hoverinfo="skip",
                showlegend=False,
            )


def _legend(chart: go.Figure, there: set[str], words: dict[str, str], signs: dict[str, str]) -> None:
    for state in STATES:
        if state not in there:
            continue
        sign = f"{signs[state]} " if signs else ""
        chart.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 12, "color": COLOURS[state]},
            name=f"{sign}{words[state]}",
            hoverinfo="skip",
        )
    # A click on the legend would hide the swatch and nothing else.
    chart.update_layout(legend_itemclick=False, legend_itemdoubleclick=False)
