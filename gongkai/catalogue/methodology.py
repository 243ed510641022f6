"""docs/methodology.md in parts that a page can show: one text in each language, cut at its pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.errors import CatalogueError
from gongkai.paths import PROJECT

_FILE = PROJECT / "docs" / "methodology.md"
_TITLE = re.compile(r"^# (.+)$", re.M)
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)]+)\)$", re.M)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of Markdown, or a picture with its caption."""

    text: str
    picture: Path | None = None


@cache
def methodology() -> dict[str, tuple[Part, ...]]:
    """The parts by language ("zh", "en"), without the title. Raise CatalogueError naming what is missing."""
    try:
        whole = _FILE.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogueError(f"{_FILE.name}: cannot be read ({error.strerror})") from error
    titles = list(_TITLE.finditer(whole))
    if len(titles) != 2:
        raise CatalogueError(f"{_FILE.name}: has {len(titles)} titles, not one in each of two languages")
    ends = [titles[1].start(), len(whole)]
    return {
        language: tuple(_parts(whole[title.end() : end]))
        for language, title, end in zip(("zh", "en"), titles, ends, strict=True)
    }


def _parts(text: str) -> list[Part]:
    found: list[Part] = []
    at = 0
    for match in _PICTURE.finditer(text):
        picture = _FILE.parent / match.group(2)
        if not picture.is_file():
            raise CatalogueError(f"{_FILE.name}: the picture {match.group(2)} is missing")
        found += [Part(text[at : match.start()].strip()), Part(match.group(1), picture)]
        at = match.end()
    return [*found, Part(text[at:].strip())]
