"""What the commands' arguments have in common: the workspace, who acts, numbers and spans, exit statuses.

A command's module has `add(commands)`, which names its arguments, and imports what it needs when it runs, so that help
is immediate.
"""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

DONE, FAILED, UNUSABLE = 0, 1, 2

Run = Callable[[argparse.Namespace], int]


class Commands:
    """The commands (or the commands of a group) of a parser, to which others are added."""

    def __init__(self, subparsers: Any, data: argparse.ArgumentParser) -> None:
        self._subparsers = subparsers
        self._data = data

    def command(self, name: str, run: Run, text: str, workspace: bool = True) -> argparse.ArgumentParser:
        """A command that `run` carries out; with `workspace` it takes --data."""
        parents = [self._data] if workspace else []
        added: argparse.ArgumentParser = self._subparsers.add_parser(name, parents=parents, help=text, description=text)
        added.set_defaults(run=run)
        return added

    def group(self, name: str, text: str) -> Commands:
        """Commands of two words, `name` and their own."""
        added = self._subparsers.add_parser(name, help=text, description=text)
        added.set_defaults(run=_usage, parser=added)
        return Commands(added.add_subparsers(title="commands", metavar="COMMAND"), self._data)


def _usage(chosen: argparse.Namespace) -> int:
    import sys

    chosen.parser.print_help(sys.stderr)
    return UNUSABLE


def data_option() -> argparse.ArgumentParser:
    """A parser that knows --data, to be the parent of others."""
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data",
        metavar="FOLDER",
        type=Path,
        default=argparse.SUPPRESS,
        help="the workspace (default: $GONGKAI_DATA, else the demonstration workspace)",
    )
    return data


def writing(parser: argparse.ArgumentParser) -> None:
    """The options of every command that writes into a workspace."""
    collection_option(parser, "the collection to write to")
    parser.add_argument("--actor", metavar="NAME", default=None, help="who does this (default: the login name)")
    parser.add_argument(
        "--wait", metavar="SECONDS", type=float, default=0.0, help="wait for another writer instead of giving up"
    )


def collection_option(parser: argparse.ArgumentParser, text: str) -> None:
    """The option --collection."""
    parser.add_argument("--collection", metavar="NAME", help=f"{text} (default: the workspace's)")


def folder_of(chosen: argparse.Namespace) -> Path | None:
    """The folder named by --data, before or after the command's name."""
    folder: Path | None = getattr(chosen, "data", None)
    return folder


def actor_of(chosen: argparse.Namespace) -> str:
    """Who acts: --actor, else the login name."""
    if chosen.actor:
        return str(chosen.actor)
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def port(text: str) -> int:
    """A number that a port may have."""
    if positive(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; they end at 65535")
    return int(text)


def day(text: str) -> date:
    """A day, as in 2026-01-31."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-01-31") from error


def span(text: str) -> tuple[int, int]:
    """Two years, as in 2019-2025, or one."""
    first, _, last = text.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no span of years like 2019-2025")
    return int(first), int(last or first)
