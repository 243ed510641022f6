"""What stands where there is nothing to show: never an error, always what to do."""

from __future__ import annotations

import streamlit as st

from gongkai.ui.messages import t
from gongkai.ui.navigation import page_link


def empty_workspace() -> None:
    """Nothing was ever ingested: how to begin."""
    with st.container(border=True):
        st.subheader(t("common.empty.workspace_title"), anchor=False)
        st.markdown(t("common.empty.workspace_body"))
        page_link("reports", t("common.empty.workspace_link"), icon=":material/upload_file:")


def nothing_found() -> None:
    """There is data, but none under these filters."""
    with st.container(border=True):
        st.markdown(f"**{t('common.empty.filter_title')}**")
        st.caption(t("common.empty.filter_body"))
