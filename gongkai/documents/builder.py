"""Builds the blocks of a document in reading order: numbers blocks and tables, and gives tables their text."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.documents.model import Block, Cell, Kind, Line


class BlockBuilder:
    """Collects blocks in reading order. Empty paragraphs and tables without any text are dropped."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._tables = 0

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks collected so far."""
        return tuple(self._blocks)

    def heading(self, text: str, page: int | None = None, lines: Iterable[Line] = (), pictures: int = 0) -> None:
        """Add a heading."""
        self._add_text(Kind.HEADING, text, page, tuple(lines), pictures)

    def paragraph(self, text: str, page: int | None = None, lines: Iterable[Line] = (), pictures: int = 0) -> None:
        """Add a paragraph; with `lines`, `text` must already be free of outer white space (offsets count on it)."""
        self._add_text(Kind.PARAGRAPH, text, page, tuple(lines), pictures)

    def table(self, cells: Iterable[Cell], page: int | None = None, ruled: bool = True) -> None:
        """Add a table given by its cells (each at its upper left grid position)."""
        ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
        if not any(cell.text.strip() for cell in ordered):
            return
        rows: dict[int, list[str]] = {}
        for cell in ordered:
            rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
        block = Block(
            index=len(self._blocks),
            kind=Kind.TABLE,
            text="\n".join("\t".join(texts) for texts in rows.values()),
            page=page,
            table=self._tables,
            rows=max(cell.row + cell.rowspan for cell in ordered),
            columns=max(cell.column + cell.colspan for cell in ordered),
            cells=ordered,
            ruled=ruled,
        )
        self._tables += 1
        self._blocks.append(block)

    def _add_text(self, kind: Kind, text: str, page: int | None, lines: tuple[Line, ...], pictures: int) -> None:
        if not lines:
            text = text.strip()
        if text.strip():
            self._blocks.append(Block(len(self._blocks), kind, text, page, lines=lines, pictures=pictures))
