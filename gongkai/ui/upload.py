"""Upload reports: files are saved in the workspace and read by `gongkai ingest`, whose progress is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from gongkai.catalogue.messages import messages
from gongkai.ui.actor import ask_actor
from gongkai.ui.cells import present, records, standing_reason
from gongkai.ui.data import collection_name, query, workspace
from gongkai.ui.following import WAIT_SECONDS, check_bar, error_of, someone_writes, watch
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.uploader import uploader_words
from gongkai.ui.uploads import Batch, save, start

LINKS = 10
"""Links to stored reports below an upload, those first that await confirmation; all are in the list."""

_BATCH = "upload_batch"
_ROUND = "upload_round"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a command's log comes to so far. `summary` is its last word, `error` why it stored nothing, `checks` what
    the checks across reports came to (null: none were asked for)."""

    done: int
    files: int
    failures: tuple[dict[str, Any], ...]
    stored: tuple[dict[str, Any], ...]
    summary: dict[str, Any] | None
    error: str | None
    checks: dict[str, Any] | None = None


def progress(events: Sequence[dict[str, Any]]) -> Progress:
    """Sum up the events of `ingest --progress json`; events of kinds unknown here are ignored."""
    files = [event for event in events if event.get("event") == "file"]
    last = files[-1] if files else {}
    return Progress(
        done=int(last.get("done", 0)),
        files=int(last.get("files", 0)),
        failures=tuple(event for event in files if event.get("outcome") == "failed"),
        stored=tuple(event for event in files if event.get("outcome") == "stored"),
        summary=next((event for event in events if event.get("event") == "summary"), None),
        error=next((str(event.get("message")) for event in events if event.get("event") == "error"), None),
        checks=next((event for event in events if event.get("event") == "checks"), None),
    )


def why(reason: object, message: object = "") -> str:
    """Why a file could not be read and what to do, for people; the program's own words where the reason is unknown."""
    key = f"failure.{reason}"
    if key not in messages(language()):
        return str(message or reason)
    return t(key, formats=t("reports.upload.formats"))


def upload(expanded: bool = False) -> None:
    """The section: choose files and start, or how far the reading is, or what came of it."""
    batch = st.session_state.get(_BATCH)
    with st.expander(
        t("reports.upload.title"), icon=":material/upload_file:", expanded=expanded or isinstance(batch, Batch)
    ):
        if isinstance(batch, Batch):
            _follow(batch)
            return
        st.caption(t("reports.upload.help", formats=t("reports.upload.formats")))
        actor = ask_actor()
        if actor:
            _form(actor)


def _form(actor: str) -> None:
    opened = workspace()
    # What people send in is never fiction.
    names = [name for name, collection in opened.collections.items() if not collection.fictional]
    # A new round gives the uploader a new key, which empties it.
    number = st.session_state.setdefault(_ROUND, 0)
    uploader_words(t("reports.upload.hint", size=st.get_option("server.maxUploadSize")))
    files = st.file_uploader(t("reports.upload.choose"), accept_multiple_files=True, key=f"upload_files_{number}")
    collection = opened.ingest_collection if opened.ingest_collection in names else names[0]
    if len(names) > 1:
        collection = st.selectbox(
            t("reports.upload.collection"),
            names,
            index=names.index(collection),
            format_func=collection_name,
            key="upload_collection",
            placeholder=t("filters.choose"),
        )
    if not st.button(t("reports.upload.start"), type="primary", icon=":material/play_arrow:", key="upload_start"):
        return
    if not files:
        st.warning(t("reports.upload.nothing"))
        return
    try:
        batch = save(opened.uploads, ((file.name, file.getvalue()) for file in files))
        batch = start(batch, opened.folder, collection, actor, WAIT_SECONDS)
    except OSError as error:
        st.error(plain(t("reports.upload.disk", reason=error.strerror or error)))
        return
    st.session_state[_BATCH] = batch
    st.session_state[_ROUND] = number + 1
    st.rerun()


def _follow(batch: Batch) -> None:
    if batch.running:
        watch(batch, _progress)
    else:
        _outcome(batch)
        st.button(t("reports.upload.again"), icon=":material/add:", key="upload_again", on_click=_again)


def _progress(batch: Batch) -> None:
    """How far the reading is, and the checks after it."""
    events = batch.events()
    now = progress(events)
    if check_bar(events):
        st.caption(t("reports.upload.read", count=now.done))
    elif now.files:
        st.progress(now.done / now.files, text=t("reports.upload.reading", done=now.done, total=now.files))
    else:
        st.progress(0.0, text=t("reports.upload.waiting" if someone_writes(batch) else "reports.upload.starting"))
    _failures(now)


def _outcome(batch: Batch) -> None:
    now = progress(batch.events())
    if now.summary is None:
        _broken(batch, now)
        return
    failed = int(now.summary.get("failed", 0))
    if failed:
        st.warning(t("reports.upload.finished_with", count=failed), icon=":material/warning:")
    else:
        st.success(t("reports.upload.finished"), icon=":material/check_circle:")
    for name in ("stored", "skipped", "unconfirmed", "failed"):
        if count := int(now.summary.get(name, 0)):
            st.markdown(f"- {t(f'reports.upload.{name}', count=count)}")
    _failures(now)
    _checks(now)
    sources = [str(event["source"]) for event in now.stored]
    for row in records(query("stored_reports", sources=sources, count=LINKS)) if sources else []:
        reason = standing_reason(row["standing_reason"])
        name = row["agency"] if present(row["agency"]) else t("reports.not_stated")
        year = row["year"] if present(row["year"]) else t("reports.not_stated")
        text = t("reports.upload.open", file=row["source"], agency=name, year=year)
        page_link(
            "reports",
            plain(f"{text} · {reason}" if reason else text),
            icon=":material/rule:" if row["standing"] == "quarantined" else ":material/description:",
            report=str(row["report_id"]),
        )


def _checks(now: Progress) -> None:
    """What became of the checks across reports that follow the reading."""
    if now.checks is None:
        return
    if now.checks.get("fresh"):
        count = f"{int(now.checks['findings']):,}"
        st.markdown(f"- {t('reports.upload.checked', count=count)}")
        return
    why_not = now.checks.get("message")
    if why_not:
        st.warning(plain(t("reports.upload.check_failed", reason=why_not)), icon=":material/sync_problem:")
    else:
        st.info(t("reports.upload.unchecked"), icon=":material/sync_problem:")
    page_link("findings", t("reports.upload.check"), icon=":material/sync:")


def _broken(batch: Batch, now: Progress) -> None:
    """The command stored nothing: somebody else wrote too long, or it failed; its words are for the administrator."""
    if now.error is not None and someone_writes(batch):
        st.warning(t("reports.upload.busy"), icon=":material/hourglass_top:")
        return
    st.error(t("reports.upload.broken", status=batch.status), icon=":material/error:")
    if words := error_of(batch):
        st.code(words, language=None)


def _failures(now: Progress) -> None:
    for event in now.failures:
        reason = why(event.get("reason"), event.get("message"))
        st.markdown(f"- {plain(t('reports.upload.failure', file=file_name(event), reason=reason))}")


def file_name(event: dict[str, Any]) -> str:
    """The name of the file that an event is about, without its folders."""
    return str(event.get("source", "")).replace("\\", "/").rpartition("/")[2]


def _again() -> None:
    st.session_state.pop(_BATCH, None)
