"""Cut, join and stretch grids; nothing here knows what a table means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.sample.content import Grid, GridCell


def insert_row(grid: Grid, at: int, cells: Iterable[GridCell] = ()) -> Grid:
    """A new row before row `at`, holding `cells` (their `row` is set); cells that span the place grow over it."""
    kept = []
    for cell in grid.cells:
        if cell.row >= at:
            cell = replace(cell, row=cell.row + 1)
        elif cell.row + cell.rowspan > at:
            cell = replace(cell, rowspan=cell.rowspan + 1)
        kept.append(cell)
    new = [replace(cell, row=at) for cell in cells]
    return replace(grid, cells=(*kept, *new), rows=grid.rows + 1, heads=grid.heads + (at < grid.heads))


def remove_row(grid: Grid, at: int) -> Grid:
    """Without row `at`; cells that span it shrink, and what begins there and goes on below moves down."""
    kept = []
    for cell in grid.cells:
        if cell.row <= at < cell.row + cell.rowspan:
            if cell.rowspan == 1:
                continue
            cell = replace(cell, rowspan=cell.rowspan - 1)
        elif cell.row > at:
            cell = replace(cell, row=cell.row - 1)
        kept.append(cell)
    return replace(grid, cells=tuple(kept), rows=grid.rows - 1, heads=grid.heads - (at < grid.heads))


def remove_column(grid: Grid, at: int) -> Grid:
    """Without column `at`; cells that span it shrink."""
    kept = []
    for cell in grid.cells:
        if cell.column <= at < cell.column + cell.colspan:
            if cell.colspan == 1:
                continue
            cell = replace(cell, colspan=cell.colspan - 1)
        elif cell.column > at:
            cell = replace(cell, column=cell.column - 1)
        kept.append(cell)
    widths = [width for column, width in enumerate(grid.widths) if column != at]
    return replace(grid, cells=tuple(kept), widths=_whole(widths))


def add_column(grid: Grid, heading: str, width: float) -> Grid:
    """An empty column at the right, its heading over all rows of the table's heading."""
    column, heads = len(grid.widths), max(grid.heads, 1)
    cells = [GridCell(0, column, heading, heads, role="head")]
    cells += [GridCell(row, column, "") for row in range(heads, grid.rows)]
    return replace(grid, cells=(*grid.cells, *cells), widths=_whole([*grid.widths, width]))


def cut(grid: Grid, at: int) -> tuple[Grid, Grid]:
    """The rows before `at` and those from it on; a cell over the cut keeps its text above and goes on empty below."""
    above, below = [], []
    for cell in grid.cells:
        end = cell.row + cell.rowspan
        if cell.row < at:
            above.append(replace(cell, rowspan=min(end, at) - cell.row))
        if end > at:
            text = cell.text if cell.row >= at else ""
            first = max(cell.row, at)
            below.append(replace(cell, row=first - at, rowspan=end - first, text=text))
    return replace(grid, cells=tuple(above), rows=at), replace(grid, cells=tuple(below), rows=grid.rows - at, heads=0)


def join(first: Grid, *others: Grid) -> Grid:
    """Grids of the same columns, one below the other, as one."""
    cells, rows = list(first.cells), first.rows
    for grid in others:
        cells += [replace(cell, row=cell.row + rows) for cell in grid.cells]
        rows += grid.rows
    return replace(first, cells=tuple(cells), rows=rows)


def cells_of_row(grid: Grid, row: int) -> list[GridCell]:
    """The cells that begin in a row, from left to right."""
    return sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.column)


def figure_rows(grid: Grid) -> list[int]:
    """The rows that hold figures, from the top."""
    return sorted({cell.row for cell in grid.cells if cell.key})


def with_text(grid: Grid, texts: dict[GridCell, str]) -> Grid:
    """The same grid with other texts in some of its cells."""
    return replace(grid, cells=tuple(replace(c, text=texts[c]) if c in texts else c for c in grid.cells))


def _whole(widths: list[float]) -> tuple[float, ...]:
    total = sum(widths)
    return tuple(width / total for width in widths)
