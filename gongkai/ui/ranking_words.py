"""What a ranking says in a few sentences, worked out from the very numbers of the table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from gongkai.catalogue.indicators import POPULATION, Measure
from gongkai.charts.numbers import exact
from gongkai.ui import peers
from gongkai.ui.cells import records
from gongkai.ui.filters import current
from gongkai.ui.kept import kept
from gongkai.ui.measures import label
from gongkai.ui.messages import language, t
from gongkai.ui.ranking_data import Ranking

CHOSEN, _OTHER = "chosen", "other"
_NAMED = 5


def share(value: float, measure: Measure) -> str:
    """A value with the indicator's unit, as shown everywhere here."""
    return exact(value, measure.unit, language())


def bare(value: float, measure: Measure) -> str:
    """The same without the unit where that is a word."""
    return share(value, measure) if measure.unit == "%" else share(value, measure).split(" ")[0]


def cases(value: float, measure: Measure) -> str:
    """A denominator; people with what they are counted in."""
    count = exact(value)
    return t("ranking.thousand_people", count=count) if POPULATION in measure.denominator else count


def peers_name(code: str) -> str:
    """What the units compared are called (`peers` of queries/ranking_counts.sql)."""
    if code == CHOSEN:
        return peers.name(current().group)
    return t("ranking.peers_other") if code == _OTHER else peers.name(code)


def sentences(measure: Measure, made: Ranking, group: str, year: int) -> list[str]:
    """What stands out and how sure it is: the group as a whole, who is beyond the limits, how much is chance."""
    ranked = made.of("ranked")
    name = label(measure)
    if ranked.empty:
        return [t("ranking.say_none", year=year, peers=peers_name(group), name=name)]
    found = [
        t(
            "ranking.say_whole",
            year=year,
            peers=peers_name(group),
            name=name,
            value=share(made.target, measure),
            above=exact(float(made.units["numerator"].where(made.units["denominator"] > 0).sum())),
            below=cases(float(made.units["denominator"].sum()), measure),
        )
    ]
    if len(ranked) == 1:
        return [*found, t("ranking.say_one")]
    judged = measure.judgement is not None and measure.judgement.higher_is_better is not None
    places = ("attention", "watch", "good") if judged else ("far", "apart")
    standing = {place: ranked[ranked["place"] == place] for place in places}
    if not any(len(rows) for rows in standing.values()):
        return [*found, t("ranking.say_chance", count=f"{len(ranked):,}")]
    for place, rows in standing.items():
        if len(rows):
            found.append(t(f"ranking.say_{place}", count=f"{len(rows):,}", names=_names(rows, made.target, measure)))
    expected = round(len(ranked) * (0.025 if judged else 0.05), 1)
    found.append(t("ranking.say_expected", count=f"{len(ranked):,}", expected=exact(expected)))
    return found


def _names(rows: pd.DataFrame, target: float, measure: Measure) -> str:
    """The units farthest from the group's value, with their cases; of many the first few."""
    apart = (rows["value"] - target).abs()
    first = rows.loc[apart.sort_values(ascending=False, kind="stable").index].head(_NAMED)
    named = [
        t(
            "ranking.say_unit",
            name=row["agency"],
            value=share(float(row["value"]), measure),
            above=exact(float(row["numerator"])),
            below=cases(float(row["denominator"]), measure),
        )
        for row in first.to_dict("records")
    ]
    text = t("filters.list_separator").join(named)
    return t("ranking.say_more", names=text) if len(rows) > _NAMED else text


def texts(made: Ranking, measure: Measure) -> pd.DataFrame:
    """Per unit of `made` (same index) what is said of it: hover (lines of its mark), interval, range; null where there
    is none."""
    return kept("ranking_texts", made.key, lambda: _texts(made, measure))


def _texts(made: Ranking, measure: Measure) -> pd.DataFrame:
    rows = records(made.units)
    said = {
        "hover": [None if pd.isna(row["value"]) else hover(row, measure) for row in rows],
        "interval": [
            None
            if pd.isna(row["low"])
            else t("ranking.interval", low=bare(row["low"], measure), high=bare(row["high"], measure))
            for row in rows
        ],
        "range": [
            None if pd.isna(row["rank_best"]) else t("ranking.range", best=row["rank_best"], worst=row["rank_worst"])
            for row in rows
        ],
    }
    return pd.DataFrame(said, index=made.units.index, dtype=object)


def hover(row: dict[str, Any], measure: Measure) -> str:
    """The lines of a mark: value with its cases and interval, the shrunken estimate, the rank with its range; last that
    it rests on a figure that somebody corrected."""
    lines = [
        t(
            "ranking.hover_value",
            value=share(float(row["value"]), measure),
            above=exact(float(row["numerator"])),
            below=cases(float(row["denominator"]), measure),
        ),
        t("ranking.hover_interval", low=bare(float(row["low"]), measure), high=share(float(row["high"]), measure)),
    ]
    if not pd.isna(row["shrunken"]):
        lines.append(t("ranking.hover_shrunken", value=share(float(row["shrunken"]), measure)))
    if not pd.isna(row["rank"]):
        lines.append(t("ranking.hover_rank", rank=row["rank"], best=row["rank_best"], worst=row["rank_worst"]))
    if row["corrected"]:
        lines.append(t("common.missing.corrected"))
    return "<br>".join(lines)
