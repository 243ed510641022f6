"""tar archives, and what gzip, bzip2 or xz packed: a tar archive within, or one single file."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import tarfile
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from gongkai.documents import sniff
from gongkai.documents.archive_model import (
    CHUNK,
    HIGHEST_RATIO,
    LARGEST_MEMBER,
    UNSUSPECTED,
    Budget,
    Member,
    Unpacked,
    chunks,
    damaged_member,
    decoded_name,
    shown_name,
    too_large,
    write,
)
from gongkai.errors import UnreadableDocument

_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, OverflowError, MemoryError)
_PACKED_NAME = re.compile(r"(.+)\.(?:gz|gzip|bz2|xz)", re.IGNORECASE)
_HEAD = 1024
_LINK = "is a link or a device, not a file: pack the file itself"
_BROKEN_OFF = "the archive is cut off or damaged: what was read of it is taken, ask for the rest"


class _Counted:
    """A packed stream that ends in an error once far more comes out of it than went in.

    The members of a tar archive are packed as one, so the ratio is that of the whole.
    """

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large()
        return chunk


def unpack(archive: Path, folder: Path, name: str, budget: Budget) -> Unpacked:
    """Unpack all files of `archive` into `folder`; a single packed file is called as the archive, less its ending."""
    with archive.open("rb") as stream:
        kind = sniff.sniff_archive(stream.read(_HEAD))
    size = archive.stat().st_size
    # A tar archive pads each file to blocks of 512 bytes.
    limit = min(budget.bytes, max(UNSUSPECTED, HIGHEST_RATIO * size)) + 512
    try:
        with _opened(archive, kind) as probe:
            tar = sniff.sniff_archive(probe.read(_HEAD)) == sniff.TAR
    except _BROKEN as error:
        raise UnreadableDocument("damaged", "the archive is cut off or damaged: ask for it again") from error
    with _opened(archive, kind) as stream:
        counted = _Counted(stream, limit)
        return _tar(counted, folder, budget) if tar else _single(counted, folder, name, budget)


def _opened(archive: Path, kind: str | None) -> BinaryIO:
    if kind == sniff.GZIP:
        return cast(BinaryIO, gzip.open(archive))
    if kind == sniff.BZIP2:
        return cast(BinaryIO, bz2.open(archive))
    return cast(BinaryIO, lzma.open(archive)) if kind == sniff.XZ else archive.open("rb")


def _single(stream: _Counted, folder: Path, name: str, budget: Budget) -> Unpacked:
    budget.take(members=1)
    path = folder / "000000"
    match = _PACKED_NAME.fullmatch(name)
    shown = shown_name(match[1] if match else name) or name
    try:
        write(chunks(stream, _BROKEN), path, LARGEST_MEMBER, budget)
    except UnreadableDocument as failure:
        return Unpacked([Member(shown, path, failure)])
    return Unpacked([Member(shown, path)])


def _tar(stream: _Counted, folder: Path, budget: Budget) -> Unpacked:
    unpacked = Unpacked()
    try:
        # surrogateescape keeps the bytes of names that are no UTF-8.
        with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as opened:  # type: ignore[call-overload]
            for number, entry in enumerate(opened):
                name = shown_name(decoded_name(entry.name.encode("utf-8", errors="surrogateescape")))
                if entry.isdir() or not name:
                    continue
                budget.take(members=1)
                path = folder / f"{number:06}"
                try:
                    failure = _written(opened, entry, path, budget)
                except UnreadableDocument as error:
                    unpacked.members.append(Member(name, path, error))
                    raise
                except _BROKEN:
                    unpacked.members.append(Member(name, path, damaged_member()))
                    raise
                unpacked.members.append(Member(name, path, failure))
    except UnreadableDocument as failure:
        unpacked.failure = failure
    except _BROKEN:
        unpacked.failure = UnreadableDocument("damaged", _BROKEN_OFF)
    return unpacked


def _written(opened: tarfile.TarFile, entry: tarfile.TarInfo, path: Path, budget: Budget) -> UnreadableDocument | None:
    """Write one member; return what is wrong with it. Errors of the stream itself go on to the caller."""
    if not entry.isreg() or entry.issparse():
        return UnreadableDocument("unsupported", _LINK)
    if entry.size > LARGEST_MEMBER:
        return too_large()
    source = opened.extractfile(entry)
    if source is None:
        return damaged_member()
    with source:
        write(iter(lambda: source.read(CHUNK), b""), path, LARGEST_MEMBER, budget)
    return None
