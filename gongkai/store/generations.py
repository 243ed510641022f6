"""Published generations of the store: generation-named DuckDB files and a pointer that is replaced atomically.

A writer copies the current generation, changes the copy, and publishes it under the next number. Readers open the file
that the pointer names, so they never see half a write; open readers keep the old file until they let go of it. (A
process that already opened a DuckDB path keeps seeing the old file after os.replace, hence the names with numbers.)
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from gongkai.errors import WorkspaceError
from gongkai.store import schema
from gongkai.store.workspace import Workspace

KEPT = 3
"""How many generations stay on disk: the published one, and those that a slow reader may still be about to open."""

_NAME = re.compile(r"store-(\d+)\.duckdb")
_POLL_SECONDS = 0.1
_UPGRADE_SECONDS = 120.0
"""How long a reader of an old generation waits for the writer that may be at work on it."""
_LOCK = ".writer.lock"


@dataclass(slots=True)
class Draft:
    """The next generation while it is written. `connection` has it attached as `store`; main is scratch memory."""

    connection: duckdb.DuckDBPyConnection
    number: int
    publish: bool = True

    def discard(self) -> None:
        """Leave the published generation as it is: nothing changed."""
        self.publish = False


def number(path: Path) -> int:
    """The number in a generation's file name."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise WorkspaceError(f"{path}: is no generation of a store")
    return int(match.group(1))


def current(workspace: Workspace) -> Path | None:
    """The published generation's file, or None in a workspace where nothing was ever published."""
    try:
        name = workspace.pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise WorkspaceError(f"{workspace.pointer}: is damaged; restore the workspace from a backup") from error
    path = workspace.generations / name
    number(path)
    if not path.is_file():
        raise WorkspaceError(f"{path}: the published generation is missing; restore the workspace from a backup")
    return path


def attach(path: Path | None, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A scratch connection in memory with the generation attached as `store` (an empty one if `path` is None)."""
    connection = duckdb.connect(":memory:")
    # ATTACH takes no parameters; a quote doubled is the literal's only escape.
    target = ":memory:" if path is None else str(path).replace("'", "''")
    try:
        connection.execute("ATTACH '" + target + "' AS store" + (" (READ_ONLY)" if read_only and path else ""))
    except duckdb.Error as error:
        connection.close()
        raise WorkspaceError(f"{path}: cannot be opened; restore the workspace from a backup ({error})") from error
    if path is None:
        schema.create(connection)
    return connection


_known: set[Path] = set()


def readable(workspace: Workspace) -> Path | None:
    """The published generation, with all tables and columns of today.

    One that an earlier version of the program wrote is brought up to date first, which publishes another one.
    """
    path = current(workspace)
    if path is None or path in _known:
        return path
    connection = attach(path, read_only=True)
    try:
        old = schema.behind(connection)
    finally:
        connection.close()
    if old:
        with write(workspace, wait=_UPGRADE_SECONDS):
            pass
        path = current(workspace)
    if path is not None:
        _known.add(path)
    return path


def writer(workspace: Workspace) -> int | None:
    """The process that last took the writer lock, if it still runs: for telling people whom they wait for."""
    try:
        process = int((workspace.folder / _LOCK).read_text(encoding="utf-8"))
        os.kill(process, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return None
    except PermissionError:
        pass  # It runs, under another account.
    return process


@contextmanager
def lock(workspace: Workspace, wait: float = 0.0) -> Iterator[None]:
    """Hold the workspace's writer lock; wait at most `wait` seconds for it. The system frees it if we are killed."""
    file = workspace.folder / _LOCK
    with file.open("a+", encoding="utf-8") as stream:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    stream.seek(0)
                    holder = stream.read().strip() or "unknown"
                    raise WorkspaceError(
                        f"{workspace.folder}: another process ({holder}) is writing here; try again when it is done"
                    ) from error
                time.sleep(_POLL_SECONDS)
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


@contextmanager
def write(workspace: Workspace, wait: float = 0.0) -> Iterator[Draft]:
    """Write the next generation. It is published when the block ends, unless it raises or discards the draft."""
    with lock(workspace, wait):
        _clean(workspace)
        published = current(workspace)
        following = 1 + max((number(path) for path in _files(workspace)), default=0)
        target = workspace.generations / ("store-" + str(following) + ".duckdb")
        partial = target.with_name(target.name + ".partial")
        try:
            if published is not None:
                shutil.copyfile(published, partial)
            connection = attach(partial, read_only=False)
            try:
                connection.execute("SET temp_directory = '" + str(workspace.generations).replace("'", "''") + "/spill'")
                schema.bring_up(connection)
                draft = Draft(connection, following)
                yield draft
                if draft.publish:
                    connection.execute("CHECKPOINT store")
            finally:
                connection.close()
            if draft.publish:
                _publish(workspace, partial, target)
        finally:
            _clean(workspace)


def _publish(workspace: Workspace, partial: Path, target: Path) -> None:
    sync(partial)
    os.rename(partial, target)
    sync(target.parent)
    pointer = workspace.pointer.with_name("current.partial")
    pointer.write_text(target.name + "\n", encoding="utf-8")
    sync(pointer)
    os.replace(pointer, workspace.pointer)
    sync(workspace.folder)
    for path in sorted(_files(workspace), key=number)[:-KEPT]:
        path.unlink(missing_ok=True)


def _files(workspace: Workspace) -> list[Path]:
    return [path for path in workspace.generations.iterdir() if _NAME.fullmatch(path.name)]


def _clean(workspace: Workspace) -> None:
    """Remove what an interrupted writer left: it was never published. Only called with the lock held."""
    workspace.generations.mkdir(exist_ok=True)
    published = current(workspace)
    newest = number(published) if published else 0
    for path in workspace.generations.iterdir():
        orphan = _NAME.fullmatch(path.name) and number(path) > newest
        if orphan or ".partial" in path.name:
            path.unlink(missing_ok=True)
    shutil.rmtree(workspace.generations / "spill", ignore_errors=True)
    with suppress(FileNotFoundError):
        workspace.pointer.with_name("current.partial").unlink()


def sync(path: Path) -> None:
    """Have what was written to a file, or a folder's names, on the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
