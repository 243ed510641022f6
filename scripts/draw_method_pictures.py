"""Draw the pictures of docs/methodology.md from invented counts (needs Chromium): run it as a script."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from playwright.sync_api import sync_playwright

from gongkai.charts.theme import BLUE, GREY, PALE_BLUE, QUIET, VERMILION, figure
from gongkai.statistics.composite import composite
from gongkai.statistics.funnel import INNER, OUTER, share_limits
from gongkai.statistics.intervals import wilson
from gongkai.statistics.ranks import generator, ranks
from gongkai.statistics.shrinkage import fit_beta

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTH, HEIGHT = 760, 360
WORDS = {
    "zh": {
        "cases": "件数",
        "share": "比率",
        "limit": "{level}% 界限",
        "few": "件",
        "rank": "名次",
        "unit": "单位",
        "chosen": "现行权重（横条：权重稍有不同）",
        "without": "去掉权重最大的一项",
    },
    "en": {
        "cases": "Cases",
        "share": "Share",
        "limit": "{level}% limit",
        "few": "cases",
        "rank": "Rank",
        "unit": "Unit",
        "chosen": "Chosen weights (bars: other weights)",
        "without": "Without the indicator that weighs most",
    },
}


def counts(units: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Invented successes and trials of units that truly differ a little."""
    chance = np.random.default_rng(seed)
    trials = np.round(np.geomspace(6, 420, units))
    return chance.binomial(trials.astype(int), chance.beta(12, 48, units)).astype(float), trials


def interval(words: dict[str, str]) -> go.Figure:
    """One share, four numbers of cases."""
    trials = np.array([10.0, 30.0, 100.0, 500.0])
    low, high = wilson(trials * 0.2, trials)
    chart = figure(HEIGHT)
    chart.add_scatter(
        x=[20] * 4,
        y=[f"{int(n)} {words['few']}" for n in trials],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": 100 * high - 20,
            "arrayminus": 20 - 100 * low,
            "color": BLUE,
        },
        mode="markers",
        marker={"size": 11, "color": BLUE},
    )
    chart.update_xaxes(ticksuffix="%", range=[0, 55])
    return chart


def shrinkage(words: dict[str, str]) -> go.Figure:
    """From raw to shrunken."""
    successes, trials = counts(22, 4)
    prior = fit_beta(successes, trials)
    assert prior is not None
    chart = figure(HEIGHT)
    raw, shrunken = 100 * successes / trials, 100 * prior.estimate(successes, trials)
    for at, before, after in zip(trials, raw, shrunken, strict=True):
        chart.add_scatter(x=[at, at], y=[before, after], mode="lines", line={"color": GREY, "width": 1.5})
    chart.add_scatter(
        x=trials, y=raw, mode="markers", marker={"size": 7, "color": "#ffffff", "line": {"color": QUIET, "width": 1.5}}
    )
    chart.add_scatter(x=trials, y=shrunken, mode="markers", marker={"size": 9, "color": BLUE})
    chart.add_hline(y=100 * prior.mean, line={"color": QUIET, "dash": "dash", "width": 1})
    chart.update_xaxes(type="log", title={"text": words["cases"]}, tickvals=[5, 10, 20, 50, 100, 200, 500])
    chart.update_yaxes(ticksuffix="%")
    return chart


def rank(words: dict[str, str]) -> go.Figure:
    """Ranks with their ranges."""
    successes, trials = counts(20, 9)
    prior = fit_beta(successes, trials)
    assert prior is not None
    found = ranks(
        prior.estimate(successes, trials),
        prior.draw(successes, trials, 1000, generator("picture")),
        higher_is_better=False,
    )
    order = np.argsort(found.rank, kind="stable")
    chart = figure(HEIGHT)
    chart.add_scatter(
        x=found.rank[order],
        y=list(range(len(order))),
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (found.worst - found.rank)[order],
            "arrayminus": (found.rank - found.best)[order],
            "color": PALE_BLUE,
            "thickness": 2,
        },
        mode="markers",
        marker={"size": 9, "color": BLUE},
    )
    chart.update_xaxes(title={"text": words["rank"]}, range=[0, 21])
    chart.update_yaxes(showticklabels=False, autorange="reversed", showgrid=False, title={"text": words["unit"]})
    return chart


def funnel(words: dict[str, str]) -> go.Figure:
    """Points within and beyond the limits."""
    successes, trials = counts(60, 21)
    successes[50] = round(trials[50] * 0.42)
    target = float(successes.sum() / trials.sum())
    sizes = np.unique(np.round(np.geomspace(5, 450, 160)))
    chart = figure(HEIGHT)
    for level, dash in ((INNER, "dash"), (OUTER, "dot")):
        limits = share_limits(target, sizes, level)
        name = words["limit"].format(level=f"{100 * level:g}")
        for number, side in enumerate((limits.low, limits.high)):
            chart.add_scatter(
                x=sizes,
                y=100 * side,
                mode="lines",
                name=name,
                showlegend=number == 0,
                line={"color": QUIET, "dash": dash, "width": 1.2, "shape": "hv"},
            )
    far = share_limits(target, trials, OUTER).outside(successes / trials) != 0
    for chosen, colour in ((~far, PALE_BLUE), (far, VERMILION)):
        chart.add_scatter(
            x=trials[chosen],
            y=100 * (successes / trials)[chosen],
            mode="markers",
            showlegend=False,
            marker={"size": 9, "color": colour},
        )
    chart.add_hline(y=100 * target, line={"color": QUIET, "width": 1})
    chart.update_xaxes(type="log", title={"text": words["cases"]}, tickvals=[5, 10, 20, 50, 100, 200, 500])
    chart.update_yaxes(ticksuffix="%", range=[-2, 82])
    return chart


def weights(words: dict[str, str]) -> go.Figure:
    """Ranks of an index, where other weights put them, and without one of its indicators."""
    chance = np.random.default_rng(12)
    level = chance.normal(size=12)
    values = pd.DataFrame({name: level + chance.normal(scale=1.1, size=12) for name in "abc"})
    better, chosen = dict.fromkeys("abc", True), {"a": 50.0, "b": 30.0, "c": 20.0}
    found = composite(values, better, chosen).units
    left_out = composite(values, better, {**chosen, "a": 0.0}).units["rank"]
    order = found["rank"].sort_values(kind="stable").index
    place = list(range(len(order)))
    own = found.loc[order].astype(float)
    chart = figure(HEIGHT)
    chart.add_scatter(
        x=own["rank"],
        y=place,
        name=words["chosen"],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": own["rank_worst"] - own["rank"],
            "arrayminus": own["rank"] - own["rank_best"],
            "color": PALE_BLUE,
            "thickness": 7,
            "width": 0,
        },
        mode="markers",
        marker={"size": 10, "color": BLUE},
    )
    chart.add_scatter(
        x=left_out.loc[order].astype(float),
        y=place,
        name=words["without"],
        mode="markers",
        marker={"size": 15, "color": "rgba(0,0,0,0)", "line": {"color": VERMILION, "width": 1.8}},
    )
    chart.update_xaxes(title={"text": words["rank"]}, range=[0, 13])
    chart.update_yaxes(showticklabels=False, autorange="reversed", showgrid=False, title={"text": words["unit"]})
    return chart


def main() -> None:
    """Write all pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5)
        for language, words in WORDS.items():
            for draw in (interval, shrinkage, rank, funnel, weights):
                chart = draw(words)
                chart.update_layout(
                    width=WIDTH, paper_bgcolor="#ffffff", plot_bgcolor="#ffffff", showlegend=draw in (funnel, weights)
                )
                page.set_content(chart.to_html(include_plotlyjs=True, config={"staticPlot": True}))
                page.wait_for_selector(".main-svg")
                page.add_style_tag(content="body { margin: 0 }")
                page.screenshot(path=PICTURES / f"method-{draw.__name__}-{language}.png")
        browser.close()


if __name__ == "__main__":
    main()
