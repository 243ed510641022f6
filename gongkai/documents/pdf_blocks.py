"""From the pages of a document to its blocks: the seam between file formats of fixed layout and their reading.

A reader (PDF, OFD, recognised pictures) gives one `Page` a page, in order, with

- `chars`: each visible character (`Char`) with its box, baseline and size, in the order of the file's content (runs of
  characters drawn one after the other are kept together by it); `source` numbers the object that drew it, so that a
  character printed twice (false bold) is one. `turn` is 0 for upright text.
- `horizontals`, `verticals`: the ruling lines (`Rule`), in any order, in as many pieces as they are drawn.
- `width`, `height` in points, `number` from 1.

`blocks_of` does the rest: turns sideways pages, finds tables (ruled or aligned), drops page furniture, orders columns,
joins lines into paragraphs and tables over page breaks.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block
from gongkai.documents.pdf_furniture import drop_furniture
from gongkai.documents.pdf_layout import absorb_overflow, lay_out, sheets_of
from gongkai.documents.pdf_model import Page, straightened
from gongkai.documents.pdf_paragraphs import write


def blocks_of(pages: Iterable[Page]) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of a document in reading order, and the address that a browser printed on its pages (if any)."""
    sheets = sheets_of([straightened(page) for page in pages])
    address = drop_furniture(sheets)
    absorb_overflow(sheets)
    builder = BlockBuilder()
    write(lay_out(sheets), builder)
    return builder.blocks, address
