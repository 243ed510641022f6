"""The sentences of a ranking against the very numbers they speak of, at the edges and in both languages; and that no
unit is red within its limits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.catalogue.indicators import indicators
from gongkai.catalogue.messages import message
from gongkai.charts.theme import GREY, VERMILION
from gongkai.ui.ranking_data import Ranking, judge
from gongkai.ui.ranking_views import COLOURS
from gongkai.ui.ranking_words import sentences

CORRECTED, GRANTED, PEOPLE = "review.corrected_share", "applications.granted_share", "applications.per_100k"
PEERS = "county_departments"


@pytest.fixture(params=["zh-CN", "en"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    for module in ("messages", "measures", "ranking_words", "peers"):
        monkeypatch.setattr(f"gongkai.ui.{module}.language", lambda: request.param)
    return str(request.param)


def judged(code: str, counts: list[tuple[float, float]], overdispersion: bool = False) -> Ranking:
    own = pd.DataFrame(
        {
            "agency_id": [f"{number:02d}" for number in range(len(counts))],
            "agency": [f"第{number:02d}局" for number in range(len(counts))],
            "numerator": [above for above, _ in counts],
            "denominator": [below for _, below in counts],
            "status": "reported",
        }
    )
    return judge(own, indicators()[code], (code, PEERS, "2024"), overdispersion)


def said(code: str, made: Ranking) -> str:
    return "\n".join(sentences(indicators()[code], made, PEERS, 2024))


def test_one_unit_with_enough_cases_is_not_compared(spoken: str) -> None:
    text = said(CORRECTED, judged(CORRECTED, [(10, 50), (1, 4), (float("nan"), float("nan"))]))
    assert message(spoken, "ranking.say_one") in text
    # The whole is that of all who report, the unit with few cases too.
    assert "20.4%" in text
    assert "11 ÷ 54" in text


def test_nobody_with_enough_cases_is_not_ranked_and_that_is_said(spoken: str) -> None:
    made = judged(CORRECTED, [(1, 4), (2, 5)])
    assert made.units["rank"].isna().all()
    (sentence,) = sentences(indicators()[CORRECTED], made, PEERS, 2024)
    assert indicators()[CORRECTED].label("en" if spoken == "en" else "zh") in sentence


def test_where_all_are_within_the_limits_chance_is_said_to_explain_it(spoken: str) -> None:
    made = judged(CORRECTED, [(10, 50), (12, 50), (9, 50), (11, 50)])
    text = said(CORRECTED, made)
    assert message(spoken, "ranking.say_chance", count="4") in text
    assert set(made.units["band"]) == {"usual"}


def test_equal_units_share_their_rank(spoken: str) -> None:
    made = judged(CORRECTED, [(10, 50), (10, 50), (40, 50), (10, 50)])
    ranks = made.units.set_index("agency")["rank"]
    assert ranks[["第00局", "第01局", "第03局"]].tolist() == [1, 1, 1]
    assert ranks["第02局"] == 4
    assert "80% (40/50)" in said(CORRECTED, made) or "80%（40/50）" in said(CORRECTED, made)


def test_what_only_describes_is_different_and_never_good_or_bad(spoken: str) -> None:
    made = judged(GRANTED, [(100, 300)] * 10 + [(290, 300), (5, 300)])
    text = said(GRANTED, made)
    assert (made.units["place"] == "far").sum() == 2
    assert not {"good", "watch", "attention"} & set(made.units["place"])
    assert not {"good", "attention"} & set(made.units["band"])
    assert "96.7%" in text
    assert "1.7%" in text
    assert message(spoken, "ranking.say_expected", count="12", expected="0.6") in text


def test_a_rate_per_people_is_said_in_its_unit(spoken: str) -> None:
    text = said(PEOPLE, judged(PEOPLE, [(50, 250.0), (60, 300.0), (500, 250.0), (3, 5.0)]))
    # 613 of 805 thousand people.
    assert ("76.15 件/10万人" if spoken == "zh-CN" else "76.15 per 100,000") in text
    assert ("200 件/10万人" if spoken == "zh-CN" else "200 per 100,000") in text


def test_only_beyond_the_outer_limit_is_red_and_few_cases_are_grey() -> None:
    assert [place for place, colour in COLOURS.items() if colour == VERMILION] == ["attention"]
    assert COLOURS["few"] == GREY


@settings(max_examples=60)
@given(
    st.lists(
        st.integers(0, 120).flatmap(lambda below: st.tuples(st.integers(0, below), st.just(below))),
        min_size=1,
        max_size=25,
    ),
    st.booleans(),
)
def test_nobody_is_red_within_the_limits(counts: list[tuple[int, int]], overdispersion: bool) -> None:
    units = judged(CORRECTED, [(float(above), float(below)) for above, below in counts], overdispersion).units
    red = (units["place"] == "attention") | (units["band"] == "attention")
    assert (units.loc[red, "outside_998"] == 1).all()
    assert ((units["place"] == "attention") == (units["band"] == "attention")).all()
    few = units["denominator"] < 10
    assert (units.loc[few, "place"] == "few").all()
    assert units.loc[few, "rank"].isna().all()
    # A better estimate never has a worse rank.
    ranked = units[units["status"] == "ranked"]
    shown = np.round(ranked["shrunken"].fillna(ranked["value"]).to_numpy(dtype=float) / 100, 3)
    assert (np.diff(shown[np.argsort(ranked["rank"].to_numpy(dtype=int), kind="stable")]) >= -1e-9).all()
