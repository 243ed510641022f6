"""The register of agencies: who exists, where, of what level and kind, under whom. Imported per collection.

A .csv with the columns name, aliases (separated by ;), province, city, level, kind, parent (a name of the same file)
and scope (organ or whole: what the agency reports on). Importing a file replaces the collection's register; reports
keep their agencies, and reports that come in afterwards are told by the new register.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from gongkai.agencies.naming import agency_id, clean, describe
from gongkai.errors import UnusableInput
from gongkai.store import generations, runs
from gongkai.store.publish import describe_agencies
from gongkai.store.rows import Agency, Place
from gongkai.store.workspace import Workspace

COLUMNS = ("name", "aliases", "province", "city", "level", "kind", "parent", "scope")
LEVELS = ("national", "province", "prefecture", "county", "township")
KINDS = ("government", "office", "department", "institution", "zone", "vertical")
SCOPES = ("organ", "whole")
_NAMED = 20


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
        return Agency(agency_id(name, where), name, place_)


def load(connection: duckdb.DuckDBPyConnection, collection: str) -> Register:
    """The register of a collection, from an attached generation."""
    rows = connection.execute(
        "SELECT alias.name, agency.agency_id, agency.name, province, city, county, level, kind "
        "FROM store.registered_agency AS agency JOIN store.agency_name AS alias USING (collection, agency_id) "
        "WHERE collection = $collection ORDER BY agency.agency_id, alias.name",
        {"collection": collection},
    ).fetchall()
    register = Register()
    for alias, id_, name, *place in rows:
        register.by_name.setdefault(alias, []).append(Agency(id_, name, Place(*place)))
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
    names: dict[str, int] = {}
    ids: dict[str, int] = {}
    for line, cells in _lines(file):
        wrong = [
            f"line {line}, {name}: {cells[name]!r} is not one of {', '.join(allowed)}"
            for name, allowed in (("level", LEVELS), ("kind", KINDS), ("scope", (*SCOPES, "")))
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
        names.setdefault(entry.name, line)
        entries.append(entry)
    problems += [
        f"line {entry.line}, parent: {entry.parent} is not in the file"
        for entry in entries
        if entry.parent and entry.parent not in names
    ]
    if not entries and not problems:
        problems.append("names no agency")
    if problems:
        more = "" if len(problems) <= _NAMED else f"; and {len(problems) - _NAMED} more"
        raise RegisterError(f"{file.name}: nothing was imported. " + "; ".join(problems[:_NAMED]) + more)
    return entries


def _lines(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise RegisterError(f"{file.name}, line 1: columns must be {', '.join(COLUMNS)}")
            for row in reader:
                if None in row or None in row.values():
                    raise RegisterError(f"{file.name}, line {reader.line_num}: has not {len(COLUMNS)} fields")
                yield reader.line_num, {name: value.strip() for name, value in row.items()}
    except FileNotFoundError as error:
        raise RegisterError(f"{file}: there is no such file") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{file}: cannot be read as a UTF-8 .csv ({error})") from error


def _insert(connection: duckdb.DuckDBPyConnection, statement: str, rows: list[dict[str, str | None]]) -> None:
    table = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]})
    connection.register("register_rows", table)
    connection.execute(statement)
    connection.unregister("register_rows")
