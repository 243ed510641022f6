"""A table as an Excel workbook that says where its figures come from: a sheet of data, one about it, one of sources."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd
import xlsxwriter

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET_NAME = 31
_CELL_LIMIT = 32_767
"""Excel's limits: characters of a sheet's name, characters of a cell."""
_WIDTHS = (6, 60)
_SAMPLE = 400
"""How many rows decide a column's width."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on the sheet beside the data. `headings` are the words of the sheets themselves, translated."""

    title: str
    headings: Mapping[str, str]
    facts: Sequence[tuple[str, str]] = ()
    """Filters, coverage, date of the data: what and its value."""
    definitions: Sequence[tuple[str, str, str]] = ()
    """Metric, unit, how it is counted."""
    notes: Sequence[str] = ()
    sources: Sequence[tuple[str, int | None, str, str]] = field(default=())
    """Unit, year, file and address of the report; "" where there is none."""


HEADINGS = (
    *("data", "about", "summary", "notes", "definitions", "metric", "unit", "definition"),
    *("sources", "source_unit", "source_year", "source_file", "source_address"),
)
"""The words that `Stamp.headings` needs."""


def workbook(
    frame: pd.DataFrame,
    stamp: Stamp,
    formats: Mapping[str, str] | None = None,
    first: Callable[[xlsxwriter.Workbook], None] | None = None,
) -> bytes:
    """The workbook's bytes. The columns of `frame` are the headings as shown; `formats` gives Excel number formats.

    `first` adds sheets of its own that stand before the data.

    Missing values are empty cells, never 0. Texts are written as texts whatever they begin with, so that no text of a
    document becomes a formula or a link. The same frame and stamp give the same bytes.
    """
    missing = [name for name in HEADINGS if name not in stamp.headings]
    if missing:
        raise ValueError(f"the stamp lacks the headings {', '.join(missing)}")
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    # The clock stays out of the file; the date of the data is among the facts.
    book.set_properties({"title": clean_text(stamp.title), "created": datetime(2000, 1, 1)})
    if first is not None:
        first(book)
    styles = _styles(book)
    _data(book, frame, stamp, styles, formats or {})
    _about(book, stamp, styles)
    if stamp.sources:
        _sources(book, stamp, styles)
    book.close()
    return buffer.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, xlsxwriter.format.Format]:
    base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 13}),
        "header": book.add_format(
            {**base, "bold": True, "bg_color": "#E8EDF1", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        ),
        "text": book.add_format(base),
        "wrapped": book.add_format({**base, "text_wrap": True}),
        "whole": book.add_format({**base, "num_format": "#,##0"}),
        "plain": book.add_format({**base, "num_format": "0"}),
        "decimal": book.add_format({**base, "num_format": "#,##0.####"}),
        "date": book.add_format({**base, "num_format": "yyyy-mm-dd"}),
    }


def _data(
    book: xlsxwriter.Workbook,
    frame: pd.DataFrame,
    stamp: Stamp,
    styles: Mapping[str, xlsxwriter.format.Format],
    formats: Mapping[str, str],
) -> None:
    sheet = book.add_worksheet(sheet_name(stamp.headings["data"]))
    made: dict[str, xlsxwriter.format.Format] = {}
    for number, name in enumerate(frame.columns):
        column = frame[name]
        sheet.write_string(0, number, clean_text(name), styles["header"])
        sheet.set_column(number, number, _width(str(name), column))
        wanted = formats.get(str(name))
        if wanted and wanted not in made:
            made[wanted] = book.add_format({"font_name": "Microsoft YaHei", "font_size": 10, "num_format": wanted})
        for row, value in enumerate(column, 1):
            _cell(sheet, row, number, value, styles, made.get(wanted or ""))
    sheet.freeze_panes(1, 1 if len(frame.columns) > 1 else 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    styles: Mapping[str, xlsxwriter.format.Format],
    given: xlsxwriter.format.Format | None,
) -> None:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles["text"])
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, column, pd.Timestamp(value).to_pydatetime().replace(tzinfo=None), styles["date"])
    elif isinstance(value, int | float) or hasattr(value, "__index__"):
        number = float(value)
        style = given or styles["whole" if number.is_integer() else "decimal"]
        sheet.write_number(row, column, number, style)
    else:
        sheet.write_string(row, column, clean_text(value), styles["text"])


def _about(book: xlsxwriter.Workbook, stamp: Stamp, styles: Mapping[str, xlsxwriter.format.Format]) -> None:
    words = stamp.headings
    sheet = book.add_worksheet(sheet_name(words["about"]))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 80)
    row = 0
    sheet.write_string(row, 0, clean_text(stamp.title), styles["title"])
    row += 2
    sheet.write_string(row, 0, clean_text(words["summary"]), styles["header"])
    for name, value in stamp.facts:
        row += 1
        sheet.write_string(row, 0, clean_text(name), styles["text"])
        sheet.write_string(row, 1, clean_text(value), styles["text"])
    row += 2
    for column, key in enumerate(("metric", "unit", "definition")):
        sheet.write_string(row, column, clean_text(words[key]), styles["header"])
    for line in stamp.definitions:
        row += 1
        for column, value in enumerate(line):
            sheet.write_string(row, column, clean_text(value), styles["wrapped"])
    row += 2
    sheet.write_string(row, 0, clean_text(words["notes"]), styles["header"])
    for note in stamp.notes:
        row += 1
        sheet.merge_range(row, 0, row, 2, clean_text(note), styles["wrapped"])


def _sources(book: xlsxwriter.Workbook, stamp: Stamp, styles: Mapping[str, xlsxwriter.format.Format]) -> None:
    words = stamp.headings
    sheet = book.add_worksheet(sheet_name(words["sources"]))
    for column, (key, width) in enumerate(
        (("source_unit", 36), ("source_year", 8), ("source_file", 60), ("source_address", 90))
    ):
        sheet.write_string(0, column, clean_text(words[key]), styles["header"])
        sheet.set_column(column, column, width)
    for row, (unit, year, file, address) in enumerate(stamp.sources, 1):
        sheet.write_string(row, 0, clean_text(unit), styles["text"])
        if year is not None:
            sheet.write_number(row, 1, year, styles["plain"])
        sheet.write_string(row, 2, clean_text(file), styles["text"])
        sheet.write_string(row, 3, clean_text(address), styles["text"])
    sheet.freeze_panes(1, 0)


def sheet_name(name: str) -> str:
    """`name` as Excel allows a sheet to be called."""
    return _FORBIDDEN.sub(" ", name)[:_SHEET_NAME].strip("' ") or "Sheet"


def clean_text(value: object) -> str:
    """`value` as a text that a cell can hold."""
    return _CONTROL.sub("", str(value))[:_CELL_LIMIT]


def _width(name: str, column: pd.Series) -> float:
    """Wide enough for the heading and most cells; a Chinese character takes two."""
    texts = [name, *(str(value) for value in column.head(_SAMPLE) if not pd.isna(value))]
    widest = max(sum(2 if ord(character) > 0x2E7F else 1 for character in text) for text in texts)
    return float(min(max(widest + 3, _WIDTHS[0]), _WIDTHS[1]))
