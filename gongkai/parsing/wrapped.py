"""Labels broken over several lines, with the row's values beside one of them: put together where that gives a label.

Text that keeps a page's lines (pdftotext -layout, unruled tables) has "（一）主动公开  条  7" above "政府信息数".
Lines are joined only to a label that is a form's own, letter by letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from gongkai.parsing.form_labels import BEHIND_GROUP, alike_labels, is_whole_label
from gongkai.parsing.labels import LONGEST
from gongkai.parsing.rows import UNITS, Row, same_grid

_MOST_LINES = 6
"""How many lines above, and how many below, a label may be broken over."""


def with_whole_labels(rows: Sequence[Row]) -> list[Row]:
    """The rows, those whose label is broken over lines with the whole label."""
    columns = _LabelColumns(rows)
    found = []
    for number, row in enumerate(rows):
        if row.has_numbers and not _is_whole(row):
            above, own, below = _in_grid(rows, number, columns) if row.grid else _in_text(rows, number)
            label = _joined(above, own, below)
            found.append(replace(row, label=label) if label else row)
        else:
            found.append(row)
    return found


def with_rows_joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of a table that a page's end has broken in two put together: the label goes on in the next row,
    and each cell has its figure in one of them."""
    found: list[Row] = []
    for row in rows:
        joined = _in_one(found[-1], row) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(row)
    return found


def _in_one(row: Row, other: Row) -> Row | None:
    if not (row.grid and other.grid and row.labels and other.labels and row.values):
        return None
    if len(row.values) != len(other.values) or not same_grid(row.block, other.block):
        return None
    pairs = list(zip(row.values, other.values, strict=True))
    # Nearly all rows end here: full ones stand one above the other.
    if any(one.text.strip() and beside.text.strip() for one, beside in pairs):
        return None
    text = row.labels[-1].text + other.labels[-1].text
    if not is_whole_label(text):
        return None
    whole = [is_whole_label(one.labels[-1].text) for one in (row, other)]
    # A short form of the label (上年结转) alone, with figures beside it, is a row.
    if all(whole) or (any(whole) and any(token.text.strip() for token in row.values)):
        return None
    values = tuple(beside if beside.text.strip() else one for one, beside in pairs)
    return replace(row, values=values, label=text)


def _is_whole(row: Row) -> bool:
    return any(value >= BEHIND_GROUP for _, _, value in row.names.values())


def _joined(above: Sequence[str], own: str, below: Sequence[str]) -> str:
    """The fewest lines (nearest first) that together are a label; "" where none are."""
    for lines in range(1 if own else 2, len(above) + len(below) + 1):
        # A label that stands below the values alone is the next row's.
        for count in range(min(lines, len(above)), -1 if own else 0, -1):
            if lines - count > len(below):
                break
            text = "".join((*reversed(above[:count]), own, *below[: lines - count]))
            if len(text) <= LONGEST and max(alike_labels(text).values(), default=0.0) >= BEHIND_GROUP:
                return text
    return ""


def _in_text(rows: Sequence[Row], number: int) -> tuple[list[str], str, list[str]]:
    """Words before a row's values, and those behind them, which stand first among the next row's."""
    own = [token.text for token in rows[number].labels]
    following = rows[number + 1] if number + 1 < len(rows) and not rows[number + 1].grid else None
    below = [token.text for token in following.labels[:_MOST_LINES]] if following else []
    return own[: -_MOST_LINES - 1 : -1], "", below


def _in_grid(rows: Sequence[Row], number: int, columns: _LabelColumns) -> tuple[list[str], str, list[str]]:
    """What stands in the column of labels on the lines without numbers around a row."""
    row = rows[number]
    span = columns.of(row.block.index)
    if span is None:
        return [], "", []
    own = "".join(_texts(row, span))
    return _around(rows, number, -1, span), own, _around(rows, number, 1, span)


def _around(rows: Sequence[Row], number: int, step: int, span: tuple[int, int]) -> list[str]:
    texts: list[str] = []
    place = number + step
    while 0 <= place < len(rows) and len(texts) < _MOST_LINES:
        row = rows[place]
        # A label with blank cells is a row of its own.
        if row.block is not rows[number].block or row.values:
            break
        texts.extend(_texts(row, span))
        place += step
    return texts


def _texts(row: Row, span: tuple[int, int]) -> list[str]:
    return [
        token.text
        for token in row.labels
        if token.text.strip() and token.column < span[1] and span[0] < token.column + token.colspan
    ]


class _LabelColumns:
    """Finds the columns in which most labels of a table stand, for tables with lines without numbers."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """All rows of a document."""
        self._rows = rows
        self._found: dict[int, tuple[int, int] | None] = {}

    @cached_property
    def _by_block(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self._rows:
            if row.grid:
                found.setdefault(row.block.index, []).append(row)
        return found

    def of(self, block: int) -> tuple[int, int] | None:
        """The grid columns [from, to) of a table by the number of its block; null where no label is broken."""
        if block not in self._found:
            self._found[block] = self._search(self._by_block[block])
        return self._found[block]

    @staticmethod
    def _search(rows: Sequence[Row]) -> tuple[int, int] | None:
        if not any(row.labels and not row.has_numbers for row in rows):
            return None
        counts: Counter[tuple[int, int]] = Counter()
        for row in rows:
            labels = [token for token in row.labels if token.text.strip() not in UNITS] if row.has_numbers else []
            if labels:
                last = labels[-1]
                counts[last.column, last.column + last.colspan] += 1
        return max(sorted(counts), key=lambda span: (counts[span], span[0])) if counts else None
