"""`gongkai notices`: the year's 整改通知单 as Word files by city, and as one zip."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.commands.arguments import DONE, Commands, actor_of, collection_option, folder_of

if TYPE_CHECKING:
    from gongkai.exports.notices import Ask, Notice
    from gongkai.store.workspace import Workspace


def add(commands: Commands) -> None:
    """The command `notices`."""
    parser = commands.command(
        "notices",
        _run,
        "write to the units whose reports of a year need correcting (Word files by city, and a zip)",
    )
    parser.add_argument("year", metavar="YEAR", type=int, help="the statistical year")
    parser.add_argument("--agency", metavar="A", help="this unit alone: its name or id")
    parser.add_argument("--output", metavar="FOLDER", type=Path, required=True, help="where to write; made if need be")
    parser.add_argument(
        "--warnings", metavar="CODE", nargs="+", default=[], help="the checks whose warnings go out beside all errors"
    )
    parser.add_argument("--new", action="store_true", help="leave out what the units were told of already")
    parser.add_argument("--record", action="store_true", help="record exactly what was written as 已通知")
    parser.add_argument("--actor", metavar="NAME", default=None, help="who records it (default: the login name)")
    collection_option(parser, "whose reports; every collection with something to tell, each in a folder,")


def _run(chosen: argparse.Namespace) -> int:
    from gongkai.exports.notices import NoticeError, known_warnings
    from gongkai.store.reader import run_in
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    warnings = known_warnings(chosen.warnings)
    output: Path = chosen.output
    if output.exists() and not output.is_dir():
        raise NoticeError(f"{output}: is a file; name a folder")
    found = _gather(workspace, lambda query, **given: run_in(workspace, query, given), chosen, warnings)
    if not found:
        print(f"{chosen.year}: no unit has anything to correct; nothing was written")
        return DONE
    for collection, notices in found.items():
        _write(workspace, collection, notices, output / collection if len(found) > 1 else output, chosen)
    return DONE


def _gather(
    workspace: Workspace, ask: Ask, chosen: argparse.Namespace, warnings: tuple[str, ...]
) -> dict[str, list[Notice]]:
    """The notices of each collection that has any. Raise NoticeError for a unit that none of them knows."""
    from gongkai.exports.notices import NoticeError, Wanted, gather
    from gongkai.store.checking import collections_of, unit_named

    found: dict[str, list[Notice]] = {}
    known = chosen.agency is None
    for collection in collections_of(workspace, chosen.collection):
        agency_id = unit_named(workspace, collection, chosen.agency) if chosen.agency is not None else None
        if chosen.agency is not None and agency_id is None:
            continue
        known = True
        notices = gather(ask, Wanted(collection, chosen.year, warnings, agency_id, chosen.new, today=date.today()))
        if notices:
            found[collection] = notices
    if not known:
        raise NoticeError(f"--agency {chosen.agency}: there is no such unit, or several bear this name")
    return found


def _write(
    workspace: Workspace, collection: str, notices: list[Notice], output: Path, chosen: argparse.Namespace
) -> None:
    from gongkai.catalogue.paper_words import paper_words
    from gongkai.exports.notice_archive import archive_name, files, items, zipped
    from gongkai.exports.notice_document import Paper

    def shown(done: int, total: int) -> None:
        if sys.stderr.isatty() and (done == total or done % 10 == 0):
            print(f"\r{done} of {total} files", end="\n" if done == total else "", file=sys.stderr, flush=True)

    held = workspace.collection(collection)
    paper = Paper(chosen.year, paper_words("notice", workspace.folder), held.fictional)
    listed = items(notices, paper, reviewers=chosen.agency is None)
    made = list(files(listed, paper, shown))
    output.mkdir(parents=True, exist_ok=True)
    for path, content in made:
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (output / archive_name(paper)).write_bytes(zipped(made))
    count = sum(len(notice.problems) for notice in notices)
    print(f"{output / archive_name(paper)}: {len(listed)} files to {len(notices)} units about {count} problems")
    if chosen.record:
        _record(workspace, notices, actor_of(chosen), paper.words.say("file.archive", year=chosen.year))


def _record(workspace: Workspace, notices: list[Notice], actor: str, reason: str) -> None:
    from gongkai.store.findings import FindingEvents

    fresh = [row for notice in notices for row in notice.findings if row["state"] != "notified"]
    outcome = FindingEvents(workspace).decide(fresh, "notified", actor, reason)
    print(f"recorded as notified: {len(outcome.entries)} of {len(fresh)}", end="")
    print("" if not outcome.left else f"; left out, somebody decided meanwhile: {sum(outcome.left.values())}")
