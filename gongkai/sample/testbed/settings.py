"""What the test bed is made of, as data: layout traits (data/sample/traits.toml), shares and words (testbed.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from gongkai.errors import CatalogueError
from gongkai.paths import DATA

FORMATS = ("html", "docx", "pdf", "txt", "md", "xlsx", "xls", "doc", "mht", "rtf")
KINDS = ("statutory", "annex", "free", "summary", "self_check", "half_year")
TOGETHER = ("alone", "collection", "archive")
_SHARES = {"kind": KINDS, "format": FORMATS, "together": TOGETHER}
_WORDS = ("misspelt", "extra_rows", "nameless", "debris")


@dataclass(frozen=True, slots=True)
class Trait:
    """A habit of layout: in how many of a hundred fitting files it is met; empty `formats`, `regimes` mean all."""

    id: str
    chance: float
    formats: frozenset[str]
    regimes: frozenset[str]
    excludes: frozenset[str]

    def fits(self, form: str, regime: str | None) -> bool:
        """Whether a file of this format, with tables of this form (null: none), can have it."""
        with_tables = regime is not None and (not self.regimes or regime in self.regimes)
        return with_tables and (not self.formats or form in self.formats)


@dataclass(frozen=True, slots=True)
class Settings:
    """Shares by what they choose (kind, format, together), and the words that traits put in."""

    shares: dict[str, dict[str, float]]
    words: dict[str, Any]
    deleted: str


FREE_OF_TABLES = frozenset({"layout_tables", "text_boxes", "tracked", "gbk", "utf16", "printed_page", "nameless"})
"""Traits of a whole file: reports without tables have them as well."""


@cache
def traits() -> tuple[Trait, ...]:
    """All traits in the order in which they are applied. Raise CatalogueError naming the file and the entry."""
    raw = _load("traits.toml")
    found: list[Trait] = []
    for entry in raw.get("trait", []):
        try:
            lists = (frozenset(entry.get(name, ())) for name in ("formats", "regimes", "excludes"))
            trait = Trait(entry["id"], float(entry["chance"]), *lists)
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"sample/traits.toml, {entry.get('id')}: {error!r}") from error
        if not entry.get("about") or trait.formats - set(FORMATS) or any(trait.id == each.id for each in found):
            raise CatalogueError(f"sample/traits.toml, {trait.id}: stands twice, or about or formats are wrong")
        found.append(trait)
    known = {trait.id for trait in found} | {"merged_other"}
    for trait in found:
        if trait.excludes - known:
            raise CatalogueError(f"sample/traits.toml, {trait.id}, excludes: {sorted(trait.excludes - known)} unknown")
    return tuple(found)


@cache
def settings() -> Settings:
    """The file's shares and words. Raise CatalogueError naming the file and the entry."""
    raw = _load("testbed.toml")
    try:
        shares = {name: {key: float(raw["shares"][name][key]) for key in keys} for name, keys in _SHARES.items()}
        words = {name: raw["words"][name] for name in _WORDS}
        return Settings(shares, words, raw["tracked"]["deleted"])
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"sample/testbed.toml: {error!r}") from error


def choose(name: str, chance: Random) -> str:
    """One kind, format or way of being together, by its share."""
    shares = settings().shares[name]
    return chance.choices(list(shares), list(shares.values()))[0]


def choose_traits(form: str, regime: str | None, chance: Random) -> frozenset[str]:
    """The traits of one file: each fitting one by its own chance, without those that an earlier one excludes.

    Every eighth file has none, as most real reports.
    """
    if chance.randrange(8) == 0:
        return frozenset()
    found: list[Trait] = []
    for trait in traits():
        fits = trait.fits(form, regime) or (
            regime is None and trait.id in FREE_OF_TABLES and (not trait.formats or form in trait.formats)
        )
        drawn = chance.random() * 100 < trait.chance
        if fits and drawn and not any(trait.id in other.excludes or other.id in trait.excludes for other in found):
            found.append(trait)
    return frozenset(trait.id for trait in found)


def _load(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((DATA / "sample" / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"sample/{name}: {error}") from error
