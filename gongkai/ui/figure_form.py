"""Confirm or correct the figure selected beside its document: signed, with reason and source, undone likewise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.metrics import metrics
from gongkai.records import CONFIDENT, Status
from gongkai.store.corrections import NO_NUMBER, CorrectionError, Corrections, Figure
from gongkai.ui.actor import ask_actor
from gongkai.ui.cells import moment, present, records, whole
from gongkai.ui.correction_words import correction_words
from gongkai.ui.data import query, workspace
from gongkai.ui.messages import plain, t
from gongkai.ui.report_panes import Reading, figure_item

_SAVED = "correction_saved"
_LONGEST = 300


def corrections_of(report: dict[str, Any]) -> pd.DataFrame:
    """All corrections of the unit and year of a report (a row of report_detail); none where either is not known."""
    if not present(report["agency_id"]) or not present(report["year"]):
        return pd.DataFrame()
    return query(
        "corrections",
        collection=str(report["collection"]),
        agency_id=str(report["agency_id"]),
        year=int(report["year"]),
    )


def figure_of(report: dict[str, Any], row: dict[str, Any]) -> Figure:
    """What a correction of a figure (a row of report_figures) of a report is about."""
    scope = row["scope"] if present(row["scope"]) else report["scope"]
    return Figure(
        collection=str(report["collection"]),
        agency_id=str(report["agency_id"]),
        year=int(report["year"]),
        scope=str(scope) if present(scope) else None,
        metric=str(row["metric"]),
        applicant=str(row["applicant"]),
        method=str(row["method"]),
    )


def figure_form(reading: Reading, selected: str | None) -> None:
    """The form for the selected figure, and what was said of it; nothing where no figure is selected."""
    if message := st.session_state.pop(_SAVED, None):
        st.toast(message, icon=":material/check_circle:")
    row = next((row for row in records(reading.figures) if row["figure_id"] == selected), None)
    if row is None:
        return
    report = reading.report
    item = figure_item(row)
    with st.container(border=True, key="figure_form"):
        st.markdown(f"**{plain(t('reports.correct.title', name=item.label))}** · {plain(item.text or '')}")
        if str(report["standing"]) != "current" or not present(report["agency_id"]):
            st.caption(t("reports.correct.not_current"))
            return
        st.caption(t("reports.correct.why"))
        figure = figure_of(report, row)
        entries = [
            entry
            for entry in records(reading.corrections)
            if all(
                (entry[name] if present(entry[name]) else None) == value
                for name, value in figure.columns.items()
                if name not in ("collection", "agency_id", "year")
            )
        ]
        actor = ask_actor("ask_actor_of_figure")
        if actor:
            _forms(figure, row, actor, confirmed=any(entry["state"] == "applied" for entry in entries))
        _history(entries, actor)


def _forms(figure: Figure, row: dict[str, Any], actor: str, confirmed: bool) -> None:
    expected = float(row["value"]) if present(row["value"]) else None
    unit = metrics()[figure.metric].unit if figure.metric in metrics() else ""
    kind = metrics()[figure.metric].kind if figure.metric in metrics() else "flow"
    with st.form(f"correct_{row['figure_id']}", border=False):
        misread = st.radio(
            t("reports.correct.which"),
            [True, False],
            index=None,
            format_func=lambda ours: t("reports.correct.misread" if ours else "reports.correct.reported"),
            horizontal=True,
        )
        kinds, first, second, third = st.columns([1, 1, 2, 2])
        status = kinds.selectbox(
            t("reports.correct.into"),
            ["", *NO_NUMBER],
            format_func=lambda code: t(f"reports.correct.into_{code or 'number'}"),
            placeholder=t("filters.choose"),
        )
        value = first.number_input(
            t("reports.correct.value", unit=unit),
            value=None,
            step=1 if kind in ("flow", "stock") else 0.0001,
            format="%d" if kind in ("flow", "stock") else "%.4f",
            placeholder=t("reports.correct.value_placeholder"),
        )
        source = second.text_input(
            t("reports.correct.source"), placeholder=t("reports.correct.source_placeholder"), max_chars=_LONGEST
        )
        reason = third.text_input(
            t("reports.decide.reason"), placeholder=t("reports.correct.reason_placeholder"), max_chars=_LONGEST
        )
        with st.container(horizontal=True):
            corrects = st.form_submit_button(t("reports.correct.save"), type="primary")
            doubtful = present(row["confidence"]) and row["confidence"] < CONFIDENT and not confirmed
            confirms = doubtful and st.form_submit_button(t("reports.correct.confirm"))
    if not corrects and not confirms:
        return
    said = Status(status) if status else None if value is None else float(value)
    if not reason.strip():
        st.error(t("reports.decide.reason_missing"))
    elif confirms:
        _record(lambda log: log.confirm(figure, expected, actor, reason), t("reports.correct.confirmed_saved"))
    elif misread is None:
        st.error(t("reports.correct.which_missing"))
    elif said is None or not (source.strip() or misread):
        st.error(t("reports.correct.incomplete"))
    elif said == expected:
        st.error(t("reports.correct.same"))
    else:
        ours, after = bool(misread), source.strip() or t("reports.correct.original")
        _record(
            lambda log: log.correct(figure, expected, said, after, actor, reason, ours),
            t("reports.correct.saved_misread" if ours else "reports.correct.saved"),
        )


def _history(entries: list[dict[str, Any]], actor: str) -> None:
    """What people said of the figure, the latest first; what stands can be taken back with one click."""
    for entry in reversed(entries):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            with st.container():
                unit = metrics()[entry["metric"]].unit if entry["metric"] in metrics() else ""
                line = plain(correction_words(entry, unit))
                st.markdown(f"~~{line}~~" if entry["state"] == "undone" else line)
                if entry["state"] == "undone":
                    said = t("reports.decide.undone_by", actor=entry["undone_by"], at=moment(entry["undone_at"]))
                    st.caption(plain(said))
            if actor and entry["state"] != "undone":
                undo_button(whole(entry["correction"]) or 0, actor, f"undo_correction_{entry['correction']}")


def undo_button(number: int, actor: str, key: str) -> None:
    """A button that takes a correction back at once."""
    if st.button(t("reports.decide.undo"), icon=":material/undo:", key=key):
        _record(lambda log: log.undo(number, actor, t("reports.correct.undo_reason")), t("reports.decide.undone"))


def _record(act: Callable[[Corrections], int], done: str) -> None:
    try:
        act(Corrections(workspace()))
    except CorrectionError as error:
        st.error(plain(error))
        return
    st.session_state[_SAVED] = done
    st.rerun()
