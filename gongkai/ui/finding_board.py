"""数据核查: what the checks found under the filters, one by one, by unit and by rule, and decisions about many."""

from __future__ import annotations

from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.checks import checks
from gongkai.exports.finding_words import finding_title
from gongkai.store.findings import STATES
from gongkai.store.reader import run_in
from gongkai.store.workspace import open_workspace
from gongkai.ui.address import ask, choose, choose_one, choose_several, turn
from gongkai.ui.cards import Card, cards
from gongkai.ui.cells import named, records
from gongkai.ui.check_again import check_state
from gongkai.ui.coverage_data import today
from gongkai.ui.data import query, version, workspace
from gongkai.ui.empty import nothing_found
from gongkai.ui.filters import Filters
from gongkai.ui.finding_decide import decide_form, said
from gongkai.ui.finding_others import corrections_list, gone_list
from gongkai.ui.findings_data import OPEN, PAGE, SEVERITIES, Chosen, counts, in_words, listed, of_place, state_word
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import open_page
from gongkai.ui.notices_view import notices_section
from gongkai.ui.table import export_button, table

_MOST = 100_000
_CARDS = (
    ("undecided", OPEN),
    ("notified", ("notified",)),
    ("answered", ("corrected", "explained")),
    ("false_alarm", ("false_alarm",)),
    ("closed", ("closed",)),
)
"""The headline numbers and the states that each counts."""


def finding_board(filters: Filters) -> None:
    """The whole page but for a finding of its own."""
    agency_id = st.query_params.get("agency", "")
    frame = counts(filters, agency_id or None)
    parts = {
        "sure": int(frame.loc[~frame["doubtful"], "findings"].sum()),
        "doubtful": int(frame.loc[frame["doubtful"], "findings"].sum()),
    }
    said()
    check_state(filters.collection)
    if agency_id:
        _only(agency_id)
    part = choose_one(
        "findings",
        "part",
        t("findings.part.label"),
        ["sure", "doubtful", "gone", "corrections", "notices"],
        "sure",
        lambda name: t(f"findings.part.{name}", count=f"{parts.get(name, 0):,}"),
    )
    if part == "gone":
        gone_list(filters)
    elif part == "corrections":
        corrections_list(filters)
    elif part == "notices":
        notices_section(filters, agency_id)
    else:
        _findings(filters, frame[frame["doubtful"] == (part == "doubtful")], part == "doubtful")


def _only(agency_id: str) -> None:
    """That the page is about one unit, and the way back to all."""
    held = query("agency_detail", agency_id=agency_id)
    name = str(held["agency"].iloc[0]) if len(held) else agency_id
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(t("findings.only", agency=name)))
        st.button(
            t("findings.all_units"), key="findings_all_units", on_click=turn, kwargs={"agency": ""}, type="tertiary"
        )


def _findings(filters: Filters, frame: pd.DataFrame, doubtful: bool) -> None:
    st.caption(t("findings.doubtful_note" if doubtful else "findings.note"))
    if frame.empty:
        st.success(t("findings.none"), icon=":material/task_alt:") if not doubtful else nothing_found()
        return
    shown = []
    for name, states in _CARDS:
        rows = frame[frame["state"].isin(states)]
        errors = int(rows.loc[rows["severity"] == "error", "findings"].sum())
        basis = t("findings.card.errors", count=f"{errors:,}")
        shown.append(Card(t(f"findings.card.{name}"), f"{int(rows['findings'].sum()):,}", basis))
    cards(shown)
    way = choose_one(
        "findings",
        "view",
        t("findings.view.label"),
        ["list", "units", "checks"],
        "list",
        lambda name: t(f"findings.view.{name}"),
    )
    if way == "units":
        _by_unit(filters)
    elif way == "checks":
        _by_check(frame)
    else:
        _list(filters, frame, doubtful)


def _list(filters: Filters, frame: pd.DataFrame, doubtful: bool) -> None:
    chosen = _controls(frame, doubtful)
    page = _page_number()
    rows = listed(filters, chosen, page)
    if rows.empty and page > 1:
        page, rows = 1, listed(filters, chosen)
    if rows.empty:
        nothing_found()
        return
    total = int(rows["total"].iloc[0])
    shown = in_words(rows, language())
    names = ("agency", "year", "severity_word", "title", "says", "state_word", "decided")
    columns = {name: t(f"findings.column.{name}") for name in names}

    def open_finding(row: int, _column: str) -> None:
        open_page("findings", finding=str(rows["finding_key"].iloc[row]))

    ticked = table(
        shown,
        # Decided rows may leave the list: ticks of an earlier one must not fall on others.
        f"findings_{version().decisions}_{page}_{'doubt' if doubtful else 'sure'}",
        columns,
        config=_config(columns),
        height=560,
        on_cell=open_finding,
        ticked=True,
    )
    _pager(page, total)
    _bulk(filters, chosen, rows, ticked, total)
    given = {**of_place(filters), **chosen.parameters(), "today": today()}
    export = partial(_export, str(workspace().folder), given, language())
    export_button(
        export,
        "findings_export",
        t("findings.export_title"),
        {**columns, "city": t("findings.column.city")},
        coverage=t("findings.coverage", count=f"{total:,}"),
        notes=[t("findings.doubtful_note" if doubtful else "findings.note")],
    )


def _controls(frame: pd.DataFrame, doubtful: bool) -> Chosen:
    first, second, third, fourth = st.columns([2, 2, 2, 2])
    found = [code for code in checks() if code in set(frame["check_code"])]
    found += sorted(set(frame["check_code"]) - set(found))
    with first:
        severities = choose_several(
            "findings",
            "severity",
            t("findings.column.severity_word"),
            SEVERITIES,
            len(SEVERITIES),
            lambda code: named("severity", code),
            t("filters.all"),
        )
    with second:
        check = choose(
            "findings",
            "check",
            t("findings.column.title"),
            ["", *found],
            "",
            lambda code: finding_title(code, language()) if code else t("filters.all"),
        )
    with third:
        states = choose_several(
            "findings",
            "state",
            t("findings.column.state_word"),
            STATES,
            len(STATES),
            lambda code: state_word(code, language()),
            t("filters.all"),
        )
    with fourth:
        words = ask("findings", "words", t("findings.words"), t("findings.words_placeholder"))
    return Chosen(tuple(severities), check, tuple(states), doubtful, words, st.query_params.get("agency", ""))


def _page_number() -> int:
    asked = st.query_params.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _pager(page: int, total: int) -> None:
    pages = ceil(total / PAGE)
    if pages < 2:
        return
    first = (page - 1) * PAGE + 1
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, to in (("previous", page - 1), ("next", page + 1)):
            st.button(
                t(f"findings.page.{name}"),
                key=f"findings_{name}",
                disabled=not 1 <= to <= pages,
                on_click=turn,
                kwargs={"page": str(to) if to > 1 else ""},
            )
        last = min(first + PAGE - 1, total)
        st.caption(t("findings.page.shown", first=f"{first:,}", last=f"{last:,}", total=f"{total:,}"))


def _bulk(filters: Filters, chosen: Chosen, rows: pd.DataFrame, ticked: list[int], total: int) -> None:
    """A decision about the ticked rows, or about everything that the controls leave."""
    everything = total > 1 and st.toggle(t("findings.decide.everything", count=f"{total:,}"), key="findings_everything")
    if everything:
        decide_form(
            records(listed(filters, chosen, count=_MOST)),
            "decide_all",
            t("findings.decide.title", count=f"{total:,}"),
        )
    elif ticked:
        decide_form(records(rows.iloc[ticked]), "decide_ticked", t("findings.decide.title", count=f"{len(ticked):,}"))
    else:
        st.caption(t("findings.decide.how"))


def _export(folder: str, parameters: dict[str, Any], spoken: str) -> pd.DataFrame:
    """All rows that the controls leave, in words; run by the click, without a session."""
    rows = run_in(open_workspace(Path(folder)), "finding_list", {**parameters, "first": 0, "count": _MOST})
    return in_words(rows, spoken)


def _by_unit(filters: Filters) -> None:
    frame = query("finding_units", **of_place(filters), today=today())
    names = (
        "agency",
        "city",
        "errors",
        "warnings",
        "notices",
        "undecided",
        "notified",
        "answered",
        "closed",
        "doubtful",
    )
    columns = {name: t(f"findings.column.{name}") for name in names}
    config: dict[str, Any] = {
        name: st.column_config.NumberColumn(columns[name], format="localized", width=80) for name in names[2:]
    }
    config["agency"] = st.column_config.TextColumn(columns["agency"], width=240, pinned=True)

    def open_unit(row: int) -> None:
        open_page("findings", agency=str(frame["agency_id"].iloc[row]))

    table(frame, "findings_units", columns, config=config, height=560, on_row=open_unit)
    total = int(frame["total"].iloc[0])
    if total > len(frame):
        st.warning(t("findings.limited", total=f"{total:,}", count=f"{len(frame):,}"))
    export_button(
        frame,
        "findings_units_export",
        t("findings.units_title"),
        columns,
        coverage=t("findings.units_coverage", count=f"{len(frame):,}"),
    )


def _by_check(frame: pd.DataFrame) -> None:
    order = list(checks())
    grouped = frame.assign(undecided=frame["findings"].where(frame["state"].isin(OPEN), 0))
    grouped["alarms"] = grouped["findings"].where(grouped["state"] == "false_alarm", 0)
    rows = (
        grouped.groupby(["check_code", "severity"], sort=False)[["findings", "undecided", "alarms"]].sum().reset_index()
    )
    rank = {code: place for place, code in enumerate(SEVERITIES)}
    rows["rank"] = [rank.get(code, len(rank)) for code in rows["severity"]]
    rows["place"] = [order.index(code) if code in order else len(order) for code in rows["check_code"]]
    rows = rows.sort_values(["rank", "findings", "place"], ascending=[True, False, True]).reset_index(drop=True)
    rows["title"] = [finding_title(code, language()) for code in rows["check_code"]]
    rows["severity_word"] = [named("severity", code) for code in rows["severity"]]
    rows["rule"] = [checks()[code].rule if code in checks() else "" for code in rows["check_code"]]
    names = ("title", "severity_word", "findings", "undecided", "alarms", "rule")
    columns = {name: t(f"findings.column.{name}") for name in names}

    def open_check(row: int) -> None:
        open_page("findings", check=str(rows["check_code"].iloc[row]))

    config = {"title": st.column_config.TextColumn(columns["title"], width=240, pinned=True)}
    table(rows, "findings_checks", columns, config=config, height=560, on_row=open_check)
    export_button(
        rows,
        "findings_checks_export",
        t("findings.checks_title"),
        columns,
        coverage=t("findings.coverage", count=f"{int(rows['findings'].sum()):,}"),
    )


def _config(columns: dict[str, str]) -> dict[str, Any]:
    return {
        "agency": st.column_config.TextColumn(columns["agency"], width=200, pinned=True),
        "year": st.column_config.NumberColumn(columns["year"], format="%d", width=60),
        "severity_word": st.column_config.TextColumn(columns["severity_word"], width=70),
        "title": st.column_config.TextColumn(columns["title"], width=200),
        "says": st.column_config.TextColumn(columns["says"], width=340),
        "state_word": st.column_config.TextColumn(columns["state_word"], width=90),
        "decided": st.column_config.TextColumn(columns["decided"], width=160),
    }
