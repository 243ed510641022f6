"""How ranks move over the years."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.numbers import rank_ticks
from gongkai.charts.theme import QUIET, SERIES, clipped, figure, safe

_NAME_LENGTH = 10


def bump(frame: pd.DataFrame, years: Sequence[int], cuts: Sequence[int], last_rank: int) -> go.Figure:
    """A line per unit through its ranks, first place on top.

    `frame`: agency_id, agency, year, rank (null: not ranked that year, a gap), hover. No line runs across a year of
    `cuts`, in which the definition or the law changed. `last_rank` is the lowest rank there is. A click carries the
    agency_id.
    """
    chart = figure(max(300, 60 + 26 * min(last_rank, 24)))
    for index, (agency_id, own) in enumerate(frame.groupby("agency_id", sort=False)):
        rows = {int(row["year"]): row for row in own.to_dict("records") if not pd.isna(row["rank"])}
        name = str(own["agency"].iloc[-1])
        x: list[float] = []
        y: list[float | None] = []
        hover: list[str] = []
        for year in years:
            if year in cuts:
                x.append(year - 0.5)
                y.append(None)
                hover.append("")
            x.append(year)
            y.append(float(rows[year]["rank"]) if year in rows else None)
            hover.append(f"<b>{safe(name)}</b><br>{rows[year]['hover']}" if year in rows else "")
        colour = SERIES[index % len(SERIES)]
        chart.add_scatter(
            x=x,
            y=y,
            mode="lines+markers",
            connectgaps=False,
            name=clipped(name, _NAME_LENGTH),
            line={"color": colour, "width": 2},
            marker={"size": 10, "color": colour},
            customdata=[[str(agency_id)]] * len(x),
            hovertext=hover,
            hoverinfo="text",
        )
    for year in cuts:
        chart.add_vline(x=year - 0.5, line={"color": QUIET, "width": 1, "dash": "dash"})
    # A little room beyond the first and the last, or their points would be cut.
    room = max(0.7, last_rank / 40)
    chart.update_yaxes(tickvals=rank_ticks(last_rank), range=[last_rank + room, 1 - room])
    chart.update_xaxes(
        tickvals=list(years),
        ticktext=[str(year) for year in years],
        showgrid=False,
        range=[years[0] - 0.4, years[-1] + 0.4] if years else None,
    )
    chart.update_layout(legend={"y": -0.12, "yanchor": "top"}, margin={"t": 16})
    return chart
