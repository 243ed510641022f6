"""One report: what it is, its document and its figures side by side, and what people decided about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from gongkai.documents.model import Document
from gongkai.ui import report_source
from gongkai.ui.cells import named, present, records, standing_reason
from gongkai.ui.data import collection_name, query
from gongkai.ui.figure_form import corrections_of, figure_form
from gongkai.ui.filter_bar import follow
from gongkai.ui.messages import plain, t
from gongkai.ui.navigation import open_page, page_link
from gongkai.ui.report_list import way_back
from gongkai.ui.report_panes import Reading, panes
from gongkai.ui.source_view import PagePicture, Pane, page_of, payload, source_view, web_address
from gongkai.ui.table import table

_VIEW = "source_view"
_MODE = "source_mode"
_PAGE = "source_page"

STANDING_COLOURS = {"current": "green", "quarantined": "orange", "superseded": "gray", "withdrawn": "red"}


def reading(report_id: str) -> Reading | None:
    """All that is stored about a report; null where there is none of this id."""
    found = records(query("report_detail", report_id=report_id))
    if not found:
        return None
    return Reading(
        report=found[0],
        figures=query("report_figures", report_id=report_id),
        findings=query("report_findings", report_id=report_id),
        doubts=query("report_doubts", report_id=report_id),
        unmapped=query("report_unmapped", report_id=report_id),
        fields=query("report_fields", report_id=report_id),
        corrections=corrections_of(found[0]),
    )


def heading(report: dict[str, Any]) -> str:
    """The report's name on the screen: unit, year and kind, as plain text."""
    agency = report["agency"] if present(report["agency"]) else report["agency_as_printed"]
    parts = [str(agency) if present(agency) else t("reports.not_stated")]
    parts.append(str(report["year"]) if present(report["year"]) else t("reports.not_stated"))
    return " · ".join([*parts, named("kind", report["kind"])])


def header(report: dict[str, Any]) -> None:
    """The way back, the report's name, standing and origin, and where else to go."""
    follow(str(report["collection"]))
    page_link("reports", t("reports.view.back"), icon=":material/arrow_back:", **way_back())
    st.subheader(plain(heading(report)), anchor=False)
    standing = str(report["standing"])
    facts = [
        f":{STANDING_COLOURS.get(standing, 'gray')}-badge[{plain(named('standing', standing))}]",
        *(plain(named(name, report[name])) for name in ("period", "scope", "stage") if present(report[name])),
        plain(collection_name(str(report["collection"]))),
        plain(report["source"]),
    ]
    st.markdown(" · ".join(facts))
    if reason := standing_reason(report["standing_reason"]):
        st.caption(plain(reason))
    with st.container(horizontal=True, vertical_alignment="center"):
        if present(report["agency_id"]):
            page_link("agency", t("reports.view.agency"), icon=":material/apartment:", agency=str(report["agency_id"]))
        if standing in ("current", "superseded") and str(report["format"]) != "sheet":
            name = t("findings.opinion.link")
            page_link("findings", name, icon=":material/reply:", **{"return": str(report["report_id"])})
        address = web_address(str(report["url"]) if present(report["url"]) else None)
        if address:
            st.link_button(t("reports.view.open_source"), address, icon=":material/open_in_new:", type="tertiary")
        _original_button(report)
    _siblings(report)


@st.fragment
def beside(reading_: Reading) -> None:
    """The document and what was read from it. A click marks the words, keeps the address in step, and a figure can be
    confirmed or corrected below."""
    selected = st.query_params.get("figure")
    if reading_.report["format"] == "sheet":
        st.info(t("reports.view.sheet"))
    else:
        st.caption(t("reports.view.click"))

    def select(key: str) -> None:
        st.query_params["figure"] = key

    document_beside(reading_.report, panes(reading_), selected, f"{_VIEW}_{reading_.report['report_id']}", select)
    figure_form(reading_, selected)


def document_beside(
    report: dict[str, Any],
    shown: tuple[Pane, ...],
    selected: str | None,
    key: str,
    on_select: Callable[[str], None] | None = None,
) -> None:
    """The document of `report` (a row of report_detail) beside panes of what stands in it; `selected` is marked."""
    stored = str(report["sha256"]), str(report["parser_version"])
    document = None if report["format"] == "sheet" else report_source.load(*stored)
    if document is None and report["format"] != "sheet":
        st.info(t("reports.view.no_document"))
    marked = page_of(document, shown, selected) if document is not None else None
    picture = _picture(document, marked, report, key)
    labels = {name: _raw(f"reports.view.{name}") for name in ("page", "page_of")}
    labels |= {name: t(f"reports.view.{name}") for name in ("document", "previous", "next")}

    def select() -> None:
        chosen = st.session_state[key].selected
        if chosen:
            if on_select is not None:
                on_select(str(chosen))
            st.session_state.pop(f"{_PAGE}_{key}", None)

    def turn() -> None:
        page = st.session_state[key].page
        if isinstance(page, int | float):
            st.session_state[f"{_PAGE}_{key}"] = int(page)

    data = payload(document, shown, labels, selected, picture)
    source_view(data, key=key, on_select=select, on_page=turn)


def _picture(document: Document | None, marked: int | None, report: dict[str, Any], key: str) -> PagePicture | None:
    """The page to show of a PDF: the one turned to, else the one with the mark, else the first; null to show text."""
    if document is None or document.format != "pdf" or not document.pages:
        return None
    modes = {"page": t("reports.view.mode_page"), "text": t("reports.view.mode_text")}
    mode = st.segmented_control(
        t("reports.view.mode"),
        list(modes),
        format_func=lambda name: modes[name],
        default="page",
        key=f"{_MODE}_{key}",
        label_visibility="collapsed",
    )
    if mode == "text":
        return None
    page = st.session_state.get(f"{_PAGE}_{key}") or marked or 1
    found = report_source.picture(document, min(max(page, 1), document.pages))
    if found is None:
        st.warning(t("reports.view.no_picture"), icon=":material/image_not_supported:")
    return found


def _original_button(report: dict[str, Any]) -> None:
    file = None if report["format"] == "sheet" else report_source.original(str(report["sha256"]))
    if file is None:
        return
    st.download_button(
        t("reports.view.original"),
        file.read_bytes,
        file_name=str(report["source"]).replace("\\", "/").rpartition("/")[2],
        # Never a type that a browser would show: a stored web page must not run here.
        mime="application/octet-stream",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _siblings(report: dict[str, Any]) -> None:
    if report["format"] == "sheet" or int(report["siblings"]) < 2:
        return
    others = query("report_siblings", report_id=str(report["report_id"]))
    others["number"] = others["ordinal"] + 1
    columns = {name: t(f"reports.view.sibling_{name}") for name in ("number", "agency", "year")}

    def go(row: int) -> None:
        open_page("reports", report=str(others["report_id"].iloc[row]))

    with st.expander(t("reports.view.siblings", count=len(others)), icon=":material/library_books:"):
        table(others, f"siblings_{report['report_id']}", columns, height=260, on_row=go)


def _raw(key: str) -> str:
    """A message with its placeholders left in place, for the component to fill."""
    return t(key, page="{page}", pages="{pages}")
