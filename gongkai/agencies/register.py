"""The register of units: by what names and when they exist, under whom they stand, to whom they report, and where their
figures are added up. Pure records; gongkai/store/register_book.py keeps them.

A unit stays one unit when it is renamed: its id does not change, its names have years. What a merged unit did belongs
to its successor from the year after its last one on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.agencies.naming import clean, scope_of

NOWHERE = "-"
"""In `counts_in`: the unit's figures are added up nowhere (units under vertical management)."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a unit bore before, from the statistical year `first` to `last`, both included (null: open)."""

    name: str
    first: int | None = None
    last: int | None = None

    def fits(self, year: int | None) -> bool:
        """Whether the name was the unit's in `year` (unknown years fit)."""
        return year is None or ((self.first is None or self.first <= year) and (self.last is None or year <= self.last))


@dataclass(frozen=True, slots=True)
class Unit:
    """A registered unit. Other units are named by their ids; null is "not said".

    level and kind: gongkai/catalogue/vocabulary.py. `reports_to`: who collects its report (null: its parent).
    `counts_in`: in whose total its figures are (null: its parent's; NOWHERE: in none). `territory`: a division's code.
    `since`, `until`: its first and last statistical year. `successor`: who takes over after `until`. `scope`: organ or
    whole, null where level and kind tell. `population` is that of its territory in `population_year`.
    """

    id: str
    name: str
    level: str
    kind: str
    province: str | None = None
    city: str | None = None
    county: str | None = None
    short_names: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    parent: str | None = None
    reports_to: str | None = None
    counts_in: str | None = None
    successor: str | None = None
    scope: str | None = None
    territory: str | None = None
    population: int | None = None
    population_year: int | None = None
    since: int | None = None
    until: int | None = None
    contact: str | None = None
    telephone: str | None = None

    @property
    def reports_on(self) -> str | None:
        """What its reports count: organ or whole."""
        return self.scope or scope_of(self.level, self.kind)

    @property
    def collected_by(self) -> str | None:
        """The id of the unit that collects its report."""
        return self.reports_to or self.parent

    @property
    def added_up_in(self) -> str | None:
        """The id of the unit in whose total its figures are; null for none."""
        if self.counts_in == NOWHERE or (self.counts_in is None and self.kind == "vertical"):
            return None
        return self.counts_in or self.parent

    def exists(self, year: int | None) -> bool:
        """Whether the unit reports in `year`."""
        return year is None or ((self.since or year) <= year <= (self.until or year))

    def elsewhere(self, province: str | None, city: str | None) -> bool:
        """Whether the unit lies neither in this province nor in this city, as far as that is known. The city may be a
        county's, which by its name alone cannot be told from a prefecture's."""
        if province and self.province and province != self.province:
            return True
        return bool(city and self.city and city not in (self.city, self.county))

    def name_in(self, year: int | None) -> str:
        """Its full name in a statistical year."""
        if year is not None:
            for former in self.former_names:
                if (former.first is not None or former.last is not None) and former.fits(year):
                    return former.name
        return self.name


@dataclass(slots=True)
class Register:
    """The units of one collection, found by the names that reports print."""

    units: dict[str, Unit] = field(default_factory=dict)
    _named: dict[str, list[tuple[Unit, FormerName]]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Register:
        """A register of `units`."""
        register = cls()
        for unit in units:
            register.units[unit.id] = unit
            first = max((name.last + 1 for name in unit.former_names if name.last is not None), default=None)
            own = (unit.name, *unit.short_names)
            names = [*(FormerName(name, first) for name in own), *unit.former_names]
            for name in {clean(one.name): one for one in names}.values():
                register._named.setdefault(clean(name.name), []).append((unit, name))
        return register

    def find(self, name: str, province: str | None, city: str | None = None, year: int | None = None) -> Unit | None:
        """The one unit that bears `name` there and then; null if there is none, or several that cannot be told apart.

        A name that nobody bore in `year` still tells its unit (an old sign on a new report) if no other bears it; one
        that had ended by then is told by its successor.
        """
        known = self._named.get(clean(name), [])
        if city and clean(name).startswith(clean(city)):
            # The name says so itself, and whoever bears it bears that too: a county that was a 市 is no prefecture.
            city = None
        if len(known) == 1:
            (unit, _) = known[0]
            return None if unit.elsewhere(province, city) else self.standing(unit, year)
        in_time = [one for one in known if one[1].fits(year) and one[0].exists(year)]
        for candidates in (in_time, known):
            for place in ((province, city), (province, None), (None, None)):
                fitting = {
                    unit.id: unit
                    for unit, _ in candidates
                    if place[0] in (None, unit.province)
                    and place[1] in (None, unit.city, unit.county)
                    and not unit.elsewhere(province, city)
                }
                if len(fitting) == 1:
                    return self.standing(next(iter(fitting.values())), year)
        return None

    def standing(self, unit: Unit, year: int | None) -> Unit:
        """The unit itself, or who took over from it where it had ended before `year`."""
        seen = {unit.id}
        while year is not None and unit.until is not None and year > unit.until and unit.successor in self.units:
            unit = self.units[unit.successor]
            if unit.id in seen:
                break
            seen.add(unit.id)
        return unit


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a unit of a register: in which field, and why. `other` is the id of another unit concerned."""

    unit: str
    field: str
    reason: str
    other: str | None = None


def problems(units: Sequence[Unit]) -> list[Problem]:
    """What cannot be in a register: loops, units that are not there, two of one name at one place and time, years that
    end before they begin."""
    known = {unit.id: unit for unit in units}
    found = unknown_references(units)
    for unit in units:
        found.extend(Problem(unit.id, name, "loop") for name in ("parent", "successor") if _returns(unit, name, known))
        if unit.since and unit.until and unit.until < unit.since:
            found.append(Problem(unit.id, "until", "before_since"))
        if any(former.first and former.last and former.last < former.first for former in unit.former_names):
            found.append(Problem(unit.id, "former_names", "before_since"))
    return [*found, *_namesakes(units)]


def unknown_references(units: Sequence[Unit]) -> list[Problem]:
    """The references of units to others that are not among them."""
    known = {unit.id for unit in units} | {None, NOWHERE}
    return [
        Problem(unit.id, name, "unknown", other)
        for unit in units
        for name in ("parent", "reports_to", "counts_in", "successor")
        if (other := getattr(unit, name)) not in known
    ]


def _returns(unit: Unit, name: str, known: dict[str, Unit]) -> bool:
    seen: set[str] = set()
    above: str | None = getattr(unit, name)
    while above is not None and above in known and above not in seen:
        if above == unit.id:
            return True
        seen.add(above)
        above = getattr(known[above], name)
    return False


def _namesakes(units: Sequence[Unit]) -> list[Problem]:
    """Two units that bear one full name at one place in the same years cannot be told apart."""
    by_name: dict[tuple[str, str | None, str | None], list[Unit]] = {}
    found = []
    for unit in units:
        same = by_name.setdefault((clean(unit.name), unit.province, unit.city), [])
        rival = next((other for other in same if _together(unit, other)), None)
        if rival is not None:
            found.append(Problem(unit.id, "name", "twice", rival.id))
        same.append(unit)
    return found


def _together(one: Unit, other: Unit) -> bool:
    starts = max(one.since or 0, other.since or 0)
    ends = min(one.until or 9999, other.until or 9999)
    return starts <= ends
