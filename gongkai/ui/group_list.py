"""单位分组 in 系统管理: the groups that people saved, those that were deleted, and the peer groups of the catalogue."""

from __future__ import annotations

import re
from datetime import datetime

import pandas as pd
import streamlit as st

from gongkai.catalogue.peer_groups import BANDS, peer_groups
from gongkai.store.saved_groups import SavedGroups
from gongkai.ui import peers
from gongkai.ui.cells import moment
from gongkai.ui.data import workspace
from gongkai.ui.group_form import NEW, group_form
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import open_page, page_link
from gongkai.ui.peers import GROUPS
from gongkai.ui.table import export_button, table

_NUMBER = re.compile("[0-9]{1,9}")


def groups(collection: str, opened: str) -> None:
    """The page of groups; `opened` (out of the address, so it may be anything): a group's number, NEW, or the list."""
    page_link("admin", t("peers.list.register"), icon=":material/arrow_back:")
    if opened == NEW or _NUMBER.fullmatch(opened):
        group_form(collection, None if opened == NEW else int(opened))
        return
    st.subheader(t("peers.list.title"), anchor=False)
    st.caption(t("peers.list.about"))
    _saved(collection)
    _deleted(collection)
    _catalogue()


def _saved(collection: str) -> None:
    standing = SavedGroups(workspace()).standing(collection)
    page_link("admin", t("peers.list.add"), icon=":material/add:", **{GROUPS: NEW})
    if not standing:
        st.info(t("peers.list.none"))
        return
    columns = {name: t(f"peers.list.{name}") for name in ("name", "units", "owner", "changed_by", "changed_at")}
    frame = pd.DataFrame(
        [
            {
                "name": group.name,
                "units": len(group.units),
                "owner": group.owner,
                "changed_by": group.changed_by,
                "changed_at": moment(datetime.fromisoformat(group.changed_at)),
            }
            for group in standing
        ]
    )
    config = {"name": st.column_config.TextColumn(columns["name"], width=240, pinned=True)}
    table(
        frame,
        "saved_groups",
        columns,
        config=config,
        on_row=lambda row: open_page("admin", **{GROUPS: str(standing[row].id)}),
    )


def _deleted(collection: str) -> None:
    gone = SavedGroups(workspace()).deleted(collection)
    if not gone:
        return
    with st.expander(t("peers.list.deleted", count=len(gone)), icon=":material/restore_from_trash:"):
        for group in gone:
            when = moment(datetime.fromisoformat(group.changed_at))
            text = t("peers.list.deleted_line", name=group.name, actor=group.changed_by, when=when)
            page_link("admin", plain(text), **{GROUPS: str(group.id)})


def _catalogue() -> None:
    """The peer groups as the file defines them, for everybody to look up."""
    spoken = "en" if language() == "en" else "zh"
    separator = t("filters.list_separator")
    names = ("group", "levels", "kinds", *BANDS, "scope", "years")
    columns = {name: t(f"peers.list.{name}") for name in names}
    rows = []
    for group in peer_groups().values():
        words = {band: peers.bounds(group, band) for band in BANDS}
        rows.append(
            {
                "group": group.label(spoken),
                "levels": separator.join(t(f"filters.level_name.{level}") for level in group.levels),
                "kinds": separator.join(t(f"filters.kind_name.{kind}") for kind in group.kinds),
                **words,
                "scope": t(f"filters.scope_name.{group.bands.scope}") if group.bands else "",
                "years": group.bands.years if group.bands else None,
            }
        )
    frame = pd.DataFrame(rows)
    frame["years"] = frame["years"].astype("Int64")
    st.subheader(t("peers.list.catalogue"), anchor=False)
    st.caption(t("peers.list.catalogue_about"))
    config = {"group": st.column_config.TextColumn(columns["group"], width=210, pinned=True)}
    table(frame, "peer_groups", columns, config=config)
    export_button(frame, "peer_groups_export", t("peers.list.catalogue"), columns, notes=[t("peers.list.bands_about")])
