"""The lower half of a unit's page: all its values by year, its place among its peers, its reports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import measures
from gongkai.catalogue.metrics import metrics
from gongkai.charts.numbers import exact, unit_name
from gongkai.charts.spread import distribution
from gongkai.ui import peers
from gongkai.ui.address import choose, choose_one
from gongkai.ui.agency_facts import Facts, by_year, position, source_of, stated_years, value_of
from gongkai.ui.agency_head import KEY_MEASURES
from gongkai.ui.cells import present
from gongkai.ui.chart import unit_chart
from gongkai.ui.data import query
from gongkai.ui.filters import Filters
from gongkai.ui.measures import label, ranking
from gongkai.ui.messages import language, plain, t
from gongkai.ui.navigation import open_page
from gongkai.ui.report_list import in_words
from gongkai.ui.table import export_button, number_width, table

_FEWEST_POINTS = 2
"""A single point on an axis says nothing that the sentence above it does not."""


def all_values(unit: dict[str, Any], facts: Facts) -> None:
    """Metric × year; a click on a value opens the report at the words or the cell that it comes from."""
    years = facts.years[::-1]
    st.subheader(t("agency.values"), anchor=False)
    st.caption(t("agency.values_click"))
    frame = by_year(facts, years)
    spoken = language()
    frame["group"] = [
        t(f"agency.group.{metrics()[code].group}") if code in metrics() else "" for code in frame["metric"]
    ]
    frame["name"] = [label(measures()[code]) if code in measures() else code for code in frame["metric"]]
    frame["unit"] = [unit_name(metrics()[code].unit, spoken) if code in metrics() else "" for code in frame["metric"]]
    frame["note"] = _notes(facts.frame, frame["metric"])
    columns = {
        "group": t("agency.column.group"),
        "name": t("agency.column.metric"),
        "unit": t("agency.column.unit"),
        **{str(year): str(year) for year in years},
        "note": t("agency.column.note"),
    }
    config: dict[str, Any] = {
        str(year): st.column_config.NumberColumn(
            label=str(year), format="localized", width=number_width(frame[str(year)])
        )
        for year in years
    }
    # Narrow enough to leave room beside it on a phone, where the latest year comes next.
    config["name"] = st.column_config.TextColumn(columns["name"], width=220, pinned=True)
    shown = {name: columns[name] for name in ("name", *map(str, years), "unit", "note", "group")}

    def open_source(row: int, column: str) -> None:
        if not column.isdigit():
            return
        found = source_of(facts, str(frame["metric"].iloc[row]), int(column))
        if found is None:
            st.toast(t("agency.no_source"), icon=":material/block:")
            return
        report, figure = found
        open_page("reports", report=report, **({"figure": figure} if figure else {}))

    table(frame, "agency_values", shown, config=config, height=560, on_cell=open_source)
    sources = facts.frame.assign(agency=unit["agency"])[["agency", "year", "source", "url"]]
    export_button(
        frame,
        "agency_values_export",
        t("agency.export_title", agency=unit["agency"]),
        columns,
        measures=[measures()[code] for code in frame["metric"] if code in measures()],
        coverage=t("agency.coverage", agency=unit["agency"], first=years[-1], last=years[0]),
        sources=sources,
    )


def _notes(facts: pd.DataFrame, codes: pd.Series) -> list[str]:
    """Per metric, the years that are marked: no value and why, or an approximate, derived or corrected value."""
    marks: dict[str, dict[str, list[int]]] = {}
    names = ("metric", "year", "status", "approximate", "corrected", "basis")
    for code, year, status, about, corrected, basis in zip(*(facts[name] for name in names), strict=True):
        if status != "reported":
            mark = str(status)
        else:
            # What people made of a figure goes before how it was worked out.
            mark = "corrected" if corrected else "approximate" if about else "derived" if basis == "derived" else ""
        if mark:
            marks.setdefault(str(code), {}).setdefault(mark, []).append(int(year))
    separator = t("filters.list_separator")
    return [
        " · ".join(
            t(f"agency.note.{mark}", years=separator.join(str(year) for year in sorted(years)))
            for mark, years in sorted(marks.get(str(code), {}).items())
        )
        for code in codes
    ]


def among_peers(unit: dict[str, Any], facts: Facts, filters: Filters, view: tuple[str, str]) -> None:
    """The unit among those of its peer group and band: the median and the middle half, never a rank."""
    st.subheader(t("agency.peers"), anchor=False)
    if not (present(unit["level"]) and present(unit["kind"])):
        st.caption(t("agency.peers_unknown"))
        return
    offered = [code for code in KEY_MEASURES if stated_years(facts, measures()[code])]
    if not offered:
        st.caption(t("agency.peers_nothing"))
        return
    first, second, third = st.columns([3, 1, 2])
    with first:
        code = choose(
            "agency", "measure", t("agency.measure"), offered, offered[0], lambda each: label(measures()[each])
        )
    measure = measures()[code]
    stated = [str(year) for year in reversed(stated_years(facts, measure))]
    with second:
        year = int(choose("agency", "year", t("agency.year"), stated, stated[0]))
    own = peers.own(str(unit["agency_id"]), *view, year)
    if own.group is None:
        st.caption(t("agency.peers_undefined"))
        return
    areas = [*(["band"] if own.band else []), "all", *(["province"] if present(unit["province"]) else [])]
    with third:
        area = choose_one("agency", "area", t("agency.area"), areas, areas[0], lambda each: t(f"agency.area_{each}"))
    chosen = replace(
        filters,
        collection=view[0],
        scope=view[1],
        first_year=year,
        last_year=year,
        province=str(unit["province"]) if area == "province" else "",
        city="",
        levels=(),
        kinds=(),
        group=f"{own.group.code}:{own.band}" if area == "band" else own.group.code,
    )
    frame = ranking(chosen, measure, year)
    found = position(frame, str(unit["agency_id"]))
    spoken = language()
    mine = exact(found.own, measure.unit, spoken, value_of(facts, measure, year).approximate)
    group = peers.name(chosen.group)
    if area == "province":
        group = t("agency.peers_in", group=group, province=unit["province"])
    sentence = t(
        "agency.peers_basis", year=year, group=group, peers=f"{found.peers:,}", reporting=f"{found.reporting:,}"
    )
    if found.median is None:
        sentence += t("agency.peers_few", own=mine)
    else:
        sentence += t(
            "agency.peers_middle",
            median=exact(round(found.median, 1), measure.unit, spoken),
            low=exact(round(found.low or 0.0, 1), measure.unit, spoken),
            high=exact(round(found.high or 0.0, 1), measure.unit, spoken),
            own=mine,
        )
    st.markdown(plain(sentence))
    st.caption(plain(peers.defined(chosen) + peers.own_band(own, year)))
    if found.reporting < _FEWEST_POINTS:
        return
    points = frame.rename(columns={"agency": "name"})
    unit_chart(
        distribution(points, measure.unit, spoken, str(unit["agency_id"])),
        "agency_peers_chart",
        t("agency.peers_alt", measure=label(measure), year=year),
    )


def its_reports(unit: dict[str, Any]) -> None:
    """All versions of the unit's reports, whatever their standing; a row opens the report."""
    st.subheader(t("agency.reports"), anchor=False)
    everything = Filters().parameters()
    everything.pop("scope")
    found = query("reports", **everything, agency_id=str(unit["agency_id"]))
    if found.empty:
        st.caption(t("agency.no_reports"))
        return
    names = (
        "standing",
        "year",
        "kind",
        "stage",
        "scope",
        "figures",
        "findings",
        "doubts",
        "reason",
        "source",
        "collection",
    )
    shown = in_words(found)
    columns = {name: t(f"reports.column.{name}") for name in names}
    table(
        shown,
        "agency_reports",
        columns,
        config={"year": st.column_config.NumberColumn(columns["year"], format="%d", width=60)},
        on_row=lambda row: open_page("reports", report=str(found["report_id"].iloc[row])),
    )
