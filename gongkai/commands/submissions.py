"""`gongkai submissions due|events|deadlines FILE`: from lists, who has to report, what happened to what was handed in,
and the dates of the notice."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.commands.arguments import DONE, Commands, actor_of, collection_option, folder_of


def add(commands: Commands) -> None:
    """The group of commands."""
    group = commands.group("submissions", "who has to report in a year, and how far they are")
    for name, run, text in (
        ("due", _due, "take in lists of who has to report: each year named has exactly its units (.csv, .xlsx)"),
        ("events", _events, "take in what was returned, passed, published, filed or corrected (.csv, .xlsx)"),
        ("deadlines", _deadlines, "take in the dates that the notices set (.csv, .xlsx)"),
    ):
        command = group.command(name, run, text)
        command.add_argument("file", metavar="FILE", type=Path)
        collection_option(command, "whose units")
        command.add_argument("--actor", metavar="NAME", default=None, help="who does this (default: the login name)")


def _due(chosen: argparse.Namespace) -> int:
    from gongkai.store.submission_files import import_due
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    edited = import_due(workspace, chosen.file, chosen.collection or workspace.ingest_collection, actor_of(chosen))
    for year, change in edited.items():
        print(f"{year}: list confirmed, {change.added} units put on it, {change.removed} taken out")
    return DONE


def _events(chosen: argparse.Namespace) -> int:
    from gongkai.store.submission_files import import_events
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    done = import_events(workspace, chosen.file, chosen.collection or workspace.ingest_collection, actor_of(chosen))
    print(f"{chosen.file.name}: {done.entered} events entered, {done.unchanged} stood already")
    return DONE


def _deadlines(chosen: argparse.Namespace) -> int:
    from gongkai.store.submission_files import import_deadlines
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    collection = chosen.collection or workspace.ingest_collection
    done = import_deadlines(workspace, chosen.file, collection, actor_of(chosen))
    print(f"{chosen.file.name}: {done.entered} dates set, {done.unchanged} stood already")
    return DONE
