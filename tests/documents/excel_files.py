"""Old Excel files for tests: the records of one workbook, as bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from ole_files import container

Value = str | float | bool
Merge = tuple[int, int, int, int]


def xls(
    sheets: Mapping[str, Mapping[tuple[int, int], Value]],
    merges: Sequence[Merge] = (),
    formats: Mapping[tuple[int, int], str] | None = None,
    hidden: Sequence[str] = (),
    encrypted: bool = False,
    stream: str = "Workbook",
) -> bytes:
    """A workbook. `merges` (first and last row, first and last column) and number `formats` are those of all sheets."""
    formats = formats or {}
    codes = list(dict.fromkeys(formats.values()))
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    if encrypted:
        head += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    head += _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text("Arial", "<B")) * 5
    head += b"".join(_record(0x41E, struct.pack("<H", 164 + n) + _text(code)) for n, code in enumerate(codes))
    keys = [0, *(164 + n for n in range(len(codes)))]
    head += b"".join(_record(0xE0, struct.pack("<HHH", 0, key, 1) + bytes(14)) for key in keys)
    bodies = [
        _record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))
        + b"".join(_cell(place, value, _style(formats, codes, place)) for place, value in cells.items())
        + _record(0xE5, struct.pack("<H", len(merges)) + b"".join(struct.pack("<4H", *merge) for merge in merges))
        + _record(0x0A, b"")
        for cells in sheets.values()
    ]
    names = [_text(name, "<B") for name in sheets]
    at = len(head) + sum(10 + len(name) for name in names) + 4
    for title, name, body in zip(sheets, names, bodies, strict=True):
        head += _record(0x85, struct.pack("<IBB", at, int(title in hidden), 0) + name)
        at += len(body)
    return container({stream: head + _record(0x0A, b"") + b"".join(bodies)})


def _style(formats: Mapping[tuple[int, int], str], codes: Sequence[str], place: tuple[int, int]) -> int:
    return 1 + codes.index(formats[place]) if place in formats else 0


def _cell(place: tuple[int, int], value: Value, style: int) -> bytes:
    head = struct.pack("<HHH", *place, style)
    if isinstance(value, str):
        return _record(0x204, head + _text(value))
    if isinstance(value, bool):
        return _record(0x205, head + struct.pack("<BB", value, 0))
    return _record(0x203, head + struct.pack("<d", value))


def _text(text: str, count: str = "<H") -> bytes:
    return struct.pack(count, len(text)) + b"\x01" + text.encode("utf-16-le")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
