"""The register in the store: a copy of what people keep in each generation, and reports linked to the units it names.

A change of the register is entered first (register_book.py) and published then: reports whose names now mean another
unit are linked anew, and only what stands for those units and years is worked out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from gongkai.agencies.naming import agency_id, clean, describe
from gongkai.agencies.register import FormerName, Unit
from gongkai.agencies.register import Register as Units
from gongkai.store import generations, register_export, register_file, runs
from gongkai.store.publish import settle
from gongkai.store.register_book import Difference, RegisterBook, RegisterError
from gongkai.store.rows import Agency, Place
from gongkai.store.workspace import Workspace

_UNITS = pa.schema(
    [
        *((name, pa.string()) for name in ("collection", "agency_id", "name", "province", "city", "county")),
        *((name, pa.string()) for name in ("level", "kind", "parent_id", "scope", "reports_to_id", "counts_in_id")),
        ("successor_id", pa.string()),
        ("since", pa.int32()),
        ("until", pa.int32()),
        ("territory", pa.string()),
        ("population", pa.int64()),
        ("population_year", pa.int32()),
    ]
)
_NAMES = pa.schema(
    [
        *((name, pa.string()) for name in ("collection", "agency_id", "name")),
        ("first_year", pa.int32()),
        ("last_year", pa.int32()),
        ("sort", pa.string()),
    ]
)
_LINKS = pa.schema(
    [
        *((name, pa.string()) for name in ("report_id", "agency_id", "agency", "province", "city", "county")),
        *((name, pa.string()) for name in ("agency_level", "agency_kind", "scope")),
    ]
)


class Register:
    """Finds the agency that a report names: a registered unit, else what the name itself tells."""

    def __init__(self, units: Units) -> None:
        self.units = units

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
        unit = self.units.find(name, province, city, year)
        if unit is None:
            return None
        place = Place(unit.province, unit.city, unit.county, unit.level, unit.kind)
        return Agency(unit.id, unit.name, place, unit.reports_on)


def load(connection: duckdb.DuckDBPyConnection, collection: str) -> Register:
    """The register of a collection, from the copy in an attached generation."""
    return Register(Units.of(_copied(connection, collection)))


def _copied(connection: duckdb.DuckDBPyConnection, collection: str) -> list[Unit]:
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


def units_of(workspace: Workspace, collection: str) -> tuple[Unit, ...]:
    """The units of a collection's register as people keep it, or as an earlier version stored it."""
    workspace.collection(collection)
    book = RegisterBook(workspace)
    if book.revision(collection):
        return book.units(collection)
    connection = generations.attach(generations.readable(workspace), read_only=True)
    try:
        return tuple(_copied(connection, collection))
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `proposals` is the sheet that a person has to look through; then nothing was imported."""

    units: int
    difference: Difference | None = None
    proposals: Path | None = None


def import_agencies(workspace: Workspace, file: Path, collection: str, actor: str, wait: float = 0.0) -> Imported:
    """Replace a collection's register by a file's.

    A list without level, kind or parents is completed from the names and written beside the file, to be looked through
    and imported then; nothing is imported before. Raise RegisterError, having stored nothing, if any row is wrong.
    """
    known = units_of(workspace, collection)
    sheet = register_file.read(file, known)
    if wrong := sheet.wrong or register_file.missing(sheet, known):
        named = "; ".join(map(str, wrong[:_NAMED]))
        more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        raise RegisterError(f"{file.name}: nothing was imported. {named}{more}")
    if sheet.proposed:
        proposals = file.with_name(file.stem + "-proposed.xlsx")
        if proposals.exists():
            raise RegisterError(
                f"{proposals}: is there already; import it once it is right, or move it away for new proposals"
            )
        register_export.write(proposals, sheet.units, chinese=True)
        return Imported(len(sheet.units), proposals=proposals)
    difference = RegisterBook(workspace).replace(collection, sheet.units, actor, "import of " + file.name)
    publish(workspace, collection, actor, "agencies import " + file.name, wait)
    return Imported(len(sheet.units), difference)


_NAMED = 20
"""How many wrong lines one message names."""


def export_agencies(workspace: Workspace, file: Path, collection: str, chinese: bool = False) -> int:
    """Write a collection's register as a .csv or .xlsx that `import_agencies` takes; return the number of units.

    Raise RegisterError where nothing is registered, or for another kind of file.
    """
    units = units_of(workspace, collection)
    if not units:
        raise RegisterError(f"{collection}: has no register yet; `gongkai agencies import FILE` takes one in")
    register_export.write(file, units, chinese)
    return len(units)


def publish(workspace: Workspace, collection: str, actor: str, command: str, wait: float = 0.0) -> int:
    """Publish a generation with the register as it is kept now, and reports linked by it; return how many of them
    belong to another unit now."""
    with generations.write(workspace, wait) as draft:
        run = runs.begin(draft.connection, actor, command)
        linked = refresh(workspace, draft.connection, collection)
        if linked is None:
            draft.discard()
            return 0
        settle(draft.connection)
        run.stored = len(RegisterBook(workspace).units(collection))
        runs.finish(draft.connection, run)
    return linked


def refresh(workspace: Workspace, connection: duckdb.DuckDBPyConnection, collection: str) -> int | None:
    """Bring a draft's copy of a register up to date; return how many reports were linked anew, null where it was the
    latest. The caller settles the draft then."""
    book = RegisterBook(workspace)
    revision = book.revision(collection)
    of_collection = {"collection": collection}
    copied = connection.execute(
        "SELECT max(revision) FROM store.register_state WHERE collection = $collection", of_collection
    ).fetchall()[0][0]
    if revision == (copied or 0):
        return None
    units = book.units(collection)
    for statement in _FORGET:
        connection.execute(statement, of_collection)
    _insert(connection, "registered_agency", _UNITS, [_unit_row(collection, unit) for unit in units])
    _insert(connection, "agency_name", _NAMES, [row for unit in units for row in _name_rows(collection, unit)])
    connection.execute(
        "INSERT INTO store.register_state VALUES ($collection, $revision)", of_collection | {"revision": revision}
    )
    return _link(connection, collection, Register(Units.of(units)))


_FORGET = (
    "DELETE FROM store.registered_agency WHERE collection = $collection",
    "DELETE FROM store.agency_name WHERE collection = $collection",
    "DELETE FROM store.register_state WHERE collection = $collection",
)


def _unit_row(collection: str, unit: Unit) -> tuple[object, ...]:
    return (
        *(collection, unit.id, unit.name, unit.province, unit.city, unit.county, unit.level, unit.kind, unit.parent),
        *(unit.scope, unit.collected_by, unit.added_up_in, unit.successor, unit.since, unit.until),
        *(unit.territory, unit.population, unit.population_year),
    )


def _name_rows(collection: str, unit: Unit) -> list[tuple[object, ...]]:
    names = {clean(name.name): (name.first, name.last, "former") for name in unit.former_names}
    names |= {clean(name): (None, None, "short") for name in unit.short_names}
    names[clean(unit.name)] = (None, None, "full")
    return [(collection, unit.id, name, *about) for name, about in sorted(names.items())]


def _link(connection: duckdb.DuckDBPyConnection, collection: str, register: Register) -> int:
    """Link a collection's reports to the units that their names mean now; those that change are settled anew.

    Return how many belong to another unit than before."""
    rows = connection.execute(
        "SELECT report_id, format = 'sheet', coalesce(agency_read, agency), "
        "CASE WHEN agency_read IS NULL THEN province ELSE province_read END, "
        "CASE WHEN agency_read IS NULL THEN city ELSE city_read END, year, scope "
        "FROM store.report WHERE collection = $collection AND agency IS NOT NULL ORDER BY report_id",
        {"collection": collection},
    ).fetchall()
    links = []
    for report_id, sheet, name, province, city, year, scope in rows:
        found = register.registered(name, province, city, year)
        if found is None and sheet:
            # What a sheet says of a unit that is not registered stands.
            continue
        found = found or register.find(name, province, city, year)
        links.append(
            (
                *(report_id, found.id, found.name, found.place.province, found.place.city, found.place.county),
                *(found.place.level, found.place.kind, found.scope or scope),
            )
        )
    _register(connection, "link_rows", _LINKS, links)
    connection.execute("CREATE OR REPLACE TABLE work_link AS FROM link_rows")
    connection.unregister("link_rows")
    moved = connection.execute(
        "SELECT count(*) FROM work_link JOIN store.report AS report USING (report_id) "
        "WHERE work_link.agency_id IS DISTINCT FROM report.agency_id"
    ).fetchall()
    connection.execute(_RELINK)
    return int(moved[0][0])


_RELINK = """
DELETE FROM work_link USING store.report AS report
WHERE work_link.report_id = report.report_id
    AND (work_link.agency_id, work_link.agency, work_link.province, work_link.city, work_link.county,
         work_link.agency_level, work_link.agency_kind, work_link.scope)
    IS NOT DISTINCT FROM
        (report.agency_id, report.agency, report.province, report.city, report.county,
         report.agency_level, report.agency_kind, report.scope);
CREATE TABLE IF NOT EXISTS replaced_key (collection VARCHAR, agency_id VARCHAR, year INTEGER);
INSERT INTO replaced_key SELECT collection, agency_id, year FROM store.report SEMI JOIN work_link USING (report_id);
UPDATE store.report AS report
SET agency_id = work_link.agency_id, agency = work_link.agency, province = work_link.province, city = work_link.city,
    county = work_link.county, agency_level = work_link.agency_level, agency_kind = work_link.agency_kind,
    scope = work_link.scope, standing = 'new',
    agency_read = coalesce(report.agency_read, report.agency),
    province_read = CASE WHEN report.agency_read IS NULL THEN report.province ELSE report.province_read END,
    city_read = CASE WHEN report.agency_read IS NULL THEN report.city ELSE report.city_read END
FROM work_link
WHERE report.report_id = work_link.report_id;
"""


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, rows: Sequence[tuple[object, ...]]
) -> None:
    _register(connection, "register_rows", schema, rows)
    connection.execute("INSERT INTO store." + table + " BY NAME FROM register_rows")
    connection.unregister("register_rows")


def _register(
    connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, rows: Sequence[tuple[object, ...]]
) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, type_.type) for column, type_ in zip(columns, schema, strict=True)]
    connection.register(name, pa.Table.from_arrays(arrays, schema=schema))
