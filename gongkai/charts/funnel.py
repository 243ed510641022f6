"""The funnel: each unit's value against its size, with the limits within which chance alone would leave it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.numbers import axis_ticks, exact
from gongkai.charts.theme import QUIET, figure, safe

_MANY = 500
"""More points are drawn smaller, or they would hide one another and the limits."""
_USUAL = 0.25
"""A quarter of the units are smaller than those whose limits decide how high the picture is."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The two limits of one level over sizes: values as printed. `name` is how the legend calls it."""

    name: str
    sizes: list[float]
    low: list[float]
    high: list[float]
    dash: str


def funnel(
    frame: pd.DataFrame,
    target: float,
    curves: list[Curve],
    unit: str,
    language: str,
    colours: dict[str, str],
    words: dict[str, str],
    size_name: str,
) -> go.Figure:
    """Points over size, and the limits.

    `frame`: agency_id, agency, size, value (as printed), place (a key of `colours`), hover (lines). `words` names each
    place for the legend; places that do not occur are left out. A click carries the agency_id.
    """
    chart = figure(460)
    for curve in curves:
        for number, side in enumerate((curve.low, curve.high)):
            chart.add_scatter(
                x=curve.sizes,
                y=side,
                mode="lines",
                line={"color": QUIET, "width": 1.2, "dash": curve.dash, "shape": "hv"},
                name=safe(curve.name),
                legendgroup=curve.name,
                showlegend=number == 0,
                hoverinfo="skip",
            )
    chart.add_hline(y=target, line={"color": QUIET, "width": 1})
    size, rim = (9, 0.6) if len(frame) <= _MANY else (5, 0.3)
    for place, colour in colours.items():
        own = frame[frame["place"] == place]
        if own.empty:
            continue
        chart.add_scatter(
            x=own["size"].astype(float).tolist(),
            y=own["value"].astype(float).tolist(),
            mode="markers",
            name=f"{safe(words[place])} {len(own)}",
            marker={"size": size, "color": colour, "opacity": 0.85, "line": {"color": "#ffffff", "width": rim}},
            customdata=own["agency_id"].astype(str).tolist(),
            hovertext=[
                f"<b>{safe(name)}</b><br>{lines}" for name, lines in zip(own["agency"], own["hover"], strict=True)
            ],
            hoverinfo="text",
        )
    values = frame["value"].astype(float)
    # The limits of most units shall be seen; those of the smallest reach up to everything.
    usual = float(frame["size"].quantile(_USUAL))
    limits = [high for curve in curves for size, high in zip(curve.sizes, curve.high, strict=True) if size >= usual]
    ticks, labels = axis_ticks(float(values.min()), max([float(values.max()), *limits]), unit, language)
    chart.update_yaxes(tickvals=ticks, ticktext=labels, range=[ticks[0] - 0.02 * ticks[-1], ticks[-1] * 1.02])
    smallest, largest = float(frame["size"].min()), float(frame["size"].max())
    positions = _sizes(smallest, largest)
    chart.update_xaxes(
        type="log",
        tickvals=positions,
        ticktext=[exact(position, "", language) for position in positions],
        title={"text": safe(size_name), "font": {"size": 12, "color": QUIET}},
    )
    chart.update_layout(legend={"y": -0.2, "yanchor": "top"}, margin={"t": 16})
    return chart


def _sizes(smallest: float, largest: float) -> list[float]:
    """Round sizes along a logarithmic axis: 1, 2, 5, 10 ..."""
    found = [
        factor * 10.0**power
        for power in range(0, 9)
        for factor in (1, 2, 5)
        if smallest * 0.9 <= factor * 10.0**power <= largest * 1.1
    ]
    return found or [smallest]
