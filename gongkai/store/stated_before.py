"""What was stated of a file when it first came: it stays when the file is read again without its manifest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import duckdb

from gongkai.store.rows import Stated

_SAID = """
SELECT DISTINCT report.sha256, report.manifest_digest, source.field, source.quote
FROM store.report AS report JOIN store.metadata_source AS source USING (report_id)
WHERE report.collection = $collection AND source.origin = 'manifest'
    AND report.sha256 IN (SELECT unnest($files))
ORDER BY ALL
"""


def stated_before(connection: duckdb.DuckDBPyConnection, collection: str, files: Collection[str]) -> dict[str, Stated]:
    """What a manifest said of `files` (sha256) of a collection, by file, as the attached `store` holds it."""
    found: dict[str, Stated] = {}
    asked = {"collection": collection, "files": sorted(files)}
    for sha256, digest, name, text in connection.execute(_SAID, asked).fetchall():
        stated = found.setdefault(sha256, Stated({}, 0, digest))
        stated.values[name] = _value(name, text)
    return found


def _value(name: str, text: str) -> Any:
    """A value as the manifest gave it; texts are what the store keeps (rows.py writes them)."""
    if name == "year":
        return int(text)
    return date.fromisoformat(text) if name.endswith("_on") else text
