"""退回意见: what one version of a report goes back with, to copy or download, and its record."""

from __future__ import annotations

from typing import Any

import streamlit as st

from gongkai.exports.finding_words import finding_particulars, finding_title
from gongkai.exports.problems import SENT, may_be_sent, problem
from gongkai.exports.return_opinion import ReturnOpinion, document, text
from gongkai.ui.cells import present, records, standing_reason
from gongkai.ui.data import query
from gongkai.ui.filter_bar import follow
from gongkai.ui.filters import Filters
from gongkai.ui.finding_decide import said
from gongkai.ui.findings_data import of_place
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.report_reader import heading
from gongkai.ui.return_record import record_button
from gongkai.ui.table import file_name

_MOST = 10_000


def return_view(report_id: str) -> None:
    """The opinion on the report of this id (out of the address, so it may be anything)."""
    page_link("findings", t("findings.back"), icon=":material/arrow_back:")
    held = records(query("report_detail", report_id=report_id))
    if not held or not present(held[0]["agency_id"]) or not present(held[0]["year"]):
        st.warning(f"**{t('findings.opinion.unknown')}**  \n{t('findings.unknown_do')}")
        return
    report = held[0]
    follow(str(report["collection"]))
    said()
    st.subheader(plain(t("findings.opinion.of", report=heading(report))), anchor=False)
    page_link("reports", t("findings.report"), icon=":material/description:", report=report_id)
    standing = str(report["standing"])
    if standing not in ("current", "superseded"):
        st.info(t("findings.opinion.not_sure", reason=standing_reason(report["standing_reason"])))
        return
    if standing == "superseded":
        st.info(t("findings.opinion.version"), icon=":material/history:")
    open_ = findings_of(report)
    doubtful = sum(bool(row["doubtful"]) for row in _of_report(report, doubtful=True))
    if doubtful:
        st.caption(t("findings.opinion.doubtful", count=doubtful))
    if not open_:
        st.success(t("findings.opinion.nothing"), icon=":material/task_alt:")
        return
    chosen = _choose(open_)
    if not chosen:
        st.info(t("findings.opinion.choose"))
        return
    opinion = made(report, chosen)
    words = text(opinion, language())
    title = t("findings.opinion.file", agency=opinion.agency, year=opinion.year)
    st.code(words, language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.download_button(
            t("findings.opinion.word"),
            lambda: _word(opinion),
            file_name=f"{file_name(title)}.docx",
            mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            key="opinion_word",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("findings.opinion.text"),
            words,
            file_name=f"{file_name(title)}.txt",
            mime="text/plain",
            key="opinion_text",
            icon=":material/download:",
            on_click="ignore",
        )
    record_button(report, chosen, words)


def findings_of(report: dict[str, Any]) -> list[dict[str, Any]]:
    """What still has to be put to the unit about this version: errors first, undoubted, not yet settled."""
    return [row for row in _of_report(report) if may_be_sent(row) and str(row["state"]) in SENT]


def made(report: dict[str, Any], findings: list[dict[str, Any]]) -> ReturnOpinion:
    """The opinion with these findings."""
    cells = records(
        query(
            "finding_cells",
            collection=str(report["collection"]),
            agency_id=str(report["agency_id"]),
            first_year=int(report["year"]),
            last_year=int(report["year"]),
            finding_keys=[str(row["finding_key"]) for row in findings],
            report_id=str(report["report_id"]) if str(report["standing"]) != "current" else None,
        )
    )
    spoken = language()
    problems = tuple(
        problem(
            {**row, "regime": report["regime"]},
            [cell for cell in cells if cell["finding_key"] == row["finding_key"]],
            spoken,
        )
        for row in findings
    )
    return ReturnOpinion(str(report["agency"]), int(report["year"]), problems)


def _of_report(report: dict[str, Any], doubtful: bool = False) -> list[dict[str, Any]]:
    """The findings of a version: with those that need other reports where it stands, else its own alone."""
    if str(report["standing"]) != "current":
        return records(query("version_findings", report_id=str(report["report_id"]), doubtful=doubtful))
    year = int(report["year"])
    everywhere = Filters(collection=str(report["collection"]), first_year=year, last_year=year)
    found = query(
        "finding_list",
        **of_place(everywhere),
        agency_id=str(report["agency_id"]),
        report_id=str(report["report_id"]),
        doubtful=doubtful,
        to_send=not doubtful,
        count=_MOST,
    )
    return records(found)


def _choose(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All errors, and the warnings that are ticked."""
    errors = [row for row in findings if row["severity"] == "error"]
    warnings = [row for row in findings if row["severity"] == "warning"]
    st.caption(t("findings.opinion.errors", count=len(errors)))
    if not warnings:
        return errors
    st.markdown(f"**{t('findings.opinion.warnings')}**")
    spoken = language()
    ticked = []
    for row in warnings:
        words = " ".join([finding_title(str(row["check_code"]), spoken), *finding_particulars(row, spoken)])
        if st.checkbox(plain(words), value=not errors, key=f"opinion_{row['finding_key']}"):
            ticked.append(row)
    return [*errors, *ticked]


def _word(opinion: ReturnOpinion) -> bytes:
    # Run by the click, without a session; papers to units are Chinese.
    return document(opinion)
