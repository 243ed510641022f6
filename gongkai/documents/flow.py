"""Between a source's structure and blocks: tables that only lay a page out flow through, tables of data stay tables.

Readers of HTML and Word collect `Item`s (texts and grids whose cells hold items again); `emit` turns them into blocks.
Government pages and Word templates put whole articles into table cells; a reader of meaning must not care.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.documents import text as plain_text
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import join_lines
from gongkai.documents.model import Block, Cell, Kind
from gongkai.errors import UnreadableDocument

LONG_CELL = 500
"""From this many characters on a cell is an article in a frame, whatever stands beside it."""

LONG_ROW = 200
"""From this many characters on a cell that fills its row alone is an article in a frame."""

LONG_PARAGRAPH = 80
"""A cell of three paragraphs, one of them this long, is an article in a frame."""

LONGEST_HEADING = 100
"""What is marked as a heading but longer than this, or a sentence, is a paragraph in a heading's clothes."""

MOST_HEAD_ROWS = 4
LONGEST_LABEL = 60
"""A table of at most so many rows, each text at most so long, may be the heading of the table that follows it."""

SENTENCE = 30
"""From this many characters on a full stop makes a row's only text a sentence, not a label."""

WIDEST_SPAN = 200
"""Spans are cut to this many columns; a table of a report has at most some thirty."""


MOST_CELLS = 100_000
"""Cells of the tables of one document; a report has some 300, a collection of a city's some ten thousand."""

WIDEST_TABLE = 1000
"""Where a row is pushed beyond this many columns, spans from above it are no longer heeded."""


_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]")
_PROVISION = re.compile(r"第[一二三四五六七八九十百]+条")
_FIGURE = re.compile(r"[\d０-９][\d０-９.,，]*$|[-—/]$")


@dataclass(slots=True)
class Text:
    """A heading or a paragraph; a heading may contain \\n. `preformatted` text has the source's own lines and gaps.

    `links`: how many links a text of a page is made of that is nothing but links, else 0. `pictures`: how many pictures
    that may show a table stand behind it.
    """

    text: str
    heading: bool = False
    preformatted: bool = False
    links: int = 0
    pictures: int = 0


@dataclass(slots=True)
class GridCell:
    """A cell at its upper left grid position, with what it holds in reading order."""

    row: int
    column: int
    rowspan: int
    colspan: int
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table of the source, for data or for layout; or a `sheet`, which holds titles and notes around its tables."""

    cells: list[GridCell]
    sheet: bool = False


Item = Text | Grid


@dataclass(slots=True)
class SpannedCell:
    """A cell as HTML gives it: its spans, not its position. `rowspan` 0 means: to the end of the table."""

    rowspan: int
    colspan: int
    items: list[Item]


def note_pictures(items: Sequence[Item], count: int) -> None:
    """Note `count` pictures behind the last of `items`, where that is a text."""
    if items and isinstance(last := items[-1], Text):
        last.pictures += count


def too_many_cells() -> UnreadableDocument:
    """The error for a document with more than `MOST_CELLS` cells."""
    return UnreadableDocument(
        "too_large", f"tables of more than {MOST_CELLS:,} cells are no report's: submit the report alone"
    )


def place(rows: Sequence[Sequence[SpannedCell]]) -> Grid:
    """Give the cells of an HTML table their grid positions, as browsers do; spans never reach beyond the last row."""
    cells: list[GridCell] = []
    free_from: dict[int, int] = {}  # for each column: the first row that no span from above covers
    for row, spanned in enumerate(rows):
        column = 0
        for cell in spanned:
            while free_from.get(column, 0) > row:
                column += 1
            if cell.rowspan == 1 and cell.colspan == 1:
                cells.append(GridCell(row, column, 1, 1, cell.items))
                column += 1
                continue
            if column > WIDEST_TABLE:
                free_from.clear()
            left = len(rows) - row
            rowspan = min(cell.rowspan, left) if cell.rowspan > 0 else left
            colspan = 1
            while colspan < min(cell.colspan, WIDEST_SPAN) and free_from.get(column + colspan, 0) <= row:
                colspan += 1
            if rowspan > 1:
                free_from.update(dict.fromkeys(range(column, column + colspan), row + rowspan))
            cells.append(GridCell(row, column, rowspan, colspan, cell.items))
            column += colspan
    return Grid(cells)


def emit(items: Iterable[Item], builder: BlockBuilder) -> None:
    """Add `items` to `builder` as headings, paragraphs and tables."""
    head: Grid | None = None
    for item in items:
        if isinstance(item, Text):
            if head is not None:
                _emit_grid(head, builder)
                head = None
            _emit_text(item, builder)
        elif head is None:
            head = item
        elif _is_head(head) and _continues(head, item):
            head = _joined(head, item)
        else:
            _emit_grid(head, builder)
            head = item
    if head is not None:
        _emit_grid(head, builder)


def _is_head(grid: Grid) -> bool:
    """Whether a table is a heading only: a few rows of labels without a figure (pages whose heading stays in sight)."""
    texts = [text for cell in grid.cells if (text := _plain(cell.items))]
    return (
        len(texts) >= 2
        and max(cell.row for cell in grid.cells) < MOST_HEAD_ROWS
        and not any(len(text) > LONGEST_LABEL or _FIGURE.match(text) for text in texts)
    )


def _continues(head: Grid, grid: Grid) -> bool:
    """Whether the table behind a heading has as many columns as the heading, and figures in them."""
    width = max(cell.column + cell.colspan for cell in head.cells if _has_text(cell))
    return (
        bool(grid.cells)
        and max(cell.column + cell.colspan for cell in grid.cells) == width
        and any(_FIGURE.match(_plain(cell.items)) for cell in grid.cells)
    )


def _joined(head: Grid, grid: Grid) -> Grid:
    height = max(cell.row for cell in head.cells) + 1
    for cell in head.cells:
        cell.rowspan = min(cell.rowspan, height - cell.row)
    for cell in grid.cells:
        cell.row += height
    return Grid([*head.cells, *grid.cells])


def items_of(blocks: Iterable[Block]) -> list[Item]:
    """Return the items of a document that is embedded in another one."""
    return [
        Grid([GridCell(cell.row, cell.column, cell.rowspan, cell.colspan, [Text(cell.text)]) for cell in block.cells])
        if block.kind is Kind.TABLE
        else Text(block.text, heading=block.kind is Kind.HEADING)
        for block in blocks
    ]


def _emit_text(item: Text, builder: BlockBuilder) -> None:
    if item.preformatted:
        plain_text.append(item.text, builder)
        return
    if item.heading:
        text = join_lines(item.text.strip())
        if len(text) <= LONGEST_HEADING and "。" not in text:
            builder.heading(text, pictures=item.pictures)
            return
    *lines, last = item.text.split("\n")
    for line in lines:
        builder.paragraph(line)
    builder.paragraph(last, pictures=item.pictures)


def _emit_grid(grid: Grid, builder: BlockBuilder) -> None:
    cells = _compress(grid.cells)
    if not cells:
        return
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    if all(cell.column == 0 for cell in cells):
        framed = set(rows)
    else:
        framed = {row for row, members in rows.items() if not all(map(_is_short, members)) and _is_frame(members)}
        framed |= _prose_rows(rows, grid.sheet)
    group: list[int] = []
    for row, members in rows.items():
        if row in framed:
            _emit_group([rows[number] for number in group], builder, split=bool(framed))
            group = []
            for cell in members:
                emit(cell.items, builder)
        else:
            group.append(row)
    _emit_group([rows[number] for number in group], builder, split=bool(framed))


def _is_short(cell: GridCell) -> bool:
    """Whether a cell has at most one text, and a short one: no article."""
    if not cell.items:
        return True
    first = cell.items[0]
    return len(cell.items) == 1 and isinstance(first, Text) and len(first.text) < LONG_ROW and not first.heading


def _prose_rows(rows: dict[int, list[GridCell]], sheet: bool) -> set[int]:
    """The rows that are paragraphs, where a whole report was put into one table or sheet, a paragraph a row.

    Such are sentences over the whole width; and beside such, or in a sheet, headings of sections (the next row has no
    figure) and what stands before and behind the tables: a title, the unit's name, a date.
    """
    lone = {row: text for row, members in rows.items() if (text := _only_text(members)) is not None}
    sentences = {row for row, text in lone.items() if len(text) >= SENTENCE and "。" in text}
    if not sentences and not sheet:
        return set()
    order = list(rows)
    tabular = [row for row in order if row not in lone and not _is_labelled(rows[row])]
    first, last = (tabular[0], tabular[-1]) if tabular else (order[-1] + 1, order[-1] + 1)
    headings = {
        row
        for row, following in zip(order, [*order[1:], None], strict=True)
        if row in lone
        and _SECTION.match(lone[row])
        and not (following is not None and any(_FIGURE.match(_plain(cell.items)) for cell in rows[following]))
    }
    # The provision that a table's rows fall under stands in its own first row.
    titles = {row for row in order if row < first and not _PROVISION.match(lone.get(row, ""))}
    return sentences | headings | titles | {row for row in order if row > last}


def _only_text(row: list[GridCell]) -> str | None:
    """The text of a row in which only one cell has any."""
    filled = [cell for cell in row if _has_text(cell)]
    return _plain(filled[0].items) if len(filled) == 1 else None


def _is_labelled(row: list[GridCell]) -> bool:
    """Whether all cells of a row are lines such as 填报单位：某局."""
    texts = [_plain(cell.items) for cell in row if _has_text(cell)]
    return bool(texts) and all("：" in text or ":" in text for text in texts)


def _emit_group(rows: list[list[GridCell]], builder: BlockBuilder, split: bool) -> None:
    """Add consecutive rows as one table; what a layout table leaves over with one text a row is no table."""
    while rows and not any(_has_text(cell) for cell in rows[0]):
        rows.pop(0)
    while rows and not any(_has_text(cell) for cell in rows[-1]):
        rows.pop()
    if not rows:
        return
    if split and all(sum(_has_text(cell) for cell in row) <= 1 for row in rows):
        for row in rows:
            for cell in row:
                emit(cell.items, builder)
        return
    first, end = rows[0][0].row, rows[-1][0].row + 1
    builder.table(
        Cell(
            row=cell.row - first,
            column=cell.column,
            text=_plain(cell.items),
            rowspan=min(cell.rowspan, end - cell.row),
            colspan=cell.colspan,
        )
        for row in rows
        for cell in row
    )


def _is_frame(row: list[GridCell]) -> bool:
    """Whether a row of a table only lays out the page: it holds an article or a table of data."""
    alone = sum(_has_text(cell) for cell in row) == 1
    for cell in row:
        texts = [text for item in cell.items for text in _texts(item)]
        length = sum(map(len, texts))
        if length >= LONG_CELL or (alone and length >= LONG_ROW):
            return True
        if len(texts) >= 3 and max(map(len, texts)) >= LONG_PARAGRAPH:
            return True
        if sum(len(text) >= SENTENCE and "。" in text for text in texts) >= 2:
            return True
        if alone and any(isinstance(item, Text) and item.heading for item in cell.items):
            return True
        if any(isinstance(item, Grid) and _is_data(item) for item in cell.items):
            return True
    return False


def _is_data(grid: Grid) -> bool:
    """Whether a nested table is more than decoration: two rows and two columns with text, or holds such a table."""
    filled = [cell for cell in grid.cells if _has_text(cell)]
    if len({cell.row for cell in filled}) >= 2 and len({cell.column for cell in filled}) >= 2:
        return True
    return any(isinstance(item, Grid) and _is_data(item) for cell in filled for item in cell.items)


def _texts(item: Item) -> list[str]:
    """The texts of an item, those in the cells of a table included."""
    if isinstance(item, Text):
        return [item.text]
    return [text for cell in item.cells for inner in cell.items for text in _texts(inner)]


def _has_text(cell: GridCell) -> bool:
    return any(
        bool(item.text.strip()) if isinstance(item, Text) else any(_has_text(inner) for inner in item.cells)
        for item in cell.items
    )


def _plain(items: list[Item]) -> str:
    """The text of a cell: its paragraphs, and the cells of a decorative inner table, a line each."""
    if len(items) == 1 and isinstance(first := items[0], Text) and "\n" not in first.text:
        return first.text.strip()
    lines: list[str] = []
    for item in items:
        if isinstance(item, Text):
            lines.extend(line.strip() for line in item.text.split("\n"))
        else:
            lines.extend(_plain(cell.items) for cell in item.cells)
    return "\n".join(line for line in lines if line)


def _compress(cells: list[GridCell]) -> list[GridCell]:
    """Drop grid rows and columns in which no cell begins: they come from spans beyond the table's real size."""
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    for cell in ordered:
        if cell.rowspan > 1:
            cell.rowspan = bisect_left(rows, cell.row + cell.rowspan) - bisect_left(rows, cell.row)
        if cell.colspan > 1:
            cell.colspan = bisect_left(columns, cell.column + cell.colspan) - bisect_left(columns, cell.column)
    if rows and (rows[-1] >= len(rows) or columns[-1] >= len(columns)):
        for cell in ordered:
            cell.row = bisect_left(rows, cell.row)
            cell.column = bisect_left(columns, cell.column)
    return ordered
