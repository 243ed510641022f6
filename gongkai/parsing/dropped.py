"""The table of applications in a text that dropped its blank cells: which rows the sums of the columns prove.

A row whose values stand under headings, with gaps, is proved when its columns add up with the gaps as zeros. A row
whose columns are not known is solved (gongkai/parsing/solving.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.catalogue.identities import TOLERANCE
from gongkai.catalogue.metrics import APPLICANTS
from gongkai.parsing.cells import read_cell
from gongkai.parsing.rows import Token
from gongkai.parsing.solving import OpenRow, solve
from gongkai.records import Status

Numbers = Sequence[float | None]
"""Per column of the table the number in it."""

_RECEIVED = ("applications.new", "applications.carried_in")
_CLOSED = "applications.closed"
_CARRIED_OUT = "applications.carried_out"
_FLOW = (*_RECEIVED, _CLOSED, _CARRIED_OUT)

_WIDTH = len(APPLICANTS)


@dataclass(frozen=True, slots=True)
class Proof:
    """`proved`: metrics of placed rows whose columns all add up; `solved`: per metric of an open row the columns of
    its tokens (null: not known)."""

    proved: frozenset[str]
    solved: Mapping[str, tuple[Token | None, ...]]


def prove(placed: Mapping[str, Numbers], open_rows: Mapping[str, Sequence[Token]]) -> Proof:
    """Check and solve a table: `placed` rows with their numbers, and the values of rows whose columns are not known,
    both by metric. Blank cells count as zeros here, and here alone."""
    solved: dict[str, tuple[Token | None, ...]] = {}
    proved: set[str] = set()
    if _CLOSED not in placed and _CLOSED not in open_rows:
        return Proof(frozenset(), {})
    inner = [metric for metric in (*placed, *open_rows) if metric not in _FLOW]
    groups: list[tuple[list[str], Callable[[str], int]]] = [
        ([*inner, _CLOSED], lambda metric: -1 if metric == _CLOSED else 1),
        (
            [metric for metric in _FLOW if metric in placed or metric in open_rows],
            lambda m: 1 if m in _RECEIVED else -1,
        ),
    ]
    for metrics, sign in groups:
        sums = [0.0] * _WIDTH
        for metric in metrics:
            for column, number in enumerate(placed.get(metric, ())):
                sums[column] += sign(metric) * (number or 0.0)
        left = [metric for metric in metrics if metric in open_rows]
        if left:
            _solve(left, sign, sums, open_rows, solved)
        else:
            proved.update(metric for metric in metrics if _adds_up(placed[metric], sums))
    return Proof(frozenset(proved), solved)


def _adds_up(numbers: Numbers, sums: Sequence[float]) -> bool:
    """Whether a row's own sum and those of all columns in which it has a figure hold."""
    filled = [column for column, number in enumerate(numbers) if number]
    own = sum(number or 0.0 for number in numbers[:-1])
    return (
        bool(filled)
        and abs(own - (numbers[-1] or 0.0)) <= TOLERANCE
        and all(abs(sums[column]) <= TOLERANCE for column in filled)
    )


def _solve(
    left: Sequence[str],
    sign: Callable[[str], int],
    sums: Sequence[float],
    open_rows: Mapping[str, Sequence[Token]],
    solved: dict[str, tuple[Token | None, ...]],
) -> None:
    rows: list[tuple[str, OpenRow]] = []
    for metric in left:
        values = [read_cell(token.text) for token in open_rows[metric]]
        numbers = tuple(value.value or 0.0 for value in values)
        if any(value.status is Status.UNREADABLE for value in values):
            return
        if any(numbers):
            rows.append((metric, OpenRow(numbers, sign(metric))))
    found = solve([row for _, row in rows], sums) if rows else None
    for (metric, _), placement in zip(rows, found or (), strict=False):
        if placement and metric not in solved:
            tokens: list[Token | None] = [None] * _WIDTH
            for number, column in placement.items():
                tokens[column] = open_rows[metric][number]
            solved[metric] = tuple(tokens)
