"""The command line. Exit status: 0 done, 1 done with failures (each named), 2 unusable arguments.

What a command needs is imported when it runs, so that help is immediate and `parse` starts no dashboard.
"""

from __future__ import annotations

import argparse
import getpass
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gongkai.errors import GongkaiError, UnusableInput

DONE, FAILED, UNUSABLE = 0, 1, 2


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
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data",
        metavar="FOLDER",
        type=Path,
        default=argparse.SUPPRESS,
        help="the workspace (default: $GONGKAI_DATA, else the demonstration workspace)",
    )
    parser = argparse.ArgumentParser(
        prog="gongkai",
        parents=[data],
        description="Reads annual reports on government information disclosure and compares agencies and years.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str, workspace: bool = True
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[data] if workspace else [], help=text, description=text)
        added.set_defaults(run=run)
        return added

    init = command("init", _init, "make an empty workspace in a new folder", workspace=False)
    init.add_argument("folder", metavar="FOLDER", type=Path)
    init.add_argument("--demo", action="store_true", help="with collections for fictional and for published data")

    query = command("query", _query, "put a named query to the store")
    query.add_argument("name", metavar="NAME", nargs="?", help="a file of queries/ without .sql; none lists them all")
    query.add_argument("parameters", metavar="key=value", nargs="*", help="lists as a,b or as JSON")
    query.add_argument("--format", choices=("table", "csv", "json"), default="table")

    ingest = command("ingest", _ingest, "read files, folders and archives into the store; unchanged files are skipped")
    ingest.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="files, folders, archives")
    ingest.add_argument(
        "--manifest", metavar="FILE", type=Path, help="a .csv or .xlsx: agency, year, stage ... per file"
    )
    ingest.add_argument("--workers", metavar="N", type=_positive, help="reading processes (default: one per processor)")
    ingest.add_argument(
        "--progress",
        choices=("auto", "json", "none"),
        default="auto",
        help="auto: on stderr for people; json: one object a line on stdout, for programs",
    )
    _writing(ingest)

    parse = command("parse", _parse, "show what is read from files, without storing anything", workspace=False)
    parse.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parse.add_argument("--json", action="store_true", help="one JSON object per report and line")

    serve = command("serve", _serve, "serve the dashboard to this machine's browser")
    serve.add_argument("--port", metavar="P", type=_port, default=8501)
    serve.add_argument(
        "--address", metavar="A", default="127.0.0.1", help="the address to listen on (default: only here)"
    )

    sample = command(
        "sample", _sample, "write a fictional province's reports as files, with truth.jsonl", workspace=False
    )
    sample.add_argument("folder", metavar="FOLDER", type=Path)
    sample.add_argument("--cities", metavar="N", type=_positive, default=6)
    sample.add_argument("--years", metavar="A-B", type=_span, default=(2019, 2025), help="default: 2019-2025")
    sample.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed gives the same bytes")
    sample.add_argument(
        "--layouts",
        choices=("usual", "hard"),
        default="usual",
        help="hard: a test bed of all formats, forms and layouts that make reading hard, instead of a whole province",
    )
    sample.add_argument("--files", metavar="N", type=_positive, default=2000, help="of the test bed (default: 2000)")

    figures = command("figures", _usage, "statistics that people already hold in a sheet")
    figures.set_defaults(parser=figures)
    figure_commands = figures.add_subparsers(title="commands", metavar="COMMAND")
    imported = figure_commands.add_parser(
        "import", parents=[data], help="import a .csv or .xlsx with the source of each figure"
    )
    imported.add_argument("file", metavar="FILE", type=Path)
    imported.set_defaults(run=_figures_import)
    _writing(imported)

    agencies = command("agencies", _usage, "the register: who exists, where, of what level and kind")
    agencies.set_defaults(parser=agencies)
    agency_commands = agencies.add_subparsers(title="commands", metavar="COMMAND")
    registered = agency_commands.add_parser(
        "import", parents=[data], help="replace a collection's register by a .csv or .xlsx"
    )
    registered.add_argument("file", metavar="FILE", type=Path)
    registered.set_defaults(run=_agencies_import)
    _writing(registered)
    written = agency_commands.add_parser(
        "export", parents=[data], help="write a collection's register as .csv or .xlsx"
    )
    written.add_argument("file", metavar="FILE", type=Path)
    written.add_argument("--chinese", action="store_true", help="Chinese headings and words instead of codes")
    written.add_argument("--collection", metavar="NAME", help="whose register (default: the workspace's)")
    written.set_defaults(run=_agencies_export)
    published = agency_commands.add_parser(
        "publish", parents=[data], help="link stored reports by the register as it was edited (an import does so)"
    )
    published.add_argument("--progress", choices=("none", "json"), default="none", help="json: for programs")
    published.set_defaults(run=_agencies_publish)
    _writing(published)
    return parser


def _positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def _port(text: str) -> int:
    """A number that a port may have."""
    if _positive(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; they end at 65535")
    return int(text)


def _span(text: str) -> tuple[int, int]:
    """Two years, as in 2019-2025, or one."""
    first, _, last = text.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no span of years like 2019-2025")
    return int(first), int(last or first)


def _writing(parser: argparse.ArgumentParser) -> None:
    """The options of every command that writes into a workspace."""
    parser.add_argument("--collection", metavar="NAME", help="the collection to write to (default: the workspace's)")
    parser.add_argument("--actor", metavar="NAME", default=None, help="who does this (default: the login name)")
    parser.add_argument(
        "--wait", metavar="SECONDS", type=float, default=0.0, help="wait for another writer instead of giving up"
    )


def _data(chosen: argparse.Namespace) -> Path | None:
    """The folder named by --data, before or after the command's name."""
    folder: Path | None = getattr(chosen, "data", None)
    return folder


def _actor(chosen: argparse.Namespace) -> str:
    if chosen.actor:
        return str(chosen.actor)
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _usage(chosen: argparse.Namespace) -> int:
    chosen.parser.print_help(sys.stderr)
    return UNUSABLE


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
        run(_data(chosen), chosen.name, chosen.parameters, chosen.format)
    return DONE


def _ingest(chosen: argparse.Namespace) -> int:
    from gongkai.commands.ingest import run

    return run(chosen, _data(chosen), _actor(chosen))


def _parse(chosen: argparse.Namespace) -> int:
    from gongkai.commands.parse import run

    return run(chosen.files, chosen.json)


def _serve(chosen: argparse.Namespace) -> int:
    from gongkai.commands.serve import run

    run(_data(chosen), chosen.address, chosen.port)


def _sample(chosen: argparse.Namespace) -> int:
    from gongkai.sample.testbed.write import write_testbed
    from gongkai.sample.write import write_sample

    def shown(done: int, total: int) -> None:
        if sys.stderr.isatty() and (done == total or done % 20 == 0):
            print(f"\r{done} of {total} reports", end="\n" if done == total else "", file=sys.stderr, flush=True)

    if chosen.layouts == "hard":
        summary = write_testbed(chosen.folder, chosen.files, chosen.seed, shown)
    else:
        summary = write_sample(chosen.folder, chosen.cities, chosen.years, chosen.seed, shown)
    formats = ", ".join(f"{count} {name}" for name, count in summary.formats.items())
    print(f"{summary.folder}: {summary.reports} reports of {summary.agencies} agencies ({formats})")
    print(f"left out on purpose: {summary.missing}; with planted mistakes: {summary.mistaken}")
    return DONE


def _figures_import(chosen: argparse.Namespace) -> int:
    from gongkai.store.sheet import import_figures
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(_data(chosen))
    collection = chosen.collection or workspace.figures_collection
    done = import_figures(workspace, chosen.file, collection, _actor(chosen), chosen.wait)
    print(f"{chosen.file.name}: {done.figures} figures of {done.reports} reports stored, {done.unchanged} unchanged")
    return DONE


def _agencies_import(chosen: argparse.Namespace) -> int:
    from gongkai.store.register import import_agencies
    from gongkai.store.workspace import open_workspace

    workspace = open_workspace(_data(chosen))
    collection = chosen.collection or workspace.ingest_collection
    done = import_agencies(workspace, chosen.file, collection, _actor(chosen), chosen.wait)
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

    workspace = open_workspace(_data(chosen))
    collection = chosen.collection or workspace.ingest_collection
    count = export_agencies(workspace, chosen.file, collection, chosen.chinese)
    print(f"{chosen.file.name}: {count} agencies written")
    return DONE


def _agencies_publish(chosen: argparse.Namespace) -> int:
    from gongkai.commands.agencies import publish_register

    return publish_register(chosen, _data(chosen), _actor(chosen))
