"""The names of the fictional province (data/sample/places.csv, departments.csv). No place of these names exists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

LEVELS = ("province", "prefecture", "county", "township")
_PLACE_COLUMNS = ("level", "name", "slug")
_FACTORS = ("size", "applications", "documents", "licensing", "penalties", "coercion", "fees", "hotline")
_DEPARTMENT_COLUMNS = ("code", "province", "prefecture", "county", *_FACTORS, "topic")


@dataclass(frozen=True, slots=True)
class Place:
    """A place's name without its 市, 县 or 镇, and the word that stands for it in addresses."""

    level: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of department is called at each level ("" where there is none), and how much of everything it has.

    The factors are relative to a middling department of the same level (1.0); `topic` is what people ask it about.
    """

    code: str
    names: dict[str, str]
    factors: dict[str, float]
    topic: str


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """The places by level, in the order of the file. Raise CatalogueError naming file, line and field."""
    path = DATA / "sample" / "places.csv"
    found: dict[str, list[Place]] = {level: [] for level in LEVELS}
    names: set[str] = set()
    slugs: set[str] = set()
    for line, row in rows(path, _PLACE_COLUMNS):
        level = choice(path, line, "level", row["level"], frozenset(LEVELS))
        for field, known in (("name", names), ("slug", slugs)):
            if not row[field] or row[field] in known:
                raise CatalogueError(f"sample/{path.name}, line {line}, {field}: {row[field]!r} is empty or not unique")
            known.add(row[field])
        found[level].append(Place(level, row["name"], row["slug"]))
    if len(found["province"]) != 1:
        raise CatalogueError(f"sample/{path.name}: exactly one province is needed")
    return {level: tuple(entries) for level, entries in found.items()}


@cache
def profiles() -> tuple[Profile, ...]:
    """The kinds of department, in the order of the file. Raise CatalogueError naming file, line and field."""
    path = DATA / "sample" / "departments.csv"
    found: list[Profile] = []
    for line, row in rows(path, _DEPARTMENT_COLUMNS):
        try:
            factors = {name: float(row[name]) for name in _FACTORS}
        except ValueError as error:
            raise CatalogueError(f"sample/{path.name}, line {line}: {error}") from error
        if any(profile.code == row["code"] for profile in found) or min(factors.values()) < 0:
            raise CatalogueError(
                f"sample/{path.name}, line {line}: {row['code']} stands twice or has a negative factor"
            )
        found.append(Profile(row["code"], {level: row[level] for level in LEVELS[:3]}, factors, row["topic"]))
    return tuple(found)
