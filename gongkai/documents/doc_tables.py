"""Rows of an old Word file → grids. A row knows where its cells begin, not which columns of the table they cover."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.documents import flow
from gongkai.documents.doc_properties import Row

SAME_BORDER = 57
"""Twips (1 mm) within which borders of different rows are one; the narrowest column of a report has some 300."""


@dataclass(slots=True)
class _OpenRow:
    cells: list[list[flow.Item]] = field(default_factory=list)
    layout: Row | None = None


@dataclass(slots=True)
class _OpenTable:
    rows: list[_OpenRow] = field(default_factory=list)
    row: _OpenRow = field(default_factory=_OpenRow)
    cell: list[flow.Item] = field(default_factory=list)

    def end_cell(self) -> None:
        self.row.cells.append(self.cell)
        self.cell = []

    def end_row(self, layout: Row | None) -> None:
        if self.cell:
            self.end_cell()
        if self.row.cells:
            self.row.layout = layout
            self.rows.append(self.row)
        self.row = _OpenRow()


class Assembly:
    """Takes the paragraphs of a text in order, with the depth of tables each stands in; gives the items."""

    def __init__(self) -> None:
        self._items: list[flow.Item] = []
        self._open: list[_OpenTable] = []

    def at_depth(self, depth: int) -> None:
        """Close and open tables until `depth` of them are open."""
        while len(self._open) > depth:
            table = self._open.pop()
            table.end_row(None)
            self._sink().append(grid(table.rows))
        while len(self._open) < depth:
            self._open.append(_OpenTable())

    def add(self, item: flow.Item) -> None:
        """Add a paragraph where we are."""
        self._sink().append(item)

    def end_cell(self) -> None:
        """End the cell of the innermost open table."""
        self._open[-1].end_cell()

    def end_row(self, layout: Row | None) -> None:
        """End the row of the innermost open table."""
        self._open[-1].end_row(layout)

    def items(self) -> list[flow.Item]:
        """Close what is open and return everything."""
        self.at_depth(0)
        return self._items

    def _sink(self) -> list[flow.Item]:
        return self._open[-1].cell if self._open else self._items


def grid(rows: Sequence[_OpenRow]) -> flow.Grid:
    """Return rows as a grid: columns by the cells' borders, vertical and horizontal merges as spans."""
    lines = _lines(row.layout for row in rows if _fits(row))
    cells: list[flow.GridCell] = []
    above: dict[int, flow.GridCell] = {}
    for number, row in enumerate(rows):
        layout = row.layout if _fits(row) else None
        merged: dict[int, flow.GridCell] = {}
        last: flow.GridCell | None = None
        column = 0
        for index, items in enumerate(row.cells):
            end = column + 1
            if layout is not None:
                column = max(column, _nearest(lines, layout.borders[index]))
                end = max(column + 1, _nearest(lines, layout.borders[index + 1]))
            if layout is not None and layout.across[index] and last is not None:
                last.colspan = end - last.column
                last.items.extend(items)
            else:
                down = layout.down[index] if layout is not None else 0
                if down == 1 and column in above:
                    last = above[column]
                    last.rowspan = number - last.row + 1
                else:
                    last = flow.GridCell(number, column, 1, end - column, items)
                    cells.append(last)
                if down:
                    merged[column] = last
            column = end
        above = merged
    return flow.Grid(cells)


def _fits(row: _OpenRow) -> bool:
    return row.layout is not None and len(row.layout.borders) == len(row.cells) + 1


def _lines(layouts: Iterable[Row | None]) -> list[int]:
    """The table's vertical lines: borders that lie within a millimetre are one."""
    lines: list[int] = []
    for border in sorted({border for layout in layouts if layout is not None for border in layout.borders}):
        if not lines or border - lines[-1] > SAME_BORDER:
            lines.append(border)
    return lines


def _nearest(lines: list[int], border: int) -> int:
    """The number of the line that stands for `border`: the last one not right of it."""
    return max(bisect_left(lines, border + 1) - 1, 0)
