"""How units spread: one unit among its peers, and which years are covered at all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.bars import ROW
from gongkai.charts.numbers import axis_ticks, exact
from gongkai.charts.theme import PALE_BLUE, QUIET, SHADES, VERMILION, clipped, figure, safe

_NAME_LENGTH = 14
_FEWEST_FOR_A_BOX = 4

POINTS = 300
"""Up to this many units each is a point."""


def distribution(frame: pd.DataFrame, unit: str, language: str, marked: str = "", height: int = 170) -> go.Figure:
    """The spread of a measure: a box with units as points, the unit `marked` (agency_id) on top of it.

    `frame`: agency_id, name, value, approximate, and optionally detail (a line for the hover). Units without a value
    are left out. Of more than POINTS units only those beyond the whiskers (1.5 times the box) are points. A click
    carries the agency_id.
    """
    known = frame.dropna(subset=["value"])
    values = known["value"].astype(float)
    chart = figure(height)
    lower, middle, upper = (float(values.quantile(share)) for share in (0.25, 0.5, 0.75))
    reach = 1.5 * (upper - lower)
    inside = values[(values >= lower - reach) & (values <= upper + reach)]
    apart = known["agency_id"].astype(str) == marked
    others = known[~apart] if len(known) <= POINTS else known[~apart & ~values.index.isin(inside.index)]
    for rows, colour, size, is_marked in ((others, PALE_BLUE, 7, False), (known[apart], VERMILION, 12, True)):
        if rows.empty:
            continue
        chart.add_scatter(
            x=[float(value) for value in rows["value"]],
            y=[1.0 if is_marked else 0.65 + _jitter(str(key)) for key in rows["agency_id"]],
            mode="markers",
            marker={"size": size, "color": colour, "symbol": "diamond" if is_marked else "circle", "opacity": 0.85},
            customdata=[[str(key)] for key in rows["agency_id"]],
            hovertext=[
                f"<b>{safe(name)}</b><br>{exact(float(value), unit, language, bool(about))}"
                + (f"<br>{safe(detail)}" if detail else "")
                for name, value, about, detail in zip(
                    *(rows[name] for name in ("name", "value", "approximate")),
                    rows["detail"] if "detail" in rows else [""] * len(rows),
                    strict=True,
                )
            ],
            hoverinfo="text",
        )
    if len(known) > _FEWEST_FOR_A_BOX:
        chart.add_box(
            y=[0.0],
            q1=[lower],
            median=[middle],
            q3=[upper],
            lowerfence=[float(inside.min())],
            upperfence=[float(inside.max())],
            orientation="h",
            line={"color": QUIET, "width": 1.5},
            fillcolor="rgba(0,0,0,0)",
            hoverinfo="skip",
            width=0.5,
        )
    positions, words = axis_ticks(min(values, default=0.0), max(values, default=0.0), unit, language, zero=False)
    chart.update_xaxes(tickvals=positions, ticktext=words)
    chart.update_yaxes(visible=False, range=[-0.5, 1.35])
    chart.update_layout(showlegend=False)
    return chart


def coverage_heat(frame: pd.DataFrame, years: Sequence[int], language: str, words: str) -> go.Figure:
    """Rows × years, darker where more was reported; what was not reported stays empty and is no 0.

    `frame`: row (as shown), year, count, and optionally key (what a click carries). `words` is what is counted, as
    "{count}" in a sentence ("报告 {count} 份").
    """
    rows = list(dict.fromkeys(str(row) for row in frame["row"]))
    counts = frame.pivot_table(index="row", columns="year", values="count", aggfunc="sum").reindex(
        rows, columns=list(years)
    )
    keys = dict(zip(frame["row"].astype(str), frame.get("key", frame["row"]).astype(str), strict=True))
    chart = figure(height=max(140, 56 + ROW * len(rows)))
    grid = [[None if pd.isna(value) else float(value) for value in line] for line in counts.to_numpy()]
    chart.add_heatmap(
        x=[str(year) for year in years],
        y=rows,
        z=grid,
        zmin=0,
        colorscale=[list(shade) for shade in SHADES],
        showscale=False,
        xgap=2,
        ygap=2,
        hoverongaps=False,
        customdata=[[keys[row]] * len(years) for row in rows],
        text=[["" if value is None else exact(value, "", language) for value in line] for line in grid],
        texttemplate="%{text}",
        hovertext=[
            [
                ""
                if value is None
                else f"<b>{safe(row)}</b><br>{year}: {safe(words.format(count=exact(value, '', language)))}"
                for value, year in zip(line, years, strict=True)
            ]
            for row, line in zip(rows, grid, strict=True)
        ],
        hoverinfo="text",
    )
    chart.update_xaxes(type="category", side="top", showgrid=False)
    chart.update_yaxes(
        type="category",
        autorange="reversed",
        showgrid=False,
        tickmode="array",
        tickvals=rows,
        ticktext=[clipped(row, _NAME_LENGTH) for row in rows],
        ticklabelstandoff=4,
    )
    return chart


def _jitter(key: str) -> float:
    """A small offset that depends on the unit alone, so that the same data give the same picture."""
    return (sum(ord(character) * (index + 1) for index, character in enumerate(key)) % 100) / 250 - 0.2
