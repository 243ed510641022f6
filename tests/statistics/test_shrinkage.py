"""Fits against published estimates, and that shrunken estimates are nearer to the truth than raw ones."""

from __future__ import annotations

import numpy as np
import pytest

from gongkai.statistics.shrinkage import BetaPrior, fit_beta, fit_gamma

# C. I. Bliss and R. A. Fisher, Fitting the negative binomial distribution to biological data, Biometrics 9 (1953):
# red mites on 150 apple leaves; mean 1.14667, k = 1.02459 by maximum likelihood.
MITES = [70, 38, 17, 10, 9, 3, 2, 1]
# Boys among the first 12 children of 6,115 families of 13 in Saxony 1876-1885 (A. Geissler 1889; J. K. Lindsey and
# P. M. E. Altham, Applied Statistics 47, 1998). Beta-binomial by maximum likelihood: 34.0956 and 31.5715.
BOYS = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]


def test_gamma_poisson_is_bliss_and_fishers() -> None:
    events = np.repeat(np.arange(len(MITES)), MITES)
    found = fit_gamma(events, np.ones(len(events)))
    assert found is not None
    assert found.shape == pytest.approx(1.02459, abs=2e-5)
    assert found.mean == pytest.approx(1.14667, abs=2e-5)


def test_beta_binomial_is_that_of_the_saxon_families() -> None:
    boys = np.repeat(np.arange(13), BOYS)
    found = fit_beta(boys, np.full(len(boys), 12))
    assert found is not None
    assert found.a == pytest.approx(34.0956, rel=1e-3)
    assert found.b == pytest.approx(31.5715, rel=1e-3)


def test_shrunken_shares_are_nearer_to_the_truth_than_raw_ones() -> None:
    chance = np.random.default_rng(20260101)
    better = 0
    for _ in range(40):
        truth = chance.beta(6, 34, 80)
        trials = chance.integers(4, 80, 80)
        successes = chance.binomial(trials, truth)
        prior = fit_beta(successes, trials)
        assert prior is not None
        raw = np.mean((successes / trials - truth) ** 2)
        better += np.mean((prior.estimate(successes, trials) - truth) ** 2) < raw
    assert better == 40


def test_shrunken_rates_are_nearer_to_the_truth_than_raw_ones() -> None:
    chance = np.random.default_rng(20260102)
    better = 0
    for _ in range(40):
        truth = chance.gamma(4, 0.5, 80)
        exposure = chance.uniform(0.2, 12, 80)
        events = chance.poisson(truth * exposure)
        prior = fit_gamma(events, exposure)
        assert prior is not None
        raw = np.mean((events / exposure - truth) ** 2)
        better += np.mean((prior.estimate(events, exposure) - truth) ** 2) < raw
    assert better == 40


def test_the_spread_of_a_group_is_found_again() -> None:
    chance = np.random.default_rng(20260103)
    trials = np.full(4000, 60)
    found = fit_beta(chance.binomial(trials, chance.beta(5, 15, 4000)), trials)
    assert found is not None
    assert found.mean == pytest.approx(0.25, abs=0.01)
    assert found.a + found.b == pytest.approx(20, rel=0.1)


def test_units_that_differ_by_chance_alone_are_drawn_together() -> None:
    chance = np.random.default_rng(20260104)
    trials = np.full(400, 50)
    successes = chance.binomial(trials, 0.3)
    found = fit_beta(successes, trials)
    assert found is not None
    assert found.a + found.b > 500
    assert np.ptp(found.estimate(successes, trials)) < 0.06


@pytest.mark.parametrize(
    ("successes", "trials"), [([1, 2], [9, 9]), ([0] * 9, [5] * 9), ([5] * 9, [5] * 9), ([1] * 9, [0] * 9)]
)
def test_nothing_is_fitted_to_too_little(successes: list[int], trials: list[int]) -> None:
    assert fit_beta(np.minimum(successes, trials), trials) is None


def test_nothing_is_fitted_where_nothing_happened() -> None:
    assert fit_gamma([0] * 9, [1] * 9) is None


def test_a_unit_with_no_cases_is_where_its_group_is() -> None:
    assert BetaPrior(2, 6).estimate(np.zeros(1), np.zeros(1))[0] == pytest.approx(0.25)
