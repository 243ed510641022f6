"""Tables of applications that are turned on their side or cut into two halves: put upright and together.

Only the geometry of the tokens changes; their evidence stays that of the printed cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from gongkai.catalogue.forms import forms
from gongkai.documents.model import Block
from gongkai.parsing.form_labels import BEHIND_GROUP, alike_labels, is_label
from gongkai.parsing.labels import likeness
from gongkai.parsing.rows import Row, Token

_FEWEST_LABELS = 6
"""So many labels of the table's rows side by side show that it is turned; one above another, that it stands."""

_SAME = 0.8
"""Share of the labels that two halves of a table print alike, misprints aside."""


def is_turned(block: Block) -> bool:
    """Whether a table has the labels of the form's rows as its columns."""
    if block.columns < _FEWEST_LABELS:
        return False
    in_row: dict[int, int] = {}
    in_column: dict[int, int] = {}
    for cell in block.cells:
        if _is_rows_label(cell.text):
            in_row[cell.row] = in_row.get(cell.row, 0) + 1
            in_column[cell.column] = in_column.get(cell.column, 0) + 1
    most = max(in_row.values(), default=0)
    return most >= _FEWEST_LABELS and most > max(in_column.values(), default=0)


def with_halves_joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of a table whose right columns stand in a further table below joined with their left ones."""
    printed = [row.printed_labels[0] for row in rows if row.grid and row.values and row.printed_labels]
    # Two halves print the same labels.
    if len(printed) - len(set(printed)) < _SAME * _FEWEST_LABELS:
        return list(rows)
    if sum(any(label in row.names for label in _first_row()) for row in rows if row.grid) < 2:
        return list(rows)
    parts = [part for part in _parts(rows) if part.named >= _FEWEST_LABELS]
    joined: dict[int, Row] = {}
    gone: set[int] = set()
    for left, right in pairwise(parts):
        if left.numbers.isdisjoint(gone) and left.continues_in(right):
            joined.update(left.joined(right))
            gone |= right.numbers
    return [joined.get(number, row) for number, row in enumerate(rows) if number not in gone]


def _parts(rows: Sequence[Row]) -> list[_Part]:
    """The tables, cut where a heading follows figures (text has lost where one ends)."""
    found: list[_Part] = []
    for number, row in enumerate(rows):
        if not row.grid:
            continue
        columns = () if row.has_numbers else _columns_named(row)
        if not found or found[-1].block is not row.block or (columns and found[-1].named):
            found.append(_Part(row.block))
        found[-1].add(number, row, columns)
    return found


class _Part:
    """A table, or a part of one, with its heading and its rows of the form, each with its number in the document."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.numbers: set[int] = set()
        self.rows: list[tuple[int, Row]] = []
        self.named = 0
        self.columns: set[int] = set()
        self.heading: tuple[int, Row] | None = None

    def add(self, number: int, row: Row, columns: Sequence[int]) -> None:
        """Add a row that names `columns` of the form."""
        self.numbers.add(number)
        text = next(iter(row.printed_labels), "")
        if columns:
            self.columns.update(columns)
            self.heading = number, row
        elif row.values and text:
            self.rows.append((number, row))
            self.named += _names_a_row(text)

    def continues_in(self, other: _Part) -> bool:
        """Whether `other` has the same rows and exactly the columns that this one lacks."""
        wide = self._width() + other._width()
        return (
            bool(self.columns and other.columns)
            and max(self.columns) < min(other.columns)
            and wide == len(self.columns) + len(other.columns) == len(_columns())
            and len(self.rows) == len(other.rows)
            and sum(one.printed_labels[0] == beside.printed_labels[0] for one, beside in self._beside(other))
            >= _SAME * len(self.rows)
        )

    def _beside(self, other: _Part) -> Iterator[tuple[Row, Row]]:
        return ((one, beside) for (_, one), (_, beside) in zip(self.rows, other.rows, strict=True))

    def _width(self) -> int:
        return max(len(row.values) for _, row in self.rows)

    def joined(self, other: _Part) -> dict[int, Row]:
        """This table's rows by number, with the cells of `other` behind their own."""
        pairs = zip(self.rows, other.rows, strict=True)
        found = {
            number: replace(row, values=(*row.values, *self._behind(beside.values)))
            for (number, row), (_, beside) in pairs
        }
        if self.heading and other.heading:
            number, row = self.heading
            found[number] = replace(row, labels=(*row.labels, *self._behind(other.heading[1].cells)))
        return found

    def _behind(self, tokens: Sequence[Token]) -> list[Token]:
        return [replace(token, column=token.column + self.block.columns) for token in tokens]


def _columns_named(row: Row) -> list[int]:
    """Which columns of the form a row names."""
    texts = [alike_labels(token.text) for token in row.cells]
    return [number for number, labels in enumerate(_columns()) if any(not labels.isdisjoint(alike) for alike in texts)]


@lru_cache(maxsize=50_000)
def _is_rows_label(text: str) -> bool:
    return is_label(text) and _names_a_row(text)


def _names_a_row(text: str) -> bool:
    labels = _row_labels()
    return any(value >= BEHIND_GROUP and label in labels for label, value in alike_labels(text).items())


@cache
def _row_labels() -> frozenset[str]:
    return frozenset(
        label
        for form in forms().values()
        if (table := form.table("applications"))
        for row in table.rows
        for label in row.labels
        if not any(likeness(label, heading) for headings in _columns() for heading in headings)
    )


@cache
def _first_row() -> tuple[str, ...]:
    table = next(table for form in forms().values() if (table := form.table("applications")))
    return table.rows[0].labels


@cache
def _columns() -> tuple[frozenset[str], ...]:
    """The labels of each column of the table, from left to right."""
    table = next(table for form in forms().values() if (table := form.table("applications")))
    return tuple(frozenset(column.labels) for column in table.rows[0].columns)
