"""Rows of the table of applications whose blank cells a text has dropped: placed where the identities prove it.

"（一）予以公开 3 3" does not say which kind of applicant the first 3 belongs to. With blanks as zeros, a row's last
value is its total, and each column adds up to its own; where every solution puts a value in the same column, it stands
there.
Zeros and rows of zeros are never placed: sums do not tell where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from gongkai.catalogue.identities import TOLERANCE

MOST_NODES = 30_000
"""Steps of the search; a table that needs more stays in doubt."""

MOST_SOLUTIONS = 200
"""With more solutions, nothing but the totals would be common to all."""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row with values whose columns are not known. `sign`: +1 where it adds to its columns' sums, -1 where they are
    what it states (the row of totals)."""

    numbers: tuple[float, ...]
    sign: int


Placement = Mapping[int, int]
"""Per value of a row (by its number) the column in which it stands, for the values that are proved."""


def solve(rows: Sequence[OpenRow], sums: Sequence[float]) -> list[Placement] | None:
    """Where the rows' values stand, so that for each column sums[column] plus the rows' own values is zero.

    The last column is the total of the others, in every row. Return, per row, the placements common to all solutions,
    or the totals alone if the search is too long; null where there is no solution.
    """
    width = len(sums)
    options = [list(_placements(row.numbers, width)) for row in rows]
    if not all(options) or abs(sums[-1] + sum(row.sign * row.numbers[-1] for row in rows)) > TOLERANCE:
        return None
    order = sorted(range(len(rows)), key=lambda number: (rows[number].sign, len(options[number]), number))
    search = _Search([rows[number] for number in order], [options[number] for number in order], sums)
    search.run(0, list(sums))
    if search.exhausted:
        return [{len(row.numbers) - 1: width - 1} for row in rows]
    if not search.solutions:
        return None
    found: list[Placement] = [{}] * len(rows)
    for rank, number in enumerate(order):
        first, *others = [solution[rank] for solution in search.solutions]
        found[number] = {
            value: column for value, column in first.items() if all(other.get(value) == column for other in others)
        }
    return found


class _Search:
    """A depth-first search for the placements of rows, one after another."""

    def __init__(self, rows: Sequence[OpenRow], options: Sequence[Sequence[Placement]], sums: Sequence[float]) -> None:
        self._rows = rows
        self._sums = sums
        self._options = options
        self._taken: list[Placement] = []
        self._nodes = 0
        self.solutions: list[list[Placement]] = []
        self.exhausted = False
        self._most = self._most_left()

    def _most_left(self) -> list[list[tuple[float, float]]]:
        """Per row and column the least and the most that it and the rows after it can add to the column's sum."""
        most = [[(0.0, 0.0)] * len(self._sums)]
        for row, options in zip(reversed(self._rows), reversed(self._options), strict=True):
            bounds = []
            for column, (low, high) in enumerate(most[-1]):
                added = [0.0] + [
                    row.sign * row.numbers[value] for option in options for value, at in option.items() if at == column
                ]
                bounds.append((low + min(added), high + max(added)))
            most.append(bounds)
        return most[::-1]

    def run(self, number: int, sums: list[float]) -> None:
        """Place row `number` and those after it."""
        self._nodes += 1
        if self._nodes > MOST_NODES or len(self.solutions) > MOST_SOLUTIONS:
            self.exhausted = True
            return
        for value, (low, high) in zip(sums, self._most[number], strict=True):
            if value + low > TOLERANCE or value + high < -TOLERANCE:
                return
        if number == len(self._rows):
            self.solutions.append(list(self._taken))
            return
        row = self._rows[number]
        for placement in self._options[number]:
            rest = list(sums)
            for value, column in placement.items():
                rest[column] += row.sign * row.numbers[value]
            self._taken.append(placement)
            self.run(number + 1, rest)
            self._taken.pop()
            if self.exhausted:
                return


def _placements(numbers: Sequence[float], width: int) -> Iterator[Placement]:
    """The ways to place a row's values other than zeros from left to right, with room for the zeros between them."""
    last = len(numbers) - 1
    filled = [number for number, value in enumerate(numbers[:-1]) if value]
    if len(numbers) < 2 or not filled or len(numbers) > width or abs(sum(numbers[:-1]) - numbers[-1]) > TOLERANCE:
        return
    for columns in combinations(range(width - 1), len(filled)):
        before, place = -1, -1
        for number, column in zip((*filled, last), (*columns, width - 1), strict=True):
            if column - place < number - before:
                break
            before, place = number, column
        else:
            yield {**dict(zip(filled, columns, strict=True)), last: width - 1}
