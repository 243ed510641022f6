"""Puts the text of a page into the cells of its grids."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace

from gongkai.documents.model import Box, Cell
from gongkai.documents.pdf_alignment import holds_several, second_reading
from gongkai.documents.pdf_grid import Grid, GridCell
from gongkai.documents.pdf_lines import Piece, piece_of, rows_of
from gongkai.documents.pdf_model import DESCENT, Char, Page, turn_box

MIN_FILLED = 2
"""A grid with fewer cells that hold text is a frame or a drawing, not a table."""
EDGE = 4.0
"""Points by which the column boundaries of a continued table may differ between pages."""
OVERHANG = 0.15
"""A character that sticks out of its cell by this share of its width on both sides of a line follows its neighbours."""
SLACK = 2.0
"""Points by which a text may stick out of its column."""
VERTICAL_LINES = 3
"""From this many lines of one character on, a cell is written downwards."""

_DIGITS = frozenset("0123456789０１２３４５６７８９.,，")


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
    room: tuple[tuple[float, float], ...] = ()
    """For each cell at the bottom its left border, and how many em are free behind its last line."""


def is_tabular(grid: Grid) -> bool:
    """Whether the grid has cells side by side; a frame or a pile of boxes holds ordinary text."""
    return any(cell.colspan < len(grid.xs) - 1 for cell in grid.cells)


def fill(grid: Grid, chars: list[Char], page: Page, at_least: int = MIN_FILLED) -> Table | None:
    """The table that the grid makes of the characters inside it; None if fewer than `at_least` cells hold any."""
    own = _inside(grid.box, chars)
    contents, doubtful = _placed(grid, own)
    if sum(any(not char.blank for char in inside) for inside in contents.values()) < at_least:
        return None
    texts = [cell_text(contents[id(cell)]) for cell in grid.cells]
    unsure = [id(cell) in doubtful for cell in grid.cells]
    if any(map(holds_several, texts)):
        grid, areas = second_reading(grid, contents, doubtful)
        contents = {id(cell): area.chars for cell, area in zip(grid.cells, areas, strict=True)}
        texts, unsure = [cell_text(area.chars) for area in areas], [area.doubtful for area in areas]
    cells = [
        Cell(cell.row, cell.column, text, cell.rowspan, cell.colspan, page.number, page.shown(cell.box), doubt)
        for cell, text, doubt in zip(grid.cells, texts, unsure, strict=True)
    ]
    cells, rows = _trimmed(*_collapsed(cells, len(grid.ys) - 1, len(grid.xs) - 1), grid)
    lowest = [cell for cell in grid.cells if cell.row + cell.rowspan == len(grid.ys) - 1]
    room = tuple((cell.box[0], _room(cell, contents[id(cell)])) for cell in lowest)
    return Table(page.number, grid.box, list(grid.xs), rows, cells, True, grid.open_top, grid.open_bottom, own, room)


def _inside(box: Box, chars: list[Char]) -> list[Char]:
    """The characters in a box, and the digits beyond its right side that go on with a figure in it."""
    left, top, right, bottom = box
    own: list[Char] = []
    for char in chars:
        if top <= (char.top + char.bottom) / 2 <= bottom and left <= (char.left + char.right) / 2:
            beyond = (char.left + char.right) / 2 > right
            if not beyond or (own and char.text in _DIGITS and char.turn == 0 and _goes_on(own[-1], char)):
                own.append(char)
    return own


def _placed(grid: Grid, own: list[Char]) -> tuple[dict[int, list[Char]], set[int]]:
    """The characters of each cell, and the cells whose figures run into each other (both by the cell's identity)."""
    places: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                places[row, column] = cell
    homes: list[GridCell] = []
    doubtful: set[int] = set()
    across: dict[int, set[int]] = {}
    sizes = Counter(char.source for char in own)
    start = 0
    for index, char in enumerate(own):
        cell = here = places[
            _slot(grid.ys, (char.top + char.bottom) / 2),
            _slot(grid.xs, (char.left + char.right) / 2),
        ]
        if index:
            last = own[index - 1]
            whole = char.source == last.source or sizes[char.source] == sizes[last.source] == 1
            if not (whole and char.text in _DIGITS and _goes_on(last, char)):
                start = index
            if cell is not homes[-1] and start == index:
                cell = _overhang(char, cell, (last, homes[-1]))
            elif cell is not homes[-1] and char.source == last.source:
                # A figure is drawn over the border: it belongs where its middle is.
                middle = (own[start].left + char.right) / 2
                cell = places[_slot(grid.ys, (char.top + char.bottom) / 2), _slot(grid.xs, middle)]
                across.setdefault(start, {id(cell)}).update({id(homes[-1]), id(here)})
                homes[start:index] = [cell] * (index - start)
            elif cell is not homes[-1]:
                # Digits drawn one by one: there is no telling where one figure ends and the next begins.
                doubtful |= {id(cell), id(homes[-1])}
        homes.append(cell)
    contents: dict[int, list[Char]] = {id(cell): [] for cell in grid.cells}
    for char, cell in zip(own, homes, strict=True):
        contents[id(cell)].append(char)
    for start, touched in across.items():
        # Two figures in one cell, one of them drawn over its border: it may be the neighbour's.
        first = own[start]
        if any(
            char.source != first.source and char.text in _DIGITS and abs(char.base - first.base) < DESCENT * char.size
            for char in contents[id(homes[start])]
        ):
            doubtful |= touched
    return contents, doubtful


def _goes_on(last: Char, char: Char) -> bool:
    """Whether a digit goes on with the figure before it."""
    return (
        last.text in _DIGITS
        and abs(char.left - last.right) < OVERHANG * char.size
        and abs(char.base - last.base) < DESCENT * char.size
    )


def _room(cell: GridCell, chars: list[Char]) -> float:
    """How many em are free behind the last line of a cell; white on both sides is the same."""
    marks = [char for char in chars if not char.blank]
    if not marks:
        return float("inf")
    last = max(marks, key=_base)
    right = max(char.right for char in marks if last.base - char.base < last.size / 2)
    padding = min(char.left for char in marks) - cell.box[0]
    return (cell.box[2] - right - padding) / last.size


def _base(char: Char) -> float:
    return char.base


def _collapsed(cells: list[Cell], rows: int, columns: int) -> tuple[list[Cell], int]:
    """The cells, and the number of rows, without strips in which only empty cells start beside cells that go through.

    Such a strip is a piece of border that a browser draws at a page break, not a row.
    """
    for row in range(rows - 1, 0, -1):
        starting = [cell for cell in cells if cell.row == row]
        through = [cell for cell in cells if cell.row < row < cell.row + cell.rowspan]
        above = {(cell.column, cell.colspan): cell for cell in cells if cell.row + cell.rowspan == row}
        if (
            any(cell.text.strip() for cell in starting)
            or 2 * sum(cell.colspan for cell in through) <= columns
            or not all((cell.column, cell.colspan) in above for cell in starting)
        ):
            continue
        # The strip goes; what goes on below it is put to the cell above.
        grown = {id(above[cell.column, cell.colspan]): cell.rowspan - 1 for cell in starting}
        gone = {id(cell) for cell in starting}
        kept = []
        for cell in cells:
            if id(cell) in gone:
                continue
            cut = cell.row < row < cell.row + cell.rowspan
            rowspan = cell.rowspan - cut + grown.get(id(cell), 0)
            kept.append(replace(cell, row=cell.row - (cell.row > row), rowspan=rowspan))
        cells, rows = kept, rows - 1
    return cells, rows


def _trimmed(cells: list[Cell], rows: int, grid: Grid) -> tuple[list[Cell], int]:
    """The cells, and the number of rows, without an empty strip at a side that a page break left open."""
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
