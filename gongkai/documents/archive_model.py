"""What archives of every kind share: the members that come out, the limits, and how names are made safe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from gongkai.documents.characters import clean
from gongkai.errors import UnreadableDocument

MOST_MEMBERS = 20_000
"""Files of one archive, those of archives in it included; a province has some ten thousand units."""
LARGEST_MEMBER = 200 * 1024**2
"""Bytes of one unpacked file, as of one that comes alone."""
LARGEST_TOTAL = 8 * 1024**3
"""Bytes of all unpacked files: ten thousand reports take some 3 GB."""
HIGHEST_RATIO = 200
"""Unpacked bytes for each packed one; saved pages reach 20, what is made to fill a disk 1,000."""
UNSUSPECTED = 4 * 1024**2
"""Up to so many bytes a file is unpacked at whatever ratio (a blank scan shrinks to nothing)."""

CHUNK = 1024**2


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name as people know it, and where it was unpacked to, or why it was not."""

    name: str
    path: Path
    failure: UnreadableDocument | None = None


@dataclass(slots=True)
class Unpacked:
    """What came out of an archive, and why no more did, if it broke off."""

    members: list[Member] = field(default_factory=list)
    failure: UnreadableDocument | None = None


class Budget:
    """What an archive, with all that is in it, may still take of the disk."""

    def __init__(self) -> None:
        self.members = MOST_MEMBERS
        self.bytes = LARGEST_TOTAL

    def take(self, members: int = 0, size: int = 0) -> None:
        """Take so many files and bytes; raise UnreadableDocument (too_large) where there are no more."""
        self.members -= members
        self.bytes -= size
        if self.members < 0 or self.bytes < 0:
            raise self.refusal()

    @staticmethod
    def refusal() -> UnreadableDocument:
        """What is said of an archive that takes too much."""
        limits = f"{MOST_MEMBERS:,} files or {LARGEST_TOTAL // 1024**3} GB"
        return UnreadableDocument("too_large", f"an archive of more than {limits}: divide it")


def too_large() -> UnreadableDocument:
    """What is said of one file that is too large when it is unpacked."""
    return UnreadableDocument("too_large", "unpacked it is larger than any report: submit the report alone")


def locked() -> UnreadableDocument:
    """What is said of one file that asks for a password."""
    return UnreadableDocument("encrypted", "is protected by a password: pack it without one")


class Readable(Protocol):
    """A stream that is read forwards."""

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes at most; none at the end."""


def chunks(stream: Readable, broken: tuple[type[Exception], ...]) -> Iterator[bytes]:
    """What a packed file holds, piece by piece; an error of `broken` is that of a damaged member."""
    while True:
        try:
            chunk = stream.read(CHUNK)
        except broken as error:
            raise damaged_member() from error
        if not chunk:
            return
        yield chunk


def damaged_member() -> UnreadableDocument:
    """What is said of one file that does not come out whole."""
    return UnreadableDocument("damaged", "is damaged in the archive: pack it anew")


def write(chunks: Iterable[bytes], path: Path, limit: int, budget: Budget) -> int:
    """Write a file; return its size. What an archive says of a size may be a lie: what comes out is counted.

    Raise UnreadableDocument (too_large) beyond `limit` or the budget.
    """
    written = 0
    with path.open("xb") as target:
        for chunk in chunks:
            written += len(chunk)
            if written > limit:
                raise too_large()
            budget.take(size=len(chunk))
            target.write(chunk)
    return written


def shown_name(name: str) -> str:
    """A member's name with its folders, without what would lead elsewhere or break a line."""
    parts = clean(name).replace("\n", " ").replace("\\", "/").split("/")
    return "/".join(part.strip() for part in parts if part.strip() not in ("", ".", ".."))


def decoded_name(raw: bytes) -> str:
    """A name that does not say its encoding: UTF-8, else GBK, in which Chinese Windows writes it."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")
