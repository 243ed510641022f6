"""The figures that only stand in sentences: channels of disclosure, hotline cases, letters, trainings and the like.

Levels, spreads and trends are data (data/sample/activity.csv), all invented. `base` is a department's yearly count
before the factors of its kind, level and own size; a factor of 0 means that such units do not state the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.chance import lognormal, poisson, stream
from gongkai.sample.counts import FIRST_YEAR
from gongkai.sample.unit import Unit

Values = dict[str, float]
"""Figures by metric, in the catalogue's unit; amounts of money in yuan."""

SHOCKS: dict[str, dict[int, float]] = {
    "none": {},
    "epidemic": {2020: 1.25, 2022: 1.35},
    "distance": {2020: 0.6, 2022: 0.7},
    # One number for all hotlines since 2021, the winter of 2022, and growth ever since.
    "hotline": {2020: 1.2, 2021: 1.55, 2022: 2.35, 2023: 2.1, 2024: 2.4, 2025: 2.65},
}
_KINDS = ("government", "office", "department")
_LEVELS = ("province", "prefecture", "county", "township")
_COLUMNS = ("metric", "base", *_KINDS, *_LEVELS, "spread", "growth", "shocks")
_SUMS = {
    "disclosure.new_media": ("disclosure.wechat", "disclosure.weibo"),
    "disclosure.proposals": ("disclosure.proposals_deputies", "disclosure.proposals_cppcc"),
    "disclosure.total": ("disclosure.website", "disclosure.new_media", "disclosure.other_channels"),
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of the file: a metric's level, its factors by kind and level, its spread among units, its trend."""

    base: float
    factors: dict[str, float]
    spread: float
    growth: float
    shocks: str


@cache
def activities() -> dict[str, Activity]:
    """The file by metric. Raise CatalogueError naming file, line and field."""
    path = DATA / "sample" / "activity.csv"
    found: dict[str, Activity] = {}
    for line, row in rows(path, _COLUMNS):
        code = choice(path, line, "metric", row["metric"], frozenset(metrics()))
        choice(path, line, "shocks", row["shocks"], frozenset(SHOCKS))
        try:
            factors = {name: float(row[name]) for name in (*_KINDS, *_LEVELS)}
            found[code] = Activity(
                float(row["base"]), factors, float(row["spread"]), float(row["growth"]), row["shocks"]
            )
        except ValueError as error:
            raise CatalogueError(f"sample/{path.name}, line {line}: {error}") from error
    return found


def activity(unit: Unit, year: int, seed: int) -> Values:
    """What `unit` did in `year`, outside the tables. A metric that such units do not state is left out."""
    found: Values = {}
    profile = unit.profile.factors if unit.profile else {}
    for code, entry in activities().items():
        factor = entry.factors[unit.like] * entry.factors[unit.level] * profile.get("size", 1.0)
        if code.startswith(("hotline", "consultation")):
            factor *= profile.get("hotline", 1.0)
        if not factor:
            continue
        lasting = lognormal(stream(seed, unit.name, code), entry.spread)
        trend = (1 + entry.growth) ** (year - FIRST_YEAR) * _shock(entry.shocks, year)
        chance = stream(seed, unit.name, code, year)
        found[code] = float(poisson(chance, entry.base * factor * lasting * trend * lognormal(chance, 0.08)))
    for code, parts in _SUMS.items():
        if any(part in found for part in parts):
            found[code] = sum(found.get(part, 0.0) for part in parts)
    chance = stream(seed, unit.name, "rates", year)
    if "hotline.dispatched" in found:
        found["hotline.dispatched"] = min(found["hotline.dispatched"], found["hotline.cases"])
        found["hotline.calls"] = max(found["hotline.calls"], found["hotline.cases"])
    later = (year - FIRST_YEAR) * 0.35
    found["hotline.on_time_rate"] = round(min(100.0, chance.gauss(97.2 + later, 1.2)), 2)
    found["hotline.satisfaction"] = round(min(99.98, chance.gauss(92.5 + later * 1.6, 2.2)), 2)
    found["applications.on_time_rate"] = 100.0
    found["organisation.trainees"] = found["organisation.trainings"] * round(35 * lognormal(chance, 0.4))
    found["organisation.staff"] = found.get("organisation.staff", 0.0) + 1
    charged = poisson(chance, 0.35) if year >= 2021 and chance.random() < 0.25 else 0
    found["applications.fees_cases"] = float(charged)
    found["applications.fees_charged"] = float(sum(chance.choice((100, 200, 340, 560, 1280)) for _ in range(charged)))
    return found


def _shock(name: str, year: int) -> float:
    factors = SHOCKS[name]
    return factors.get(year, factors[max(factors)] if factors and year > max(factors) and name == "hotline" else 1.0)
