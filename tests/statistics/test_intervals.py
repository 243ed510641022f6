"""Intervals against published tables, and their coverage, computed exactly over all outcomes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gongkai.statistics.intervals import poisson_exact, wilson

# R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I,
# method 3 (score without continuity correction).
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
# F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936); Biometrika Tables for Statisticians,
# table 40, 95%.
GARWOOD = [(0, 0.0, 3.69), (1, 0.0253, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39), (20, 12.22, 30.89)]


@pytest.mark.parametrize(("successes", "trials", "low", "high"), NEWCOMBE)
def test_wilson_is_that_of_newcombes_table(successes: int, trials: int, low: float, high: float) -> None:
    found = wilson(successes, trials)
    assert found[0][0] == pytest.approx(low, abs=6e-5)
    assert found[1][0] == pytest.approx(high, abs=6e-5)


@pytest.mark.parametrize(("events", "low", "high"), GARWOOD)
def test_poisson_is_that_of_garwoods_table(events: int, low: float, high: float) -> None:
    found = poisson_exact(events, 1)
    assert found[0][0] == pytest.approx(low, abs=6e-3)
    assert found[1][0] == pytest.approx(high, abs=6e-3)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_exact_poisson_covers_at_least_nominally(level: float) -> None:
    events = np.arange(400)
    low, high = poisson_exact(events, np.ones(400), level)
    for mean in np.linspace(0.05, 120, 400):
        inside = (low <= mean) & (mean <= high)
        assert stats.poisson.pmf(events[inside], mean).sum() >= level - 1e-9, mean


@pytest.mark.parametrize("trials", [5, 10, 30, 100])
def test_wilson_covers_nominally_on_average_over_the_shares(trials: int) -> None:
    successes = np.arange(trials + 1)
    low, high = wilson(successes, np.full(trials + 1, trials))
    shares = (np.arange(2000) + 0.5) / 2000
    covered = [stats.binom.pmf(successes[(low <= share) & (share <= high)], trials, share).sum() for share in shares]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.008)


def test_nothing_is_said_without_cases() -> None:
    assert np.isnan(wilson([0], [0])).all()
    assert np.isnan(poisson_exact([0], [0])).all()


def test_all_and_none_lie_in_their_own_intervals() -> None:
    low, high = wilson([0, 7], [7, 7])
    assert (low[0], high[1]) == (0.0, 1.0)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="more successes"):
        wilson([3], [2])
    with pytest.raises(ValueError, match="never negative"):
        poisson_exact([-1], [2])
