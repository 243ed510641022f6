"""What a bare list of names tells: level, kind, place and parent of each unit, for a person to confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gongkai.agencies.naming import Description, agency_id, clean, describe, read_place
from gongkai.agencies.register import Unit
from gongkai.catalogue.agency_kinds import expand
from gongkai.catalogue.divisions import Division


def described(name: str, place: Division | None = None) -> Description:
    """What a unit's name says, a relative one (市教育局) read as of `place` if that is one: 县信访局 in the list
    of a province stays a body of some county."""
    seen = describe(name)
    if not seen.placed and place is not None and place.name.endswith(seen.relative or ""):
        seen = describe(place.name + seen.organ if not seen.township else place.name + seen.township + seen.organ)
    if len(seen.places) > 1 and place is not None:
        near = tuple(one for one in seen.places if one.within(place) or place.within(one))
        seen = seen.at(near) if near else seen
    return seen


def place_of_list(texts: Sequence[str]) -> Division | None:
    """The place that a list is about: that of its title, else the one under which most of its names lie."""
    for text in texts[:3]:
        _, places = read_place(text.strip())
        if len(places) == 1:
            return places[0]
    counted: Counter[Division] = Counter()
    for text in texts:
        _, places = read_place(text.strip())
        if len(places) == 1:
            counted[places[0]] += 1
    ranked = counted.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def proposed(name: str, place: Division | None) -> Unit:
    """A unit as its name describes it; level and kind are "" where it does not tell."""
    seen = described(name, place)
    full = clean(name)
    if not describe(full).placed and seen.places:
        full = seen.places[0].name + (seen.township or "") + expand(seen.organ)
    full += _missing_end(full, seen)
    province = seen.province or (place.province if place else None)
    return Unit(
        id=agency_id(full, province),
        name=full,
        level=seen.level or "",
        kind=seen.kind or "",
        province=province,
        city=seen.city,
        county=seen.county,
        short_names=(clean(name),) if clean(name) != full else (),
    )


def _missing_end(name: str, seen: Description) -> str:
    """What a bare place lacks to be the name of its government."""
    if seen.organ or not (seen.places or seen.township):
        return ""
    if name.endswith("街道"):
        return "办事处"
    return "行政公署" if not seen.township and name.endswith(("盟", "地区")) else "人民政府"


def with_parents(units: Sequence[Unit]) -> list[Unit]:
    """The units, each without a parent under the government of its list that stands next above it, if just one does."""
    governments = [unit for unit in units if unit.kind == "government"]
    by_place: dict[tuple[str, str | None, str | None, str | None], list[Unit]] = {}
    for unit in governments:
        by_place.setdefault(_seat(unit.level, unit), []).append(unit)
    return [unit if unit.parent else replace(unit, parent=_above(unit, by_place)) for unit in units]


def _seat(level: str, unit: Unit) -> tuple[str, str | None, str | None, str | None]:
    return (
        level,
        unit.province,
        unit.city if level != "province" else None,
        unit.county if level in ("county", "township") else None,
    )


def _placed(unit: Unit) -> bool:
    """Whether it is known where a unit lies: 县信访局 in the list of a province is of some county, and nobody's until a
    person says whose."""
    known = {"prefecture": unit.city, "county": unit.county or unit.city, "township": unit.county}
    return unit.level not in known or known[unit.level] is not None


def _above(unit: Unit, by_place: dict[tuple[str, str | None, str | None, str | None], list[Unit]]) -> str | None:
    levels = ("province", "prefecture", "county", "township")
    if unit.level not in levels or not _placed(unit):
        return None
    own = levels.index(unit.level)
    # A department stands under its own government, a government under that of the next level.
    start = own - 1 if unit.kind == "government" else own
    for level in reversed(levels[: start + 1]):
        if level == "township":
            continue
        found = [one for one in by_place.get(_seat(level, unit), []) if one.id != unit.id]
        if len(found) == 1:
            return found[0].id
    return None
