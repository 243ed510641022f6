"""The units of the fictional province: who they are, to whom they report, and in whose report they are counted."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.errors import UnusableInput
from gongkai.sample.chance import stream
from gongkai.sample.names import Place, Profile, places, profiles

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the province is; a span is the least and the most per place, both included."""

    cities: int = 6
    province_departments: int = 10
    city_departments: Span = (5, 6)
    counties: Span = (2, 3)
    county_departments: Span = (2, 3)
    townships: Span = (1, 2)


@dataclass(frozen=True, slots=True)
class Unit:
    """One reporting unit. `parent` is the government in whose report it is counted (null for the province).

    `name` is the full name; `short` how the unit may call itself; `place` the place's name (临湖市). `kind` is
    government (its report is 汇总), office or department (本级); a township's government reports for itself alone.
    `site` is the host part of its city's web site.
    """

    name: str
    short: str
    kind: str
    level: str
    province: str
    city: str
    place: str
    site: str
    parent: str | None
    profile: Profile | None = None

    @property
    def scope(self) -> str:
        """whole for a government that adds up others, organ for everybody else."""
        return "whole" if self.kind == "government" and self.level != "township" else "organ"


def build_province(shape: Shape, seed: int) -> tuple[Unit, ...]:
    """All units, every government before the units counted in it. Raise UnusableInput if names run out."""
    known = places()
    if not 1 <= shape.cities <= len(known["prefecture"]):
        raise UnusableInput(f"--cities {shape.cities}: between 1 and {len(known['prefecture'])} cities can be named")
    builder = _Builder(shape, seed)
    builder.build()
    return tuple(builder.units)


class _Builder:
    """Collects the units; owns the names not yet given away."""

    def __init__(self, shape: Shape, seed: int) -> None:
        self.shape = shape
        self.seed = seed
        self.units: list[Unit] = []
        self.counties = iter(places()["county"])
        self.province = places()["province"][0].name + "省"

    def build(self) -> None:
        """Add the province, its cities, their counties, and the departments of each."""
        slug = places()["province"][0].slug
        top = self._government(self.province, "province", "", slug, None, self.province)
        for profile in [p for p in profiles() if p.names["province"]][: self.shape.province_departments]:
            self._department(profile, top)
        for city in places()["prefecture"][: self.shape.cities]:
            self._city(city, top)

    def _city(self, city: Place, parent: Unit) -> None:
        name = city.name + "市"
        chance = stream(self.seed, "city", city.name)
        top = self._government(name, "prefecture", name, city.slug, parent, name)
        self._departments(top, chance.randint(*self.shape.city_departments))
        for number in range(chance.randint(*self.shape.counties)):
            try:
                county = next(self.counties)
            except StopIteration:
                raise UnusableInput("data/sample/places.csv: more counties are asked for than it names") from None
            # A city has at least one district; a district is called by its city's name, a county by its own.
            suffix = "区" if number == 0 else chance.choice(("县", "县", "县", "区", "市"))
            self._county(county, name, city.slug, suffix, top)

    def _county(self, county: Place, city: str, site: str, suffix: str, parent: Unit) -> None:
        chance = stream(self.seed, "county", county.name)
        short = county.name + suffix
        place = city + short if suffix == "区" else short
        top = self._government(place, "county", city, site, parent, short)
        self._departments(top, chance.randint(*self.shape.county_departments))
        for town in chance.sample(places()["township"], chance.randint(*self.shape.townships)):
            ending = chance.choice(("镇", "镇", "乡", "街道办事处" if suffix == "区" else "镇"))
            tail = town.name + ending + ("" if ending.endswith("办事处") else "人民政府")
            self.units.append(
                Unit(place + tail, tail, "government", "township", self.province, city, town.name, site, top.name)
            )

    def _government(self, place: str, level: str, city: str, site: str, parent: Unit | None, short: str) -> Unit:
        above = parent.name if parent else None
        kind, name = "government", place + "人民政府"
        unit = Unit(name, short + "人民政府", kind, level, self.province, city, short, site, above)
        office = "人民政府办公厅" if level == "province" else "人民政府办公室"
        self.units += [
            unit,
            Unit(place + office, short + office, "office", level, self.province, city, short, site, name),
        ]
        return unit

    def _departments(self, top: Unit, count: int) -> None:
        """Two busy bureaus that every government has, the rest by lot."""
        named = [profile for profile in profiles() if profile.names[top.level]]
        chance = stream(self.seed, "departments", top.name)
        chosen = {profile.code for profile in [*named[:2], *chance.sample(named[2:], count - 2)]}
        for profile in named:
            if profile.code in chosen:
                self._department(profile, top)

    def _department(self, profile: Profile, top: Unit) -> None:
        body = profile.names[top.level]
        name = top.name.removesuffix("人民政府") + body
        self.units.append(
            Unit(
                name,
                top.place + body,
                "department",
                top.level,
                self.province,
                top.city,
                top.place,
                top.site,
                top.name,
                profile,
            )
        )
