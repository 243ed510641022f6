"""Lines of a table's head that a page break cut from it, moved right above what the next page goes on with."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.model import Box
from gongkai.documents.pdf_furniture import Row
from gongkai.documents.pdf_lines import Piece, piece_of
from gongkai.documents.pdf_model import Page

APART = 2.0
"""Em of white between the moved lines and the next page's first one: no heading goes on over the page break."""


@dataclass(frozen=True, slots=True)
class Above:
    """Lines in the reading position of the next page, by how many points they were moved down, and their own page."""

    rows: list[Row]
    by: float
    page: Page

    def place(self, pieces: list[Piece]) -> tuple[Page, Box] | None:
        """Page and box (where they really stand) of those pieces that were moved; None if there are none."""
        limit = max(row.line.bottom for row in self.rows)
        own = [piece for piece in pieces if piece.bottom <= limit]
        if not own:
            return None
        left, right = min(piece.left for piece in own), max(piece.right for piece in own)
        return self.page, (left, min(p.top for p in own) - self.by, right, max(p.bottom for p in own) - self.by)


def moved_above(rows: list[Row], page: Page, first: Row) -> Above:
    """The last lines of a `page` moved right above the `first` line of the next one."""
    by = first.line.top - APART * first.line.size - max(row.line.bottom for row in rows)
    return Above([Row(_moved(row.line, by), [_moved(piece, by) for piece in row.pieces]) for row in rows], by, page)


def _moved(piece: Piece, by: float) -> Piece:
    return piece_of(
        [char._replace(top=char.top + by, bottom=char.bottom + by, base=char.base + by) for char in piece.chars]
    )
