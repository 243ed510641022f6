"""整改通知与通报: what goes out to the units about a year, to download, and the record of exactly what was downloaded;
the papers about the year for all units and for the leaders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.checks import checks
from gongkai.catalogue.paper_words import PaperWords, paper_words
from gongkai.errors import CatalogueError
from gongkai.exports.briefs import READERS, brief, brief_name
from gongkai.exports.finding_words import finding_title
from gongkai.exports.notice_archive import archive_name, files, items, zipped
from gongkai.exports.notice_document import Paper
from gongkai.exports.notices import Notice, Wanted, gather
from gongkai.exports.problems import SENT
from gongkai.store.findings import FindingError, FindingEvents
from gongkai.store.reader import run_in
from gongkai.store.workspace import open_workspace
from gongkai.ui.actor import ask_actor
from gongkai.ui.address import choose, choose_several, switch
from gongkai.ui.cards import Card, cards
from gongkai.ui.coverage_data import today
from gongkai.ui.data import fictional, query, workspace
from gongkai.ui.filters import Filters
from gongkai.ui.finding_decide import remember
from gongkai.ui.findings_data import counts, of_place
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import table

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OUT = "notices_downloaded"
"""The session's entry with what was downloaded and not yet recorded."""


def notices_section(filters: Filters, agency_id: str) -> None:
    """The part of 数据核查 that writes to the units; about one of them where `agency_id` names it."""
    st.caption(t("notices.note"))
    try:
        words = {name: paper_words(name, workspace().folder) for name in ("notice", *READERS.values())}
    except CatalogueError as error:
        st.error(f"**{t('notices.template_broken')}**  \n{plain(error)}")
        return
    wanted, frame = _choose(filters, agency_id)
    notices = gather(query, wanted)
    _counted(notices, frame)
    if notices:
        _list(notices)
        _download(notices, wanted, words["notice"])
    else:
        st.success(t("notices.nothing", year=wanted.year), icon=":material/task_alt:")
    _record(wanted.collection)
    if not agency_id:
        _briefs(filters, wanted)


def _choose(filters: Filters, agency_id: str) -> tuple[Wanted, pd.DataFrame]:
    """The year and what goes out of it; and the year's findings counted, by check, severity, state and doubt."""
    years = [str(year) for year in range(filters.last_year, filters.first_year - 1, -1)]
    first, second, third = st.columns([1, 3, 2], vertical_alignment="bottom")
    with first:
        year = int(choose("findings", "notice_year", t("notices.year"), years, years[0]))
    narrowed = replace(filters, first_year=year, last_year=year)
    frame = counts(narrowed, agency_id or None)
    waiting = frame[(frame["severity"] == "warning") & ~frame["doubtful"] & frame["state"].isin(SENT)]
    found = waiting.groupby("check_code")["findings"].sum()
    codes = [code for code in checks() if code in found.index]
    with second:
        warnings = choose_several(
            "findings",
            "warnings",
            t("notices.warnings"),
            codes,
            max(len(codes), 1),
            lambda code: t("notices.warning", title=finding_title(code, language()), count=f"{int(found[code]):,}"),
            t("notices.no_warnings"),
        )
    with third:
        only_new = switch("findings", "only_new", t("notices.only_new"))
    place = {name: value for name, value in of_place(narrowed).items() if name in _PLACE}
    return Wanted(filters.collection, year, tuple(warnings), agency_id or None, only_new, place, today()), frame


_PLACE = ("province", "city", "levels", "kinds", "peers")


def _counted(notices: Sequence[Notice], frame: pd.DataFrame) -> None:
    """How much goes out, and what stays in the house."""
    problems = sum(len(notice.problems) for notice in notices)
    open_ = frame[frame["state"].isin(SENT)]
    doubtful = int(open_.loc[open_["doubtful"], "findings"].sum())
    internal = int(open_.loc[(open_["severity"] == "notice") & ~open_["doubtful"], "findings"].sum())
    cards(
        [
            Card(t("notices.card.units"), f"{len(notices):,}", t("notices.card.units_basis")),
            Card(t("notices.card.problems"), f"{problems:,}", t("notices.card.problems_basis")),
            Card(t("notices.card.doubtful"), f"{doubtful:,}", t("notices.card.doubtful_basis")),
            Card(t("notices.card.internal"), f"{internal:,}", t("notices.card.internal_basis")),
        ]
    )


def _list(notices: Sequence[Notice]) -> None:
    """The units that are written to; a row opens the unit's findings."""
    separator = t("findings.problem.separator")
    spoken = language()
    frame = pd.DataFrame(
        {
            "agency": [notice.unit.agency for notice in notices],
            "city": [notice.unit.city or None for notice in notices],
            "count": [len(notice.problems) for notice in notices],
            "told": [sum(row["state"] == "notified" for row in notice.findings) for notice in notices],
            "problems": [
                separator.join(dict.fromkeys(finding_title(str(row["check_code"]), spoken) for row in notice.findings))
                for notice in notices
            ],
        }
    )
    columns = {name: t(f"notices.column.{name}") for name in frame.columns}
    config: dict[str, Any] = {
        "agency": st.column_config.TextColumn(columns["agency"], width=240, pinned=True),
        "count": st.column_config.NumberColumn(columns["count"], width=80),
        "told": st.column_config.NumberColumn(columns["told"], width=90),
        "problems": st.column_config.TextColumn(columns["problems"], width=420),
    }

    def open_unit(row: int) -> None:
        open_page("findings", agency=notices[row].unit.agency_id)

    table(frame, "notices_units", columns, config=config, on_row=open_unit)


def _download(notices: list[Notice], wanted: Wanted, words: PaperWords) -> None:
    """All notices as one zip; downloading keeps in the session what exactly went out."""
    paper = Paper(wanted.year, words, fictional(wanted.collection))

    def data() -> bytes:
        # Run by the click, without a session.
        return zipped(list(files(items(notices, paper, reviewers=wanted.agency_id is None), paper)))

    st.download_button(
        t("notices.download", count=f"{len(notices):,}"),
        data,
        file_name=archive_name(paper),
        mime="application/zip",
        key="notices_zip",
        icon=":material/folder_zip:",
        help=t("notices.download_help"),
        on_click=_went_out,
        args=(wanted.collection, wanted.year, [dict(row) for notice in notices for row in notice.findings]),
    )


def _went_out(collection: str, year: int, rows: list[Mapping[str, Any]]) -> None:
    """The click's callback."""
    st.session_state[_OUT] = (collection, year, rows)


def _record(collection: str) -> None:
    """What was downloaded last, and a button that records exactly that as 已通知."""
    kept: tuple[str, int, list[Mapping[str, Any]]] | None = st.session_state.get(_OUT)
    if kept is None or kept[0] != collection:
        return
    _, year, rows = kept
    fresh = [row for row in rows if row["state"] != "notified"]
    units = len({str(row["agency_id"]) for row in rows})
    with st.container(border=True):
        st.markdown(t("notices.downloaded", year=year, units=f"{units:,}", count=f"{len(rows):,}"))
        if not fresh:
            st.caption(t("notices.told_already"))
            return
        actor = ask_actor("ask_actor_of_notices")
        if not actor:
            return
        label = t("notices.record", count=f"{len(fresh):,}")
        if st.button(label, type="primary", icon=":material/mark_email_read:", key="record_notices"):
            try:
                outcome = FindingEvents(workspace()).decide(fresh, "notified", actor, t("notices.reason", year=year))
            except FindingError as error:
                st.error(plain(error))
                return
            del st.session_state[_OUT]
            remember(outcome, "notified")
            st.rerun()


def _briefs(filters: Filters, wanted: Wanted) -> None:
    """The papers about the year, made when they are clicked."""
    st.subheader(t("notices.briefs"), anchor=False)
    st.caption(t("notices.briefs_note"))
    if filters.group:
        st.caption(t("notices.briefs_group"))
    folder, made_up, day = workspace().folder, fictional(wanted.collection), today()
    place = {name: value for name, value in (wanted.place or {}).items() if name != "peers"}
    about = replace(wanted, only_new=False, place=place)
    with st.container(horizontal=True):
        for readers in ("units", "leaders"):
            st.download_button(
                t(f"notices.for_{readers}"),
                partial(_brief, folder, about, readers, day, made_up),
                file_name=brief_name(readers, wanted.year, folder),
                mime=_WORD,
                key=f"brief_{readers}",
                icon=":material/download:",
                on_click="ignore",
            )


def _brief(folder: Path, about: Wanted, readers: str, day: date, made_up: bool) -> bytes:
    """A paper; run by the click, without a session."""
    opened = open_workspace(folder)
    return brief(lambda name, **given: run_in(opened, name, given), about, readers, day, folder, made_up)
