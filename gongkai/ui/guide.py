"""The page 指标口径: metrics, indicators, checks and methods, from the very catalogue that the figures rest on."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from gongkai.catalogue.checks import checks
from gongkai.catalogue.indicators import PROCESS, rankable
from gongkai.catalogue.methodology import methodology
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.names import full_name
from gongkai.charts.numbers import unit_name
from gongkai.ui.address import ask, choose_one
from gongkai.ui.messages import language, t
from gongkai.ui.table import table

PART = "part"
"""The page's parameter in the address: which part is shown."""


def show() -> None:
    """The part that the address names, metrics first."""
    part = choose_one("guide", PART, t("guide.part"), list(_PARTS), "metrics", lambda name: t(f"guide.part_{name}"))
    _PARTS[part]()


def _spoken() -> str:
    return "en" if language() == "en" else "zh"


def _metrics() -> None:
    spoken = _spoken()
    rows = [
        {
            "name": full_name(metric.code, spoken),
            "group": t(f"agency.group.{metric.group}"),
            "unit": unit_name(metric.unit, language()),
            "kind": t(f"guide.kind.{metric.kind}"),
            "forms": _forms(metric.regimes, metric.narrative),
            "where": metric.where,
            "code": metric.code,
        }
        for metric in metrics().values()
    ]
    st.caption(t("guide.metrics_about"))
    _searched(pd.DataFrame(rows), "metrics", {"name": 300, "where": 320})


def _forms(regimes: frozenset[str], narrative: bool) -> str:
    """In which forms something is asked for, the newest first, and whether sentences may state it."""
    words = [*sorted(regimes, reverse=True), *([t("guide.narrative")] if narrative else [])]
    return t("filters.list_separator").join(words)


def _indicators() -> None:
    spoken = _spoken()
    rows = []
    for measure in rankable().values():
        judgement = measure.judgement
        rows.append(
            {
                "name": measure.label(spoken),
                "definition": measure.definition(spoken),
                "direction": t(f"guide.direction.{judgement.direction}") if judgement else "",
                "ranking": t(f"guide.ranking.{judgement.ranking}") if judgement else "",
                "fewest": str(judgement.fewest) if judgement and measure.denominator else "",
                "forms": _forms(measure.regimes, measure.narrative) if measure.group != PROCESS else "",
                "caveat": judgement.caveat(spoken) if judgement else "",
                "code": measure.code,
            }
        )
    st.caption(t("guide.indicators_about"))
    _searched(pd.DataFrame(rows), "indicators", {"name": 200, "definition": 380, "caveat": 420})


def _checks() -> None:
    spoken = _spoken()
    rows = [
        {
            "name": check.title(spoken),
            "severity": t(f"guide.severity.{check.severity}"),
            "definition": check.text(spoken),
            "rule": check.rule,
            "code": check.code,
        }
        for check in checks().values()
    ]
    st.caption(t("guide.checks_about"))
    _searched(pd.DataFrame(rows), "checks", {"name": 220, "definition": 460, "rule": 260})


def _searched(frame: pd.DataFrame, part: str, widths: dict[str, int]) -> None:
    """A table, narrowed to the rows that hold the words that were typed."""
    words = ask("guide", "words", t("guide.words"), t("guide.words_placeholder")).casefold()
    if words:
        kept = frame.apply(lambda row: any(words in str(cell).casefold() for cell in row), axis=1)
        frame = frame[kept].reset_index(drop=True)
    if frame.empty:
        st.info(t("guide.none"))
        return
    columns = {str(name): t(f"guide.column.{name}") for name in frame.columns}
    config = {name: st.column_config.TextColumn(columns[name], width=width) for name, width in widths.items()}
    table(frame, f"guide_{part}", columns, config=config, height=640)


def _method() -> None:
    for part in methodology()[_spoken()]:
        if part.picture is not None:
            st.image(part.picture.read_bytes(), caption=part.text, width=640)
        elif part.text:
            st.markdown(part.text)


_PARTS: dict[str, Callable[[], None]] = {
    "metrics": _metrics,
    "indicators": _indicators,
    "checks": _checks,
    "method": _method,
}
