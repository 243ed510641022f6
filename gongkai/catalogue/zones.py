"""Places that are no administrative divisions but stand in agencies' names: new areas and zones (data/zones.csv)."""

from __future__ import annotations

from functools import cache

from gongkai.catalogue.divisions import Division, find
from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_COLUMNS = ("name", "province", "city")


@cache
def zones() -> dict[str, Division]:
    """The division in which each zone lies, its city or else its province. Raise CatalogueError naming the line."""
    path = DATA / "zones.csv"
    found: dict[str, Division] = {}
    for line, row in rows(path, _COLUMNS):
        name, where = row["name"], row["city"] or row["province"]
        if len(name) < 4 or name in found:
            raise CatalogueError(f"{path.name}, line {line}, name: {name!r} is too short or stands twice")
        places = [one for one in find(where, short=False) if one.province == row["province"] and one.county is None]
        if not places:
            raise CatalogueError(f"{path.name}, line {line}: {where!r} in {row['province']!r} is no division")
        found[name] = places[0]
    return found


def zone_at(text: str) -> tuple[str, Division] | None:
    """The zone whose name begins `text`, the longest one, and the division in which it lies; null if there is none."""
    longest = max((name for name in _starting(text[:_START]) if text.startswith(name)), key=len, default=None)
    return (longest, zones()[longest]) if longest else None


_START = 2


@cache
def _by_start() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in zones():
        found.setdefault(name[:_START], []).append(name)
    return found


def _starting(start: str) -> list[str]:
    return _by_start().get(start, [])
