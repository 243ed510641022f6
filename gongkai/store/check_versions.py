"""What two versions of a report differ by, for the checks: figures by their cells, the wording by its sentences."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from gongkai.checks.across.versions import Difference
from gongkai.checks.passages import is_prose
from gongkai.checks.version_figures import Statement, compare_figures
from gongkai.checks.version_text import ParagraphChange, compare_documents
from gongkai.errors import WorkspaceError
from gongkai.store.archive import Archive

_FIGURES = """
SELECT metric, applicant, value, status, method, scope, confidence FROM figure
WHERE report_id = $report AND method = 'table' ORDER BY position
"""
_REPORT = """
SELECT sha256, parser_version, scope, count(*) OVER (PARTITION BY sha256, collection)
FROM report WHERE sha256 = (SELECT sha256 FROM report WHERE report_id = $report)
QUALIFY report_id = $report
"""


def differences(
    cursor: duckdb.DuckDBPyConnection, archive: Archive, pairs: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Difference]:
    """For each pair of reports (earlier, later), how the later one differs.

    Wording is only compared where a document holds one report alone; where the archive has none, figures are all.
    """
    return {pair: _difference(cursor, archive, *pair) for pair in pairs}


def _difference(cursor: duckdb.DuckDBPyConnection, archive: Archive, before: str, after: str) -> Difference:
    scopes, documents = [], []
    for report in (before, after):
        (sha256, version, scope, reports) = cursor.execute(_REPORT, {"report": report}).fetchall()[0]
        scopes.append(scope)
        try:
            documents.append(archive.load_document(sha256, version) if reports == 1 else None)
        except WorkspaceError:
            documents.append(None)
    changes = compare_figures(
        _statements(cursor, before), _statements(cursor, after), scope_before=scopes[0], scope_after=scopes[1]
    )
    one, other = documents
    text = one is not None and other is not None and any(map(_counts, compare_documents(one, other)))
    return Difference(
        tuple(dict.fromkeys((change.metric, change.applicant) for change in changes)),
        text,
        any(change.doubtful for change in changes),
    )


def _counts(change: ParagraphChange) -> bool:
    """Whether the report's wording changed; titles and signatures come and go with the format."""
    return change.counts and any(side is not None and is_prose(side.text) for side in (change.before, change.after))


def _statements(cursor: duckdb.DuckDBPyConnection, report: str) -> list[Statement]:
    rows = cursor.execute(_FIGURES, {"report": report}).fetchall()
    return [
        Statement(metric, applicant, value, status, method, scope, confidence)
        for metric, applicant, value, status, method, scope, confidence in rows
    ]
