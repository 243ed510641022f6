"""ZIP archives of reports, as cities send in those of their counties: unpacked with limits, under safe names.

A member's own name is only ever shown. On disk it gets a number, so no name can lead out of the folder.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.documents import sniff
from gongkai.documents.characters import clean
from gongkai.errors import UnreadableDocument

MOST_MEMBERS = 20_000
"""Files of one archive; a province has some ten thousand units."""
LARGEST_MEMBER = 200 * 1024**2
"""Bytes of one unpacked file, as of one that comes alone."""
LARGEST_TOTAL = 8 * 1024**3
"""Bytes of all unpacked files: ten thousand reports take some 3 GB."""
HIGHEST_RATIO = 200
"""Unpacked bytes for each packed one; saved pages reach 20, what is made to fill a disk 1,000."""
UNSUSPECTED = 4 * 1024**2
"""Up to so many bytes a file is unpacked at whatever ratio (a blank scan shrinks to nothing)."""

_CHUNK = 1024**2
_UTF8, _ENCRYPTED = 0x800, 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError)
_IGNORED = ("~$", ".", "__MACOSX")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name as people know it, and where it was unpacked to, or why it was not."""

    name: str
    path: Path
    failure: UnreadableDocument | None = None


def ignored(name: str) -> bool:
    """Whether a file or folder is one that programs leave behind: Word's locks, hidden files, macOS' shadows."""
    return name.startswith(_IGNORED) or name.lower() in _IGNORED_NAMES


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of files, told by its content: a .docx is one document, though it is a zip, too."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(4).startswith(b"PK") and sniff.sniff_zip(stream) == sniff.ARCHIVE
    except (UnreadableDocument, OSError):
        return False


def unpack(archive: Path, folder: Path) -> Iterator[Member]:
    """Unpack the files of an archive into `folder`, one by one, in the order of their names.

    Raise UnreadableDocument (damaged, empty, too_large) for an archive that cannot be taken as a whole, OSError where
    the disk refuses; what is wrong with one file (encrypted, damaged, too_large) is told of that file alone.
    """
    try:
        opened = zipfile.ZipFile(archive)
    except _BROKEN as error:
        raise UnreadableDocument("damaged", "the archive is cut off or damaged: ask for it again") from error
    with opened:
        entries = [(_name(entry), entry) for entry in opened.infolist() if not entry.is_dir()]
        entries = [(name, entry) for name, entry in entries if name and not any(map(ignored, name.split("/")))]
        if not entries:
            raise UnreadableDocument("empty", "there is no file in the archive")
        if len(entries) > MOST_MEMBERS or sum(entry.file_size for _, entry in entries) > LARGEST_TOTAL:
            limits = f"{MOST_MEMBERS:,} files or {LARGEST_TOTAL // 1024**3} GB"
            raise UnreadableDocument("too_large", f"an archive of more than {limits}: divide it")
        for number, (name, entry) in enumerate(sorted(entries, key=lambda pair: (pair[0], pair[1].header_offset))):
            path = folder / f"{number:06}"
            try:
                _write(opened, entry, path)
            except UnreadableDocument as failure:
                yield Member(name, path, failure)
            else:
                yield Member(name, path)


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableDocument("encrypted", "is protected by a password: pack it without one")
    # What the directory says of the size may be a lie: what comes out is counted.
    limit = min(LARGEST_MEMBER, entry.file_size, max(UNSUSPECTED, HIGHEST_RATIO * entry.compress_size))
    written = 0
    try:
        source = opened.open(entry)
    except _BROKEN as error:
        raise UnreadableDocument("damaged", "is damaged or packed in an unusual way: pack it anew") from error
    with source, path.open("xb") as target:
        while True:
            try:
                chunk = source.read(_CHUNK)
            except _BROKEN as error:
                raise UnreadableDocument("damaged", "is damaged in the archive: pack it anew") from error
            if not chunk:
                return
            written += len(chunk)
            if written > limit or entry.file_size > limit:
                raise UnreadableDocument("too_large", "unpacked it is larger than any report: submit the report alone")
            target.write(chunk)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name with its folders, without what would lead elsewhere; Windows writes it in GBK and does not say so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = clean(name).replace("\n", " ").replace("\\", "/").split("/")
    return "/".join(part.strip() for part in parts if part.strip() not in ("", ".", ".."))
