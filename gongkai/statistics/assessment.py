"""One indicator of one peer group in one year: estimates with intervals, shrunken estimates, ranks with ranges, funnel.

What every ranking shows is worked out here, from the units' numerators and denominators alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gongkai.statistics import funnel, intervals, shrinkage
from gongkai.statistics.ranks import DRAWS, generator, ranks

Prior = shrinkage.BetaPrior | shrinkage.GammaPrior

COLUMNS = (
    *("value", "low", "high", "shrunken", "rank", "rank_best", "rank_worst", "status", "outside_95", "outside_998"),
    "band",
)


@dataclass(frozen=True, slots=True)
class Question:
    """How an indicator is judged.

    `kind`: "share" (numerator out of denominator) or "rate" (events per unit of exposure). `higher_is_better`: null
    where neither is: then nobody is in a band other than usual. `fewest`: units with a smaller denominator are too few
    to rank. `overdispersion`: widen the funnel where the units differ more than by chance.
    """

    kind: str
    higher_is_better: bool | None
    fewest: float
    overdispersion: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """`units`: one row per unit, index as given, columns COLUMNS. `target`: the group's pooled value, NaN without any.
    `dispersion`: 1 where the funnel is that of chance. `prior`: null where nothing could be fitted."""

    units: pd.DataFrame
    target: float
    dispersion: float
    prior: Prior | None


def assess(counts: pd.DataFrame, question: Question, key: tuple[str, ...], draws: int = DRAWS) -> Assessment:
    """Judge the units of one peer group and year.

    `counts`: numerator and denominator per unit (NaN: not known), in the order of any stable index. `key` names what is
    asked (indicator, group, year): the draws are the same whenever it is. Values are shares (0-1) or rates.

    status: ranked, few (denominator below `fewest`), missing (not known), undefined (denominator 0). band: good (beyond
    the 95% limit on the better side), attention (beyond the 99.8% limit on the worse side), usual, few. Praise may be
    wrong once in 40 units, blame once in 1,000.
    """
    above = counts["numerator"].to_numpy(dtype=np.float64, na_value=np.nan)
    below = counts["denominator"].to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(above) & np.isfinite(below)
    cases = known & (below > 0)
    enough = cases & (below >= question.fewest)
    status = np.where(enough, "ranked", np.where(cases, "few", np.where(known, "undefined", "missing")))
    found = pd.DataFrame(
        {name: np.full(len(counts), np.nan) for name in COLUMNS if name not in ("status", "band")}, index=counts.index
    )
    found["status"], found["band"] = status, np.where(enough, "usual", "few")
    target = float(above[cases].sum() / below[cases].sum()) if cases.any() else float("nan")
    if not cases.any():
        return Assessment(_typed(found), target, 1.0, None)
    share = question.kind == "share"
    interval = intervals.wilson if share else intervals.poisson_exact
    low, high = interval(above[cases], below[cases])
    found.loc[cases, ["value", "low", "high"]] = np.column_stack((above[cases] / below[cases], low, high))
    # How much units differ is learned from all that have cases, the small ones too.
    prior: Prior | None
    prior = shrinkage.fit_beta(above[cases], below[cases]) if share else shrinkage.fit_gamma(above[cases], below[cases])
    if prior is not None:
        found.loc[cases, "shrunken"] = prior.estimate(above[cases], below[cases])
    dispersion = _dispersion(question, target, above[enough], below[enough])
    for level, name in ((funnel.INNER, "outside_95"), (funnel.OUTER, "outside_998")):
        limits = funnel.share_limits if share else funnel.rate_limits
        within = limits(target, below[enough], level, dispersion)
        found.loc[enough, name] = within.outside(above[enough] / below[enough])
    if question.higher_is_better is not None and enough.any():
        _rank(found, enough, above, below, prior, question, key, draws)
        better = 1 if question.higher_is_better else -1
        found.loc[enough & (found["outside_95"] == better).to_numpy(), "band"] = "good"
        found.loc[enough & (found["outside_998"] == -better).to_numpy(), "band"] = "attention"
    return Assessment(_typed(found), target, dispersion, prior)


def _rank(
    found: pd.DataFrame,
    enough: np.ndarray,
    above: np.ndarray,
    below: np.ndarray,
    prior: Prior | None,
    question: Question,
    key: tuple[str, ...],
    draws: int,
) -> None:
    """Ranks among the units with enough cases. Without a fitted prior Jeffreys' takes its place, which hardly draws."""
    jeffreys: Prior = shrinkage.BetaPrior(0.5, 0.5) if question.kind == "share" else shrinkage.GammaPrior(0.5, 1e-9)
    used = prior or jeffreys
    drawn = used.draw(above[enough], below[enough], draws, generator(*key))
    standing = ranks(used.estimate(above[enough], below[enough]), drawn, bool(question.higher_is_better))
    found.loc[enough, ["rank", "rank_best", "rank_worst"]] = np.column_stack(
        (standing.rank, standing.best, standing.worst)
    )


def _dispersion(question: Question, target: float, above: np.ndarray, below: np.ndarray) -> float:
    if not question.overdispersion:
        return 1.0
    z = funnel.share_z if question.kind == "share" else funnel.rate_z
    return funnel.dispersion_of(z(target, above, below))


def _typed(found: pd.DataFrame) -> pd.DataFrame:
    whole = ("rank", "rank_best", "rank_worst", "outside_95", "outside_998")
    return found.astype(dict.fromkeys(whole, "Int64"))[list(COLUMNS)]
