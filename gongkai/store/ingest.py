"""Files in, reports stored: skips what is unchanged, has the rest read, stores it in batches.

Deterministic: files are taken in sorted order, whatever worker reads them; ids come from content. All of it goes into
one draft that is published at the end, so an ingest that is killed leaves the store as it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from gongkai.store import author_links, files, generations, manifest, register, register_copy, runs, workers
from gongkai.store.publish import settle
from gongkai.store.rows import Arrival, Batch, Stated
from gongkai.store.stated_before import stated_before
from gongkai.store.workspace import Workspace

BATCH_FIGURES = 50_000
"""Figures that are held before they are written: some 20 MB, written in half a second."""


@dataclass(frozen=True, slots=True)
class FileDone:
    """What became of a file: outcome stored, skipped or failed, with a reason code and a message.

    A skipped file is unchanged, or has the content of another one (reason `duplicate`, the message names that one).
    """

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
    """What an ingest did, in files. `unconfirmed` names reports among the stored ones, `duplicates` skipped files."""

    files: int = 0
    stored: int = 0
    skipped: int = 0
    failures: list[FileDone] = field(default_factory=list)
    unconfirmed: list[Unconfirmed] = field(default_factory=list)
    duplicates: list[FileDone] = field(default_factory=list)
    unused: tuple[str, ...] = ()
    """What of the manifest counts for nothing, in words."""


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
    received_on: date | None = None,
) -> Summary:
    """Read files, folders and archives into a collection. One that cannot be read is recorded and stops nothing.

    `received_on`: the day on which files came that no manifest names and that were not there before. What was stated
    of a file before stays where it is read again without a manifest.

    Raise WorkspaceError for a path that does not exist or a workspace that another process writes,
    ManifestError for a manifest that does not fit.
    """
    name = workspace.collection(collection or workspace.ingest_collection).name
    reader = reader or project_reader()
    named = manifest.load(manifest_file) if manifest_file else None
    with tempfile.TemporaryDirectory(prefix="gongkai-") as unpacked:
        found = list(files.find(paths, manifest_file, Path(unpacked)))
        stated = named.assign((file.path, file.source) for file in found) if named else {}
        summary = Summary(files=len(found), unused=named.unused if named else ())
        held = _known(workspace, name)
        fresh = _fresh(found, stated, held, reader.version, summary, progress)
        unopened = [file for file in found if file.reason is not None]
        if not fresh and not unopened:
            return summary
        with generations.write(workspace, wait) as draft:
            run = runs.begin(draft.connection, actor, "ingest")
            register.refresh(workspace, draft.connection, name)
            agencies = register_copy.load(draft.connection, name)
            batch = Batch(run.number)
            before = stated_before(draft.connection, name, {file.sha256 for file in fresh})
            arrived = Stated({"received_on": received_on}) if received_on else Stated()
            for file in unopened:
                _fail(summary, batch, file, file.reason or "damaged", file.message, progress)
            outcomes = workers.read_all(
                (
                    workers.Task(index, file.path, file.source, file.sha256, reader.version)
                    for index, file in enumerate(fresh)
                ),
                reader.reading,
                workspace.archive,
                worker_count or workers.available(),
                limits,
            )
            for outcome in outcomes:
                file = fresh[outcome.task.index]
                if outcome.reason is not None:
                    _fail(summary, batch, file, outcome.reason, outcome.message, progress)
                    continue
                known = before.get(file.sha256, Stated() if file.sha256 in held else arrived)
                said = stated.get(file.path, known)
                for arrival in _arrivals(outcome, said, name, reader.version, agencies):
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


def _fresh(
    found: list[files.Found],
    stated: dict[Path, Stated],
    known: dict[str, tuple[str, str | None]],
    version: str,
    summary: Summary,
    progress: Progress,
) -> list[files.Found]:
    """The files to read. Of several with the same content one counts: the first with a row in the manifest, else the
    first. (Else two rows would take turns with every ingest.)"""
    chosen: dict[str, files.Found] = {}
    for file in found:
        if file.reason is None:
            first = chosen.setdefault(file.sha256, file)
            if first.path not in stated and file.path in stated:
                chosen[file.sha256] = file
    fresh = []
    for file in found:
        if file.reason is not None:
            continue
        one = chosen[file.sha256]
        if one is file and not _unchanged(known.get(file.sha256), version, stated.get(file.path, Stated())):
            fresh.append(file)
            continue
        summary.skipped += 1
        done = FileDone(file.source, "skipped", summary.skipped, summary.files)
        if one is not file:
            done = replace(done, reason="duplicate", message=f"has the same content as {one.source}")
            summary.duplicates.append(done)
        progress(done)
    return fresh


def _arrivals(
    outcome: workers.Outcome, stated: Stated, collection: str, version: str, known: register_copy.Register
) -> Iterator[Arrival]:
    alone = len(outcome.reports) == 1
    for report in outcome.reports:
        changed = manifest.apply(report, stated, alone)
        named = alone and "agency" in stated.values
        linked = author_links.link(known, author_links.said_by(changed, named), changed.agency)
        agency = linked.agency
        if agency is not None and agency.scope is not None:
            changed = replace(changed, scope=agency.scope)
        arrival = Arrival(changed, collection, outcome.format, agency, version, stated, linked.uncertain)
        yield replace(arrival, candidates=tuple(author_links.candidate_rows(arrival.id, linked.candidates)))


def _done(summary: Summary) -> int:
    return summary.stored + summary.skipped + len(summary.failures)


def _fail(summary: Summary, batch: Batch, file: files.Found, reason: str, message: str, progress: Progress) -> None:
    batch.fail(file.source, file.sha256 or None, reason, message)
    failure = FileDone(file.source, "failed", _done(summary) + 1, summary.files, 0, reason, message)
    summary.failures.append(failure)
    progress(failure)


def _unchanged(known: tuple[str, str | None] | None, current: str, stated: Stated) -> bool:
    """Whether a file was read by this very reader, and its manifest row (if one is given now) was the same."""
    if known is None:
        return False
    version, digest = known
    return version == current and stated.digest in (None, digest)


def _known(workspace: Workspace, collection: str) -> dict[str, tuple[str, str | None]]:
    published = generations.readable(workspace)
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
