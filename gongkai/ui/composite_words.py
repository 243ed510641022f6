"""What a composite index says in a few sentences, worked out from the very numbers of its table."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from gongkai.catalogue.indicators import indicators
from gongkai.charts.numbers import exact
from gongkai.store.schemes import Scheme
from gongkai.ui.composite_data import Indexed
from gongkai.ui.measures import label
from gongkai.ui.messages import language, t
from gongkai.ui.ranking_words import peers_name

_FIRST = 10
_WIDE = 1 / 3
"""A typical range over more than this part of all ranks: the weights make the order."""


def number(value: float) -> str:
    """An index or a score, to one place."""
    return exact(round(value, 1), "", language())


def weights_text(scheme: Scheme) -> str:
    """The weights in one line: 行政复议纠正率 60%、结转率 40%."""
    return t("filters.list_separator").join(
        t("composite.weight", name=name_of(code), share=exact(100 * share, "%", language()))
        for code, share in scheme.shares.items()
    )


def name_of(code: str) -> str:
    """An indicator's name; one that the catalogue lost since by its code."""
    return label(indicators()[code]) if code in indicators() else code


def sentences(scheme: Scheme, made: Indexed, peers: str, year: int) -> list[str]:
    """Who has an index and who not, how far ranks go under other weights, and which indicator decides most."""
    ranked, lacking = made.ranked, made.units[made.units["index"].isna()]
    group = peers_name(peers)
    if ranked.empty:
        return [t("composite.say_none", year=year, peers=group, all=f"{len(made.units):,}"), *_lacking(lacking)]
    found = [t("composite.say_whole", year=year, peers=group, all=f"{len(made.units):,}", count=f"{len(ranked):,}")]
    found += _lacking(lacking)
    if len(ranked) == 1:
        return [*found, t("composite.say_one")]
    spread = ranked["rank_worst"].astype(int) - ranked["rank_best"].astype(int)
    middle = float(spread.median())
    wide = middle > _WIDE * (len(ranked) - 1)
    found.append(t("composite.say_wide" if wide else "composite.say_narrow", places=number(middle)))
    top = ranked[ranked["rank"] <= _FIRST]
    if len(ranked) > _FIRST:
        sure = int((top["rank_worst"] <= _FIRST).sum())
        found.append(t("composite.say_first", first=_FIRST, count=f"{len(top):,}", sure=f"{sure:,}"))
    without = made.without.dropna()
    if len(without) and float(without["mean"].max()) > 0:
        code = str(without["mean"].idxmax())
        mean, most = (dict(zip(without.index, without[name], strict=True))[code] for name in ("mean", "most"))
        found.append(t("composite.say_without", name=name_of(code), mean=number(mean), most=f"{int(most):,}"))
    return found


def _lacking(lacking: pd.DataFrame) -> list[str]:
    if lacking.empty:
        return []
    why = Counter(code for codes in lacking["lacks"] for code in codes)
    named = t("filters.list_separator").join(
        t("composite.lacks", name=name_of(code), count=f"{count:,}") for code, count in why.most_common()
    )
    return [t("composite.say_lacking", count=f"{len(lacking):,}", why=named)]
