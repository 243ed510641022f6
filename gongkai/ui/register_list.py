"""The register as a list: how many units of which level and kind, a table to search, and the file to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from gongkai.agencies.naming import clean
from gongkai.agencies.register import NOWHERE, Unit
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS
from gongkai.store.register_export import workbook
from gongkai.ui.address import ask, choose
from gongkai.ui.data import collection_name, data_date
from gongkai.ui.messages import t
from gongkai.ui.register_data import code_word, column_words, labels, open_unit, text_of
from gongkai.ui.table import table

NEW = "new"
"""Stands in the address for a unit that is entered by hand."""

_SHOWN = (
    *("name", "level", "kind", "city", "parent", "reports_to", "counts_in", "former_names", "since", "until"),
    *("contact", "telephone"),
)


def register_list(collection: str, known: Sequence[Unit]) -> None:
    """The section; an empty register says how to begin."""
    st.subheader(t("admin.list.title"), anchor=False)
    if not known:
        with st.container(border=True):
            st.markdown(f"**{t('admin.list.empty')}**")
            st.markdown(t("admin.list.empty_do"))
    else:
        _counts(known)
        _table(known)
    with st.container(horizontal=True):
        if known:
            _export(collection, known)
        if st.button(t("admin.list.add"), icon=":material/add:", key="register_add"):
            open_unit(NEW)


def counts(known: Sequence[Unit]) -> pd.DataFrame:
    """Levels (and all) × kinds (and all): how many units; only levels and kinds that occur."""
    counted = Counter((unit.level, unit.kind) for unit in known)
    kinds = [kind for kind in AGENCY_KINDS if any(unit.kind == kind for unit in known)]
    rows = [
        {"level": level, **{kind: counted[level, kind] for kind in kinds}}
        for level in AGENCY_LEVELS
        if any(unit.level == level for unit in known)
    ]
    frame = pd.DataFrame(rows, columns=["level", *kinds])
    frame["all"] = frame[kinds].sum(axis=1)
    total = {"level": "all", **{column: int(frame[column].sum()) for column in (*kinds, "all")}}
    return pd.concat([frame, pd.DataFrame([total])], ignore_index=True)


def _counts(known: Sequence[Unit]) -> None:
    frame = counts(known)
    frame["level"] = [
        t("admin.list.all") if level == "all" else code_word("level", str(level)) for level in frame["level"]
    ]
    columns = {"level": t("admin.field.level")}
    columns |= {
        name: t("admin.list.all") if name == "all" else code_word("kind", name)
        for name in ("all", *AGENCY_KINDS)
        if name in frame.columns
    }
    config = {name: st.column_config.NumberColumn(columns[name], format="localized") for name in list(columns)[1:]}
    table(frame, "register_counts", columns, config=config)


def matching(known: Sequence[Unit], words: str, level: str, kind: str) -> list[Unit]:
    """The units that bear `words` in any of their names, place or contact; of a level and kind, "" for all."""
    wanted = clean(words)

    def bears(unit: Unit) -> bool:
        names = (unit.name, *unit.short_names, *(former.name for former in unit.former_names))
        said = (*map(clean, names), unit.city or "", unit.county or "", unit.contact or "", unit.telephone or "")
        return any(wanted in text for text in said)

    found = [unit for unit in known if level in ("", unit.level) and kind in ("", unit.kind) and bears(unit)]
    return sorted(
        found,
        key=lambda unit: (
            AGENCY_LEVELS.index(unit.level) if unit.level in AGENCY_LEVELS else len(AGENCY_LEVELS),
            unit.city or "",
            unit.county or "",
            AGENCY_KINDS.index(unit.kind) if unit.kind in AGENCY_KINDS else len(AGENCY_KINDS),
            unit.name,
        ),
    )


def _table(known: Sequence[Unit]) -> None:
    first, second, third = st.columns([2, 1, 1], vertical_alignment="bottom")
    with first:
        words = ask("admin", "words", t("admin.list.words"), t("admin.list.words_placeholder"))
    with second:
        level = choose(
            "admin", "of_level", t("admin.field.level"), ["", *AGENCY_LEVELS], "", lambda code: _or_all("level", code)
        )
    with third:
        kind = choose(
            "admin", "of_kind", t("admin.field.kind"), ["", *AGENCY_KINDS], "", lambda code: _or_all("kind", code)
        )
    found = matching(known, words, level, kind)
    if not found:
        st.info(t("admin.list.none"))
        return
    columns = column_words(_SHOWN)
    config = {
        # Texts, not numbers: a year without a thousands separator, on the left as all others.
        **{name: st.column_config.TextColumn(columns[name], width=76) for name in ("since", "until", "city")},
        "level": st.column_config.TextColumn(columns["level"], width=86),
        "kind": st.column_config.TextColumn(columns["kind"], width=124),
        "name": st.column_config.TextColumn(columns["name"], width=230, pinned=True),
    }
    names = labels(known)
    # Who collects and who adds up, said or not.
    effective = [
        replace(unit, reports_to=unit.collected_by, counts_in=unit.added_up_in or (NOWHERE if unit.parent else None))
        for unit in found
    ]
    table(
        frame_of(effective, _SHOWN, names),
        "register_table",
        columns,
        config=config,
        height=520,
        on_row=lambda row: open_unit(found[row].id),
    )


def _or_all(field: str, code: str) -> str:
    return code_word(field, code) if code else t("filters.all")


def frame_of(listed: Sequence[Unit], fields: Sequence[str], names: dict[str, str]) -> pd.DataFrame:
    """Units as a table in words; what is not said is missing."""
    return pd.DataFrame(
        {field: [text_of(unit, field, names) or None for unit in listed] for field in fields}, dtype="object"
    )


def _export(collection: str, known: Sequence[Unit]) -> None:
    """The register as a list that can be edited and imported again: headings and words are those of the import."""
    st.download_button(
        t("admin.list.export"),
        lambda: workbook(known, chinese=True),
        file_name=f"{t('admin.list.file')}_{collection_name(collection)}_{data_date()}".rstrip("_") + ".xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="register_export",
        help=t("admin.list.export_help"),
        icon=":material/download:",
        on_click="ignore",
    )
