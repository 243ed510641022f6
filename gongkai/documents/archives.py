"""Archives of reports, as cities send in those of their counties: unpacked with limits, under safe names.

ZIP, tar, gzip, bzip2 and xz by the standard library; RAR and 7z by libarchive, where that is installed, in a process
of its own. An archive within an archive is unpacked, too. A member's own name is only ever shown: on disk it gets a
number, so no name can lead out of the folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.documents import archive_library, archive_streams, archive_zip, sniff
from gongkai.documents.archive_model import Budget, Member, Unpacked
from gongkai.errors import UnreadableDocument

__all__ = ["Member", "ignored", "is_archive", "unpack"]

MOST_LEVELS = 3
"""Archives within archives: a city's, of counties', of offices'."""

_IGNORED = ("~$", ".", "__MACOSX")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
_HEAD = 1024


@dataclass(slots=True)
class _Way:
    """A way through nested archives: how many levels deep, and what may still be unpacked."""

    level: int
    budget: Budget


def ignored(name: str) -> bool:
    """Whether a file or folder is one that programs leave behind: Word's locks, hidden files, macOS' shadows."""
    return name.startswith(_IGNORED) or name.lower() in _IGNORED_NAMES


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of files, told by its content: a .docx is one document, though it is a zip, too."""
    return _kind(path) is not None


def _kind(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            if not head.startswith(b"PK"):
                return sniff.sniff_archive(head)
            return sniff.ARCHIVE if sniff.sniff_zip(stream) == sniff.ARCHIVE else None
    except (UnreadableDocument, OSError):
        return None


def unpack(archive: Path, folder: Path, name: str | None = None) -> Iterator[Member]:
    """Unpack the files of an archive (called `name`, if not as its file) into `folder`, in the order of their names.

    Raise UnreadableDocument (damaged, empty, encrypted, too_large, unsupported) for an archive that cannot be taken as
    a whole, or that breaks off after the files that came out of it; OSError where the disk refuses. What is wrong with
    one file (encrypted, damaged, too_large) is told of that file alone, archives within the archive included.
    """
    yield from _unpack(archive, folder, name or archive.name, _Way(1, Budget()))


def _unpack(archive: Path, folder: Path, name: str, way: _Way) -> Iterator[Member]:
    unpacked = _OPENERS[_kind(archive) or sniff.ARCHIVE](archive, folder, name, way.budget)
    members = [member for member in unpacked.members if not any(map(ignored, member.name.split("/")))]
    for member in sorted(members, key=lambda member: (member.name, member.path.name)):
        if member.failure is not None or not is_archive(member.path):
            yield member
            continue
        if way.level == MOST_LEVELS:
            yield replace(
                member,
                failure=UnreadableDocument(
                    "unsupported", "an archive too deep within others: unpack it and take the files in it"
                ),
            )
            continue
        inner = folder / f"{member.path.name}.in"
        inner.mkdir()
        try:
            for each in _unpack(member.path, inner, member.name.rpartition("/")[2], _Way(way.level + 1, way.budget)):
                yield replace(each, name=f"{member.name}/{each.name}")
        except UnreadableDocument as failure:
            yield replace(member, failure=failure)
        member.path.unlink(missing_ok=True)
    if unpacked.failure is not None:
        raise unpacked.failure
    if not members:
        raise UnreadableDocument("empty", "there is no file in the archive")


_OPENERS: dict[str, Callable[[Path, Path, str, Budget], Unpacked]] = {
    sniff.ARCHIVE: archive_zip.unpack,
    sniff.TAR: archive_streams.unpack,
    sniff.GZIP: archive_streams.unpack,
    sniff.BZIP2: archive_streams.unpack,
    sniff.XZ: archive_streams.unpack,
    sniff.RAR: archive_library.unpack,
    sniff.SEVEN_ZIP: archive_library.unpack,
}
