"""One unit's page: who it is, its latest figures, its peers, trends, all its values with their sources, its reports."""

from __future__ import annotations

import streamlit as st

from gongkai.catalogue.vocabulary import LAST_YEAR
from gongkai.store.register_export import former_names_text
from gongkai.ui.agency_facts import Facts
from gongkai.ui.agency_head import choose_view, header, latest, other_views, trends
from gongkai.ui.agency_tables import all_values, among_peers, its_reports
from gongkai.ui.cells import records
from gongkai.ui.data import query
from gongkai.ui.filter_bar import follow
from gongkai.ui.filters import Filters
from gongkai.ui.findings_data import OPEN, counts, mistakes
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.register_data import units
from gongkai.ui.unit_changes import changes_of


def agency_view(agency_id: str, filters: Filters) -> None:
    """The unit `agency_id` (out of the address, so it may be anything), in the collection and scope of the filters."""
    page_link("agency", t("agency.another"), icon=":material/arrow_back:")
    held = query("agency_detail", agency_id=agency_id)
    if held.empty:
        st.warning(f"**{plain(t('agency.unknown', id=agency_id))}**  \n{t('agency.unknown_do')}")
        return
    unit = records(held)[0]
    view = choose_view(held, filters)
    if view is not None:
        follow(view[0])
    header(unit, view, filters)
    if view is not None:
        page_link(
            "coverage",
            t("coverage.trail.from_profile"),
            icon=":material/checklist:",
            agency=agency_id,
            collection=view[0],
        )
        _former_names(view[0], agency_id)
    other_views(unit, held, view)
    if view is not None:
        _findings(view[0], agency_id)
        facts = Facts(query("agency_facts", collection=view[0], scope=view[1], agency_id=agency_id))
        if facts.years:
            latest(facts)
            among_peers(unit, facts, filters, view)
            trends(facts, changes_of(view[0], [agency_id]))
            all_values(unit, facts)
        else:
            st.info(t("agency.no_facts"))
    its_reports(unit)


def _findings(collection: str, agency_id: str) -> None:
    """What the checks found in the unit's reports of all years, and the way there."""
    frame = counts(Filters(collection=collection, first_year=0, last_year=LAST_YEAR), agency_id)
    sure = frame[~frame["doubtful"]]
    if sure.empty:
        return
    undecided = int(sure.loc[sure["state"].isin(OPEN), "findings"].sum())
    text = t("findings.of_unit", errors=f"{mistakes(frame):,}", undecided=f"{undecided:,}")
    page_link("findings", text, icon=":material/rule:", agency=agency_id, collection=collection)


def _former_names(collection: str, agency_id: str) -> None:
    """By what names the unit's earlier reports call it: its figures are one line all the same."""
    names = next((unit.former_names for unit in units(collection) if unit.id == agency_id), ())
    if names:
        st.caption(plain(t("agency.former_names", names=former_names_text(names))))
