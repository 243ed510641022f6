"""Joins the parts of a table that page breaks cut: columns united, cut rows and cells put together."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.documents.model import Cell
from gongkai.documents.pdf_lines import first_unit
from gongkai.documents.pdf_tables import EDGE, Table

COLUMN_DRIFT = 36.0
"""Points by which the columns of a table without lines may start elsewhere on the next page (wider texts)."""
MAX_HEAD = 6
"""Rows of a table's head, at most."""
SPARE = 0.3
"""Em by which the room behind a line may be larger than what did not fit there (marks are squeezed)."""

_NUMBERED = re.compile(
    r"^\s*[（(]?(?:[一二三四五六七八九十]+|\d{1,2})\s*(?:[）)、．]|\.(?!\d))|^\s*第[一二三四五六七八九十\d]+[条项]"
)
_TOTAL = re.compile(r"^\s*[总合小共]\s*计")
_VALUE = re.compile(r"^[\s\d.,，．%％\-—–/／\\+０-９无]*$")


def continues(first: Table, second: Table) -> bool:
    """Whether `second`, at the top of a page, goes on with `first`, at the bottom of the page before."""
    if not (first.ruled and second.ruled):
        same = first.ruled == second.ruled and len(first.xs) == len(second.xs)
        return same and all(abs(x - y) <= COLUMN_DRIFT for x, y in zip(first.xs, second.xs, strict=True))
    shift = _shift(first, second)
    shifted = [x - shift for x in second.xs]
    if abs(shifted[-1] - first.xs[-1]) > EDGE:
        return False
    few, many = sorted((first.xs, shifted), key=len)
    if abs(shifted[0] - first.xs[0]) > EDGE:
        # The border of a cell that goes on over the page break need not be drawn: a part starts further inside.
        narrow, wide = (shifted, first.xs) if shifted[0] > first.xs[0] else (first.xs, shifted)
        if not any(abs(narrow[0] - x) <= EDGE for x in wide[1:-1]):
            return False
    known = sum(any(abs(x - y) <= EDGE for y in many) for x in few[1:-1])
    return 2 * known >= len(few) - 2


def _shift(first: Table, second: Table) -> float:
    """How far the second page's margin is off the first one's: none if the right borders agree."""
    return 0.0 if abs(second.xs[-1] - first.xs[-1]) <= EDGE else second.xs[0] - first.xs[0]


def join(first: Table, second: Table) -> Table:
    """One table of two parts: column boundaries united, rows counted on, what the page break cut put together."""
    if not first.ruled:
        lower = [replace(cell, row=cell.row + first.rows) for cell in second.cells]
        return replace(first, rows=first.rows + second.rows, cells=first.cells + lower)
    shift = _shift(first, second)
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
    opened = first.open_bottom and second.open_top
    room = {min(range(len(xs)), key=lambda i, x=x: abs(xs[i] - x)): free for x, free in first.room}  # type: ignore[misc]
    head = _repeated_rows(upper, lower, seam)
    without_head = [replace(cell, row=cell.row - head) for cell in lower if cell.row >= seam + head]
    if _is_cut_row(upper, without_head, seam, opened, room):
        upper, lower = _with_cut_row(upper, without_head, seam)
        rows -= 1 + head
    else:
        upper, lower = _with_spans(upper, lower, seam)
        missing = sum(x < shifted[0] - EDGE for x in xs)
        upper = [
            replace(cell, rowspan=cell.rowspan + second.rows)
            if cell.row + cell.rowspan == seam and cell.column + cell.colspan <= missing
            else cell
            for cell in upper
        ]
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
        tuple((x - shift, free) for x, free in second.room),
    )


def _moved(cells: list[Cell], old: list[float], new: list[float], rows: int) -> list[Cell]:
    places = [min(range(len(new)), key=lambda i: abs(new[i] - x)) for x in old]
    moved = []
    for cell in cells:
        start, end = places[cell.column], places[cell.column + cell.colspan]
        moved.append(replace(cell, row=cell.row + rows, column=start, colspan=max(end - start, 1)))
    return moved


def _repeated_rows(upper: list[Cell], lower: list[Cell], seam: int) -> int:
    """How many rows at the top of the lower part are the head of the table once more."""

    def print_of(cells: list[Cell], row: int) -> list[tuple[int, int, int, str]]:
        return [
            (cell.column, cell.colspan, cell.rowspan, "".join(cell.text.split())) for cell in cells if cell.row == row
        ]

    rows = max(cell.row + cell.rowspan for cell in lower) - seam
    count = 0
    while count < min(seam, rows - 1, MAX_HEAD) and print_of(upper, count) == print_of(lower, seam + count):
        count += 1
    # A head is repeated as a whole: no cell of it reaches into the rows below.
    whole = all(cell.row + cell.rowspan <= seam + count for cell in lower if cell.row < seam + count)
    worded = any(cell.text.strip() and not _VALUE.match(cell.text) for cell in upper if cell.row < count)
    return count if whole and worded else 0


def _is_cut_row(upper: list[Cell], lower: list[Cell], seam: int, opened: bool, room: dict[int, float]) -> bool:
    """Whether the last row above and the first below are one row: the figures stand in one half only, and the label of
    the other half goes on rather than starts anew.

    Where no line closes the row at the page break (`opened`) that is enough. Word closes both halves: there the label
    above must have filled its last line (`room`: em left there by column), and all figures of one half must be missing.
    """
    last = [cell for cell in upper if cell.row == seam - 1 or cell.row + cell.rowspan == seam]
    first = [cell for cell in lower if cell.row == seam and cell.rowspan == 1]
    above = {(cell.column, cell.colspan): cell for cell in last}
    pairs = [(above[cell.column, cell.colspan], cell) for cell in first if (cell.column, cell.colspan) in above]
    if len(pairs) < 2 or len(pairs) != len(first):
        return False
    if not any(cell.text.strip() for cell in first):
        return True
    labels = [pair for pair in pairs if not all(_VALUE.match(cell.text) for cell in pair)]
    values = [(a.text.strip(), b.text.strip()) for a, b in pairs if _VALUE.match(a.text) and _VALUE.match(b.text)]
    if not labels or any(a and b for a, b in values) or (any(a for a, _ in values) and any(b for _, b in values)):
        return False
    if any(_NUMBERED.match(b.text) for _, b in labels):
        return False
    if not any(a or b for a, b in values):
        # Heads of columns only. Two rows of blanks would look the same, so no cell may be blank in both halves.
        return opened and not values
    if opened or any(_open_bracket(a.text) and b.text for a, b in labels):
        return True
    goes_on = any(
        b.text.strip() and not _TOTAL.match(b.text) and room.get(a.column, 0.0) < _width_of_unit(b.text) + SPARE
        for a, b in labels
    )
    return goes_on and all(a.text.strip() for a, _ in labels)


def _width_of_unit(text: str) -> float:
    """About how many em what cannot be parted at the start of a text is wide."""
    return sum(0.55 if char.isascii() else 1.0 for char in text[: first_unit(text)])


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
        if not beside and not figures and (not first[0].text.strip() or first[0] in joined.values()):
            beside = "a head of columns goes on"
        tall = over.rowspan > 1 or cell.rowspan > 1
        empty = not cell.text.strip()
        label_goes_on = cell.text == over.text or (_NUMBERED.match(over.text) and not _NUMBERED.match(cell.text))
        if not (tall and (empty or label_goes_on)) and not (empty and beside and not _VALUE.match(beside)):
            continue
        joined[key] = _with_empty_below(cell, lower) if tall and empty else cell
    covered = {(cell.column, cell.colspan, row) for cell in joined.values() for row in _rows(cell)}
    lower = [cell for cell in lower if (cell.column, cell.colspan, cell.row) not in covered]
    done = []
    for cell in upper:
        other = joined.get((cell.column, cell.colspan)) if cell.row + cell.rowspan == seam else None
        done.append(cell if other is None else _united(cell, other, cell.rowspan + other.rowspan))
    return done, lower


def _rows(cell: Cell) -> range:
    return range(cell.row, cell.row + cell.rowspan)


def _with_empty_below(cell: Cell, cells: list[Cell]) -> Cell:
    """An empty cell grown over the empty cells right below it."""
    for other in sorted(cells, key=lambda other: other.row):
        same = (other.column, other.colspan) == (cell.column, cell.colspan)
        if same and other.row == cell.row + cell.rowspan and not other.text.strip():
            cell = replace(cell, rowspan=cell.rowspan + other.rowspan)
    return cell


def _united(cell: Cell, other: Cell, rowspan: int) -> Cell:
    """The upper cell with the text of the lower one; where the upper one is empty, the place is the lower one's."""
    texts = [text for text in (cell.text, other.text) if text.strip()]
    if len(texts) == 2 and texts[0] == texts[1] and not _VALUE.match(texts[0]):
        texts = texts[:1]
    vertical = len(texts) == 2 and "\n" not in cell.text + other.text and cell.rowspan > 1
    home = cell if cell.text.strip() or not other.text.strip() else other
    text = ("" if vertical else "\n").join(texts)
    doubtful = cell.doubtful or other.doubtful
    return replace(cell, text=text, rowspan=rowspan, page=home.page, box=home.box, doubtful=doubtful)
