"""Funnel limits: exact over all outcomes under the null, wider with overdispersion, found where there is any."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gongkai.statistics.funnel import INNER, OUTER, dispersion_of, rate_limits, share_limits, share_z


@pytest.mark.parametrize(("level", "flagged"), [(INNER, 0.05), (OUTER, 0.002)])
@pytest.mark.parametrize("target", [0.01, 0.08, 0.3, 0.5, 0.93])
def test_no_more_than_stated_are_outside_by_chance_shares(level: float, flagged: float, target: float) -> None:
    for trials in (3, 10, 47, 200, 1500):
        successes = np.arange(trials + 1)
        outside = share_limits(target, np.full(trials + 1, trials), level).outside(successes / trials) != 0
        assert stats.binom.pmf(successes[outside], trials, target).sum() <= flagged


@pytest.mark.parametrize(("level", "flagged"), [(INNER, 0.05), (OUTER, 0.002)])
def test_no_more_than_stated_are_outside_by_chance_rates(level: float, flagged: float) -> None:
    for mean in (0.2, 1.0, 7.5, 60.0):
        events = np.arange(400)
        outside = rate_limits(mean / 5, np.full(400, 5.0), level).outside(events / 5) != 0
        assert stats.poisson.pmf(events[outside], mean).sum() <= flagged


def test_limits_are_not_wider_than_they_must_be() -> None:
    """One case further in, and more than the tail would be outside."""
    limits = share_limits(0.3, np.array([200.0]), OUTER)
    highest, lowest = round(limits.high[0] * 200), round(limits.low[0] * 200)
    assert stats.binom.sf(highest - 1, 200, 0.3) > 0.001
    assert stats.binom.cdf(lowest, 200, 0.3) > 0.001


def test_simulated_units_of_one_share_are_hardly_ever_outside() -> None:
    chance = np.random.default_rng(20260105)
    trials = chance.integers(10, 400, 20_000)
    value = chance.binomial(trials, 0.16) / trials
    assert (share_limits(0.16, trials, OUTER).outside(value) != 0).mean() <= 0.002
    assert (share_limits(0.16, trials, INNER).outside(value) != 0).mean() <= 0.05


def test_dispersion_is_one_by_chance_and_found_where_units_differ() -> None:
    chance = np.random.default_rng(20260106)
    trials = chance.integers(40, 300, 400)
    alike = chance.binomial(trials, 0.2)
    assert dispersion_of(share_z(0.2, alike, trials)) == 1.0
    differing = chance.binomial(trials, chance.beta(8, 32, 400))
    assert 2 < dispersion_of(share_z(0.2, differing, trials)) < 8


def test_dispersion_widens_the_limits() -> None:
    plain, wide = (share_limits(0.2, np.array([150.0]), INNER, factor) for factor in (1.0, 3.0))
    assert wide.low[0] < plain.low[0] < 0.2 < plain.high[0] < wide.high[0]


def test_two_scores_at_least() -> None:
    assert dispersion_of([4.0]) == 1.0
    assert dispersion_of([float("nan"), 9.0]) == 1.0
