"""Tables without ruling lines: printed lines whose pieces stand in columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from gongkai.documents.model import Cell
from gongkai.documents.pdf_furniture import Row
from gongkai.documents.pdf_lines import Piece
from gongkai.documents.pdf_model import Page
from gongkai.documents.pdf_tables import Table

MIN_ROWS = 2
"""A table has at least this many rows ..."""
MIN_ALIGNED = 3
"""... with at least this many cells in common columns."""
MAX_CELL = 16
"""Characters of a cell beside the label; longer ones are prose."""
MAX_LABEL = 40
"""Characters of a row's first cell."""
NUMERIC = 0.4
"""Share of the cells beside the labels that are figures; a table of short words needs `WORD_ROWS` rows."""
WORD_ROWS = 3
SHORT_WORD = 8
"""Characters of a cell in a table of short words."""
ROW_DISTANCE = 4.0
"""Rows farther apart than this many em are not of one table."""
MAX_HEADS = 6
"""Lines above the first row that may be column heads."""
WRAPPED = 0.35
"""A line with a label only goes on with a row that is at most this many em of white away."""
SLACK = 1.0
"""Points by which the columns of two rows may miss each other and still be one column."""

_FIGURE = re.compile(r"^[\d０-９.,，]+(?:\s*[%％件条万元个次])?$|^[-—–－/／\\无]$")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．]")
_SENTENCE = re.compile(r"[。；;！!？?]")


@dataclass(slots=True)
class _Column:
    left: float
    right: float


def find_unruled(rows: list[Row], page: Page, bands: list[float]) -> list[tuple[int, int, Table]]:
    """Stretches of `rows` that are a table: first index, index after the last, the table.

    `bands` are the heights of horizontal rules, which part rows even where no vertical rule parts columns.
    """
    found = []
    start = 0
    free = 0
    while start < len(rows):
        end = _stretch(rows, start)
        if end - start >= MIN_ROWS and _is_table(rows[start:end]):
            first = _heads(rows, start, free)
            found.append((first, end, _table(rows[first:end], rows[start:end], page, bands)))
            start = free = end
        else:
            start += 1
    return found


def _stretch(rows: list[Row], start: int) -> int:
    """The index after the last row that goes on with the table that starts at `start`."""
    if not _candidate(rows[start]):
        return start
    end = start + 1
    last = start
    while end < len(rows):
        above, row = rows[end - 1].line, rows[end]
        if row.line.top - above.bottom > ROW_DISTANCE * row.line.size:
            break
        if _candidate(row) and _aligned(rows[last], row) >= min(MIN_ALIGNED, len(row.pieces)):
            last = end
        elif not _fits_between(row):
            break
        elif len(row.pieces) == MIN_ALIGNED - 1 and _FIGURE.match(row.pieces[-1].text):
            last = end
        end += 1
    return last + 1


def _candidate(row: Row) -> bool:
    pieces = row.pieces
    return (
        len(pieces) >= MIN_ALIGNED
        and len(pieces[0].text) <= MAX_LABEL
        and all(len(piece.text) <= MAX_CELL for piece in pieces[1:])
        and not any(_SENTENCE.search(piece.text) for piece in pieces)
    )


def _fits_between(row: Row) -> bool:
    """Whether a line of few pieces (a wrapped label, a group's heading, a label and figure) may stand in a table."""
    return (
        len(row.pieces) < MIN_ALIGNED
        and not _SENTENCE.search(row.line.text)
        and all(len(piece.text) <= MAX_LABEL for piece in row.pieces)
        and not (len(row.pieces) == 1 and _SECTION.match(row.line.text))
    )


def _heads(rows: list[Row], start: int, free: int) -> int:
    """The index of the uppermost of the lines above `start` (not above `free`) that are the table's column heads."""
    first = index = start
    while index > max(free, start - MAX_HEADS):
        index -= 1
        row, below = rows[index], rows[index + 1].line
        far = below.top - row.line.bottom > ROW_DISTANCE * row.line.size
        if far or _SENTENCE.search(row.line.text) or (len(row.pieces) == 1 and len(row.line.text) > MAX_CELL):
            break
        if len(row.pieces) == 1 and _SECTION.match(row.line.text):
            break
        if len(row.pieces) > 1:
            first = index
    return first


def _aligned(one: Row, other: Row) -> int:
    """How many pieces of `other` stand in a column with exactly one piece of `one`."""
    count = 0
    for piece in other.pieces:
        touching = [
            mate for mate in one.pieces if piece.left <= mate.right + SLACK and mate.left <= piece.right + SLACK
        ]
        count += len(touching) == 1
    return count


def _is_table(rows: list[Row]) -> bool:
    """Whether the cells beside the labels are figures or short words, in enough rows and columns."""
    full = [row for row in rows if len(row.pieces) >= MIN_ALIGNED]
    if len(full) < MIN_ROWS:
        return False
    beside = [piece.text for row in full for piece in row.pieces[1:]]
    numeric = sum(bool(_FIGURE.match(text)) for text in beside)
    words = len(full) >= WORD_ROWS and all(len(text) <= SHORT_WORD for text in beside)
    return (numeric >= NUMERIC * len(beside) or words) and len(_columns(full)) >= MIN_ALIGNED


def _table(rows: list[Row], body: list[Row], page: Page, bands: list[float]) -> Table:
    columns = _columns([row for row in body if len(row.pieces) >= MIN_ALIGNED])
    homes = _homes(rows, bands)
    numbers = {home: number for number, home in enumerate(sorted(set(homes)))}
    cells: dict[tuple[int, int], tuple[int, list[Piece]]] = {}
    for home, row in zip(homes, rows, strict=True):
        for piece in row.pieces:
            touched = [
                index
                for index, column in enumerate(columns)
                if piece.left <= column.right + SLACK and column.left <= piece.right + SLACK
            ] or [min(range(len(columns)), key=lambda i: abs(columns[i].left - piece.left))]
            span, pieces = cells.get((numbers[home], touched[0]), (0, []))
            cells[numbers[home], touched[0]] = (max(span, len(touched)), [*pieces, piece])
    left, right = min(column.left for column in columns), max(column.right for column in columns)
    box = (left, rows[0].line.top, right, rows[-1].line.bottom)
    placed = [
        Cell(
            row,
            column,
            _text(pieces),
            1,
            span,
            page.number,
            page.shown(
                (
                    min(piece.left for piece in pieces),
                    min(piece.top for piece in pieces),
                    max(piece.right for piece in pieces),
                    max(piece.bottom for piece in pieces),
                )
            ),
        )
        for (row, column), (span, pieces) in cells.items()
    ]
    xs = [column.left for column in columns] + [right]
    return Table(page.number, box, xs, len(numbers), placed, ruled=False)


def _homes(rows: list[Row], bands: list[float]) -> list[int]:
    """For each printed line the index of the line whose row it belongs to: its own; for a wrapped label another."""
    zones = [bisect_right(sorted(bands), (row.line.top + row.line.bottom) / 2) for row in rows]
    anchors = [index for index, row in enumerate(rows) if len(row.pieces) >= MIN_ALIGNED]
    homes = []
    for index, row in enumerate(rows):
        near = [anchor for anchor in anchors if zones[anchor] == zones[index]]
        home = index
        if index not in anchors and near:
            best = min(near, key=lambda anchor: _distance(row, rows[anchor]))
            alone = len(near) == 1 and bool(bands) and 0 < zones[index] < len(bands)
            if alone or _distance(row, rows[best]) <= WRAPPED * row.line.size:
                home = best
        homes.append(home)
    return homes


def _distance(one: Row, other: Row) -> float:
    """The white between two printed lines; below 0 where they overlap."""
    return max(one.line.top, other.line.top) - min(one.line.bottom, other.line.bottom)


def _text(pieces: list[Piece]) -> str:
    """The text of a cell: pieces on one line with a space between, lines with a line break."""
    text = ""
    last: Piece | None = None
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        if last is not None:
            text += " " if abs(piece.base - last.base) < piece.size / 2 else "\n"
        text += piece.text
        last = piece
    return text


def _columns(rows: list[Row]) -> list[_Column]:
    """The columns of the rows with most pieces, widened by the others that stand in just one of them."""
    most = max(len(row.pieces) for row in rows)
    columns: list[_Column] = []
    for row in sorted(rows, key=lambda row: len(row.pieces) != most):
        for piece in row.pieces:
            touched = [
                column
                for column in columns
                if piece.left <= column.right + SLACK and column.left <= piece.right + SLACK
            ]
            if not touched:
                columns.append(_Column(piece.left, piece.right))
            elif len(touched) == 1:
                touched[0].left = min(touched[0].left, piece.left)
                touched[0].right = max(touched[0].right, piece.right)
    columns.sort(key=lambda column: column.left)
    return columns
