"""`gongkai backup` and `gongkai restore`: a workspace as one checksummed file, and back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gongkai.commands.arguments import DONE, FAILED, Commands, folder_of

_MEGABYTE = 1_000_000


def add(commands: Commands) -> None:
    """The commands `backup` and `restore`."""
    made = commands.command(
        "backup", _backup, "write the workspace to one checksummed file, while people go on working"
    )
    made.add_argument("file", metavar="FILE", type=Path, help="the backup to write, best on another disk")
    made.add_argument("--replace", action="store_true", help="replace an older backup of that name")
    back = commands.command("restore", _restore, "put a backup back as a workspace, after checking every file in it")
    back.add_argument("file", metavar="FILE", type=Path, help="the backup")
    back.add_argument(
        "--replace",
        action="store_true",
        help="the workspace may hold something: it is moved aside to FOLDER-before-restore-N, never deleted",
    )
    back.add_argument("--check", action="store_true", help="only check the file; put nothing back")


def _backup(chosen: argparse.Namespace) -> int:
    from gongkai.store.backup import backup
    from gongkai.store.sqlite import now
    from gongkai.store.workspace import open_workspace

    made = backup(open_workspace(folder_of(chosen)), chosen.file, now(), chosen.replace, _progress)
    print(f"{chosen.file}: {made.files:,} files, {made.size / _MEGABYTE:,.1f} MB, read back and found whole")
    for name in made.damaged:
        print(f"gongkai: {name}: the document in the workspace is damaged; it is kept as it is", file=sys.stderr)
    return FAILED if made.damaged else DONE


def _restore(chosen: argparse.Namespace) -> int:
    from gongkai.store.backup_file import verify
    from gongkai.store.restore import restore
    from gongkai.store.workspace import locate

    if chosen.check:
        found = verify(chosen.file)
        print(f"{chosen.file}: whole; {len(found.entries):,} files, made at {found.made_at} UTC")
        return DONE
    done = restore(chosen.file, locate(folder_of(chosen)), chosen.replace, _progress)
    print(f"{done.folder}: {len(done.listing.entries):,} files restored as of {done.listing.made_at} UTC")
    if done.aside is not None:
        print(f"what stood there before is kept in {done.aside}")
    return DONE


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= total else ""
        print(f"\r{done / _MEGABYTE:,.0f} of {total / _MEGABYTE:,.0f} MB", end=end, file=sys.stderr, flush=True)
