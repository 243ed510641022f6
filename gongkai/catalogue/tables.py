"""Load a CSV of the catalogue into typed rows; a mistake names file, line and field."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from gongkai.errors import CatalogueError


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a UTF-8 CSV that has exactly `columns`; raise CatalogueError otherwise."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) != columns:
                raise CatalogueError(f"{path.name}: columns are {reader.fieldnames}, expected {list(columns)}")
            for row in reader:
                if None in row or None in row.values():
                    raise CatalogueError(f"{path.name}, line {reader.line_num}: wrong number of fields")
                yield reader.line_num, {key: value.strip() for key, value in row.items()}
    except OSError as error:
        raise CatalogueError(f"{path.name}: cannot be read ({error.strerror})") from error


def choice(path: Path, line: int, field: str, value: str, allowed: frozenset[str]) -> str:
    """Return `value` if it is allowed; raise CatalogueError naming file, line and field otherwise."""
    if value not in allowed:
        raise CatalogueError(f"{path.name}, line {line}, {field}: {value!r} is not one of {sorted(allowed)}")
    return value
