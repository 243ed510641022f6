"""Which value of a row belongs to which column of the form: by the header's columns, by count, or by splitting cells.

Each way gives a candidate. Where candidates differ, the identities of the form decide (gongkai/parsing/tables.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.catalogue.forms import ColumnSpec
from gongkai.parsing.cells import CellValue, read_cell
from gongkai.parsing.form_labels import alike_labels, best_likeness
from gongkai.parsing.labels import NEAR
from gongkai.parsing.rows import Row, Token
from gongkai.records import Status

_HEADER_ROWS = 8
"""How many rows above a table's first row of values may be its heading."""

_FARTHEST = 60
"""Rows between a heading and a row under it."""

_FEWEST_NAMED = 4
"""So many headings one after another are the heading of a table, not words that happen to be like them."""

HeaderMap = dict[int, tuple[int, int]]
"""Per column of the form the grid columns [from, to) under its heading."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to place a row's values: per column of the form its token (null: no cell there) and what it says.

    `way`: header, count, named, split. `forced` counts the cells that did not simply fall into place, `gaps` the
    columns whose heading is there while the row has no cell under it.
    """

    way: str
    tokens: tuple[Token | None, ...]
    values: tuple[CellValue | None, ...]
    forced: int = 0
    gaps: int = 0

    @property
    def pattern(self) -> tuple[int | None, ...]:
        """In which columns of the report the cells stand."""
        return tuple(token.column if token else None for token in self.tokens)

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """The numbers alone."""
        return tuple(value.value if value else None for value in self.values)


class Headings:
    """Finds the headings above a table's rows; made once for all rows of a document."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """`rows` in reading order."""
        self._rows = rows
        self._without_numbers = [number for number, row in enumerate(rows) if not row.has_numbers]
        self._found: dict[tuple[object, ...], list[Row]] = {}

    def above(self, index: int, columns: Sequence[ColumnSpec]) -> list[Row]:
        """The nearest rows above row `index`, in the same block and without numbers, that hold the columns' headings
        (all levels)."""
        row, nearest = self._rows[index], bisect_left(self._without_numbers, index) - 1
        if nearest < 0 or index - self._without_numbers[nearest] > _FARTHEST:
            return []
        # Rows one after another have the same rows without numbers above them.
        key = (nearest, row.grid and row.block.index, *[column.labels for column in columns])
        if key not in self._found:
            self._found[key] = self._search(index, nearest, columns)
        return self._found[key]

    def _search(self, index: int, nearest: int, columns: Sequence[ColumnSpec]) -> list[Row]:
        row, misses = self._rows[index], 0
        needed = 2 if len(columns) >= _FEWEST_NAMED else 1
        found: list[Row] = []
        below = index
        for place in range(nearest, -1, -1):
            number = self._without_numbers[place]
            above = self._rows[number]
            if (row.grid and above.block is not row.block) or (found and number < below - 1):
                break
            if found or sum(is_heading(token, columns) for token in above.cells) >= needed:
                found.append(above)
                below = number
            elif not (above.values and above.names):  # a row of blanks is no heading, but a table may have many
                misses += 1
            if len(found) >= _HEADER_ROWS or misses >= _HEADER_ROWS:
                break
        return found[::-1]


def header_map(above: Sequence[Row], columns: Sequence[ColumnSpec]) -> HeaderMap:
    """Grid columns under the headings that name the form's columns; headings in two levels are read by their block."""
    found: HeaderMap = {}
    cells = [(token, alike) for row in above if row.grid for token in row.cells if (alike := alike_labels(token.text))]
    for number, column in enumerate(columns):
        spans = [
            (cell.column, cell.column + cell.colspan)
            for cell, alike in (cells if column.block else ())
            if not alike.keys().isdisjoint(column.block)
        ]
        best = 0.0
        for cell, alike in cells:
            if alike.keys().isdisjoint(column.labels):
                continue
            value = max([alike.get(label, 0.0) for label in column.labels])
            left, right = cell.column, cell.column + cell.colspan
            if value > best and (not column.block or any(low <= left and right <= high for low, high in spans)):
                best = value
                found[number] = (left, right)
    if len(set(found.values())) != len(found):
        return {}
    return found


def named_columns(texts: Sequence[str], columns: Sequence[ColumnSpec]) -> tuple[int, ...]:
    """The form's columns that headings name, if they name some and in the form's order; else none."""
    if len(texts) < _FEWEST_NAMED:
        return ()
    found: list[int] = []
    for text in texts:
        alike = alike_labels(text)
        if not alike:
            continue
        named = [number for number, column in enumerate(columns) if any(label in alike for label in column.labels)]
        if len(named) == 1:
            found.append(named[0])
    rising = all(one < other for one, other in pairwise(found))
    return tuple(found) if rising and _FEWEST_NAMED <= len(found) < len(columns) else ()


def candidates(
    row: Row, columns: Sequence[ColumnSpec], header: HeaderMap, named: Sequence[int] = (), signed: bool = False
) -> list[Candidate]:
    """The possible placements of a row's values, the most natural first. `named`: the columns that a table has whose
    cells stand under no heading."""
    found: list[Candidate] = []
    row = _with_unreadable(row, header)
    whole = len(row.values) == len(columns) and all(token.text.strip() for token in row.values)
    # Where a text only guesses at columns, a row with a value for each says more than its blanks.
    if row.grid and len(header) * 2 > len(columns) and (row.block.ruled or not whole) and not _under_label(row, header):
        found.append(_by_header(row, len(columns), header, signed))
        # A table may lack a column (总计 above all); its headings say so as long as no number stands beside them.
        complete = len(header) == len(columns) or (row.block.ruled and len(header) >= _FEWEST_NAMED)
        if complete and not found[0].forced and not found[0].gaps:
            return found
    found.extend(_by_count(row, len(columns), signed))
    filled = _filled(row.values)
    if named and len(filled) == len(named) and len(row.values) < len(columns):
        tokens: list[Token | None] = [None] * len(columns)
        for number, token in zip(named, filled, strict=True):
            tokens[number] = token
        found.append(_candidate("named", tokens, signed))
    split = _by_split(row, len(columns), signed)
    if split:
        found.append(split)
    return [
        candidate
        for number, candidate in enumerate(found)
        if any(candidate.tokens)
        and not any(
            _within(candidate, other) and (number > rank or not _within(other, candidate))
            for rank, other in enumerate(found)
            if rank != number
        )
    ]


def _under_heading(token: Token, header: HeaderMap) -> bool:
    return any(token.column < right and left < token.column + token.colspan for left, right in header.values())


def _under_label(row: Row, header: HeaderMap) -> bool:
    """Whether a row's label stands where a value should: the headings slipped (a blank before them is lost)."""
    return any(_under_heading(token, header) for token in row.labels)


def _with_unreadable(row: Row, header: HeaderMap) -> Row:
    """The row, with what stands behind its label and under a heading among its values: no number, but no label."""
    if not row.grid or not row.block.ruled or not row.values or not row.labels:
        return row
    if _under_heading(row.labels[0], header) or (row.labels[-1].text and alike_labels(row.labels[-1].text)):
        return row
    first = next((n for n, token in enumerate(row.labels) if _under_heading(token, header)), len(row.labels))
    return replace(row, labels=row.labels[:first], values=(*row.labels[first:], *row.values))


def _within(one: Candidate, other: Candidate) -> bool:
    """Whether `other` places every cell that `one` places, and reads the same there."""
    return one.forced >= other.forced and all(
        token is None or (there is not None and value == beside)
        for token, there, value, beside in zip(one.tokens, other.tokens, one.values, other.values, strict=True)
    )


def unit_of_header(above: Sequence[Row], column: ColumnSpec) -> str | None:
    """The unit that a heading prints in brackets (单位：万元), if any."""
    for row in above:
        for token in row.cells:
            if best_likeness(token.text, column.labels) >= NEAR:
                # A narrow heading breaks anywhere: 单位：万\n元.
                match = re.search(r"(万元|亿元|元)", "".join(token.text.split()))
                return match[1] if match else None
    return None


def is_heading(token: Token, columns: Sequence[ColumnSpec]) -> bool:
    """Whether a cell is the heading of one of the columns."""
    alike = alike_labels(token.text)
    return bool(alike) and any(not alike.keys().isdisjoint(column.labels) for column in columns)


def _read(token: Token | None, signed: bool) -> CellValue | None:
    if token is None:
        return None
    if signed:
        match = re.fullmatch(r"\s*(?P<sign>[增减+＋\-−－])\s*(?:加|少)?\s*(?P<rest>\d.*)", token.text)
        if match:
            value = read_cell(match["rest"])
            if value.value is not None and match["sign"] in "减-−－":
                return replace(value, value=-value.value)
            return value
    return read_cell(token.text)


def _candidate(way: str, tokens: Sequence[Token | None], signed: bool, forced: int = 0) -> Candidate:
    return Candidate(way, tuple(tokens), tuple(_read(token, signed) for token in tokens), forced)


def _by_header(row: Row, width: int, header: HeaderMap, signed: bool) -> Candidate:
    tokens: list[Token | None] = [None] * width
    taken: set[int] = set()
    at = {token.column: token for token in row.values if token.colspan == 1}
    for number, (left, right) in header.items():
        if number >= width:  # a heading for a column that this row does not print
            continue
        best, chosen = 0, at.get(left) if right - left == 1 else None
        for token in row.values if chosen is None else ():
            overlap = min(right, token.column + token.colspan) - max(left, token.column)
            if overlap > best and id(token) not in taken:
                best, chosen = overlap, token
        if chosen is not None:
            taken.add(id(chosen))
        tokens[number] = chosen
    read = [_read(token, signed) for token in tokens]
    unplaced = sum(1 for token in row.values if id(token) not in taken and read_cell(token.text).value is not None)
    gaps = sum(1 for number in header if number < width and tokens[number] is None)
    return Candidate("header", tuple(tokens), tuple(read), unplaced, gaps)


def _by_count(row: Row, width: int, signed: bool) -> list[Candidate]:
    values = list(row.values)
    if len(values) < width:
        filled = _filled(values)
        # Fewer cells than columns say nothing about which one is missing, unless it is the one column that is wanted.
        return [_candidate("count", filled[:1], signed)] if width == 1 and filled else []
    spare = len(values) - width
    if not spare:
        return [_candidate("count", values, signed)]
    found = []
    # Spare cells: blank ones in front (of a spanned label) or behind (of a wider table), or both; then any others.
    if not _filled(values[width:]):
        found.append(_candidate("count", values[:width], signed))
    # Text that has lost its spans has none in front.
    if not _filled(values[:spare]) and row.grid and (row.block.ruled or not found):
        found.append(_candidate("count", values[spare:], signed))
    if not found and len(_filled(values)) == width:
        found.append(_candidate("count", _filled(values), signed, forced=1))
    if not found:
        found.append(_candidate("count", values[:width], signed, forced=spare))
        if row.grid:
            found.append(_candidate("count", values[-width:], signed, forced=spare))
    return found


def _filled(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.text.strip()]


def _by_split(row: Row, width: int, signed: bool) -> Candidate | None:
    """Cells that hold several numbers ("21 0") taken apart, if that gives exactly as many values as columns."""
    pieces: list[Token] = []
    forced = 0
    for token in row.values:
        parts = token.text.split()
        if len(parts) > 1 and all(read_cell(part).status is Status.REPORTED for part in parts):
            forced += 1
            pieces.extend(replace(token, text=part) for part in parts)
        elif token.text.strip():
            pieces.append(token)
    if not forced or len(pieces) != width:
        return None
    return _candidate("split", pieces, signed, forced)
