"""Marks of document-sharing and repost sites (data/secondary_sources.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from gongkai.errors import CatalogueError
from gongkai.paths import DATA

ENOUGH = 2
"""The weight of phrases from which on a page is taken for a repost."""


@dataclass(frozen=True, slots=True)
class SecondarySources:
    """Parts of host names, and phrases (without blanks) with their weights 1 or 2."""

    hosts: tuple[str, ...]
    phrases: tuple[tuple[str, int], ...]


@cache
def secondary_sources() -> SecondarySources:
    """The marks. Raise CatalogueError naming file and field."""
    path = DATA / "secondary_sources.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{path.name}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    hosts = data.get("hosts", [])
    if not isinstance(hosts, list) or not all(isinstance(host, str) and host for host in hosts):
        raise CatalogueError(f"{path.name}, hosts: must be a list of parts of host names")
    phrases: list[tuple[str, int]] = []
    for number, entry in enumerate(data.get("phrase", []), start=1):
        if set(entry) != {"words", "weight"} or not entry["words"] or entry["weight"] not in (1, 2):
            raise CatalogueError(f"{path.name}, phrase {number}: words and weight (1 or 2) are needed")
        phrases.append((entry["words"], entry["weight"]))
    return SecondarySources(tuple(hosts), tuple(phrases))
