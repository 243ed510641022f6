"""Choose a unit: search by name under the filters; a row opens the unit's page."""

from __future__ import annotations

import streamlit as st

from gongkai.ui.address import ask
from gongkai.ui.cells import records
from gongkai.ui.data import collection_name, query
from gongkai.ui.empty import nothing_found
from gongkai.ui.filters import Filters
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import unit_link
from gongkai.ui.table import export_button, table

LIMIT = 500
"""Units listed at most; more are found by their names."""

_COLUMNS = ("agency", "level", "kind", "province", "city", "reports", "first_year", "last_year")


def agency_list(filters: Filters) -> None:
    """The search box and the units that match."""
    words = ask("agency", "words", t("agency.words"), t("agency.words_placeholder"))
    found = query("agencies", **filters.parameters(), words=words or None, count=LIMIT)
    if words:
        _elsewhere(words, set(found["agency_id"]), found.empty)
    if found.empty:
        if not words:
            nothing_found()
        return
    shown = found.assign(
        level=[t(f"filters.level_name.{level}") if isinstance(level, str) else "" for level in found["level"]],
        kind=[t(f"filters.kind_name.{kind}") if isinstance(kind, str) else "" for kind in found["kind"]],
    )
    columns = {name: t(f"agency.column.{name}") for name in _COLUMNS}
    config = {
        name: st.column_config.NumberColumn(columns[name], format="%d", width=80)
        for name in ("reports", "first_year", "last_year")
    }
    config["agency"] = st.column_config.TextColumn(columns["agency"], width=280, pinned=True)
    table(shown, "agency_list", columns, config=config, height=600, opens="agency_id")
    total = int(found["total"].iloc[0])
    if total > len(found):
        st.caption(t("agency.limited", total=f"{total:,}", count=f"{len(found):,}"))
    export_button(
        shown,
        "agency_list_export",
        t("agency.list_title"),
        columns,
        coverage=t("agency.list_coverage", count=f"{len(found):,}"),
    )


def _elsewhere(words: str, found: set[str], none: bool) -> None:
    """Units of these words that the filters leave out: a name that is typed in full must not lead nowhere."""
    named = query("agencies_named", words=words)
    left_out = records(named[~named["agency_id"].isin(found)])
    if none:
        st.info(t("agency.none_here" if left_out else "agency.none"))
    elif left_out:
        st.caption(t("agency.elsewhere"))
    for unit in left_out:
        scope = t(f"filters.scope_name.{unit['scope']}")
        text = f"{unit['agency']} · {collection_name(unit['collection'])} · {scope}"
        unit_link(str(unit["agency_id"]), plain(text), str(unit["collection"]), str(unit["scope"]))
