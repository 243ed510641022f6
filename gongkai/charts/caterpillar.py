"""Units in the order of their rank, each with its interval: how much of the order is sure."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.bars import ROW
from gongkai.charts.numbers import axis_ticks
from gongkai.charts.theme import GREY, QUIET, clipped, figure, safe

NAMED = 40
"""Up to this many units each has a row with its name; more stand side by side without names."""
_NAME_LENGTH = 14


def caterpillar(
    frame: pd.DataFrame, target: float, unit: str, language: str, colours: dict[str, str], target_name: str
) -> go.Figure:
    """Intervals and estimates, best first.

    `frame`: agency_id, agency, value, low, high (the unit's own), shrunken, place (a key of `colours`), hover (lines),
    values as printed (percent are 0-100). The dot is the shrunken estimate, or the unit's own where there is none;
    a short stroke is the unit's own.
    `target` is the group's value, drawn as a line. A click carries the agency_id.
    """
    rows = len(frame)
    named = rows <= NAMED
    chart = figure(max(220, 70 + ROW * rows) if named else 420)
    dots = frame["shrunken"].fillna(frame["value"]).astype(float)
    positions = list(range(rows))
    for place, colour in colours.items():
        chosen = (frame["place"] == place).to_numpy()
        if not chosen.any():
            continue
        own = frame[chosen]
        along = dots[chosen].tolist()
        across = [position for position, kept in zip(positions, chosen, strict=True) if kept]
        reach = {
            "type": "data",
            "symmetric": False,
            "array": (own["high"].astype(float) - dots[chosen]).clip(lower=0).tolist(),
            "arrayminus": (dots[chosen] - own["low"].astype(float)).clip(lower=0).tolist(),
            "color": colour,
            "thickness": 1.6 if named else 1,
            "width": 3 if named else 0,
        }
        chart.add_scatter(
            x=along if named else across,
            y=across if named else along,
            **{"error_x" if named else "error_y": reach},
            mode="markers",
            marker={"size": 9 if named else 5, "color": colour},
            customdata=own["agency_id"].astype(str).tolist(),
            hovertext=[
                f"<b>{safe(name)}</b><br>{lines}" for name, lines in zip(own["agency"], own["hover"], strict=True)
            ],
            hoverinfo="text",
        )
    raw = frame["value"].astype(float).tolist()
    chart.add_scatter(
        x=raw if named else positions,
        y=positions if named else raw,
        mode="markers",
        marker={"symbol": "line-ns-open" if named else "line-ew-open", "size": 9 if named else 5, "color": QUIET},
        hoverinfo="skip",
    )
    low, high = float(frame["low"].min()), float(frame["high"].max())
    ticks, words = axis_ticks(low, high, unit, language)
    line = {"color": QUIET, "width": 1.2, "dash": "dash"}
    if named:
        chart.add_vline(x=target, line=line, annotation_text=safe(target_name), annotation_position="top")
        chart.update_xaxes(tickvals=ticks, ticktext=words, side="bottom")
        chart.update_yaxes(
            tickvals=positions,
            ticktext=[clipped(name, _NAME_LENGTH) for name in frame["agency"]],
            range=[rows - 0.5, -0.5],
            showgrid=False,
            ticklabelstandoff=6,
        )
    else:
        chart.add_hline(y=target, line=line, annotation_text=safe(target_name), annotation_position="top left")
        chart.update_yaxes(tickvals=ticks, ticktext=words)
        chart.update_xaxes(showticklabels=False, showgrid=False, range=[-1, rows])
    chart.update_annotations(font={"size": 11, "color": QUIET})
    chart.update_layout(showlegend=False, margin={"t": 34}, colorway=[GREY])
    return chart
