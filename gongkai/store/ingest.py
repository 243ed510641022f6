"""Files in, reports stored: finds the files, skips what is unchanged, has the rest read, stores it in batches.

Deterministic: files are taken in sorted order, whatever worker reads them; ids come from content. All of it goes into
one draft that is published at the end, so an ingest that is killed leaves the store as it was.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from gongkai.errors import WorkspaceError
from gongkai.store import generations, manifest, register, runs, workers
from gongkai.store.publish import settle
from gongkai.store.rows import Arrival, Batch, Stated
from gongkai.store.workspace import Workspace

BATCH_FIGURES = 50_000
"""Figures that are held before they are written: some 20 MB, written in half a second."""

_CHUNK = 1024 * 1024
_IGNORED = ("~$", ".", "__MACOSX")
"""Starts of names that programs leave behind: Word's locks, hidden files, macOS archives' shadows."""
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class FileDone:
    """What became of a file: outcome stored, skipped or failed (then with a reason code and a message)."""

    source: str
    outcome: str
    done: int
    files: int
    reports: int = 0
    reason: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A report that is stored but stays out of comparisons until a person confirms it."""

    source: str
    report_id: str
    reason: str


@dataclass(slots=True)
class Summary:
    """What an ingest did, in files. `unconfirmed` names reports among the stored ones."""

    files: int = 0
    stored: int = 0
    skipped: int = 0
    failures: list[FileDone] = field(default_factory=list)
    unconfirmed: list[Unconfirmed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    source: str
    sha256: str
    stated: Stated


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads a file (a module-level function), and its version: a file is read again when that changes."""

    reading: workers.Reading
    version: str


def project_reader() -> Reader:
    """The project's own reader."""
    # Imported here: the reader and its catalogue are only needed once there is something to ingest.
    from gongkai import reading

    return Reader(reading.read, reading.PARSER_VERSION)


Progress = Callable[[FileDone], None]


def ingest(
    workspace: Workspace,
    paths: list[Path],
    collection: str | None = None,
    manifest_file: Path | None = None,
    worker_count: int | None = None,
    actor: str = "unknown",
    progress: Progress = lambda _: None,
    wait: float = 0.0,
    reader: Reader | None = None,
    limits: workers.Limits | None = None,
) -> Summary:
    """Read files and folders into a collection. A file that cannot be read is recorded and stops nothing else.

    Raise WorkspaceError for a path that does not exist or a workspace that another process writes,
    ManifestError for a manifest that does not fit.
    """
    name = workspace.collection(collection or workspace.ingest_collection).name
    reader = reader or project_reader()
    named = manifest.load(manifest_file) if manifest_file else None
    found = [entry for entry in _find(paths) if manifest_file is None or not entry[0].samefile(manifest_file)]
    stated = named.assign(found) if named else {}
    summary = Summary(files=len(found))
    known = _known(workspace, name)
    fresh: list[_File] = []
    unopened: list[tuple[str, str]] = []
    seen: set[str] = set()
    for path, source in found:
        try:
            sha256 = _digest(path)
        except OSError as error:
            unopened.append((source, f"cannot be opened ({error.strerror})"))
            continue
        said = stated.get(source, Stated())
        if sha256 in seen or _unchanged(known.get(sha256), reader.version, said):
            summary.skipped += 1
            progress(FileDone(source, "skipped", summary.skipped, summary.files))
        else:
            seen.add(sha256)
            fresh.append(_File(path, source, sha256, said))
    if not fresh and not unopened:
        return summary
    with generations.write(workspace, wait) as draft:
        run = runs.begin(draft.connection, actor, "ingest")
        agencies = register.load(draft.connection, name)
        batch = Batch(run.number)
        for source, message in unopened:
            _fail(summary, batch, source, None, "damaged", message, progress)
        outcomes = workers.read_all(
            (workers.Task(index, file.path, file.source, file.sha256) for index, file in enumerate(fresh)),
            reader.reading,
            workspace.archive,
            worker_count or workers.available(),
            limits,
        )
        for outcome in outcomes:
            file = fresh[outcome.task.index]
            if outcome.reason is not None:
                _fail(summary, batch, file.source, file.sha256, outcome.reason, outcome.message, progress)
                continue
            for arrival in _arrivals(outcome, file.stated, name, reader.version, agencies):
                batch.add(arrival)
            summary.stored += 1
            progress(FileDone(file.source, "stored", _done(summary), summary.files, len(outcome.reports)))
            if batch.figures >= BATCH_FIGURES:
                batch.store(draft.connection)
        batch.store(draft.connection)
        settle(draft.connection)
        summary.unconfirmed = _quarantined(draft.connection, run.number)
        run.stored, run.skipped = summary.stored, summary.skipped
        run.failed, run.unconfirmed = len(summary.failures), len(summary.unconfirmed)
        runs.finish(draft.connection, run)
    return summary


def _arrivals(
    outcome: workers.Outcome, stated: Stated, collection: str, version: str, known: register.Register
) -> Iterator[Arrival]:
    alone = len(outcome.reports) == 1
    for report in outcome.reports:
        changed = manifest.apply(report, stated, alone)
        agency = known.find(changed.agency, changed.province, changed.city) if changed.agency else None
        yield Arrival(changed, collection, outcome.format, agency, version, stated)


def _done(summary: Summary) -> int:
    return summary.stored + summary.skipped + len(summary.failures)


def _fail(
    summary: Summary, batch: Batch, source: str, sha256: str | None, reason: str, message: str, progress: Progress
) -> None:
    batch.fail(source, sha256, reason, message)
    failure = FileDone(source, "failed", _done(summary) + 1, summary.files, 0, reason, message)
    summary.failures.append(failure)
    progress(failure)


def _unchanged(known: tuple[str, str | None] | None, current: str, stated: Stated) -> bool:
    """Whether a file was read by this very reader, and its manifest row (if one is given now) was the same."""
    if known is None:
        return False
    version, digest = known
    return version == current and stated.digest in (None, digest)


def _known(workspace: Workspace, collection: str) -> dict[str, tuple[str, str | None]]:
    published = generations.current(workspace)
    if published is None:
        return {}
    connection = generations.attach(published, read_only=True)
    try:
        rows = connection.execute(
            "SELECT sha256, parser_version, manifest_digest FROM store.report "
            "WHERE collection = $collection AND format <> 'sheet'",
            {"collection": collection},
        ).fetchall()
    finally:
        connection.close()
    return {sha256: (version, digest) for sha256, version, digest in rows}


def _quarantined(connection: duckdb.DuckDBPyConnection, run: int) -> list[Unconfirmed]:
    rows = connection.execute(
        "SELECT source, report_id, standing_reason FROM store.report "
        "WHERE run = $run AND standing = 'quarantined' ORDER BY source, ordinal",
        {"run": run},
    ).fetchall()
    return [Unconfirmed(*row) for row in rows]


def _find(paths: list[Path]) -> list[tuple[Path, str]]:
    """The files to read, with the name a person knows them by, sorted; folders recursively, links not followed."""
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith(_IGNORED))
                for name in names:
                    file = Path(folder) / name
                    if not _ignored(name) and _regular(file):
                        found.setdefault(file.absolute(), _shown(file.relative_to(path)))
        elif path.exists():
            found.setdefault(path.absolute(), _shown(Path(path.name)))
        else:
            raise WorkspaceError(f"{path}: there is no such file or folder")
    return sorted(found.items(), key=lambda entry: (entry[1], os.fsencode(entry[0])))


def _ignored(name: str) -> bool:
    return name.startswith(_IGNORED) or name.lower() in _IGNORED_NAMES


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _shown(path: Path) -> str:
    """A path as text; names that are no UTF-8 (old archives) get a replacement mark for what is unreadable."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
