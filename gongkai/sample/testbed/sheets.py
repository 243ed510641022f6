"""Write a report as an Excel workbook: its text in the first column, its tables as cells, merged where they span.

.xlsx by XlsxWriter; .xls record by record, or as the web page that many systems export under this name.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter

from gongkai.sample.content import Content, Grid, GridCell
from gongkai.sample.html import write_html
from gongkai.sample.testbed.compound import compound_file

Value = str | float
_NAMES = {"disclosure": "主动公开", "applications": "依申请公开", "review": "复议诉讼", "annex": "统计表"}
_MADE = datetime(2020, 1, 1)
"""A fixed time, so that the same report gives the same bytes."""


@dataclass(slots=True)
class _Sheet:
    """A sheet's cells by row and column, and its merged areas: first and last row, first and last column."""

    name: str
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, grid: Grid, top: int, as_text: bool) -> None:
        """Put a grid below row `top`."""
        for cell in grid.cells:
            row, column = top + cell.row, cell.column
            self.cells[row, column] = cell.text if as_text else _value(cell)
            if cell.rowspan > 1 or cell.colspan > 1:
                self.merged.append((row, row + cell.rowspan - 1, column, column + cell.colspan - 1))


def _sheets(content: Content) -> list[_Sheet]:
    """With the trait `sheets` each table has one of its own, else all stand below each other."""
    first = _Sheet("报告", {(row, 0): line for row, line in enumerate(content.title)})
    found, row = [first], len(content.title)
    as_text, apart = "numbers_as_text" in content.traits, "sheets" in content.traits
    for part in content.parts:
        if not isinstance(part, Grid):
            first.cells[row, 0] = part.text
            row += 1
        elif apart:
            number = sum(sheet.name.startswith(_NAMES[part.name]) for sheet in found)
            found.append(_Sheet(_NAMES[part.name] + (str(number + 1) if number else "")))
            found[-1].add(part, 0, as_text)
        else:
            first.add(part, row, as_text)
            row += part.rows
    return found


def _value(cell: GridCell) -> Value:
    """A figure as a number where it is printed as one."""
    plain = cell.text.isascii() and cell.text.removeprefix("-").replace(".", "", 1).isdecimal()
    return float(cell.text) if cell.key and plain else cell.text


def write_xlsx(content: Content) -> bytes:
    """The file's bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _MADE, "title": "".join(content.title)})
    for sheet in _sheets(content):
        written = book.add_worksheet(sheet.name)
        for top, bottom, left, right in sheet.merged:
            written.merge_range(top, left, bottom, right, "")
        for (row, column), value in sheet.cells.items():
            written.write(row, column, value)
    book.close()
    return buffer.getvalue()


def write_xls(content: Content) -> bytes:
    """Every other one a workbook of Excel 97, the rest pages under its name."""
    return _workbook(_sheets(content)) if content.look % 2 else write_html(content)


def _workbook(sheets: list[_Sheet]) -> bytes:
    """The records of BIFF 8: a font, a format and the sheets' places, then each sheet's cells and merged areas."""
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head += _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text("SimSun", "<B"))
    head += _record(0xE0, struct.pack("<HHH", 0, 0, 1) + bytes(14))
    bodies = []
    for sheet in sheets:
        body = _record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))
        body += b"".join(_cell(place, value) for place, value in sorted(sheet.cells.items()))
        areas = b"".join(struct.pack("<4H", *area) for area in sheet.merged)
        bodies.append(body + _record(0xE5, struct.pack("<H", len(sheet.merged)) + areas) + _record(0x0A, b""))
    names = [_text(sheet.name, "<B") for sheet in sheets]
    at = len(head) + sum(10 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x85, struct.pack("<IBB", at, 0, 0) + name)
        at += len(body)
    return compound_file("Workbook", head + _record(0x0A, b"") + b"".join(bodies))


def _cell(place: tuple[int, int], value: Value) -> bytes:
    head = struct.pack("<HHH", *place, 0)
    if isinstance(value, str):
        return _record(0x204, head + _text(value, "<H"))
    return _record(0x203, head + struct.pack("<d", value))


def _text(text: str, count: str) -> bytes:
    """UTF-16 behind its length. A record holds at most 8,224 bytes: longer text, which no table has, is cut."""
    text = text[:4000]
    return struct.pack(count, len(text)) + b"\x01" + text.encode("utf-16-le")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
