"""Where a list with one unit a line has its units, years and figures, whichever way the table is turned."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.catalogue.divisions import prefix
from gongkai.catalogue.unit_list_words import unit_list_words
from gongkai.documents.model import Block, Cell
from gongkai.parsing.labels import bare
from gongkai.parsing.organisations import may_be_agency
from gongkai.records import Evidence

FEWEST_UNITS = 2
"""A table with fewer units is no list."""

_CORNER_ROWS, _CORNER_COLUMNS = 12, 6


@dataclass(slots=True)
class Grid:
    """A table read with the units one below another, whichever way it is printed."""

    block: Block
    turned: bool
    at: dict[tuple[int, int], Cell] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def __post_init__(self) -> None:
        for cell in self.block.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    self.at[(column, row) if self.turned else (row, column)] = cell
        size = self.block.rows, self.block.columns
        self.rows, self.columns = (size[1], size[0]) if self.turned else size

    def text(self, row: int, column: int) -> str:
        """What stands there; "" for nothing."""
        cell = self.at.get((row, column))
        return cell.text.strip() if cell else ""

    def evidence(self, row: int, column: int) -> Evidence:
        """The cell, as the table has it printed. KeyError where there is none."""
        cell = self.at[row, column]
        return Evidence(
            quote=cell.text, block=self.block.index, table=self.block.table, row=cell.row, column=cell.column
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a list has its units, its years and its first line of figures."""

    grid: Grid
    heading: int
    names: int
    years: int | None
    first: int
    places: int | None = None
    """A column of names in front of the units': their counties, perhaps."""


def layout_of(grid: Grid) -> Layout | None:
    """Where the list is. Of several columns of names in one line of headings the last names the units (县区, 单位)."""
    for row in range(min(grid.rows, _CORNER_ROWS)):
        found = [
            (column, first)
            for column in range(min(grid.columns, _CORNER_COLUMNS))
            if (first := _first_unit(grid, row, column)) is not None
        ]
        if found:
            names, first = found[-1]
            words = unit_list_words()
            years = next(
                (c for c in range(grid.columns) if any(bare(grid.text(r, c)) in words.year for r in range(first))), None
            )
            return Layout(grid, row, names, years, first, found[-2][0] if len(found) > 1 else None)
    return None


def _first_unit(grid: Grid, row: int, column: int) -> int | None:
    """The first line below a heading of units, if there are enough units below it."""
    words = unit_list_words()
    if bare(grid.text(row, column)) not in words.unit:
        return None
    first = next((r for r in range(row + 1, grid.rows) if is_unit(grid.text(r, column))), None)
    if first is None:
        return None
    named = [grid.text(r, column) for r in range(first, grid.rows)]
    units = [name for name in named if is_unit(name)]
    others = [name for name in named if name and not is_unit(name) and bare(name) not in words.total]
    return first if len(units) >= FEWEST_UNITS and len(units) > len(others) else None


def is_unit(text: str) -> bool:
    """Whether a cell names a unit, and not a sum."""
    name = re.sub(r"\s+", "", text)
    return bare(name) not in unit_list_words().total and may_be_agency(name)


def name_in(layout: Layout, row: int) -> str:
    """The unit's name as printed, with the place that stands in a column in front of it (鼓楼区, 教育局)."""
    name = layout.grid.text(row, layout.names)
    if layout.places is not None:
        place = layout.grid.text(row, layout.places)
        if place and prefix(place)[0] == len(place) and not prefix(name, short=False)[0]:
            return place + name
    return name


def of_one_unit(layout: Layout, row: int, column: int) -> bool:
    """Whether a cell is this unit's alone: one that reaches down to the next unit says what both have together."""
    grid = layout.grid
    cell, unit = grid.at.get((row, column)), grid.at.get((row, layout.names))
    if cell is None or (cell.colspan if grid.turned else cell.rowspan) == 1:
        return True
    return all(
        grid.at.get((other, layout.names)) is unit
        for other in range(layout.first, grid.rows)
        if grid.at.get((other, column)) is cell
    )
