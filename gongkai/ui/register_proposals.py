"""Levels, kinds and parents that were only told from the names of a list: a person looks them through, and edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from gongkai.agencies.register import Unit
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS
from gongkai.store.register_file import Sheet, Wrong
from gongkai.ui.messages import language, t
from gongkai.ui.register_data import code_word, labels

_EDITED = ("level", "kind", "parent")
_HEIGHT = 460


def open_cells(sheet: Sheet) -> list[Wrong]:
    """Levels and kinds that neither the list nor the name tells: they are asked for, not complained about."""
    asked = {sheet.lines[id_] for id_ in sheet.proposed}
    return [
        one for one in sheet.wrong if one.reason == "empty" and one.column in ("level", "kind") and one.line in asked
    ]


def proposals(sheet: Sheet, everyone: Sequence[Unit], identity: str) -> list[Unit]:
    """Show what was proposed, to be edited in place; return the sheet's units as they stand then.

    `identity` is that of what is proposed: edits belong to it alone.
    """
    told = [unit for unit in sheet.units if unit.id in sheet.proposed]
    if not told:
        return list(sheet.units)
    st.markdown(f"**{t('admin.proposed.title', count=f'{len(told):,}')}**")
    st.caption(t("admin.proposed.help"))
    # What lacks something comes first, then what is highest.
    order = {level: position for position, level in enumerate(AGENCY_LEVELS)}
    told.sort(key=lambda unit: (_complete(unit), order.get(unit.level, 9), sheet.lines[unit.id]))
    names = labels(everyone)
    parents = parents_of(everyone)
    frame = pd.DataFrame(
        {
            "name": [unit.name for unit in told],
            "level": [unit.level or None for unit in told],
            "kind": [unit.kind or None for unit in told],
            "parent": [unit.parent for unit in told],
            "line": [sheet.lines[unit.id] for unit in told],
        }
    )
    choices = st.column_config.SelectboxColumn
    result = st.data_editor(
        frame,
        key=f"register_proposed_{identity}_{language()}",
        hide_index=True,
        height=min(_HEIGHT, 38 + 35 * len(told)),
        num_rows="fixed",
        placeholder=t("common.missing.sign"),
        column_config={
            "line": st.column_config.NumberColumn(t("admin.import.line"), format="%d", disabled=True, width=60),
            "name": st.column_config.TextColumn(t("admin.field.name"), disabled=True, width=200, pinned=True),
            "level": choices(
                _marked("level"),
                options=AGENCY_LEVELS,
                format_func=_word("level"),
                width=110,
            ),
            "kind": choices(_marked("kind"), options=AGENCY_KINDS, format_func=_word("kind"), required=True, width=130),
            "parent": choices(
                _marked("parent"), options=parents, format_func=lambda id_: names.get(str(id_), ""), width=260
            ),
        },
    )
    return edited(sheet.units, [unit.id for unit in told], result)


def _complete(unit: Unit) -> bool:
    """Whether nothing is left for a person to fill in; only what is highest has nobody above it."""
    return bool(unit.level and unit.kind and (unit.parent or unit.level in AGENCY_LEVELS[:2]))


def _word(field: str) -> Callable[[object], str]:
    return lambda code: code_word(field, str(code))


def _marked(field: str) -> str:
    return t("admin.proposed.column", field=t(f"admin.field.{field}"))


def parents_of(everyone: Sequence[Unit]) -> list[str]:
    """The ids of units that others may stand under: governments, zones, and whoever is a parent already."""
    used = {unit.parent for unit in everyone}
    order = {level: position for position, level in enumerate(AGENCY_LEVELS)}
    fitting = [unit for unit in everyone if unit.kind in ("government", "zone") or unit.id in used]
    fitting.sort(key=lambda unit: (order.get(unit.level, 9), unit.city or "", unit.name))
    return [unit.id for unit in fitting]


def edited(units: Sequence[Unit], rows: Sequence[str], frame: pd.DataFrame) -> list[Unit]:
    """The units with the level, kind and parent that the rows of `frame` (by id) hold."""
    said = {
        id_: {name: value if isinstance(value, str) else None for name, value in zip(_EDITED, values, strict=True)}
        for id_, values in zip(rows, frame[list(_EDITED)].itertuples(index=False), strict=True)
    }
    return [
        replace(unit, level=one["level"] or "", kind=one["kind"] or "", parent=one["parent"] or None)
        if (one := said.get(unit.id)) is not None
        else unit
        for unit in units
    ]
