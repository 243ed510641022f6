"""The reading order of a page: which lines belong to the page, which to a column, and where its tables stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile
from statistics import median

from gongkai.documents.pdf_breaks import continues
from gongkai.documents.pdf_carried import moved_above
from gongkai.documents.pdf_furniture import Row, Sheet
from gongkai.documents.pdf_grid import Grid, find_grids
from gongkai.documents.pdf_lines import Piece, piece_of, pieces_of, rows_of
from gongkai.documents.pdf_model import Char, Page
from gongkai.documents.pdf_tables import EDGE, Table, absorb, fill, is_tabular
from gongkai.documents.pdf_unruled import find_unruled, head_at_end, may_lack_head

COLUMN_LINES = 4
"""Two columns of text have at least this many lines each."""
COLUMN_CHARACTERS = 8
"""... of this many characters on average: shorter ones are the cells of a table."""
GUTTER = (0.3, 0.7)
"""The gap between two columns lies within these shares of the text's width."""
LONG_LINE = 0.6
"""Lines as wide as this share of the widest one tell the margins of the text."""
SAME_SIZE = 0.1
"""Font sizes that differ by this share are the same."""
OVERFLOW_LINES = 4
"""Lines that a cell may have below the last ruling line of a page."""
MARGIN_LINES = 3
"""A page with fewer long lines takes its margins from the rest of the document."""


_HANGING = frozenset("，。、；：！？）》”’」』】〉〕,.;:!?)")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．]")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line in its column: the margins (`left`, `right`) between which the text around it runs."""

    piece: Piece
    page: Page
    left: float
    right: float


Item = TextLine | Table


def sheets_of(pages: list[Page]) -> list[Sheet]:
    """The ruled tables of each page and the printed lines around them."""
    grids = [find_grids(page.horizontals, page.verticals, partial(_headings, page)) for page in pages]
    sheets = []
    for number, page in enumerate(pages):
        tables: list[Table] = []
        rest = page.chars
        for grid in grids[number]:
            part = not is_tabular(grid)
            if part and not _piece_of_neighbour(grids, number, grid, page):
                continue
            table = fill(grid, rest, page, at_least=1) if part else fill(grid, rest, page)
            if table is not None:
                tables.append(table)
                used = set(map(id, table.used))
                table.used = []
                rest = [char for char in rest if id(char) not in used]
        rows = [Row(piece_of(row), pieces_of(row)) for row in rows_of(char for char in rest if char.turn == 0)]
        sheets.append(Sheet(page, tables, rows))
    return sheets


def _headings(page: Page) -> list[float]:
    """The heights at which the numbered heading of a section stands."""
    lines = (piece_of(row) for row in rows_of(char for char in page.chars if char.turn == 0))
    return [(line.top + line.bottom) / 2 for line in lines if _SECTION.match(line.text)]


def absorb_overflow(sheets: list[Sheet]) -> None:
    """Put text below the last line of a table into its cells where the next page goes on with the cut row.

    Browsers draw the lines of a row on the page where the row ends, and the text of a cell where it fits.
    """
    for sheet, following in pairwise(sheets):
        if not (sheet.tables and following.tables):
            continue
        last = max(sheet.tables, key=_top)
        first = min(following.tables, key=_top)
        below = [row for row in sheet.rows if row.line.top >= last.box[3] - row.line.size / 2]
        above = [row for row in following.rows if row.line.top < first.box[1]]
        if (
            0 < len(below) <= OVERFLOW_LINES
            and not above
            and first.open_top
            and continues(last, first)
            and absorb(last, [piece for row in below for piece in _in_cells(row, last)])
        ):
            sheet.rows = [row for row in sheet.rows if row not in below]


def _in_cells(row: Row, table: Table) -> list[Piece]:
    """The line cut at the column boundaries of the table."""
    parts: dict[int, list[Char]] = {}
    for char in row.line.chars:
        parts.setdefault(bisect_right(table.xs, (char.left + char.right) / 2), []).append(char)
    boxes = [(table.xs[cell.column], table.xs[cell.column + cell.colspan]) for cell in table.cells]
    merged: dict[tuple[float, float], list[Char]] = {}
    for index, chars in parts.items():
        middle = (table.xs[max(index - 1, 0)] + table.xs[min(index, len(table.xs) - 1)]) / 2
        lowest = [
            box
            for box, cell in zip(boxes, table.cells, strict=True)
            if cell.row + cell.rowspan == table.rows and box[0] <= middle <= box[1]
        ]
        merged.setdefault(lowest[0] if lowest else (middle, middle), []).extend(chars)
    return [piece_of(chars) for chars in merged.values() if any(not char.blank for char in chars)]


def _piece_of_neighbour(grids: list[list[Grid]], number: int, grid: Grid, page: Page) -> bool:
    """Whether a grid of one column is what a page break left of a table on the next or the last page."""
    left, top, right, bottom = grid.box
    others = []
    if top > page.height / 2 and number + 1 < len(grids):
        others = [other for other in grids[number + 1] if other.box[1] < page.height / 4]
    elif bottom < page.height / 2 and number > 0:
        others = [other for other in grids[number - 1] if other.box[3] > page.height * 3 / 4]
    return any(
        is_tabular(other) and abs(other.box[0] - left) <= EDGE and abs(other.box[2] - right) <= EDGE for other in others
    )


def lay_out(sheets: list[Sheet]) -> list[list[Item]]:
    """The items of each page in reading order."""
    margins = [_margins([row.line for row in sheet.rows if len(row.pieces) == 1]) for sheet in sheets]
    known = [margin for margin in margins if margin is not None]
    usual = (median(left for left, _ in known), median(right for _, right in known)) if known else None
    pages = [_page(sheet, margin or usual) for sheet, margin in zip(sheets, margins, strict=True)]
    for (upper, before), (lower, after) in pairwise(zip(sheets, pages, strict=True)):
        _carry_head(upper, before, lower, after)
    return pages


def _carry_head(upper: Sheet, before: list[Item], lower: Sheet, after: list[Item]) -> None:
    """Give a table without rules at the top of a page (`after`) the head that stands at the end of the one `before`."""
    table = after[0] if after else None
    if not isinstance(table, Table) or table.ruled:
        return
    rows = [row for row in lower.rows if row.line.bottom <= table.box[3]]
    tail = list(takewhile(_may_be_head, reversed(before)))
    if not tail or not may_lack_head(rows):
        return
    ends = [row for row in upper.rows if row.line.top >= min(map(_top_of, tail))]
    first = head_at_end(ends)
    if first == len(ends) or ends[first].line.text == rows[0].line.text:
        return
    top = ends[first].line.top
    own = sum(_top_of(item) >= top for item in tail)
    # A table that begins above those lines holds more than a head.
    whole = own == len(tail) or not isinstance(tail[own], Table)
    found = find_unruled(rows, lower.page, _bands(lower), moved_above(ends[first:], upper.page, rows[0]))
    if own and whole and [(start, end) for start, end, _ in found] == [(0, len(rows))]:
        after[0] = found[0][2]
        del before[len(before) - own :]


def _may_be_head(item: Item) -> bool:
    """Whether an item is a line, or a table found without rules, all words."""
    if isinstance(item, TextLine):
        return True
    return not item.ruled and not any(char.isdigit() for cell in item.cells for char in cell.text)


def _top_of(item: Item) -> float:
    return item.box[1] if isinstance(item, Table) else item.piece.top


def _margins(lines: list[Piece]) -> tuple[float, float] | None:
    """The left and right margin that the long lines of a page keep; None if there are too few."""
    if not lines:
        return None
    widest = max(line.right - line.left for line in lines)
    long = [line for line in lines if line.right - line.left >= LONG_LINE * widest and len(line.text) >= 12]
    if len(long) < MARGIN_LINES:
        return None
    em = median(line.size for line in long)
    lefts = sorted(line.left for line in long if abs(line.size - em) <= SAME_SIZE * em)
    rights = sorted((_right(line) for line in long if abs(line.size - em) <= SAME_SIZE * em), reverse=True)
    if len(lefts) < MARGIN_LINES:
        return None
    left = next((a for a, b in pairwise(lefts) if b - a <= em / 2), lefts[0])
    right = next((a for a, b in pairwise(rights) if a - b <= 1.5 * em), rights[0])
    return left, right


def _right(line: Piece) -> float:
    """The right end of a line without a mark at its end, which may hang over the margin."""
    last = line.chars[-1]
    return last.left if last.text in _HANGING and len(line.chars) > 1 else line.right


def _page(sheet: Sheet, margin: tuple[float, float] | None) -> list[Item]:
    if margin is None:
        # Too little text to tell: margins are the same on both sides.
        left = min((row.line.left for row in sheet.rows), default=0.0)
        right = max((row.line.right for row in sheet.rows), default=0.0)
        margin = (left, max(right, sheet.page.width - left))
    gutter = _gutter(sheet.rows)
    bands = _bands(sheet)
    if gutter is None:
        return _column(sheet.rows, sheet.tables, sheet.page, margin, bands)
    # Lines and tables across the gutter part the page into bands; a band is read column by column.
    items: list[Item] = []
    band_rows: list[Row] = []
    band_tables: list[Table] = []

    def flush() -> None:
        left: list[Row] = []
        right: list[Row] = []
        for row in band_rows:
            for side, pieces in (
                (left, [p for p in row.pieces if p.right <= gutter]),
                (right, [p for p in row.pieces if p.left >= gutter]),
            ):
                if pieces:
                    side.append(_row_of(pieces))
        two = len(left) >= COLUMN_LINES and len(right) >= COLUMN_LINES
        if two:
            for side, beyond in ((left, False), (right, True)):
                tables = [table for table in band_tables if (table.box[0] >= gutter) == beyond]
                items.extend(_column(side, tables, sheet.page, _bounds(side), bands))
        else:
            items.extend(_column(band_rows, band_tables, sheet.page, margin, bands))
        band_rows.clear()
        band_tables.clear()

    elements: list[Row | Table] = [*sheet.rows, *sheet.tables]
    for element in sorted(elements, key=_top):
        if isinstance(element, Table):
            if element.box[0] < gutter < element.box[2]:
                flush()
                items.append(element)
            else:
                band_tables.append(element)
        elif any(piece.left < gutter < piece.right for piece in element.pieces):
            flush()
            items.extend(_column([element], [], sheet.page, margin, bands))
        else:
            band_rows.append(element)
    flush()
    return items


def _bounds(rows: list[Row]) -> tuple[float, float]:
    return _margins([row.line for row in rows]) or (
        min(row.line.left for row in rows),
        max(row.line.right for row in rows),
    )


def _row_of(pieces: list[Piece]) -> Row:
    chars = [char for piece in pieces for char in piece.chars]
    return Row(piece_of(chars), pieces)


def _top(element: Row | Table) -> float:
    return element.box[1] if isinstance(element, Table) else element.line.top


def _bands(sheet: Sheet) -> list[float]:
    """The heights of the horizontal rules that are not part of a ruled table."""
    return [
        rule.at
        for rule in sheet.page.horizontals
        if rule.end - rule.start >= LONG_LINE * sheet.page.width
        and not any(table.box[1] - EDGE <= rule.at <= table.box[3] + EDGE for table in sheet.tables)
    ]


def _column(
    rows: list[Row], tables: list[Table], page: Page, margin: tuple[float, float], bands: list[float]
) -> list[Item]:
    """Lines, unruled tables found among them, and ruled tables, top to bottom."""
    left, right = margin
    items: list[Item] = []
    waiting = sorted(tables, key=_top)
    stretch: list[Row] = []

    def flush() -> None:
        position = 0
        for start, end, table in find_unruled(stretch, page, bands):
            items.extend(TextLine(row.line, page, left, right) for row in stretch[position:start])
            items.append(table)
            position = end
        items.extend(TextLine(row.line, page, left, right) for row in stretch[position:])
        stretch.clear()

    for row in rows:
        while waiting and _top(waiting[0]) < row.line.top:
            flush()
            items.append(waiting.pop(0))
        stretch.append(row)
    flush()
    items.extend(waiting)
    return items


def _gutter(rows: list[Row]) -> float | None:
    """Where the gap between two columns of running text is; None on an ordinary page."""
    pieces = [piece for row in rows for piece in row.pieces]
    if len(pieces) < 2 * COLUMN_LINES:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    low, high = (left + share * (right - left) for share in GUTTER)
    starts = sorted({round(piece.left) for piece in pieces if low < piece.left < high})
    best: tuple[int, float] | None = None
    for start in starts:
        at = start - 1.5
        first = [piece for piece in pieces if piece.right <= at]
        second = [piece for piece in pieces if piece.left >= at]
        across = len(pieces) - len(first) - len(second)
        fits = all(
            len(side) >= COLUMN_LINES and sum(len(piece.text) for piece in side) >= COLUMN_CHARACTERS * len(side)
            for side in (first, second)
        )
        if fits and across <= min(len(first), len(second)) and (best is None or across < best[0]):
            best = (across, at)
    return best[1] if best else None
