"""The units of the fictional province: who they are, to whom they report, and in whose report they are counted.

Departments that were renamed, merged or founded on the way are added by the shares of data/sample/departments.csv;
counties that became districts or cities are those of place_changes.csv; townships merge and are founded by lot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random

from gongkai.errors import UnusableInput
from gongkai.sample.chance import stream
from gongkai.sample.names import Place, Profile, place_changes, places, profiles, strays
from gongkai.sample.unit import Former, Unit

Span = tuple[int, int]

FIRST_KNOWN, LAST_KNOWN = 2008, 2030
"""The years for which names are known."""
_MERGED, _FOUNDED, _ENDING = 0.12, 0.08, range(2019, 2024)
"""Shares of townships that go into another of their county, and that are new; the last years of those that end."""
_STRAY_YEARS = range(2022, 2026)


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the province is; a span is the least and the most per place, both included.

    `evenly`: the numbers of counties go round their span instead of being drawn. `changes`: units are renamed, merged,
    founded; units that count in no local sum are there. `others` multiplies the shares of data/sample/departments.csv.
    """

    cities: int = 6
    province_departments: int = 10
    city_departments: Span = (5, 6)
    counties: Span = (2, 3)
    county_departments: Span = (2, 3)
    townships: Span = (1, 2)
    evenly: bool = False
    changes: bool = True
    others: float = 0.2


SHAPES = {
    "small": Shape(),
    "full": Shape(12, 20, (16, 18), (7, 8), (7, 9), (4, 5), evenly=True, others=1.0),
}
"""The province of the demonstration, and the whole one: 12 cities, 90 counties, some 1,500 units below them."""


def build_province(shape: Shape, seed: int) -> tuple[Unit, ...]:
    """All units, every government before the units counted in it. Raise UnusableInput if names run out."""
    known = places()
    if not 1 <= shape.cities <= len(known["prefecture"]):
        raise UnusableInput(f"--cities {shape.cities}: between 1 and {len(known['prefecture'])} cities can be named")
    builder = _Builder(shape, seed)
    builder.build()
    return _linked(builder.units)


_ByYear = Callable[[int], str]
"""A name, by year."""


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a government sits: the full and the near name of its place by year, and who collects for it."""

    full: _ByYear
    short: _ByYear
    city: str
    site: str
    territory: str
    government: str | None
    office: str | None
    above: str | None


class _Builder:
    """Collects the units; owns the names not yet given away, and which departments each government has."""

    def __init__(self, shape: Shape, seed: int) -> None:
        self.shape = shape
        self.seed = seed
        self.units: list[Unit] = []
        self.present: dict[str | None, set[str]] = {}
        self.counties = iter(places()["county"])
        self.province = places()["province"][0].name + "省"

    def build(self) -> None:
        """Add the province, its cities, their counties, and the departments of each."""
        slug, name = places()["province"][0].slug, _always(self.province)
        top = self._government(name, name, "province", "", slug, None, "990000")
        self._departments(top, "province", self.shape.province_departments)
        cities = [
            self._city(city, number, top)
            for number, city in enumerate(places()["prefecture"][: self.shape.cities], start=1)
        ]
        if self.shape.changes:
            self._strays(cities)

    def _city(self, city: Place, number: int, above: _Seat) -> _Seat:
        name = city.name + "市"
        chance = stream(self.seed, "city", city.name)
        code = f"99{number:02d}"
        top = self._government(_always(name), _always(name), "prefecture", name, city.slug, above, code + "00")
        self._departments(top, "prefecture", chance.randint(*self.shape.city_departments))
        least, most = self.shape.counties
        count = least + (number - 1) % (most - least + 1) if self.shape.evenly else chance.randint(least, most)
        for place in range(count):
            try:
                county = next(self.counties)
            except StopIteration:
                raise UnusableInput("data/sample/places.csv: more counties are asked for than it names") from None
            # A city has at least one district; a district is called by its city's name, a county by its own.
            suffix = "区" if place == 0 else chance.choice(("县", "县", "县", "区", "市"))
            self._county(county, name, city.slug, suffix, top, f"{code}{place + 1:02d}")
        return top

    def _county(self, county: Place, city: str, site: str, suffix: str, above: _Seat, territory: str) -> None:
        chance = stream(self.seed, "county", county.name)
        change = place_changes().get(county.name) if self.shape.changes else None

        def short(year: int) -> str:
            if change is None:
                return county.name + suffix
            return county.name + (change.former_suffix if year <= change.last_year else change.suffix)

        def full(year: int) -> str:
            return city + short(year) if short(year).endswith("区") else short(year)

        top = self._government(full, short, "county", city, site, above, territory)
        self._departments(top, "county", chance.randint(*self.shape.county_departments))
        self._townships(top, chance)

    def _townships(self, top: _Seat, chance: Random) -> None:
        """Townships; some go into a neighbour, some are new."""
        district = top.short(LAST_KNOWN).endswith("区")
        for number, town in enumerate(chance.sample(places()["township"], chance.randint(*self.shape.townships))):
            ending = chance.choice(("镇", "镇", "乡", "街道办事处" if district else "镇"))
            tail = town.name + ending + ("" if ending.endswith("办事处") else "人民政府")
            neighbour = self.units[-1] if self.shape.changes and number else None
            life = _life(stream(self.seed, "township", top.government or "", tail)) if neighbour else (None, None)
            if neighbour and neighbour.until and life[1]:
                life = (None, None)
            unit = self._named(top, "government", "township", _always("{place}" + tail), _always(tail), life)
            former = tuple(replace(each, place=town.name) for each in unit.former)
            unit = replace(unit, place=town.name, former=former, territory=f"{top.territory}{number + 101}")
            self.units.append(replace(unit, successor=neighbour.name if neighbour and unit.until else None))

    def _government(
        self, full: _ByYear, short: _ByYear, level: str, city: str, site: str, above: _Seat | None, territory: str
    ) -> _Seat:
        """Add a government and its office."""
        parent = above.government if above else None
        seat = _Seat(full, short, city, site, territory, None, above.office if above else None, parent)
        body = "人民政府办公厅" if level == "province" else "人民政府办公室"
        top = replace(
            self._named(seat, "government", level, _always("{place}人民政府")), parent=parent, counts_in=parent
        )
        office = self._named(replace(seat, government=top.name), "office", level, _always("{place}" + body))
        self.units += [top, office]
        return replace(seat, government=top.name, office=office.name)

    def _departments(self, top: _Seat, level: str, count: int) -> None:
        """Two busy bureaus that every government has, the rest by lot; then those of a share of governments."""
        named = [profile for profile in _ordinary() if profile.names[level]]
        if level == "province":
            chosen = {profile.code for profile in named[:count]}
        else:
            chance = stream(self.seed, "departments", top.government or "")
            chosen = {profile.code for profile in [*named[:2], *chance.sample(named[2:], count - 2)]}
        if self.shape.changes:
            chosen |= self._others(chosen, level, top)
        self.present[top.government] = chosen
        for profile in profiles():
            if profile.code in chosen:
                self._department(profile, level, top)

    def _others(self, chosen: set[str], level: str, top: _Seat) -> set[str]:
        """The codes of further units by lot, with the successors of those that merge."""
        found: set[str] = set()
        above = self.present.get(top.above, set())
        for profile in profiles():
            lot = stream(self.seed, "others", top.government or "", profile.code).random()
            if not profile.share or not profile.names[level] or lot >= profile.share * self.shape.others:
                continue
            # A line of its own reaches down from the city.
            if profile.kind != "vertical" or level != "county" or profile.code in above:
                found |= {profile.code} | ({profile.successor} if profile.successor else set())
        return found

    def _department(self, profile: Profile, level: str, top: _Seat) -> None:
        def body(year: int) -> str:
            name = profile.name_in(level, year)
            return name if "{place}" in name else "{place}" + name

        ages = self.shape.changes
        life = (profile.since, profile.until) if ages else (None, None)
        unit = self._named(top, profile.kind, level, body if ages else _always(body(LAST_KNOWN)), life=life)
        self.units.append(replace(unit, profile=profile))

    def _named(
        self,
        top: _Seat,
        kind: str,
        level: str,
        body: _ByYear,
        short: _ByYear | None = None,
        life: tuple[int | None, int | None] = (None, None),
    ) -> Unit:
        """A unit below `top`; `body` is its name by year, with {place} where the place stands."""

        def names(year: int) -> tuple[str, str, str]:
            near = top.short(year)
            own = short(year) if short else body(year).format(place=near)
            return body(year).format(place=top.full(year)), own, near

        first, last = life[0] or FIRST_KNOWN, life[1] or LAST_KNOWN
        runs = [(name, list(years)) for name, years in groupby(range(first, last + 1), key=names)]
        former = [Former(*name, None if years[0] == first else years[0], years[-1]) for name, years in runs[:-1]]
        return Unit(
            *runs[-1][0][:2], kind, level, self.province, top.city, runs[-1][0][2], top.site, top.government,
            counts_in=None if kind == "vertical" else top.government, reports_to=top.office,
            since=life[0], until=life[1], former=tuple(former), territory=top.territory,
        )  # fmt: skip

    def _strays(self, cities: list[_Seat]) -> None:
        """Units that the register does not know and that send a report all the same, each in one year."""
        for number, (body, kind) in enumerate(strays()):
            lot = stream(self.seed, "stray", body)
            unit = self._named(cities[number % len(cities)], kind, "prefecture", _always("{place}" + body))
            year = lot.choice(_STRAY_YEARS)
            unit = replace(unit, since=year, until=year, registered=False, counts_in=None, reports_to=None)
            self.units.append(unit)


def _always(text: str) -> _ByYear:
    return lambda year: text


def _life(lot: Random) -> tuple[int | None, int | None]:
    """The first and last year of a township: one that goes into its neighbour, one that is new; most are neither."""
    draw, year = lot.random(), lot.choice(_ENDING)
    if draw < _MERGED:
        return None, year
    return (year + 1, None) if draw < _MERGED + _FOUNDED else (None, None)


def _linked(units: list[Unit]) -> tuple[Unit, ...]:
    """The units with their successors; vertical ones under the next of their own line, if there is one."""
    above = {unit.name: unit.parent for unit in units}
    placed = {(unit.parent, unit.profile.code): unit.name for unit in units if unit.profile}
    found = []
    for unit in units:
        if unit.profile and unit.profile.successor:
            unit = replace(unit, successor=placed.get((unit.parent, unit.profile.successor)))
        if unit.profile and unit.kind == "vertical":
            line = placed.get((above.get(unit.parent or ""), unit.profile.code))
            unit = replace(unit, parent=line, reports_to=line)
        found.append(unit)
    return tuple(found)


def _ordinary() -> list[Profile]:
    return [profile for profile in profiles() if not profile.share]
