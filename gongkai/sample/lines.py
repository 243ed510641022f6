"""Records as lines of CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence


def as_csv(columns: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV below their headings (null: without them)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    if columns is not None:
        writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def as_line(values: dict[str, object]) -> str:
    """A record as a line of JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
