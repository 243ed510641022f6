"""Chance that repeats: every draw belongs to a named stream, so that no draw depends on the order of the others."""

from __future__ import annotations

import math
from random import Random


def stream(seed: int, *name: str | int) -> Random:
    """A generator for one purpose. The same seed and name give the same draws, whatever else was drawn before."""
    return Random("/".join(map(str, (seed, *name))))


def poisson(chance: Random, mean: float) -> int:
    """A Poisson count; above 60 by the normal approximation, since the exact method takes time in proportion."""
    if mean > 60:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count


def binomial(chance: Random, trials: int, probability: float) -> int:
    """How many of `trials` succeed; above 400 trials by the normal approximation."""
    if trials > 400:
        spread = math.sqrt(trials * probability * (1 - probability))
        return min(trials, max(0, round(chance.gauss(trials * probability, spread))))
    return sum(chance.random() < probability for _ in range(trials))


def lognormal(chance: Random, spread: float) -> float:
    """A factor around 1 whose logarithm has the standard deviation `spread`."""
    return math.exp(chance.gauss(0.0, spread))


def share(chance: Random, total: int, weights: dict[str, float]) -> dict[str, int]:
    """Deal `total` things out over the keys of `weights`, one by one, by weight."""
    dealt = dict.fromkeys(weights, 0)
    if total:
        for key in chance.choices(list(weights), list(weights.values()), k=total):
            dealt[key] += 1
    return dealt
