"""What changed in the figures between two versions of a report. Pure: statements in, changes out.

A version states one thing often twice, in a table and in a sentence, and a figure may be read from either. So a
statement counts as kept where the other version gives the same value for the same metric, applicant and scope anywhere;
what is left is paired, table with table and sentence with sentence first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.records import CONFIDENT, Figure, Method, Status

OWN = ""
"""The scope of a statement about what the whole report is about."""

_ORDER = {str(Method.TABLE): 0, str(Method.NARRATIVE): 1, str(Method.IMPORTED): 2}
_TOLERANCE = 1e-9
"""Relative: two values that differ less were computed differently, not stated differently."""


class Change(StrEnum):
    """What happened to a figure: `status` where a number became a blank, a "/" or unreadable, or the reverse."""

    VALUE = "value"
    STATUS = "status"
    APPEARED = "appeared"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure as a version states it. `value` is in the catalogue's unit, null unless `status` is reported.

    `scope` (organ, whole) only where the sentence or table names it itself; `key` names the figure for whoever wants to
    show its place (the store's figure_id) and is never compared.
    """

    metric: str
    applicant: str
    value: float | None
    status: str = "reported"
    method: str = "table"
    scope: str | None = None
    confidence: float = 1.0
    key: str = ""

    @property
    def sure(self) -> bool:
        """Whether our reading of it is beyond doubt."""
        return self.confidence >= CONFIDENT and self.status != Status.UNREADABLE


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that differs; `before` is null where it appeared, `after` where it vanished.

    `scope` is OWN, or organ or whole where the words name another scope than the report's. `doubtful`: one side rests
    on a reading in doubt, so the change may be ours and must not go out.
    """

    change: Change
    metric: str
    applicant: str
    scope: str
    before: Statement | None
    after: Statement | None

    @property
    def doubtful(self) -> bool:
        """Whether one of the sides is in doubt."""
        return any(side is not None and not side.sure for side in (self.before, self.after))


def statements(figures: Iterable[Figure]) -> list[Statement]:
    """A report's figures as statements; `key` is the figure's position."""
    return [
        Statement(
            figure.metric,
            figure.applicant,
            figure.value,
            str(figure.status),
            str(figure.method),
            figure.scope,
            figure.confidence,
            str(position),
        )
        for position, figure in enumerate(figures)
    ]


def compare_figures(
    before: Iterable[Statement],
    after: Iterable[Statement],
    *,
    scope_before: str | None = None,
    scope_after: str | None = None,
    order: Mapping[str, int] | None = None,
) -> list[FigureChange]:
    """The figures that differ, in the order of `order` (metric code → position), then of the codes.

    `scope_before` and `scope_after` are the reports' own scopes: a statement that names that very scope is the
    report's own. Where one version does not say its scope, it is taken to be the other's. A figure that is `absent` is
    not stated.
    """
    old = _by_cell(before, scope_before or scope_after)
    new = _by_cell(after, scope_after or scope_before)
    places = order or {}
    cells = sorted(old.keys() | new.keys(), key=lambda cell: (places.get(cell[0], len(places)), cell))
    return [
        change
        for metric, applicant, scope in cells
        for change in _changes(
            metric, applicant, scope, old.get((metric, applicant, scope), []), new.get((metric, applicant, scope), [])
        )
    ]


def _by_cell(found: Iterable[Statement], own: str | None) -> dict[tuple[str, str, str], list[Statement]]:
    cells: dict[tuple[str, str, str], list[Statement]] = {}
    for each in found:
        if each.status == Status.ABSENT:
            continue
        scope = OWN if each.scope is None or each.scope == own else each.scope
        cell = cells.setdefault((each.metric, each.applicant, scope), [])
        # A table that is printed twice says its figures once.
        if not any(_same(each, other) and each.method == other.method for other in cell):
            cell.append(each)
    for cell in cells.values():
        cell.sort(key=lambda each: (each.status != Status.REPORTED, _ORDER.get(each.method, len(_ORDER))))
    return cells


def _changes(
    metric: str, applicant: str, scope: str, before: Sequence[Statement], after: Sequence[Statement]
) -> list[FigureChange]:
    pairs: list[tuple[Statement | None, Statement | None]] = []
    lost, gained = [], []
    for method in dict.fromkeys(each.method for each in (*before, *after)):
        here = [each for each in before if each.method == method]
        there = [each for each in after if each.method == method]
        gone = [each for each in here if not any(_same(each, other) for other in there)]
        come = [each for each in there if not any(_same(each, other) for other in here)]
        shared = min(len(gone), len(come))
        pairs += zip(gone[:shared], come[:shared], strict=True)
        # What the other version says elsewhere with the same value is no news.
        lost += [each for each in gone[shared:] if not any(_same(each, other) for other in after)]
        gained += [each for each in come[shared:] if not any(_same(each, other) for other in before)]
    shared = min(len(lost), len(gained))
    pairs += zip(lost[:shared], gained[:shared], strict=True)
    pairs += [(each, _instead(each, after)) for each in lost[shared:]]
    pairs += [(_instead(each, before), each) for each in gained[shared:]]
    return [FigureChange(_kind(old, new), metric, applicant, scope, old, new) for old, new in pairs]


def _instead(each: Statement, others: Sequence[Statement]) -> Statement | None:
    """What the other version says instead of a statement that has no partner; null where it is only one fewer."""
    return None if any(other.method == each.method for other in others) else next(iter(others), None)


def _same(one: Statement, other: Statement) -> bool:
    if one.status != other.status:
        return False
    if one.value is None or other.value is None:
        return one.value is other.value
    return abs(one.value - other.value) <= _TOLERANCE * max(1.0, abs(one.value), abs(other.value))


def _kind(before: Statement | None, after: Statement | None) -> Change:
    if before is None:
        return Change.APPEARED
    if after is None:
        return Change.VANISHED
    return Change.VALUE if before.status == after.status else Change.STATUS
