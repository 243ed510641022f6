"""Bars: units ranked by one measure, and what totals are made of."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.numbers import MISSING, axis_ticks, exact, short
from gongkai.charts.theme import BLUE, INK, PALE_BLUE, SERIES, clipped, figure, safe, width

ROW = 26
"""Pixels per horizontal bar."""
_NAME_LENGTH = 14
_LONG_NAME = 16
"""Wider names (in Latin letters) stand one a line in the legend."""
_COMPARED_LENGTH = 18
_ALL_NAMED = 8
"""Of more years every second one is named."""
_LAST_TICK = 28
"""Pixels right of the plot, so that "100%" at its edge is not left out."""
_ROOM = 84
"""Pixels right of the longest bar, for the number that stands at its end."""


def ranked_bars(frame: pd.DataFrame, unit: str, language: str, marked: str = "", known: str = "value") -> go.Figure:
    """Horizontal bars, the first row on top.

    `frame`: agency_id, name, value, approximate, and optionally detail (a line for the hover). Rows without a value are
    left out: a missing figure has no bar. `marked` is the agency_id to stand out. A click carries the agency_id as
    customdata. `known` names the column of values.
    """
    shown = frame.dropna(subset=[known])
    values = [float(value) for value in shown[known]]
    approximate = [bool(value) for value in shown["approximate"]]
    keys = [str(key) for key in shown["agency_id"]]
    chart = figure(height=max(90, 24 + ROW * len(shown)))
    details = shown["detail"] if "detail" in shown else [""] * len(shown)
    hover = [
        f"<b>{safe(name)}</b><br>{exact(value, unit, language, about)}" + (f"<br>{safe(detail)}" if detail else "")
        for name, value, about, detail in zip(shown["name"], values, approximate, details, strict=True)
    ]
    chart.add_bar(
        x=values,
        y=keys,
        orientation="h",
        marker={"color": [PALE_BLUE if marked and key != marked else BLUE for key in keys]},
        text=[short(value, unit, language, about) for value, about in zip(values, approximate, strict=True)],
        textposition="outside",
        textfont={"color": INK, "size": 12},
        cliponaxis=False,
        customdata=[[key] for key in keys],
        hovertext=hover,
        hoverinfo="text",
    )
    low, high = min(values, default=0.0), max(values, default=0.0)
    _number_axis(chart, low, high, unit, language)
    names = [clipped(name, _NAME_LENGTH) for name in shown["name"]]
    chart.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=keys,
        autorange="reversed",
        tickmode="array",
        tickvals=keys,
        ticktext=names,
        showgrid=False,
        ticklabelstandoff=4,
    )
    chart.update_layout(margin={"l": 4, "r": _ROOM, "t": 4, "b": 4})
    return chart


def composition(
    frame: pd.DataFrame, parts: Mapping[str, str], unit: str, language: str, colours: Sequence[str] = SERIES
) -> go.Figure:
    """Stacked horizontal bars of shares, one bar per `group`, in the order of the frame.

    `frame`: group (as shown), part (a key of `parts`), value, and optionally agency_id (what a click carries). `parts`
    names the parts in their order. A group of which any part is missing must not be in the frame: its shares would lie.
    """
    groups = list(dict.fromkeys(str(group) for group in frame["group"]))
    totals = frame.groupby("group")["value"].sum()
    # One name a line where names are long; the chart grows with its legend instead of shrinking below it.
    columns = 1 if max(width(name) for name in parts.values()) > _LONG_NAME else 2
    head = 20 + 20 * math.ceil(len(parts) / columns)
    chart = figure(height=head + 30 + 34 * len(groups))
    for (part, name), colour in zip(parts.items(), _cycle(colours, len(parts)), strict=True):
        rows = frame[frame["part"] == part]
        shares = [_share(value, totals[group]) for value, group in zip(rows["value"], rows["group"], strict=True)]
        keys = rows["agency_id"] if "agency_id" in rows else [""] * len(rows)
        chart.add_bar(
            name=safe(name),
            x=shares,
            y=[safe(group) for group in rows["group"]],
            orientation="h",
            marker={"color": colour, "line": {"color": "#ffffff", "width": 1}},
            customdata=[[str(key)] for key in keys],
            text=[f"{share:.0f}%" if share is not None and share >= 6 else "" for share in shares],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertext=[
                f"<b>{safe(group)}</b><br>{safe(name)}: {exact(value, unit, language)}"
                f" ({MISSING if share is None else exact(share, '%', language)})"
                for group, value, share in zip(rows["group"], rows["value"], shares, strict=True)
            ],
            hoverinfo="text",
        )
    chart.update_layout(
        barmode="stack",
        margin={"t": head, "r": _LAST_TICK},
        legend={"traceorder": "normal", "font": {"size": 12}},
        uniformtext={"minsize": 11, "mode": "hide"},
    )
    chart.update_xaxes(range=[0, 100], tickvals=[0, 25, 50, 75, 100], ticktext=["0", "25%", "50%", "75%", "100%"])
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=[safe(group) for group in groups], autorange="reversed"
    )
    chart.update_yaxes(showgrid=False, ticklabelstandoff=4)
    return chart


def _number_axis(chart: go.Figure, low: float, high: float, unit: str, language: str) -> None:
    """Rules without numbers: each bar says its own at its end."""
    positions, _ = axis_ticks(low, high, unit, language)
    chart.update_xaxes(
        tickvals=positions,
        range=[positions[0] if low < 0 else 0, max(high, positions[1])],
        showticklabels=False,
        zeroline=True,
    )


def _share(value: float, total: float) -> float | None:
    """A part in percent; None where the whole is 0, since nothing has no shares."""
    return 100 * float(value) / float(total) if total else None


def _cycle(colours: Sequence[str], count: int) -> list[str]:
    return [colours[index % len(colours)] for index in range(count)]


def compared_bars(frame: pd.DataFrame, unit: str, language: str) -> go.Figure:
    """Horizontal bars for a few different things of one unit, in the order of the frame; they do not add up.

    `frame`: name, value, detail (a line for the hover). Rows without a value are left out.
    """
    shown = frame.dropna(subset=["value"])
    values = [float(value) for value in shown["value"]]
    names = [safe(name) for name in shown["name"]]
    chart = figure(height=max(80, 24 + 32 * len(shown)))
    chart.add_bar(
        x=values,
        y=names,
        orientation="h",
        marker={"color": BLUE},
        text=[short(value, unit, language) for value in values],
        textposition="outside",
        textfont={"color": INK, "size": 12},
        cliponaxis=False,
        hovertext=[
            f"<b>{name}</b><br>{exact(value, unit, language)}<br>{safe(detail)}"
            for name, value, detail in zip(names, values, shown["detail"], strict=True)
        ],
        hoverinfo="text",
    )
    _number_axis(chart, 0.0, max(values, default=0.0), unit, language)
    chart.update_yaxes(
        type="category",
        categoryorder="array",
        categoryarray=names,
        autorange="reversed",
        tickmode="array",
        tickvals=names,
        ticktext=[clipped(name, _COMPARED_LENGTH) for name in shown["name"]],
        showgrid=False,
        ticklabelstandoff=4,
    )
    chart.update_layout(margin={"l": 4, "r": _ROOM, "t": 4, "b": 4})
    return chart


def stacked_columns(
    frame: pd.DataFrame, parts: Mapping[str, str], years: Sequence[int], language: str, height: int = 300
) -> go.Figure:
    """Stacked columns of counts by year. `frame`: year, part (of `parts`), value; a year without rows stays empty."""
    chart = figure(height)
    for (part, name), colour in zip(parts.items(), _cycle(SERIES, len(parts)), strict=True):
        rows = frame[frame["part"] == part]
        chart.add_bar(
            name=safe(name),
            x=[int(year) for year in rows["year"]],
            y=[float(value) for value in rows["value"]],
            marker={"color": colour},
            hovertext=[
                f"<b>{year}</b><br>{safe(name)}: {exact(value, '', language)}"
                for year, value in zip(rows["year"], rows["value"], strict=True)
            ],
            hoverinfo="text",
        )
    totals = frame.groupby("year")["value"].sum()
    positions, words = axis_ticks(0.0, float(totals.max()) if len(totals) else 0.0, "", language)
    named = [year for year in years if len(years) <= _ALL_NAMED or (years[-1] - year) % 2 == 0]
    chart.update_yaxes(tickvals=positions, ticktext=words, range=[0, positions[-1]])
    chart.update_xaxes(
        tickvals=named,
        ticktext=[str(year) for year in named],
        tickangle=0,
        range=[years[0] - 0.6, years[-1] + 0.6] if years else None,
        showgrid=False,
    )
    chart.update_layout(barmode="stack", legend={"traceorder": "normal"})
    return chart
