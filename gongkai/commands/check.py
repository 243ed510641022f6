"""`gongkai check`: finds what is wrong across years, units and versions, and prints how much of each kind.

With `--progress json`, stdout holds one object a line (and see commands/progress.py):

    {"event": "checked", "collection", "findings", "doubtful"}     a collection is done: sure findings, those in doubt
    {"event": "error", "message"}                                  nothing more was checked, and why
"""

from __future__ import annotations

import argparse

from gongkai.commands.arguments import DONE, Commands, collection_option, folder_of
from gongkai.commands.progress import Parts, tell
from gongkai.errors import GongkaiError, UnusableInput


def add(commands: Commands) -> None:
    """Add the command."""
    check = commands.command("check", run, "find what is wrong across years, units, versions and the register")
    collection_option(check, "whose reports; all collections where none is named")
    check.add_argument("--year", metavar="YEAR", type=int, help="this statistical year alone")
    check.add_argument("--agency", metavar="NAME", help="this unit alone (its name or id)")
    check.add_argument(
        "--wait", metavar="SECONDS", type=float, default=0.0, help="wait for another writer instead of giving up"
    )
    check.add_argument(
        "--progress", choices=("text", "json"), default="text", help="how to report: for people or for a program"
    )


def run(chosen: argparse.Namespace) -> int:
    """Check, and print for each check how many findings there are."""
    machine = chosen.progress == "json"
    try:
        return _run(chosen, machine)
    except GongkaiError as error:
        if machine:
            tell({"event": "error", "message": str(error)})
        raise


def _run(chosen: argparse.Namespace, machine: bool) -> int:
    from gongkai.store.checking import PARTS, check, collections_of, unit_named
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    known: list[bool] = []
    for collection in collections_of(workspace, chosen.collection):
        agency = unit_named(workspace, collection, chosen.agency) if chosen.agency else None
        if chosen.agency and agency is None:
            known.append(False)
            continue
        known.append(True)
        if machine:
            told = Parts(collection, list(PARTS)).done
            found = check(workspace, collection, chosen.year, agency, chosen.wait, told)
            sure = sum(count for (_, doubtful), count in found.items() if not doubtful)
            tell({"event": "checked", "collection": collection, "findings": sure, "doubtful": found.total() - sure})
            continue
        found = check(workspace, collection, chosen.year, agency, chosen.wait)
        print(f"{collection}: {found.total()} findings")
        for code in sorted({code for code, _ in found}):
            sure, doubtful = found[code, False], found[code, True]
            print(f"  {code:32}{sure:7}" + (f"  and {doubtful} in doubt" if doubtful else ""))
    if not any(known):
        raise UnusableInput(f"--agency {chosen.agency}: there is no such unit, or several bear this name")
    return DONE
