"""A composite index of several indicators, and how much its order depends on the weights.

OECD and JRC, Handbook on Constructing Composite Indicators (2008): normalise, weight, add up, and show what other
weights would have given. An index is only ever a named scheme with its weights beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from gongkai.statistics.ranks import PLACES, generator, ranks

_SPREAD = 40.0
"""How near to the chosen weights the others are drawn: a weight of 0.25 varies by about 0.07 either way."""


@dataclass(frozen=True, slots=True)
class Composite:
    """`units`: index as given; columns index (0-100, NaN where an indicator is missing); rank, rank_best and rank_worst
    (the middle 90% of ranks under other weights), Int64, null without an index. `scores`: per unit and indicator with a
    weight, the percentage of the others that it is no worse than (0-100), NaN without an index; the index is their
    weighted mean. `without`: per indicator, how many places a unit's rank moves if it is left out: mean, most."""

    units: pd.DataFrame
    scores: pd.DataFrame
    without: pd.DataFrame


def composite(
    values: pd.DataFrame, higher_is_better: dict[str, bool], weights: dict[str, float], draws: int = 1000
) -> Composite:
    """The index of the units (rows) from `values` (columns: indicators; use shrunken estimates), in 0-100.

    Each indicator becomes the share of the group that the unit is no worse than (0 last, 1 first); a unit that lacks
    one has no index. Raise ValueError for weights that are negative, all 0, or of indicators that are not there.
    """
    used = [name for name, weight in weights.items() if weight]
    if any(weight < 0 for weight in weights.values()) or not used:
        raise ValueError("weights: at least one must be above 0, and none below")
    unknown = [name for name in used if name not in values.columns or name not in higher_is_better]
    if unknown:
        raise ValueError(f"weights: there is no indicator {', '.join(unknown)}")
    complete = values[used].notna().all(axis=1)
    found = pd.DataFrame({"index": np.nan}, index=values.index)
    for name in ("rank", "rank_best", "rank_worst"):
        found[name] = pd.array([pd.NA] * len(found), dtype="Int64")
    parts = pd.DataFrame(np.nan, index=values.index, columns=used)
    if not complete.any():
        return Composite(found, parts, _without(np.empty((0, len(used))), np.zeros(len(used)), used))
    scores = np.column_stack(
        [_score(values.loc[complete, name].to_numpy(dtype=float), higher_is_better[name]) for name in used]
    )
    shares = np.array([weights[name] for name in used]) / sum(weights.values())
    index = 100 * scores @ shares
    found.loc[complete, "index"] = index
    parts.loc[complete, used] = 100 * scores
    others = generator("composite", *used).dirichlet(shares * _SPREAD, size=draws)
    # Units that are alike in everything are equal in every draw: no rounding may put one of them ahead.
    standing = ranks(index / 100, np.round(others @ scores.T, 9), higher_is_better=True, ties=True)
    for name, column in (("rank", standing.rank), ("rank_best", standing.best), ("rank_worst", standing.worst)):
        found.loc[complete, name] = column
    return Composite(found, parts, _without(scores, shares, used))


def _without(scores: np.ndarray, shares: np.ndarray, used: list[str]) -> pd.DataFrame:
    """How far ranks move when one indicator is left out and the others keep their proportions."""
    rows = []
    for position in range(len(used)):
        rest = np.delete(shares, position)
        if not len(scores) or rest.sum() <= 0:
            rows.append((np.nan, np.nan))
            continue
        before, after = (_order(each) for each in (scores @ shares, np.delete(scores, position, 1) @ rest / rest.sum()))
        moved = np.abs(before - after)
        rows.append((float(moved.mean()), float(moved.max())))
    return pd.DataFrame(rows, index=used, columns=["mean", "most"])


def _order(index: np.ndarray) -> np.ndarray:
    return np.asarray(stats.rankdata(-np.round(index, PLACES), method="min"))


def _score(values: np.ndarray, higher_is_better: bool) -> np.ndarray:
    """0 for the last, 1 for the first, the same for the same."""
    if len(values) == 1:
        return np.array([1.0])
    return np.asarray((pd.Series(values).rank(method="average", ascending=higher_is_better) - 1) / (len(values) - 1))
