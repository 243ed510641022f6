"""`gongkai agencies publish`: what was changed in a register counts for the stored reports.

With `--progress json`, stdout holds one object:

    {"event": "summary", "units", "linked"}     how many units there are, and how many reports were linked anew
    {"event": "error", "message"}               nothing was published, and why
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.commands.progress import tell
from gongkai.errors import GongkaiError
from gongkai.store.register import publish, units_of
from gongkai.store.workspace import open_workspace


def publish_register(chosen: argparse.Namespace, folder: Path | None, actor: str) -> int:
    """Publish a collection's register as it is kept now."""
    workspace = open_workspace(folder)
    collection = workspace.collection(chosen.collection or workspace.ingest_collection).name
    machine = chosen.progress == "json"
    try:
        linked = publish(workspace, collection, actor, "agencies publish", chosen.wait)
    except GongkaiError as error:
        if machine:
            tell({"event": "error", "message": str(error)})
        raise
    units = len(units_of(workspace, collection))
    if machine:
        tell({"event": "summary", "units": units, "linked": linked})
    else:
        print(f"{collection}: {units} agencies, {linked} reports linked anew")
    return 0
