"""Write a compound file (OLE 2), the container of Office 97, with one stream in it."""

from __future__ import annotations

import struct

_SECTOR = 512
_LEAST = 4096
"""Shorter streams would lie elsewhere: filled up, they do not."""
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_SECTORS_OF_A_FAT = _SECTOR // 4


def compound_file(name: str, data: bytes) -> bytes:
    """The file's bytes: header, the stream, the directory, the table of sectors."""
    body = _filled(data.ljust(_LEAST, b"\x00"))
    directory = _entry("Root Entry", _ROOT, _END, 0, child=1) + _entry(name, _STREAM, 0, max(len(data), _LEAST))
    directory = _filled(directory)
    used, listed = len(body) // _SECTOR, len(directory) // _SECTOR
    table = [*range(1, used), _END, *range(used + 1, used + listed), _END]
    count = 1
    while count * _SECTORS_OF_A_FAT < len(table) + count:
        count += 1
    at = len(table)
    table += [_FAT] * count
    fat = struct.pack(f"<{len(table)}I", *table).ljust(count * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", count, used, 0, _LEAST, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(at, at + count), *[_FREE] * (109 - count))
    return header + body + directory + fat


def _entry(name: str, kind: int, start: int, size: int, child: int = _NONE) -> bytes:
    encoded = name.encode("utf-16-le")
    entry = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    return entry + struct.pack("<III", _NONE, _NONE, child) + bytes(36) + struct.pack("<IQ", start, size)


def _filled(data: bytes) -> bytes:
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\x00")
