"""Writes RAR archives of stored files, byte by byte: the older format (1.5 to 4) and the newer one (5)."""

from __future__ import annotations

import struct
import zlib


def rar4(members: dict[str, bytes], locked: bool = False) -> bytes:
    """An archive of format 4; names in GBK, as Chinese programs wrote them. `locked` marks each file as encrypted."""
    parts = [b"Rar!\x1a\x07\x00", _block4(0x73, 0, b"\x00" * 6)]
    for name, content in members.items():
        raw = name.encode("gbk")
        sizes = struct.pack(
            "<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0, 20, 0x30, len(raw), 0o100644
        )
        parts.append(_block4(0x74, 0x8004 if locked else 0x8000, sizes + raw) + content)
    return b"".join((*parts, _block4(0x7B, 0x4000, b"")))


def _block4(kind: int, flags: int, body: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest


def rar5(members: dict[str, bytes], locked: bool = False) -> bytes:
    """An archive of format 5; names in UTF-8. `locked` gives each file a record on its encryption."""
    # Its size, kind 1, version, flags, rounds, salt and vector.
    extra = b"\x24\x01\x00\x00\x0f" + bytes(32) if locked else b""
    parts = [b"Rar!\x1a\x07\x01\x00", _block5(b"\x01\x00\x00")]
    for name, content in members.items():
        raw = name.encode()
        size = _number(len(content))
        head = (
            b"\x02"
            + (b"\x03\x25" if locked else b"\x02")
            + size
            + b"\x04"
            + size
            + _number(0o100644)
            + struct.pack("<I", zlib.crc32(content))
        )
        parts.append(_block5(head + b"\x00\x01" + _number(len(raw)) + raw + extra) + content)
    return b"".join((*parts, _block5(b"\x05\x00\x00")))


def _block5(head: bytes) -> bytes:
    sized = _number(len(head)) + head
    return struct.pack("<I", zlib.crc32(sized)) + sized


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the highest bit says that more follow."""
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*parts, value))
