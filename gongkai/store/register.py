"""The register of agencies: who exists, where, of what level and kind, under whom. Imported per collection.

A .csv or .xlsx with the columns name, aliases (separated by ;), province, city, level, kind, parent (a name of the
same file) and scope (organ or whole: what the agency reports on; blank: as its level and kind tell). Importing a file
replaces the collection's register; reports keep their agencies, and reports that come in afterwards are told by the
new register.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from gongkai.agencies.naming import agency_id, clean, describe, scope_of
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, SCOPES
from gongkai.errors import UnusableInput
from gongkai.store import generations, lists, runs
from gongkai.store.publish import describe_agencies
from gongkai.store.rows import Agency, Place
from gongkai.store.workspace import Workspace

COLUMNS = ("name", "aliases", "province", "city", "level", "kind", "parent", "scope")


class RegisterError(UnusableInput):
    """A register cannot be imported: names every wrong line and field."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A registered agency; `aliases` are further names for it, `parent` is a name."""

    name: str
    aliases: tuple[str, ...]
    place: Place
    parent: str | None
    scope: str | None
    line: int

    @property
    def id(self) -> str:
        """The agency's id."""
        return agency_id(self.name, self.place.province)


@dataclass(slots=True)
class Register:
    """Finds the agency that a report names."""

    by_name: dict[str, list[Agency]] = field(default_factory=dict)

    def find(self, name: str, province: str | None, city: str | None = None) -> Agency:
        """The agency called `name`: the registered one if just one fits, else what the name itself tells."""
        known = self.by_name.get(clean(name), [])
        for place in ((province, city), (province, None), (None, None)):
            fitting = [
                agency
                for agency in known
                if place[0] in (None, agency.place.province) and place[1] in (None, agency.place.city)
            ]
            if len(fitting) == 1:
                return fitting[0]
        told = describe(name, province)
        where = province or told.province
        place_ = Place(where, city or told.city, told.county, told.level, told.kind)
        return Agency(agency_id(name, where), name, place_, told.scope)


def load(connection: duckdb.DuckDBPyConnection, collection: str) -> Register:
    """The register of a collection, from an attached generation."""
    rows = connection.execute(
        "SELECT alias.name, agency.agency_id, agency.name, scope, province, city, county, level, kind "
        "FROM store.registered_agency AS agency JOIN store.agency_name AS alias USING (collection, agency_id) "
        "WHERE collection = $collection ORDER BY agency.agency_id, alias.name",
        {"collection": collection},
    ).fetchall()
    register = Register()
    for alias, id_, name, scope, *where in rows:
        place = Place(*where)
        agency = Agency(id_, name, place, scope or scope_of(place.level, place.kind))
        register.by_name.setdefault(alias, []).append(agency)
    return register


def import_agencies(workspace: Workspace, file: Path, collection: str, actor: str, wait: float = 0.0) -> int:
    """Replace a collection's register by a file's; return the number of agencies.

    Raise RegisterError, having stored nothing, if any row is wrong.
    """
    workspace.collection(collection)
    entries = read(file)
    ids = {entry.name: entry.id for entry in entries}
    agencies: list[dict[str, str | None]] = [
        {
            "collection": collection,
            "agency_id": entry.id,
            "name": entry.name,
            "province": entry.place.province,
            "city": entry.place.city,
            "county": entry.place.county,
            "level": entry.place.level,
            "kind": entry.place.kind,
            "parent_id": ids[entry.parent] if entry.parent else None,
            "scope": entry.scope,
        }
        for entry in entries
    ]
    names: list[dict[str, str | None]] = [
        {"collection": collection, "agency_id": entry.id, "name": name}
        for entry in entries
        for name in sorted({clean(entry.name), *map(clean, entry.aliases)})
    ]
    with generations.write(workspace, wait) as draft:
        connection = draft.connection
        run = runs.begin(connection, actor, "agencies import " + file.name)
        of_collection = {"collection": collection}
        connection.execute("DELETE FROM store.registered_agency WHERE collection = $collection", of_collection)
        connection.execute("DELETE FROM store.agency_name WHERE collection = $collection", of_collection)
        _insert(connection, "INSERT INTO store.registered_agency BY NAME FROM register_rows", agencies)
        _insert(connection, "INSERT INTO store.agency_name BY NAME FROM register_rows", names)
        describe_agencies(connection)
        run.stored = len(entries)
        runs.finish(connection, run)
    return len(entries)


def read(file: Path) -> list[Entry]:
    """The entries of a register. Raise RegisterError naming every wrong line and field."""
    problems: list[str] = []
    entries: list[Entry] = []
    names: Counter[str] = Counter()
    ids: dict[str, int] = {}
    for line, cells in lists.records(file, COLUMNS, RegisterError):
        wrong = [
            f"line {line}, {name}: {cells[name]!r} is not one of {', '.join(allowed)}"
            for name, allowed in (("level", AGENCY_LEVELS), ("kind", AGENCY_KINDS), ("scope", (*SCOPES, "")))
            if cells[name] not in allowed
        ]
        if not cells["name"]:
            wrong.append(f"line {line}, name: is empty")
        if wrong:
            problems += wrong
            continue
        told = describe(cells["name"], cells["province"] or None)
        place = Place(
            cells["province"] or None, cells["city"] or None, told.county, level=cells["level"], kind=cells["kind"]
        )
        aliases = tuple(part.strip() for part in cells["aliases"].replace("；", ";").split(";") if part.strip())
        entry = Entry(cells["name"], aliases, place, cells["parent"] or None, cells["scope"] or None, line)
        if ids.setdefault(entry.id, line) != line:
            problems.append(f"line {line}, name: {entry.name} stands already in line {ids[entry.id]}")
        names[entry.name] += 1
        entries.append(entry)
    parents = {entry.name: entry.parent for entry in entries}
    for entry in entries:
        if entry.parent and names[entry.parent] != 1:
            found = "is not in the file" if entry.parent not in names else "is the name of several agencies"
            problems.append(f"line {entry.line}, parent: {entry.parent} {found}")
        elif _is_circular(entry.name, parents):
            problems.append(f"line {entry.line}, parent: {entry.name} would stand below itself")
    if not entries and not problems:
        problems.append("names no agency")
    lists.refuse(file, "nothing was imported", problems, RegisterError)
    return entries


def _is_circular(name: str, parents: Mapping[str, str | None]) -> bool:
    above, seen = parents[name], set[str]()
    while above is not None and above != name and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above == name


def export_agencies(workspace: Workspace, file: Path, collection: str) -> int:
    """Write a collection's register as a .csv that `import_agencies` takes; return the number of agencies.

    Raise RegisterError where nothing is registered, or for another kind of file.
    """
    workspace.collection(collection)
    if file.suffix.lower() != ".csv":
        raise RegisterError(f"{file}: a register is written as .csv; name such a file")
    connection = generations.attach(generations.readable(workspace), read_only=True)
    try:
        rows = connection.execute(_EXPORT, {"collection": collection, "levels": list(AGENCY_LEVELS)}).fetchall()
    finally:
        connection.close()
    if not rows:
        raise RegisterError(f"{collection}: has no register yet; `gongkai agencies import FILE` takes one in")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for name, aliases, *others in rows:
        further = ";".join(alias for alias in aliases if alias != clean(name))
        writer.writerow([name, further, *(other or "" for other in others)])
    # With a byte order mark, so that Excel knows the encoding.
    file.write_bytes(text.getvalue().encode("utf-8-sig"))
    return len(rows)


_EXPORT = """
SELECT
    agency.name, list(alias.name ORDER BY alias.name), agency.province, agency.city, agency.level, agency.kind,
    min(parent.name), agency.scope
FROM store.registered_agency AS agency
JOIN store.agency_name AS alias USING (collection, agency_id)
LEFT JOIN store.registered_agency AS parent
    ON parent.collection = agency.collection AND parent.agency_id = agency.parent_id
WHERE agency.collection = $collection
GROUP BY
    agency.agency_id, agency.name, agency.province, agency.city, agency.level, agency.kind, agency.scope
ORDER BY
    list_position($levels, agency.level), agency.province NULLS FIRST, agency.city NULLS FIRST, agency.name
"""


def _insert(connection: duckdb.DuckDBPyConnection, statement: str, rows: list[dict[str, str | None]]) -> None:
    table = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]})
    connection.register("register_rows", table)
    connection.execute(statement)
    connection.unregister("register_rows")
