"""Whether a change between two years is more than chance: exact tests of two counts and of two shares."""

from __future__ import annotations

import numpy as np
from scipy import stats

SURE, LIKELY = 0.01, 0.05


def count_change(before: float, after: float) -> float:
    """The probability of so great a difference of two counts, or a greater one, if their rate was the same.

    The conditional test of two Poisson counts (Przyborowski and Wilenski, Biometrika 1940): given their sum, the second
    is binomial with 1/2. 1.0 where nothing happened. Raise ValueError for counts that are not whole or negative.
    """
    first, second = _whole(before), _whole(after)
    if first + second == 0:
        return 1.0
    return float(stats.binomtest(second, first + second, 0.5).pvalue)


def share_change(before: tuple[float, float], after: tuple[float, float]) -> float:
    """The same for two shares, each (part, whole), by Fisher's exact test; 1.0 where one has no cases."""
    (part_before, whole_before), (part_after, whole_after) = (tuple(map(_whole, pair)) for pair in (before, after))
    if not whole_before or not whole_after:
        return 1.0
    if part_before > whole_before or part_after > whole_after:
        raise ValueError("a part is more than its whole")
    table = np.array([[part_before, whole_before - part_before], [part_after, whole_after - part_after]])
    return float(stats.fisher_exact(table).pvalue)


def certainty(probability: float) -> str:
    """sure (below 1%), likely (below 5%) or chance."""
    return "sure" if probability < SURE else "likely" if probability < LIKELY else "chance"


def _whole(value: float) -> int:
    if value < 0 or value != int(value):
        raise ValueError(f"{value!r} is no count")
    return int(value)
