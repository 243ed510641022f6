"""What names of agencies say: their kind (data/agency_kinds.toml) and their short forms (data/organ_names.csv)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

AGENCY_LEVELS = ("national", "province", "prefecture", "county", "township")
"""The levels of agencies, from the top."""

AGENCY_KINDS = frozenset({"government", "office", "department", "institution", "zone", "vertical"})
"""A government; its office (a reporter of its own); a department; an institution or company; a development zone; a
unit of a vertical line, which stays out of local sums."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """A pattern of names that tells a kind; `levels` empty: at every level."""

    kind: str
    pattern: re.Pattern[str]
    levels: frozenset[str]


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """The rules in order; the first that is found decides. Raise CatalogueError naming file, rule and field."""
    path = DATA / "agency_kinds.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{path.name}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    found = []
    for number, rule in enumerate(data.get("rule", []), start=1):
        place = f"{path.name}, rule {number}"
        if unknown := set(rule) - {"kind", "pattern", "levels"}:
            raise CatalogueError(f"{place}: unknown fields {sorted(unknown)}")
        if rule.get("kind") not in AGENCY_KINDS:
            raise CatalogueError(f"{place}, kind: {rule.get('kind')!r} is not one of {sorted(AGENCY_KINDS)}")
        levels = frozenset(rule.get("levels", []))
        if not levels <= set(AGENCY_LEVELS):
            raise CatalogueError(f"{place}, levels: {sorted(levels)} are not all of {list(AGENCY_LEVELS)}")
        try:
            pattern = re.compile(rule.get("pattern", ""))
        except re.error as error:
            raise CatalogueError(f"{place}, pattern: {error}") from error
        if not pattern.pattern:
            raise CatalogueError(f"{place}, pattern: is missing")
        found.append(KindRule(rule["kind"], pattern, levels))
    return tuple(found)


def kind_of(organ: str, level: str | None) -> str | None:
    """The kind of an agency from its name without place (人民政府办公室 → office); null if no rule knows it."""
    organ = organ.replace("管委会", "管理委员会")
    for rule in kind_rules():
        if (not rule.levels or level in rule.levels) and rule.pattern.search(organ):
            return rule.kind
    return None


@cache
def organ_names() -> dict[str, str]:
    """Short names of organs and what they stand for: 人防办 → 人民防空办公室. Raise CatalogueError."""
    path = DATA / "organ_names.csv"
    found: dict[str, str] = {}
    for line, row in rows(path, ("short", "full")):
        if not row["short"] or not row["full"]:
            raise CatalogueError(f"{path.name}, line {line}: short and full must both be given")
        if row["short"] in found:
            raise CatalogueError(f"{path.name}, line {line}, short: {row['short']} stands twice")
        found[row["short"]] = row["full"]
    return found


def expand(organ: str) -> str:
    """The full name of an organ given in short (with or without 人民政府 in front); itself if it is not known."""
    return organ_names().get(organ, organ)
