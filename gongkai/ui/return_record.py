"""Record that a version was returned: 报送进度 shows it as returned, what the opinion names is notified."""

from __future__ import annotations

from typing import Any

import streamlit as st

from gongkai.errors import GongkaiError
from gongkai.store.findings import FindingEvents
from gongkai.store.submission_book import AlreadyEntered, Event, SubmissionBook
from gongkai.ui.actor import ask_actor
from gongkai.ui.cells import records
from gongkai.ui.coverage_data import today
from gongkai.ui.data import query, workspace
from gongkai.ui.finding_decide import remember, say
from gongkai.ui.messages import plain, t

_ITEM = "report"


def record_button(report: dict[str, Any], findings: list[dict[str, Any]], words: str) -> None:
    """A button that records the return of this version (a row of report_detail) with the opinion's words.

    Findings are those of the current version: of another one only the return is recorded.
    """
    actor = ask_actor()
    if not actor:
        return
    current = str(report["standing"]) == "current"
    st.caption(t("findings.opinion.record_note" if current else "findings.opinion.record_note_version"))
    if not st.button(t("findings.opinion.record"), type="primary", icon=":material/reply:", key="record_return"):
        return
    collection = str(report["collection"])
    book = SubmissionBook(workspace())
    try:
        if not current:
            book.record(collection, [_returned(report)], actor, words)
            say(t("findings.opinion.recorded"))
        else:
            # A summary or a self-check is not tracked in 报送进度.
            tracked = report["kind"] == "annual_report"
            also = book.beside(collection, _returned(report), actor, words) if tracked else None
            fresh = [row for row in findings if row["state"] != "notified"]
            log = FindingEvents(workspace())
            remember(log.decide(fresh, "notified", actor, t("findings.opinion.reason"), also), "notified")
    except AlreadyEntered:
        st.warning(t("findings.opinion.already"), icon=":material/info:")
        return
    except GongkaiError as error:
        st.error(plain(error))
        return
    st.rerun()


def _returned(report: dict[str, Any]) -> Event:
    collection, report_id = str(report["collection"]), str(report["report_id"])
    held = records(query("submission_targets", collection=collection, report_ids=[report_id]))
    return Event(
        agency_id=str(report["agency_id"]),
        year=int(report["year"]),
        item=_ITEM,
        event="returned",
        on=today(),
        sha256=str(report["sha256"]),
        ordinal=int(report["ordinal"]),
        seen=tuple(str(each) for each in held[0]["seen"]) if held else None,
    )
