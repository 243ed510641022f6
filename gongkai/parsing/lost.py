"""Rows and columns of the forms that were not found although something stands where they should: named in a doubt.

What is surely not printed (the rows around it stand one below the other) is the report's matter; what may be there and
was not read is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.catalogue.forms import FormTable, RowSpec
from gongkai.parsing.rows import Row
from gongkai.records import Doubt, Evidence

_BEYOND = 3
"""So many rows before a table's first row found, or behind its last, may be rows of it."""


def lost_rows(rows: Sequence[Row], table: FormTable, places: Mapping[str, int], gone: frozenset[str]) -> list[Doubt]:
    """Doubts about rows of a table that are missing while rows that none of the form's names stand in their place.

    `places`: per row found (by key) its number; `gone`: rows that another row stands for.
    """
    doubts = []
    used = set(places.values())
    run: list[RowSpec] = []
    last: int | None = None
    for spec in (*(spec for spec in table.rows if not spec.variant and spec.key not in gone), None):
        if spec is not None and spec.key not in places:
            run.append(spec)
            continue
        here = places[spec.key] if spec is not None else None
        if run and (between := _between(rows, last, here, used, len(run))):
            detail = "、".join(one.labels[0] for one in run if one.labels)
            doubts.append(Doubt("values_unplaced", detail, tuple(one.key for one in run), tuple(between)))
        run, last = [], here
    return doubts


def _between(
    rows: Sequence[Row], before: int | None, after: int | None, used: set[int], missing: int
) -> list[Evidence]:
    """Where the values stand of rows between two rows found that are themselves none; nothing without any."""
    if before is None and after is None:
        return []
    reach = missing + _BEYOND
    if before is not None and after is not None:
        numbers = range(before + 1, after)
    elif before is not None:
        numbers = range(before + 1, min(before + 1 + reach, len(rows)))
    else:
        numbers = range(max(0, (after or 0) - reach), after or 0)
    block = rows[before if before is not None else after or 0].block
    inner = before is not None and after is not None
    return [
        token.evidence()
        for number in numbers
        if number not in used and (inner or (rows[number].grid and rows[number].block is block))
        for token in rows[number].values
        if rows[number].has_numbers and token.text.strip()
    ]


def lost_columns(table: FormTable, found: Sequence[RowSpec]) -> list[Doubt]:
    """The doubt about columns of table 4, printed in parts, of which only some were found."""
    metrics = {column.metric for spec in found for column in spec.columns}
    lost = tuple(column.metric for column in table.rows[0].columns if column.metric not in metrics)
    return [Doubt("values_unplaced", "", lost)] if lost and not table.rows[0].labels else []
