"""Tables without ruling lines: printed lines whose pieces stand in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.documents.model import Cell
from gongkai.documents.pdf_furniture import Row
from gongkai.documents.pdf_lines import Piece
from gongkai.documents.pdf_page import Page
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
SLACK = 1.0
"""Points by which the columns of two rows may miss each other and still be one column."""

_FIGURE = re.compile(r"^[\d０-９.,，]+(?:\s*[%％件条万元个次])?$|^[-—–－/／\\无]$")
_SENTENCE = re.compile(r"[。；;！!？?]")


@dataclass(slots=True)
class _Column:
    left: float
    right: float


def find_unruled(rows: list[Row], page: Page) -> list[tuple[int, int, Table]]:
    """Stretches of `rows` that are a table: first index, index after the last, the table."""
    found = []
    start = 0
    while start < len(rows):
        end = _stretch(rows, start)
        table = _table(rows[start:end], page) if end - start >= MIN_ROWS else None
        if table is None:
            start += 1
            continue
        found.append((start, end, table))
        start = end
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
        elif not _fits_between(rows[last], row):
            break
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


def _fits_between(above: Row, row: Row) -> bool:
    """Whether a line with fewer pieces (a wrapped label, a group's heading) may stand inside the table."""
    return (
        len(row.pieces) < MIN_ALIGNED
        and not _SENTENCE.search(row.line.text)
        and all(
            sum(piece.left <= other.right + SLACK and other.left <= piece.right + SLACK for other in above.pieces) <= 1
            for piece in row.pieces
        )
    )


def _aligned(one: Row, other: Row) -> int:
    """How many pieces of `other` stand in a column with exactly one piece of `one`."""
    count = 0
    for piece in other.pieces:
        touching = [
            mate for mate in one.pieces if piece.left <= mate.right + SLACK and mate.left <= piece.right + SLACK
        ]
        count += len(touching) == 1
    return count


def _table(rows: list[Row], page: Page) -> Table | None:
    full = [row for row in rows if len(row.pieces) >= MIN_ALIGNED]
    if len(full) < MIN_ROWS:
        return None
    beside = [piece.text for row in full for piece in row.pieces[1:]]
    numeric = sum(bool(_FIGURE.match(text)) for text in beside)
    words = len(full) >= WORD_ROWS and all(len(text) <= SHORT_WORD for text in beside)
    if numeric < NUMERIC * len(beside) and not words:
        return None
    columns = _columns(full)
    if len(columns) < MIN_ALIGNED:
        return None
    cells: dict[tuple[int, int], tuple[int, list[Piece]]] = {}
    for number, row in enumerate(rows):
        for piece in row.pieces:
            touched = [
                index
                for index, column in enumerate(columns)
                if piece.left <= column.right + SLACK and column.left <= piece.right + SLACK
            ] or [min(range(len(columns)), key=lambda i: abs(columns[i].left - piece.left))]
            span, pieces = cells.get((number, touched[0]), (0, []))
            cells[number, touched[0]] = (max(span, len(touched)), [*pieces, piece])
    left, right = min(column.left for column in columns), max(column.right for column in columns)
    box = (left, rows[0].line.top, right, rows[-1].line.bottom)
    placed = [
        Cell(
            row,
            column,
            " ".join(piece.text for piece in pieces),
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
    return Table(page.number, box, xs, len(rows), placed, ruled=False)


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
