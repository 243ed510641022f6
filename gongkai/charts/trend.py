"""Lines over years: cut where the definition or the law changed, with gaps where a year is missing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from gongkai.catalogue.breaks import Break
from gongkai.charts.numbers import axis_ticks, exact
from gongkai.charts.theme import GREY, QUIET, SERIES, clipped, figure, safe

_NAME_LENGTH = 18
_ALL_NAMED = 8
BAND = "rgba(31, 95, 139, 0.10)"
"""The surface of the peers' middle half."""
_POINT, _MARKED_POINT = 8, 12
"""Pixels across."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened from `year` on, as a rename, over which a line goes on: `label` stands at the mark,
    `text` in the hover. `series` names the line it concerns; null: all of them."""

    year: int
    label: str
    text: str
    series: str | None = None


def trend(
    frame: pd.DataFrame,
    years: Sequence[int],
    breaks: Sequence[Break],
    unit: str,
    language: str,
    height: int = 340,
    marks: Sequence[Mark] = (),
    band: pd.DataFrame | None = None,
) -> go.Figure:
    """Lines by year.

    `band`: year, low, middle, high of the peers, drawn behind the lines: the quartiles as a surface, the median dashed.

    `frame`: series (its name), year, value, and optionally approximate, detail (a line for the hover), agency_id
    (what a click carries) and joined (False: no line from the year before, which rests on other units). A year that a
    series does not have, or has without a value, is a gap and never 0. Each of `breaks` is marked by a labelled
    vertical line; a line does not run across one that cuts. At each of `marks` the next point of its line is a diamond;
    those of all lines have a labelled vertical line, too. Marks outside the years are left out.
    """
    chart = figure(height)
    known = frame.dropna(subset=["value"])
    names = list(dict.fromkeys(str(name) for name in frame["series"]))
    cuts = [each.year for each in breaks if each.cuts]
    inside = [each for each in marks if years and years[0] < each.year <= years[-1]]
    if band is not None and len(band):
        _band(chart, band, years, cuts)
    for index, name in enumerate(names):
        rows = {int(row["year"]): row for row in known[known["series"] == name].to_dict("records")}
        texts = _marked(rows, [each for each in inside if each.series in (None, name)])
        _line(chart, name, rows, years, cuts, texts, SERIES[index % len(SERIES)], unit, language)
    spoken = "en" if language == "en" else "zh"
    lines = [(each.year, each.label(spoken), each.reason(spoken), each.cuts) for each in breaks]
    lines += [(each.year, each.label, each.text, False) for each in inside if each.series is None]
    for position, (year, text, reason, cut) in enumerate(sorted(lines, key=lambda line: line[0])):
        chart.add_vline(x=year - 0.5, line={"color": QUIET, "width": 1, "dash": "dash" if cut else "dot"})
        chart.add_annotation(
            x=year - 0.5,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=2 + 15 * (position % 2),
            text=safe(text),
            showarrow=False,
            font={"size": 11, "color": QUIET},
            hovertext=safe(reason),
        )
    values = known["value"].astype(float)
    if band is not None:
        values = pd.concat([values, band["low"].dropna(), band["high"].dropna()]).astype(float)
    positions, words = axis_ticks(min(values, default=0.0), max(values, default=0.0), unit, language)
    chart.update_yaxes(tickvals=positions, ticktext=words, range=[positions[0], positions[-1]], zeroline=True)
    # Of many years every second one is named, the last always.
    named = [year for year in years if len(years) <= _ALL_NAMED or (years[-1] - year) % 2 == 0]
    chart.update_xaxes(
        tickvals=named,
        ticktext=[str(year) for year in named],
        tickangle=0,
        range=[years[0] - 0.6, years[-1] + 0.6] if years else None,
        showgrid=False,
    )
    chart.update_layout(
        showlegend=len(names) > 1,
        legend={"y": -0.14, "yanchor": "top"},
        margin={"t": 20 + 18 * min(len(lines), 2)},
    )
    return chart


def _band(chart: go.Figure, band: pd.DataFrame, years: Sequence[int], cuts: Sequence[int]) -> None:
    """The peers behind the lines, a surface for each stretch of years without a gap or a cut."""
    rows = {int(row["year"]): row for row in band.dropna(subset=["low", "high"]).to_dict("records")}
    stretches: list[list[int]] = []
    for year in years:
        if year not in rows:
            continue
        if not stretches or stretches[-1][-1] != year - 1 or year in cuts:
            stretches.append([])
        stretches[-1].append(year)
    for stretch in stretches:
        # A year that stands alone is drawn a little wide, or it would not be seen.
        along = [float(year) for year in stretch] if len(stretch) > 1 else [stretch[0] - 0.15, stretch[0] + 0.15]
        own = stretch if len(stretch) > 1 else stretch * 2
        chart.add_scatter(
            x=[*along, *reversed(along)],
            y=[*(float(rows[year]["low"]) for year in own), *(float(rows[year]["high"]) for year in reversed(own))],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=BAND,
            hoverinfo="skip",
            showlegend=False,
        )
        chart.add_scatter(
            x=along,
            y=[float(rows[year]["middle"]) for year in own],
            mode="lines",
            line={"color": GREY, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            showlegend=False,
        )


def _marked(rows: Mapping[int, dict[Hashable, Any]], marks: Sequence[Mark]) -> dict[int, list[str]]:
    """Per year, what is said at its point: the first one with a value from the mark's year on."""
    found: dict[int, list[str]] = {}
    for mark in marks:
        year = min((year for year in rows if year >= mark.year), default=None)
        if year is not None:
            found.setdefault(year, []).append(mark.text)
    return found


def _line(
    chart: go.Figure,
    name: str,
    rows: dict[int, dict[Hashable, Any]],
    years: Sequence[int],
    cuts: Sequence[int],
    texts: Mapping[int, Sequence[str]],
    colour: str,
    unit: str,
    language: str,
) -> None:
    """One series as one trace: years in order, with an empty point for a missing year and at every cut."""
    x: list[float] = []
    y: list[float | None] = []
    hover: list[str] = []
    keys: list[list[str]] = []
    marked: list[bool] = []

    def add(position: float, value: float | None, text: str, key: str) -> None:
        marked.append(position in texts)
        x.append(position)
        y.append(value)
        hover.append(text)
        keys.append([key])

    for year in years:
        if year in cuts or (year in rows and not rows[year].get("joined", True)):
            add(year - 0.5, None, "", "")
        if year not in rows:
            add(year, None, "", "")
            continue
        row = rows[year]
        value = float(row["value"])
        text = f"<b>{safe(name)}</b><br>{year}: {exact(value, unit, language, bool(row.get('approximate', False)))}"
        if row.get("detail"):
            text += f"<br>{safe(row['detail'])}"
        text += "".join(f"<br>{safe(said)}" for said in texts.get(year, ()))
        add(year, value, text, str(row.get("agency_id", "")))
    chart.add_scatter(
        name=clipped(name, _NAME_LENGTH),
        x=x,
        y=y,
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": colour, "width": 2},
        marker={
            "size": [_MARKED_POINT if each else _POINT for each in marked] if texts else _POINT,
            "symbol": ["diamond" if each else "circle" for each in marked] if texts else "circle",
            "color": colour,
            # Points of several sizes would be see-through.
            "opacity": 1,
        },
        customdata=keys,
        hovertext=hover,
        hoverinfo="text",
    )
