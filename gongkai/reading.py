"""A file becomes Reports with their findings: documents, parsing, agencies and checks, one after another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gongkai.agencies.authors import resolve
from gongkai.checks.single import find
from gongkai.documents.model import Document
from gongkai.documents.reader import read_document
from gongkai.errors import UnreadableDocument
from gongkai.parsing.metadata import read_metadata
from gongkai.parsing.metadata_model import Metadata
from gongkai.parsing.narrative import read_narrative
from gongkai.parsing.tables import TableReading, read_tables
from gongkai.records import Report

PARSER_VERSION = "1"
"""Raised whenever the same file may be read otherwise than before: ingest then reads unchanged files again."""

_SUBJECTS = ("信息公开", "政务公开")
_REPORT_WORDS = ("报告", "年报", "总结", "自查", "情况", "汇报", "要点落实")


def read_reports(path: Path) -> list[Report]:
    """The reports in a file. Raise UnreadableDocument if it cannot be read or holds no report."""
    return read(path)[1]


def read(path: Path, name: str | None = None) -> tuple[Document, list[Report]]:
    """The document and its reports; `name` is how the file was called if `path` is a copy. Errors as read_reports."""
    document = read_document(path, name)
    blocks = document.blocks
    metadata = read_metadata(document, blocks)
    tables = read_tables(blocks, metadata.year)
    if not _is_report(document, metadata, tables):
        raise UnreadableDocument(
            "no_report",
            f"{document.name}: no report on information disclosure (neither its tables nor its title).",
        )
    narrative = read_narrative(blocks, metadata.year)
    author = resolve(metadata, document)
    places = (("agency", author.evidence), ("province", author.province_evidence))
    report = Report(
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
        figures=(*tables.figures, *narrative.figures),
        doubts=(*metadata.doubts, *author.doubts, *tables.doubts, *narrative.doubts),
        unmapped=tables.unmapped,
    )
    return document, [replace(report, findings=find(report, tables, blocks))]


def _is_report(document: Document, metadata: Metadata, tables: TableReading) -> bool:
    """Whether a document is a report at all: it has a statutory table, or a title and text on disclosure."""
    if tables.regime is not None:
        return True
    head = "".join((metadata.title or "", *(block.text[:200] for block in document.blocks[:20])))
    speaks = any(document.text.count(subject) >= 2 for subject in _SUBJECTS)
    return speaks and any(subject in head for subject in _SUBJECTS) and any(word in head for word in _REPORT_WORDS)
