"""数据核查: what the checks found, how far it is, and what goes back to the units."""

import streamlit as st

from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.finding_board import finding_board
from gongkai.ui.finding_view import finding_view
from gongkai.ui.page import begin
from gongkai.ui.return_view import return_view

begin("findings")
opened, returned = st.query_params.get("finding", ""), st.query_params.get("return", "")
if opened:
    finding_view(opened)
elif returned:
    return_view(returned)
else:
    filters = filter_bar(("collection", "years", "province", "city", "level", "kind"))
    if filters.collection:
        finding_board(filters)
    else:
        empty_workspace()
