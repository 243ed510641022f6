"""Puts a backup back: into a new or empty folder, or, if asked to, in the place of a workspace, which is kept aside.

Everything is written beside the target and verified there: every file's sha256, the decisions, the generation. Only
then it takes its name, so that a damaged backup or a killed restore changes nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

from gongkai.errors import WorkspaceError
from gongkai.store import generations
from gongkai.store.backup_file import (
    DECISIONS,
    GENERATIONS,
    POINTER,
    BackupError,
    Listing,
    alone_in,
    extract,
    listing,
    opened,
    refuse,
)
from gongkai.store.workspace import FILE, open_workspace

_NUMBERED = re.compile(r"store-(\d+)\.duckdb")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, where; `aside` is where the workspace that stood there before is kept now."""

    listing: Listing
    folder: Path
    aside: Path | None


def restore(
    file: Path, folder: Path, replace: bool = False, progress: Callable[[int, int], None] = lambda done, total: None
) -> Restored:
    """Put the backup `file` back as the workspace `folder`.

    With `replace` a workspace that stands there is moved aside (to <folder>-before-restore-<n>), never deleted; its
    writers must be done. Raise BackupError naming what is damaged, or why nothing was done.
    """
    target = folder.absolute()
    standing = target.exists() and not (target.is_dir() and not any(target.iterdir()))
    if standing and not replace:
        raise BackupError(
            f"{folder}: is not empty; name a new folder, or say --replace, which keeps what is there aside"
        )
    if standing and not (target / FILE).is_file():
        raise BackupError(f"{folder}: is no workspace; only a workspace can be replaced")
    target.parent.mkdir(parents=True, exist_ok=True)
    work = target.with_name(f".{target.name}.restoring")
    with alone_in(target.parent):
        # What a killed restore left is half of a copy, no more.
        shutil.rmtree(work, ignore_errors=True)
        try:
            found = _extract(file, work, progress)
            _check(file, work)
            os.sync()
            aside = _take_place(work, target, standing)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    return Restored(found, target, aside)


def _extract(file: Path, work: Path, progress: Callable[[int, int], None]) -> Listing:
    with opened(file) as archive:
        found = listing(archive, file)
        damaged, done = [], 0
        for entry in found.entries:
            path = work / entry.name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not extract(archive, entry, path):
                damaged.append(entry.name)
            done += entry.size
            progress(done, found.size)
    refuse(file, damaged)
    for name in (GENERATIONS, "archive", "uploads"):
        (work / name).mkdir(exist_ok=True)
    return found


def _check(file: Path, work: Path) -> None:
    """Raise BackupError unless what was written is a workspace that works."""
    try:
        workspace = open_workspace(work)
        path = generations.current(workspace)
        if path is not None:
            generations.attach(path, read_only=True).close()
    except WorkspaceError as error:
        raise BackupError(f"{file}: does not hold a workspace that can be opened ({error})") from error
    decisions = work / DECISIONS
    if decisions.exists():
        try:
            with closing(sqlite3.connect(decisions)) as connection:
                problem = connection.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.Error as error:
            problem = str(error)
        if problem != "ok":
            raise BackupError(f"{file}: is damaged in {DECISIONS} ({problem}); nothing was changed")


def _take_place(work: Path, target: Path, standing: bool) -> Path | None:
    """Give the restored folder its name; return where the one before is kept."""
    if not standing:
        if target.exists():
            target.rmdir()
        os.rename(work, target)
        generations.sync(target.parent)
        return None
    before = open_workspace(target)
    # Nobody may be writing into the folder that is moved away.
    with generations.lock(before) if before.generations.is_dir() else nullcontext():
        _renumber(work, target)
        aside = _free(target)
        os.rename(target, aside)
        os.rename(work, target)
    generations.sync(target.parent)
    return aside


def _free(target: Path) -> Path:
    number = 1
    while (path := target.with_name(f"{target.name}-before-restore-{number}")).exists():
        number += 1
    return path


def _renumber(work: Path, target: Path) -> None:
    """Give the restored generation a number that the replaced workspace never had: a running dashboard takes a
    generation that it knows by name for unchanged."""
    published = generations.current(open_workspace(work))
    if published is None:
        return
    taken = [int(match[1]) for path in (target / GENERATIONS).glob("*") if (match := _NUMBERED.match(path.name))]
    following = 1 + max((generations.number(published), *taken))
    renamed = published.with_name(f"store-{following}.duckdb")
    os.rename(published, renamed)
    (work / POINTER).write_text(renamed.name + "\n", encoding="utf-8")
