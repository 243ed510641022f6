"""The command line. Exit status: 0 done, 1 done with failures (each named), 2 unusable arguments.

What a command needs is imported when it runs, so that help is immediate and `parse` starts no dashboard.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gongkai.commands import backup, brief, check, ledgers, notices, roll_up, submissions
from gongkai.commands.arguments import (
    DONE,
    FAILED,
    UNUSABLE,
    Commands,
    actor_of,
    collection_option,
    data_option,
    day,
    folder_of,
    port,
    positive,
    span,
    writing,
)
from gongkai.errors import GongkaiError, UnusableInput


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    _print_all_characters()
    parser = _parser()
    chosen = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return command(chosen)
    except UnusableInput as error:
        print(f"gongkai: {error}", file=sys.stderr)
        return UNUSABLE
    except GongkaiError as error:
        print(f"gongkai: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader of our output went away (`gongkai query ... | head`): nothing is wrong, and nobody is listening.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        # A full disk, a folder that may not be written: nothing to mend here, and nothing half done was published.
        print(f"gongkai: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("gongkai: interrupted; nothing half done was stored", file=sys.stderr)
        return FAILED


def _print_all_characters() -> None:
    """What goes to another program is UTF-8 in every locale, and no character or file name is too odd to be printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    data = data_option()
    parser = argparse.ArgumentParser(
        prog="gongkai",
        parents=[data],
        description="Reads annual reports on government information disclosure and compares agencies and years.",
    )
    commands = Commands(parser.add_subparsers(title="commands", metavar="COMMAND", required=True), data)
    _add_reading(commands)
    _add_lists(commands)
    roll_up.add(commands)
    check.add(commands)
    notices.add(commands)
    brief.add(commands)
    submissions.add(commands)
    ledgers.add(commands)
    backup.add(commands)
    return parser


def _add_reading(commands: Commands) -> None:
    init = commands.command("init", _init, "make an empty workspace in a new folder", workspace=False)
    init.add_argument("folder", metavar="FOLDER", type=Path)
    init.add_argument("--demo", action="store_true", help="with collections for fictional and for published data")

    query = commands.command("query", _query, "put a named query to the store")
    query.add_argument("name", metavar="NAME", nargs="?", help="a file of queries/ without .sql; none lists them all")
    query.add_argument("parameters", metavar="key=value", nargs="*", help="lists as a,b or as JSON")
    query.add_argument("--format", choices=("table", "csv", "json"), default="table")

    ingest = commands.command(
        "ingest", _ingest, "read files, folders and archives into the store; unchanged files are skipped"
    )
    ingest.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="files, folders, archives")
    ingest.add_argument(
        "--manifest", metavar="FILE", type=Path, help="a .csv or .xlsx: agency, year, stage ... per file"
    )
    ingest.add_argument(
        "--received-on", metavar="DAY", type=day, help="when files came that no manifest names and that are new"
    )
    ingest.add_argument("--workers", metavar="N", type=positive, help="reading processes (default: one per processor)")
    ingest.add_argument(
        "--progress",
        choices=("auto", "json", "none"),
        default="auto",
        help="auto: on stderr for people; json: one object a line on stdout, for programs",
    )
    writing(ingest)

    parse = commands.command("parse", _parse, "show what is read from files, without storing anything", workspace=False)
    parse.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parse.add_argument("--json", action="store_true", help="one JSON object per report and line")

    serve = commands.command("serve", _serve, "serve the dashboard to this machine's browser")
    serve.add_argument("--port", metavar="P", type=port, default=8501)
    serve.add_argument(
        "--address", metavar="A", default="127.0.0.1", help="the address to listen on (default: only here)"
    )

    sample = commands.command(
        "sample", _sample, "write a fictional province's reports as files, with truth.jsonl", workspace=False
    )
    sample.add_argument("folder", metavar="FOLDER", type=Path)
    sample.add_argument(
        "--size",
        choices=("small", "full"),
        default="small",
        help="full: 12 cities, 90 counties, 1,500 units below them",
    )
    sample.add_argument("--cities", metavar="N", type=positive, help="default: all of that size (small: 6)")
    sample.add_argument("--years", metavar="A-B", type=span, help="default: 2019-2025 (full: 2014-2025)")
    sample.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed gives the same bytes")
    sample.add_argument(
        "--layouts",
        choices=("usual", "hard"),
        default="usual",
        help="hard: a test bed of all formats, forms and layouts that make reading hard, instead of a whole province",
    )
    sample.add_argument("--files", metavar="N", type=positive, default=2000, help="of the test bed (default: 2000)")


def _add_lists(commands: Commands) -> None:
    figures = commands.group("figures", "statistics that people already hold in a sheet")
    imported = figures.command("import", _figures_import, "import a .csv or .xlsx with the source of each figure")
    imported.add_argument("file", metavar="FILE", type=Path)
    writing(imported)

    agencies = commands.group("agencies", "the register: who exists, where, of what level and kind")
    registered = agencies.command("import", _agencies_import, "replace a collection's register by a .csv or .xlsx")
    registered.add_argument("file", metavar="FILE", type=Path)
    writing(registered)
    written = agencies.command("export", _agencies_export, "write a collection's register as .csv or .xlsx")
    written.add_argument("file", metavar="FILE", type=Path)
    written.add_argument("--chinese", action="store_true", help="Chinese headings and words instead of codes")
    collection_option(written, "whose register")
    published = agencies.command(
        "publish", _agencies_publish, "link stored reports by the register as it was edited (an import does so)"
    )
    published.add_argument("--progress", choices=("none", "json"), default="none", help="json: for programs")
    writing(published)


def _init(chosen: argparse.Namespace) -> int:
    from gongkai.store.workspace import create

    workspace = create(chosen.folder, chosen.demo)
    print(f"{workspace.folder}: workspace with {', '.join(workspace.collections)}")
    return DONE


def _query(chosen: argparse.Namespace) -> int:
    from gongkai.commands.query import names, run

    if chosen.name is None:
        names()
    else:
        run(folder_of(chosen), chosen.name, chosen.parameters, chosen.format)
    return DONE


def _ingest(chosen: argparse.Namespace) -> int:
    from gongkai.commands.ingest import run

    return run(chosen, folder_of(chosen), actor_of(chosen))


def _parse(chosen: argparse.Namespace) -> int:
    from gongkai.commands.parse import run

    return run(chosen.files, chosen.json)


def _serve(chosen: argparse.Namespace) -> int:
    from gongkai.commands.serve import run

    run(folder_of(chosen), chosen.address, chosen.port)


def _sample(chosen: argparse.Namespace) -> int:
    from gongkai.sample.testbed.write import write_testbed
    from gongkai.sample.write import write_sample

    def shown(done: int, total: int) -> None:
        if sys.stderr.isatty() and (done == total or done % 20 == 0):
            print(f"\r{done} of {total} reports", end="\n" if done == total else "", file=sys.stderr, flush=True)

    if chosen.layouts == "hard":
        summary = write_testbed(chosen.folder, chosen.files, chosen.seed, shown)
    else:
        summary = write_sample(chosen.folder, chosen.cities, chosen.years, chosen.seed, shown, chosen.size)
    formats = ", ".join(f"{count} {name}" for name, count in summary.formats.items())
    print(f"{summary.folder}: {summary.reports} reports of {summary.agencies} agencies ({formats})")
    print(f"left out on purpose: {summary.missing}; with planted mistakes: {summary.mistaken}")
    return DONE


def _figures_import(chosen: argparse.Namespace) -> int:
    from gongkai.store.sheet import import_figures
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    collection = chosen.collection or workspace.figures_collection
    done = import_figures(workspace, chosen.file, collection, actor_of(chosen), chosen.wait)
    print(f"{chosen.file.name}: {done.figures} figures of {done.reports} reports stored, {done.unchanged} unchanged")
    return DONE


def _agencies_import(chosen: argparse.Namespace) -> int:
    from gongkai.store.register import import_agencies
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    collection = chosen.collection or workspace.ingest_collection
    done = import_agencies(workspace, chosen.file, collection, actor_of(chosen), chosen.wait)
    if done.difference is None:
        print(
            f"{chosen.file.name}: nothing imported yet. Levels, kinds and parents of {done.units} units were proposed"
        )
        print(f"from their names: look through {done.proposals}, correct it, and import that file.")
        return DONE
    change = done.difference
    print(f"{chosen.file.name}: {done.units} agencies registered")
    print(f"{change.added} new, {change.changed} changed, {change.removed} taken out")
    return DONE


def _agencies_export(chosen: argparse.Namespace) -> int:
    from gongkai.store.register import export_agencies
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(folder_of(chosen))
    collection = chosen.collection or workspace.ingest_collection
    count = export_agencies(workspace, chosen.file, collection, chosen.chinese)
    print(f"{chosen.file.name}: {count} agencies written")
    return DONE


def _agencies_publish(chosen: argparse.Namespace) -> int:
    from gongkai.commands.agencies import publish_register

    return publish_register(chosen, folder_of(chosen), actor_of(chosen))
