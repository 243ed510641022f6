"""What the readers of .xlsx and .xls share: how numbers are printed, and the blank cells of a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from gongkai.documents import flow
from gongkai.errors import UnreadableDocument

MOST_CELLS = 200_000
"""Cells with a value that are read of one file; a report's tables have a few hundred."""

_PERCENT_FORMATS = frozenset((9, 10))
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_NOT_A_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_DAY_ONE = datetime(1899, 12, 30)


def printer(number: int, code: str) -> Callable[[float], str]:
    """Return what prints a number in the number format of this number and code ("" for a built-in one)."""
    code = _NOT_A_DATE.sub("", code).lower()
    if number in _PERCENT_FORMATS or "%" in code:
        return lambda value: f"{plain_number(value * 100)}%"
    if number in _DATE_FORMATS or "y" in code or ("m" in code and "d" in code):
        return _date
    return plain_number


def too_many_cells() -> UnreadableDocument:
    """The error for a file with more than `MOST_CELLS` cells."""
    return UnreadableDocument(
        "too_large", f"the Excel file has more than {MOST_CELLS} filled cells: submit the tables alone"
    )


def plain_number(value: float) -> str:
    """Return a number as it is written without a format: no thousands separators, at most twelve digits."""
    return f"{value:.12g}" if abs(value) < 1e12 else f"{value:.0f}"


def _date(value: float) -> str:
    moment = _DAY_ONE + timedelta(seconds=round(value * 86_400))
    return moment.date().isoformat() if value == int(value) else moment.isoformat(" ", "minutes")


def with_blanks(cells: dict[tuple[int, int], flow.GridCell]) -> list[flow.GridCell]:
    """Add the blank cells between the filled ones of each used row, so that a blank can be told from no cell."""
    spanning = [cell for cell in cells.values() if cell.rowspan > 1 or cell.colspan > 1]
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    area = sum(cell.rowspan * cell.colspan for cell in spanning)
    if max(area, len(rows) * len(columns)) > 4 * MOST_CELLS:
        return list(cells.values())
    covered = {
        (row, column)
        for cell in spanning
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    blanks = [
        flow.GridCell(row, column, 1, 1)
        for row in rows
        for column in columns
        if (row, column) not in cells and (row, column) not in covered
    ]
    return [*cells.values(), *blanks]
