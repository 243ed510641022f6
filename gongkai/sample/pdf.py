"""Write a report as a PDF as offices print it: A4, song type, ruled tables that break over pages, numbered pages.

The traits of the test bed change that: landscape, no_rules, three_rules, rows_over_pages, printed_page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.sample.content import Content, Grid, GridCell, Heading

_FONT = "STSong-Light"
"""One of Adobe's Asian fonts: named in the file, not embedded; every viewer puts its own song type in its place."""
_LEFT, _TOP, _BOTTOM = 79.0, 92.0, 88.0
_MARGIN, _MARGIN_SIZE = 24.0, 8.0
"""Where a browser prints its line above and below the page, and how large."""
_SIZE, _LEADING = 14.0, 25.0
_CELL_SIZE, _CELL_LEADING, _CELL_PAD = 10.0, 12.5, 3.0
_NOT_FIRST = frozenset("，。、；：？！）》”’％%")
"""Marks that may not begin a line."""
_NOT_LAST = frozenset("（《〔“‘")
"""Marks that may not end a line."""


def write_pdf(content: Content) -> bytes:
    """The file's bytes, the same for the same content: fixed dates and ids."""
    _register()
    buffer = io.BytesIO()
    size = (A4[1], A4[0]) if "landscape" in content.traits else A4
    writer = _Writer(Canvas(buffer, pagesize=size, invariant=1, pageCompression=1), content)
    writer.canvas.setTitle("".join(content.title))
    writer.canvas.setAuthor(content.publisher)
    if content.saved:
        writer.canvas.setKeywords(content.saved)
    for line in content.title:
        writer.line(line, 20.0, 34.0, "center")
    writer.skip(12)
    for part in content.parts:
        if isinstance(part, Grid):
            writer.grid(part)
        elif isinstance(part, Heading):
            writer.paragraph(part.text, bold=part.level == 1)
        else:
            writer.paragraph(part.text, part.align)
    writer.finish()
    return buffer.getvalue()


@cache
def _register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    # Streams as they are: writing them as letters takes a fifth of the time, and as much of the space.
    rl_config.useA85 = 0


@cache
def _advance(character: str) -> float:
    """A character's width at size 1."""
    return float(pdfmetrics.stringWidth(character, _FONT, 1000)) / 1000


def _wrapped(text: str, size: float, width: float, indent: float = 0.0) -> Iterator[str]:
    """Break `text` into lines of at most `width`; numbers stay whole, closing marks do not begin a line."""
    line, used = "", indent
    for word in _words(text):
        advance = sum(map(_advance, word)) * size
        if line and used + advance > width and word not in _NOT_FIRST:
            yield line
            line, used = "", 0.0
        line += word
        used += advance
    if line:
        yield line


def _words(text: str) -> Iterator[str]:
    """Single characters, but a run of digits and Latin letters together, and an opening mark with what it opens."""
    word = ""
    for character in text:
        if character.isascii() and not character.isspace():
            word += character
            continue
        if word and word[-1] not in _NOT_LAST:
            yield word
            word = ""
        word += character
        if character not in _NOT_LAST:
            yield word
            word = ""
    if word:
        yield word


class _Writer:
    """Writes from the top of the first page down; owns the page and the place on it, measured from the page's top."""

    def __init__(self, canvas: Canvas, content: Content) -> None:
        self.canvas, self.content, self.traits = canvas, content, content.traits
        self.repeat = content.look % 3 == 0
        self.width, self.height = canvas._pagesize
        self.text, self.floor = self.width - 2 * _LEFT, self.height - _BOTTOM
        self.page, self.y = 1, _TOP

    def skip(self, height: float) -> None:
        """Leave some space."""
        self.y += height

    def finish(self) -> None:
        """Close the last page and the file."""
        self._number()
        self.canvas.showPage()
        self.canvas.save()

    def line(self, text: str, size: float, leading: float, align: str, indent: float = 0.0, bold: bool = False) -> None:
        """One line of text; a new page first where none is left on this one."""
        if self.y + leading > self.floor:
            self._turn()
        width = sum(map(_advance, text)) * size
        x = {"left": _LEFT + indent, "center": (self.width - width) / 2, "right": self.width - _LEFT - width}[align]
        self._draw(x, self.y + (leading + size) / 2 - 2, text, size, bold)
        self.y += leading

    def paragraph(self, text: str, align: str = "left", bold: bool = False) -> None:
        """A paragraph, its first line indented by two characters."""
        indent = 2 * _SIZE if align == "left" else 0.0
        for line in _wrapped(text, _SIZE, self.text, indent):
            self.line(line, _SIZE, _LEADING, align, indent, bold)
            indent = 0.0

    def grid(self, grid: Grid) -> None:
        """A table, broken between rows; a cell that spans the break is drawn on both pages, its text on one.

        With rows_over_pages the break comes within a row: what does not fit of its lines stands on the next page.
        """
        edges = [_LEFT + self.text * share for share in accumulate((0.0, *grid.widths))]
        heights = _row_heights(grid, edges)
        self.skip(4)
        divided = self._divided(grid, edges, heights) if "rows_over_pages" in self.traits else None
        start = 0
        while start < grid.rows:
            heads = grid.heads if self.repeat and start else 0
            room = self.floor - self.y - sum(heights[:heads])
            end = start
            while end < grid.rows and end != divided and sum(heights[start : end + 1]) <= room:
                end += 1
            # The heading of a table is not left alone at the foot of a page.
            if end < min(grid.rows, start + (grid.heads + 2 if start == 0 else 1)) and self.y > _TOP + 1:
                self._turn()
                continue
            if end == divided and start < end:
                grid, heights = self._divide(grid, edges, heights, end)
                end, divided = end + 1, None
            end = max(end, start + 1)
            if heads:
                self._rows(grid, edges, heights, 0, heads)
            self._rows(grid, edges, heights, start, end)
            start = end
            if start < grid.rows:
                self._turn()
        self.skip(10)

    def _divided(self, grid: Grid, edges: list[float], heights: list[float]) -> int | None:
        """Leave so much space that the page ends after the first line of some row; null where no row lends itself."""
        for row in range(grid.heads + 2, grid.rows - 1):
            own = [cell for cell in grid.cells if cell.row == row]
            many = any(len(_cell_lines(cell, self._inner(cell, edges))) > 1 for cell in own if cell.rowspan == 1)
            above = self.floor - (self.y + sum(heights[:row]) + _CELL_LEADING + 2 * _CELL_PAD)
            if many and above >= 0 and all(cell.rowspan == 1 for cell in own):
                self.skip(above)
                return row
        return None

    def _divide(self, grid: Grid, edges: list[float], heights: list[float], row: int) -> tuple[Grid, list[float]]:
        """The grid with `row` in two: the first line of each cell, and the rest."""
        cells = []
        for cell in grid.cells:
            if cell.row < row < cell.row + cell.rowspan:
                cell = replace(cell, rowspan=cell.rowspan + 1)
            elif cell.row == row:
                first, *more = _cell_lines(cell, self._inner(cell, edges)) or [""]
                cells.append(replace(cell, row=row + 1, text="".join(more)))
                cell = replace(cell, text=first)
            elif cell.row > row:
                cell = replace(cell, row=cell.row + 1)
            cells.append(cell)
        first_height = _CELL_LEADING + 2 * _CELL_PAD
        rest = max(20.0, heights[row] - _CELL_LEADING)
        return replace(grid, cells=tuple(cells), rows=grid.rows + 1), [
            *heights[:row], first_height, rest, *heights[row + 1 :]
        ]  # fmt: skip

    def _inner(self, cell: GridCell, edges: list[float]) -> float:
        return edges[cell.column + cell.colspan] - edges[cell.column]

    def _rows(self, grid: Grid, edges: list[float], heights: list[float], start: int, end: int) -> None:
        """Draw the rows from `start` up to `end` here, and move below them."""
        tops = list(accumulate(heights[start:end], initial=self.y))
        ruled = not {"no_rules", "three_rules"} & self.traits
        for cell in grid.cells:
            first, last = max(cell.row, start), min(cell.row + cell.rowspan, end)
            if first >= last:
                continue
            left, right = edges[cell.column], edges[cell.column + cell.colspan]
            top, bottom = tops[first - start], tops[last - start]
            if ruled:
                self.canvas.rect(left, self.height - bottom, right - left, bottom - top)
            # A cell over a page break shows its text where most of it stands.
            if 2 * sum(heights[first:last]) >= sum(heights[cell.row : cell.row + cell.rowspan]):
                self._cell(cell, left, right, top, bottom)
        if "three_rules" in self.traits:
            for row in (0, grid.heads, grid.rows):
                if start <= row <= end:
                    y = self.height - tops[row - start]
                    self.canvas.line(edges[0], y, edges[-1], y)
        self.y = tops[-1]

    def _cell(self, cell: GridCell, left: float, right: float, top: float, bottom: float) -> None:
        lines = _cell_lines(cell, right - left)
        y = (top + bottom - _CELL_LEADING * len(lines)) / 2
        for line in lines:
            width = sum(map(_advance, line)) * _CELL_SIZE
            x = left + _CELL_PAD if cell.role == "label" else (left + right - width) / 2
            y += _CELL_LEADING
            self._draw(x, y - 3, line, _CELL_SIZE, bold=cell.role == "title")

    def _draw(self, x: float, y: float, text: str, size: float, bold: bool) -> None:
        line = self.canvas.beginText(x, self.height - y)
        line.setFont(_FONT, size)
        if bold:
            # The font has no bold cut: fill and stroke, as word processors do.
            line.setTextRenderMode(2)
            self.canvas.setLineWidth(0.4)
        line.textOut(text)
        if bold:
            line.setTextRenderMode(0)
        self.canvas.drawText(line)
        self.canvas.setLineWidth(0.6)

    def _turn(self) -> None:
        self._number()
        self.canvas.showPage()
        self.canvas.setLineWidth(0.6)
        self.page, self.y = self.page + 1, _TOP

    def _number(self) -> None:
        if "printed_page" in self.traits:
            self._browser()
            return
        text = f"- {self.page} -"
        self._draw((self.width - sum(map(_advance, text)) * 12) / 2, self.height - 56, text, 12.0, bold=False)

    def _browser(self) -> None:
        """What a browser prints at the margins: when, what, from where, which page."""
        day = self.content.published_on
        title = "".join(self.content.title)
        address = f"http://www.{self.content.site}.example/zwgk/zfxxgk/nb/{day:%Y%m}/t{day:%Y%m%d}.html"
        above = (f"{day.year}/{day.month}/{day.day} 09:{self.content.look % 60:02d}", title)
        below = (address, f"{self.page}/{6 + self.content.look % 3}")
        for (left, right), y in ((above, _MARGIN), (below, self.height - _MARGIN)):
            self._draw(_MARGIN, y, left, _MARGIN_SIZE, bold=False)
            width = sum(map(_advance, right)) * _MARGIN_SIZE
            self._draw(self.width - _MARGIN - width, y, right, _MARGIN_SIZE, bold=False)


def _cell_lines(cell: GridCell, width: float) -> list[str]:
    if cell.role == "tall":
        return list(cell.text)
    lines = cell.text.split("\n")
    return [line for text in lines for line in _wrapped(text, _CELL_SIZE, width - 2 * _CELL_PAD)]


def _row_heights(grid: Grid, edges: list[float]) -> list[float]:
    """Every row as high as its own cells need; the last row of a spanning cell takes what it lacks."""
    heights = [20.0] * grid.rows
    for cell in sorted(grid.cells, key=lambda cell: cell.rowspan):
        lines = _cell_lines(cell, edges[cell.column + cell.colspan] - edges[cell.column])
        needed = len(lines) * _CELL_LEADING + 2 * _CELL_PAD
        last = cell.row + cell.rowspan - 1
        lacking = needed - sum(heights[cell.row : last + 1])
        if lacking > 0:
            heights[last] += lacking
    return heights
