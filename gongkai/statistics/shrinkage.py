"""Estimates that borrow from a unit's peers: the fewer cases a unit has, the nearer it is drawn to the group.

Empirical Bayes: how much the units of a peer group truly differ is fitted from all of them (beta-binomial for shares,
gamma-Poisson for rates, by maximum likelihood), and each unit's posterior follows from its own counts and that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special, stats

Floats = NDArray[np.float64]

FEWEST_UNITS = 5
"""Of fewer units with cases nothing can be said on how much they differ."""
_MOST_CASES = 1e7
"""The prior's weight in cases from which on all units are taken to be alike."""


@dataclass(frozen=True, slots=True)
class BetaPrior:
    """How the true shares of a group are spread: Beta(a, b). `a + b` is its weight in cases."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The group's typical share (0-1)."""
        return self.a / (self.a + self.b)

    def estimate(self, successes: Floats, trials: Floats) -> Floats:
        """Each unit's shrunken share: the posterior mean."""
        found: Floats = (successes + self.a) / (trials + self.a + self.b)
        return found

    def draw(self, successes: Floats, trials: Floats, draws: int, chance: np.random.Generator) -> Floats:
        """Draws of each unit's true share from its posterior: draws × units."""
        return chance.beta(self.a + successes, self.b + trials - successes, size=(draws, len(trials)))


@dataclass(frozen=True, slots=True)
class GammaPrior:
    """How the true rates of a group are spread: Gamma(shape, 1 / exposure). `exposure` is its weight in exposure."""

    shape: float
    exposure: float

    @property
    def mean(self) -> float:
        """The group's typical rate (events per unit of exposure)."""
        return self.shape / self.exposure

    def estimate(self, events: Floats, exposure: Floats) -> Floats:
        """Each unit's shrunken rate: the posterior mean."""
        found: Floats = (events + self.shape) / (exposure + self.exposure)
        return found

    def draw(self, events: Floats, exposure: Floats, draws: int, chance: np.random.Generator) -> Floats:
        """Draws of each unit's true rate from its posterior: draws × units."""
        return chance.gamma(self.shape + events, 1 / (self.exposure + exposure), size=(draws, len(exposure)))


def fit_beta(successes: ArrayLike, trials: ArrayLike) -> BetaPrior | None:
    """The spread of true shares in a group, by maximum likelihood of the beta-binomial (Skellam, JRSS B 1948).

    Null where fewer than FEWEST_UNITS units have trials, or all of their cases went one way: nothing to learn from.
    """
    found, tried = _with_cases(successes, trials)
    if len(tried) < FEWEST_UNITS or found.sum() in (0, tried.sum()):
        return None
    start = found.sum() / tried.sum()

    def loss(at: Floats) -> float:
        mean, weight = special.expit(at[0]), np.exp(at[1])
        a, b = mean * weight, (1 - mean) * weight
        terms = special.betaln(found + a, tried - found + b) - special.betaln(a, b)
        return float(-terms.sum())

    mean, weight = _best(loss, float(special.logit(start)), (np.log(1e-2), np.log(_MOST_CASES)))
    share = float(special.expit(mean))
    return BetaPrior(share * weight, (1 - share) * weight)


def fit_gamma(events: ArrayLike, exposure: ArrayLike) -> GammaPrior | None:
    """The spread of true rates in a group, by maximum likelihood of the gamma-Poisson, which is the negative binomial
    (Bliss and Fisher, Biometrics 1953).

    Null where fewer than FEWEST_UNITS units have exposure, or nothing happened in any: nothing to learn from.
    """
    happened, exposed = _with_cases(events, exposure)
    if len(exposed) < FEWEST_UNITS or happened.sum() == 0:
        return None
    start = happened.sum() / exposed.sum()

    def loss(at: Floats) -> float:
        rate, shape = np.exp(at[0]), np.exp(at[1])
        chance = shape / (shape + rate * exposed)
        return float(-stats.nbinom.logpmf(happened, shape, chance).sum())

    rate, shape = _best(loss, float(np.log(start)), (np.log(1e-2), np.log(_MOST_CASES)))
    return GammaPrior(shape, shape / float(np.exp(rate)))


def _best(loss: Callable[[Floats], float], start: float, bounds: tuple[float, float]) -> tuple[float, float]:
    """The centre (on its own scale) and the weight at which `loss` is least; from several starting weights, since far
    out the likelihood is flat."""
    found = [
        optimize.minimize(
            loss,
            np.array([start, weight]),
            method="L-BFGS-B",
            bounds=[(start - 5, start + 5), bounds],
            options={"ftol": 1e-13, "gtol": 1e-9, "maxiter": 500},
        )
        for weight in (np.log(3.0), np.log(50.0), np.log(2000.0))
    ]
    best = min(found, key=lambda result: (round(float(result.fun), 9), float(result.x[1])))
    return float(best.x[0]), float(np.exp(best.x[1]))


def _with_cases(counts: ArrayLike, of: ArrayLike) -> tuple[Floats, Floats]:
    happened = np.atleast_1d(np.asarray(counts, dtype=np.float64))
    exposed = np.atleast_1d(np.asarray(of, dtype=np.float64))
    some = exposed > 0
    return happened[some], exposed[some]
