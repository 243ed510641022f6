"""Comma-separated values, as Excel saves a sheet (.csv) → the blocks of that sheet. Merged cells are lost in it."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from gongkai.documents import flow
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import clean
from gongkai.documents.model import Content
from gongkai.documents.sheets import MOST_CELLS, too_many_cells, with_blanks
from gongkai.documents.text_bars import is_value

FEWEST_ROWS = 3
FEWEST_COLUMNS = 3
"""Fewer columns are a sentence with a comma in it, not a sheet."""

EVEN_SHARE = 0.9
"""Excel gives nearly every row of a sheet the same number of fields; sentences have as many commas as they need."""

VALUES_SHARE = 0.35
"""Rows of different lengths are those of a sheet if so many of their fields are figures."""

MARKS = ",;"
"""What Excel parts values with; the semicolon where a comma is the decimal point."""


def separator(text: str) -> str | None:
    """Return the mark by which `text` is the values of a sheet, or None if it is no such thing."""
    for mark in MARKS:
        if text.count(mark) >= FEWEST_ROWS * (FEWEST_COLUMNS - 1):
            rows = [fields for fields in _rows(text, mark) if fields]
            if len(rows) < FEWEST_ROWS:
                continue
            size, even = Counter(map(len, rows)).most_common(1)[0]
            filled = [field.strip() for fields in rows for field in fields if field.strip()]
            values = sum(map(is_value, filled))
            regular = even >= EVEN_SHARE * len(rows) and values >= len(rows)
            if size >= FEWEST_COLUMNS and (regular or values >= VALUES_SHARE * len(filled)):
                return mark
    return None


def read(text: str) -> Content:
    """Return the blocks of a decoded text for which `separator` finds a mark. Raises UnreadableDocument: too_large."""
    cells: dict[tuple[int, int], flow.GridCell] = {}
    for row, fields in enumerate(_rows(text, separator(text) or MARKS[0])):
        for column, field in enumerate(fields):
            printed = clean(field).strip()
            if not printed:
                continue
            if len(cells) == MOST_CELLS:
                raise too_many_cells()
            cells[row, column] = flow.GridCell(row, column, 1, 1, [flow.Text(printed)])
    builder = BlockBuilder()
    flow.emit([flow.Grid(with_blanks(cells), sheet=True)], builder)
    return Content(builder.blocks)


def _rows(text: str, mark: str) -> list[list[str]]:
    """The rows of values; none where quotes or lengths are not those of a sheet."""
    try:
        return list(csv.reader(StringIO(text.replace("\x00", ""), newline=""), delimiter=mark))
    except csv.Error:
        return []
