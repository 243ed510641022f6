"""Applications from who applied to what became of them, as a Sankey diagram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from gongkai.charts.numbers import exact
from gongkai.charts.theme import BLUE, FONT, PALE_BLUE, SERIES, figure, safe


def application_flow(
    frame: pd.DataFrame,
    arriving: Sequence[str],
    leaving: Sequence[str],
    words: Mapping[str, str],
    middle: str,
    unit: str,
    language: str,
) -> go.Figure:
    """From applicants (with what they carried in) to outcomes.

    `frame`: metric, applicant, value. What arrives is the sum of `arriving` per applicant; what leaves, each of
    `leaving` per applicant, so that a stream can be followed through. Streams of 0 are left out. `words` names
    applicants and metrics; `middle` is what all streams pass.
    """
    values = frame.set_index(["metric", "applicant"])["value"].astype(float)
    applicants = [str(name) for name in dict.fromkeys(frame["applicant"])]
    came = {name: sum(float(values.get((metric, name), 0.0)) for metric in arriving) for name in applicants}
    applicants = [name for name in applicants if came[name] > 0]
    became = {metric: sum(float(values.get((metric, name), 0.0)) for name in applicants) for metric in leaving}
    outcomes = [metric for metric in leaving if became[metric] > 0]
    nodes = [*applicants, "", *outcomes]
    place = {name: position for position, name in enumerate(nodes)}
    colours = {name: SERIES[position % len(SERIES)] for position, name in enumerate(applicants)}
    links: list[tuple[int, int, float, str, str]] = [
        (
            place[name],
            place[""],
            came[name],
            _pale(colours[name]),
            f"{safe(words[name])}: {exact(came[name], unit, language)}",
        )
        for name in applicants
    ]
    for metric in outcomes:
        for name in applicants:
            value = float(values.get((metric, name), 0.0))
            if value > 0:
                text = f"{safe(words[name])} → {safe(words[metric])}: {exact(value, unit, language)}"
                links.append((place[""], place[metric], value, _pale(colours[name]), text))
    totals = {**came, "": sum(came.values()), **became}
    chart = figure(460)
    chart.add_sankey(
        arrangement="snap",
        node={
            "label": [f"{safe(words[name] if name else middle)} {exact(totals[name], '', language)}" for name in nodes],
            "color": [*(colours[name] for name in applicants), BLUE, *[PALE_BLUE] * len(outcomes)],
            "pad": 14,
            "thickness": 14,
            "line": {"width": 0},
            "hoverinfo": "none",
        },
        link={
            "source": [link[0] for link in links],
            "target": [link[1] for link in links],
            "value": [link[2] for link in links],
            "color": [link[3] for link in links],
            "customdata": [link[4] for link in links],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        textfont={"family": FONT, "size": 12},
    )
    chart.update_layout(margin={"t": 12, "b": 12})
    return chart


def _pale(colour: str) -> str:
    """`colour` (#rrggbb) seen through."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.35)"
