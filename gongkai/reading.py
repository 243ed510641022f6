"""A file becomes Reports with their findings: documents, parsing, agencies and checks, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.agencies.authors import Author, resolve
from gongkai.agencies.naming import read_place
from gongkai.checks.passages import passages
from gongkai.checks.single import find, find_in_list
from gongkai.documents.model import Block, Document, Kind
from gongkai.documents.reader import read_document
from gongkai.errors import UnreadableDocument
from gongkai.parsing.metadata import Page, read_metadata, read_page
from gongkai.parsing.metadata_model import AuthorCandidate, Metadata
from gongkai.parsing.narrative import read_narrative
from gongkai.parsing.recognised import cautious, unread
from gongkai.parsing.recognition import is_report
from gongkai.parsing.reports import split_reports
from gongkai.parsing.spans import squeezed
from gongkai.parsing.table_reading import TableReading
from gongkai.parsing.tables import read_tables
from gongkai.parsing.titles import period_of
from gongkai.parsing.unit_lists import UnitFigures, read_unit_lists
from gongkai.records import Doubt, Report

PARSER_VERSION = "3"
"""Raised whenever the same file may be read otherwise than before: ingest then reads unchanged files again."""

_SHEETS = frozenset({"xlsx", "xls", "odf", "csv"})
"""Formats in which offices keep lists with one unit a line."""


def read_reports(path: Path) -> list[Report]:
    """The reports in a file. Raise UnreadableDocument if it cannot be read or holds no report."""
    return read(path)[1]


def read(path: Path, name: str | None = None) -> tuple[Document, list[Report]]:
    """The document and its reports; `name` is how the file was called if `path` is a copy. Errors as read_reports."""
    document = read_document(path, name)
    if document.format in _SHEETS and (listed := _listed(document)):
        return document, listed
    texts = squeezed(document.blocks)
    parts = split_reports(document.blocks, texts)
    around = None if len(parts) == 1 else document.blocks[: parts[0][0].index]
    page = read_page(document, around, texts)
    found = [report for blocks in parts if (report := _read(document, blocks, page)) is not None]
    if not found:
        raise UnreadableDocument(
            "no_report",
            f"{document.name}: no report on information disclosure (neither its tables nor a title and text of one).",
        )
    return document, [replace(report, ordinal=ordinal) for ordinal, report in enumerate(found)]


def _read(document: Document, blocks: Sequence[Block], page: Page) -> Report | None:
    """The report that stands in `blocks` of a document; null if they hold none."""
    metadata = read_metadata(document, blocks, page)
    tables = read_tables(blocks, metadata.year)
    if not is_report(page.within(blocks), metadata, tables):
        return None
    narrative = read_narrative(blocks, metadata.year)
    report = _report(document, metadata, tables, resolve(metadata, document, blocks))
    figures, unproved = cautious(document, (*report.figures, *narrative.figures), tables.regime)
    pictures = unread(document) if tables.regime is None or tables.absent_tables else ()
    report = replace(report, figures=figures, doubts=(*report.doubts, *narrative.doubts, *unproved, *pictures))
    findings = find(report, tables, blocks)
    if document.recognised:
        # A misspelt word may be the recognition's.
        findings = tuple(replace(finding, doubtful=True) for finding in findings)
    return replace(report, findings=findings, passages=passages(report, blocks))


def _listed(document: Document) -> list[Report]:
    """The units of the Excel lists in a document, each as a report; none where it holds no list."""
    entries = read_unit_lists(document.blocks)
    if not entries:
        return []
    around = [block for block in document.blocks if block.kind is not Kind.TABLE]
    page = read_metadata(document, around)
    found = []
    for ordinal, entry in enumerate(entries):
        year = entry.year or page.year
        uncertain = () if year else (Doubt("year_uncertain", "none_named", evidence=(entry.evidence,)),)
        metadata = replace(
            page,
            title=entry.title,
            year=year,
            period=next((part for line in entry.around if (part := period_of(line.quote))), page.period),
            authors=(AuthorCandidate(entry.name, "title", entry.evidence), *_places(entry), *page.authors),
            sources=page.sources | ({"year": entry.year_evidence} if entry.year_evidence else {}),
            doubts=uncertain,
        )
        tables = TableReading(entry.regime, entry.figures, unmapped=entry.unmapped, doubts=entry.doubts)
        report = _report(document, metadata, tables, resolve(metadata, document, around))
        found.append(replace(report, listed=True, ordinal=ordinal, findings=find_in_list(report, tables)))
    return found


def _places(entry: UnitFigures) -> list[AuthorCandidate]:
    """The places named at the start of the lines above a list, where each can be but one."""
    found = []
    for line in entry.around:
        _, divisions = read_place(line.quote.strip())
        if len(divisions) == 1:
            found.append(AuthorCandidate(divisions[0].name, "publisher", line))
    return found


def _report(document: Document, metadata: Metadata, tables: TableReading, author: Author) -> Report:
    """A report with what its tables say."""
    places = (("agency", author.evidence), ("province", author.province_evidence))
    return Report(
        source=document.name,
        sha256=document.sha256,
        agency=author.agency,
        agency_as_printed=author.as_printed,
        publisher=metadata.publisher,
        year=metadata.year,
        period=metadata.period,
        kind=metadata.kind,
        stage=metadata.stage,
        scope=author.scope,
        regime=tables.regime,
        province=author.province,
        city=author.city,
        published_on=metadata.published_on,
        signed_on=metadata.signed_on,
        url=metadata.url,
        title=metadata.title,
        secondary_source=metadata.secondary_source,
        sources=metadata.sources | {field: place for field, place in places if place},
        figures=tables.figures,
        doubts=(*metadata.doubts, *author.doubts, *tables.doubts),
        unmapped=tables.unmapped,
        authors=metadata.authors if author.doubts else (),
    )
