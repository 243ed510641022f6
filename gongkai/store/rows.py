"""Reports as rows of the store: ids from content, and batches that go in through Arrow."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.records import Evidence, Finding, Report
from gongkai.store.publish import sql

ID_LENGTH = 16
"""Hex digits of an id. 64 bits: among a million reports, a collision is less likely than one in 30 million."""


def report_id(collection: str, sha256: str, ordinal: int) -> str:
    """The id of a report: the same file in the same collection always has the same one."""
    return _digest(collection, sha256, str(ordinal))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of an agency beside its name: where it stands. Null is unknown."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    level: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as the store knows it; `scope` (organ, whole) is what it reports on."""

    id: str
    name: str
    place: Place
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a manifest says of a file: the fields it fills (see manifest.py), where, and a digest of the row."""

    values: dict[str, Any] = field(default_factory=dict)
    line: int = 0
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report on its way into the store, with what the report itself does not know."""

    report: Report
    collection: str
    format: str
    agency: Agency | None
    parser_version: str
    stated: Stated = Stated()
    uncertain: bool = False
    """Whether a person has to confirm the agency."""
    candidates: tuple[tuple[Any, ...], ...] = ()
    """The rows of `author_candidate`."""

    @property
    def id(self) -> str:
        """The report's id."""
        return report_id(self.collection, self.report.sha256, self.report.ordinal)


_TEXT, _INTEGER, _TRUTH, _DOUBLE, _DATE = pa.string(), pa.int32(), pa.bool_(), pa.float64(), pa.date32()

SCHEMAS: dict[str, pa.Schema] = {
    "report": pa.schema(
        [
            *((name, _TEXT) for name in ("report_id", "collection", "sha256")),
            ("ordinal", _INTEGER),
            *((name, _TEXT) for name in ("source", "format", "agency_id", "agency", "agency_as_printed", "publisher")),
            *((name, _TEXT) for name in ("agency_read", "province_read", "city_read")),
            ("year", _INTEGER),
            *((name, _TEXT) for name in ("period", "kind", "stage", "scope", "regime", "province", "city", "county")),
            *((name, _TEXT) for name in ("agency_level", "agency_kind")),
            ("published_on", _DATE),
            ("signed_on", _DATE),
            ("url", _TEXT),
            ("title", _TEXT),
            ("received_on", _DATE),
            ("reviewer", _TEXT),
            ("contact", _TEXT),
            ("sender", _TEXT),
            *((name, _TRUTH) for name in ("secondary_source", "listed")),
            *((name, _TRUTH) for name in ("year_uncertain", "agency_uncertain", "withdrawn")),
            *((name, _TEXT) for name in ("standing", "standing_reason", "parser_version", "manifest_digest")),
            ("run", _INTEGER),
        ]
    ),
    "metadata_source": pa.schema(
        [
            *((name, _TEXT) for name in ("report_id", "field", "origin", "quote")),
            *((name, _INTEGER) for name in ("block", "page", "start_at", "end_at")),
        ]
    ),
    "figure": pa.schema(
        [
            ("report_id", _TEXT),
            ("position", _INTEGER),
            ("metric", _TEXT),
            ("applicant", _TEXT),
            ("value", _DOUBLE),
            ("status", _TEXT),
            ("unit", _TEXT),
            ("approximate", _TRUTH),
            ("method", _TEXT),
            ("scope", _TEXT),
            ("confidence", _DOUBLE),
        ]
    ),
    "evidence": pa.schema(
        [
            ("report_id", _TEXT),
            ("position", _INTEGER),
            ("quote", _TEXT),
            *((name, _INTEGER) for name in ("block", "page", "start_at", "end_at", "table_no", "row_no", "column_no")),
            ("box", pa.list_(_DOUBLE)),
            ("url", _TEXT),
        ]
    ),
    "finding": pa.schema(
        [
            *((name, _TEXT) for name in ("report_id", "check_code", "severity")),
            ("metrics", pa.list_(_TEXT)),
            *((name, _TEXT) for name in ("expected", "found", "detail", "evidence")),
            ("doubtful", _TRUTH),
        ]
    ),
    "doubt": pa.schema(
        [
            *((name, _TEXT) for name in ("report_id", "reason", "detail")),
            ("metrics", pa.list_(_TEXT)),
            ("evidence", _TEXT),
        ]
    ),
    "author_name": pa.schema(
        [("report_id", _TEXT), ("position", _INTEGER), *((name, _TEXT) for name in ("role", "name", "quote"))]
    ),
    "author_candidate": pa.schema(
        [
            ("report_id", _TEXT),
            ("position", _INTEGER),
            *((name, _TEXT) for name in ("agency_id", "agency")),
            ("score", _DOUBLE),
            ("likely", _TRUTH),
            ("reasons", _TEXT),
        ]
    ),
    "unmapped": pa.schema(
        [("report_id", _TEXT), ("label", _TEXT), ("cell_values", pa.list_(_TEXT)), ("evidence", _TEXT)]
    ),
    "passage": pa.schema(
        [
            ("report_id", _TEXT),
            *((name, _INTEGER) for name in ("position", "section", "block", "start_at", "end_at")),
            ("masked", _TEXT),
            ("digest", pa.int64()),
        ]
    ),
    "ingest_failure": pa.schema(
        [("run", _INTEGER), *((name, _TEXT) for name in ("source", "sha256", "reason", "message"))]
    ),
}
"""The columns in which a batch carries the rows of each table."""

_INSERT = {table: "INSERT INTO store." + table + " BY NAME FROM batch" for table in SCHEMAS}


class Batch:
    """Rows on their way into a draft. `store` writes and empties it, so memory does not grow with the files."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.figures = 0
        self._columns: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS}

    def add(self, arrival: Arrival) -> None:
        """Add a report and all it holds. Its standing is decided at publish."""
        report, id_ = arrival.report, arrival.id
        self._columns["report"].append(self._report(arrival))
        for name, evidence in sorted(report.sources.items()):
            place = (evidence.block, evidence.page, evidence.start, evidence.end)
            self._columns["metadata_source"].append((id_, name, "document", evidence.quote, *place))
        for name, value in sorted(arrival.stated.values.items()):
            self._columns["metadata_source"].append((id_, name, "manifest", str(value), None, None, None, None))
        for position, figure in enumerate(report.figures):
            self._columns["figure"].append(
                (
                    id_,
                    position,
                    figure.metric,
                    figure.applicant,
                    figure.value,
                    str(figure.status),
                    figure.unit,
                    figure.approximate,
                    str(figure.method),
                    figure.scope,
                    figure.confidence,
                )
            )
            self._columns["evidence"].append((id_, position, *_evidence_row(figure.evidence)))
        self.figures += len(report.figures)
        for finding in report.findings:
            self._columns["finding"].append(finding_row(id_, finding))
        for doubt in report.doubts:
            evidence_ = _evidence_json(doubt.evidence)
            self._columns["doubt"].append((id_, doubt.reason, doubt.detail, list(doubt.metrics), evidence_))
        for position, passage in enumerate(report.passages):
            where = (passage.section, passage.block, passage.start, passage.end)
            self._columns["passage"].append((id_, position, *where, passage.masked, passage.digest))
        for position, one in enumerate(report.authors):
            self._columns["author_name"].append((id_, position, one.role, one.name, one.evidence.quote))
        self._columns["author_candidate"] += arrival.candidates
        for row in report.unmapped:
            evidence_ = _evidence_json((row.evidence,))
            self._columns["unmapped"].append((id_, row.label, list(row.values), evidence_))

    def fail(self, source: str, sha256: str | None, reason: str, message: str) -> None:
        """Record a file that could not be read."""
        self._columns["ingest_failure"].append((self.run, source, sha256, reason, message))

    def store(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write all rows into the attached draft and forget them. Earlier readings of the same files are replaced."""
        self._replace(connection)
        for table, rows in self._columns.items():
            if not rows:
                continue
            schema = SCHEMAS[table]
            columns = zip(*rows, strict=True)
            arrays = [pa.array(column, type_.type) for column, type_ in zip(columns, schema, strict=True)]
            connection.register("batch", pa.Table.from_arrays(arrays, schema=schema))
            connection.execute(_INSERT[table])
            connection.unregister("batch")
            rows.clear()
        self.figures = 0

    def _replace(self, connection: duckdb.DuckDBPyConnection) -> None:
        files = {(row[1], row[2]) for row in self._columns["report"]}
        if not files:
            return
        columns = map(list, zip(*sorted(files), strict=True))
        connection.register(
            "batch_file", pa.table(dict(zip(("collection", "sha256"), map(list, columns), strict=True)))
        )
        connection.execute(sql("replaced"))
        connection.unregister("batch_file")
        if connection.execute("SELECT count(*) FROM replaced_report").fetchall() != [(0,)]:
            connection.execute(sql("replace"))

    def _report(self, arrival: Arrival) -> tuple[Any, ...]:
        report, agency, stated = arrival.report, arrival.agency, arrival.stated
        # Without an agency, what the report says of its place is all there is.
        place = agency.place if agency else Place(report.province, report.city)
        reasons = {finding.check for finding in report.findings} | {doubt.reason for doubt in report.doubts}
        return (
            arrival.id,
            arrival.collection,
            report.sha256,
            report.ordinal,
            report.source,
            arrival.format,
            agency.id if agency else None,
            agency.name if agency else None,
            report.agency_as_printed,
            report.publisher,
            report.agency,
            report.province,
            report.city,
            report.year,
            report.period,
            report.kind,
            report.stage,
            report.scope,
            report.regime,
            place.province,
            place.city,
            place.county,
            place.level,
            place.kind,
            report.published_on,
            report.signed_on,
            report.url,
            report.title,
            _date(stated, "received_on"),
            stated.values.get("reviewer"),
            stated.values.get("contact"),
            stated.values.get("sender"),
            report.secondary_source,
            report.listed,
            "year_uncertain" in reasons and "year" not in stated.values,
            arrival.uncertain,
            False,
            "new",
            None,
            arrival.parser_version,
            stated.digest,
            self.run,
        )


def finding_row(report: str, finding: Finding) -> tuple[Any, ...]:
    """A finding of a report (its id) as a row of the table."""
    return (
        report,
        finding.check,
        finding.severity,
        list(finding.metrics),
        finding.expected,
        finding.found,
        json.dumps(finding.detail, ensure_ascii=False, sort_keys=True),
        _evidence_json(finding.evidence),
        finding.doubtful,
    )


def _date(stated: Stated, name: str) -> date | None:
    value = stated.values.get(name)
    return value if isinstance(value, date) else None


def _evidence_row(evidence: Evidence) -> tuple[Any, ...]:
    return (
        evidence.quote,
        evidence.block,
        evidence.page,
        evidence.start,
        evidence.end,
        evidence.table,
        evidence.row,
        evidence.column,
        None if evidence.box is None else list(evidence.box),
        evidence.url,
    )


def _evidence_json(evidence: tuple[Evidence, ...]) -> str:
    """Evidence as a JSON array of objects without their empty fields."""
    entries = [{key: value for key, value in asdict(entry).items() if value is not None} for entry in evidence]
    return json.dumps(entries, ensure_ascii=False, sort_keys=True)
