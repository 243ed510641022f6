"""Intervals for what a unit's counts say of its true share or rate: Wilson for shares, exact Poisson for rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

Floats = NDArray[np.float64]


def wilson(successes: ArrayLike, trials: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper bound (0-1) of the share behind `successes` out of `trials`, one per unit; NaN without trials.

    Wilson's score interval (E. B. Wilson, JASA 1927), which Newcombe (Statistics in Medicine 1998, method 3)
    recommends: it holds its level on average over the shares, also for few trials and for none or all successes.
    Raise ValueError where successes are negative or more than the trials.
    """
    found, tried = _counts(successes), _counts(trials)
    if (found > tried).any():
        raise ValueError("there are more successes than trials")
    low, high = np.full(found.shape, np.nan), np.full(found.shape, np.nan)
    some = tried > 0
    if some.any():
        low[some], high[some] = proportion_confint(found[some], tried[some], alpha=1 - level, method="wilson")
    # Rounding must not leave a share of none or all outside its own interval.
    return np.where(found == 0, np.minimum(low, 0.0), low), np.where(found == tried, np.maximum(high, 1.0), high)


def poisson_exact(events: ArrayLike, exposure: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper bound of the rate behind `events` in `exposure` (in events per unit of exposure), one per unit;
    NaN where the exposure is 0.

    Garwood's exact interval (Biometrika 1936) by quantiles of chi-squared: it covers at least at its level.
    Raise ValueError for negative counts.
    """
    happened, exposed = _counts(events), _counts(exposure)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(happened > 0, stats.chi2.ppf(tail, 2 * happened) / 2, 0.0) / exposed
        high = stats.chi2.ppf(1 - tail, 2 * (happened + 1)) / 2 / exposed
    none = exposed == 0
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def _counts(values: ArrayLike) -> Floats:
    found = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if (found < 0).any():
        raise ValueError("counts are never negative")
    return found
