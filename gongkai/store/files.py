"""The files that an ingest is given: folders walked, archives unpacked, each file with the name people know it by."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.documents.archives import ignored, is_archive, unpack
from gongkai.errors import UnreadableDocument, WorkspaceError

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it lies, how it is called (folder/file, archive.zip/file), its sha256 ("" if failed).

    `reason` and `message` say why it cannot even be opened (codes of errors.UnreadableDocument).
    """

    path: Path
    source: str
    sha256: str = ""
    reason: str | None = None
    message: str = ""


def find(paths: list[Path], left_out: Path | None, unpacked: Path) -> Iterator[Found]:
    """The files below `paths` but `left_out`, sorted by name; archives are unpacked into the folder `unpacked`.

    Raise WorkspaceError for a path that does not exist. Links in folders are not followed.
    """
    for number, (path, source) in enumerate(_walk(paths)):
        if left_out is not None and path.samefile(left_out):
            continue
        if not is_archive(path):
            yield _digested(path, source)
            continue
        folder = unpacked / str(number)
        folder.mkdir()
        try:
            for member in unpack(path, folder):
                name = source + "/" + member.name
                if member.failure is None:
                    yield _digested(member.path, name)
                else:
                    yield Found(member.path, name, reason=member.failure.reason, message=str(member.failure))
        except UnreadableDocument as error:
            yield Found(path, source, reason=error.reason, message=str(error))


def _walk(paths: list[Path]) -> list[tuple[Path, str]]:
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not ignored(name))
                for name in names:
                    file = Path(folder) / name
                    if not ignored(name) and stat.S_ISREG(file.lstat().st_mode):
                        found.setdefault(file.absolute(), _shown(file.relative_to(path)))
        elif path.is_file():
            found.setdefault(path.absolute(), _shown(Path(path.name)))
        else:
            problem = "is neither a file nor a folder" if path.exists() else "there is no such file or folder"
            raise WorkspaceError(f"{path}: {problem}")
    return sorted(found.items(), key=lambda entry: (entry[1], os.fsencode(entry[0])))


def _shown(path: Path) -> str:
    """A path as text; names that are no UTF-8 (old archives) get a replacement mark for what is unreadable."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _digested(path: Path, source: str) -> Found:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        return Found(path, source, reason="damaged", message=f"cannot be opened ({error.strerror})")
    return Found(path, source, digest.hexdigest())
