"""The file that holds a backup: a zip archive of the workspace's files.

Its last member, `backup.json`, lists every one with its size and sha256. The archive's comment is the sha256 of that
list, so that damage to any part of the file shows.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gongkai.errors import UnusableInput

FORMAT = 1
"""The version of the backup's layout."""
LIST = "backup.json"
GENERATIONS = "generations"
DECISIONS = "decisions.sqlite"
POINTER = "current"
CHUNK = 1024 * 1024
_NAMED = 10
"""How many damaged files one message names."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""What reading a damaged archive may raise."""


class BackupError(UnusableInput):
    """A backup cannot be made or put back: says what is wrong with which file, and that nothing was changed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a backup: its name in the workspace, bytes, sha256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a backup says that it holds, when it was made (UTC), and the sha256 of the list itself."""

    made_at: str
    entries: tuple[Entry, ...]
    checksum: str

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.entries)


def listing(archive: zipfile.ZipFile, file: Path) -> Listing:
    """The list of an opened backup; raise BackupError where it is damaged, or does not fit what is in the file."""
    try:
        content = archive.read(LIST)
        checksum = hashlib.sha256(content).hexdigest()
        if archive.comment.decode("ascii", "replace") != checksum:
            raise ValueError("its checksum is another one")
        said: dict[str, Any] = json.loads(content)
        if said["format"] != FORMAT:
            raise BackupError(f"{file}: has format {said['format']!r}, this program reads {FORMAT}")
        entries = tuple(Entry(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in said["files"])
        made_at = str(said["made_at"])
    except KeyError as error:
        raise BackupError(f"{file}: is no backup, or its list is damaged ({error})") from error
    except (*_BROKEN, TypeError) as error:
        raise BackupError(f"{file}: its list of files ({LIST}) is damaged ({error})") from error
    names = [entry.name for entry in entries]
    for name in names:
        path = PurePosixPath(name)
        # The names become paths: nothing may get out of the folder.
        if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in name or "\0" in name:
            raise BackupError(f"{file}: names a file outside the workspace ({name!r}); nothing was changed")
    held = [name for name in archive.namelist() if name != LIST]
    if sorted(names) != sorted(held) or len(set(names)) != len(names):
        odd = sorted(set(names) ^ set(held))[:_NAMED]
        raise BackupError(f"{file}: is damaged: its list and what it holds differ ({', '.join(odd) or 'files twice'})")
    return Listing(made_at, entries, checksum)


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """A backup opened for reading; raise BackupError where it is none, or its end is missing."""
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise BackupError(f"{file}: there is no such file") from error
    except _BROKEN as error:
        raise BackupError(f"{file}: is no backup, or its end is missing ({error})") from error
    with archive:
        yield archive


def verify(file: Path) -> Listing:
    """Read every file of a backup; raise BackupError naming those that are damaged."""
    with opened(file) as archive:
        found = listing(archive, file)
        damaged = [entry.name for entry in found.entries if not _whole(archive, entry, None)]
    refuse(file, damaged)
    return found


def extract(archive: zipfile.ZipFile, entry: Entry, target: Path) -> bool:
    """Write a file of a backup to `target`; return whether it is what the list says."""
    with target.open("wb") as stream:
        return _whole(archive, entry, stream)


def refuse(file: Path, damaged: list[str]) -> None:
    """Raise BackupError that names the damaged files of a backup, if there are any."""
    if damaged:
        more = f" and {len(damaged) - _NAMED} more" if len(damaged) > _NAMED else ""
        raise BackupError(f"{file}: is damaged in {', '.join(damaged[:_NAMED])}{more}; nothing was changed")


def _whole(archive: zipfile.ZipFile, entry: Entry, target: IO[bytes] | None) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(entry.name) as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if target is not None:
                    target.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        return False
    return (size, digest.hexdigest()) == (entry.size, entry.sha256)


@contextmanager
def alone(file: Path) -> Iterator[IO[bytes]]:
    """A file opened for writing by nobody else, and emptied; raise BackupError where another process holds it."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as stream:
        _hold(stream.fileno(), file)
        # Opened before another backup was done, held after: it bears that backup's own name by now.
        if not file.exists() or not os.path.samestat(os.fstat(stream.fileno()), file.stat()):
            raise BackupError(f"{file}: another backup was just done here; try again")
        stream.truncate(0)
        yield stream


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder against others who do the same; raise BackupError where one does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _hold(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _hold(descriptor: int, path: Path) -> None:
    # The system lets go of it if we are killed.
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BackupError(f"{path}: another backup or restore is at work here; wait until it is done") from error
