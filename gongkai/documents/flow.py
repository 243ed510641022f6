"""Between a source's structure and blocks: tables that only lay a page out flow through, tables of data stay tables.

Readers of HTML and Word collect `Item`s (texts and grids whose cells hold items again); `emit` turns them into blocks.
Government pages and Word templates put whole articles into table cells; a reader of meaning must not care.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.documents import text as plain_text
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import join_lines
from gongkai.documents.model import Block, Cell, Kind

LONG_CELL = 500
"""From this many characters on a cell is an article in a frame, whatever stands beside it."""

LONG_ROW = 200
"""From this many characters on a cell that fills its row alone is an article in a frame."""

LONG_PARAGRAPH = 80
"""A cell of three paragraphs, one of them this long, is an article in a frame."""

LONGEST_HEADING = 100
"""What is marked as a heading but longer than this, or a sentence, is a paragraph in a heading's clothes."""

WIDEST_SPAN = 200
"""Spans are cut to this many columns; a table of a report has at most some thirty."""


WIDEST_TABLE = 1000
"""Where a row is pushed beyond this many columns, spans from above it are no longer heeded."""


@dataclass(slots=True)
class Text:
    """A heading or a paragraph; a heading may contain \\n. `preformatted` text has the source's own lines and gaps."""

    text: str
    heading: bool = False
    preformatted: bool = False


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
    """A table of the source, for data or for layout."""

    cells: list[GridCell]


Item = Text | Grid


@dataclass(slots=True)
class SpannedCell:
    """A cell as HTML gives it: its spans, not its position. `rowspan` 0 means: to the end of the table."""

    rowspan: int
    colspan: int
    items: list[Item]


def place(rows: Sequence[Sequence[SpannedCell]]) -> Grid:
    """Give the cells of an HTML table their grid positions, as browsers do; spans never reach beyond the last row."""
    cells: list[GridCell] = []
    free_from: dict[int, int] = {}  # for each column: the first row that no span from above covers
    for row, spanned in enumerate(rows):
        column = 0
        for cell in spanned:
            while free_from.get(column, 0) > row:
                column += 1
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
    for item in items:
        if isinstance(item, Text):
            _emit_text(item, builder)
        else:
            _emit_grid(item, builder)


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
            builder.heading(text)
            return
    for line in item.text.split("\n"):
        builder.paragraph(line)


def _emit_grid(grid: Grid, builder: BlockBuilder) -> None:
    cells = _compress(grid.cells)
    if not cells:
        return
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    single_column = all(cell.column == 0 for cell in cells)
    framed = {row for row, members in rows.items() if single_column or _is_frame(members)}
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
        texts = [item.text for item in cell.items if isinstance(item, Text)]
        length = sum(map(len, texts))
        if length >= LONG_CELL or (alone and length >= LONG_ROW):
            return True
        if len(texts) >= 3 and max(map(len, texts)) >= LONG_PARAGRAPH:
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


def _has_text(cell: GridCell) -> bool:
    return any(
        bool(item.text.strip()) if isinstance(item, Text) else any(_has_text(inner) for inner in item.cells)
        for item in cell.items
    )


def _plain(items: list[Item]) -> str:
    """The text of a cell: its paragraphs, and the cells of a decorative inner table, a line each."""
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
    return [
        GridCell(
            row=bisect_left(rows, cell.row),
            column=bisect_left(columns, cell.column),
            rowspan=_real_span(rows, cell.row, cell.rowspan),
            colspan=_real_span(columns, cell.column, cell.colspan),
            items=cell.items,
        )
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
    ]


def _real_span(lines: list[int], start: int, span: int) -> int:
    return 1 if span == 1 else bisect_left(lines, start + span) - bisect_left(lines, start)
