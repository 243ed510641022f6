"""The words around a report: labels of web pages (data/page_labels.toml) and sentences that name the author
(data/author_patterns.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from gongkai.errors import CatalogueError
from gongkai.paths import DATA

PAGE_FIELDS = ("publisher", "source", "published", "dated", "day", "title", "site", "other")
"""What a page's labels mean."""

STATEMENT_ROLES = frozenset({"announced", "compiled_by", "contact", "subject"})
"""How a sentence may name an author."""


def _load(name: str) -> dict[str, Any]:
    path = DATA / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{name}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name}: {error}") from error


@cache
def page_labels() -> dict[str, str]:
    """The field of each label, the most trusted labels of a field first. Raise CatalogueError naming file and field."""
    name = "page_labels.toml"
    data = _load(name)
    if unknown := set(data) ^ set(PAGE_FIELDS):
        raise CatalogueError(f"{name}: fields {sorted(unknown)} are unknown or missing")
    found: dict[str, str] = {}
    for field in PAGE_FIELDS:
        for label in data[field]:
            if not isinstance(label, str) or not label or label in found:
                raise CatalogueError(f"{name}, {field}: {label!r} is empty or stands twice")
            found[label] = field
    return found


@cache
def author_patterns(name_pattern: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(role, pattern) in order; `name_pattern`, with one group, takes the place of {name}. Raise CatalogueError."""
    file = "author_patterns.toml"
    found = []
    for number, entry in enumerate(_load(file).get("statement", []), start=1):
        place = f"{file}, statement {number}"
        if entry.get("role") not in STATEMENT_ROLES:
            raise CatalogueError(f"{place}, role: {entry.get('role')!r} is not one of {sorted(STATEMENT_ROLES)}")
        words = entry.get("pattern", "")
        if words.count("{name}") != 1:
            raise CatalogueError(f"{place}, pattern: must have {{name}} once")
        try:
            pattern = re.compile(words.replace("{name}", name_pattern))
        except re.error as error:
            raise CatalogueError(f"{place}, pattern: {error}") from error
        if pattern.groups != 1:
            raise CatalogueError(f"{place}, pattern: must have no group of its own")
        found.append((entry["role"], pattern))
    return tuple(found)
