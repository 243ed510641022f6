"""The names of the fictional province (data/sample/places.csv, departments.csv), and those it had before
(former_names.csv, place_changes.csv). No place of these names exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

LEVELS = ("province", "prefecture", "county", "township")
_PLACE_COLUMNS = ("level", "name", "slug")
_FACTORS = ("size", "applications", "documents", "licensing", "penalties", "coercion", "fees", "hotline")
_LIFE = ("kind", "since", "until", "successor", "share")
_DEPARTMENT_COLUMNS = ("code", "province", "prefecture", "county", *_FACTORS, *_LIFE, "topic")
_KINDS = frozenset({"department", "vertical", "zone", "institution"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place's name without its 市, 县 or 镇, and the word that stands for it in addresses."""

    level: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of department is called at each level ("" where there is none), and how much of everything it has.

    The factors are relative to a middling department of the same level (1.0); `topic` is what people ask it about. A
    name with {place} says where its place stands; else the place stands in front. `since` and `until` are the first and
    last years in which there are such units (null: always), `successor` the kind that takes over. `share`: of so
    many governments one is added to the departments chosen by lot (0: it is one of those). `former` are earlier names
    by level, each with the last year in which it was used, the earliest first.
    """

    code: str
    names: dict[str, str]
    factors: dict[str, float]
    topic: str
    kind: str = "department"
    since: int | None = None
    until: int | None = None
    successor: str = ""
    share: float = 0.0
    former: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def name_in(self, level: str, year: int) -> str:
        """What such a unit was called in a year, without its place."""
        return next((name for last, name in self.former.get(level, ()) if year <= last), self.names[level])


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A county that became a district or a city: what stands behind its name since, and until `last_year`."""

    suffix: str
    former_suffix: str
    last_year: int


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """The places by level, in the order of the file. Raise CatalogueError naming file, line and field."""
    path = DATA / "sample" / "places.csv"
    found: dict[str, list[Place]] = {level: [] for level in LEVELS}
    names: set[str] = set()
    slugs: set[str] = set()
    for line, row in rows(path, _PLACE_COLUMNS):
        level = choice(path, line, "level", row["level"], frozenset(LEVELS))
        for column, known in (("name", names), ("slug", slugs)):
            if not row[column] or row[column] in known:
                raise CatalogueError(
                    f"sample/{path.name}, line {line}, {column}: {row[column]!r} is empty or not unique"
                )
            known.add(row[column])
        found[level].append(Place(level, row["name"], row["slug"]))
    if len(found["province"]) != 1:
        raise CatalogueError(f"sample/{path.name}: exactly one province is needed")
    return {level: tuple(entries) for level, entries in found.items()}


@cache
def place_changes() -> dict[str, PlaceChange]:
    """The counties that changed, by name. Raise CatalogueError naming file, line and field."""
    path, found = DATA / "sample" / "place_changes.csv", dict[str, PlaceChange]()
    known, suffixes = frozenset(place.name for place in places()["county"]), frozenset("县区市")
    for line, row in rows(path, ("county", "former_suffix", "suffix", "last_year")):
        county = choice(path, line, "county", row["county"], known)
        ends = [choice(path, line, name, row[name], suffixes) for name in ("suffix", "former_suffix")]
        found[county] = PlaceChange(ends[0], ends[1], _year(path, line, "last_year", row["last_year"]) or 0)
    return found


@cache
def profiles() -> tuple[Profile, ...]:
    """The kinds of department, in the order of the file. Raise CatalogueError naming file, line and field."""
    path = DATA / "sample" / "departments.csv"
    found: list[Profile] = []
    lines = list(rows(path, _DEPARTMENT_COLUMNS))
    former = _former_names()
    for line, row in lines:
        try:
            factors = {name: float(row[name]) for name in _FACTORS}
            share = float(row["share"] or 0)
        except ValueError as error:
            raise CatalogueError(f"sample/{path.name}, line {line}: {error}") from error
        if any(profile.code == row["code"] for profile in found) or min(factors.values()) < 0:
            raise CatalogueError(
                f"sample/{path.name}, line {line}: {row['code']} stands twice or has a negative factor"
            )
        names = {level: row[level] for level in LEVELS[:3]}
        years = (_year(path, line, "since", row["since"]), _year(path, line, "until", row["until"]))
        kind = choice(path, line, "kind", row["kind"], _KINDS)
        rest = (kind, *years, row["successor"], share, former.pop(row["code"], {}))
        found.append(Profile(row["code"], names, factors, row["topic"], *rest))
    codes = {profile.code for profile in found}
    if lost := {profile.successor for profile in found if profile.successor} - codes | former.keys():
        raise CatalogueError(f"sample/{path.name}: no department is called {sorted(lost)}")
    return tuple(found)


@cache
def strays() -> tuple[tuple[str, str], ...]:
    """Units that no register knows: the name without its place, and the kind. Raise CatalogueError."""
    path = DATA / "sample" / "strays.csv"
    return tuple(
        (row["body"], choice(path, line, "kind", row["kind"], _KINDS)) for line, row in rows(path, ("body", "kind"))
    )


def _former_names() -> dict[str, dict[str, tuple[tuple[int, str], ...]]]:
    """Earlier names by code and level, the earliest first."""
    path = DATA / "sample" / "former_names.csv"
    found: dict[str, dict[str, tuple[tuple[int, str], ...]]] = {}
    for line, row in rows(path, ("code", "last_year", *LEVELS[:3])):
        last = _year(path, line, "last_year", row["last_year"]) or 0
        by_level = found.setdefault(row["code"], {})
        for level in LEVELS[:3]:
            if row[level]:
                by_level[level] = tuple(sorted((*by_level.get(level, ()), (last, row[level]))))
    return found


def _year(path: Path, line: int, name: str, text: str) -> int | None:
    if text and not (text.isdecimal() and len(text) == 4):
        raise CatalogueError(f"sample/{path.name}, line {line}, {name}: {text!r} is no year")
    return int(text) if text else None
