"""The same tables printed more than once: last year's report appended to a page, or the annex of the organ itself and
of all units together.

Copies are known by the first rows of the forms' tables, which come again, or by the rows of the annex, which begin
anew. The first copy is the report; of the annex every copy is, and its caption says whose figures it gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.catalogue.forms import forms
from gongkai.parsing.columns import Headings
from gongkai.parsing.form_labels import whole_labels
from gongkai.parsing.labels import bare
from gongkai.parsing.placing import Placed, placed
from gongkai.parsing.rows import Row

ANNEX = "annex"

_FALL = 24
"""So many places back in the form: the annex begins anew, rows in another order do not go so far."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The report's own rows, and those of each further copy of its annex."""

    own: list[Row]
    others: list[list[Row]]


def copies(rows: list[Row]) -> Copies:
    """Part the rows of a document: of parts with the same tables, the first that is not much smaller is the report."""
    parts = list(_parts(rows))
    if len(parts) == 1:
        return Copies(rows, [])
    tables = [{table.name: len(matches) for table, matches in _fullest(part)} for part in parts]
    sizes = [sum(counts.values()) for counts in tables]
    own = next(number for number, size in enumerate(sizes) if size * 2 >= max(sizes))
    kept: list[Row] = []
    others: list[list[Row]] = []
    for number, (part, names) in enumerate(zip(parts, tables, strict=True)):
        if number == own or names.keys().isdisjoint(tables[own]):
            kept.extend(part)
        elif ANNEX in names and ANNEX in tables[own] and names[ANNEX] * 2 >= tables[own][ANNEX]:
            others.append(part)
    return Copies(kept, others)


def _fullest(part: list[Row]) -> Placed:
    """The tables of the form of which a part holds most rows."""
    return max(
        (tables for _, tables in placed(part, Headings(part))),
        key=lambda tables: sum(len(matches) for _, matches in tables),
    )


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    """The document cut where the first row of a table comes again, or the rows of the annex begin anew."""
    seen: set[tuple[str, ...]] = set()
    start, last, farthest = 0, 0, 0
    for number, row in enumerate(rows):
        named = [labels for text in row.printed_labels[:3] if (labels := whole_labels(text))] if row.values else []
        if not named:
            continue
        first, place = _first_row(named), _annex_place(named) if row.has_numbers else None
        if first is None and place is None:
            continue
        if first in seen or (place is not None and place + _FALL <= farthest):
            cut = _begin(rows, max(start, last), number)
            if cut > start:
                yield rows[start:cut]
                start, seen, farthest = cut, set(), 0
        if first is not None:
            seen.add(first)
        if place is not None:
            last, farthest = number, max(farthest, place)
    yield rows[start:]


def _begin(rows: Sequence[Row], last: int, number: int) -> int:
    """Where the part begins whose first row known is `number`; row `last` still belongs to the part before."""
    row = rows[number]
    if not row.grid:
        return number
    # A ruled table belongs to its part with its heading.
    for place in range(last + 1, number):
        if rows[place].block is row.block and (rows[last].block is not row.block or _is_heading(rows[place])):
            return place
    return number if rows[last].block is row.block else next(n for n in range(number + 1) if rows[n].block is row.block)


def _is_heading(row: Row) -> bool:
    return any(bare(token.text) in ("统计指标", "统计数") for token in row.cells)


def _first_row(named: Sequence[frozenset[str]]) -> tuple[str, ...] | None:
    """The labels of the table whose first row a row is, of which `named` are the whole labels; null for any other."""
    return next((own for own in _first_labels() if not all(labels.isdisjoint(own) for labels in named)), None)


@cache
def _first_labels() -> Sequence[tuple[str, ...]]:
    return tuple(
        dict.fromkeys(
            table.rows[0].labels for form in forms().values() for table in form.tables if table.rows[0].labels
        )
    )


def _annex_place(named: Sequence[frozenset[str]]) -> int | None:
    """Which row of the annex a row with the whole labels `named` is, if they say so and no other row of the forms has
    them."""
    known = _annex_places()
    for labels in named:
        places = {known[label] for label in labels if label in known}
        if len(places) == 1:
            return places.pop()
    return None


@cache
def _annex_places() -> Mapping[str, int]:
    """Per label that one row of the annex has, and no row or column of another table, the number of that row."""
    rows = [
        (bare(label), label, (table.name, number))
        for form in forms().values()
        for table in form.tables
        for number, row in enumerate(table.rows)
        for label in row.labels
    ]
    owners: dict[str, set[tuple[str, int]]] = {}
    for text, _, owner in rows:
        owners.setdefault(text, set()).add(owner)
    return {label: owner[1] for text, label, owner in rows if owner[0] == ANNEX and len(owners[text]) == 1}
