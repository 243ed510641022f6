"""What a report consists of before it becomes a file: headings, paragraphs and tables in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.sample.counts import Key


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the form (一、总体情况), level 2 a part of it (（一）主动公开)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `align` is left (indented by two characters), center or right."""

    text: str
    align: str = "left"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell at its upper left grid position.

    `role` is title, head, label, tall (a label written downwards) or figure; `key` says which figure a cell holds. A
    line break in `text` is printed.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    role: str = "figure"
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table; `widths` are the columns' shares of the text's width, `heads` the rows of its heading.

    `name` is the form's table: disclosure, applications, review or annex.
    """

    cells: tuple[GridCell, ...]
    widths: tuple[float, ...]
    rows: int
    heads: int = 0
    name: str = ""

    def by_row(self) -> list[list[GridCell]]:
        """The cells that begin in each row, from left to right."""
        found: list[list[GridCell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            found[cell.row].append(cell)
        return found


Part = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Content:
    """A report ready to be written. `title` stands at its head in one or more lines.

    `publisher` is the office that put it on the web site `site` (the host's own part) of the city or province `place`.
    `style` is the kind of page that this site makes. `look` numbers the habits of layout: each writer takes its own
    variety from it. `neighbours` are the titles of other reports. `traits` are the layouts of the test bed that a
    writer follows (data/sample/traits.toml); an ordinary sample has none. `struck`
    is a sentence that tracked changes struck out, {number} in it being no figure.
    """

    title: tuple[str, ...]
    parts: tuple[Part, ...]
    agency: str
    publisher: str
    published_on: date
    site: str
    style: str
    look: int
    place: str
    neighbours: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    struck: str = ""
