"""The cells and words that a finding rests on: as figures side by side, and marked in the documents they stand in."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.metrics import metrics
from gongkai.charts.numbers import exact
from gongkai.ui.cells import named, present, records
from gongkai.ui.data import query
from gongkai.ui.marks import Place
from gongkai.ui.messages import label, language, plain, t
from gongkai.ui.navigation import page_link
from gongkai.ui.report_panes import place_of
from gongkai.ui.report_reader import document_beside, heading
from gongkai.ui.source_view import Item, ItemList, Pane
from gongkai.ui.table import table

_ALL = "all"
"""The key of the item that marks every place of a side at once."""


def figures_table(finding: dict[str, Any], cells: pd.DataFrame) -> None:
    """The figures, last year's (or another unit's) column beside this year's where there are two sides."""
    rows = [row for row in records(cells) if present(row["metric"])]
    if not rows:
        return
    headings: dict[tuple[str, int, str], str] = {}
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        side = (str(row["agency_id"]), int(row["year"]), _origin(row))
        headings.setdefault(side, "")
        line = lines.setdefault((str(row["metric"]), str(row["applicant"])), {})
        line[_column(side)] = _value(row)
    own = str(finding["agency_id"])
    names = {}
    for side in sorted(headings, key=lambda each: (each[1], each[0] != own, each[2])):
        agency, year, origin = side
        words = str(year)
        if agency != own:
            words = f"{_agency(finding, agency)} {year}"
        if origin:
            words = t(f"findings.{origin}", year=words)
        names[_column(side)] = words
    frame = pd.DataFrame(
        [
            {
                "name": label(metrics()[metric]) if metric in metrics() else metric,
                "applicant": named("applicant", applicant),
                **{column: line.get(column) for column in names},
            }
            for (metric, applicant), line in lines.items()
        ]
    )
    shown = {"name": t("findings.column.name"), **names}
    if frame["applicant"].nunique() > 1 or str(frame["applicant"].iloc[0]) != named("applicant", "all"):
        shown = {"name": t("findings.column.name"), "applicant": t("findings.column.applicant_word"), **names}
    st.subheader(t("findings.figures"), anchor=False)
    config = {"name": st.column_config.TextColumn(shown["name"], width=300, pinned=True)}
    table(frame, f"finding_figures_{finding['finding_key']}", shown, config=config, height=360)


def _origin(row: dict[str, Any]) -> str:
    """Where a figure stands, if not in a table: message findings.<origin>."""
    return "in_ledger" if row["side"] == "ledger" else "in_text" if row["method"] == "narrative" else ""


def sides(finding: dict[str, Any], cells: pd.DataFrame) -> None:
    """The document of this side and that of the other, with the finding's places marked."""
    rows = records(cells)
    reports = {
        "this": str(finding["report_id"]) if present(finding["report_id"]) else "",
        "other": str(finding["other_report_id"]) if present(finding["other_report_id"]) else "",
    }
    shown = {name: id_ for name, id_ in reports.items() if id_}
    if shown.get("this") == shown.get("other"):
        shown.pop("other", None)
    if not shown:
        st.info(t("findings.no_document"))
        return
    for name, report_id, column in zip(shown, shown.values(), st.columns(len(shown)), strict=True):
        held = records(query("report_detail", report_id=report_id))
        if not held:
            continue
        report = held[0]
        places = [row for row in rows if row["report_id"] == report_id]
        with column:
            st.subheader(plain(t(f"findings.side.{name}", report=heading(report))), anchor=False)
            page_link("reports", t("findings.report"), icon=":material/description:", report=report_id)
            _side(report, places, f"finding_side_{name}_{report_id}")


@st.fragment
def _side(report: dict[str, Any], rows: list[dict[str, Any]], key: str) -> None:
    pane = Pane("cells", t("findings.cells", count=len(rows)), _groups(rows), t("findings.no_cells"))
    chosen = f"{key}_chosen"

    def select(item: str) -> None:
        st.session_state[chosen] = item

    marked = st.session_state.get(chosen, _ALL if rows else None)
    document_beside(report, (pane,), marked, key, select)


def _groups(rows: list[dict[str, Any]]) -> tuple[ItemList, ...]:
    if not rows:
        return ()
    everything = Item(_ALL, t("findings.all_places"), places=tuple(place_of(row) for row in rows))
    return (ItemList("", (everything, *(_item(number, row) for number, row in enumerate(rows)))),)


def _item(number: int, row: dict[str, Any]) -> Item:
    place: tuple[Place, ...] = (place_of(row),)
    if not present(row["metric"]):
        quote = str(row["quote"]) if present(row["quote"]) else ""
        return Item(f"cell-{number}", t("reports.quoted", quote=quote), places=place)
    metric = str(row["metric"])
    name = label(metrics()[metric]) if metric in metrics() else metric
    if present(row["applicant"]) and row["applicant"] != "all":
        name = t("reports.of_applicant", metric=name, applicant=named("applicant", row["applicant"]))
    notes = (t("reports.quoted", quote=row["quote"]),) if row["method"] == "narrative" else ()
    return Item(f"cell-{number}", name, _value(row), notes=notes, places=place)


def _value(row: dict[str, Any]) -> str:
    if present(row["value"]):
        unit = metrics()[row["metric"]].unit if row["metric"] in metrics() else ""
        return exact(float(row["value"]), "" if unit == "%" else unit, language())
    quote = str(row["quote"]).strip() if present(row["quote"]) else ""
    return quote or named("status_short", row["status"] if present(row["status"]) else "blank")


def _column(side: tuple[str, int, str]) -> str:
    return "_".join(map(str, side))


def _agency(finding: dict[str, Any], agency_id: str) -> str:
    if present(finding["other_agency_id"]) and agency_id == str(finding["other_agency_id"]):
        return str(finding["other_agency"]) if present(finding["other_agency"]) else agency_id
    held = query("agency_detail", agency_id=agency_id)
    return str(held["agency"].iloc[0]) if len(held) else agency_id
