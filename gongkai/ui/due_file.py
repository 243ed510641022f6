"""A year's list as a file: taken away as an Excel list, and taken in from one after its changes were looked at."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from gongkai.catalogue.submissions import COLUMNS, heading
from gongkai.store.due_book import DueBook, DueError
from gongkai.store.submission_files import read_due
from gongkai.ui.coverage_actions import say
from gongkai.ui.coverage_data import Chosen
from gongkai.ui.data import collection_name, workspace
from gongkai.ui.messages import plain, t
from gongkai.ui.register_import import MOST_BYTES, MOST_UNPACKED, SUFFIXES, unpacked
from gongkai.ui.uploader import uploader_words
from gongkai.ui.uploads import safe_name

_ROUND = "due_round"
_NAMED = 12


def due_export(chosen: Chosen, on: pd.DataFrame) -> None:
    """The list as the file that can be edited and taken in again."""
    names, year = [str(name) for name in on["agency"]], chosen.year
    st.download_button(
        t("coverage.due.export"),
        lambda: workbook(names, year),
        file_name=f"{t('coverage.due.file')}_{collection_name(chosen.collection)}_{year}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="due_export",
        help=t("coverage.due.export_help"),
        icon=":material/download:",
        on_click="ignore",
    )


def workbook(names: list[str], year: int) -> bytes:
    """The list as .xlsx with the Chinese headings that an import takes."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, 40)
        for column, name in enumerate(COLUMNS["due"]):
            sheet.write_string(0, column, heading(name))
        for row, name in enumerate(names, 1):
            sheet.write_string(row, 0, name)
            sheet.write_number(row, 1, year)
    return content.getvalue()


def due_import(chosen: Chosen, on: pd.DataFrame, actor: str) -> None:
    """Choose a list, see what it would change in which year, confirm."""
    number = st.session_state.setdefault(_ROUND, 0)
    with st.expander(t("coverage.due.import"), icon=":material/upload_file:"):
        st.caption(t("coverage.due.import_help"))
        uploader_words(t("admin.import.hint", size=MOST_BYTES // 1024**2))
        file = st.file_uploader(t("reports.upload.choose"), key=f"due_file_{chosen.collection}_{number}")
        if file is None:
            return
        found = _read(file.name, file.getvalue(), chosen.collection)
        if isinstance(found, str):
            st.error(plain(found), icon=":material/error:")
            return
        book = DueBook(workspace())
        for year, units in found.items():
            held = book.standing(chosen.collection, year)
            before = set(on["agency_id"]) if year == chosen.year else {id_ for id_, due in held.units.items() if due}
            _change(year, units, before, dict(zip(on["agency_id"], on["agency"], strict=True)))
        with st.form("due_import_confirm"):
            reason = st.text_input(
                t("reports.decide.reason"), placeholder=t("coverage.due.reason_placeholder"), max_chars=300
            ).strip()
            sent = st.form_submit_button(t("coverage.due.import_confirm"), type="primary", icon=":material/check:")
        if sent and not reason:
            st.error(t("reports.decide.reason_missing"))
        elif sent:
            lists = {year: list(units) for year, units in found.items()}
            book.confirm_years(chosen.collection, lists, actor, reason)
            st.session_state[_ROUND] += 1
            say(t("coverage.due.imported", years=t("filters.list_separator").join(map(str, lists))))
            st.rerun()


def _change(year: int, units: dict[str, str], before: set[str], names: dict[str, str]) -> None:
    """What the list would change in a year."""
    added = [name for id_, name in units.items() if id_ not in before]
    gone = [names.get(id_, id_) for id_ in before if id_ not in units]
    separator = t("filters.list_separator")
    st.markdown(
        plain(
            t(
                "coverage.due.change",
                year=year,
                count=f"{len(units):,}",
                added=f"{len(added):,}",
                removed=f"{len(gone):,}",
            )
        )
    )
    for key, listed in (("added", added), ("removed", sorted(gone))):
        if listed:
            shown = separator.join(listed[:_NAMED]) + ("…" if len(listed) > _NAMED else "")
            st.caption(plain(t(f"coverage.due.change_{key}", units=shown)))


def _read(name: str, content: bytes, collection: str) -> dict[int, dict[str, str]] | str:
    """The lists of a file that came through the browser; why it cannot be read."""
    if Path(name).suffix.lower() not in SUFFIXES:
        return t("admin.refused.format")
    if len(content) > MOST_BYTES or unpacked(content) > MOST_UNPACKED:
        return t("admin.refused.too_large", size=MOST_BYTES // 1024**2)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        try:
            return read_due(workspace(), path, collection)
        except DueError as error:
            return str(error)
