"""All checks that need one report only; `parse` reports them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from gongkai.catalogue.checks import reasons
from gongkai.checks.findings import finding
from gongkai.checks.form import check_form
from gongkai.checks.placeholders import check_placeholders
from gongkai.checks.references import check_references
from gongkai.checks.sections import check_sections
from gongkai.checks.statements import check_statements
from gongkai.checks.sums import check_sums
from gongkai.checks.tables import check_tables
from gongkai.checks.units import check_units
from gongkai.checks.words import MOST, Words
from gongkai.checks.years import check_years
from gongkai.documents.model import Block
from gongkai.parsing.table_reading import TableReading
from gongkai.records import Finding, Report


def find(report: Report, tables: TableReading, blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """The findings of one report: of its tables, of its form, of its words, then what keeps it out of comparisons."""
    words = Words(blocks)
    found = [
        *check_tables(report, tables),
        *check_form(report, tables),
        *check_sections(report, tables, words),
        *check_statements(report),
        *check_years(report, words),
        *check_references(report, words),
        *islice(check_placeholders(words), MOST),
        *islice(check_sums(words), MOST),
        *islice(check_units(report, words), MOST),
    ]
    return (*found, *_about_metadata(report))


def find_in_list(report: Report, tables: TableReading) -> tuple[Finding, ...]:
    """The findings of a unit of an Excel list: arithmetic and identity only. The list is the office's own, so that its
    blanks and the sections it does not have are no fault of the unit."""
    return (*_of_list(report, tables), *_about_metadata(report))


def _of_list(report: Report, tables: TableReading) -> list[Finding]:
    return [one for one in check_tables(report, tables) if one.check != "blank_cell"]


def find_in_figures(report: Report) -> tuple[Finding, ...]:
    """The findings of `find` or `find_in_list` that rest on nothing but the report's figures."""
    if report.listed:
        return tuple(_of_list(report, TableReading(report.regime)))
    return (*check_tables(report, TableReading(report.regime)), *check_statements(report))


def _about_metadata(report: Report) -> list[Finding]:
    uncertain = {doubt.reason: doubt for doubt in report.doubts}
    found = []
    for code in ("year_uncertain", "agency_uncertain"):
        if code in uncertain:
            places = uncertain[code].evidence
            quotes = "、".join(dict.fromkeys(place.quote.strip() for place in places if place.quote.strip()))
            reason, words = uncertain[code].coded
            known = reason if (code, reason) in reasons() else None
            found.append(finding(code, reason=known, found=quotes or None, evidence=places, words=words))
    if report.secondary_source:
        place = report.sources.get("secondary_source")
        found.append(
            finding("secondary_source", found=report.publisher or report.url, evidence=[place] if place else ())
        )
    return found
