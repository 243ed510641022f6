"""Peer groups (data/peer_groups.csv): units of the same level and kind, and the bounds of their bands by volume.

Which unit is in which group and band is worked out in queries/_peer_group.sql; this is what people may change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.tables import choice, rows
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, SCOPES
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_COLUMNS = (
    *("code", "label_zh", "label_en", "levels", "kinds"),
    *("scope", "volume", "years", "medium_from", "many_from"),
)
_CODE = re.compile(r"[a-z][a-z0-9_]*")

BANDS = ("few", "medium", "many")
"""The bands by volume, from below."""

SAVED = "saved"
"""What a group that a person saved begins with in the address; no code."""


@dataclass(frozen=True, slots=True)
class Bands:
    """How a group is divided by volume: the sum of the metrics `volume`, in the scope `scope`, as a mean over those of
    the last `years` years in which a unit reports all of them. few is below `medium_from`, many from `many_from` on."""

    scope: str
    volume: tuple[str, ...]
    years: int
    medium_from: float
    many_from: float


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A group: the units of one of `levels` and one of `kinds`. Without `bands` it is not divided."""

    code: str
    label_zh: str
    label_en: str
    levels: tuple[str, ...]
    kinds: tuple[str, ...]
    bands: Bands | None

    def label(self, language: str) -> str:
        """Its name in `language` ("en", or Chinese)."""
        return self.label_en if language == "en" else self.label_zh

    def takes(self, level: str, kind: str) -> bool:
        """Whether units of this level and kind are in it."""
        return level in self.levels and kind in self.kinds


@cache
def peer_groups() -> dict[str, PeerGroup]:
    """The groups by code, in the order of the file: a unit is in one of them at most.

    Raise CatalogueError naming file, line and field.
    """
    path = DATA / "peer_groups.csv"
    found: dict[str, PeerGroup] = {}
    taken: dict[tuple[str, str], str] = {}
    for line, row in rows(path, _COLUMNS):
        code = row["code"]
        if not _CODE.fullmatch(code) or code == SAVED:
            raise CatalogueError(f"{path.name}, line {line}, code: {code!r} is no code (small letters, digits and _)")
        if code in found:
            raise CatalogueError(f"{path.name}, line {line}, code: {code} stands twice")
        for name in ("label_zh", "label_en", "levels", "kinds"):
            if not row[name]:
                raise CatalogueError(f"{path.name}, line {line}, {name}: is empty")
        levels = tuple(choice(path, line, "levels", part, frozenset(AGENCY_LEVELS)) for part in row["levels"].split())
        kinds = tuple(choice(path, line, "kinds", part, frozenset(AGENCY_KINDS)) for part in row["kinds"].split())
        for pair in [(level, kind) for level in levels for kind in kinds]:
            if pair in taken:
                raise CatalogueError(
                    f"{path.name}, line {line}, kinds: {pair[1]} of level {pair[0]} is in {taken[pair]} already"
                )
            taken[pair] = code
        found[code] = PeerGroup(code, row["label_zh"], row["label_en"], levels, kinds, _bands(line, row))
    return found


def group_of(level: str, kind: str) -> PeerGroup | None:
    """The group of units of this level and kind; null where none is defined."""
    return next((group for group in peer_groups().values() if group.takes(level, kind)), None)


def _bands(line: int, row: dict[str, str]) -> Bands | None:
    path = DATA / "peer_groups.csv"
    given = {name: row[name] for name in _COLUMNS[5:]}
    if not any(given.values()):
        return None
    for name, value in given.items():
        if not value:
            raise CatalogueError(f"{path.name}, line {line}, {name}: is empty, but other fields of the bands are not")
    numbers = {}
    for name in ("years", "medium_from", "many_from"):
        try:
            numbers[name] = float(given[name])
        except ValueError as error:
            raise CatalogueError(f"{path.name}, line {line}, {name}: {given[name]!r} is no number") from error
    if not (numbers["years"].is_integer() and 1 <= numbers["years"] <= 10):
        raise CatalogueError(f"{path.name}, line {line}, years: {given['years']} is no number of years from 1 to 10")
    if not 0 < numbers["medium_from"] < numbers["many_from"] < float("inf"):
        raise CatalogueError(f"{path.name}, line {line}, many_from: the bounds must rise from above 0")
    return Bands(
        scope=choice(path, line, "scope", given["scope"], frozenset(SCOPES)),
        volume=tuple(choice(path, line, "volume", part, frozenset(metrics())) for part in given["volume"].split()),
        years=int(numbers["years"]),
        medium_from=numbers["medium_from"],
        many_from=numbers["many_from"],
    )
