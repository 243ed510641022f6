"""单位画像: one unit: its latest figures, trends, all its values with their sources, its peers, its reports."""

import streamlit as st

from gongkai.ui.agency_facts import Facts
from gongkai.ui.agency_list import agency_list
from gongkai.ui.agency_tables import all_values, among_peers, its_reports
from gongkai.ui.agency_view import choose_view, header, latest, trends
from gongkai.ui.cells import records
from gongkai.ui.data import query
from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.page import begin

begin("agency")
chosen = st.query_params.get("agency", "")
if not chosen:
    filters = filter_bar()
    if filters.collection:
        agency_list(filters)
    else:
        empty_workspace()
    st.stop()

filters = filter_bar(("collection", "scope"))
page_link("agency", t("agency.another"), icon=":material/arrow_back:")
held = query("agency_detail", agency_id=chosen)
if held.empty:
    st.warning(f"**{plain(t('agency.unknown', id=chosen))}**  \n{t('agency.unknown_do')}")
    st.stop()
unit = records(held)[0]
view = choose_view(held, filters)
header(unit, view, filters)
if view is not None:
    facts = Facts(query("agency_facts", collection=view[0], scope=view[1], agency_id=chosen))
    if not facts.years:
        st.info(t("agency.no_facts"))
    else:
        latest(facts)
        among_peers(unit, facts, filters, view)
        trends(facts)
        all_values(unit, facts)
its_reports(unit)
