"""Funnel limits: how far a unit of a given size may stand from its group's common value by chance alone.

D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 2005. The limits here
are exact: a unit is outside if so many (or so few) cases have less than the tail's probability, never by a normal
approximation, so that among units that differ by chance alone no more than the stated share is outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]

INNER, OUTER = 0.95, 0.998
"""The two usual levels: 1 in 20 units is outside by chance, 1 in 500."""
_WINSORISED = 0.1
"""The share of the most extreme units at either end that is drawn in before the dispersion is measured."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Per size (trials or exposure) the lowest and highest value within the limits."""

    low: Floats
    high: Floats

    def outside(self, value: ArrayLike) -> NDArray[np.int64]:
        """-1 below, 1 above, 0 within (and where there is no value)."""
        values = np.asarray(value, dtype=np.float64)
        slack = 1e-9
        return np.where(values < self.low - slack, -1, np.where(values > self.high + slack, 1, 0))


def share_limits(target: float, trials: ArrayLike, level: float, dispersion: float = 1.0) -> Limits:
    """Limits of a share (0-1) around `target` for units of so many trials; `level` is 0.95 or 0.998, say.

    `dispersion` (from `dispersion_of`, at least 1) widens them where all units differ more than by chance: the tail is
    that of z × √dispersion, Spiegelhalter's multiplicative model on the exact distribution.
    """
    tried = np.asarray(trials, dtype=np.float64)
    tail = _tail(level, dispersion)
    most = stats.binom.isf(tail, tried, target)
    least = stats.binom.ppf(tail, tried, target)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Limits(least / tried, most / tried)


def rate_limits(target: float, exposure: ArrayLike, level: float, dispersion: float = 1.0) -> Limits:
    """Limits of a rate (events per unit of exposure) around `target` for units of such exposure."""
    exposed = np.asarray(exposure, dtype=np.float64)
    tail = _tail(level, dispersion)
    most = stats.poisson.isf(tail, target * exposed)
    least = stats.poisson.ppf(tail, target * exposed)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Limits(least / exposed, most / exposed)


def dispersion_of(z: ArrayLike) -> float:
    """How much more the units differ than chance explains: the mean square of their winsorised z scores, at least 1.

    `z` are the units' distances from the target in standard errors (Spiegelhalter 2005, appendix A.2). A value near 1
    is no overdispersion: below 1 + 2√(2/units) it is taken for 1.
    """
    scores = np.asarray(z, dtype=np.float64)
    scores = scores[np.isfinite(scores)]
    if len(scores) < 2:
        return 1.0
    low, high = np.quantile(scores, (_WINSORISED, 1 - _WINSORISED))
    found = float(np.mean(np.clip(scores, low, high) ** 2))
    return found if found > 1 + 2 * np.sqrt(2 / len(scores)) else 1.0


def share_z(target: float, successes: ArrayLike, trials: ArrayLike) -> Floats:
    """Each unit's distance from `target` in standard errors; NaN without trials or where the target is 0 or 1."""
    found, tried = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        z: Floats = (found - target * tried) / np.sqrt(tried * target * (1 - target))
    return np.where(np.isfinite(z), z, np.nan)


def rate_z(target: float, events: ArrayLike, exposure: ArrayLike) -> Floats:
    """The same for a rate."""
    happened, exposed = np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        z: Floats = (happened - target * exposed) / np.sqrt(target * exposed)
    return np.where(np.isfinite(z), z, np.nan)


def _tail(level: float, dispersion: float) -> float:
    """The probability of one tail."""
    tail = (1 - level) / 2
    return float(stats.norm.sf(stats.norm.isf(tail) * np.sqrt(max(dispersion, 1.0)))) if dispersion > 1 else tail
