"""外部台账 in 系统管理: of a kind and year, what stands beside the reports, taking one in, and what was taken in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.agencies.register import Unit
from gongkai.catalogue.ledgers import LedgerKind, ledger_kinds
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from gongkai.store.ledger_book import LedgerBook
from gongkai.store.ledger_export import template
from gongkai.ui.address import choose, choose_one
from gongkai.ui.cards import Card, cards
from gongkai.ui.cells import present
from gongkai.ui.coverage_actions import said
from gongkai.ui.coverage_data import today, usual_year, years_held
from gongkai.ui.data import query, workspace
from gongkai.ui.ledger_history import ledger_history
from gongkai.ui.ledger_import import ledger_import
from gongkai.ui.messages import label, language, plain, t
from gongkai.ui.navigation import open_page, page_link
from gongkai.ui.table import export_button, table

LEDGERS = "ledgers"
"""The parameter of the address that opens this view on the page 系统管理."""
LEDGER_LIST, LEDGER_KIND = "list", "ledger_kind"
"""Its value, and the parameter that says which kind of ledger is shown."""

STATES = ("differs", "agrees", "no_figure", "no_report", "other_scope")
_SHOWN = ("agency", "metric_word", "scope_word", "value", "own", "gap", "state_word", "row_no")


def ledgers(collection: str, known: Sequence[Unit]) -> None:
    """The view; `known` are the units of the register."""
    said()
    page_link("admin", t("peers.list.register"), icon=":material/arrow_back:")
    st.subheader(t("ledgers.title"), anchor=False)
    st.caption(t("ledgers.about"))
    kinds = ledger_kinds()
    spoken = "en" if language() == "en" else "zh"
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        code = choose_one(
            "admin",
            LEDGER_KIND,
            t("ledgers.kind"),
            list(kinds),
            next(iter(kinds)),
            lambda name: kinds[name].title(spoken),
        )
    with right:
        year = _year(collection)
    kind = kinds[code]
    st.caption(plain(t("ledgers.kept_by", keeper=kind.keeper(spoken), note=kind.note(spoken))))
    _template(kind)
    ledger_import(collection, kind, year, known)
    _compared(collection, kind, year)
    ledger_history(collection, code)


def _year(collection: str) -> int:
    day = today()
    held = years_held(collection)
    usual = usual_year(held, day)
    known = {usual, day.year - 1, *(int(row["year"]) for row in held)}
    known |= {one.year for one in LedgerBook(workspace()).imports(collection)}
    years = [str(year) for year in sorted(known, reverse=True) if FIRST_YEAR <= year <= LAST_YEAR]
    return int(choose("admin", "ledger_year", t("ledgers.year"), years, str(usual)))


def _template(kind: LedgerKind) -> None:
    st.download_button(
        t("ledgers.template"),
        lambda: template(kind.code),
        file_name=f"{kind.title_zh}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="ledger_template",
        icon=":material/download:",
        on_click="ignore",
    )


def _compared(collection: str, kind: LedgerKind, year: int) -> None:
    """What the ledger says beside what the reports give."""
    frame = query("ledger_rows", collection=collection, kind=kind.code, year=year)
    st.subheader(t("ledgers.compared.title", year=year), anchor=False)
    if frame.empty:
        st.info(t("ledgers.compared.none"))
        return
    counts = frame["state"].value_counts()
    cards(
        [
            Card(t(f"ledgers.state.{state}"), f"{int(counts.get(state, 0)):,}", help=t(f"ledgers.state_help.{state}"))
            for state in STATES
            if state in ("differs", "agrees") or counts.get(state, 0)
        ]
    )
    offered = ["all", *(state for state in STATES if counts.get(state, 0))]
    chosen = choose_one(
        "admin",
        "ledger_state",
        t("ledgers.compared.which"),
        offered,
        "differs" if "differs" in offered else "all",
        lambda name: t("ledgers.compared.all") if name == "all" else t(f"ledgers.state.{name}"),
    )
    rows = frame if chosen == "all" else frame[frame["state"] == chosen]
    shown = _in_words(rows.reset_index(drop=True))
    columns = {name: t(f"ledgers.column.{name}") for name in _SHOWN}

    def open_report(row: int) -> None:
        if present(shown["report_id"].iloc[row]):
            open_page("reports", report=str(shown["report_id"].iloc[row]))
        open_page("agency", agency=str(shown["agency_id"].iloc[row]))

    config: dict[str, Any] = {
        "agency": st.column_config.TextColumn(columns["agency"], width=230, pinned=True),
        "metric_word": st.column_config.TextColumn(columns["metric_word"], width=260),
        "row_no": st.column_config.NumberColumn(columns["row_no"], format="%d", width=60),
    }
    table(shown, f"ledger_rows_{kind.code}_{year}_{chosen}", columns, config=config, height=460, on_row=open_report)
    title = t("ledgers.compared.export", ledger=kind.title("en" if language() == "en" else "zh"), year=year)
    export_button(
        shown,
        "ledger_rows_export",
        title,
        {**columns, "file": t("ledgers.column.file")},
        coverage=t("ledgers.compared.coverage", count=f"{len(shown):,}", units=f"{shown['agency_id'].nunique():,}"),
        notes=[kind.note("en" if language() == "en" else "zh")],
    )
    if counts.get("differs", 0):
        st.caption(t("ledgers.compared.then"))
        page_link("findings", t("ledgers.compared.findings"), icon=":material/rule:", check="differs_from_ledger")


def _in_words(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        metric_word=[label(metrics()[code]) for code in rows["metric"]],
        scope_word=[t(f"filters.scope_name.{code}") for code in rows["scope"]],
        state_word=[t(f"ledgers.state.{code}") for code in rows["state"]],
        gap=rows["own"] - rows["value"],
    )
