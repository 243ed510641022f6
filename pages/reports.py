"""报告库: every report received, its document and its figures side by side; upload; confirm and correct."""

import streamlit as st

from gongkai.ui.data import query
from gongkai.ui.decisions_form import decisions_form
from gongkai.ui.failures import failures
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.page import begin
from gongkai.ui.report_list import report_list
from gongkai.ui.report_reader import beside, header, reading
from gongkai.ui.report_scope import scope_of_report
from gongkai.ui.upload import upload
from gongkai.ui.version_compare import comparison_page, version_list
from gongkai.ui.waiting_authors import author_of, waiting_authors

begin("reports")
opened = st.query_params.get("report", "")
if not opened:
    filters = filter_bar(("collection", "years", "province", "city", "level", "kind"))
    empty = query("store_overview").empty
    if empty:
        st.info(f"**{t('reports.list.empty')}**  \n{t('reports.list.empty_do')}", icon=":material/inbox:")
    upload(expanded=empty)
    failures()
    if not empty:
        waiting_authors(filters)
        report_list(filters)
elif (found := reading(opened)) is None:
    st.warning(f"**{plain(t('reports.view.unknown', id=opened))}**  \n{t('reports.view.unknown_do')}")
    page_link("reports", t("reports.view.back"), icon=":material/arrow_back:")
elif against := st.query_params.get("against", ""):
    header(found.report)
    comparison_page(found.report, against)
else:
    header(found.report)
    author_of(found.report)
    scope_of_report(found.report)
    version_list(opened)
    decisions_form(found.report)
    beside(found)
