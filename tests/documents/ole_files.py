"""Compound files, old Word and old Excel files for tests, made byte by byte so that every variant can be written."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SECTOR = 512
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def container(streams: Mapping[str, bytes], embedded: Mapping[str, bytes] | None = None) -> bytes:
    """A compound file of `streams`, with those of an embedded object in a storage of its own."""
    entries: list[tuple[str, int, bytes]] = [("Root Entry", _ROOT, b"")]
    entries += [(name, _STREAM, data) for name, data in streams.items()]
    outer = len(entries)
    if embedded:
        entries.append(("ObjectPool", _STORAGE, b""))
        entries += [(name, _STREAM, data) for name, data in embedded.items()]
    table: list[int] = []
    body = b""
    starts: list[int] = []
    for _, kind, data in entries:
        # Streams of less than 4096 bytes would lie elsewhere: filled up, they do not.
        data = data.ljust(4096, b"\x00") if kind == _STREAM else b""
        starts.append(_chain(table, len(data)))
        body += data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\x00")
    directory = b""
    for index, (name, kind, data) in enumerate(entries):
        last = index in (0, outer if embedded else outer - 1, len(entries) - 1)
        child = {0: 1 if len(entries) > 1 else _NONE, outer: outer + 1}.get(index, _NONE) if kind != _STREAM else _NONE
        encoded = name.encode("utf-16-le")
        directory += encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
        directory += struct.pack("<III", _NONE, _NONE if last else index + 1, child) + bytes(36)
        size = max(len(data), 4096) if kind == _STREAM else 0
        directory += struct.pack("<IQ", starts[index] if kind == _STREAM else 0 if kind == _STORAGE else _END, size)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\x00")
    first = _chain(table, len(directory))
    body += directory
    count = 1
    while count * 128 < len(table) + count:
        count += 1
    at = len(table)
    table += [_FAT] * count
    fat = struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", count, first, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(at, at + count), *[_FREE] * (109 - count))
    return header + body + fat


def _chain(table: list[int], size: int) -> int:
    """Add a chain of sectors for `size` bytes; return its first one."""
    first, count = len(table), -(-size // SECTOR)
    if count == 0:
        return _END
    table += [first + index + 1 for index in range(count - 1)]
    table.append(_END)
    return first


@dataclass
class Part:
    """Some text of an old Word file, ended by its mark, with the modifiers of its characters and its paragraph."""

    text: str
    paragraph: bytes = b""
    characters: bytes = b""
    style: int = 0


@dataclass
class WordFile:
    """An old Word file. `narrow`: pieces whose text is written with one byte a character."""

    parts: Sequence[Part]
    narrow: frozenset[int] = frozenset()
    modifiers: Mapping[int, bytes] = field(default_factory=dict)
    styles: bytes = b""
    data: bytes = b""
    lists: bytes = b""
    list_levels: bytes = b""
    overrides: bytes = b""
    identifier: int = 0xA5EC
    flags: int = 0x0200
    footnotes: int = 0
    headers: int = 0
    properties: bool = True
    streams: Mapping[str, bytes] = field(default_factory=dict)

    def bytes(self) -> bytes:
        """The file: header, text, a page of character and one of paragraph properties for each part."""
        main, places, length = bytearray(2048), [], 0
        pieces: list[tuple[int, int, int]] = []
        for index, part in enumerate(self.parts):
            narrow = index in self.narrow
            raw = part.text.encode("cp1252") if narrow else part.text.encode("utf-16-le")
            places.append(len(main))
            size = len(raw) if narrow else len(raw) // 2
            modifier = 2 * sorted(self.modifiers).index(index) + 1 if index in self.modifiers else 0
            pieces.append((length, (2 * len(main) | 1 << 30) if narrow else len(main), modifier))
            main += raw + (bytes(1) if narrow and len(raw) % 2 else b"")
            length += size
        places.append(len(main))
        main += bytes(-len(main) % SECTOR)
        plans = []
        for kind in ("characters", "paragraph"):
            pages = []
            for part, (start, end) in zip(self.parts, pairwise(places), strict=True):
                pages.append(len(main) // SECTOR)
                main += _page(part, kind, start, end)
            plans.append(struct.pack(f"<{len(places)}I", *places) + struct.pack(f"<{len(pages)}I", *pages))
        clx = b"".join(b"\x01" + struct.pack("<H", len(m)) + m for _, m in sorted(self.modifiers.items()))
        plan = struct.pack(f"<{len(pieces) + 1}I", *[start for start, _, _ in pieces], length)
        plan += b"".join(struct.pack("<HIH", 0, place, modifier) for _, place, modifier in pieces)
        clx += b"\x02" + struct.pack("<I", len(plan)) + plan
        table = bytearray(16)
        spans = {33: clx, 1: self.styles, 73: self.lists, 74: self.overrides}
        spans |= {12: plans[0], 13: plans[1]} if self.properties else {}
        struct.pack_into("<HH", main, 0, self.identifier, 0xC1)
        struct.pack_into("<H", main, 0x0A, self.flags)
        lengths = (length - self.footnotes - self.headers, self.footnotes, self.headers)
        struct.pack_into("<III", main, 0x4C, *lengths)
        for number, content in spans.items():
            struct.pack_into("<II", main, 0x9A + 8 * number, len(table), len(content))
            table += content + (self.list_levels if number == 73 else b"")
        name = "1Table" if self.flags & 0x0200 else "0Table"
        return container({"WordDocument": bytes(main), name: bytes(table), "Data": self.data, **self.streams})


def _page(part: Part, kind: str, start: int, end: int) -> bytes:
    """A page of properties with one stretch."""
    page = bytearray(SECTOR)
    struct.pack_into("<II", page, 0, start, end)
    if kind == "characters":
        page[8] = 16
        entry = bytes([len(part.characters)]) + part.characters
        page[32 : 32 + len(entry)] = entry
    else:
        entry = struct.pack("<H", part.style) + part.paragraph
        entry += bytes(len(entry) % 2)
        page[8] = 16
        page[32 : 34 + len(entry)] = bytes([0, len(entry) // 2]) + entry
    page[-1] = 1
    return bytes(page)


IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x17\x24\x01"


def cell(text: str) -> Part:
    """A table cell."""
    return Part(f"{text}\x07", IN_TABLE)


def row_end(borders: Sequence[int], down: Sequence[int] = (), across: Sequence[int] = ()) -> Part:
    """A row's end mark; `down` and `across` are the merge flags of its cells."""
    count = len(borders) - 1
    flags = [
        (down[index] << 5 if index < len(down) else 0) | (across[index] if index < len(across) else 0)
        for index in range(count)
    ]
    body = bytes([count]) + struct.pack(f"<{count + 1}h", *borders)
    body += b"".join(struct.pack("<H", flag) + bytes(18) for flag in flags)
    return Part("\x07", IN_TABLE + ROW_END + b"\x08\xd6" + struct.pack("<H", len(body) + 1) + body)
