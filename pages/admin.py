"""系统管理: the register of units: import a list, look it through, edit one unit with its history; groups of units;
ledgers of other offices."""

import streamlit as st

from gongkai.ui.group_list import groups
from gongkai.ui.ledger_view import LEDGER_LIST, LEDGERS, ledgers
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
ledger = st.query_params.get(LEDGERS, "")
collection = chosen_collection(fixed=bool(opened or grouped or ledger))
publishing()
known = units(collection)
if grouped:
    groups(collection, grouped)
elif ledger:
    ledgers(collection, known)
elif opened:
    register_unit(collection, opened, known)
else:
    page_link("admin", t("filters.groups"), icon=":material/workspaces:", **{GROUPS: GROUP_LIST})
    page_link("admin", t("ledgers.title"), icon=":material/table_view:", **{LEDGERS: LEDGER_LIST})
    register_list(collection, known)
    register_import(collection, known)
