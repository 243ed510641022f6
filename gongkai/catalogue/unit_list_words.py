"""The words of lists with one unit a line (data/unit_list_words.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.metrics import metrics
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_NAME = "unit_list_words.toml"


@dataclass(frozen=True, slots=True)
class UnitListWords:
    """Headings without blanks, numbers and marks: of the units, of the year, of lines that add up, of columns
    without figures, of no meaning of their own; `names` gives the metric of a heading."""

    unit: frozenset[str]
    year: frozenset[str]
    total: frozenset[str]
    ignored: frozenset[str]
    neutral: frozenset[str]
    names: dict[str, str]


@cache
def unit_list_words() -> UnitListWords:
    """The words. Raise CatalogueError naming file and entry."""
    try:
        data = tomllib.loads((DATA / _NAME).read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{_NAME}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{_NAME}: {error}") from error
    fields = ("unit", "year", "total", "ignored", "neutral", "names")
    if unknown := set(data) ^ set(fields):
        raise CatalogueError(f"{_NAME}: entries {sorted(unknown)} are unknown or missing")
    for field in fields:
        if not data[field] or not all(isinstance(word, str) and word for word in data[field]):
            raise CatalogueError(f"{_NAME}, {field}: a list of words is needed")
    for word, code in data["names"].items():
        if code not in metrics():
            raise CatalogueError(f"{_NAME}, names, {word}: {code!r} is not in metrics.csv")
    unit, year, total, ignored, neutral = (frozenset(data[field]) for field in fields[:-1])
    return UnitListWords(unit, year, total, ignored, neutral, data["names"])
