"""The controls that the views of 单位排名 share: the peer group and the year, both in the address."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from gongkai.ui.address import choose
from gongkai.ui.messages import t
from gongkai.ui.ranking_words import peers_name

PAGE = "ranking"


def choose_peers(sizes: pd.Series, enough: pd.Series) -> str:
    """A peer group of those in `sizes` (units with data per group), first the one in which most can be ranked
    (`enough` per group): a group of small units alone says little."""
    offered = sorted(sizes.index, key=lambda peers: (-int(enough.get(peers, 0)), -int(sizes[peers]), str(peers)))

    def word(peers: str) -> str:
        return t("ranking.peers_option", name=peers_name(peers), count=f"{int(sizes[peers]):,}")

    return choose(PAGE, "peers", t("ranking.peers"), offered, offered[0], word)


def choose_year(years: Iterable[int]) -> int:
    """One of the years, the last one unless asked."""
    offered = [str(year) for year in sorted(years, reverse=True)]
    return int(choose(PAGE, "year", t("ranking.year"), offered, offered[0]))
