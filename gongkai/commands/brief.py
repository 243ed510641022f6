"""`gongkai brief`: a paper about a year's reports for the leaders (领导专报) or for all units (情况通报), in Word."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.commands.arguments import DONE, Commands, collection_option, folder_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from gongkai.exports.notices import Ask
    from gongkai.store.workspace import Workspace


def add(commands: Commands) -> None:
    """The command `brief`."""
    parser = commands.command("brief", _run, "write the paper for the leaders, or the one for all units, about a year")
    parser.add_argument("year", metavar="YEAR", type=int, help="the statistical year")
    parser.add_argument("--output", metavar="FILE", type=Path, required=True, help="a .docx")
    parser.add_argument(
        "--for",
        dest="readers",
        choices=("leaders", "units"),
        default="leaders",
        help="leaders: 领导专报, two pages; units: 情况通报, with the list of names annexed (default: leaders)",
    )
    parser.add_argument("--city", metavar="CITY", default="", help="the units of this city alone")
    parser.add_argument(
        "--warnings", metavar="CODE", nargs="+", default=[], help="the checks whose warnings count beside all errors"
    )
    parser.add_argument(
        "--on", metavar="DATE", type=_day, default=None, help="the day that it is written for (default: today)"
    )
    collection_option(parser, "whose reports; the one that has any of the year,")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2025-03-31") from None


def _run(chosen: argparse.Namespace) -> int:
    from gongkai.exports.briefs import brief
    from gongkai.exports.notices import NoticeError, Wanted, known_warnings
    from gongkai.store.reader import run_in
    from gongkai.store.workspace import open_workspace

    output: Path = chosen.output
    if output.suffix.lower() != ".docx":
        raise NoticeError(f"{output}: name a file that ends in .docx")
    workspace = open_workspace(folder_of(chosen))
    warnings, today = known_warnings(chosen.warnings), chosen.on or date.today()

    def ask(query: str, /, **given: Any) -> DataFrame:
        return run_in(workspace, query, given)

    collection = workspace.collection(chosen.collection or _collection(workspace, ask, chosen.year, today))
    place = {"province": "", "city": chosen.city, "levels": [], "kinds": []}
    wanted = Wanted(collection.name, chosen.year, warnings, place=place)
    made = brief(ask, wanted, chosen.readers, today, workspace.folder, collection.fictional)
    output.write_bytes(made)
    print(f"{output.name}: {collection.name}, {chosen.year}")
    return DONE


def _collection(workspace: Workspace, ask: Ask, year: int, today: date) -> str:
    """The collection that has reports of the year; the workspace's own where it has, or none has any. Raise NoticeError
    where several have and none of them is its own."""
    from gongkai.exports.notices import NoticeError

    held = []
    for name in workspace.collections:
        rows = ask("submissions", collection=name, year=year, today=today)
        if (rows["state"] != "missing").any():
            held.append(name)
    if len(held) > 1 and workspace.ingest_collection not in held:
        raise NoticeError(f"{year}: there are reports in {', '.join(held)}; say which with --collection")
    return held[0] if held and workspace.ingest_collection not in held else workspace.ingest_collection
