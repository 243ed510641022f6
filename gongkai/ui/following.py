"""Commands that the dashboard starts in processes of their own, and follows: publishing a register, checking, reading
uploads. What they print is read from their folder (gongkai/ui/uploads.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from gongkai.store.generations import writer
from gongkai.ui.data import workspace
from gongkai.ui.messages import plain, t
from gongkai.ui.uploads import Batch, launch, save

WAIT_SECONDS = 1800
"""How long a command waits in line for another writer before it gives up."""

_EVERY_SECONDS = 1.0


def started(words: Iterable[str]) -> Batch | None:
    """The command `words`, told to report for a program and to wait in line; null where the disk refuses, which is
    said."""
    opened = workspace()
    try:
        return launch(
            save(opened.uploads, ()), opened.folder, (*words, "--progress", "json", "--wait", str(WAIT_SECONDS))
        )
    except OSError as error:
        st.error(plain(t("reports.upload.disk", reason=error.strerror or error)))
        return None


def someone_writes(batch: Batch) -> bool:
    """Whether another process holds the workspace's writer lock, so that ours waits in line."""
    return batch.process is not None and writer(workspace()) not in (None, batch.process.pid)


@st.fragment(run_every=_EVERY_SECONDS)
def watch(batch: Batch, show: Callable[[Batch], None]) -> None:
    """Show every second how far a command is; when it ends the whole page runs, since there is a new generation."""
    if not batch.running:
        st.rerun(scope="app")
    show(batch)


def error_of(batch: Batch) -> str:
    """What a command that failed said of it last, for people and for the person in charge of the machine."""
    told = next((str(event.get("message")) for event in batch.events() if event.get("event") == "error"), "")
    return (told or batch.errors())[-2000:]


def check_bar(events: Sequence[dict[str, Any]]) -> bool:
    """A bar of how far checks across reports are that a command reports; false where they have not begun."""
    begun = next((event for event in reversed(events) if event.get("event") == "checking"), None)
    if begun is None:
        return False
    names = [str(name) for name in begun["parts"]]
    done = max((int(each["done"]) for each in events if each.get("event") == "part"), default=0)
    now = t(f"findings.check.part.{names[done]}") if done < len(names) else t("findings.check.writing")
    st.progress(
        min(done / max(len(names), 1), 1.0),
        text=t("findings.check.running", part=now, done=done, total=len(names)),
    )
    return True
