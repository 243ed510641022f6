"""Rows of an old Word file → grids. A row knows where its cells begin, not which columns of the table they cover."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.documents import flow
from gongkai.documents.doc_properties import Row

SAME_BORDER = 57
"""Twips (1 mm) within which borders of different rows are one; the narrowest column of a report has some 300."""

FARTHEST_MOVE = 300
"""Twips (5 mm) by which a row may stand out to one side and still have the columns of the others."""

_GOES_ON = 1


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
    layouts = [_fitting(row) for row in rows]
    borders = _borders(layouts)
    lines = _lines(borders.values())
    columns = {kind: [_place(lines, border) for border in standing] for kind, standing in borders.items()}
    cells: list[flow.GridCell] = []
    above: dict[int, flow.GridCell] = {}
    for number, (row, layout) in enumerate(zip(rows, layouts, strict=True)):
        # A row whose borders are not known takes a column for each cell.
        places = columns[layout.borders] if layout is not None else range(len(row.cells) + 1)
        merged: dict[int, flow.GridCell] = {}
        last: flow.GridCell | None = None
        column = 0
        for index, items in enumerate(row.cells):
            start = max(column, places[index])
            end = max(start + 1, places[index + 1])
            if places[index] == places[index + 1] and not items:
                continue  # a cell without width or text is a remnant of drawing
            down = layout.down[index] if layout is not None else 0
            if layout is not None and layout.across[index] and last is not None:
                last.colspan = end - last.column
                last.items.extend(items)
            elif down == _GOES_ON and start in above:
                last = merged[start] = above[start]
                last.rowspan = number - last.row + 1
            else:
                last = flow.GridCell(number, start, 1, end - start, items)
                cells.append(last)
                if down:
                    merged[start] = last
            column = end
        above = merged
    return flow.Grid(cells)


def _fitting(row: _OpenRow) -> Row | None:
    """The row's definition, if it is one of the cells that the row has."""
    return row.layout if row.layout is not None and len(row.layout.borders) == len(row.cells) + 1 else None


def _borders(layouts: Iterable[Row | None]) -> dict[tuple[int, ...], tuple[int, ...]]:
    """The borders of each kind of row, where rows that a hand has moved as a whole stand as the others do."""
    rows = [layout.borders for layout in layouts if layout is not None]
    if not rows:
        return {}
    edges = Counter((borders[0], borders[-1]) for borders in rows)
    left, right = max(edges, key=lambda pair: (edges[pair], -pair[0], pair[1]))
    moved: dict[tuple[int, ...], tuple[int, ...]] = {}
    for borders in rows:
        by = borders[0] - left
        whole = abs(by) <= FARTHEST_MOVE and abs(borders[-1] - right - by) <= SAME_BORDER
        moved[borders] = tuple(border - by for border in borders) if whole else borders
    return moved


def _lines(rows: Iterable[Sequence[int]]) -> list[int]:
    """The table's vertical lines, from left to right; borders within a millimetre are one."""
    lines: list[int] = []
    for border in sorted({border for borders in rows for border in borders}):
        if not lines or border - lines[-1] > SAME_BORDER:
            lines.append(border)
    return lines


def _place(lines: Sequence[int], border: int) -> int:
    """The number of the line that stands for `border`: the last one not right of it."""
    return max(bisect_right(lines, border) - 1, 0)
