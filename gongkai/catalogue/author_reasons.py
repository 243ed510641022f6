"""What speaks for a unit as a report's author, and how strongly (data/author_reasons.csv); which organ took over from
which (data/organ_successors.csv)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import Formatter

from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

REASONS = (
    *("name_full", "name_known", "name_short", "name_ending", "name_successor", "name_trusted"),
    *("place_named", "place_level", "place_path", "place_read", "only_one", "remembered", "other_self"),
)
"""The codes of reasons: what the program can tell of a candidate."""
_PARTS = frozenset({"role", "words"})


@dataclass(frozen=True, slots=True)
class AuthorReason:
    """A reason: what it adds to a candidate's score (-1 to 1), and its words with {role} and {words} in them."""

    weight: float
    text_zh: str
    text_en: str


@cache
def author_reasons() -> dict[str, AuthorReason]:
    """The reasons by code. Raise CatalogueError naming file, line and field."""
    path = DATA / "author_reasons.csv"
    found: dict[str, AuthorReason] = {}
    for line, row in rows(path, ("code", "weight", "text_zh", "text_en")):
        code = row["code"]
        if code not in REASONS or code in found:
            raise CatalogueError(f"{path.name}, line {line}, code: {code!r} is unknown or stands twice")
        try:
            weight = float(row["weight"])
        except ValueError as error:
            raise CatalogueError(f"{path.name}, line {line}, weight: {row['weight']!r} is no number") from error
        if not -1 <= weight <= 1:
            raise CatalogueError(f"{path.name}, line {line}, weight: must lie between -1 and 1")
        for name in ("text_zh", "text_en"):
            if not row[name] or {part for _, part, _, _ in Formatter().parse(row[name]) if part} - _PARTS:
                raise CatalogueError(f"{path.name}, line {line}, {name}: is empty or has parts that are unknown")
        found[code] = AuthorReason(weight, row["text_zh"], row["text_en"])
    if missing := set(REASONS) - found.keys():
        raise CatalogueError(f"{path.name}, code: {', '.join(sorted(missing))} is missing")
    return found


@cache
def organ_successors() -> dict[str, frozenset[str]]:
    """The organs that took over from an organ in a reform of the state. Raise CatalogueError naming file and line."""
    path = DATA / "organ_successors.csv"
    found: dict[str, set[str]] = {}
    for line, row in rows(path, ("former", "successor", "since", "source")):
        if not row["former"] or not row["successor"] or row["former"] == row["successor"]:
            raise CatalogueError(f"{path.name}, line {line}: former and successor must be given and differ")
        if not row["since"].isdecimal() or not row["source"]:
            raise CatalogueError(f"{path.name}, line {line}, since, source: a year and a source are needed")
        known = found.setdefault(row["former"], set())
        if row["successor"] in known:
            raise CatalogueError(f"{path.name}, line {line}, successor: stands twice")
        known.add(row["successor"])
    return {former: frozenset(successors) for former, successors in found.items()}
