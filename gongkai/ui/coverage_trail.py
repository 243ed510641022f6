"""One unit's trail: every version and every event of a year, with who entered it, when and why; each can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from gongkai.store.submission_book import SubmissionBook, SubmissionError
from gongkai.ui.actor import ask_actor
from gongkai.ui.cells import day, moment, named, present, records, standing_reason
from gongkai.ui.coverage_actions import buttons, say
from gongkai.ui.coverage_data import Chosen, state_word
from gongkai.ui.coverage_head import ways
from gongkai.ui.coverage_queue import about, title
from gongkai.ui.data import query, workspace
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link

_SHARES = (4, 1)
"""What is told of a mark, and what can be done with it."""

Mark = tuple[str, int, dict[str, Any]]


def trail(chosen: Chosen, agency_id: str) -> None:
    """The unit `agency_id` (out of the address, so it may be anything)."""
    page_link("coverage", t("coverage.trail.back"), icon=":material/arrow_back:", **ways(chosen))
    held = query("agency_detail", agency_id=agency_id)
    if held.empty:
        st.warning(plain(t("agency.unknown", id=agency_id)))
        return
    name = str(held["agency"].iloc[0])
    found = query(
        "submissions",
        collection=chosen.collection,
        year=chosen.year,
        item=chosen.item,
        today=chosen.day,
        agency_id=agency_id,
    )
    st.subheader(plain(name), anchor=False)
    actor = ask_actor()
    if found.empty:
        st.info(t("coverage.trail.not_due", year=chosen.year))
    else:
        row = records(found)[0]
        with st.container(border=True):
            st.markdown(title(row | {"agency": f"{chosen.year} {state_word(str(row['state']))}"}))
            st.caption(about(row))
            if actor:
                with st.container(horizontal=True):
                    buttons(chosen, row, actor, "trail")
    page_link("agency", t("coverage.trail.profile"), icon=":material/monitoring:", agency=agency_id)
    _years(chosen, agency_id, actor)


def _years(chosen: Chosen, agency_id: str, actor: str) -> None:
    """The marks of the chosen year, then those of the others."""
    entries = [
        entry
        for entry in SubmissionBook(workspace()).history(chosen.collection, agency_id)
        if entry["item"] == chosen.item
    ]
    versions = (
        records(query("submission_versions", collection=chosen.collection, agency_id=agency_id))
        if chosen.item == "report"
        else []
    )
    years = {int(entry["year"]) for entry in entries} | {int(row["year"]) for row in versions if present(row["year"])}
    st.subheader(t("coverage.trail.title", year=chosen.year), anchor=False)
    _marks(chosen, [row for row in versions if row["year"] == chosen.year], _of(entries, chosen.year), actor)
    for year in sorted(years - {chosen.year}, reverse=True):
        with st.expander(t("coverage.trail.title", year=year)):
            _marks(chosen, [row for row in versions if row["year"] == year], _of(entries, year), actor)


def _of(entries: list[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    return [entry for entry in entries if entry["year"] == year]


def _marks(chosen: Chosen, versions: list[dict[str, Any]], entries: list[dict[str, Any]], actor: str) -> None:
    """Versions and events by their days; versions without a day first."""
    if not versions and not entries:
        st.caption(t("coverage.trail.nothing"))
        return
    marks: list[Mark] = [(day(row["received_on"]) or day(row["published_on"]) or "", 0, row) for row in versions]
    marks += [(str(entry["on_date"]), 1, entry) for entry in entries]
    marks.sort(key=lambda mark: (mark[0], mark[1], mark[2].get("id", 0)))
    before = ""
    for on, sort, mark in marks:
        if sort:
            _event(on, mark, versions, actor)
        else:
            _version(on, mark, before)
            before = str(mark["report_id"])


def _version(on: str, row: dict[str, Any], before: str) -> None:
    left, right = st.columns(_SHARES, vertical_alignment="center")
    with left:
        text = f":material/description: **{on or t('coverage.trail.no_day')}** {plain(named('stage', row['stage']))}"
        text += f" · {plain(_file(row['source']))}"
        if present(row["reviewer"]):
            text += " · " + plain(t("coverage.trail.reviewer", name=row["reviewer"]))
        if row["standing"] not in ("current", "superseded"):
            reason = standing_reason(row["standing_reason"]) or named("standing", row["standing"])
            text += f" :orange-badge[{t('coverage.trail.does_not_count', reason=plain(reason))}]"
        st.markdown(text)
    with right, st.container(horizontal=True):
        page_link("reports", t("coverage.line.open"), report=str(row["report_id"]))
        if before:
            page_link("reports", t("coverage.line.compare"), report=str(row["report_id"]), against=before)


def _event(on: str, entry: dict[str, Any], versions: list[dict[str, Any]], actor: str) -> None:
    if entry["event"] == "undo":
        st.caption(
            plain(
                t(
                    "coverage.trail.undid",
                    actor=entry["actor"],
                    moment=moment(datetime.fromisoformat(entry["at"])),
                    reason=entry["reason"],
                )
            )
        )
        return
    word = t(f"coverage.event.{entry['event']}")
    about = next((_file(row["source"]) for row in versions if row["sha256"] == entry["sha256"]), "")
    signed = t("coverage.trail.signed", actor=entry["actor"], moment=moment(datetime.fromisoformat(entry["at"])))
    parts = [part for part in (entry["reason"], about, entry["url"], signed) if part]
    text = f"**{on} {word}** · {plain(' · '.join(parts))}"
    left, right = st.columns(_SHARES, vertical_alignment="center")
    left.markdown(f"~~{text}~~" if entry["undone"] else f":material/gavel: {text}")
    with right:
        if actor and not entry["undone"]:
            _undo(entry, actor)


def _file(source: object) -> str:
    """A file's name without its folders."""
    return str(source).replace("\\", "/").rpartition("/")[2]


def _undo(entry: dict[str, Any], actor: str) -> None:
    key = f"coverage_undo_{entry['id']}"
    with st.popover(t("coverage.trail.undo"), icon=":material/undo:", key=key), st.form(f"{key}_form", border=False):
        reason = st.text_input(t("coverage.act.why"), max_chars=300).strip()
        if not st.form_submit_button(t("coverage.trail.undo"), type="primary"):
            return
        if not reason:
            st.error(t("coverage.act.why_missing"))
            return
        try:
            SubmissionBook(workspace()).undo(int(entry["id"]), actor, reason)
        except SubmissionError as error:
            st.error(plain(error))
            return
        say(t("coverage.trail.undone"))
        st.rerun()
