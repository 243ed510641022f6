"""The copy of a register in a generation: read back, and asked for the agency that a report names."""

from __future__ import annotations

import duckdb

from gongkai.agencies.matching import Matcher
from gongkai.agencies.naming import agency_id, clean, describe
from gongkai.agencies.register import FormerName, Unit
from gongkai.agencies.register import Register as Units
from gongkai.store.rows import Agency, Place


class Register:
    """Finds the agency that a report names: a registered unit, else what the name itself tells."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.matcher = Matcher(units)

    def find(self, name: str, province: str | None, city: str | None = None, year: int | None = None) -> Agency:
        """The agency called `name` there and then."""
        registered = self.registered(name, province, city, year)
        if registered is not None:
            return registered
        told = describe(name, province)
        where = province or told.province
        place = Place(where, city or told.city, told.county, told.level, told.kind)
        return Agency(agency_id(name, where), name, place, told.scope)

    def registered(self, name: str, province: str | None, city: str | None, year: int | None) -> Agency | None:
        """The registered unit called `name` there and then; null if there is none."""
        unit = self.matcher.known(name, province, city, year)
        return None if unit is None else agency_of(unit)

    def by_id(self, agency_id: str, year: int | None) -> Agency | None:
        """The registered unit of this id, or who took over from it before `year`; null if it is not registered."""
        unit = self.units.units.get(agency_id)
        return None if unit is None else agency_of(self.units.standing(unit, year))


def agency_of(unit: Unit) -> Agency:
    """A registered unit as the store knows it."""
    place = Place(unit.province, unit.city, unit.county, unit.level, unit.kind)
    return Agency(unit.id, unit.name, place, unit.reports_on)


def load(connection: duckdb.DuckDBPyConnection, collection: str) -> Register:
    """The register of a collection, from the copy in an attached generation."""
    return Register(Units.of(copied(connection, collection)))


def copied(connection: duckdb.DuckDBPyConnection, collection: str) -> list[Unit]:
    """The units of a generation's copy, with all that finding and exporting them needs."""
    of_collection = {"collection": collection}
    names: dict[str, list[tuple[FormerName, str | None]]] = {}
    for id_, name, first, last, sort in connection.execute(
        "SELECT agency_id, name, first_year, last_year, sort FROM store.agency_name WHERE collection = $collection "
        "ORDER BY agency_id, name",
        of_collection,
    ).fetchall():
        names.setdefault(id_, []).append((FormerName(name, first, last), sort))
    rows = connection.execute(
        "SELECT * FROM store.registered_agency WHERE collection = $collection ORDER BY agency_id", of_collection
    ).to_arrow_table()
    units = []
    for said in rows.to_pylist():
        own = names.get(said["agency_id"], [])
        units.append(
            Unit(
                id=said["agency_id"],
                **{name: said[name] for name in ("name", "level", "kind", "province", "city", "county", "scope")},
                **{name: said[name] for name in ("since", "until", "territory", "population", "population_year")},
                # A generation of an earlier version does not say of what sort a name is: it had further names only.
                short_names=tuple(
                    name.name for name, sort in own if sort in (None, "short") and name.name != clean(said["name"])
                ),
                former_names=tuple(name for name, sort in own if sort == "former"),
                parent=said["parent_id"],
                reports_to=said["reports_to_id"],
                counts_in=said["counts_in_id"],
                successor=said["successor_id"],
            )
        )
    return units
