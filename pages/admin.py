"""系统管理: the register of units: import a list, look it through, edit one unit with its history."""

import streamlit as st

from gongkai.ui.page import begin
from gongkai.ui.register_data import chosen_collection, units
from gongkai.ui.register_import import register_import
from gongkai.ui.register_list import register_list
from gongkai.ui.register_publish import publishing
from gongkai.ui.register_unit import register_unit

begin("admin")
opened = st.query_params.get("unit", "")
collection = chosen_collection(fixed=bool(opened))
publishing()
known = units(collection)
if opened:
    register_unit(collection, opened, known)
else:
    register_list(collection, known)
    register_import(collection, known)
