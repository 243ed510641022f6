"""Document numbers that reports quote wrongly (data/references.csv): never issued, or outdated after some year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA


@dataclass(frozen=True, slots=True)
class WrongReference:
    """A number, the last statistical year in which quoting it was right (null: never), and the number that is right.
    `pattern` finds it whatever its brackets and blanks."""

    number: str
    valid_until: int | None
    right: str
    pattern: re.Pattern[str]


@cache
def wrong_references() -> tuple[WrongReference, ...]:
    """All of them. Raise CatalogueError naming file, line and field."""
    path = DATA / "references.csv"
    found = []
    for line, row in rows(path, ("number", "valid_until", "right")):
        until = row["valid_until"]
        if not row["number"] or not row["right"] or (until and not until.isdigit()):
            raise CatalogueError(f"{path.name}, line {line}: a number, its right form and at most a year are needed")
        pattern = r"\s*".join(_letter(letter) for letter in row["number"])
        year = int(until) if until else None
        found.append(WrongReference(row["number"], year, row["right"], re.compile(pattern + r"(?!\d)")))
    return tuple(found)


def _letter(letter: str) -> str:
    return {"〔": r"[〔\[(（【]", "〕": r"[〕\])）】]"}.get(letter, re.escape(letter))
