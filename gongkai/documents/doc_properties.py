"""Properties of paragraphs and characters of an old Word file: which rows and cells, which style, what is deleted.

They are stored as lists of modifiers (`sprm`, a code and an operand) in pages of 512 bytes, each page for a stretch
of the text's bytes [MS-DOC 2.6, 2.9.33, 2.9.174, 2.9.175].
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from gongkai.documents.doc_pieces import WordFile, number

_CHARACTER_PAGES, _PARAGRAPH_PAGES = 12, 13
_PAGE = 512
# Bytes of all properties that did not fit into their page; a table's definition takes some 500.
_MOST_HUGE = 16 * 1024 * 1024
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
# Stretches of one kind; a report has hundreds to thousands.
_MOST_RUNS = 300_000
_CELL_BYTES = 20

_STYLE, _OUTLINE, _LIST, _LIST_LEVEL = 0x4600, 0x2640, 0x460B, 0x260A
_IN_TABLE, _ROW_END, _DEPTH, _DEPTH_CHANGE, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x664A, 0x244B, 0x244C
_ROW, _VERTICAL_MERGE, _TAB_CHANGES = 0xD608, 0xD62B, 0xC615
_HUGE = (0x6645, 0x6646, 0x646B)
_DELETED, _HIDDEN, _SYMBOL, _CHARACTER_STYLE = 0x0800, 0x083C, 0x6A09, 0x4A30


@dataclass(frozen=True, slots=True)
class Row:
    """A table row as its end mark defines it: the cells' borders in twips from the left, and how cells merge.

    `across[i]`: the cell continues the one to its left; `down[i]`: 0 alone, 1 continues the cell above, 3 begins.
    """

    borders: tuple[int, ...]
    across: tuple[bool, ...]
    down: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is known of a paragraph. `known` is false where the file's properties cannot be read."""

    known: bool = True
    style: int = 0
    outline: int | None = None
    list: int | None = None
    list_level: int | None = None
    depth: int = 0
    cell_end: bool = False
    row_end: bool = False
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Characters:
    """What is known of a run of characters: deleted by a tracked change, hidden, a symbol's code in its font.

    `style`: the number of its character style, null for none.
    """

    deleted: bool = False
    hidden: bool = False
    style: int | None = None
    symbol: str = ""


@dataclass(slots=True)
class _Runs:
    """Stretches of bytes that do not overlap, in order, and the modifiers of each."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)


class Properties:
    """Looks up the properties of a file's paragraphs and characters."""

    def __init__(self, file: WordFile, data: bytes) -> None:
        self._file = file
        self._data = data
        self._left = _MOST_HUGE
        self._paragraphs = _runs(file, _PARAGRAPH_PAGES, _paragraph_entry)
        self._characters = _runs(file, _CHARACTER_PAGES, _character_entry)
        # A document has few different sets of properties: each is read once.
        self._read: dict[tuple[bytes, bytes], Paragraph] = {}
        self._read_characters: dict[bytes, Characters] = {}

    def paragraph(self, mark: int) -> Paragraph:
        """Return the properties of the paragraph that ends with character `mark`."""
        place, piece = self._file.place(mark)
        entry = _find(self._paragraphs, place)
        key = (entry or b"", self._file.modifier(piece))
        if key not in self._read:
            found = self._paragraph(*key)
            self._read[key] = found if entry is not None else replace(found, known=False)
        return self._read[key]

    def characters(self) -> Iterator[tuple[int, int, Characters]]:
        """Give each stretch [start, end) of the text that is deleted, hidden, a symbol or in a character style."""
        runs = self._characters
        for piece in self._file.pieces:
            last = piece.place + (piece.end - piece.start) * piece.width
            over = self._file.modifier(piece)
            index = max(bisect_right(runs.starts, piece.place) - 1, 0)
            while index < len(runs.starts) and runs.starts[index] < last:
                start, end = max(runs.starts[index], piece.place), min(runs.ends[index], last)
                found = self._character(runs.values[index] + over)
                if start < end and found != Characters():
                    yield (
                        piece.start + (start - piece.place) // piece.width,
                        piece.start + -(-(end - piece.place) // piece.width),
                        found,
                    )
                index += 1

    def style_paragraph(self, modifiers: bytes) -> Paragraph:
        """Return what the modifiers of a style say."""
        return self._paragraph(b"\x00\x00" + modifiers, b"")

    def style_hides(self, modifiers: bytes) -> bool:
        """Whether the modifiers of a style's characters hide them."""
        return self._character(modifiers).hidden

    def _character(self, modifiers: bytes) -> Characters:
        if modifiers not in self._read_characters:
            found = Characters()
            for code, operand in _modifiers(modifiers):
                if code == _DELETED:
                    found = replace(found, deleted=operand[0] == 1)
                elif code == _HIDDEN:
                    found = replace(found, hidden=operand[0] in (1, 0x81))
                elif code == _CHARACTER_STYLE:
                    found = replace(found, style=number(operand, 0, 2))
                elif code == _SYMBOL:
                    found = replace(found, symbol=f"{number(operand, 2, 2) | 0xF000:04X}")
            self._read_characters[modifiers] = found
        return self._read_characters[modifiers]

    def _paragraph(self, entry: bytes, over: bytes) -> Paragraph:
        found = Paragraph(style=number(entry, 0, 2))
        depth: int | None = None
        in_table = False
        for code, operand in self._expanded(entry[2:] + over):
            if code == _STYLE:
                found = replace(found, style=number(operand, 0, 2))
            elif code == _OUTLINE:
                found = replace(found, outline=operand[0])
            elif code == _LIST:
                found = replace(found, list=number(operand, 0, 2))
            elif code == _LIST_LEVEL:
                found = replace(found, list_level=operand[0])
            elif code == _IN_TABLE:
                in_table = operand[0] != 0
            elif code == _DEPTH:
                depth = int.from_bytes(operand, "little", signed=True)
            elif code == _DEPTH_CHANGE:
                depth = (depth or 0) + int.from_bytes(operand, "little", signed=True)
            elif code in (_ROW_END, _INNER_ROW_END):
                found = replace(found, row_end=operand[0] != 0)
            elif code == _INNER_CELL:
                found = replace(found, cell_end=operand[0] != 0)
            elif code == _ROW:
                found = replace(found, row=_row(operand))
            elif code == _VERTICAL_MERGE and found.row is not None and len(operand) >= 3:
                down = list(found.row.down)
                if operand[1] < len(down):
                    down[operand[1]] = operand[2] & 3
                    found = replace(found, row=replace(found.row, down=tuple(down)))
        return replace(found, depth=max(depth if depth is not None else 0, int(in_table)))

    def _expanded(self, modifiers: bytes) -> Iterator[tuple[int, bytes]]:
        """Give the modifiers of a paragraph, those that are stored elsewhere for their size in their place."""
        for code, operand in _modifiers(modifiers):
            if code not in _HUGE:
                yield code, operand
                continue
            at = number(operand, 0, 4)
            size = number(self._data, at, 2)
            self._left -= size
            if self._left >= 0:
                yield from _modifiers(self._data[at + 2 : at + 2 + size])


def _modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give code and operand of each modifier; a variable operand begins with its size. Stop where one is cut off."""
    at = 0
    while at + 3 <= len(data):
        code = number(data, at, 2)
        at += 2
        size = _OPERANDS[code >> 13]
        if code == _ROW:
            size = number(data, at, 2) + 1
        elif code == _TAB_CHANGES and data[at] == 0xFF:
            deleted = data[at + 1] if at + 1 < len(data) else 0
            added = number(data, at + 2 + 4 * deleted, 1)
            size = 3 + 4 * deleted + 3 * added
        elif size == 0:
            size = data[at] + 1
        if at + size > len(data):
            return
        yield code, data[at : at + size]
        at += size


def _row(operand: bytes) -> Row | None:
    """Read a row's definition [MS-DOC 2.9.315]: size, number of cells, borders, then 20 bytes for each cell."""
    count = number(operand, 2, 1)
    if count == 0 or len(operand) < 3 + 2 * (count + 1):
        return None
    borders = struct.unpack_from(f"<{count + 1}h", operand, 3)
    first = 3 + 2 * (count + 1)
    flags = [number(operand, first + _CELL_BYTES * index, 2) for index in range(count)]
    return Row(borders, tuple(flag & 3 == 1 for flag in flags), tuple(flag >> 5 & 3 for flag in flags))


def _runs(file: WordFile, index: int, read: Callable[[bytes, int, int], bytes]) -> _Runs:
    """Collect the stretches of all pages of one kind; what is out of order or overlaps is left out."""
    plan = file.part(index)
    count = max((len(plan) - 4) // 8, 0)
    pages = dict.fromkeys(struct.unpack_from(f"<{count}I", plan, 4 * (count + 1)) if count else ())
    found: list[tuple[int, int, bytes]] = []
    for page in pages:
        at = (page & 0x3FFFFF) * _PAGE
        data = file.main[at : at + _PAGE]
        if len(data) < _PAGE:
            continue
        runs = data[-1]
        if 4 * (runs + 1) > _PAGE or len(found) > _MOST_RUNS:
            continue
        bounds = struct.unpack_from(f"<{runs + 1}I", data)
        found.extend((bounds[run], bounds[run + 1], read(data, runs, run)) for run in range(runs))
    result = _Runs()
    for start, end, value in sorted(found):
        if start < end and (not result.ends or start >= result.ends[-1]):
            result.starts.append(start)
            result.ends.append(end)
            result.values.append(value)
    return result


def _paragraph_entry(page: bytes, runs: int, run: int) -> bytes:
    at = 2 * number(page, 4 * (runs + 1) + 13 * run, 1)
    if at == 0:
        return b"\x00\x00"
    if page[at] == 0:
        return page[at + 2 : at + 2 + 2 * number(page, at + 1, 1)]
    return page[at + 1 : at + 2 * page[at]]


def _character_entry(page: bytes, runs: int, run: int) -> bytes:
    at = 2 * number(page, 4 * (runs + 1) + run, 1)
    return page[at + 1 : at + 1 + page[at]] if at else b""


def _find(runs: _Runs, place: int) -> bytes | None:
    index = bisect_right(runs.starts, place) - 1
    return runs.values[index] if index >= 0 and place < runs.ends[index] else None
