"""Take a list of units in: its wrong cells, or what it would change; proposals are looked through, then it counts."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from gongkai.agencies.register import Unit, problems
from gongkai.catalogue.register_columns import word_of
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, SCOPES
from gongkai.store import register_file
from gongkai.store.register_file import Sheet, SheetError, Wrong
from gongkai.ui.actor import ask_actor
from gongkai.ui.data import collection_name
from gongkai.ui.messages import plain, t
from gongkai.ui.register_changes import changes_of, show_changes
from gongkai.ui.register_data import labels, revision
from gongkai.ui.register_proposals import open_cells, proposals
from gongkai.ui.register_publish import keep
from gongkai.ui.table import export_button, table
from gongkai.ui.uploader import uploader_words
from gongkai.ui.uploads import safe_name

MOST_BYTES = 5 * 1024 * 1024
"""The largest list that is read: 10,000 units fill less than 1 MB."""
MOST_UNPACKED = 100 * 1024 * 1024
"""What an .xlsx may unpack to."""
SUFFIXES = (".csv", ".xlsx")

_ROUND = "register_round"
_READ = "register_read"


def register_import(collection: str, known: Sequence[Unit]) -> None:
    """The section: choose a file; look at what is wrong or what would change; confirm."""
    number = st.session_state.setdefault(_ROUND, 0)
    key = f"register_file_{collection}_{number}"
    chosen = st.session_state.get(key) is not None
    with st.expander(t("admin.import.title"), icon=":material/upload_file:", expanded=chosen or not known):
        st.caption(t("admin.import.help"))
        actor = ask_actor()
        if not actor:
            return
        uploader_words(t("admin.import.hint", size=MOST_BYTES // 1024**2))
        file = st.file_uploader(t("reports.upload.choose"), key=key)
        if file is None:
            return
        found = _read(file.file_id, file.name, file.getvalue(), collection, known)
        if isinstance(found, str):
            st.error(found, icon=":material/error:")
            return
        waiting = open_cells(found)
        wrong = [one for one in found.wrong if one not in waiting]
        if wrong:
            _wrong(wrong, file.name)
            return
        _look_through(collection, found, known, actor, file.file_id)


def _read(file_id: str, name: str, content: bytes, collection: str, known: Sequence[Unit]) -> Sheet | str:
    """The sheet, read once; why it cannot be in words."""
    key = (file_id, collection, revision(collection))
    held = st.session_state.get(_READ)
    if held is None or held[0] != key:
        held = (key, read(name, content, known))
        st.session_state[_READ] = held
    found = held[1]
    if isinstance(found, Sheet):
        return found
    reason, value = found
    return plain(t(f"admin.refused.{reason}", value=value, size=MOST_BYTES // 1024**2))


def read(name: str, content: bytes, known: Sequence[Unit]) -> Sheet | tuple[str, str]:
    """The sheet of a file that came through the browser, or why it is none: a reason (message `admin.refused.<reason>`)
    and the columns concerned."""
    if Path(name).suffix.lower() not in SUFFIXES:
        return "format", ""
    if len(content) > MOST_BYTES or unpacked(content) > MOST_UNPACKED:
        return "too_large", ""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        try:
            return register_file.read(path, known)
        except SheetError as error:
            return error.reason, error.value


def unpacked(content: bytes) -> int:
    """What a zip says that it unpacks to; zipfile gives no byte more. 0 for another file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        return 0


def _wrong(wrong: Sequence[Wrong], name: str) -> None:
    """The cells that cannot be read; nothing is imported."""
    st.error(t("admin.import.wrong", count=f"{len(wrong):,}"), icon=":material/error:")
    columns = {code: t(f"admin.import.{code}") for code in ("line", "column", "problem", "value")}
    frame = pd.DataFrame(
        {
            "line": [one.line for one in wrong],
            "column": [t(f"admin.field.{_field(one.column)}") for one in wrong],
            "problem": [_problem(one) for one in wrong],
            "value": [one.value or None for one in wrong],
        }
    )
    config = {
        "line": st.column_config.NumberColumn(columns["line"], format="%d", width=60),
        "column": st.column_config.TextColumn(columns["column"], width=100),
        "problem": st.column_config.TextColumn(columns["problem"], width=380),
    }
    table(frame, "register_wrong", columns, config=config)
    export_button(frame, "register_wrong_export", t("admin.import.wrong_title", file=name), columns)


def _field(column: str) -> str:
    return "short_names" if column == "aliases" else column


def _problem(one: Wrong) -> str:
    where = t("admin.wrong.in_register") if one.first is None else t("admin.wrong.in_line", line=one.first)
    choices = ""
    if one.reason == "no_code":
        codes = {"level": AGENCY_LEVELS, "kind": AGENCY_KINDS, "scope": SCOPES}[one.column]
        choices = t("filters.list_separator").join(word_of(one.column, code) for code in codes)
    return t(f"admin.wrong.{one.reason}", value=one.value, where=where, choices=choices)


def _look_through(collection: str, sheet: Sheet, known: Sequence[Unit], actor: str, file_id: str) -> None:
    """Proposals to look through, what would change, and the button that makes it count."""
    named = {unit.id for unit in sheet.units}
    absent = [unit for unit in known if unit.id not in named]
    # Somebody else may change the register meanwhile: then other units are asked for, and the table starts anew.
    edited = proposals(sheet, [*sheet.units, *absent], f"{file_id}_{revision(collection)}")
    out = bool(absent) and st.toggle(
        t("admin.import.take_out", count=f"{len(absent):,}"), help=t("admin.import.take_out_help"), key="register_out"
    )
    after = [*edited, *([] if out else absent)]
    changes = changes_of(known, after)
    if not changes:
        st.info(t("admin.import.same"), icon=":material/check:")
        return
    st.markdown(f"**{t('admin.import.changes', collection=plain(collection_name(collection)))}**")
    show_changes(changes, [] if out else absent, labels([*known, *edited]))
    unready = sum(not unit.level or not unit.kind for unit in edited)
    if unready:
        st.warning(t("admin.import.unready", count=f"{unready:,}"), icon=":material/edit:")
        return
    if _impossible(known, after):
        return
    with st.form("register_confirm"):
        reason = st.text_input(
            t("reports.decide.reason"), placeholder=t("admin.import.reason_placeholder"), max_chars=300
        )
        sent = st.form_submit_button(t("admin.import.confirm"), type="primary", icon=":material/check:")
    if not sent:
        return
    if not reason.strip():
        st.error(t("reports.decide.reason_missing"))
    elif keep(collection, after, actor, reason.strip()):
        # Another key empties the uploader.
        st.session_state[_ROUND] += 1
        st.session_state.pop(_READ, None)
        st.rerun()


def _impossible(known: Sequence[Unit], after: Sequence[Unit]) -> bool:
    """Say what cannot be in a register of what the list and its corrections come to; return whether anything."""
    standing = set(problems(known))
    found = [one for one in problems(after) if one not in standing]
    if not found:
        return False
    names = labels([*known, *after])
    columns = {"name": t("admin.field.name"), "column": t("admin.import.column"), "problem": t("admin.import.problem")}
    where = t("admin.wrong.in_register")
    frame = pd.DataFrame(
        {
            "name": [names.get(one.unit, one.unit) for one in found],
            "column": [t(f"admin.field.{one.field}") for one in found],
            "problem": [
                t(f"admin.wrong.{one.reason}", value=names.get(one.other or one.unit, ""), where=where) for one in found
            ],
        }
    )
    st.error(t("admin.import.impossible", count=f"{len(found):,}"), icon=":material/error:")
    table(frame, "register_impossible", columns)
    return True
