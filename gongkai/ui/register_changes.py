"""What a list would change in the register: new units, changed ones field by field, and those that it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from gongkai.agencies.register import Unit
from gongkai.ui.messages import t
from gongkai.ui.register_data import changed_fields, column_words, text_of
from gongkai.ui.register_list import frame_of
from gongkai.ui.table import export_button, table

_SHOWN = ("name", "level", "kind", "city", "parent", "counts_in", "former_names", "since", "until", "contact")


@dataclass(frozen=True, slots=True)
class Changes:
    """New units, changed ones as they were and as they would be, and units that would be taken out."""

    added: tuple[Unit, ...]
    changed: tuple[tuple[Unit, Unit], ...]
    removed: tuple[Unit, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes_of(before: Sequence[Unit], after: Sequence[Unit]) -> Changes:
    """What turns one register into another."""
    known, listed = {unit.id: unit for unit in before}, {unit.id for unit in after}
    return Changes(
        tuple(unit for unit in after if unit.id not in known),
        tuple((known[unit.id], unit) for unit in after if unit.id in known and known[unit.id] != unit),
        tuple(unit for unit in before if unit.id not in listed),
    )


def show_changes(changes: Changes, absent: Sequence[Unit], names: dict[str, str]) -> None:
    """The changes, a tab each; `absent` are units that the list lacks and that stay."""
    listed = {"added": changes.added, "changed": (), "removed": changes.removed, "absent": tuple(absent)}
    titles = {
        name: t(f"admin.import.{name}", count=f"{count:,}")
        for name, units in listed.items()
        if (count := len(changes.changed) if name == "changed" else len(units))
    }
    for tab, (name, title) in zip(st.tabs(list(titles.values())), titles.items(), strict=True):
        with tab:
            if name == "changed":
                columns = {
                    "name": t("admin.field.name"),
                    **{code: t(f"admin.import.{code}") for code in ("column", "before", "after")},
                }
                frame = by_field(changes.changed, names)
            else:
                columns = column_words(_SHOWN)
                frame = frame_of(listed[name], _SHOWN, names)
            config = {"name": st.column_config.TextColumn(columns["name"], width=230, pinned=True)}
            table(frame, f"register_{name}", columns, config=config, height=320)
            export_button(frame, f"register_{name}_export", title, columns)


def by_field(changed: Sequence[tuple[Unit, Unit]], names: dict[str, str]) -> pd.DataFrame:
    """A row per unit and field that changes: name, column, before, after, in words."""
    rows = [
        (after.name, t(f"admin.field.{field}"), *(text_of(unit, field, names) or None for unit in (before, after)))
        for before, after in changed
        for field in changed_fields(before, after)
    ]
    return pd.DataFrame(rows, columns=["name", "column", "before", "after"])
