"""Ranks: ranges cover the true rank, ties share, and the same key gives the same draws."""

from __future__ import annotations

import numpy as np

from gongkai.statistics.ranks import generator, ranks
from gongkai.statistics.shrinkage import fit_beta


def test_ranges_cover_the_true_rank() -> None:
    chance = np.random.default_rng(20260107)
    covered = []
    for trial in range(60):
        truth = chance.beta(6, 24, 60)
        trials = chance.integers(10, 250, 60)
        successes = chance.binomial(trials, truth)
        prior = fit_beta(successes, trials)
        assert prior is not None
        drawn = prior.draw(successes, trials, 1000, generator("test", str(trial)))
        found = ranks(prior.estimate(successes, trials), drawn, higher_is_better=True)
        true_rank = (-truth).argsort().argsort() + 1
        covered.append(((found.best <= true_rank) & (true_rank <= found.worst)).mean())
    assert np.mean(covered) >= 0.9


def test_a_rank_lies_in_its_range_and_small_units_have_wide_ones() -> None:
    trials = np.array([5, 5000, 5, 5000, 5, 5000])
    successes = (trials * np.array([0.2, 0.2, 0.4, 0.4, 0.6, 0.6])).round()
    prior = fit_beta(successes, trials)
    assert prior is not None
    drawn = prior.draw(successes, trials, 1000, generator("wide"))
    found = ranks(prior.estimate(successes, trials), drawn, higher_is_better=True)
    assert ((found.best <= found.rank) & (found.rank <= found.worst)).all()
    width = found.worst - found.best
    assert width[::2].min() >= width[1::2].max()


def test_equal_estimates_share_a_rank_and_the_direction_counts() -> None:
    estimate = np.array([0.1, 0.3, 0.3004, 0.2])
    drawn = np.repeat(estimate[None, :], 10, axis=0) + np.linspace(0, 1e-9, 40).reshape(10, 4)
    assert list(ranks(estimate, drawn, higher_is_better=True).rank) == [4, 1, 1, 3]
    assert list(ranks(estimate, drawn, higher_is_better=False).rank) == [1, 3, 3, 2]


def test_the_same_key_gives_the_same_draws() -> None:
    assert (generator("a", "b").random(5) == generator("a", "b").random(5)).all()
    assert (generator("a", "b").random(5) != generator("ab").random(5)).any()
