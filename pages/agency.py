"""单位画像: one unit: its latest figures, trends, all its values with their sources, its peers, its reports."""

import streamlit as st

from gongkai.ui.agency_list import agency_list
from gongkai.ui.agency_view import agency_view
from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.page import begin

begin("agency")
chosen = st.query_params.get("agency", "")
if chosen:
    agency_view(chosen, filter_bar(("collection", "scope")))
else:
    filters = filter_bar()
    if filters.collection:
        agency_list(filters)
    else:
        empty_workspace()
