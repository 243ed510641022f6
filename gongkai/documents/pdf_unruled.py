"""Tables without ruling lines: printed lines whose pieces stand in columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from gongkai.documents.model import Cell
from gongkai.documents.pdf_carried import Above
from gongkai.documents.pdf_furniture import Row
from gongkai.documents.pdf_heads import head_of, stands_over
from gongkai.documents.pdf_lines import Piece, piece_of
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
LONG_ROW = 10
"""One line of this many figures is a table."""
WORD_ROWS = 3
SHORT_WORD = 8
"""Characters of a cell in a table of short words."""
ROW_DISTANCE = 4.0
"""Rows farther apart than this many em are not of one table."""
MAX_HEADS = 12
"""Lines above the first row that may be column heads."""
WRAPPED = 0.35
"""A line with a label only goes on with a row that is at most this many em of white away."""
NEAR_ROWS = 12
"""A column of figures is known from rows at most this many lines away."""
NEAR_HEADS = 6
"""A line of headings may stand in columns with any of so many lines above it."""
APART = 0.7
"""A heading is over a column without figures if it is this share of a column's width off every other one."""
CLOSER = 0.95
"""Two lines of figures that are nearer than the rows are, by this factor, may be one row."""
SHORT_HEADING = 4
"""Characters of a line of the heading over one column."""
SLACK = 1.0
"""Points by which the columns of two rows may miss each other and still be one column."""

_FIGURE = re.compile(r"^[-—–－+＋]?[\d０-９.,，]+(?:\s*[%％件条万元个次])?$|^[-—–－/／\\无]$")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．]")
_DIGITS = re.compile(r"[\d０-９][\d０-９.,，]*")
_LABEL_AND_FIGURE = re.compile(r"^.*[\u4e00-\u9fff）)”]\s*([\d０-９][\d０-９.,，]*)$")
_NUMBERED = re.compile(r"^[（(]?(?:[一二三四五六七八九十]+|\d{1,2})\s*(?:[）)、．]|\.(?!\d))")
_SENTENCE = re.compile(r"[。；;！!？?]")


@dataclass(slots=True)
class _Column:
    left: float
    right: float


def find_unruled(
    rows: list[Row], page: Page, bands: list[float], above: Above | None = None
) -> list[tuple[int, int, Table]]:
    """Stretches of `rows` that are a table: first index, index after the last, the table.

    `bands`: heights of horizontal rules, which part rows. `above`: the head of a table that starts with the first row.
    """
    rows = _with_figures_apart(rows)
    found = []
    start = 0
    free = 0
    while start < len(rows):
        end = _stretch(rows, start)
        if end > start and _is_table(rows[start:end]):
            first = _heads(rows, start, free)
            over = None if first else above
            found.append((first, end, _table(rows[first:end], rows[start:end], page, bands, over)))
            start = free = end
        else:
            start += 1
    return found


def head_at_end(rows: list[Row]) -> int:
    """The index of the first of the lines at the end of a page that may be the head of the next page's table."""
    first = _heads(rows, len(rows), 0)
    head = rows[first:]
    columns = any(len(row.pieces) >= MIN_ALIGNED for row in head)
    return (
        first if columns and not any(_FIGURE.match(piece.text) for row in head for piece in row.pieces) else len(rows)
    )


def may_lack_head(rows: list[Row]) -> bool:
    """Whether lines at the top of a page start with figures or with headings: more may stand on the page before."""
    return bool(rows) and (_is_figures(rows[0]) or _height_of_head(rows) > 0)


def _with_figures_apart(rows: list[Row]) -> list[Row]:
    """The rows with a figure that follows close behind its label parted from it: it stands in a column of figures."""
    figures = [
        (number, piece) for number, row in enumerate(rows) for piece in row.pieces if _DIGITS.fullmatch(piece.text)
    ]
    done = []
    for number, row in enumerate(rows):
        pieces: list[Piece] = []
        for piece in row.pieces:
            tail = _LABEL_AND_FIGURE.match(piece.text)
            chars = piece.chars[tail.start(1) :] if tail else ()
            beside = any(_DIGITS.fullmatch(other.text) for other in row.pieces if other.left > piece.right)
            if (
                chars
                and beside
                and any(
                    other.left < chars[-1].right and chars[0].left < other.right
                    for index, other in figures
                    if 0 < abs(index - number) <= NEAR_ROWS
                )
            ):
                pieces += [piece_of(list(piece.chars[: -len(chars)])), piece_of(list(chars))]
            else:
                pieces.append(piece)
        done.append(row if len(pieces) == len(row.pieces) else Row(row.line, pieces))
    return done


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
        near = [other for other in rows[max(start, end - NEAR_HEADS) : end] if _candidate(other)] or [rows[last]]
        if _candidate(row) and any(_aligned(other, row) >= min(MIN_ALIGNED, len(row.pieces)) for other in near):
            last = end
        elif not _fits_between(row) and not _is_line_of_heads(row):
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


def _is_line_of_heads(row: Row) -> bool:
    """Whether a line of short words may be one of several lines of narrow columns' headings."""
    return len(row.pieces) >= MIN_ALIGNED and all(
        len(piece.text) <= SHORT_HEADING and not _FIGURE.match(piece.text) for piece in row.pieces
    )


def _heads(rows: list[Row], start: int, free: int) -> int:
    """The index of the uppermost of the lines above `start` (not above `free`) that are the table's column heads."""
    first = index = start
    while index > max(free, start - MAX_HEADS):
        index -= 1
        row, below = rows[index], rows[index + 1].line if index + 1 < len(rows) else None
        far = below is not None and below.top - row.line.bottom > ROW_DISTANCE * row.line.size
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
        return len(full) == 1 and _is_figures(full[0]) and len(full[0].pieces) >= LONG_ROW
    beside = [piece.text for row in full for piece in row.pieces[1:]]
    numeric = sum(bool(_FIGURE.match(text)) for text in beside)
    words = len(full) >= WORD_ROWS and all(len(text) <= SHORT_WORD for text in beside)
    return (numeric >= NUMERIC * len(beside) or words) and len(_columns(full)) >= MIN_ALIGNED


def _table(rows: list[Row], body: list[Row], page: Page, bands: list[float], above: Above | None) -> Table:
    top = _height_of_head(rows)
    head = [*(above.rows if above else ()), *rows[:top]]
    columns = _columns(
        [row for row in body if _is_figures(row)] or [row for row in body if len(row.pieces) >= MIN_ALIGNED]
    )
    columns = _with_blank_columns(columns, head)
    labels = _labels(rows[top:], columns)
    heads, height = head_of(head, [(column.left, column.right) for column in columns], labels)
    if heads:
        rows = rows[top:]
    broken = _broken_figures([row for row in rows if len(row.pieces) > 1], len(columns) - labels)
    homes = _homes(rows, bands, broken)
    numbers = {home: number for number, home in enumerate(sorted(set(homes)), height)}
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
    placed = [_cell(one.row, one.column, list(one.pieces), one.rowspan, one.colspan, page, above) for one in heads]
    # A head from another page is that of these figures where each of their columns has its own heading.
    unsure = above is not None and not stands_over(heads, height, range(labels, len(columns)))
    placed += [
        replace(
            _cell(row, column, pieces, 1, span, page),
            doubtful=(unsure and column >= labels) or any(id(piece) in broken for piece in pieces),
        )
        for (row, column), (span, pieces) in cells.items()
    ]
    xs = [column.left for column in columns] + [right]
    return Table(page.number, box, xs, height + len(numbers), placed, ruled=False)


def _cell(
    row: int, column: int, pieces: list[Piece], rowspan: int, colspan: int, page: Page, above: Above | None = None
) -> Cell:
    left, top = min(piece.left for piece in pieces), min(piece.top for piece in pieces)
    right, bottom = max(piece.right for piece in pieces), max(piece.bottom for piece in pieces)
    home, box = (above.place(pieces) if above else None) or (page, (left, top, right, bottom))
    return Cell(row, column, _text(pieces), rowspan, colspan, home.number, home.shown(box))


def _broken_figures(rows: list[Row], full: int) -> set[int]:
    """Figures (by identity) that may be one broken over two lines: they stand below each other, closer than rows do."""
    figures = [[piece for piece in row.pieces if _FIGURE.match(piece.text)] for row in rows]
    whole = [own[-1].base for own in figures if len(own) >= full]
    if len(whole) < MIN_ROWS:
        return set()
    pitch = median(below - above for above, below in pairwise(whole))
    broken: set[int] = set()
    for index, own in enumerate(figures):
        if not own or len(own) >= full:
            continue
        for other in (index - 1, index + 1):
            if not 0 <= other < len(rows) or not figures[other]:
                continue
            if abs(figures[other][-1].base - own[-1].base) < CLOSER * pitch:
                pairs = [
                    (one, two) for one in own for two in figures[other] if one.left < two.right and two.left < one.right
                ]
                broken.update(id(piece) for pair in pairs for piece in pair)
    return broken


def _is_broken(row: Row, broken: set[int]) -> bool:
    figures = {id(piece) for piece in row.pieces if _FIGURE.match(piece.text)}
    return bool(figures) and figures <= broken


def _is_figures(row: Row) -> bool:
    """Whether most of what stands on a line beside its label is figures."""
    figures = sum(bool(_FIGURE.match(piece.text)) for piece in row.pieces)
    return len(row.pieces) >= MIN_ALIGNED and 2 * figures > len(row.pieces) - 1


def _height_of_head(rows: list[Row]) -> int:
    """How many lines stand above the first row of figures; its own label may begin above it."""
    top = next((index for index, row in enumerate(rows) if _is_figures(row)), 0)
    if any(_FIGURE.match(piece.text) for row in rows[:top] for piece in row.pieces):
        return 0
    while top and len(rows[top - 1].pieces) == 1 and _NUMBERED.match(rows[top - 1].line.text):
        top -= 1
    return top


def _labels(rows: list[Row], columns: list[_Column]) -> int:
    """How many columns at the left hold labels."""
    count = 0
    for column in columns:
        texts = [
            piece.text
            for row in rows
            if _is_figures(row)
            for piece in row.pieces
            if piece.left <= column.right + SLACK and column.left <= piece.right + SLACK
        ]
        if 2 * sum(bool(_FIGURE.match(text)) for text in texts) > len(texts):
            break
        count += 1
    return count if count < len(columns) else 0


def _with_blank_columns(columns: list[_Column], head: list[Row]) -> list[_Column]:
    """The columns, and those which only a heading right above the figures tells of: no row has a figure there."""
    if not head or len(head[-1].pieces) < MIN_ALIGNED or len(columns) < MIN_ALIGNED:
        return columns
    centres = [(column.left + column.right) / 2 for column in columns]
    near = APART * median(b - a for a, b in pairwise(centres[1:]))
    more = [
        _Column(piece.left, piece.right)
        for piece in head[-1].pieces
        if len(piece.text) <= SHORT_HEADING
        and all(abs((piece.left + piece.right) / 2 - centre) > near for centre in centres)
    ]
    return sorted([*columns, *more], key=lambda column: column.left)


def _homes(rows: list[Row], bands: list[float], broken: set[int]) -> list[int]:
    """For each printed line the index of the line whose row it belongs to: its own; for a wrapped label another.

    So for a line that holds no figures but `broken` ones.
    """
    zones = [bisect_right(sorted(bands), (row.line.top + row.line.bottom) / 2) for row in rows]
    anchors = [
        index for index, row in enumerate(rows) if len(row.pieces) >= MIN_ALIGNED and not _is_broken(row, broken)
    ]
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
