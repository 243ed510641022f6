"""All checks that need one report only; `parse` reports them."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.checks.findings import finding
from gongkai.checks.tables import check_tables
from gongkai.checks.text import check_text
from gongkai.checks.wording import check_wording
from gongkai.documents.model import Block
from gongkai.parsing.tables import TableReading
from gongkai.records import Finding, Report


def find(report: Report, tables: TableReading, blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """The findings of one report, in the order of the tables and the text."""
    found = [*check_tables(report, tables), *check_text(report, tables, blocks), *check_wording(report, blocks)]
    return (*found, *_about_metadata(report))


def find_in_list(report: Report, tables: TableReading) -> tuple[Finding, ...]:
    """The findings of a unit of an Excel list: arithmetic and identity only. The list is the office's own, so that its
    blanks and the sections it does not have are no fault of the unit."""
    found = [one for one in check_tables(report, tables) if one.check != "blank_cell"]
    return (*found, *_about_metadata(report))


def _about_metadata(report: Report) -> list[Finding]:
    uncertain = {doubt.reason: doubt for doubt in report.doubts}
    found = [
        finding(code, found=uncertain[code].detail, evidence=uncertain[code].evidence)
        for code in ("year_uncertain", "agency_uncertain")
        if code in uncertain
    ]
    if report.secondary_source:
        found.append(finding("secondary_source", found=report.publisher))
    return found
