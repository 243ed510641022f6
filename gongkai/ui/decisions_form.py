"""Confirm or correct what was read of a report, withdraw or restore it: signed, with a reason, and undone likewise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from gongkai.store.decisions import Decision, DecisionError, Decisions, Target
from gongkai.ui.actor import ask_actor
from gongkai.ui.cells import day, moment, named, present, standing_reason, whole
from gongkai.ui.data import workspace
from gongkai.ui.messages import plain, t

_SAVED = "decision_saved"

_CHOICES: dict[str, tuple[str, ...]] = {
    "period": ("year", "h1", "h2", "q1", "q2", "q3", "q4", "ytd"),
    "kind": ("annual_report", "summary", "self_check"),
    "stage": ("", "draft", "approved", "published", "corrected"),
    "scope": ("", "organ", "whole"),
}
_FIRST_YEAR, _LAST_YEAR = 2003, 2100


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a person vouches for: corrected to another value, or confirmed as it was read."""

    action: str
    field: str
    value: Any


def changes(report: dict[str, Any], given: dict[str, Any], confirmed: bool) -> list[Change]:
    """What a filled-in form comes to: a correction for each field that differs, and, if `confirmed`, a confirmation
    of year and author as they stand, and that a repost was checked against its original.

    `report` is the report as it stands, `given` the form's values. A year, agency or province left empty is no
    change: nobody can vouch for nothing.
    """
    found = []
    for name, value in given.items():
        before = _plain_value(name, report.get(name))
        if name in ("year", "agency", "province") and not value:
            continue
        if value != before:
            found.append(Change("correct", name, value))
    if confirmed:
        corrected = {change.field for change in found}
        for name in ("year", "agency"):
            before = _plain_value(name, report.get(name))
            if before and name not in corrected:
                found.append(Change("confirm", name, before))
        if report.get("secondary_source") and "secondary_source" not in corrected:
            found.append(Change("correct", "secondary_source", False))
    return found


def decisions_form(report: dict[str, Any]) -> None:
    """The whole section: the form, withdraw or restore, the history. A saved decision shows everywhere at once."""
    if message := st.session_state.pop(_SAVED, None):
        st.toast(message, icon=":material/check_circle:")
    target = Target(str(report["collection"]), str(report["sha256"]), int(report["ordinal"]))
    waiting = report["standing"] == "quarantined"
    title = (
        t("reports.decide.confirm_title", reason=standing_reason(report["standing_reason"]))
        if waiting
        else t("reports.decide.title")
    )
    with st.expander(plain(title), icon=":material/rule:" if waiting else ":material/edit_note:"):
        st.caption(t("reports.decide.why"))
        actor = ask_actor()
        if actor:
            _form(report, target, actor)
            _withdrawal(report, target, actor)
        _history(target, actor)


def _form(report: dict[str, Any], target: Target, actor: str) -> None:
    with st.form(f"decide_{report['report_id']}", border=False):
        given = _fields(report)
        confirmed = st.checkbox(t("reports.decide.confirmed"))
        reason = st.text_input(
            t("reports.decide.reason"), placeholder=t("reports.decide.reason_placeholder"), max_chars=300
        )
        sent = st.form_submit_button(t("reports.decide.save"), type="primary")
    if not sent:
        return
    if not reason.strip():
        st.error(t("reports.decide.reason_missing"))
        return
    found = changes(report, given, confirmed)
    if not found:
        st.info(t("reports.decide.unchanged"))
        return

    def save(log: Decisions) -> None:
        for change in found:
            record = log.correct if change.action == "correct" else log.confirm
            record(target, change.field, change.value, actor, reason)

    _record(save, t("reports.decide.saved"))


def _fields(report: dict[str, Any]) -> dict[str, Any]:
    """The form's widgets, filled with what stands now."""
    identity = f"{report['report_id']}_"
    first, second, third = st.columns(3)
    given: dict[str, Any] = {}
    given["agency"] = (
        first.text_input(
            t("reports.field.agency"),
            value=_plain_value("agency", report["agency"]) or "",
            help=t("reports.decide.agency_help"),
            key=identity + "agency",
            max_chars=80,
        )
        or ""
    ).strip()
    given["province"] = (
        second.text_input(
            t("reports.field.province"),
            value=_plain_value("province", report["province"]) or "",
            key=identity + "province",
            max_chars=20,
        )
        or ""
    ).strip()
    given["year"] = third.number_input(
        t("reports.field.year"),
        min_value=_FIRST_YEAR,
        max_value=_LAST_YEAR,
        value=whole(report["year"]),
        step=1,
        format="%d",
        placeholder=t("reports.not_stated"),
        key=identity + "year",
    )
    columns = st.columns(4)
    for column, (name, codes) in zip(columns, _CHOICES.items(), strict=True):
        now = _plain_value(name, report[name]) or ""
        chosen_code = column.selectbox(
            t(f"reports.field.{name}"),
            codes,
            index=codes.index(now) if now in codes else 0,
            format_func=partial(named, name),
            key=identity + name,
            placeholder=t("filters.choose"),
        )
        given[name] = chosen_code or None
    columns = st.columns(4)
    for column, name in zip(columns, ("published_on", "signed_on"), strict=False):
        now = day(report[name])
        chosen = column.date_input(
            t(f"reports.field.{name}"),
            value=date.fromisoformat(now) if now else None,
            min_value=date(_FIRST_YEAR, 1, 1),
            max_value=date(_LAST_YEAR, 12, 31),
            format="YYYY-MM-DD",
            key=identity + name,
        )
        given[name] = chosen.isoformat() if isinstance(chosen, date) else None
    return given


def _withdrawal(report: dict[str, Any], target: Target, actor: str) -> None:
    withdrawn = bool(report["withdrawn"])
    name = "restore" if withdrawn else "withdraw"

    def act(log: Decisions, reason: str) -> None:
        (log.restore if withdrawn else log.withdraw)(target, actor, reason)

    with st.popover(
        t(f"reports.decide.{name}"), icon=":material/restore_page:" if withdrawn else ":material/scan_delete:"
    ):
        st.caption(t("reports.decide.withdraw_help"))
        _reasoned(
            f"{name}_{report['report_id']}",
            t(f"reports.decide.{name}"),
            act,
            t("reports.decide.restored" if withdrawn else "reports.decide.withdrawn"),
        )


def _reasoned(key: str, button: str, act: Callable[[Decisions, str], None], done: str) -> None:
    """A reason and a button that carries `act` out with it."""
    with st.form(key, border=False):
        reason = st.text_input(
            t("reports.decide.reason"), placeholder=t("reports.decide.reason_placeholder"), max_chars=300
        )
        sent = st.form_submit_button(button)
    if sent and not reason.strip():
        st.error(t("reports.decide.reason_missing"))
    elif sent:
        _record(lambda log: act(log, reason), done)


def _record(act: Callable[[Decisions], None], done: str) -> None:
    try:
        act(Decisions(workspace()))
    except DecisionError as error:
        st.error(plain(error))
        return
    st.session_state[_SAVED] = done
    st.rerun()


def _history(target: Target, actor: str) -> None:
    st.markdown(f"**{t('reports.decide.history')}**")
    log = Decisions(workspace()).log(target)
    shown = [entry for entry in log if entry.action != "undo"]
    if not shown:
        st.caption(t("reports.decide.history_none"))
    undoing = {entry.undoes: entry for entry in log if entry.action == "undo"}
    for entry in reversed(shown):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            with st.container():
                line = plain(_entry(entry))
                st.markdown(f"~~{line}~~" if entry.undone else line)
                st.caption(plain(t("reports.decide.entry_reason", reason=entry.reason)))
                if entry.id in undoing:
                    by = undoing[entry.id]
                    st.caption(plain(t("reports.decide.undone_by", actor=by.actor, at=moment(by.at))))
                    st.caption(plain(t("reports.decide.entry_reason", reason=by.reason)))
            if actor and not entry.undone:
                with st.popover(t("reports.decide.undo"), icon=":material/undo:"):
                    _reasoned(
                        f"undo_{entry.id}",
                        t("reports.decide.undo"),
                        partial(_undo, entry.id, actor),
                        t("reports.decide.undone"),
                    )


def _undo(number: int, actor: str, log: Decisions, reason: str) -> None:
    log.undo(number, actor, reason)


def _entry(entry: Decision) -> str:
    """A decision as one line of text."""
    if entry.field is None:
        return t(f"reports.decide.entry_{entry.action}", at=moment(entry.at), actor=entry.actor)
    value = entry.value
    if entry.field in _CHOICES:
        value = named(entry.field, entry.value)
    elif isinstance(value, bool):
        value = t(f"reports.decide.{'yes' if value else 'no'}")
    elif value is None:
        value = t("reports.not_stated")
    return t(
        f"reports.decide.entry_{entry.action}",
        at=moment(entry.at),
        actor=entry.actor,
        field=t(f"reports.field.{entry.field}"),
        value=value,
    )


def _plain_value(name: str, value: Any) -> Any:
    """A cell of the report as the form and the log hold it."""
    if name == "year":
        return whole(value)
    if name.endswith("_on"):
        return day(value)
    return str(value) if present(value) and value != "" else None
