"""Take a ledger in: what cannot be read, whose figures are whose, what would change; then it counts."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.agencies.register import Unit
from gongkai.catalogue.ledgers import LedgerKind
from gongkai.catalogue.metrics import metrics
from gongkai.store.ledger_book import LedgerBook, LedgerChange, LedgerError, LedgerFigure
from gongkai.store.ledger_file import LedgerSheet, Line, ledger_of, read_ledger
from gongkai.ui.actor import ask_actor
from gongkai.ui.coverage_actions import say
from gongkai.ui.data import version, workspace
from gongkai.ui.messages import label, plain, t
from gongkai.ui.register_data import labels
from gongkai.ui.register_import import MOST_BYTES, MOST_UNPACKED, SUFFIXES, unpacked
from gongkai.ui.table import export_button, table
from gongkai.ui.uploader import uploader_words
from gongkai.ui.uploads import safe_name

_ROUND, _READ = "ledger_round", "ledger_read"
_ASKED = 30
"""Rows whose units a person is asked for on the page; more than that are mended in the sheet or the register."""
_OFFERED = 30_000
"""Names that all boxes of the page hold at most; of a larger register only those that are alike are offered."""
_LEFT_OUT = ""


def ledger_import(collection: str, kind: LedgerKind, year: int, known: Sequence[Unit]) -> None:
    """The section: choose a file, look through it, confirm. `known` are the units of the register."""
    number = st.session_state.setdefault(_ROUND, 0)
    key = f"ledger_file_{collection}_{kind.code}_{year}_{number}"
    chosen = st.session_state.get(key) is not None
    with st.expander(t("ledgers.import.title", year=year), icon=":material/upload_file:", expanded=chosen):
        st.caption(t("ledgers.import.help"))
        actor = ask_actor()
        if not actor:
            return
        uploader_words(t("admin.import.hint", size=MOST_BYTES // 1024**2))
        file = st.file_uploader(t("reports.upload.choose"), key=key)
        if file is None:
            return
        found = _read(file.file_id, file.name, file.getvalue(), (collection, kind.code, year))
        if isinstance(found, str):
            st.error(plain(found), icon=":material/error:")
            return
        _look_through(collection, found, actor, file.file_id, [unit for unit in known if unit.exists(year)])


def _read(file_id: str, name: str, content: bytes, about: tuple[str, str, int]) -> LedgerSheet | str:
    """The sheet, read once for what is published and decided; why it cannot be in words."""
    key = (file_id, about, version())
    held = st.session_state.get(_READ)
    if held is None or held[0] != key:
        held = (key, read(name, content, *about))
        st.session_state[_READ] = held
    found: LedgerSheet | tuple[str, str] = held[1]
    if isinstance(found, LedgerSheet):
        return found
    reason, value = found
    return t(f"ledgers.refused.{reason}", value=value, size=MOST_BYTES // 1024**2)


def read(name: str, content: bytes, collection: str, kind: str, year: int) -> LedgerSheet | tuple[str, str]:
    """The sheet of a file that came through the browser, or why it is none: a reason (`ledgers.refused.<reason>`) and
    what it concerns."""
    if Path(name).suffix.lower() not in SUFFIXES:
        return "format", ""
    if len(content) > MOST_BYTES or unpacked(content) > MOST_UNPACKED:
        return "too_large", ""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        try:
            return read_ledger(workspace(), path, kind, year, collection)
        except LedgerError as error:
            return error.reason, error.value


def _look_through(collection: str, sheet: LedgerSheet, actor: str, file_id: str, known: Sequence[Unit]) -> None:
    if sheet.title_years:
        years = t("filters.list_separator").join(map(str, sheet.title_years))
        st.warning(t("ledgers.import.title_year", years=years, year=sheet.year), icon=":material/event_busy:")
    _told(sheet)
    if sheet.wrong:
        _wrong(sheet)
        return
    if len(sheet.unplaced) > _ASKED:
        _too_many(sheet.unplaced)
        return
    choices = _choices(sheet, file_id, known)
    if choices is None:
        return
    try:
        ledger = ledger_of(sheet, choices)
    except LedgerError as error:
        st.error(plain(t(f"ledgers.refused.{error.reason}", value=error.value)), icon=":material/error:")
        return
    book = LedgerBook(workspace())
    change = book.change(collection, ledger)
    if change.empty:
        st.info(t("ledgers.import.same"), icon=":material/check:")
        return
    _changes(change)
    with st.form("ledger_confirm"):
        reason = st.text_input(
            t("reports.decide.reason"), placeholder=t("ledgers.import.reason_placeholder"), max_chars=300
        ).strip()
        sent = st.form_submit_button(t("ledgers.import.confirm"), type="primary", icon=":material/check:")
    if sent and not reason:
        st.error(t("reports.decide.reason_missing"))
    elif sent:
        book.take_in(collection, ledger, actor, reason)
        # Another key empties the uploader.
        st.session_state[_ROUND] += 1
        st.session_state.pop(_READ, None)
        say(t("ledgers.import.done", count=f"{len(ledger.figures):,}"))
        st.rerun()


def _told(sheet: LedgerSheet) -> None:
    """How the file was understood: its columns, what was passed over."""
    separator = t("filters.list_separator")
    columns = separator.join(f"{heading} → {label(metrics()[code])}" for heading, code in sheet.columns.items())
    figures = sum(len(line.values) for line in sheet.lines)
    st.markdown(plain(t("ledgers.import.found", lines=f"{len(sheet.lines):,}", figures=f"{figures:,}")))
    st.caption(plain(t("ledgers.import.columns", columns=columns)))
    if sheet.unread:
        st.caption(plain(t("ledgers.import.unread", columns=separator.join(sheet.unread))))
    if sheet.other_sheets:
        st.caption(plain(t("ledgers.import.other_sheets", sheets=separator.join(sheet.other_sheets))))
    if sheet.other_years:
        st.caption(t("ledgers.import.other_years", count=f"{sheet.other_years:,}"))


def _wrong(sheet: LedgerSheet) -> None:
    """The cells that cannot be read; nothing is taken in."""
    st.error(t("ledgers.import.wrong", count=f"{len(sheet.wrong):,}"), icon=":material/error:")
    columns = {code: t(f"admin.import.{code}") for code in ("line", "column", "problem", "value")}
    frame = pd.DataFrame(
        {
            "line": [one.row for one in sheet.wrong],
            "column": [one.column for one in sheet.wrong],
            "problem": [t(f"ledgers.wrong.{one.reason}", line=one.first) for one in sheet.wrong],
            "value": [one.value or None for one in sheet.wrong],
        }
    )
    config = {
        "line": st.column_config.NumberColumn(columns["line"], format="%d", width=60),
        "problem": st.column_config.TextColumn(columns["problem"], width=340),
    }
    table(frame, "ledger_wrong", columns, config=config)
    export_button(frame, "ledger_wrong_export", t("ledgers.import.wrong_title", file=sheet.file), columns)


def _too_many(lines: Sequence[Line]) -> None:
    st.error(t("ledgers.import.too_many", count=f"{len(lines):,}"), icon=":material/error:")
    columns = {name: t(f"ledgers.column.{name}") for name in ("row_no", "named", "like")}
    separator = t("filters.list_separator")
    frame = pd.DataFrame(
        {
            "row_no": [line.row for line in lines],
            "named": [line.name for line in lines],
            "like": [separator.join(one.agency for one in line.proposals) or None for line in lines],
        }
    )
    config = {"row_no": st.column_config.NumberColumn(columns["row_no"], format="%d", width=60)}
    table(frame, "ledger_unplaced", columns, config=config)
    export_button(frame, "ledger_unplaced_export", t("ledgers.import.too_many_title"), columns)


def _choices(sheet: LedgerSheet, file_id: str, known: Sequence[Unit]) -> dict[int, str] | None:
    """The unit that a person chose for each row ("": the row is left out); null as long as one is open."""
    lines = sheet.unplaced
    if not lines:
        return {}
    st.markdown(f"**{t('ledgers.import.unplaced', count=f'{len(lines):,}')}**")
    st.caption(t("ledgers.import.unplaced_help"))
    placed = {line.agency_id for line in sheet.lines}
    others = {id_: name for id_, name in labels(known).items() if id_ not in placed}
    if len(others) * len(lines) > _OFFERED:
        others = {}
    found: dict[int, str] = {}
    for line in lines:
        names = {one.agency_id: one.agency for one in line.proposals} | {_LEFT_OUT: t("ledgers.import.leave_out")}
        names |= others
        likely = next((i for i, one in enumerate(line.proposals) if one.likely), None)
        asked: dict[str, Any] = {"row": line.row, "name": line.name, "why": t(f"ledgers.why.{line.reason}")}
        value = st.selectbox(
            plain(t("ledgers.import.row", **asked)),
            list(names),
            index=likely,
            format_func=names.__getitem__,
            placeholder=t("filters.choose"),
            key=f"ledger_row_{file_id}_{line.row}",
        )
        if value is not None:
            found[line.row] = value
    if len(found) < len(lines):
        st.warning(t("ledgers.import.open", count=f"{len(lines) - len(found):,}"), icon=":material/edit:")
        return None
    return found


def _changes(change: LedgerChange) -> None:
    """What would be new, changed, and no longer there; a tab each."""
    st.markdown(f"**{t('ledgers.import.changes')}**")
    rows: dict[str, list[tuple[LedgerFigure, float | None, float | None]]] = {
        "added": [(one, None, one.value) for one in change.added],
        "changed": [(after, before.value, after.value) for before, after in change.changed],
        "removed": [(one, one.value, None) for one in change.removed],
    }
    titles = [t(f"ledgers.import.{name}", count=f"{len(listed):,}") for name, listed in rows.items()]
    columns = {name: t(f"ledgers.column.{name}") for name in ("named", "metric_word", "scope_word", "before", "after")}
    for tab, (name, listed) in zip(st.tabs(titles), rows.items(), strict=True):
        with tab:
            frame = pd.DataFrame(
                {
                    "named": [one.agency for one, *_ in listed],
                    "metric_word": [label(metrics()[one.metric]) for one, *_ in listed],
                    "scope_word": [t(f"filters.scope_name.{one.scope}") if one.scope else None for one, *_ in listed],
                    "before": pd.array([before for _, before, _ in listed], pd.Float64Dtype()),
                    "after": pd.array([after for *_, after in listed], pd.Float64Dtype()),
                }
            )
            config = {"named": st.column_config.TextColumn(columns["named"], width=230, pinned=True)}
            table(frame, f"ledger_{name}", columns, config=config, height=320)
    if change.same:
        st.caption(t("ledgers.import.unchanged", count=f"{change.same:,}"))
