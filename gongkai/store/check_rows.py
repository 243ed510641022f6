"""Findings across reports as rows of the table cross_finding, with the places of both sides.

`evidence` is a JSON array of objects: side (this, other, part, ledger), report_id, agency_id, year, metric, applicant,
value and the place as a finding of one report has it (quote, block, page, start, end, table, row, column, box); for
words side, report_id and the place. What is null is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from gongkai.checks.across.model import CellRef, CrossFinding, LedgerRef, PassageRef
from gongkai.documents.model import Document
from gongkai.errors import WorkspaceError
from gongkai.parsing.spans import evidence as place_in
from gongkai.store.archive import Archive
from gongkai.store.check_frames import Frames
from gongkai.store.reader import Reader

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("collection", "agency_id")),
        ("year", pa.int32()),
        *((name, pa.string()) for name in ("check_code", "severity")),
        ("metrics", pa.list_(pa.string())),
        *((name, pa.string()) for name in ("applicant", "expected", "found", "detail", "evidence")),
        ("doubtful", pa.bool_()),
        *((name, pa.string()) for name in ("report_id", "other_report_id", "other_agency_id")),
        ("other_year", pa.int32()),
    ]
)
_PLACE = {
    "quote": "quote",
    "block": "block",
    "page": "page",
    "start_at": "start",
    "end_at": "end",
    "table_no": "table",
    "row_no": "row",
    "column_no": "column",
    "box": "box",
    "url": "url",
}
_CELLS = pa.schema(
    [
        ("number", pa.int64()),
        ("unit", pa.string()),
        ("year", pa.int32()),
        *((name, pa.string()) for name in ("scope", "metric", "applicant", "report")),
    ]
)


def rows(found: Sequence[CrossFinding], collection: str, frames: Frames, reader: Reader, archive: Archive) -> pa.Table:
    """The rows of all findings, in their order."""
    places = _places(found, frames)
    documents = _Documents(found, reader, archive)
    number = 0
    plain = []
    for one in found:
        shown = []
        for cell in one.cells:
            shown.append(_cell(cell, places.get(number, {})))
            number += 1
        shown += [_passage(passage, documents) for passage in one.passages]
        shown += [_said(ledger) for ledger in one.ledgers]
        plain.append(
            {
                "collection": collection,
                "agency_id": one.unit,
                "year": one.year,
                "check_code": one.check,
                "severity": one.severity,
                "metrics": list(one.metrics),
                "applicant": one.applicant,
                "expected": one.expected,
                "found": one.found,
                "detail": json.dumps(one.detail, ensure_ascii=False, sort_keys=True),
                "evidence": json.dumps(shown, ensure_ascii=False, sort_keys=True),
                "doubtful": one.doubtful,
                "report_id": one.report,
                "other_report_id": one.other_report,
                "other_agency_id": one.other_unit,
                "other_year": one.other_year,
            }
        )
    return pa.Table.from_pylist(plain, SCHEMA)


def _places(found: Iterable[CrossFinding], frames: Frames) -> dict[int, dict[str, Any]]:
    cells = [cell for one in found for cell in one.cells]
    if not cells:
        return {}
    columns = [
        (n, cell.unit, cell.year, cell.scope, cell.metric, cell.applicant, cell.report) for n, cell in enumerate(cells)
    ]
    arrays = [pa.array(values, type_.type) for values, type_ in zip(zip(*columns, strict=True), _CELLS, strict=True)]
    asked = pa.Table.from_arrays(arrays, schema=_CELLS)
    return {row["number"]: row for row in frames.places(asked)}


def _cell(cell: CellRef, place: dict[str, Any]) -> dict[str, Any]:
    said = {
        "side": cell.side,
        "report_id": place.get("report_id") or cell.report,
        "agency_id": cell.unit,
        "year": cell.year,
        "metric": cell.metric,
        "applicant": cell.applicant,
        "value": place.get("value") if cell.value is None else cell.value,
    }
    said |= {name: place.get(column) for column, name in _PLACE.items()}
    return {name: value for name, value in said.items() if value is not None}


def _passage(passage: PassageRef, documents: _Documents) -> dict[str, Any]:
    document = documents.of(passage.report)
    place = passage.place
    blocks = document.blocks if document else ()
    block = next((one for one in blocks if one.index == place.block), None)
    if block is not None and place.start is not None and place.end is not None:
        # With its words, and on a PDF with its page and rectangle.
        place = place_in(block, place.start, place.end)
    said = {"side": passage.side, "report_id": passage.report, **asdict(place)}
    return {name: value for name, value in said.items() if value is not None}


def _said(ledger: LedgerRef) -> dict[str, Any]:
    about = {"side": "ledger", "agency_id": ledger.unit, "year": ledger.year}
    return {**about, "metric": ledger.metric, "applicant": "all", "value": ledger.value}


class _Documents:
    """The read blocks of the last few reports: findings on the same report stand together."""

    def __init__(self, found: Iterable[CrossFinding], reader: Reader, archive: Archive) -> None:
        reports = sorted({passage.report for one in found for passage in one.passages})
        asked = "SELECT report_id, sha256, parser_version FROM report WHERE report_id IN (SELECT unnest($reports))"
        rows = reader.cursor().execute(asked, {"reports": reports}).fetchall() if reports else []
        self._files = {report: (sha256, version) for report, sha256, version in rows}
        self._archive = archive
        self._held: dict[str, Document | None] = {}

    def of(self, report: str) -> Document | None:
        """The document of a report; null where the archive has none."""
        if report not in self._held:
            if len(self._held) > _HELD:
                self._held.pop(next(iter(self._held)))
            self._held[report] = self._load(report)
        return self._held[report]

    def _load(self, report: str) -> Document | None:
        try:
            return self._archive.load_document(*self._files[report]) if report in self._files else None
        except WorkspaceError:
            return None


_HELD = 50
