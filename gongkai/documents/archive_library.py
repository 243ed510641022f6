"""RAR and 7z archives by libarchive (BSD; libarchive-c, CC0): an optional extra, see docs/decisions/.

The library is written in C and reads what strangers send: it runs in a process of its own, with limits on time, memory
and file size, `python -m gongkai.documents.archive_library ARCHIVE FOLDER MEMBERS BYTES`, which prints a JSON object
for each file that it wrote. Its end, whatever the reason, costs that archive alone.
"""

from __future__ import annotations

import importlib.util
import json
import locale
import re
import resource
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from ctypes import create_string_buffer
from ctypes.util import find_library
from pathlib import Path
from typing import Any

from gongkai.documents.archive_model import (
    CHUNK,
    HIGHEST_RATIO,
    LARGEST_MEMBER,
    UNSUSPECTED,
    Budget,
    Member,
    Unpacked,
    damaged_member,
    decoded_name,
    locked,
    shown_name,
    write,
)
from gongkai.documents.archive_rar import rar_headers
from gongkai.errors import UnreadableDocument

SECONDS = 900
"""How long unpacking may take: 8 GB at some 20 MB/s, twice over."""
MEMORY = 2 * 1024**3
"""Bytes of address space of the unpacking process; the largest 7z dictionaries in use take 1 GB."""

_ENCRYPTED = re.compile("encrypt|passphrase|password", re.IGNORECASE)
_MISSING = (
    "a RAR or 7z archive, for which libarchive is not installed: run `make setup-archives`, "
    "or unpack it and give the files in it (or a .zip)"
)
_BROKEN_OFF = (
    "the archive is cut off, damaged or packed in a way that is not read (several volumes, for example): "
    "unpack it and give the files in it, or a .zip"
)
_LINK = "is a link, not a file: pack the file itself"
_REGULAR, _FOLDER, _FILE_TYPE = 0o100000, 0o040000, 0o170000


def available() -> bool:
    """Whether RAR and 7z archives can be unpacked here."""
    return importlib.util.find_spec("libarchive") is not None and find_library("archive") is not None


def unpack(archive: Path, folder: Path, _name: str, budget: Budget) -> Unpacked:
    """Unpack all files of `archive` into `folder`. Raise UnreadableDocument for the archive as a whole."""
    if not available():
        raise UnreadableDocument("unsupported", _MISSING)
    limits = (str(max(budget.members, 0)), str(max(budget.bytes, 0)))
    command = [sys.executable, "-m", "gongkai.documents.archive_library", str(archive), str(folder), *limits]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
        output, finished = done.stdout, done.returncode == 0
    except subprocess.TimeoutExpired as overrun:
        output, finished = overrun.stdout or b"", False
    unpacked = Unpacked()
    last: dict[str, Any] = {}
    for event in _events(output):
        if "name" in event:
            failure = UnreadableDocument(event["reason"], event["message"]) if event["reason"] else None
            unpacked.members.append(Member(event["name"], folder / str(event["file"]), failure))
            budget.take(members=1, size=event["size"])
        last = event
    if not finished or "name" in last or not last:
        unpacked.failure = UnreadableDocument("damaged", _BROKEN_OFF)
    elif last["reason"]:
        unpacked.failure = UnreadableDocument(last["reason"], last["message"])
    return unpacked


def _events(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        with suppress(json.JSONDecodeError):
            event = json.loads(line)
            if isinstance(event, dict):
                yield event


def main(arguments: list[str]) -> int:
    """The unpacking process: write each file, print what it is; the last object says how the whole ended."""
    archive, folder = Path(arguments[0]), Path(arguments[1])
    budget = Budget()
    budget.members, budget.bytes = int(arguments[2]), int(arguments[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_MEMBER + 1, LARGEST_MEMBER + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # libarchive converts names by the C library's locale; in "C" all that is not ASCII would be lost.
    for name in ("C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8", ""):
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            break
    end: dict[str, str | None] = {"reason": None, "message": ""}
    try:
        _write_all(archive, folder, budget)
    except UnreadableDocument as failure:
        end = {"reason": failure.reason, "message": str(failure)}
    print(json.dumps(end), flush=True)
    return 0


def _write_all(archive: Path, folder: Path, budget: Budget) -> None:
    import libarchive

    headers = rar_headers(archive)
    allowed = max(UNSUSPECTED, HIGHEST_RATIO * archive.stat().st_size)
    count = 0
    try:
        with libarchive.file_reader(str(archive)) as entries:
            for number, entry in enumerate(entries):
                count += 1
                kind = entry.filetype & _FILE_TYPE
                name = shown_name(_name_of(entry.pathname))
                if kind == _FOLDER or not name:
                    continue
                budget.take(members=1)
                path = folder / f"{number:06}"
                failure, size = None, 0
                try:
                    if kind != _REGULAR:
                        raise UnreadableDocument("unsupported", _LINK)
                    promised = headers.files[number] if headers and number < len(headers.files) else None
                    if promised and promised.locked:
                        raise locked()
                    size = write(_chunks(entry), path, min(LARGEST_MEMBER, allowed), budget)
                    allowed = max(allowed - size, 0)
                    if promised and promised.checksum not in (None, _checksum(path)):
                        failure = damaged_member()
                except libarchive.ArchiveError as error:
                    failure = locked() if _ENCRYPTED.search(str(error)) else damaged_member()
                except UnreadableDocument as error:
                    failure = error
                _tell(name, path.name, size, failure)
    except libarchive.ArchiveError as error:
        if _ENCRYPTED.search(str(error)):
            raise UnreadableDocument("encrypted", "the archive is protected by a password: pack it without") from error
        raise UnreadableDocument("damaged", _BROKEN_OFF) from error
    if headers is not None and not (headers.complete and count == len(headers.files)):
        raise UnreadableDocument("damaged", _BROKEN_OFF)


def _chunks(entry: Any) -> Iterator[bytes]:
    """The content of a member. libarchive-c's own loop takes a warning (a wrong checksum in 7z) for content."""
    from libarchive import ffi

    buffer = create_string_buffer(CHUNK)
    while size := ffi.read_data(entry._archive_p, buffer, CHUNK):
        if size < 0:
            raise damaged_member()
        yield buffer.raw[:size]


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def _tell(name: str, file: str, size: int, failure: UnreadableDocument | None) -> None:
    event = {
        "name": name,
        "file": file,
        "size": size,
        "reason": failure.reason if failure else None,
        "message": str(failure) if failure else "",
    }
    print(json.dumps(event), flush=True)


def _name_of(name: str | bytes | None) -> str:
    return decoded_name(name) if isinstance(name, bytes) else name or ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
