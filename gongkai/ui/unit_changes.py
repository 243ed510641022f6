"""Renames and mergers of units in words and as marks of a chart: the register's names with years, and successors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from gongkai.agencies.changes import Change, changes
from gongkai.charts.trend import Mark
from gongkai.ui.messages import plain, t
from gongkai.ui.register_data import units


def changes_of(collection: str, ids: Sequence[str]) -> list[Change]:
    """What became of units over the years, as the register is now."""
    return changes(units(collection), ids)


def words(change: Change) -> str:
    """A change in a sentence: 2023 年起由“…”更名为“…”."""
    before = t("filters.list_separator").join(change.before)
    return t(f"peers.change.{change.sort}", year=change.year, before=before, after=change.after)


def marks(found: Sequence[Change], series: Mapping[str, str] | None = None) -> list[Mark]:
    """The changes as marks: of all lines of a chart of one unit, or of the line that `series` names per unit."""
    return [
        Mark(each.year, t(f"peers.mark.{each.sort}"), words(each), series[each.unit] if series else None)
        for each in found
    ]


def notes(found: Sequence[Change], years: Sequence[int]) -> None:
    """The sentences below a chart of `years`, of those changes that fall inside them or end a line."""
    for each in found:
        if years and years[0] < each.year <= years[-1] + (each.sort == "ended"):
            st.caption(plain(words(each)))
