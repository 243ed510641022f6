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
    uncertain = {doubt.reason: doubt for doubt in report.doubts}
    found.extend(
        finding(code, found=uncertain[code].detail, evidence=uncertain[code].evidence)
        for code in ("year_uncertain", "agency_uncertain")
        if code in uncertain
    )
    if report.secondary_source:
        found.append(finding("secondary_source", found=report.publisher))
    return tuple(found)
