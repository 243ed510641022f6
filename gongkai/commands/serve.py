"""`gongkai serve`: start the dashboard (Streamlit) on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from gongkai.errors import GongkaiError
from gongkai.paths import PROJECT
from gongkai.store.workspace import VARIABLE, open_workspace


def run(folder: Path | None, address: str, port: int) -> NoReturn:
    """Serve a workspace until stopped. Raise WorkspaceError where there is none."""
    app = PROJECT / "app.py"
    if not app.is_file():
        raise GongkaiError(f"{app}: is missing; run from a complete checkout of the project")
    workspace = open_workspace(folder)
    # Nothing calls out: no telemetry, no address of a CDN; cross-site protection stays on. The flags repeat what
    # .streamlit/config.toml says, so that a user's own Streamlit settings cannot undo it.
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(app)),
        *("--server.address", address, "--server.port", str(port), "--server.headless", "true"),
        *("--browser.gatherUsageStats", "false", "--browser.serverAddress", address),
        *("--server.enableXsrfProtection", "true", "--server.enableCORS", "true"),
        *("--server.fileWatcherType", "none"),
    ]
    # The dashboard takes this process's place: whoever stops the command stops the dashboard.
    sys.stdout.flush()
    os.chdir(PROJECT)
    os.execve(sys.executable, command, {**os.environ, VARIABLE: str(workspace.folder)})
