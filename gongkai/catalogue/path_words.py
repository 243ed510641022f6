"""How offices name the folders and files in which reports lie (data/path_words.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_NAME = "path_words.toml"
_LISTS = ("groups", "about")


@dataclass(frozen=True, slots=True)
class PathWords:
    """`groups` matches the whole name of a folder that sorts others, `about` finds where a name stops to be a body's,
    `lead` is what stands in front of one."""

    groups: re.Pattern[str]
    about: re.Pattern[str]
    lead: re.Pattern[str]


@cache
def path_words() -> PathWords:
    """The patterns. Raise CatalogueError naming file and entry."""
    try:
        data = tomllib.loads((DATA / _NAME).read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{_NAME}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{_NAME}: {error}") from error
    if unknown := set(data) ^ {*_LISTS, "lead"}:
        raise CatalogueError(f"{_NAME}: entries {sorted(unknown)} are unknown or missing")
    for field in _LISTS:
        entries = data[field]
        if not isinstance(entries, list) or not entries or not all(isinstance(one, str) and one for one in entries):
            raise CatalogueError(f"{_NAME}, {field}: a list of patterns is needed")
    if not isinstance(data["lead"], str) or not data["lead"]:
        raise CatalogueError(f"{_NAME}, lead: a pattern is needed")
    return PathWords(
        _pattern("groups", "|".join(f"(?:{one})" for one in data["groups"])),
        _pattern("about", "|".join(data["about"])),
        _pattern("lead", data["lead"]),
    )


def _pattern(field: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise CatalogueError(f"{_NAME}, {field}: {error}") from error
