"""The statutory tables on one Excel sheet of A4, as the official annexes print them: merged headings, borders, 宋体.

Tables of 4, 10 and 15 columns stand below each other on one sheet, so the sheet's columns are all places at which any
of them has a border, and cells are merged over them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.catalogue.form_layout import Grid, Key

_UNITS = 60
"""The page's width in steps: the fifteenths of table 4 are four of them."""
_STEP = 11
"""Pixels of a step; sixty are the 18 cm between the margins of an A4 sheet."""
_PIXELS_TO_POINTS = 0.75
SONGTI, HEITI = "宋体", "黑体"
_SIZE = 9
"""Points of a table's letters: a label of table 3 then takes two lines at most."""
_LINE = 13.0
"""Points of a line of that size."""
_PADDING = 6


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands in a figure's cell: a formula, the value it has now (null: none), the number format, a remark."""

    formula: str
    value: float | None
    number: str
    remark: str = ""


def lattice(grids: Sequence[Grid]) -> tuple[list[int], list[list[int]]]:
    """The borders of the sheet's columns in steps (0 first), and for every table the border at which each of its
    columns begins, with its end."""
    edges = []
    for grid in grids:
        total, at = sum(grid.widths), 0.0
        found = [0]
        for width in grid.widths:
            at += width / total * _UNITS
            found.append(round(at))
        edges.append(found)
    return sorted({edge for found in edges for edge in found}), edges


class FormSheet:
    """Writes headings, tables and notes from above to below; `at` says where each figure stands."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet, grids: Sequence[Grid]) -> None:
        self._book, self._sheet = book, sheet
        self._borders, edges = lattice(grids)
        self._edges = {id(grid): found for grid, found in zip(grids, edges, strict=True)}
        self._formats: dict[tuple[object, ...], Format] = {}
        self._row = 0
        self.at: dict[Key, tuple[int, int]] = {}
        sheet.set_paper(9)
        sheet.set_portrait()
        sheet.set_margins(left=0.59, right=0.59, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        # The whole form on one page.
        sheet.fit_to_pages(1, 1)
        sheet.hide_gridlines(2)
        for number, (left, right) in enumerate(zip(self._borders, self._borders[1:], strict=False)):
            sheet.set_column_pixels(number, number, (right - left) * _STEP)

    @property
    def _last(self) -> int:
        return len(self._borders) - 2

    def line(self, text: str, size: int = 10, *, bold: bool = False, centre: bool = False, font: str = SONGTI) -> None:
        """A line of text over the whole width, as high as it needs."""
        style = self._format(font=font, size=size, bold=bold, centre=centre, border=0, number="")
        lines = _lines(text, _UNITS * _STEP, size)
        self._sheet.set_row(self._row, lines * size * 1.5 + 4)
        self._sheet.merge_range(self._row, 0, self._row, self._last, text, style)
        self._row += 1

    def gap(self) -> None:
        """A little space."""
        self._sheet.set_row(self._row, 8)
        self._row += 1

    def place(self, grid: Grid) -> None:
        """Reserve the rows of a table, so that formulas may point anywhere in it; `write` fills them."""
        edges = self._edges[id(grid)]
        for cell in grid.cells:
            if cell.key:
                self.at[cell.key] = (self._row + cell.row, self._borders.index(edges[cell.column]))

    def write(self, grid: Grid, figures: Mapping[Key, Formula]) -> None:
        """The table from the present row on, and move below it. Call `place` first."""
        edges = self._edges[id(grid)]
        for number, height in enumerate(self._heights(grid, edges)):
            self._sheet.set_row(self._row + number, height)
        for cell in grid.cells:
            first = self._borders.index(edges[cell.column])
            last = self._borders.index(edges[cell.column + cell.colspan]) - 1
            top, bottom = self._row + cell.row, self._row + cell.row + cell.rowspan - 1
            figure = figures.get(cell.key) if cell.key else None
            centre = cell.role != "label" or cell.rowspan > 1
            style = self._format(
                font=SONGTI, size=_SIZE, bold=cell.role == "title", centre=centre, border=1,
                number=figure.number if figure else "",
            )  # fmt: skip
            text = "" if figure else ("\n".join(cell.text) if cell.role == "tall" else cell.text)
            if (top, first) != (bottom, last):
                self._sheet.merge_range(top, first, bottom, last, text, style)
            elif not figure:
                self._sheet.write_string(top, first, text, style)
            if figure:
                value: float | str = "" if figure.value is None else figure.value
                self._sheet.write_formula(top, first, figure.formula, style, value)
                if figure.remark:
                    self._sheet.write_comment(top, first, figure.remark, {"x_scale": 2, "y_scale": 1.2, "author": ""})
        self._row += grid.rows

    def _heights(self, grid: Grid, edges: Sequence[int]) -> list[float]:
        """Points of every row: as many lines as its fullest cell takes; what spans several rows shares them."""
        heights = [_LINE + _PADDING] * grid.rows
        for cell in sorted(grid.cells, key=lambda cell: cell.rowspan):
            if cell.role in ("figure", "tall"):
                continue
            width = (edges[cell.column + cell.colspan] - edges[cell.column]) * _STEP
            needed = _lines(cell.text, width, _SIZE) * _LINE + _PADDING
            rows = range(cell.row, cell.row + cell.rowspan)
            lacking = needed - sum(heights[row] for row in rows)
            if lacking > 0:
                for row in rows:
                    heights[row] += lacking / len(rows)
        return heights

    def _format(self, *, font: str, size: int, bold: bool, centre: bool, border: int, number: str) -> Format:
        key = (font, size, bold, centre, border, number)
        if key not in self._formats:
            wanted = {
                "font_name": font, "font_size": size, "bold": bold, "align": "center" if centre else "left",
                "valign": "vcenter", "text_wrap": True, "border": border,
            }  # fmt: skip
            self._formats[key] = self._book.add_format(wanted | ({"num_format": number} if number else {}))
        return self._formats[key]


def _lines(text: str, width: float, size: float) -> int:
    """How many lines `text` takes on `width` pixels: Chinese characters are as wide as high, others half."""
    wide = size / _PIXELS_TO_POINTS
    room = max(width - 8, wide)
    return sum(
        max(1, math.ceil(sum(wide if ord(character) > 0x2E7F else wide / 2 for character in line) / room))
        for line in text.split("\n")
    )
