"""Which units or parts a change comes from: bars to either side of 0."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.bars import ROW
from gongkai.charts.numbers import axis_ticks
from gongkai.charts.theme import AMBER, BLUE, INK, clipped, figure, safe

_NAME_LENGTH = 16


def drivers(frame: pd.DataFrame, unit: str, language: str) -> go.Figure:
    """Bars in the order of the rows.

    `frame`: key (what a click carries, "" for none), name, change, text (as it stands at the bar's end), hover.
    """
    changes = frame["change"].astype(float)
    chart = figure(max(120, 40 + ROW * len(frame)))
    rows = list(range(len(frame)))
    chart.add_bar(
        x=changes.tolist(),
        y=rows,
        orientation="h",
        marker={"color": [BLUE if value >= 0 else AMBER for value in changes]},
        text=[safe(text) for text in frame["text"]],
        textposition="outside",
        textfont={"color": INK, "size": 12},
        cliponaxis=False,
        customdata=[[str(key)] for key in frame["key"]],
        hovertext=[
            f"<b>{safe(name)}</b><br>{safe(said)}" for name, said in zip(frame["name"], frame["hover"], strict=True)
        ],
        hoverinfo="text",
    )
    positions, words = axis_ticks(float(changes.min()), float(changes.max()), unit, language)
    room = 0.12 * (positions[-1] - positions[0])
    chart.update_xaxes(tickvals=positions, ticktext=words, range=[positions[0] - room, positions[-1] + room])
    chart.update_yaxes(
        tickvals=rows,
        ticktext=[clipped(name, _NAME_LENGTH) for name in frame["name"]],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        ticklabelstandoff=6,
    )
    chart.update_layout(showlegend=False, margin={"t": 12, "r": 40})
    return chart
