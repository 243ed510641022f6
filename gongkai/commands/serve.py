"""`gongkai serve`: start the dashboard (Streamlit) on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from gongkai.errors import GongkaiError
from gongkai.paths import PROJECT
from gongkai.store.workspace import VARIABLE, open_workspace


def run(folder: Path | None, address: str, port: int) -> int:
    """Serve a workspace until interrupted; return the dashboard's exit status."""
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
    environment = {**os.environ, VARIABLE: str(workspace.folder)}
    process = subprocess.Popen(command, cwd=PROJECT, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait()
