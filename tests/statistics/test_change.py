"""Tests of change against published figures, and that chance is rarely taken for a change."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gongkai.statistics.change import certainty, count_change, share_change


def test_shares_are_tested_as_fishers_tea_lady() -> None:
    """R. A. Fisher, The Design of Experiments (1935), chapter 2: 3 of 4 against 1 of 4 is 0.486 on both sides."""
    assert share_change((3, 4), (1, 4)) == pytest.approx(0.486, abs=5e-4)


def test_counts_are_tested_by_the_binomial_of_their_sum() -> None:
    """5 against 15: twice the lower tail of a binomial of 20 and 1/2, which tables give as 0.0207."""
    assert count_change(5, 15) == pytest.approx(2 * 0.0207, abs=1e-4)
    assert count_change(15, 5) == count_change(5, 15)


@pytest.mark.parametrize("mean", [0.5, 3.0, 40.0])
def test_chance_is_taken_for_a_sure_change_no_more_often_than_stated(mean: float) -> None:
    most = int(stats.poisson.isf(1e-7, mean)) + 1
    weights = stats.poisson.pmf(np.arange(most + 1), mean)
    flagged = sum(
        weights[first] * weights[second]
        for first in range(most + 1)
        for second in range(most + 1)
        if count_change(first, second) < 0.01
    )
    assert flagged <= 0.01


def test_nothing_is_no_change() -> None:
    assert count_change(0, 0) == 1.0
    assert share_change((0, 0), (3, 4)) == 1.0


@pytest.mark.parametrize("values", [(1.5, 2), (-1, 2)])
def test_what_is_no_count_is_refused(values: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no count"):
        count_change(*values)


def test_a_part_above_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="more than its whole"):
        share_change((3, 2), (1, 2))


def test_certainty_in_a_word() -> None:
    assert [certainty(value) for value in (0.001, 0.03, 0.2)] == ["sure", "likely", "chance"]
