"""Files that come through the browser: saved under safe names, then read by `gongkai ingest` in a process of its own.

Nothing is parsed here. A batch is a folder `uploads/<token>/` of the workspace:

    files/          the uploaded files
    progress.jsonl  what the command prints (one JSON object a line)
    errors.txt      what it prints to its error stream
    process         the command's process id (the dashboard's own, until the command is started)

Folders whose command is gone are removed when the next upload starts; the originals are in the archive by then.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.paths import PROJECT

NAME_BYTES = 180
"""The longest file name we write, in UTF-8 bytes: file systems allow 255, a number may be added."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """`name` as a plain file name: no folders, no control or direction characters, not hidden, not too long.

    The extension stays, since people know a file by it (the format itself is told from the content).
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    kept = _FORBIDDEN.sub("_", kept).strip().lstrip(".").rstrip(". ")
    if not kept:
        kept = "unnamed"
    if _RESERVED.match(kept):
        kept = "_" + kept
    return shortened(kept)


def shortened(name: str) -> str:
    """`name` cut to NAME_BYTES, at a character's border, with its extension."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > 10:
        stem, extension = name, ""
    tail = "." + extension if extension else ""
    room = NAME_BYTES - len(tail.encode("utf-8"))
    return stem.encode("utf-8")[:room].decode("utf-8", errors="ignore") + tail


def unique_name(name: str, taken: Iterable[str]) -> str:
    """`name`, or `name (2)`, `name (3)` ... when a file of that name (in any case) is there already."""
    used = {other.casefold() for other in taken}
    if name.casefold() not in used:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    tail = "." + extension if dot else ""
    return next(
        candidate
        for number in range(2, len(used) + 3)
        if (candidate := f"{stem} ({number}){tail}").casefold() not in used
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Some uploaded files and the command that reads them. `names` as given by the browser, in order."""

    folder: Path
    names: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the command is still at work."""
        return self.process is not None and self.process.poll() is None

    @property
    def status(self) -> int | None:
        """The command's exit status: 0 done, 1 done with failures, 2 or other: not done; null while it runs."""
        return None if self.process is None else self.process.poll()

    def events(self) -> list[dict[str, Any]]:
        """What the command has reported so far; a half-written last line is left for the next call."""
        return events(self._text("progress.jsonl"))

    def errors(self) -> str:
        """What the command printed to its error stream, for the person in charge of the machine."""
        return self._text("errors.txt").strip()

    def _text(self, name: str) -> str:
        """A file of the folder; "" once that was removed, which the next upload of anybody does after the end."""
        with suppress(FileNotFoundError):
            return (self.folder / name).read_text(encoding="utf-8", errors="replace")
        return ""


def events(text: str) -> list[dict[str, Any]]:
    """The JSON objects of a progress log, one a line; lines that are no object are ignored."""
    found = []
    for line in text.splitlines():
        with suppress(json.JSONDecodeError):
            event = json.loads(line)
            if isinstance(event, dict):
                found.append(event)
    return found


def save(uploads: Path, files: Iterable[tuple[str, bytes]]) -> Batch:
    """Write (name, content) of each file into a new batch folder; raise OSError when the disk refuses."""
    uploads.mkdir(exist_ok=True)
    sweep(uploads)
    folder = uploads / secrets.token_hex(8)
    target = folder / "files"
    target.mkdir(parents=True)
    (folder / "process").write_text(str(os.getpid()), encoding="utf-8")
    written: list[str] = []
    names: list[str] = []
    for name, content in files:
        own = unique_name(safe_name(name), written)
        (target / own).write_bytes(content)
        written.append(own)
        names.append(name)
    return Batch(folder, tuple(names))


def start(batch: Batch, workspace: Path, collection: str, actor: str, wait: int) -> Batch:
    """Start `gongkai ingest` on the batch's files; it waits up to `wait` seconds for another writer to finish.

    They came today: of two versions without dates of their own, the one that was sent later stands.
    """
    words = ("ingest", str(batch.folder / "files"), "--collection", collection, f"--actor={actor}")
    day = ("--received-on", date.today().isoformat())
    return launch(batch, workspace, (*words, *day, "--progress", "json", "--wait", str(wait)))


def launch(batch: Batch, workspace: Path, words: Iterable[str]) -> Batch:
    """Start `gongkai` with `words` for the batch."""
    command = [sys.executable, "-m", "gongkai", "--data", str(workspace), *words]
    with (
        (batch.folder / "progress.jsonl").open("wb") as out,
        (batch.folder / "errors.txt").open("wb") as err,
    ):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=PROJECT)
    (batch.folder / "process").write_text(str(process.pid), encoding="utf-8")
    return Batch(batch.folder, batch.names, process)


def sweep(uploads: Path) -> None:
    """Remove the folders of batches whose command has ended (or never started)."""
    for folder in uploads.iterdir():
        if folder.is_dir() and not _alive(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(folder: Path) -> bool:
    try:
        process = int((folder / "process").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
