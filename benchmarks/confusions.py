"""What was taken for what: the likely cause of a figure that is not the truth's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SAME = 1e-6
Stated = Mapping[tuple[str, str], Sequence[float]]
"""(metric, applicant) → the values that the truth gives it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A figure that was read: where it was put, and its value."""

    metric: str
    applicant: str
    value: float


def cause_of_cell(place: Place, stated: Stated) -> str:
    """Why a cell may hold a wrong figure: another row's, another column's, digits lost or joined, another scope."""
    own = list(stated.get((place.metric, place.applicant), ()))
    if any(abs(value - place.value) < _SAME for value in own):
        return "other scope"
    below = [metric for (metric, who), values in stated.items() if who == place.applicant and _holds(values, place)]
    beside = [who for (metric, who), values in stated.items() if metric == place.metric and _holds(values, place)]
    digits = [value for value in own if _digits(value, place.value)]
    if digits:
        return "digits lost or joined"
    if not own and not _known(stated, place.metric):
        return f"cell that is not printed: {place.metric}"
    if place.value == 0:
        return "0 in place of a figure"
    if beside and not below:
        return "column: another applicant's figure"
    if below:
        near = [metric for metric in below if metric.rsplit(".", 1)[0] == place.metric.rsplit(".", 1)[0]]
        return f"row: {(near or below)[0]} read as {place.metric}"
    return "value from elsewhere"


def cause_of_statement(place: Place, stated: Stated) -> str:
    """Why a sentence may have given a wrong figure: another metric's, a figure of the same metric, or none at all."""
    others = [metric for (metric, _), values in stated.items() if metric != place.metric and _holds(values, place)]
    if others:
        return f"{others[0]} read as {place.metric}"
    if (place.metric, place.applicant) in stated:
        return f"{place.metric}: another value"
    return f"{place.metric}: invented"


def _holds(values: Sequence[float], place: Place) -> bool:
    return any(abs(value - place.value) < _SAME for value in values)


def _digits(value: float, other: float) -> bool:
    one, two = f"{value:g}", f"{other:g}"
    return one != two and min(len(one), len(two)) > 0 and (one in two or two in one) and 0 not in (value, other)


def _known(stated: Stated, metric: str) -> bool:
    return any(metric == each for each, _ in stated)
