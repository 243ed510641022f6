"""What every reader returns: a document as a sequence of blocks, each with its place in the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

Box = tuple[float, float, float, float]
"""A rectangle on a PDF page: left, top, right, bottom in points, origin at the page's top left corner."""

Place = tuple[int, Box]
"""A rectangle on a page, the page counted from 1."""


class Kind(StrEnum):
    """What a block is. A heading is told by the source's own marks (h1-h6, Word styles), else it is a paragraph."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, at its upper left grid position. `text` is as printed, inner line breaks kept as \\n.

    `doubtful`: the rules of a page and the alignment of its text do not agree on the bounds or the text of this cell; a
    figure in it is sure only where the sums prove it.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    box: Box | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a PDF paragraph: code points [start, end) of the block's text, and where they stand."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a table.

    `index` is the block's position in the document (0, 1, ...). `text` of a table is its cells row by row, tab
    between cells and \\n between rows (a spanned cell once, at its upper left position; \\n inside a cell becomes a
    space). `table` counts the document's tables (0, 1, ...), null elsewhere. `ruled` says whether the grid comes from
    the source's own structure (HTML, Word, ruling lines: true) or was guessed from the spacing (false). `pictures`
    counts the pictures behind a text of a page or a Word file that stand where a table might, before the next block.
    """

    index: int
    kind: Kind
    text: str
    page: int | None = None
    table: int | None = None
    rows: int = 0
    columns: int = 0
    cells: tuple[Cell, ...] = ()
    lines: tuple[Line, ...] = ()
    ruled: bool = True
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. `sha256` is of the file's bytes; `format` is told from the content, not from the name.

    `metadata` holds what the source says of itself outside its text, under lower-case keys: HTML <title> and <meta>
    names ("title", "pubdate", "contentsource", "sitename", "url" ...), PDF and Word properties ("title", "author",
    "created"). Values are as printed. `recognised` are the places whose text was recognised in a picture (OCR),
    `unread` the pages or parts that hold pictures which were not.
    """

    name: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    recognised: tuple[Place, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The texts of all blocks, joined by line breaks."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one format returns: the fields of a Document that are the reader's to fill."""

    blocks: tuple[Block, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    pages: int | None = None
    recognised: tuple[Place, ...] = ()
    unread: tuple[str, ...] = ()
