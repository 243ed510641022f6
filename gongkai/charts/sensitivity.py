"""How much an order depends on the weights behind it: each unit's rank, and where other weights would put it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.bars import ROW
from gongkai.charts.numbers import rank_ticks
from gongkai.charts.theme import BLUE, PALE_BLUE, QUIET, clipped, figure, safe

NAMED = 40
"""Up to this many units each has a row with its name; more stand side by side without names."""
_NAME_LENGTH = 14


def sensitivity(frame: pd.DataFrame, axis_name: str) -> go.Figure:
    """Ranks with their ranges, best first.

    `frame`: agency_id, agency, rank, rank_best, rank_worst, hover (lines). `axis_name` says what stands along the axis
    of ranks. The bar is the range, the dot the rank. A click carries the agency_id.
    """
    rows = len(frame)
    named = rows <= NAMED
    chart = figure(max(200, 76 + ROW * rows) if named else 420)
    positions = list(range(rows))
    ranks = frame["rank"].astype(int).tolist()
    low, high = (frame[name].astype(int).tolist() for name in ("rank_best", "rank_worst"))
    reach = {
        "type": "data",
        "symmetric": False,
        "array": [worst - rank for worst, rank in zip(high, ranks, strict=True)],
        "arrayminus": [rank - best for best, rank in zip(low, ranks, strict=True)],
        "color": PALE_BLUE,
        "thickness": 7 if named else 2,
        "width": 0,
    }
    chart.add_scatter(
        x=ranks if named else positions,
        y=positions if named else ranks,
        **{"error_x" if named else "error_y": reach},
        mode="markers",
        marker={"size": 9 if named else 4, "color": BLUE},
        customdata=frame["agency_id"].astype(str).tolist(),
        hovertext=[
            f"<b>{safe(name)}</b><br>{lines}" for name, lines in zip(frame["agency"], frame["hover"], strict=True)
        ],
        hoverinfo="text",
    )
    title = {"text": safe(axis_name), "font": {"size": 12, "color": QUIET}}
    ends = [0.4, max(high) + 0.6]
    ticks = rank_ticks(max(high))
    if named:
        chart.update_xaxes(range=ends, tickvals=ticks, title=title)
        chart.update_yaxes(
            tickvals=positions,
            ticktext=[clipped(name, _NAME_LENGTH) for name in frame["agency"]],
            range=[rows - 0.5, -0.5],
            showgrid=False,
            zeroline=False,
            ticklabelstandoff=6,
        )
    else:
        chart.update_yaxes(range=ends[::-1], tickvals=ticks, title=title)
        chart.update_xaxes(showticklabels=False, showgrid=False, range=[-1, rows])
    chart.update_layout(showlegend=False)
    return chart
