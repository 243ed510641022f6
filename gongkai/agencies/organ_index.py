"""The units of a register by their organs: for finding who may be meant by a name that is not one of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.agencies.naming import Description, clean, describe
from gongkai.agencies.register import Unit
from gongkai.catalogue.agency_kinds import expand
from gongkai.catalogue.author_reasons import organ_successors
from gongkai.catalogue.divisions import Division

_ENDING = re.compile(r"(?:局|委员会|委|办公室|厅)$")
_TOWN = re.compile(r"(?:镇|乡|苏木)$")
_BRACKETS = re.compile(r"（[^（）]*）")
RELATIVE_LEVELS = {
    "省": ("province", "省"),
    "自治区": ("province", "自治区"),
    "自治州": ("prefecture", "州"),
    "州": ("prefecture", "州"),
    "盟": ("prefecture", "盟"),
    "区": ("county", "区"),
    "县": ("county", "县"),
    "旗": ("county", "旗"),
    "自治县": ("county", "县"),
    "自治旗": ("county", "旗"),
}
"""The level that the word in front of a name (县 in 县卫健委) stands for, and how its place's name ends. 市 may be
either level."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A unit whose organ is, or may be, the one named: `reason` is a code of data/author_reasons.csv."""

    unit: Unit
    reason: str


@dataclass(slots=True)
class OrganIndex:
    """Units by the names of their organs without the place, written in full."""

    _by_organ: dict[str, list[Unit]] = field(default_factory=dict)
    _alike: dict[tuple[str, str | None], tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> OrganIndex:
        """An index of `units`, by their present, short and former names."""
        index = cls()
        for unit in units:
            names = (unit.name, *unit.short_names, *(former.name for former in unit.former_names))
            for organ in dict.fromkeys(organ_of(unit, name) for name in names):
                index._by_organ.setdefault(organ, []).append(unit)
        return index

    def same(self, organ: str) -> list[Unit]:
        """The units of just this organ, at any place."""
        return self._by_organ.get(organ, [])

    def like(self, seen: Description) -> Iterator[Likeness]:
        """The units whose organ the name may mean, each once, by the strongest reason."""
        wanted = organ_named(seen)
        if not wanted:
            return
        told: set[str] = set()
        for organ, reason in self._organs(wanted, seen.township):
            for unit in self._by_organ[organ]:
                if unit.id not in told:
                    told.add(unit.id)
                    yield Likeness(unit, reason)

    def _organs(self, wanted: str, township: str | None) -> tuple[tuple[str, str], ...]:
        found = self._alike.get((wanted, township))
        if found is None:
            order = ("name_full", "name_short", "name_successor", "name_ending")
            pairs = [(organ, reason) for organ in self._by_organ if (reason := alike(wanted, organ, township))]
            pairs.sort(key=lambda pair: (order.index(pair[1]), pair[0]))
            found = self._alike[wanted, township] = tuple(pairs)
        return found


def organ_of(unit: Unit, name: str) -> str:
    """The organ in one of a unit's names, in full: 人民防空办公室 of 宿州市人防办, 大云镇人民政府 of 嘉善县大云镇."""
    rest = clean(name)
    for place in (unit.province, unit.city, unit.county):
        if place:
            rest = rest.removeprefix(place)
    if rest == clean(name):
        seen = describe(rest, unit.province)
        if seen.placed or seen.relative:
            return organ_named(seen)
    return _whole(_BRACKETS.sub("", rest))


def organ_named(seen: Description) -> str:
    """The organ that a name names, in full, with its township in front; "" where it names none."""
    if seen.level == "national" or not (seen.organ or seen.township or seen.places or seen.relative):
        return ""
    return _whole((seen.township or "") + seen.organ)


def _whole(rest: str) -> str:
    if rest.endswith("街道"):
        return rest + "办事处"
    if _TOWN.search(rest) or not rest:
        return rest + "人民政府"
    return expand(rest)


def alike(wanted: str, organ: str, township: str | None = None) -> str | None:
    """Why a name's organ may be that of a unit: the same, short for it, changed in a reform of the state, or with
    another ending (局, 委). A code of data/author_reasons.csv, null where they are different bodies.

    One that begins with the whole of the other is a body below it (财政局国库支付局), hence another.
    """
    if wanted == organ:
        return "name_full"
    if township is not None:
        return None
    if organ in organ_successors().get(wanted, ()):
        return "name_successor"
    if wanted.startswith(organ) or organ.startswith(wanted):
        return None
    if _shortened(wanted, organ) and _one_kind(wanted, organ):
        return "name_short"
    stems = (_ENDING.sub("", wanted), _ENDING.sub("", organ))
    if stems[0] == stems[1] and len(stems[0]) > 1 and stems[0] not in ("人民政府", "政府"):
        return "name_ending"
    return None


def _one_kind(one: str, other: str) -> bool:
    left, right = describe(one), describe(other)
    return left.kind == right.kind and not right.township


def _shortened(one: str, other: str) -> bool:
    """Whether the shorter takes characters of the longer in their order, and begins and ends as it does."""
    short, full = sorted((one, other), key=len)
    if len(short) < 3 or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def lies_at(unit: Unit, place: Division, level: str | None) -> bool:
    """Whether a unit is one of just this place: a department of 宿州市 is none of its counties. Places of no list lack
    what is above them."""
    if unit.elsewhere(place.province, place.city) or (unit.county and place.county and unit.county != place.county):
        return False
    if place.county:
        return unit.county == place.county
    if not place.code and place.city and unit.county == place.city:
        # A county's city of no list is taken for a prefecture's.
        return level != "township" or unit.level == "township"
    if level == "township" or unit.level == "township" or unit.county:
        return False
    return unit.city == place.city if place.city else unit.city is None


def within(unit: Unit, place: Division) -> bool:
    """Whether a unit lies in a place or below it."""
    if place.county:
        return unit.county == place.county and (not place.city or not unit.city or unit.city == place.city)
    return place.city in (unit.city, unit.county) if place.city else unit.province == place.province


def level_fits(unit: Unit, relative: str) -> bool:
    """Whether the word that stands for a place in a name (市 in 市人防办) can stand for the unit's."""
    if relative == "市":
        return (unit.level == "prefecture" and (unit.city or "").endswith("市")) or (
            unit.level in ("county", "province") and (unit.county or unit.province or "").endswith("市")
        )
    level, end = RELATIVE_LEVELS.get(relative, (unit.level, ""))
    own = {"province": unit.province, "prefecture": unit.city, "county": unit.county}.get(level)
    return unit.level == level and (own or "").endswith(end)
