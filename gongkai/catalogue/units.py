"""Units as people print them, and how they become the catalogue's units (data/units.csv).

Units of one dimension are equivalent but for their factor: 18 场 and 18 次 press conferences are the same, 5,000 元 are
0.5 万元. Units of different dimensions (人 for 件) are never converted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.metrics import UNITS
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

DIMENSIONS = frozenset({"count", "people", "money", "share"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit. A value in it times `factor` is in the dimension's base unit (件, 人, 万元, %)."""

    name: str
    dimension: str
    factor: float


@cache
def units() -> dict[str, Unit]:
    """All units by their printed name. Raise CatalogueError naming file, line and field."""
    path = DATA / "units.csv"
    found: dict[str, Unit] = {}
    for line, row in rows(path, ("unit", "dimension", "factor")):
        try:
            factor = float(row["factor"])
        except ValueError as error:
            raise CatalogueError(f"{path.name}, line {line}, factor: {row['factor']!r} is no number") from error
        dimension = choice(path, line, "dimension", row["dimension"], DIMENSIONS)
        found[row["unit"]] = Unit(row["unit"], dimension, factor)
    for unit in sorted(UNITS - found.keys()):
        raise CatalogueError(f"{path.name}: {unit} is a unit of metrics.csv, but stands not here")
    return found


def convert(value: float, printed: str, wanted: str) -> float | None:
    """`value` in the printed unit, in the unit `wanted`; None where the printed unit measures something else."""
    source, target = units().get(printed), units().get(wanted)
    if source is None or target is None or source.dimension != target.dimension:
        return None
    # Rounded to the form's precision for money, so that 0.1 元 steps leave no binary dust.
    return value if source.factor == target.factor else round(value * source.factor / target.factor, 6)
