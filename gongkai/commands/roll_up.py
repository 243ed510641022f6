"""`gongkai roll-up`: the units that count in an agency added up, as the statutory form in Excel or Word."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.commands.arguments import DONE, Commands, collection_option, folder_of

if TYPE_CHECKING:
    from gongkai.store.workspace import Workspace


def add(commands: Commands) -> None:
    """The command `roll-up`."""
    parser = commands.command(
        "roll-up", _run, "add up the units that count in an agency, as the statutory form (.xlsx or .docx)"
    )
    parser.add_argument("agency", metavar="AGENCY", help="its name in the register, or its id")
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
    collection_option(parser, "whose register and reports")


def _run(chosen: argparse.Namespace) -> int:
    from functools import partial

    from gongkai.catalogue.messages import LANGUAGES, message
    from gongkai.exports.roll_up import RollUpError, Wanted, gather
    from gongkai.exports.roll_up_document import roll_up_document
    from gongkai.exports.roll_up_workbook import roll_up_workbook
    from gongkai.store.reader import run_in
    from gongkai.store.workspace import open_workspace

    output: Path = chosen.output
    if output.suffix.lower() not in (".xlsx", ".docx"):
        raise RollUpError(f"{output}: name a file that ends in .xlsx or .docx")
    workspace = open_workspace(folder_of(chosen))
    collection, agency_id, name = _unit(workspace, chosen.collection, chosen.agency, chosen.year)
    wanted = Wanted(collection, agency_id, chosen.year, chosen.part, chosen.use)
    found = gather(lambda query, **given: run_in(workspace, query, given), wanted, name)
    say = partial(message, LANGUAGES[0])
    write = roll_up_workbook if output.suffix.lower() == ".xlsx" else roll_up_document
    output.write_bytes(write(found, say))
    filled = sum(cell.value is not None for cell in found.cells.values())
    print(f"{output.name}: {name}, {chosen.year}: {len(found.counted)} of {len(found.expected)} units added")
    print(f"{filled} of {len(found.cells)} cells filled; {len(found.differing)} differ from its own report")
    return DONE


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
