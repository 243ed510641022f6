"""A whole workspace as one checksummed file (backup_file.py), made while people work; restore.py puts it back.

What is read while others write: the published generation is opened once and never changes; after it the decisions are
copied by SQLite's own backup, which is one moment of them; the documents come last, so that everything that the
generation points to is there. Half-written files and older generations are left out. The backup appears under its name
when it is whole and was read back; whoever is killed before leaves a `.partial` that the next run overwrites.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from gongkai.store import generations
from gongkai.store.backup_file import (
    CHUNK,
    DECISIONS,
    FORMAT,
    GENERATIONS,
    LIST,
    POINTER,
    BackupError,
    Entry,
    alone,
    verify,
)
from gongkai.store.workspace import FILE, Workspace

_LEFT_OUT = frozenset({DECISIONS, f"{DECISIONS}-wal", f"{DECISIONS}-shm", f"{DECISIONS}-journal", POINTER, LIST})
_EPOCH = (2000, 1, 1, 0, 0, 0)
_ORIGINAL = re.compile(r"archive/[0-9a-f]{2}/([0-9a-f]{64})/original")
_ATTEMPTS = 20
"""How often the published generation is looked up anew where a writer just took the old one away."""

Progress = Callable[[int, int], None]
"""Told how many bytes are done, of about how many."""


@dataclass(slots=True)
class Made:
    """What a backup holds: files, bytes, and the documents of the workspace that turned out to be damaged."""

    files: int = 0
    size: int = 0
    damaged: list[str] = field(default_factory=list)


def backup(
    workspace: Workspace,
    file: Path,
    made_at: str,
    replace: bool = False,
    progress: Progress = lambda done, total: None,
) -> Made:
    """Write the workspace to `file`; `made_at` is the time (UTC) that the backup shall bear.

    Raise BackupError for a file that is there already (unless `replace`), that lies in the workspace, or that cannot
    be read back. Documents that no longer are what their names say are kept as they are, and named.
    """
    target = file.absolute()
    if workspace.folder.resolve() in target.resolve().parents:
        raise BackupError(f"{file}: lies in the workspace itself; name a file elsewhere, best on another disk")
    if target.exists() and not replace:
        raise BackupError(f"{file}: is there already; name another file, or say --replace")
    if not target.parent.is_dir():
        raise BackupError(f"{target.parent}: there is no such folder")
    partial = target.with_name(target.name + ".partial")
    with alone(partial) as stream:
        try:
            made, checksum = _write(workspace, stream, made_at, progress)
            stream.flush()
            os.fsync(stream.fileno())
            if verify(partial).checksum != checksum:
                raise BackupError(f"{file}: the disk does not give back what was written; nothing was kept")
            os.replace(partial, target)
        except BaseException:
            with suppress(FileNotFoundError):
                partial.unlink()
            raise
    generations.sync(target.parent)
    return made


def _write(workspace: Workspace, stream: IO[bytes], made_at: str, progress: Progress) -> tuple[Made, str]:
    writer = _Writer(stream, progress)
    try:
        _fill(workspace, writer)
        return writer.made, writer.close(made_at)
    except BaseException:
        writer.abandon()
        raise


def _fill(workspace: Workspace, writer: _Writer) -> None:
    published = _open_published(workspace)
    if published is not None:
        name, generation = published
        with generation:
            writer.add(f"{GENERATIONS}/{name}", generation)
        writer.add(POINTER, io.BytesIO((name + "\n").encode()))
    if workspace.decisions.exists():
        with _decisions(workspace) as copied:
            writer.add(DECISIONS, copied)
    files = _others(workspace)
    writer.total = writer.made.size + sum(size for _, _, size in files)
    for name, path, _ in files:
        try:
            with path.open("rb") as source:
                writer.add(name, source)
        except FileNotFoundError:
            # An upload that was ingested meanwhile is in the archive, from which nothing goes away.
            if name.startswith("archive/"):
                raise


class _Writer:
    """Writes the archive piece by piece, and remembers what it wrote."""

    def __init__(self, stream: IO[bytes], progress: Progress) -> None:
        self._archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True)
        self._entries: list[Entry] = []
        self._progress = progress
        self.made = Made()
        self.total = 0

    def add(self, name: str, source: IO[bytes]) -> None:
        """A file from its beginning to its end."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(_member(name), "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                target.write(chunk)
                size += len(chunk)
        entry = Entry(name, size, digest.hexdigest())
        self._entries.append(entry)
        self.made.files += 1
        self.made.size += size
        original = _ORIGINAL.fullmatch(name)
        if original and original[1] != entry.sha256:
            self.made.damaged.append(name)
        self._progress(self.made.size, max(self.total, self.made.size))

    def close(self, made_at: str) -> str:
        """Write the list of all files and end the archive; return the list's sha256."""
        said = {"format": FORMAT, "made_at": made_at, "files": [asdict(entry) for entry in self._entries]}
        content = json.dumps(said, ensure_ascii=False).encode()
        checksum = hashlib.sha256(content).hexdigest()
        self._archive.writestr(_member(LIST), content)
        self._archive.comment = checksum.encode()
        self._archive.close()
        return checksum

    def abandon(self) -> None:
        """End an archive that nobody will use, while its file is still open."""
        with suppress(OSError, ValueError):
            self._archive.close()


def _member(name: str) -> zipfile.ZipInfo:
    """Stored as it is: documents, blocks and stores are compressed already. The same files give the same bytes."""
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_STORED
    member.external_attr = 0o600 << 16
    return member


def _open_published(workspace: Workspace) -> tuple[str, IO[bytes]] | None:
    """The published generation's name and file. Once it is open, no writer can take it away."""
    for _ in range(_ATTEMPTS):
        path = generations.current(workspace)
        if path is None:
            return None
        with suppress(FileNotFoundError):
            return path.name, path.open("rb")
    raise BackupError(f"{workspace.pointer}: the published generation keeps changing; try again")


@contextmanager
def _decisions(workspace: Workspace) -> Iterator[IO[bytes]]:
    """One moment of the decisions as a file of its own, while others go on deciding."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        file = Path(folder) / DECISIONS
        try:
            with closing(sqlite3.connect(workspace.decisions)) as source, closing(sqlite3.connect(file)) as copy:
                source.backup(copy)
                # Without a log beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
                problem = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.Error as error:
            raise BackupError(f"{workspace.decisions}: cannot be read ({error}); nothing was written") from error
        if problem != "ok":
            raise BackupError(f"{workspace.decisions}: is damaged ({problem}); nothing was written")
        with file.open("rb") as stream:
            yield stream


def _others(workspace: Workspace) -> list[tuple[str, Path, int]]:
    """Every other file of the workspace, by name: documents, settings, whatever else an office keeps there."""
    found = []
    for folder, folders, names in os.walk(workspace.folder):
        inside = Path(folder).relative_to(workspace.folder)
        top = inside == Path()
        folders[:] = sorted(name for name in folders if not (top and name == GENERATIONS))
        for name in sorted(names):
            path, shown = Path(folder) / name, (inside / name).as_posix()
            passing = name.endswith(".partial") or (top and (name.startswith(".") or shown in _LEFT_OUT))
            if passing or path.is_symlink():
                continue
            with suppress(FileNotFoundError):
                found.append((shown, path, path.stat().st_size))
    if not any(name == FILE for name, _, _ in found):
        raise BackupError(f"{workspace.folder}: {FILE} is missing; nothing was written")
    return found
