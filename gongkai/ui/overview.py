"""The overview: what the workspace holds, what needs attention, the headline numbers, who is covered."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import measures
from gongkai.charts.bars import stacked_columns
from gongkai.charts.numbers import short
from gongkai.charts.spread import coverage_heat
from gongkai.ui.cards import Card, basis, basis_of_sum, cards
from gongkai.ui.chart import chart, unit_chart
from gongkai.ui.data import collection_name, query, workspace
from gongkai.ui.filter_bar import options
from gongkai.ui.filters import LEVELS, SCOPES, Filters
from gongkai.ui.findings_data import STANDING_ERRORS
from gongkai.ui.measures import FEWEST, available, by_year, joined, label, summed
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.table import export_button

HEADLINES = (
    ("applications", ("applications.new", "applications.closed")),
    ("disclosure", ("disclosure.total", "disclosure.website", "normative_documents.in_force", "licensing.decisions")),
    ("hotline", ("hotline.cases", "consultation.online", "mailbox.letters")),
    ("review", ("review.total", "litigation.total")),
)
"""Per topic's page the measures that may stand for it, the first that has values."""

_FEW_UNITS = 60
"""Up to this many units each has its own row of the coverage."""


def holdings() -> None:
    """A card per collection of the workspace, and what each of them still needs."""
    held = _held()
    shown = []
    for name in workspace().collections:
        if name not in held:
            shown.append(Card(collection_name(name), t("overview.nothing"), t("overview.nothing_basis")))
            continue
        row = held[name]
        years = "" if pd.isna(row["first_year"]) else f" · {row['first_year']}–{row['last_year']}"
        value = t("overview.reports", count=f"{int(row['current_reports']):,}")
        shown.append(Card(collection_name(name), value, t("overview.units", count=f"{int(row['units']):,}") + years))
    cards(shown)


def _held() -> dict[str, dict[Hashable, Any]]:
    """The rows of the query `overview_holdings` by collection."""
    return {str(row["collection"]): row for row in query("overview_holdings").to_dict("records")}


def attention(filters: Filters) -> None:
    """What somebody should look at: reports that wait, files that failed, mistakes that were found."""
    st.subheader(t("overview.attention"), anchor=False)
    held = _held()
    row = held[filters.collection]
    elsewhere = sum(int(other["waiting"]) for name, other in held.items() if name != filters.collection)
    failed = len(query("ingest_failures"))
    lines: list[tuple[int, str, str, dict[str, str]]] = [
        (int(row["waiting"]), "waiting", ":material/pending_actions:", {"show": "quarantined"}),
        (elsewhere, "elsewhere", ":material/pending_actions:", {"show": "quarantined", "everywhere": "1"}),
        (int(row["errors"]), "errors", ":material/rule:", STANDING_ERRORS),
        (int(row["doubtful"]), "doubtful", ":material/help:", {"show": "doubts"}),
        (failed, "failed", ":material/report:", {}),
    ]
    if not any(count for count, *_ in lines):
        st.caption(t("overview.nothing_waits"))
        return
    for count, kind, icon, shown in lines:
        if count and kind == "errors":
            page_link("findings", t("overview.errors", count=f"{count:,}"), icon=icon, **shown)
        elif count:
            page_link("reports", t(f"overview.{kind}", count=f"{count:,}"), icon=icon, **shown)


_CORRECTED, _COUNTIES = "review.corrected_share", "county_governments"


def _counties(filters: Filters) -> dict[str, str]:
    """Where the counties are compared, as parameters of the address: as whole governments, where there are any."""
    offered = options()
    whole = SCOPES[0]
    if filters.group or whole not in offered.scopes(filters.collection):
        return {}
    found = {"scope": whole}
    return found | {"peers": _COUNTIES} if _COUNTIES in offered.groups(filters.collection, whole) else found


def headlines(filters: Filters) -> None:
    """A number per topic, of the latest year in which enough units report it, with its course and a way to the page."""
    st.subheader(t("overview.headlines"), anchor=False)
    columns = st.columns(len(HEADLINES))
    for column, (page, codes) in zip(columns, HEADLINES, strict=True):
        with column, st.container(border=True, height="stretch"):
            _headline(filters, page, codes)


def _headline(filters: Filters, page: str, codes: Sequence[str]) -> None:
    group = measures()[codes[0]].group
    held = available(filters, group)
    code = next((code for code in codes if code in held), next(iter(held), None))
    name = t(f"navigation.{page}")
    if code is None:
        page_link(page, f"**{name}**", icon=":material/arrow_forward:")
        st.caption(t("overview.no_data"))
        st.metric(name, short(None), label_visibility="collapsed")
        return
    measure = measures()[code]
    rows = by_year(filters, measure)
    enough = rows[rows["reporting"] >= FEWEST]
    row = (enough if len(enough) else rows[rows["reporting"] > 0]).iloc[-1]
    cuts = [each.year for each in breaks_of(measure.metrics, filters.years) if each.cuts]
    # The small line has no room for a break: it begins after the last one.
    after = enough[enough["year"] >= max(cuts, default=0)]
    # Nor for gaps: medians of ever other units are no course of anything.
    comparable = len(after) > 2 and bool(joined(after).iloc[1:].all())
    pooled = summed(filters, measure)
    page_link(page, f"**{name}**", icon=":material/arrow_forward:", measure=code)
    if page == "review" and _CORRECTED in held:
        page_link(
            "ranking", t("overview.corrected"), icon=":material/balance:", indicator=_CORRECTED, **_counties(filters)
        )
    year = int(row["year"])
    st.caption(label(measure), help=t("overview.headline_help"))
    st.metric(
        label(measure),
        short(row["total" if pooled else "median"], measure.unit, language(), pooled and bool(row["approximate"])),
        chart_data=[float(value) for value in after["median"]] if comparable else None,
        chart_type="line",
        label_visibility="collapsed",
    )
    count, everything = int(row["reporting"]), int(row["units"])
    rests = basis_of_sum(int(row["added"]), count, everything) if pooled else basis(count, everything)
    st.caption(t("overview.sum" if pooled else "overview.middle", year=year, basis=rests))


def by_level(filters: Filters) -> None:
    """Current reports by year and level, and their formats."""
    st.subheader(t("overview.by_year"), anchor=False)
    frame = query("overview_reports", **filters.parameters())
    words = {level: t(f"filters.level_name.{level}") for level in LEVELS} | {"": t("overview.level_unknown")}
    levels = [level for level in (*LEVELS, "") if level in set(frame["level"])]
    counts = frame.groupby(["year", "level"])["reports"].sum().reset_index()
    figure = stacked_columns(
        counts.rename(columns={"level": "part", "reports": "value"}),
        {level: words[level] for level in levels},
        filters.years,
        language(),
    )
    chart(figure, "overview_by_year", t("overview.by_year"))
    formats = frame.groupby("format")["reports"].sum().sort_values(ascending=False)
    listed = t("filters.list_separator").join(
        t(
            "overview.format",
            format=t(f"overview.formats.{name}") if name in _FORMATS else plain(name),
            count=f"{count:,}",
        )
        for name, count in formats.items()
    )
    st.caption(t("overview.formats_line", formats=listed))


_FORMATS = frozenset(
    {
        "txt",
        "md",
        "html",
        "mhtml",
        "docx",
        "doc",
        "rtf",
        "odf",
        "wordxml",
        "xlsx",
        "xls",
        "csv",
        "pdf",
        "ofd",
        "picture",
        "sheet",
    }
)


def coverage(filters: Filters) -> None:
    """Which units, or how many of a place, have reports of which years."""
    units = int(query("overview_coverage", **filters.parameters(), grouping="unit")["agency_id"].nunique())
    if units <= _FEW_UNITS:
        grouping = "unit"
    else:
        provinces = query("overview_coverage", **filters.parameters(), grouping="province")["place"].nunique()
        grouping = "province" if provinces > 1 else "city"
    frame = query("overview_coverage", **filters.parameters(), grouping=grouping)
    head, button = st.columns([3, 1], vertical_alignment="bottom")
    with head:
        st.subheader(t("overview.coverage"), anchor=False)
    rows = frame.assign(row=frame["place"].replace("", t("overview.place_unknown")), count=frame["units"])
    title = t("overview.coverage")
    counts = rows.pivot_table(index=["row", "known"], columns="year", values="count", aggfunc="sum", sort=False)
    taken = counts.reset_index()
    taken.columns = [str(name) for name in taken.columns]
    years = [name for name in taken.columns if name.isdigit()]
    with button, st.container(horizontal=True, horizontal_alignment="right"):
        export_button(
            taken,
            "overview_export",
            title,
            {"row": t(f"overview.grouping.{grouping}"), "known": t("overview.known"), **{year: year for year in years}},
            coverage=t("overview.units", count=f"{units:,}"),
        )
    if grouping == "unit":
        figure = coverage_heat(
            rows.assign(key=rows["agency_id"]), filters.years, language(), t("overview.heat_unit", count="{count}")
        )
        unit_chart(figure, "overview_coverage", title, t("overview.coverage_note"))
    else:
        chart(
            coverage_heat(rows, filters.years, language(), t("overview.heat", count="{count}")),
            "overview_coverage",
            title,
        )
        st.caption(t("overview.coverage_note"))
