"""系统管理: the register of units: import a list, look it through, edit one unit with its history; groups of units."""

import streamlit as st

from gongkai.ui.group_list import groups
from gongkai.ui.messages import t
from gongkai.ui.navigation import page_link
from gongkai.ui.page import begin
from gongkai.ui.peers import GROUP_LIST, GROUPS
from gongkai.ui.register_data import chosen_collection, units
from gongkai.ui.register_import import register_import
from gongkai.ui.register_list import register_list
from gongkai.ui.register_publish import publishing
from gongkai.ui.register_unit import register_unit

begin("admin")
opened = st.query_params.get("unit", "")
grouped = st.query_params.get(GROUPS, "")
collection = chosen_collection(fixed=bool(opened or grouped))
publishing()
known = units(collection)
if grouped:
    groups(collection, grouped)
elif opened:
    register_unit(collection, opened, known)
else:
    page_link("admin", t("filters.groups"), icon=":material/workspaces:", **{GROUPS: GROUP_LIST})
    register_list(collection, known)
    register_import(collection, known)
