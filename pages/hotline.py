"""hotline"""

import streamlit as st

from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.page import begin

begin("hotline")
filters = filter_bar()
if not filters.collection:
    empty_workspace()
    st.stop()
