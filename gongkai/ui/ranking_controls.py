"""The controls that the views of 单位排名 share: the year and the peer group, both in the address."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from gongkai.ui.address import choose
from gongkai.ui.messages import t
from gongkai.ui.ranking_data import NO_GROUP
from gongkai.ui.ranking_words import peers_name

PAGE = "ranking"


def choose_year(years: Iterable[int]) -> int:
    """One of the years, the last one unless asked."""
    offered = [str(year) for year in sorted(years, reverse=True)]
    return int(choose(PAGE, "year", t("ranking.year"), offered, offered[0]))


def choose_peers(sizes: pd.Series, enough: pd.Series) -> str:
    """One of the peer groups of `sizes` (units with data in the year looked at). First stands the one in which most can
    be ranked then (`enough`), but units of no group last: they have nothing in common."""

    def first(peers: str) -> tuple[bool, int, int, str]:
        return peers == NO_GROUP, -int(enough.get(peers, 0)), -int(sizes[peers]), peers

    def word(peers: str) -> str:
        return t("ranking.peers_option", name=peers_name(peers), count=f"{int(sizes[peers]):,}")

    offered = sorted((str(peers) for peers in sizes.index), key=first)
    return choose(PAGE, "peers", t("ranking.peers"), offered, offered[0], word)
