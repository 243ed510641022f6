"""Write a report as an Excel workbook: its text in the first column, its tables as cells, merged where they span."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from gongkai.sample.content import Content, Grid, GridCell

_NAMES = {"disclosure": "主动公开", "applications": "依申请公开", "review": "复议诉讼", "annex": "统计表"}
_MADE = datetime(2020, 1, 1)
"""A fixed time, so that the same report gives the same bytes."""


def write_xlsx(content: Content) -> bytes:
    """The file's bytes. With the trait `sheets` each table has one of its own, else all stand below each other."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _MADE, "title": "".join(content.title)})
    first = book.add_worksheet("报告")
    as_text, apart = "numbers_as_text" in content.traits, "sheets" in content.traits
    row, used = len(content.title), dict[str, int]()
    for number, line in enumerate(content.title):
        first.write_string(number, 0, line)
    for part in content.parts:
        if not isinstance(part, Grid):
            first.write_string(row, 0, part.text)
            row += 1
        elif apart:
            used[part.name] = used.get(part.name, 0) + 1
            name = _NAMES[part.name] + (str(used[part.name]) if used[part.name] > 1 else "")
            _grid(book.add_worksheet(name), part, 0, as_text)
        else:
            _grid(first, part, row, as_text)
            row += part.rows
    book.close()
    return buffer.getvalue()


def _grid(sheet: Worksheet, grid: Grid, top: int, as_text: bool) -> None:
    for cell in grid.cells:
        row, column = top + cell.row, cell.column
        value = cell.text if as_text else _value(cell)
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, value)
        else:
            sheet.write(row, column, value)


def _value(cell: GridCell) -> str | float:
    """A figure as a number where it is printed as one."""
    plain = cell.text.isascii() and cell.text.removeprefix("-").replace(".", "", 1).isdecimal()
    return float(cell.text) if cell.key and plain else cell.text
