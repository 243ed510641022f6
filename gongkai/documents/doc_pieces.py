"""Where the text of an old Word file lies: its header (FIB) and piece table [MS-DOC 2.5, 2.8.35, 2.9.38]."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents import ole
from gongkai.documents.ole import Container
from gongkai.errors import UnreadableDocument

MOST_CHARACTERS = 5_000_000
"""Characters of one file; a report has 5,000 to 50,000."""

_WORD_97, _WORD_6 = 0xA5EC, (0xA5DC, 0xA5DB)
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS, _SPANS = 0x4C, 0x9A
_CLX = 33
_COMPRESSED = 1 << 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: characters [start, end) of the document, at byte `place`, one or two bytes each."""

    start: int
    end: int
    place: int
    width: int
    modifier: int


class WordFile:
    """The streams of a Word 97-2003 file and its text, one character a UTF-16 unit, with the bytes it came from.

    `lengths` counts the characters of the parts that follow each other in `text`: main text, footnotes, headers,
    macros, comments, endnotes, text boxes. Raises UnreadableDocument: damaged, encrypted, unsupported, too_large.
    """

    def __init__(self, container: Container) -> None:
        self.main = container.stream("WordDocument") or b""
        if len(self.main) < _SPANS:
            raise ole.damaged()
        identifier, flags = number(self.main, 0, 2), number(self.main, 0x0A, 2)
        if flags & _ENCRYPTED:
            raise UnreadableDocument(
                "encrypted", "the file is protected by a password: save it without one and submit it again"
            )
        if identifier in _WORD_6:
            raise UnreadableDocument("unsupported", "a file of Word 95 or older: save it as .docx")
        if identifier != _WORD_97:
            raise ole.damaged()
        self._table = container.stream("1Table" if flags & _SECOND_TABLE else "0Table") or b""
        self.lengths = struct.unpack_from("<7I", self.main, _COUNTS)
        self.pieces, self._modifiers = self._read_clx(self.part(_CLX))
        self.text = "".join(map(self._characters, self.pieces))
        self._starts = [piece.start for piece in self.pieces]

    def part(self, index: int, beyond: int = 0) -> bytes:
        """Return the bytes of the table stream that pair `index` of the header names, and up to `beyond` behind."""
        start, size = (number(self.main, _SPANS + 8 * index + offset, 4) for offset in (0, 4))
        return self._table[start : start + size + beyond] if size else b""

    def part_size(self, index: int) -> int:
        """Return how many bytes pair `index` of the header says there are."""
        return number(self.main, _SPANS + 8 * index + 4, 4)

    def place(self, character: int) -> tuple[int, Piece]:
        """Return the byte at which a character of `text` stands, and its piece."""
        piece = self.pieces[bisect_right(self._starts, character) - 1]
        return piece.place + (character - piece.start) * piece.width, piece

    def modifier(self, piece: Piece) -> bytes:
        """Return the properties that a piece lays over those of its paragraphs (fast saving leaves them there)."""
        if piece.modifier & 1:
            index = piece.modifier >> 1
            return self._modifiers[index] if index < len(self._modifiers) else b""
        code = _SHORT_MODIFIERS.get(piece.modifier >> 1 & 0x7F)
        return struct.pack("<HB", code, piece.modifier >> 8) if code else b""

    def _characters(self, piece: Piece) -> str:
        count = piece.end - piece.start
        data = self.main[piece.place : piece.place + count * piece.width]
        if len(data) != count * piece.width:
            raise ole.damaged()
        if piece.width == 1:
            return data.decode("cp1252", errors="replace")
        text = data.decode("utf-16-le", errors="surrogatepass")
        # A character beyond the basic plane counts as two.
        return text if len(text) == count else "".join(map(chr, struct.unpack(f"<{count}H", data)))

    def _read_clx(self, clx: bytes) -> tuple[list[Piece], list[bytes]]:
        modifiers: list[bytes] = []
        at = 0
        while clx[at : at + 1] == b"\x01":
            size = number(clx, at + 1, 2)
            modifiers.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        if clx[at : at + 1] != b"\x02":
            raise ole.damaged()
        plan = clx[at + 5 : at + 5 + number(clx, at + 1, 4)]
        count = (len(plan) - 4) // 12
        if count < 1:
            raise ole.damaged()
        bounds = struct.unpack_from(f"<{count + 1}I", plan)
        if bounds[-1] > MOST_CHARACTERS:
            raise UnreadableDocument(
                "too_large", f"a text of more than {MOST_CHARACTERS} characters is no report: submit the report alone"
            )
        pieces: list[Piece] = []
        for index, (start, end) in enumerate(pairwise(bounds)):
            if start > end or (index == 0 and start != 0):
                raise ole.damaged()
            place, modifier = struct.unpack_from("<IH", plan, 4 * (count + 1) + 8 * index + 2)
            if start == end:
                continue
            if place & _COMPRESSED:
                pieces.append(Piece(start, end, (place & ~_COMPRESSED) // 2, 1, modifier))
            else:
                pieces.append(Piece(start, end, place, 2, modifier))
        if not pieces:
            raise ole.damaged()
        return pieces, modifiers


# What a piece's short modifier stands for [MS-DOC 2.9.215]: only what tells tables and deletions apart.
_SHORT_MODIFIERS = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800}


def number(data: bytes, at: int, size: int) -> int:
    """Return the unsigned little-endian number of `size` bytes at `at`; 0 beyond the end."""
    return int.from_bytes(data[at : at + size], "little")
