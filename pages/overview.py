"""总览: what the workspace holds, what needs attention, and the ways into it."""

import streamlit as st

from gongkai.ui import overview
from gongkai.ui.coverage_line import coverage_line
from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.page import begin

begin("overview")
filters = filter_bar()
if not filters.collection:
    empty_workspace()
else:
    overview.holdings()
    coverage_line(filters)
    overview.headlines(filters)
    left, right = st.columns([3, 2], gap="large")
    with left:
        overview.by_level(filters)
    with right:
        overview.attention(filters)
    overview.coverage(filters)
