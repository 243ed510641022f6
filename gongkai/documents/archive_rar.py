"""The headers of a RAR archive (formats 1.5 to 4, and 5): which files it promises, with their checksums.

libarchive unpacks RAR but neither compares checksums nor notices an archive that ends early (version 3.6.2), so both
are done here. Source: the published descriptions of the two formats.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_MARK_4, _MARK_5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_FILE_4, _END_4, _HAS_DATA_4, _LARGE_4, _SPLIT_4, _LOCKED_4 = 0x74, 0x7B, 0x8000, 0x100, 0x3, 0x4
_FILE_5, _END_5, _HAS_EXTRA_5, _HAS_DATA_5, _SPLIT_5 = 2, 5, 1, 2, 0x18
_HAS_TIME_5, _HAS_CRC_5, _LOCK_5 = 2, 4, 1
MOST_BLOCKS = 200_000
"""Headers that are looked at; an archive of 20,000 files has hardly more than twice as many."""
MOST_HEADER = 2 * 1024**2


@dataclass(frozen=True, slots=True)
class RarFile:
    """What a file's header says: its CRC-32, if any is stored, and whether it asks for a password."""

    checksum: int | None
    locked: bool


@dataclass(slots=True)
class RarHeaders:
    """The headers of all files and folders in order; `complete`: the archive does not end early."""

    files: list[RarFile] = field(default_factory=list)
    complete: bool = False


def rar_headers(path: Path) -> RarHeaders | None:
    """The headers of the archive at `path`; null if it is no RAR archive."""
    headers = RarHeaders()
    size = path.stat().st_size
    with path.open("rb") as stream:
        mark = stream.read(8)
        read = _block_5 if mark == _MARK_5 else _block_4 if mark.startswith(_MARK_4) else None
        if read is None:
            return None
        stream.seek(8 if mark == _MARK_5 else 7)
        for _ in range(MOST_BLOCKS):
            start = stream.tell()
            # Archives before 2.9 have no end mark: they are complete where a block ends with the file.
            if start == size and read is _block_4:
                headers.complete = True
                break
            try:
                following = read(stream, start, headers)
            except (struct.error, IndexError):
                break
            if following is None or following > size:
                break
            stream.seek(following)
    return headers


def _block_4(stream: BinaryIO, start: int, headers: RarHeaders) -> int | None:
    """Read one header; return where the next one is, or null at the end."""
    _, kind, flags, length = struct.unpack("<HBHH", stream.read(7))
    body = stream.read(max(min(length, MOST_HEADER) - 7, 0))
    if kind == _END_4:
        headers.complete = not flags & 1
        return None
    if length < 7:
        return None
    following: int = start + length
    if flags & _HAS_DATA_4 or kind == _FILE_4:
        (packed,) = struct.unpack_from("<I", body)
        if flags & _LARGE_4 and kind == _FILE_4:
            packed += struct.unpack_from("<I", body, 25)[0] << 32
        following += packed
    if kind == _FILE_4:
        (checksum,) = struct.unpack_from("<I", body, 9)
        headers.files.append(RarFile(None if flags & _SPLIT_4 else checksum, bool(flags & _LOCKED_4)))
    return following


def _block_5(stream: BinaryIO, start: int, headers: RarHeaders) -> int | None:
    head = stream.read(4 + 3)
    length, place = _number(head, 4)
    if length > MOST_HEADER:
        return None
    stream.seek(start + place)
    body = stream.read(length)
    kind, at = _number(body, 0)
    flags, at = _number(body, at)
    if kind == _END_5:
        more, _ = _number(body, at)
        headers.complete = not more & 1
        return None
    packed = extra = 0
    if flags & _HAS_EXTRA_5:
        extra, at = _number(body, at)
    if flags & _HAS_DATA_5:
        packed, at = _number(body, at)
    if kind == _FILE_5:
        about, at = _number(body, at)
        _, at = _number(body, at)
        _, at = _number(body, at)
        at += 4 if about & _HAS_TIME_5 else 0
        known = about & _HAS_CRC_5 and not flags & _SPLIT_5
        checksum = struct.unpack_from("<I", body, at)[0] if known else None
        headers.files.append(RarFile(checksum, _LOCK_5 in _extras(body[len(body) - extra :])))
    return start + place + length + packed


def _extras(area: bytes) -> set[int]:
    """The kinds of the records behind a header."""
    kinds, at = set(), 0
    while at < len(area):
        size, start = _number(area, at)
        kinds.add(_number(area, start)[0])
        at = start + size
    return kinds


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80 or shift > 63:
            return value, at
