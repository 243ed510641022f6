"""The register in the store: a copy of what people keep in each generation, and reports linked to the units it names.

A change of the register is entered first (register_book.py) and published then: reports whose names now mean another
unit are linked anew, and only what stands for those units and years is worked out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from gongkai.agencies.naming import clean
from gongkai.agencies.register import Register as Units
from gongkai.agencies.register import Unit
from gongkai.store import generations, register_export, register_file, relink, runs
from gongkai.store.publish import settle
from gongkai.store.register_book import Difference, RegisterBook, RegisterError
from gongkai.store.register_copy import Register, copied
from gongkai.store.tables import insert
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


def units_of(workspace: Workspace, collection: str) -> tuple[Unit, ...]:
    """The units of a collection's register as people keep it, or as an earlier version stored it."""
    workspace.collection(collection)
    book = RegisterBook(workspace)
    if book.revision(collection):
        return book.units(collection)
    connection = generations.attach(generations.readable(workspace), read_only=True)
    try:
        return tuple(copied(connection, collection))
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
        run.stored = RegisterBook(workspace).count(collection)
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
    insert(connection, "registered_agency", _UNITS, [_unit_row(collection, unit) for unit in units])
    insert(connection, "agency_name", _NAMES, [row for unit in units for row in _name_rows(collection, unit)])
    connection.execute(
        "INSERT INTO store.register_state VALUES ($collection, $revision)", of_collection | {"revision": revision}
    )
    if not connection.execute(_ANY_REPORT, of_collection).fetchall():
        return 0
    return relink.relink(connection, collection, Register(Units.of(units)))


_ANY_REPORT = "SELECT 1 FROM store.report WHERE collection = $collection LIMIT 1"
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
