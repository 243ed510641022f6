"""The page of roll-ups: whose and which year, the form, what a cell is made of, differences, what is missing."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from gongkai.catalogue.peer_groups import SAVED
from gongkai.exports.roll_up import PARTS, USES, RollUp, RollUpError, Wanted, gather
from gongkai.store.saved_groups import SavedGroups
from gongkai.ui.address import ask, choose, choose_one
from gongkai.ui.cells import records
from gongkai.ui.data import Version, query, saved_groups, version, workspace
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.peers import name
from gongkai.ui.roll_up_cell import cell_parts
from gongkai.ui.roll_up_form import form_view
from gongkai.ui.roll_up_lists import differences, exports, left_out, summary

_LISTED = 200
"""Units offered at most; more are found by their names."""


def roll_up_view(collection: str) -> None:
    """The roll-up that the address asks for, or the topmost unit's latest year."""
    found = _chosen(collection)
    if found is None:
        return
    summary(found)
    exports(found)
    cell = form_view(found)
    if cell is not None:
        cell_parts(found, cell)
    differences(found)
    left_out(found)


def _chosen(collection: str) -> RollUp | None:
    """The controls; null where there is nothing to add up, which is said."""
    if query("roll_up_agencies", collection=collection, count=1).empty:
        st.info(t("roll_up.no_register"), icon=":material/account_tree:")
        page_link("admin", t("roll_up.register_link"), icon=":material/arrow_forward:")
        return None
    st.caption(t("roll_up.help"))
    first, second, third, fourth = st.columns([2, 3, 1.2, 2.4])
    with first:
        words = ask("roll_up", "words", t("roll_up.find"), t("roll_up.find_placeholder"))
    units = records(query("roll_up_agencies", collection=collection, words=words or None, count=_LISTED))
    names = {str(unit["agency_id"]): str(unit["agency"]) for unit in units} | _groups(collection, words)
    if not names:
        st.info(t("roll_up.unit_none"))
        return None
    with second:
        agency = choose("roll_up", "agency", t("roll_up.unit"), list(names), next(iter(names)), names.__getitem__)
    years = [str(year) for year in query("roll_up_years", collection=collection)["year"]]
    if not years:
        st.info(t("roll_up.no_reports"))
        return None
    with third:
        year = choose("roll_up", "year", t("roll_up.year"), years, years[0])
    with fourth:
        use = choose("roll_up", "use", t("roll_up.use_label"), USES, USES[0], lambda each: t(f"roll_up.use.{each}"))
    part = choose_one(
        "roll_up", "part", t("roll_up.part_label"), PARTS, PARTS[0], lambda each: t(f"roll_up.part_help.{each}")
    )
    members = _members(agency) if agency.startswith(f"{SAVED}:") else ()
    try:
        wanted = Wanted(collection, agency, int(year), part, use, members)
        return _gathered(version(), asdict(wanted), names[agency])
    except RollUpError:
        st.info(plain(t("roll_up.nothing_counts", agency=names[agency], year=year)))
        return None


def _groups(collection: str, words: str) -> dict[str, str]:
    """The saved groups of a collection whose names have these words, as the unit's control offers them."""
    codes = [f"{SAVED}:{row['saved_id']}" for row in records(saved_groups()) if row["collection"] == collection]
    called = {code: name(code) for code in codes}
    return {code: text for code, text in called.items() if words.lower() in text.lower()}


def _members(group: str) -> tuple[str, ...]:
    held = SavedGroups(workspace()).find(int(group.partition(":")[2]))
    return held.units if held else ()


# Shared between sessions and not copied for each: nobody changes it.
@st.cache_resource(max_entries=12, show_spinner=False)
def _gathered(version: Version, wanted: dict[str, object], title: str) -> RollUp:
    return gather(query, Wanted(**wanted), title)  # type: ignore[arg-type]
