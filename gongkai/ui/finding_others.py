"""What stands beside the findings: those that units have mended, and the corrections of figures."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from gongkai.catalogue.metrics import metrics
from gongkai.exports.finding_words import finding_particulars, finding_title
from gongkai.ui.cells import moment, named, present, records
from gongkai.ui.correction_words import corrected_value, correction_words
from gongkai.ui.data import query
from gongkai.ui.filters import Filters
from gongkai.ui.finding_decide import decide_form
from gongkai.ui.findings_data import of_place, state_word
from gongkai.ui.messages import label, language, t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import export_button, table


def gone_list(filters: Filters) -> None:
    """Findings that somebody decided about and that the current version no longer gives: to be closed."""
    st.caption(t("findings.gone_note"))
    frame = query("finding_gone", **of_place(filters))
    if frame.empty:
        st.info(t("findings.gone_none"))
        return
    spoken = language()
    says = [finding_particulars(gone_row(row), spoken) for row in records(frame)]
    shown = frame.assign(
        title=[finding_title(str(code), spoken) for code in frame["check_code"]],
        says=[" ".join(words) for words in says],
        state_word=[state_word(str(state), spoken) for state in frame["state"]],
        decided=[f"{who} · {moment(when)}" for who, when in zip(frame["decided_by"], frame["decided_at"], strict=True)],
    )
    names = ("agency", "year", "title", "says", "state_word", "decided")
    columns = {name: t(f"findings.column.{name}") for name in names}

    def open_finding(row: int, _column: str) -> None:
        open_page("findings", finding=str(frame["finding_key"].iloc[row]))

    config: dict[str, Any] = {
        "agency": st.column_config.TextColumn(columns["agency"], width=200, pinned=True),
        "year": st.column_config.NumberColumn(columns["year"], format="%d", width=60),
    }
    ticked = table(shown, "findings_gone", columns, config=config, height=560, on_cell=open_finding, ticked=True)
    if ticked:
        rows = [{**row, "doubtful": False} for row in records(frame.iloc[ticked])]
        decide_form(rows, "decide_gone", t("findings.decide.title", count=f"{len(ticked):,}"))
    else:
        st.caption(t("findings.decide.how"))
    export_button(
        shown,
        "findings_gone_export",
        t("findings.gone_title"),
        columns,
        coverage=t("findings.coverage", count=f"{len(frame):,}"),
    )


def gone_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of finding_gone with what it said then beside it, as finding_list would give it."""
    said = json.loads(row["said"]) if present(row["said"]) else {}
    empty = dict.fromkeys(("report_id", "severity", "metrics", "applicant", "expected", "found", "detail"))
    return {**row, **empty, **said}


def corrections_list(filters: Filters) -> None:
    """All corrections and confirmations of figures; those that a new version has overtaken are flagged first."""
    st.caption(t("findings.corrections_note"))
    frame = query("corrections", collection=filters.collection)
    frame = frame[frame["year"].between(filters.first_year, filters.last_year)]
    if frame.empty:
        st.info(t("findings.corrections_none"))
        return
    order = {"changed": 0, "absent": 1, "applied": 2}
    frame = frame.assign(rank=[order.get(str(state), 3) for state in frame["state"]])
    frame = frame.sort_values(["rank", "correction"], ascending=[True, False]).reset_index(drop=True)
    rows = records(frame)
    shown = frame.assign(
        name=[label(metrics()[code]) if code in metrics() else code for code in frame["metric"]],
        applicant_word=[named("applicant", code) for code in frame["applicant"]],
        state_word=[t(f"findings.correction_state.{state}") for state in frame["state"]],
        value=[corrected_value(row, "") for row in rows],
        says=[
            correction_words(row, metrics()[row["metric"]].unit if row["metric"] in metrics() else "") for row in rows
        ],
    )
    names = (
        *("agency", "year", "name", "applicant_word", "state_word", "expected_value", "value", "printed"),
        *("actor", "source", "reason", "says"),
    )
    columns = {name: t(f"findings.column.{name}") for name in names}

    def open_report(row: int) -> None:
        if present(frame["figure_id"].iloc[row]):
            report, figure = str(frame["report_id"].iloc[row]), str(frame["figure_id"].iloc[row])
            open_page("reports", report=report, figure=figure)
        st.toast(t("findings.correction_state.absent"), icon=":material/block:")

    config: dict[str, Any] = {
        "agency": st.column_config.TextColumn(columns["agency"], width=200, pinned=True),
        "year": st.column_config.NumberColumn(columns["year"], format="%d", width=60),
    }
    table(shown, "findings_corrections", columns, config=config, height=560, on_row=open_report)
    export_button(
        shown,
        "findings_corrections_export",
        t("findings.corrections_title"),
        columns,
        coverage=t("findings.coverage", count=f"{len(frame):,}"),
    )
