"""Puts the text of a page into the cells of its grids, and joins the parts of a table that pages break."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from gongkai.documents.model import Box, Cell
from gongkai.documents.pdf_grid import Grid, GridCell
from gongkai.documents.pdf_lines import Piece, piece_of, rows_of
from gongkai.documents.pdf_page import DESCENT, Char, Page, turn_box

MIN_FILLED = 2
"""A grid with fewer cells that hold text is a frame or a drawing, not a table."""
EDGE = 4.0
"""Points by which the column boundaries of a continued table may differ between pages."""
OVERHANG = 0.15
"""A character that sticks out of its cell by this share of its width on both sides of a line follows its neighbours."""
COLUMN_DRIFT = 36.0
"""Points by which the columns of a table without lines may start elsewhere on the next page (wider texts)."""
SLACK = 2.0
"""Points by which a text may stick out of its column."""
VERTICAL_LINES = 3
"""From this many lines of one character on, a cell is written downwards."""

_NUMBERED = re.compile(
    r"^\s*[（(]?(?:[一二三四五六七八九十]+|\d{1,2})\s*(?:[）)、．]|\.(?!\d))|^\s*第[一二三四五六七八九十\d]+[条项]"
)
_VALUE = re.compile(r"^[\s\d.,，．%％\-—–/／\\+０-９无]*$")


@dataclass(slots=True)
class Table:
    """A table as far as it is on one page, or joined over several. Boxes are in reading position until `shown`."""

    page: int
    box: Box
    xs: list[float]
    rows: int
    cells: list[Cell]
    ruled: bool = True
    open_top: bool = False
    open_bottom: bool = False
    used: list[Char] = field(default_factory=list)


def is_tabular(grid: Grid) -> bool:
    """Whether the grid has cells side by side; a frame or a pile of boxes holds ordinary text."""
    return any(cell.colspan < len(grid.xs) - 1 for cell in grid.cells)


def fill(grid: Grid, chars: list[Char], page: Page, at_least: int = MIN_FILLED) -> Table | None:
    """The table that the grid makes of the characters inside it; None if fewer than `at_least` cells hold any."""
    left, top, right, bottom = grid.box
    own = [
        char
        for char in chars
        if left <= (char.left + char.right) / 2 <= right and top <= (char.top + char.bottom) / 2 <= bottom
    ]
    places: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                places[row, column] = cell
    contents: dict[int, list[Char]] = {id(cell): [] for cell in grid.cells}
    before: tuple[Char, GridCell] | None = None
    for char in own:
        row = _slot(grid.ys, (char.top + char.bottom) / 2)
        cell = places[row, _slot(grid.xs, (char.left + char.right) / 2)]
        if before is not None and cell is not before[1]:
            cell = _overhang(char, cell, before)
        contents[id(cell)].append(char)
        before = (char, cell)
    if sum(any(not char.blank for char in inside) for inside in contents.values()) < at_least:
        return None
    cells = [
        Cell(cell.row, cell.column, text, cell.rowspan, cell.colspan, page.number, page.shown(cell.box))
        for cell, text in ((cell, cell_text(contents[id(cell)])) for cell in grid.cells)
    ]
    cells, rows = _trimmed(cells, grid)
    return Table(page.number, grid.box, list(grid.xs), rows, cells, True, grid.open_top, grid.open_bottom, own)


def _trimmed(cells: list[Cell], grid: Grid) -> tuple[list[Cell], int]:
    """The cells, and the number of rows, without an empty strip at a side that a page break left open."""
    rows = len(grid.ys) - 1
    for opened, row in ((grid.open_bottom, rows - 1), (grid.open_top, 0)):
        strip = [cell for cell in cells if cell.row <= row < cell.row + cell.rowspan]
        if not opened or rows < 2 or any(cell.text.strip() for cell in strip if cell.rowspan == 1):
            continue
        kept = []
        for cell in cells:
            if cell.row <= row < cell.row + cell.rowspan:
                if cell.rowspan > 1:
                    kept.append(replace(cell, rowspan=cell.rowspan - 1))
            else:
                kept.append(replace(cell, row=cell.row - (cell.row > row)))
        cells, rows = kept, rows - 1
    return cells, rows


def absorb(table: Table, pieces: list[Piece]) -> bool:
    """Add pieces that stand below the last line of a table, above a page break, to the cells that they go on with.

    False, and nothing is done, if one of them does not stand in a single cell's width.
    """
    lowest = [cell for cell in table.cells if cell.row + cell.rowspan == table.rows]
    homes = []
    for piece in pieces:
        home = [
            cell
            for cell in lowest
            if table.xs[cell.column] - SLACK <= piece.left
            and piece.right <= table.xs[cell.column + cell.colspan] + SLACK
        ]
        if len(home) != 1 or not home[0].text.strip():
            return False
        homes.append(home[0])
    for cell, piece in zip(homes, pieces, strict=True):
        index = next(i for i, other in enumerate(table.cells) if (other.row, other.column) == (cell.row, cell.column))
        old = table.cells[index]
        text = f"{old.text}\n{piece.text}"
        table.cells[index] = replace(old, text=text)
    return True


def _slot(positions: list[float], at: float) -> int:
    return min(max(bisect_right(positions, at) - 1, 0), len(positions) - 2)


def _overhang(char: Char, cell: GridCell, before: tuple[Char, GridCell]) -> GridCell:
    """The cell of a character at a border: that of the text it continues, if it is drawn across the line."""
    last, home = before
    across = cell.box[0] - char.left
    if (
        home.box[2] <= cell.box[0] + 0.1
        and home.row <= cell.row < home.row + home.rowspan
        and across > OVERHANG * (char.right - char.left)
        and abs(char.base - last.base) < DESCENT * char.size
        and abs(char.left - last.right) < OVERHANG * char.size
        and not char.blank
    ):
        return home
    return cell


def cell_text(chars: list[Char]) -> str:
    """The text of a cell, its lines joined by \\n; text written downwards is one line."""
    sideways = [char for char in chars if char.turn in (1, 3) and not char.blank]
    if sideways and 2 * len(sideways) > sum(not char.blank for char in chars):
        chars = [_upright(char) for char in chars if char.turn == sideways[0].turn]
    lines = [piece_of(row).text for row in rows_of(chars)]
    single = [line for line in lines if len(line) == 1 and not line.isdigit()]
    if len(lines) >= VERTICAL_LINES and len(single) >= len(lines) - 1 and all(len(line) <= 2 for line in lines):
        return "".join(lines)
    return "\n".join(lines)


def _upright(char: Char) -> Char:
    left, top, right, bottom = turn_box((char.left, char.top, char.right, char.bottom), 0.0, 0.0, char.turn)
    return Char(char.text, left, top, right, bottom, bottom - DESCENT * char.size, char.size, 0, char.source)


def continues(first: Table, second: Table) -> bool:
    """Whether `second`, at the top of a page, goes on with `first`, at the bottom of the page before."""
    if not (first.ruled and second.ruled):
        same = first.ruled == second.ruled and len(first.xs) == len(second.xs)
        return same and all(abs(x - y) <= COLUMN_DRIFT for x, y in zip(first.xs, second.xs, strict=True))
    shift = second.xs[0] - first.xs[0]
    if abs((second.xs[-1] - shift) - first.xs[-1]) > EDGE:
        return False
    few, many = sorted((first.xs, [x - shift for x in second.xs]), key=len)
    known = sum(any(abs(x - y) <= EDGE for y in many) for x in few[1:-1])
    return 2 * known >= len(few) - 2


def join(first: Table, second: Table) -> Table:
    """One table of two parts: column boundaries united, rows counted on, what the page break cut put together."""
    if not first.ruled:
        lower = [replace(cell, row=cell.row + first.rows) for cell in second.cells]
        return replace(first, rows=first.rows + second.rows, cells=first.cells + lower)
    shift = second.xs[0] - first.xs[0]
    shifted = [x - shift for x in second.xs]
    xs = list(first.xs)
    for x in shifted:
        if all(abs(x - y) > EDGE for y in xs):
            xs.append(x)
    xs.sort()
    upper = _moved(first.cells, first.xs, xs, 0)
    lower = _moved(second.cells, shifted, xs, first.rows)
    rows = first.rows + second.rows
    seam = first.rows
    opened = first.open_bottom or second.open_top
    if _is_cut_row(upper, lower, seam, opened):
        upper, lower = _with_cut_row(upper, lower, seam)
        rows -= 1
        seam = -1
    else:
        upper, lower = _with_spans(upper, lower, seam)
    return Table(
        first.page,
        first.box,
        xs,
        rows,
        upper + lower,
        True,
        first.open_top,
        second.open_bottom,
        first.used + second.used,
    )


def _moved(cells: list[Cell], old: list[float], new: list[float], rows: int) -> list[Cell]:
    places = [min(range(len(new)), key=lambda i: abs(new[i] - x)) for x in old]
    moved = []
    for cell in cells:
        start, end = places[cell.column], places[cell.column + cell.colspan]
        moved.append(Cell(cell.row + rows, start, cell.text, cell.rowspan, max(end - start, 1), cell.page, cell.box))
    return moved


def _is_cut_row(upper: list[Cell], lower: list[Cell], seam: int, opened: bool) -> bool:
    """Whether the last row above and the first below are one row: the figures stand in one half only, and the label of
    the other half goes on rather than starts anew."""
    last = [cell for cell in upper if cell.row == seam - 1 or cell.row + cell.rowspan == seam]
    first = [cell for cell in lower if cell.row == seam and cell.rowspan == 1]
    above = {(cell.column, cell.colspan): cell for cell in last}
    pairs = [(above[cell.column, cell.colspan], cell) for cell in first if (cell.column, cell.colspan) in above]
    if len(pairs) < 2 or len(pairs) != len(first):
        return False
    labels = [(a.text, b.text) for a, b in pairs if not _VALUE.match(a.text) or not _VALUE.match(b.text)]
    values = [(a.text.strip(), b.text.strip()) for a, b in pairs if _VALUE.match(a.text) and _VALUE.match(b.text)]
    if not labels or not values or not any(a or b for a, b in values):
        return False
    if any(a and b for a, b in values) or (any(a for a, _ in values) and any(b for _, b in values)):
        return False
    if any(_NUMBERED.match(b) for _, b in labels):
        return False
    unfinished = any(_open_bracket(a) and b for a, b in labels)
    return opened or unfinished


def _open_bracket(text: str) -> bool:
    return sum(text.count(mark) for mark in "（(“《") > sum(text.count(mark) for mark in "）)”》")


def _with_cut_row(upper: list[Cell], lower: list[Cell], seam: int) -> tuple[list[Cell], list[Cell]]:
    """Both parts with the first row of the lower one put into the last of the upper one."""
    below = {(cell.column, cell.colspan): cell for cell in lower if cell.row == seam}
    done = []
    for cell in upper:
        other = below.get((cell.column, cell.colspan)) if cell.row + cell.rowspan == seam else None
        if other is None:
            done.append(cell)
            continue
        del below[cell.column, cell.colspan]
        done.append(_united(cell, other, cell.rowspan + other.rowspan - 1))
    rest = [cell for cell in lower if cell.row > seam]
    return done, [replace(cell, row=cell.row - 1) for cell in rest]


def _with_spans(upper: list[Cell], lower: list[Cell], seam: int) -> tuple[list[Cell], list[Cell]]:
    """Both parts with cells that go on below the page break united: an empty cell under a group's label."""
    above = {(cell.column, cell.colspan): cell for cell in upper if cell.row + cell.rowspan == seam}
    first = sorted((cell for cell in lower if cell.row == seam), key=lambda cell: cell.column)
    figures = any(cell.text.strip() and _VALUE.match(cell.text) for cell in first)
    joined: dict[tuple[int, int], Cell] = {}
    for index, cell in enumerate(first):
        key = (cell.column, cell.colspan)
        over = above.get(key)
        if over is None or not over.text.strip() or _VALUE.match(over.text):
            continue
        beside = first[index + 1].text.strip() if index + 1 < len(first) else ""
        beside = beside or ("" if figures else "label")
        tall = over.rowspan > 1 or cell.rowspan > 1
        empty = not cell.text.strip()
        label_goes_on = cell.text == over.text or (_NUMBERED.match(over.text) and not _NUMBERED.match(cell.text))
        if not (tall and (empty or label_goes_on)) and not (empty and beside and not _VALUE.match(beside)):
            continue
        joined[key] = cell
    done = []
    for cell in upper:
        other = joined.get((cell.column, cell.colspan)) if cell.row + cell.rowspan == seam else None
        done.append(cell if other is None else _united(cell, other, cell.rowspan + other.rowspan))
    kept = {id(cell) for cell in joined.values()}
    return done, [cell for cell in lower if id(cell) not in kept]


def _united(cell: Cell, other: Cell, rowspan: int) -> Cell:
    """The upper cell with the text of the lower one; where the upper one is empty, the place is the lower one's."""
    texts = [text for text in (cell.text, other.text) if text.strip()]
    if len(texts) == 2 and texts[0] == texts[1] and not _VALUE.match(texts[0]):
        texts = texts[:1]
    vertical = len(texts) == 2 and "\n" not in cell.text + other.text and cell.rowspan > 1
    home = cell if cell.text.strip() or not other.text.strip() else other
    return Cell(
        cell.row, cell.column, ("" if vertical else "\n").join(texts), rowspan, cell.colspan, home.page, home.box
    )
