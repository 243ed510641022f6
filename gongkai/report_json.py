"""A report as one JSON object: what `parse --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from gongkai.records import PLAIN_FIELDS, Evidence, Figure, Report


def to_json(report: Report) -> dict[str, Any]:
    """The report's fields, figures, findings and doubts as plain JSON values; dates as YYYY-MM-DD."""
    plain = {field: _date(getattr(report, field)) for field in PLAIN_FIELDS}
    return plain | {
        "sources": {field: _evidence(place) for field, place in report.sources.items()},
        "figures": [_figure(figure) for figure in report.figures],
        "findings": [asdict(found) | {"evidence": [_evidence(e) for e in found.evidence]} for found in report.findings],
        "doubts": [asdict(doubt) | {"evidence": [_evidence(e) for e in doubt.evidence]} for doubt in report.doubts],
        "unmapped": [asdict(row) | {"evidence": _evidence(row.evidence)} for row in report.unmapped],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"evidence": _evidence(figure.evidence)}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {key: value for key, value in asdict(evidence).items() if value is not None}


def _date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
