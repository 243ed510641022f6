"""The log of what was written into the store: one row per run. The only place that looks at a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb


@dataclass(slots=True)
class Run:
    """One ingest or import: who started it, and what came of each file."""

    number: int
    started: datetime
    actor: str
    command: str
    stored: int = 0
    skipped: int = 0
    failed: int = 0
    unconfirmed: int = 0


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def begin(connection: duckdb.DuckDBPyConnection, actor: str, command: str) -> Run:
    """Start a run with the next number."""
    row = connection.execute("SELECT coalesce(max(run), 0) + 1 FROM store.ingest_run").fetchall()[0]
    return Run(int(row[0]), _now(), actor, command)


def finish(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write the run down."""
    connection.execute(
        "INSERT INTO store.ingest_run (run, started, finished, actor, command, stored, skipped, failed, unconfirmed) "
        "VALUES ($run, $started, $finished, $actor, $command, $stored, $skipped, $failed, $unconfirmed)",
        {
            "run": run.number,
            "started": run.started,
            "finished": _now(),
            "actor": run.actor,
            "command": run.command,
            "stored": run.stored,
            "skipped": run.skipped,
            "failed": run.failed,
            "unconfirmed": run.unconfirmed,
        },
    )
