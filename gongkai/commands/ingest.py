"""`gongkai ingest`: progress while it works, a line per outcome at the end, each failure by name.

With `--progress json`, stdout holds one object a line:

    {"event": "file", "source", "outcome": "stored|skipped|failed", "reason", "message", "reports", "done", "files"}
    {"event": "unconfirmed", "source", "report_id", "reason"}      a stored report that a person must confirm
    {"event": "checks", "fresh", "findings"}                       what needs years and peers, checked at once or not
    {"event": "summary", "files", "stored", "skipped", "failed", "unconfirmed"}
    {"event": "error", "message"}                                  nothing was stored, and why
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai.commands.terminal import plain
from gongkai.errors import GongkaiError
from gongkai.store.ingest import FileDone, Summary, ingest
from gongkai.store.workspace import Workspace, open_workspace

_CHECK_WAIT = 30.0
"""How long the checks wait for another writer, who may have come in between."""
_EVERY_SECONDS = 5.0
"""How often progress is told where it cannot overwrite itself (a log file)."""
_EVERY_SECONDS_TERMINAL = 0.2


def run(chosen: argparse.Namespace, folder: Path | None, actor: str) -> int:
    """Ingest; 0 when every file is stored or was there already, 1 when any failed."""
    machine = chosen.progress == "json"
    shown = _Shown(chosen.progress)
    workspace = open_workspace(folder)
    try:
        summary = ingest(
            workspace,
            chosen.paths,
            chosen.collection,
            chosen.manifest,
            chosen.workers,
            actor,
            shown.file,
            chosen.wait,
            received_on=chosen.received_on,
        )
    except GongkaiError as error:
        if machine:
            _print({"event": "error", "message": str(error)})
        raise
    finally:
        shown.end()
    if not machine:
        _summary(summary)
    _check(workspace, chosen, machine, summary)
    if machine:
        _machine_summary(summary)
    return 1 if summary.failures else 0


def _check(workspace: Workspace, chosen: argparse.Namespace, machine: bool, summary: Summary) -> None:
    """Check across years and units at once where that is quick. The new reports are published already."""
    if not summary.stored:
        return
    from gongkai.store.checking import check_if_small

    found = check_if_small(workspace, chosen.collection or workspace.ingest_collection, max(chosen.wait, _CHECK_WAIT))
    if machine:
        _print(
            {"event": "checks", "fresh": found is not None, "findings": found.total() if found is not None else None}
        )
    elif found is None:
        print("checks              older than the reports now: run `gongkai check`")
    else:
        print(f"findings between    {found.total()} (between years, units and versions; `gongkai check` lists them)")


class _Shown:
    """Progress, for a terminal, a log, or a program."""

    def __init__(self, mode: str) -> None:
        self._mode = mode
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + (_EVERY_SECONDS_TERMINAL if self._terminal else _EVERY_SECONDS)
        self._open = False

    def file(self, done: FileDone) -> None:
        if self._mode == "json":
            _print({"event": "file", **asdict(done)})
            return
        if self._mode == "none" or time.monotonic() < self._next:
            return
        text = f"{done.done} of {done.files} files"
        if self._terminal:
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
            self._open = True
        else:
            print(text, file=sys.stderr, flush=True)
        self._next = time.monotonic() + (_EVERY_SECONDS_TERMINAL if self._terminal else _EVERY_SECONDS)

    def end(self) -> None:
        if self._open:
            print(file=sys.stderr)
            self._open = False


def _summary(summary: Summary) -> None:
    print(f"stored              {summary.stored}")
    print(f"skipped, unchanged  {summary.skipped}")
    print(f"failed              {len(summary.failures)}")
    print(f"needs confirmation  {len(summary.unconfirmed)}")
    for failure in summary.failures:
        # The message of a reader names the file; those of a worker that died do not.
        said = failure.message.removeprefix(f"{failure.source}: ")
        print(f"failed: {plain(failure.source)}: {plain(said)} [{failure.reason}]")
    for note in summary.unused:
        print(f"manifest: {plain(note)}")
    for copy in summary.duplicates:
        print(f"skipped: {plain(copy.source)}: {plain(copy.message)}")
    waiting = Counter((report.source, report.reason) for report in summary.unconfirmed)
    for (source, reason), count in waiting.items():
        units = f" ({count} reports)" if count > 1 else ""
        print(f"needs confirmation: {plain(source)}: {reason}{units}")


def _machine_summary(summary: Summary) -> None:
    for report in summary.unconfirmed:
        _print({"event": "unconfirmed", **asdict(report)})
    _print(
        {
            "event": "summary",
            "files": summary.files,
            "stored": summary.stored,
            "skipped": summary.skipped,
            "failed": len(summary.failures),
            "unconfirmed": len(summary.unconfirmed),
        }
    )


def _print(event: dict[str, Any]) -> None:
    print(json.dumps(event, ensure_ascii=False), flush=True)
