"""Tables of which a text has one cell a line and a blank line for each blank cell: rows found by counting.

Where every cell has a text, nothing is done here: a reader of meaning puts labels and figures together by itself. But
"12", five blank cells, "12" are five empty lines between two figures, and only here is that still to be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gongkai.documents.model import Cell
from gongkai.documents.text_bars import is_value

LONGEST_CELL = 60
"""A longer line is a paragraph."""

FEWEST_ROWS = 3
"""So many rows in a row must have the same number of values and blanks to prove that blanks are counted rightly."""

FEWEST_VALUES = 3
"""With fewer values a row, agreement proves nothing."""


@dataclass(slots=True)
class _Row:
    """A row: its labels with their line numbers, its values with "" for blanks, and the line after it."""

    labels: list[tuple[int, str]]
    values: list[str] = field(default_factory=list)
    end: int = 0


@dataclass(frozen=True, slots=True)
class CellTable:
    """A table found in lines [start, end)."""

    start: int
    end: int
    cells: tuple[Cell, ...]


def find_tables(lines: Sequence[str]) -> list[CellTable]:
    """Return the tables with blank cells that a text has one cell a line, in order."""
    tables: list[CellTable] = []
    for first, last in _stretches(lines):
        # A blank cell is one empty line more than usual, or two: whichever makes more rows agree.
        tables.extend(
            max(
                (_tables(_rows(lines, first, last, unit)) for unit in (1, 2)),
                key=lambda found: sum(len(table.cells) for table in found),
            )
        )
    return tables


def _tables(rows: Sequence[_Row]) -> list[CellTable]:
    return [table for group in _groups(rows) if (table := _table(group)) is not None]


def _stretches(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of short lines without tabs and bars, some of them values, at which blank lines are worth counting."""
    stretches: list[tuple[int, int]] = []
    start = 0
    for number in range(len(lines) + 1):
        text = lines[number].strip() if number < len(lines) else None
        if text is not None and len(text) <= LONGEST_CELL and "\t" not in text and "|" not in text:
            continue
        if sum(is_value(line.strip()) for line in lines[start:number]) >= FEWEST_VALUES:
            stretches.append((start, number))
        start = number + 1
    return stretches


def _rows(lines: Sequence[str], first: int, last: int, unit: int) -> list[_Row]:
    """Gather labels and what follows them up to the next label; `unit` empty lines are a blank cell."""
    filled = [number for number in range(first, last) if lines[number].strip()]
    gaps = [after - number - 1 for number, after in pairwise(filled)]
    if not gaps:
        return []
    usual = Counter(gaps).most_common(1)[0][0]
    rows: list[_Row] = []
    for number, gap in zip(filled, [*gaps, last - filled[-1] - 1], strict=True):
        text = lines[number].strip()
        value = is_value(text)
        if not value and (not rows or rows[-1].values):
            rows.append(_Row([]))
        if not rows:
            continue
        if value:
            rows[-1].values.append(text)
        else:
            rows[-1].labels.append((number, text))
        rows[-1].end = number + 1
        if gap > usual:
            rows[-1].values.extend([""] * ((gap - usual) // unit))
    return rows


def _groups(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Neighbouring rows with the same number of values. Where a table ends, its last row may seem to have more."""
    groups: list[list[_Row]] = [[]]
    for row in rows:
        size = len(groups[-1][0].values) if groups[-1] else len(row.values)
        if len(groups[-1]) >= FEWEST_ROWS and len(row.values) > size and not any(row.values[size:]):
            groups[-1].append(replace(row, values=row.values[:size]))
            groups.append([])
        elif len(row.values) == size:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _table(rows: Sequence[_Row]) -> CellTable | None:
    size = len(rows[0].values) if rows else 0
    if len(rows) < FEWEST_ROWS or size < FEWEST_VALUES or not any("" in row.values for row in rows):
        return None
    # Before the first row stands the heading, a cell a line as well: only the line above the values is its label.
    labels = [rows[0].labels[-1:], *(row.labels for row in rows[1:])]
    depth = max(map(len, labels))
    cells: list[Cell] = []
    for number, (row, own) in enumerate(zip(rows, labels, strict=True)):
        cells.extend(Cell(number, depth - len(own) + place, text) for place, (_, text) in enumerate(own))
        cells.extend(Cell(number, depth + place, text) for place, text in enumerate(row.values))
    return CellTable(labels[0][0][0], rows[-1].end, tuple(cells))
