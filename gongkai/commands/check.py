"""`gongkai check`: finds what is wrong across years, units and versions, and prints how much of each kind."""

from __future__ import annotations

import argparse

from gongkai.commands.arguments import DONE, Commands, collection_option, folder_of
from gongkai.errors import UnusableInput


def add(commands: Commands) -> None:
    """Add the command."""
    check = commands.command("check", run, "find what is wrong across years, units, versions and the register")
    collection_option(check, "whose reports; all collections where none is named")
    check.add_argument("--year", metavar="YEAR", type=int, help="this statistical year alone")
    check.add_argument("--agency", metavar="NAME", help="this unit alone (its name or id)")
    check.add_argument(
        "--wait", metavar="SECONDS", type=float, default=0.0, help="wait for another writer instead of giving up"
    )


def run(chosen: argparse.Namespace) -> int:
    """Check, and print for each check how many findings there are."""
    from gongkai.store.checking import check, collections_of, unit_named
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    known: list[bool] = []
    for collection in collections_of(workspace, chosen.collection):
        agency = unit_named(workspace, collection, chosen.agency) if chosen.agency else None
        if chosen.agency and agency is None:
            known.append(False)
            continue
        known.append(True)
        found = check(workspace, collection, chosen.year, agency, chosen.wait)
        print(f"{collection}: {found.total()} findings")
        for code in sorted({code for code, _ in found}):
            sure, doubtful = found[code, False], found[code, True]
            print(f"  {code:32}{sure:7}" + (f"  and {doubtful} in doubt" if doubtful else ""))
    if not any(known):
        raise UnusableInput(f"--agency {chosen.agency}: there is no such unit, or several bear this name")
    return DONE
