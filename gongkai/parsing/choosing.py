"""Which of the possible placements of a table's rows is right: the one under which most identities hold.

A row alone is decided by its own total, rows together by their columns. What the identities do not decide stays in
doubt (gongkai/parsing/tables.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from gongkai.catalogue.identities import Outcome, places
from gongkai.parsing.columns import Candidate

Cell = tuple[str, str]
"""Metric and applicant."""

_ROUNDS = 2
"""A row's own total decides nearly always, the columns decide what is left."""

_PATTERNS = 8
"""So many ways of placing all rows alike are tried: a table that is shifted is shifted in every row."""


class Choice:
    """The placement taken for each row of a table, and whether the identities prove it."""

    def __init__(self, cells: Sequence[Sequence[Cell]], options: Sequence[Sequence[Candidate]], regime: str) -> None:
        """`cells`: per row the figures of its columns; `options`: per row its possible placements, at least one."""
        self._cells = cells
        self._options = options
        self.chosen = [0] * len(options)
        self._values: dict[Cell, float | None] = {}
        for number in range(len(options)):
            self._take(number, 0)
        self._places = places(frozenset(metric for row in cells for metric, _ in row), regime)
        self._failed: dict[int, list[int]] = {}
        """Per row with several placements how many identities fail under each."""

        self._tied: frozenset[int] = frozenset()
        """Rows that another placement of the whole table reads differently while as many identities hold."""

        self._choose()

    def _take(self, number: int, choice: int) -> None:
        self.chosen[number] = choice
        option = self._options[number][choice]
        for cell, token, value in zip(self._cells[number], option.tokens, option.values, strict=True):
            self._values[cell] = value.value if token is not None and value is not None else None

    @cached_property
    def _places_of(self) -> Mapping[Cell, Sequence[int]]:
        """Per cell the places (by number) of the identities that it stands in."""
        found: dict[Cell, list[int]] = {}
        for number, place in enumerate(self._places):
            for cell in place.cells:
                found.setdefault(cell, []).append(number)
        return found

    def _outcomes(self, row: int) -> Iterator[Outcome]:
        for number in sorted({number for cell in self._cells[row] for number in self._places_of.get(cell, ())}):
            outcome = self._places[number].outcome(self._values)
            if outcome:
                yield outcome

    def _choose(self) -> None:
        open_rows = [number for number, options in enumerate(self._options) if len(options) > 1]
        self._start(open_rows)
        for _ in range(_ROUNDS if open_rows else 0):
            for number in open_rows:
                scores = []
                for choice, candidate in enumerate(self._options[number]):
                    self._take(number, choice)
                    outcomes = list(self._outcomes(number))
                    failed = sum(not outcome.holds for outcome in outcomes)
                    empty = sum(token is None for token in candidate.tokens)
                    scores.append((failed, empty, candidate.forced, -len(outcomes), choice))
                self._failed[number] = [score[0] for score in scores]
                self._take(number, min(scores)[-1])

    def _start(self, open_rows: Sequence[int]) -> None:
        """Begin with the pattern of columns that, taken in every row that has it, fails fewest identities."""
        patterns: dict[tuple[int | None, ...], dict[int, int]] = {}
        # Rows that a text has shifted, each by itself, have nothing in common but the way to read them.
        ways: dict[str, dict[int, int]] = {}
        for number in open_rows:
            for choice, candidate in enumerate(self._options[number]):
                patterns.setdefault(candidate.pattern, {}).setdefault(number, choice)
                ways.setdefault(candidate.way, {}).setdefault(number, choice)
        common = [taken for taken in patterns.values() if len(taken) * 2 > len(open_rows)][:_PATTERNS]
        common += [taken for taken in ways.values() if len(taken) * 2 > len(open_rows) and taken not in common]
        if len(common) < 2:
            return
        scores = []
        for rank, taken in enumerate(common):
            for number in open_rows:
                self._take(number, taken.get(number, 0))
            outcomes = [outcome for place in self._places if (outcome := place.outcome(self._values))]
            failed = sum(not outcome.holds for outcome in outcomes)
            scores.append((failed, failed - len(outcomes), rank))
        (*score, first), (*other, second) = sorted(scores)[:2]
        if score == other:
            self._tied = self._differing(common[first], common[second])
        best = common[first]
        for number in open_rows:
            self._take(number, best.get(number, 0))

    def _differing(self, one: Mapping[int, int], other: Mapping[int, int]) -> frozenset[int]:
        """The rows that two patterns read differently."""
        return frozenset(
            number
            for number in one.keys() & other.keys()
            if self._options[number][one[number]].numbers != self._options[number][other[number]].numbers
        )

    def is_proved(self, number: int) -> bool:
        """Whether identities hold for a row that fail if it is placed in another way."""
        concerned = list(self._outcomes(number))
        own, options = self.chosen[number], self._options[number]
        if number in self._tied or not concerned or not all(outcome.holds for outcome in concerned):
            return False
        # Sums of zeros hold wherever the zeros stand.
        if options[own].forced and not any(outcome.left for outcome in concerned):
            return False
        # Nor do those of a placement that leaves figures out, where another places them all.
        if options[own].forced and any(not other.forced and None not in other.tokens for other in options):
            return False
        failed = self._failed.get(number, [0] * len(options))
        return all(
            other.numbers == options[own].numbers or count > failed[own]
            for other, count in zip(options, failed, strict=True)
        )
