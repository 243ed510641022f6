"""`gongkai roll-up`: the units that count in an agency added up, as the statutory form in Excel or Word."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.commands.arguments import DONE, Commands, collection_option, folder_of

if TYPE_CHECKING:
    from gongkai.store.saved_groups import SavedGroup
    from gongkai.store.workspace import Workspace


def add(commands: Commands) -> None:
    """The command `roll-up`."""
    parser = commands.command(
        "roll-up", _run, "add up the units that count in an agency, as the statutory form (.xlsx or .docx)"
    )
    parser.add_argument(
        "agency", metavar="AGENCY", nargs="?", help="its name in the register, or its id; left out with --group"
    )
    parser.add_argument("year", metavar="YEAR", type=int, help="the statistical year")
    parser.add_argument("--output", metavar="FILE", type=Path, required=True, help="a .xlsx or .docx")
    parser.add_argument(
        "--use",
        choices=("published", "approved", "latest"),
        default="published",
        help="which versions count: published; approved ones as well; the latest received (default: published)",
    )
    parser.add_argument(
        "--part",
        choices=("whole", "organ"),
        default="whole",
        help="whole: everything that counts in it; organ: the units of its own level alone (default: whole)",
    )
    parser.add_argument("--group", metavar="NAME", help="the members of this saved group instead of an agency's")
    collection_option(parser, "whose register and reports")


def _run(chosen: argparse.Namespace) -> int:
    from functools import partial

    from gongkai.catalogue.messages import LANGUAGES, message
    from gongkai.catalogue.peer_groups import SAVED
    from gongkai.exports.roll_up import RollUpError, Wanted, gather
    from gongkai.exports.roll_up_document import roll_up_document
    from gongkai.exports.roll_up_workbook import roll_up_workbook
    from gongkai.store.reader import run_in
    from gongkai.store.workspace import open_workspace

    output: Path = chosen.output
    if output.suffix.lower() not in (".xlsx", ".docx"):
        raise RollUpError(f"{output}: name a file that ends in .xlsx or .docx")
    workspace = open_workspace(folder_of(chosen))
    if (chosen.agency is None) == (chosen.group is None):
        raise RollUpError("name an agency, or a saved group with --group")
    members: tuple[str, ...] = ()
    if chosen.group is not None:
        group = _group(workspace, chosen.collection, chosen.group)
        collection, agency_id, name, members = group.collection, f"{SAVED}:{group.id}", group.name, group.units
    else:
        collection, agency_id, name = _unit(workspace, chosen.collection, chosen.agency, chosen.year)
    wanted = Wanted(collection, agency_id, chosen.year, chosen.part, chosen.use, members)
    found = gather(lambda query, **given: run_in(workspace, query, given), wanted, name)
    say = partial(message, LANGUAGES[0])
    write = roll_up_workbook if output.suffix.lower() == ".xlsx" else roll_up_document
    output.write_bytes(write(found, say))
    filled = sum(cell.value is not None for cell in found.cells.values())
    print(f"{output.name}: {name}, {chosen.year}: {len(found.counted)} of {len(found.expected)} units added")
    if found.strangers:
        print(f"{found.strangers} members of the group are not in the register of {chosen.year}")
    print(f"{filled} of {len(found.cells)} cells filled; {len(found.differing)} differ from its own report")
    return DONE


def _group(workspace: Workspace, collection: str | None, name: str) -> SavedGroup:
    """The saved group of this name or number; raise RollUpError where there is none, or several collections have it."""
    from gongkai.exports.roll_up import RollUpError
    from gongkai.store.saved_groups import SavedGroups

    if collection is not None:
        workspace.collection(collection)
    groups = SavedGroups(workspace).standing(collection)
    found = [group for group in groups if group.name == name] or [group for group in groups if str(group.id) == name]
    if len(found) > 1:
        raise RollUpError(
            f"{name}: is a group in {', '.join(one.collection for one in found)}; say which (--collection)"
        )
    if not found:
        known = ", ".join(group.name for group in groups) or "none"
        raise RollUpError(f"{name}: is no saved group; there are: {known}")
    return found[0]


def _unit(workspace: Workspace, collection: str | None, name: str, year: int) -> tuple[str, str, str]:
    """The registered unit called `name` (or with that id): collection, id, name in `year`.

    Without a collection, the one whose register knows it; raise RollUpError where none does, or several do."""
    from gongkai.agencies.register import Register
    from gongkai.exports.roll_up import RollUpError
    from gongkai.store.register import units_of

    found = []
    for each in [collection] if collection else list(workspace.collections):
        register = Register.of(units_of(workspace, each))
        unit = register.units.get(name) or register.find(name, None, None, year)
        if unit is not None:
            found.append((each, unit.id, unit.name_in(year)))
    if len(found) > 1:
        raise RollUpError(f"{name}: is registered in {', '.join(one[0] for one in found)}; say which with --collection")
    if not found:
        where = f"the register of {collection}" if collection else "any register of this workspace"
        raise RollUpError(f"{name}: is not in {where}; enter it with `gongkai agencies import`, or give its full name")
    return found[0]
