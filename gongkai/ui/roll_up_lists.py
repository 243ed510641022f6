"""Above and below the form of a roll-up: what it rests on, its files, the differences, what is missing or left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from gongkai.catalogue.form_layout import cell_labels
from gongkai.catalogue.messages import message
from gongkai.exports.roll_up import RollUp
from gongkai.exports.roll_up_document import roll_up_document
from gongkai.exports.roll_up_words import Say, left_out_rows, title_of, traced_names
from gongkai.exports.roll_up_workbook import roll_up_workbook
from gongkai.ui.address import turn
from gongkai.ui.cards import Card, cards
from gongkai.ui.messages import language, t
from gongkai.ui.roll_up_form import SEPARATOR
from gongkai.ui.table import export_button, file_name, table

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def summary(found: RollUp) -> None:
    """How many units are in it, and whether the unit's own report agrees."""
    units, counted = len(found.expected), len(found.counted)
    unequal = sum(found.unequal(key) for key in found.cells)
    grouped = bool(found.wanted.members)
    own = "roll_up.own_of_group" if grouped else "roll_up.own_missing"
    basis = "roll_up.card.counted_basis_group" if grouped else "roll_up.card.counted_basis"
    cards(
        [
            Card(t("roll_up.card.counted"), f"{counted} / {units}", t(basis)),
            Card(t("roll_up.card.lacking"), str(units - counted), t("roll_up.card.lacking_basis")),
            Card(
                t("roll_up.card.differing"),
                str(len(found.differing)) if found.reports_itself else t("common.missing.sign"),
                t("roll_up.card.differing_basis" if found.reports_itself else own),
            ),
            Card(t("roll_up.card.unequal"), str(unequal), t("roll_up.card.unequal_basis")),
        ]
    )
    if found.strangers:
        st.warning(t("roll_up.strangers", count=found.strangers, year=found.wanted.year), icon=":material/help:")


def exports(found: RollUp) -> None:
    """The form as files to take away."""
    say: Say = partial(message, language())
    title = title_of(found, t)
    with st.container(horizontal=True, gap="small"):
        for key, kind, ending, write in (
            ("roll_up_excel", _EXCEL, "xlsx", roll_up_workbook),
            ("roll_up_word", _WORD, "docx", roll_up_document),
        ):
            words = t(f"roll_up.take.{ending}"), t(f"roll_up.take.{ending}_help")
            _download(key, words, f"{file_name(title)}.{ending}", kind, partial(write, found, say))


def _download(key: str, words: tuple[str, str], name: str, mime: str, data: Callable[[], bytes]) -> None:
    # The file is made by the click, without a session: all that depends on one is in `data` already.
    st.download_button(
        words[0],
        data,
        file_name=name,
        mime=mime,
        key=key,
        help=words[1],
        icon=":material/download:",
        on_click="ignore",
    )


def differences(found: RollUp) -> None:
    """Cell by cell where the unit itself reports something else, and who could explain it; a row opens the cell."""
    st.subheader(t("roll_up.differences"), anchor=False)
    if not found.reports_itself:
        st.caption(t("roll_up.own_of_group" if found.wanted.members else "roll_up.own_missing"))
        return
    if not found.differing:
        st.caption(t("roll_up.own_equal"))
        return
    labels = cell_labels(found.regime)
    frame = pd.DataFrame(
        {
            "row": [labels[cell.key][1] for cell in found.differing],
            "column": [labels[cell.key][2] for cell in found.differing],
            "value": [cell.value for cell in found.differing],
            "reported": [cell.reported for cell in found.differing],
            "difference": [cell.difference for cell in found.differing],
            "counted": [f"{cell.counted}/{cell.units}" for cell in found.differing],
            "traced": [traced_names(found, cell.key, t) for cell in found.differing],
            "table": [labels[cell.key][0] for cell in found.differing],
        }
    )
    columns = {name: t(f"roll_up.column.{name}") for name in frame.columns}
    config = {
        name: st.column_config.NumberColumn(columns[name], width=95) for name in ("value", "reported", "difference")
    }
    config["row"] = st.column_config.TextColumn(columns["row"], width=200, pinned=True)
    config["traced"] = st.column_config.TextColumn(columns["traced"], width=420)

    def open_cell(row: int) -> None:
        turn(cell=SEPARATOR.join(found.differing[row].key))
        st.rerun()

    table(frame, "roll_up_differences", columns, config=config, on_row=open_cell)
    export_button(frame, "roll_up_differences_export", _named(found, "roll_up.differences"), columns)


def left_out(found: RollUp) -> None:
    """Units and cells that are not added, and why."""
    st.subheader(t("roll_up.missing"), anchor=False)
    names = ("unit", "place", "extent", "reason", "remark", "contact")
    frame = pd.DataFrame(left_out_rows(found, t), columns=list(names))
    if frame.empty:
        st.caption(t("roll_up.missing_none"))
        return
    columns = {name: t(f"roll_up.column.{name}") for name in names}
    config = {"unit": st.column_config.TextColumn(columns["unit"], width=210, pinned=True)}
    table(frame, "roll_up_missing", columns, config=config)
    export_button(frame, "roll_up_missing_export", _named(found, "roll_up.missing"), columns)


def _named(found: RollUp, key: str) -> str:
    return f"{t('roll_up.title', agency=found.title, year=found.wanted.year)} {t(key)}"
