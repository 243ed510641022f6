"""Reports printed in two forms at once: a table of the old form whose rows partly bear the headings of the new one.

Units went on using old templates for years and changed single parts of them. A row belongs to the form that its own
headings name; its label alone does not tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from gongkai.catalogue.forms import ColumnSpec, FormTable, RowSpec, forms
from gongkai.parsing.alignment import Match
from gongkai.parsing.form_labels import best_likeness
from gongkai.parsing.labels import EXACT
from gongkai.parsing.rows import Row

_NEAREST = 16
"""How many words or cells before a row's label its headings are looked for among."""


def as_headed(rows: Sequence[Row], matches: Sequence[Match], table: FormTable) -> tuple[list[Match], frozenset[str]]:
    """The matches with the row of another form where the headings are that form's; and the keys of rows so replaced."""
    found: list[Match] = []
    replaced: set[str] = set()
    for match in matches:
        others = _rivals(table.name).get(match.spec.key, ())
        spec = max((match.spec, *others), key=lambda spec: _named(rows, match.row, spec)) if others else match.spec
        if spec is match.spec:
            found.append(match)
            continue
        replaced.add(match.spec.key)
        found.append(replace(match, spec=spec))
    return found, frozenset(replaced)


@cache
def _rivals(name: str) -> Mapping[str, tuple[RowSpec, ...]]:
    """Per row (by its key) of the forms' tables called `name` the rows of other forms with the same label."""
    tables = [table for form in forms().values() if (table := form.table(name))]
    return {
        spec.key: tuple(
            other for rival in tables if rival is not table for other in rival.rows if _same_row(other, spec)
        )
        for table in tables
        for spec in table.rows
    }


def _same_row(one: RowSpec, other: RowSpec) -> bool:
    """Whether two forms print a row of the same label with other columns."""
    if [column.metric for column in one.columns] == [column.metric for column in other.columns]:
        return False
    return not set(one.labels).isdisjoint(other.labels)


def _named(rows: Sequence[Row], index: int, spec: RowSpec) -> tuple[int, float]:
    """How many of a row's columns the nearest headings above it name, and what share of them."""
    texts = _headings(rows, index, spec.columns)
    named = sum(any(best_likeness(text, column.labels) >= EXACT for text in texts) for column in spec.columns)
    return named, named / len(spec.columns)


def _headings(rows: Sequence[Row], index: int, columns: Sequence[ColumnSpec]) -> list[str]:
    """The words above a row back to the figures before them: of the nearest row that has words which are no label."""
    number = index
    while number >= 0:
        row = rows[number]
        texts = [token.text for token in row.labels]
        # A row's own label stands last among its words; in running text its headings stand before it.
        above = texts[:-1] if row.has_numbers else texts
        if len(above) >= 2:
            return above[-_NEAREST:]
        number -= 1
    return []
