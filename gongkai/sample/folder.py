"""The folder that a sample is written to."""

from __future__ import annotations

from pathlib import Path

from gongkai.errors import UnusableInput


def make_empty(folder: Path) -> None:
    """Make the folder; raise UnusableInput for one that holds anything, which would be mixed up with the sample."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        present = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise UnusableInput(f"{folder}: cannot be used as a folder for the sample ({error.strerror})") from error
    if present:
        raise UnusableInput(f"{folder}: the folder is not empty; name a new one for the sample")
