"""The one look of all charts: a Plotly template, the colours and what they stand for."""

from __future__ import annotations

import html
import itertools

import plotly.graph_objects as go

FONT = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"

INK = "#1f2933"
QUIET = "#6b7683"
RULE = "#e3e8ed"
BLUE = "#1f5f8b"
PALE_BLUE = "#9dbfd6"
AMBER = "#d9902f"
VERMILION = "#b8452f"
TEAL = "#3f9c8f"
MAUVE = "#8b6a9e"
GREY = "#a7b0b9"

SERIES = (BLUE, AMBER, TEAL, MAUVE, VERMILION, "#5b7f3b", "#4aa3d8", "#7d5a3c")
"""The colours of lines and parts, in order; told apart with the common colour-vision deficiencies."""

SHADES = ((0.0, "#eef4f8"), (0.5, "#7fb0cf"), (1.0, BLUE))
"""From few to many."""

_WIDE_FROM = 0x2E7F
"""The first code points of Chinese characters and punctuation."""

MARGIN = {"l": 8, "r": 16, "t": 28, "b": 8}

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "colorway": list(SERIES),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": MARGIN,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "font": {"family": FONT, "size": 13, "color": INK},
            "bgcolor": "#ffffff",
            "bordercolor": "#c4ccd4",
            "align": "left",
        },
        "xaxis": {"gridcolor": RULE, "zerolinecolor": "#b8c1ca", "automargin": True, "fixedrange": True},
        "yaxis": {"gridcolor": RULE, "zerolinecolor": "#b8c1ca", "automargin": True, "fixedrange": True},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "title": {"text": ""},
        },
        "bargap": 0.28,
    }
)


def figure(height: int) -> go.Figure:
    """An empty figure in the theme, `height` pixels high."""
    return go.Figure(layout={"template": TEMPLATE, "height": height})


def safe(text: object) -> str:
    """`text` for a label or a hover: Plotly reads a little HTML, and names come from documents."""
    return html.escape(str(text), quote=False).replace("\n", " ")


def width(text: str) -> int:
    """How wide `text` is in Latin letters: a Chinese character is as wide as two."""
    return sum(2 if ord(character) > _WIDE_FROM else 1 for character in text)


def clipped(text: object, length: int) -> str:
    """`text` cut with … to the width of `length` Chinese characters (a Latin one takes half), safe for a label."""
    whole = str(text)
    widths = list(itertools.accumulate(width(character) for character in whole))
    if not widths or widths[-1] <= 2 * length:
        return safe(whole)
    kept = sum(width <= 2 * length - 2 for width in widths)
    return safe(whole[:kept] + "…")
