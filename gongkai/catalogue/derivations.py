"""Sums that a form does not print and the store derives (data/derivations.csv). Never read as figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA


@dataclass(frozen=True, slots=True)
class Derivation:
    """`total` is the sum of `parts` (metric codes), in the forms `regimes`."""

    total: str
    parts: tuple[str, ...]
    regimes: frozenset[str]


@cache
def derivations() -> tuple[Derivation, ...]:
    """All derivations. Raise CatalogueError for an unknown metric, or one not called derived there."""
    path = DATA / "derivations.csv"
    found = []
    for line, row in rows(path, ("total", "parts", "regimes")):
        parts, regimes = tuple(row["parts"].split()), frozenset(row["regimes"].split())
        for code in (row["total"], *parts):
            if code not in metrics():
                raise CatalogueError(f"{path.name}, line {line}: {code!r} is not in metrics.csv")
        if metrics()[row["total"]].derived_in != regimes:
            raise CatalogueError(f"{path.name}, line {line}: regimes differ from derived_in of metrics.csv")
        found.append(Derivation(row["total"], parts, regimes))
    derived = {derivation.total for derivation in found}
    for metric in metrics().values():
        if metric.derived_in and metric.code not in derived:
            raise CatalogueError(f"{path.name}: {metric.code} is derived in a form, but has no parts here")
    return tuple(found)
