"""Where a figure stands in the document on the screen: stretches of text, cells of a table, rectangles on a PDF page.

Pure functions of the stored Document. Texts stay plain strings here; the component that shows them (source_view.js)
sets them as text, never as markup.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.documents.model import Block, Box, Cell, Document, Kind

MARK_MARGIN = 1.5
"""Points added around a rectangle, so that the frame does not cut through the characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a block with a stretch of its text, or a cell of its grid; on a PDF page a box.

    Every part may be missing: a field read from the file's properties has no block, an imported figure no document.
    """

    block: int | None = None
    start: int | None = None
    end: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    box: Box | None = None

    @property
    def in_document(self) -> bool:
        """Whether there is anything to mark."""
        return self.block is not None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a block's text and the keys of the marks that cover it (none: plain text)."""

    text: str
    keys: tuple[str, ...]


def segments(text: str, spans: Iterable[tuple[str, int, int]]) -> list[Segment]:
    """Cut `text` at the borders of `spans` (key, start, end in code points); spans may overlap and may lie outside.

    The texts of the segments joined are always `text`.
    """
    length = len(text)
    clipped = [(key, max(0, start), min(length, end)) for key, start, end in spans]
    clipped = [span for span in clipped if span[1] < span[2]]
    borders = sorted({0, length, *(start for _, start, _ in clipped), *(end for _, _, end in clipped)})
    return [
        Segment(text[left:right], tuple(key for key, start, end in clipped if start <= left and right <= end))
        for left, right in itertools.pairwise(borders)
    ]


def covering_cell(block: Block, row: int, column: int) -> Cell | None:
    """The cell that covers a grid position, spans included; null where the grid has none."""
    for cell in block.cells:
        if cell.row <= row < cell.row + cell.rowspan and cell.column <= column < cell.column + cell.colspan:
            return cell
    return None


def page_boxes(document: Document, place: Place) -> dict[int, list[Box]]:
    """The rectangles to draw per page (points, from the page's top left) for one place of a PDF.

    A cell's own box comes first, then the printed lines of the words, then the box that the evidence carries.
    """
    block = _block(document, place.block)
    found: dict[int, list[Box]] = {}
    if block is not None and block.kind is Kind.TABLE and place.row is not None and place.column is not None:
        cell = covering_cell(block, place.row, place.column)
        page = (cell.page if cell is not None else None) or place.page or block.page
        if cell is not None and cell.box is not None and page is not None:
            return {page: [cell.box]}
    if block is not None and place.start is not None and place.end is not None:
        for line in block.lines:
            start, end = max(line.start, place.start), min(line.end, place.end)
            if start < end:
                part = part_of_line(block.text[line.start : line.end], line.box, start - line.start, end - line.start)
                found.setdefault(line.page, []).append(part)
    if not found and place.box is not None and place.page is not None:
        found[place.page] = [place.box]
    return found


def part_of_line(text: str, box: Box, start: int, end: int) -> Box:
    """The part of a printed line's box that characters [start, end) take, judged by their printed widths.

    Chinese characters are set one em wide, digits and Latin letters about half of that.
    """
    widths = [_width(character) for character in text]
    total = sum(widths)
    if total <= 0:
        return box
    left, top, right, bottom = box
    scale = (right - left) / total
    return (left + sum(widths[:start]) * scale, top, left + sum(widths[:end]) * scale, bottom)


def as_fractions(box: Box, width: float, height: float) -> tuple[float, float, float, float]:
    """A box in points as left, top, width, height in fractions (0-1) of the page, with the mark's margin, clipped."""
    left = min(max(box[0] - MARK_MARGIN, 0.0), width)
    top = min(max(box[1] - MARK_MARGIN, 0.0), height)
    right = min(max(box[2] + MARK_MARGIN, left), width)
    bottom = min(max(box[3] + MARK_MARGIN, top), height)
    return (
        round(left / width, 5),
        round(top / height, 5),
        round((right - left) / width, 5),
        round((bottom - top) / height, 5),
    )


def first_page(document: Document, place: Place) -> int | None:
    """The PDF page on which a place stands; null when it is not known."""
    boxes = page_boxes(document, place)
    if boxes:
        return min(boxes)
    block = _block(document, place.block)
    return place.page or (block.page if block is not None else None)


def by_block(places: Mapping[str, Sequence[Place]]) -> dict[int, list[tuple[str, Place]]]:
    """All marks (key → places) grouped by the block in which they stand; what stands in no block is left out."""
    grouped: dict[int, list[tuple[str, Place]]] = {}
    for key, several in places.items():
        for place in several:
            if place.block is not None:
                grouped.setdefault(place.block, []).append((key, place))
    return grouped


def block_payload(block: Block, marks: Sequence[tuple[str, Place]]) -> dict[str, object]:
    """A block as plain data for the component: its text cut into marked segments, or its cells with their marks.

    `marks` are the (key, place) of this block, as `by_block` groups them.
    """
    common: dict[str, object] = {"block": block.index, "page": block.page}
    if block.kind is not Kind.TABLE:
        kind = "heading" if block.kind is Kind.HEADING else "paragraph"
        return {**common, "kind": kind, "segments": _payload(segments(block.text, _spans(marks)))}
    keys: dict[tuple[int, int], list[str]] = {}
    for key, place in marks:
        if place.row is not None and place.column is not None:
            cell = covering_cell(block, place.row, place.column)
            if cell is not None:
                keys.setdefault((cell.row, cell.column), []).append(key)
    words = [(key, place) for key, place in marks if place.row is None and place.start is not None]
    cells: list[dict[str, object]] = []
    for cell, offset in zip(block.cells, cell_offsets(block) if words else [0] * len(block.cells), strict=True):
        inside = segments(cell.text, _cell_spans(cell.text, offset, _spans(words))) if words else []
        parts = inside or [Segment(cell.text, ())]
        cells.append(
            {
                "row": cell.row,
                "column": cell.column,
                "rowspan": cell.rowspan,
                "colspan": cell.colspan,
                "segments": _payload(parts),
                "keys": keys.get((cell.row, cell.column), []),
            }
        )
    return {**common, "kind": "table", "rows": block.rows, "columns": block.columns, "cells": cells}


def cell_offsets(block: Block) -> list[int]:
    """Where each cell of a table starts in the block's text (see Block: tab between cells, line break between rows)."""
    offsets: list[int] = []
    position = 0
    for cell in block.cells:
        offsets.append(position)
        position += len(" ".join(cell.text.split())) + 1
    return offsets


def _spans(marks: Sequence[tuple[str, Place]]) -> list[tuple[str, int, int]]:
    return [(key, place.start, place.end) for key, place in marks if place.start is not None and place.end is not None]


def _cell_spans(text: str, offset: int, spans: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Spans of the table's text that fall into one cell, as positions in the cell's own, not yet collapsed text."""
    positions = [index for index, _ in _collapsed(text)]
    found = []
    for key, start, end in spans:
        left, right = max(0, start - offset), min(len(positions), end - offset)
        if left < right:
            found.append((key, positions[left], positions[right - 1] + 1))
    return found


def _collapsed(text: str) -> list[tuple[int, str]]:
    """The characters of `" ".join(text.split())`, each with its position in `text`."""
    kept: list[tuple[int, str]] = []
    for index, character in enumerate(text):
        if not character.isspace():
            kept.append((index, character))
        elif kept and kept[-1][1] != " ":
            kept.append((index, " "))
    if kept and kept[-1][1] == " ":
        kept.pop()
    return kept


def _payload(parts: Sequence[Segment]) -> list[dict[str, object]]:
    return [{"text": part.text, "keys": list(part.keys)} for part in parts]


def _block(document: Document, index: int | None) -> Block | None:
    if index is None or not 0 <= index < len(document.blocks):
        return None
    return document.blocks[index]


def _width(character: str) -> float:
    if character in "\r\n" or unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in ("W", "F", "A") else 0.5
