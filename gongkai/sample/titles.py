"""What the title of a report calls its unit: its full name, mostly; else a short one that people know it by."""

from __future__ import annotations

from functools import cache
from random import Random

from gongkai.catalogue.agency_kinds import organ_names
from gongkai.sample.unit import Unit

_NEAR, _SHORT = 0.03, 0.02
"""Shares of titles with the name that leaves out the city, and of those with the organ's abbreviation."""


def name_in_title(unit: Unit, chance: Random) -> str:
    """The full name, or rarely 竹汀区民政局 for 临湖市竹汀区民政局, or 临湖市人社局; `unit` is as in that year."""
    draw = chance.random()
    if draw < _NEAR and unit.level != "township":
        return unit.short
    if draw < _NEAR + _SHORT:
        for full, shorts in _abbreviations().items():
            if unit.kind == "department" and unit.name.endswith(full) and unit.name != full:
                return unit.name.removesuffix(full) + chance.choice(shorts)
    return unit.name


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Short names by the full one, the longest full name first."""
    found: dict[str, list[str]] = {}
    for short, full in organ_names().items():
        found.setdefault(full, []).append(short)
    return {full: tuple(found[full]) for full in sorted(found, key=lambda name: (-len(name), name))}
