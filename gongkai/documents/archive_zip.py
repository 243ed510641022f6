"""ZIP archives. Windows writes the names of files in GBK and does not say so."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from gongkai.documents.archive_model import (
    HIGHEST_RATIO,
    LARGEST_MEMBER,
    UNSUSPECTED,
    Budget,
    Member,
    Unpacked,
    chunks,
    decoded_name,
    locked,
    shown_name,
    too_large,
    write,
)
from gongkai.errors import UnreadableDocument

_UTF8, _ENCRYPTED = 0x800, 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError)


def unpack(archive: Path, folder: Path, _name: str, budget: Budget) -> Unpacked:
    """Unpack all files of `archive` into `folder`. Raise UnreadableDocument for the archive as a whole."""
    try:
        opened = zipfile.ZipFile(archive)
    except _BROKEN as error:
        raise UnreadableDocument("damaged", "the archive is cut off or damaged: ask for it again") from error
    unpacked = Unpacked()
    with opened:
        entries = [(_shown(entry), entry) for entry in opened.infolist() if not entry.is_dir()]
        entries = [(name, entry) for name, entry in entries if name]
        budget.take(members=len(entries))
        if sum(entry.file_size for _, entry in entries) > budget.bytes:
            raise budget.refusal()
        for number, (name, entry) in enumerate(sorted(entries, key=lambda pair: (pair[0], pair[1].header_offset))):
            path = folder / f"{number:06}"
            failure = None
            try:
                _write(opened, entry, path, budget)
            except UnreadableDocument as error:
                failure = error
            unpacked.members.append(Member(name, path, failure))
    return unpacked


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, budget: Budget) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise locked()
    limit = min(LARGEST_MEMBER, max(UNSUSPECTED, HIGHEST_RATIO * entry.compress_size))
    if entry.file_size > limit:
        raise too_large()
    try:
        source = opened.open(entry)
    except _BROKEN as error:
        raise UnreadableDocument("damaged", "is damaged or packed in an unusual way: pack it anew") from error
    with source:
        write(chunks(source, _BROKEN), path, min(limit, entry.file_size), budget)


def _shown(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        name = decoded_name(name.encode("cp437", errors="replace"))
    return shown_name(name)
