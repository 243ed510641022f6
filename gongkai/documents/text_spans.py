"""Markdown tables made by programs that repeat a merged cell's text in each of the cells it covers."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.model import Cell
from gongkai.documents.text_bars import is_value

MOST_ROWS = 2
"""So many rows of figures may stand below a repeated label and be repeated themselves; where there are more, equal
figures in neighbouring columns are just that."""


def merged(rows: Sequence[Sequence[str]]) -> tuple[Cell, ...]:
    """Return the cells of rows in which neighbours with the same label are one cell, and the figures below it."""
    spans: dict[tuple[int, int], int] = {}
    for row, fields in enumerate(rows):
        column = 0
        while column < len(fields):
            width = _repeats(fields, column) if not is_value(fields[column]) else 1
            if width > 1:
                spans[row, column] = width
            column += width
    for (row, column), width in list(spans.items()):
        below = _rows_of_figures(rows, row + 1, column)
        if below and len(below) <= MOST_ROWS and all(_repeats(rows[each], column) >= width for each in below):
            spans.update({(each, column): width for each in below})
    cells: list[Cell] = []
    for row, fields in enumerate(rows):
        column = 0
        while column < len(fields):
            width = spans.get((row, column), 1)
            cells.append(Cell(row, column, fields[column], colspan=width))
            column += width
    return tuple(cells)


def _repeats(fields: Sequence[str], column: int) -> int:
    """How many fields from `column` on have the same text; blank ones are not counted together."""
    width = 1
    while fields[column] and column + width < len(fields) and fields[column + width] == fields[column]:
        width += 1
    return width


def _rows_of_figures(rows: Sequence[Sequence[str]], first: int, column: int) -> list[int]:
    """The rows from `first` on that have a figure in `column`, up to one that has none."""
    found: list[int] = []
    for row in range(first, len(rows)):
        if column >= len(rows[row]) or not is_value(rows[row][column]):
            break
        found.append(row)
    return found
