"""Draws small PDF files for the tests: text at given places, rules of several kinds, whole tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.documents.model import Block, Cell
from gongkai.documents.pdf import read

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Rows = list[list[str]]

XS: list[float] = [70, 200, 300, 400, 520]
TEXTS: Rows = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "12", "3", "1,204"],
    ["其他", "", "/", "7"],
]


class Drawing:
    """A PDF under way. Coordinates are points from the top left of the page."""

    def __init__(self, size: tuple[float, float] = A4, encrypt: str | None = None) -> None:
        self._stream = BytesIO()
        self.canvas = Canvas(self._stream, pagesize=size, encrypt=encrypt, pageCompression=0)
        self.width, self.height = size

    def text(self, x: float, top: float, text: str, size: float = 12, space: float = 0) -> None:
        """Text whose em box starts at x, top; `space` is added between characters."""
        writer = self.canvas.beginText(x, self.height - top - 0.88 * size)
        writer.setFont(FONT, size)
        writer.setCharSpace(space)
        writer.textOut(text)
        self.canvas.drawText(writer)

    def centred(self, top: float, text: str, size: float = 12) -> None:
        """Text in the middle of the page."""
        self.text((self.width - pdfmetrics.stringWidth(text, FONT, size)) / 2, top, text, size)

    def lines(self, texts: Iterable[str], top: float = 80, x: float = 90, size: float = 16, pitch: float = 28) -> float:
        """Lines below each other; two leading ideographic spaces indent. Returns the top of the line after."""
        for text in texts:
            indent = len(text) - len(text.lstrip("\u3000"))
            self.text(x + indent * size, top, text.lstrip("\u3000"), size)
            top += pitch
        return top

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A stroked line."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def bar(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A line as a thin filled rectangle."""
        half = width / 2
        self.canvas.rect(
            min(x0, x1) - half,
            self.height - max(y0, y1) - half,
            abs(x1 - x0) + width,
            abs(y1 - y0) + width,
            stroke=0,
            fill=1,
        )

    def pieces(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A line as many short segments with gaps of two points."""
        steps = max(int(max(abs(x1 - x0), abs(y1 - y0)) // 10), 1)
        for step in range(steps):
            a, b = step / steps, (step + 1) / steps - 2 / (10 * steps)
            self.rule(x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0), width)

    def double(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A line as two lines, 1.5 points apart."""
        if x0 == x1:
            self.rule(x0 - 0.75, y0, x0 - 0.75, y1, width)
            self.rule(x0 + 0.75, y0, x0 + 0.75, y1, width)
        else:
            self.rule(x0, y0 - 0.75, x1, y0 - 0.75, width)
            self.rule(x0, y0 + 0.75, x1, y0 + 0.75, width)

    def table(
        self,
        xs: list[float],
        ys: list[float],
        texts: Rows,
        line: Callable[..., None] | None = None,
        without: Iterable[str] = (),
        size: float = 10,
    ) -> None:
        """A full grid with a text in each cell; `without` names sides that are not drawn (left, right, top, bottom)."""
        draw = line or self.rule
        for index, y in enumerate(ys):
            if not ((index == 0 and "top" in without) or (index == len(ys) - 1 and "bottom" in without)):
                draw(xs[0], y, xs[-1], y)
        for index, x in enumerate(xs):
            if not ((index == 0 and "left" in without) or (index == len(xs) - 1 and "right" in without)):
                draw(x, ys[0], x, ys[-1])
        for row, cells in enumerate(texts):
            for column, text in enumerate(cells):
                for number, part in enumerate(text.split("\n")):
                    self.text(xs[column] + 3, ys[row] + 4 + number * size * 1.2, part, size)

    def page(self) -> None:
        """Go on to the next page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._stream.getvalue()


def ys(top: float, rows: int, height: float = 24) -> list[float]:
    return [top + index * height for index in range(rows + 1)]


def tables(data: bytes) -> list[Block]:
    return [block for block in read(data).blocks if block.table is not None]


def grid(table: Block) -> Rows:
    """The table's texts by row; a spanned cell once."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [[cell.text for cell in rows[row]] for row in sorted(rows)]


def place(table: Block, text: str) -> tuple[int, int, int, int]:
    cell = next(cell for cell in table.cells if cell.text == text)
    return cell.row, cell.column, cell.rowspan, cell.colspan
