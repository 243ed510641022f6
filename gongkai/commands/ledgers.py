"""`gongkai ledgers import|export|template`: what other offices count of the units, to be held against the reports."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.commands.arguments import DONE, Commands, actor_of, collection_option, folder_of


def add(commands: Commands) -> None:
    """The group of commands."""
    group = commands.group(
        "ledgers", "counts that other offices keep (规范性文件, 复议诉讼, 双公示), held against the reports"
    )
    taken = group.command("import", _import, "take in a ledger of a year (.xlsx, .csv) in place of the earlier one")
    written = group.command("export", _export, "write what stands of a ledger as .xlsx")
    for command in (taken, written):
        command.add_argument("file", metavar="FILE", type=Path)
        command.add_argument("--kind", metavar="K", required=True, help=_KINDS)
        command.add_argument("--year", metavar="Y", type=int, required=True, help="the statistical year")
        collection_option(command, "whose units")
    taken.add_argument("--actor", metavar="NAME", default=None, help="who does this (default: the login name)")
    empty = group.command("template", _template, "write an empty sheet with the headings of a ledger", workspace=False)
    empty.add_argument("kind", metavar="KIND", help=_KINDS)
    empty.add_argument("file", metavar="FILE.xlsx", type=Path)


_KINDS = "normative_documents, review, double_publicity (data/ledgers.toml)"


def _import(chosen: argparse.Namespace) -> int:
    from gongkai.store.ledger_file import import_ledger
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    collection = chosen.collection or workspace.ingest_collection
    sheet, change = import_ledger(workspace, chosen.file, chosen.kind, chosen.year, collection, actor_of(chosen))
    units = len({line.agency_id for line in sheet.lines})
    figures = sum(len(line.values) for line in sheet.lines)
    print(f"{chosen.file.name}: {chosen.year}, {figures} figures of {units} units")
    print(
        f"{len(change.added)} new, {len(change.changed)} changed, {len(change.removed)} no longer there, "
        f"{change.same} stood already"
    )
    for before, after in change.changed[:_NAMED]:
        print(f"line {after.row}, {after.agency}, {after.metric}: {before.value:g} → {after.value:g}")
    if len(change.changed) > _NAMED:
        print(f"and {len(change.changed) - _NAMED} more changed")
    if sheet.unread:
        print(f"columns not read: {'、'.join(sheet.unread)}")
    if sheet.other_sheets:
        print(f"sheets not read: {'、'.join(sheet.other_sheets)}")
    if sheet.other_years:
        print(f"lines of other years passed over: {sheet.other_years}")
    if sheet.title_years:
        print(f"the title names {', '.join(map(str, sheet.title_years))}, not {sheet.year}")
    return DONE


_NAMED = 20
"""How many changed figures are named."""


def _export(chosen: argparse.Namespace) -> int:
    from gongkai.store.ledger_export import export_ledger
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    collection = chosen.collection or workspace.ingest_collection
    count = export_ledger(workspace, chosen.file, chosen.kind, chosen.year, collection)
    print(f"{chosen.file.name}: {count} figures written")
    return DONE


def _template(chosen: argparse.Namespace) -> int:
    from gongkai.store.ledger_export import template

    chosen.file.write_bytes(template(chosen.kind))
    print(f"{chosen.file.name}: an empty ledger; `gongkai ledgers import` takes it in once it is filled")
    return DONE
