"""Whom to telephone today: who is late or due soon, who has not sent a returned report again, who has not published
what passed; grouped by city, with the list to send out."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from gongkai.exports.reminder_list import OPEN, Call, Reminded, detail, to_remind
from gongkai.exports.reminders import reminder_document, reminder_text, reminder_workbook
from gongkai.ui.address import choose_one
from gongkai.ui.cells import records
from gongkai.ui.coverage_data import Chosen
from gongkai.ui.coverage_head import ways
from gongkai.ui.messages import language, t
from gongkai.ui.navigation import open_page
from gongkai.ui.table import stamp, table

SOON = 7
"""Days before its date from which a unit is called."""

SORTS = ("overdue", "soon", "returned", "unpublished", "missing")
"""The reasons of a reminder, those who are still in time parted: whose date is near, and the others."""

_COLUMNS = ("city", "county", "agency", "why", "contact", "telephone", "reports_to", "due_on")


def to_call(due: pd.DataFrame, call: Call) -> pd.DataFrame:
    """The rows of those to be reminded, with `sort` (of SORTS), `why` in words and the date `due_on` that counts; by
    city, in a city the most pressing first."""
    found = []
    # Most of the year's rows are done with; only the others are worth looking at one by one.
    due = due[due["state"].isin(OPEN)]
    for place, row in enumerate(records(due)):
        unit = to_remind(row, call.today)
        if unit is not None:
            found.append((place, sort_of(unit, call.today), unit))
    rows = due.iloc[[place for place, _, _ in found]]
    rows = rows.assign(
        sort=[sort for _, sort, _ in found],
        why=[detail(unit, call) for _, _, unit in found],
        days=[unit.days for _, _, unit in found],
        due_on=pd.Series([unit.due_on and unit.due_on.isoformat() for _, _, unit in found], rows.index, object),
    )
    # The rows come by place already; within a city the latest are called first.
    cities = {city: number for number, city in enumerate(dict.fromkeys(rows["city"].fillna("")))}
    order = rows.assign(of_city=rows["city"].fillna("").map(cities), of_sort=rows["sort"].map(SORTS.index))
    order = order.sort_values(["of_city", "of_sort", "days"], ascending=[True, True, False], kind="stable")
    return order.drop(columns=["of_city", "of_sort"])


def sort_of(unit: Reminded, today: date) -> str:
    """The reason of a reminder; of those in time whether their date is near."""
    near = unit.due_on is not None and (unit.due_on - today).days <= SOON
    return "soon" if unit.reason == "missing" and near else unit.reason


def calls(chosen: Chosen) -> None:
    """The section."""
    st.subheader(t("coverage.calls.heading"), anchor=False)
    call = Call(chosen.year, chosen.day, chosen.item, language())
    found = to_call(chosen.due, call)
    if found.empty:
        st.success(t("coverage.calls.nobody"), icon=":material/task_alt:")
        return
    counts = {sort: int((found["sort"] == sort).sum()) for sort in SORTS}
    held = ["all", *(sort for sort in SORTS if counts[sort])]
    sort = choose_one(
        "coverage",
        "call",
        t("coverage.calls.which"),
        held,
        next((sort for sort in SORTS[:-1] if counts[sort]), "all"),
        lambda code: t(f"coverage.calls.{code}", count=f"{len(found) if code == 'all' else counts[code]:,}"),
    )
    rows = found if sort == "all" else found[found["sort"] == sort]
    columns = {
        name: t(f"coverage.column.{name}") for name in _COLUMNS if name == "telephone" or rows[name].notna().any()
    }
    config = {
        "agency": st.column_config.TextColumn(columns["agency"], width=240, pinned=True),
        "telephone": st.column_config.TextColumn(columns["telephone"], width=130),
    }
    table(
        rows,
        "coverage_calls",
        columns,
        config=config,
        height=460,
        on_row=lambda row: open_page("coverage", **ways(chosen, agency=str(rows["agency_id"].iloc[row]))),
    )
    without = int(rows["telephone"].isna().sum())
    if without:
        st.caption(t("coverage.calls.no_telephone", count=f"{without:,}"))
    _send(chosen, chosen.due[chosen.due["agency_id"].isin(rows["agency_id"])], call)


def _send(chosen: Chosen, rows: pd.DataFrame, call: Call) -> None:
    """The list to send out: Excel to telephone by, Word, a text to paste into a chat."""
    title = t("coverage.calls.title", year=chosen.year)
    made = stamp(title, coverage=t("coverage.act.units", count=f"{len(rows):,}"), chosen=chosen.words())
    name = f"{title}_{chosen.day:%Y-%m-%d}"
    with st.container(horizontal=True):
        st.download_button(
            t("coverage.send.excel"),
            lambda: reminder_workbook(rows, made, call),
            file_name=f"{name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="coverage_send_excel",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("coverage.send.word"),
            lambda: reminder_document(rows, call),
            file_name=f"{name}.docx",
            mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            key="coverage_send_word",
            icon=":material/description:",
            on_click="ignore",
        )
    with st.expander(t("coverage.send.text"), icon=":material/chat:"):
        st.code(reminder_text(rows, call), language=None, wrap_lines=True)
