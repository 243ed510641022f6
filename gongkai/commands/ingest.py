"""`gongkai ingest`: progress while it works, a line per outcome at the end, each failure by name.

With `--progress json`, stdout holds one object a line:

    {"event": "file", "source", "outcome": "stored|skipped|failed", "reason", "message", "reports", "done", "files"}
    {"event": "checking"} and {"event": "part"}                    how far the checks are (commands/progress.py)
    {"event": "checks", "fresh", "findings", "message"}            what needs years and peers: checked at once; not
                                                                   (too many reports); or not, and why (message)
    {"event": "unconfirmed", "source", "report_id", "reason"}      a stored report that a person must confirm
    {"event": "summary", "files", "stored", "skipped", "failed", "unconfirmed"}
    {"event": "error", "message"}                                  nothing was stored, and why
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from gongkai.commands.progress import Parts, tell
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
    """Ingest; 0 when every file is stored or was there already and checked, 1 when any failed, or the checks did."""
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
            tell({"event": "error", "message": str(error)})
        raise
    finally:
        shown.end()
    if not machine:
        _summary(summary)
    try:
        checked = _check(workspace, chosen, machine, summary)
    finally:
        # Whatever becomes of the checks: the reports are stored.
        if machine:
            _machine_summary(summary)
    return 0 if checked and not summary.failures else 1


def _check(workspace: Workspace, chosen: argparse.Namespace, machine: bool, summary: Summary) -> bool:
    """Check across years and units at once where that is quick; return false where that failed. The new reports are
    published already."""
    if not summary.stored:
        return True
    from gongkai.store.checking import PARTS, check, is_small

    name = workspace.collection(chosen.collection or workspace.ingest_collection).name
    if not is_small(workspace, name):
        if machine:
            tell({"event": "checks", "fresh": False, "findings": None, "message": None})
        else:
            print("checks              older than the reports now: run `gongkai check`")
        return True
    try:
        told = Parts(name, list(PARTS)).done if machine else lambda *_: None
        found = check(workspace, name, wait=max(chosen.wait, _CHECK_WAIT), told=told)
    except Exception as error:
        if machine:
            tell({"event": "checks", "fresh": False, "findings": None, "message": str(error) or type(error).__name__})
        if not isinstance(error, GongkaiError):
            raise
        print(f"checks failed: {plain(str(error))}; run `gongkai check`", file=sys.stderr)
        return False
    if machine:
        tell({"event": "checks", "fresh": True, "findings": found.total(), "message": None})
    else:
        print(f"findings between    {found.total()} (between years, units and versions; `gongkai check` lists them)")
    return True


class _Shown:
    """Progress, for a terminal, a log, or a program."""

    def __init__(self, mode: str) -> None:
        self._mode = mode
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + (_EVERY_SECONDS_TERMINAL if self._terminal else _EVERY_SECONDS)
        self._open = False

    def file(self, done: FileDone) -> None:
        if self._mode == "json":
            tell({"event": "file", **asdict(done)})
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
        tell({"event": "unconfirmed", **asdict(report)})
    tell(
        {
            "event": "summary",
            "files": summary.files,
            "stored": summary.stored,
            "skipped": summary.skipped,
            "failed": len(summary.failures),
            "unconfirmed": len(summary.unconfirmed),
        }
    )
