"""The table of 趋势对比: the very figures that its sentences speak of, as printed in them, and as an Excel sheet."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import Measure
from gongkai.ui import compare_words
from gongkai.ui.compare_data import Asked, of_units, peer_band
from gongkai.ui.kept import kept
from gongkai.ui.measures import label
from gongkai.ui.messages import t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import export_button, table

_PEERS = ("low", "middle", "high")


def show_figures(asked: Asked, chosen: Sequence[Measure], basis: str) -> None:
    """All that is drawn: a row per measure and unit, then the peers' quartiles and median; a column per year. `basis`
    says who the peers are."""
    key = asked.key(tuple(each.code for each in chosen))
    long = kept("compare_long", key, lambda: _figures(asked, chosen))
    if long.empty:
        return
    columns = {name: t(f"compare.column_{name}") for name in ("measure", "series", "year", "value")}
    head, button = st.columns([3, 1], vertical_alignment="bottom")
    with head:
        st.subheader(t("compare.table"), anchor=False)
    with button, st.container(horizontal=True, horizontal_alignment="right"):
        export_button(
            long,
            "compare_export",
            t("navigation.compare"),
            columns,
            measures=chosen,
            notes=[basis],
            formats={"year": "0"},
        )
    frame = kept("compare_table", key, lambda: _wide(long))
    years = [name for name in frame.columns if str(name).isdecimal()]
    config = {
        "measure": st.column_config.TextColumn(columns["measure"], width=200, pinned=True),
        "series": st.column_config.TextColumn(columns["series"], width=170, pinned=True),
        **{year: st.column_config.TextColumn(year, width=84, alignment="right") for year in years},
    }
    shown = {"measure": columns["measure"], "series": columns["series"], **{year: year for year in years}}

    def opened(position: int) -> None:
        if agency := str(frame["agency_id"].iloc[position]):
            open_page("agency", agency=agency)

    table(frame, "compare_table", shown, config=config, on_row=opened if asked.units else None, height=560)
    st.caption(t("compare.table_note"))


def _figures(asked: Asked, chosen: Sequence[Measure]) -> pd.DataFrame:
    """One row per measure, unit (or the peers' median and quartiles) and year: measure, series, agency_id, year, value
    and text (as printed)."""
    rows = []
    for measure in chosen:
        drawn = of_units(asked.filters, measure, asked.units).to_dict("records") if asked.units else []
        rows += [
            {
                "measure": label(measure),
                "series": asked.names[row["agency_id"]],
                "agency_id": row["agency_id"],
                "year": int(row["year"]),
                "value": row["value"],
                "text": compare_words.shown(row["value"], measure, bool(row["approximate"])),
            }
            for row in drawn
        ]
        rows += [
            {
                "measure": label(measure),
                "series": t(f"compare.series_{name}"),
                "agency_id": "",
                "year": int(row["year"]),
                "value": float(row[name]),
                "text": compare_words.shown(float(row[name]), measure),
            }
            for name in _PEERS
            for row in peer_band(asked.among, measure).to_dict("records")
        ]
    return pd.DataFrame(rows, columns=["measure", "series", "agency_id", "year", "value", "text"])


def _wide(long: pd.DataFrame) -> pd.DataFrame:
    """A column of printed values per year, in which something is missing where there is none."""
    lines = list(dict.fromkeys(zip(long["measure"], long["series"], long["agency_id"], strict=True)))
    texts = {
        (*line, year): text
        for *line, year, text in zip(
            long["measure"], long["series"], long["agency_id"], long["year"], long["text"], strict=True
        )
    }
    frame = pd.DataFrame(lines, columns=["measure", "series", "agency_id"])
    for year in range(int(long["year"].min()), int(long["year"].max()) + 1):
        frame[str(year)] = [texts.get((*line, year)) for line in lines]
    return frame
