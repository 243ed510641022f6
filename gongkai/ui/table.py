"""The table of all pages, and the Excel file it can be taken away as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import Measure
from gongkai.charts.numbers import exact, unit_name
from gongkai.exports.excel import HEADINGS, Stamp, workbook
from gongkai.ui import peers
from gongkai.ui.data import collection_name, data_date, demonstration, fictional, version
from gongkai.ui.filter_bar import summary
from gongkai.ui.filters import current
from gongkai.ui.messages import language, t
from gongkai.ui.navigation import open_page

_HEIGHT = 420
_NARROWEST, _DIGIT, _PADDING = 64, 8, 24
"""Pixels: the narrowest column of numbers, a digit, and what is left free around them."""


def table(
    frame: pd.DataFrame,
    key: str,
    columns: Mapping[str, str],
    *,
    config: Mapping[str, Any] | None = None,
    height: int = _HEIGHT,
    opens: str = "",
    on_row: Callable[[int], None] | None = None,
    on_cell: Callable[[int, str], None] | None = None,
    ticked: bool = False,
) -> list[int]:
    """Show the columns of `frame` named in `columns` (code → heading as shown). Missing stays —.

    `config` adds st.column_config entries by code. Cells are shown as text or numbers, never as markup. With `opens`
    (a column of agency ids) selecting a row opens the unit; with `on_row` it calls that with the row's position, with
    `on_cell` a click on a cell calls that with the row's position and the column's code. With `ticked` several rows can
    be ticked; their positions are returned. The key must change with the rows then: ticks stay with positions.
    """
    shown = frame[list(columns)]
    configured: dict[str, Any] = {code: st.column_config.Column(label=heading) for code, heading in columns.items()}
    configured.update(config or {})
    rows = len(shown)
    modes: list[Literal["multi-row", "single-row", "single-cell"]] = (
        ["multi-row", "single-cell"] if ticked else ["single-cell"] if on_cell else ["single-row"]
    )
    state = st.dataframe(
        shown,
        # Widths are measured once per key: words of another language want others.
        key=f"{key}_{language()}",
        hide_index=True,
        column_config=configured,
        height=min(height, 38 + 35 * max(rows, 1)),
        placeholder=t("common.missing.sign"),
        on_select="rerun" if opens or on_row or on_cell or ticked else "ignore",
        selection_mode=modes,
    )
    caption = t("common.table.caption", rows=t("common.table.rows", count=f"{rows:,}"))
    st.caption(f"{caption} · {t('common.table.opens')}" if opens or on_row else caption)
    if on_cell is not None:
        cells = state["selection"]["cells"] if isinstance(state, dict) else []
        if cells:
            on_cell(int(cells[0][0]), str(cells[0][1]))
        if not ticked:
            return []
    chosen = state["selection"]["rows"] if isinstance(state, dict) else []
    if ticked:
        return [int(row) for row in chosen]
    if chosen and on_row is not None:
        on_row(int(chosen[0]))
    elif chosen and opens:
        open_page("agency", agency=str(frame[opens].iloc[chosen[0]]))
    return []


def number_width(column: pd.Series) -> int:
    """Pixels for a column of numbers. A grid cuts numbers that do not fit on the left: 7,730.28 reads 730.28."""
    longest = max((len(exact(value)) for value in column.dropna()), default=0)
    return max(_NARROWEST, _DIGIT * longest + _PADDING)


def export_button(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    key: str,
    title: str,
    columns: Mapping[str, str],
    *,
    measures: Sequence[Measure] = (),
    coverage: str = "",
    notes: Sequence[str] = (),
    sources: pd.DataFrame | None = None,
    formats: Mapping[str, str] | None = None,
    filters: str = "",
) -> None:
    """A button that gives the columns of `frame` named in `columns` as a stamped Excel file, made when it is clicked.

    `sources`: agency, year, source (the file), url of the reports it rests on. `formats`: Excel number formats by
    column code. A `frame` that is costly to make may be given as what makes it, without a session, when it is clicked.
    `filters` says what was chosen where it is not the filter bar alone.
    """
    made = stamp(title, measures=measures, coverage=coverage, notes=notes, chosen=filters)
    shown_formats = {columns[code]: value for code, value in (formats or {}).items() if code in columns}

    def data() -> bytes:
        # Run by the click, without a session: everything that depends on one was made above.
        held = frame() if callable(frame) else frame
        shown = held[list(columns)].rename(columns=dict(columns))
        return workbook(shown, replace(made, sources=_sources(sources)), shown_formats)

    st.download_button(
        t("common.table.export"),
        data,
        file_name=f"{file_name(title)}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=key,
        help=t("common.table.export_help"),
        icon=":material/download:",
        on_click="ignore",
    )


def stamp(
    title: str,
    *,
    measures: Sequence[Measure] = (),
    coverage: str = "",
    notes: Sequence[str] = (),
    chosen: str = "",
) -> Stamp:
    """What an exported sheet says about itself: filters, definitions, coverage, date of the data; not its sources.

    `chosen` says in words what was chosen, where that is not what the filter bar shows.
    """
    spoken = language()
    filters = current()
    facts = [
        (t("common.export.filters"), chosen or (summary(filters) if filters.collection else t("filters.all"))),
        *([(t("filters.group"), peers.defined(filters))] if filters.group else []),
        (t("common.export.coverage"), coverage or "—"),
        (t("common.export.data_date"), data_date() or "—"),
        (t("common.export.generation"), str(version().generation)),
    ]
    remarks = [t("common.export.missing_note"), *notes]
    if demonstration():
        remarks.insert(0, t("common.export.demonstration"))
    if filters.collection and fictional(filters.collection):
        remarks.insert(0, t("common.banner.fictional", collection=collection_name(filters.collection)))
    short = "en" if spoken == "en" else "zh"
    return Stamp(
        title=title,
        headings={name: t(f"common.export.{name}") for name in HEADINGS},
        facts=facts,
        definitions=[(each.label(short), unit_name(each.unit, spoken), each.definition(short)) for each in measures],
        notes=remarks,
    )


def _sources(frame: pd.DataFrame | None) -> list[tuple[str, int | None, str, str]]:
    if frame is None:
        return []
    rows = frame[["agency", "year", "source", "url"]].dropna(subset=["source", "url"], how="all").drop_duplicates()
    return [
        (
            str(agency),
            None if pd.isna(year) else int(year),
            "" if pd.isna(file) else str(file),
            "" if pd.isna(url) else str(url),
        )
        for agency, year, file, url in rows.sort_values(["agency", "year"], kind="stable").itertuples(index=False)
    ]


def file_name(title: str) -> str:
    """`title` as a file's name: letters, digits and Chinese characters only."""
    kept = "".join(character if character.isalnum() else "_" for character in title)
    return f"{kept[:60].strip('_')}_{data_date()}".rstrip("_")
