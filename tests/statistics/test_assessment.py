"""Assessments: who is ranked, who is too few, who is missing; bands never blame a unit within its limits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gongkai.statistics.assessment import Question, assess

SHARE = Question("share", higher_is_better=False, fewest=10)


def counts(*pairs: tuple[float | None, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["numerator", "denominator"], dtype="float64")
    frame.index = pd.Index([f"u{number}" for number in range(len(frame))])
    return frame


def group(seed: int = 20260108, units: int = 200) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    trials = chance.integers(12, 300, units)
    return counts(*zip(chance.binomial(trials, 0.15).tolist(), trials.tolist(), strict=True))


def test_missing_few_and_undefined_are_told_apart_and_never_ranked() -> None:
    frame = pd.concat([group(units=20), counts((None, 30), (1, None), (1, 9), (0, 0))], ignore_index=True)
    found = assess(frame, SHARE, ("a",)).units
    assert list(found["status"][20:]) == ["missing", "missing", "few", "undefined"]
    assert found["rank"][20:].isna().all()
    assert list(found["band"][20:]) == ["few"] * 4
    assert found["value"].isna()[[20, 21, 23]].all()
    # A unit of few cases still shows what it reported, with its interval.
    assert found["low"][22] < found["value"][22] < found["high"][22]


def test_units_that_differ_by_chance_alone_get_no_blame() -> None:
    flagged = sum(int((assess(group(seed), SHARE, ("b",)).units["band"] == "attention").sum()) for seed in range(10))
    assert flagged <= 4  # of 2,000 units, 1 in 1,000 at most on average


def test_a_unit_far_out_is_found_and_its_direction_counts() -> None:
    frame = pd.concat([group(), counts((120, 200), (1, 250))], ignore_index=True)
    worse = assess(frame, SHARE, ("c",)).units
    assert list(worse["band"][200:]) == ["attention", "good"]
    assert worse["rank"][201] == 1
    better = assess(frame, Question("share", higher_is_better=True, fewest=10), ("c",)).units
    assert list(better["band"][200:]) == ["good", "attention"]
    neither = assess(frame, Question("share", higher_is_better=None, fewest=10), ("c",)).units
    assert set(neither["band"]) == {"usual"}
    assert neither["rank"].isna().all()
    assert list(neither["outside_998"][200:]) == [1, -1]


def test_rates_are_judged_by_their_exposure() -> None:
    chance = np.random.default_rng(20260109)
    exposure = chance.uniform(20, 400, 100)
    events = chance.poisson(exposure * 0.2)
    frame = counts(*zip(events.tolist(), exposure.tolist(), strict=True), (150.0, 200.0))
    found = assess(frame, Question("rate", higher_is_better=False, fewest=10), ("d",))
    assert found.target == pytest.approx(0.2, abs=0.05)
    assert found.units["band"].iloc[-1] == "attention"
    assert found.units["rank"].iloc[-1] == 101


def test_overdispersion_widens_where_all_differ() -> None:
    chance = np.random.default_rng(20260110)
    trials = chance.integers(50, 400, 150)
    frame = counts(*zip(chance.binomial(trials, chance.beta(4, 16, 150)).tolist(), trials.tolist(), strict=True))
    plain = assess(frame, SHARE, ("e",))
    wide = assess(frame, Question("share", False, 10, overdispersion=True), ("e",))
    assert plain.dispersion == 1.0 < wide.dispersion
    assert (wide.units["outside_998"] != 0).sum() < (plain.units["outside_998"] != 0).sum()


def test_the_same_question_has_the_same_answer() -> None:
    pd.testing.assert_frame_equal(assess(group(), SHARE, ("f",)).units, assess(group(), SHARE, ("f",)).units)


@pytest.mark.parametrize("frame", [counts(), counts((None, None)), counts((0, 0)), counts((3, 12))])
def test_tiny_groups_are_answered(frame: pd.DataFrame) -> None:
    found = assess(frame, SHARE, ("g",))
    assert len(found.units) == len(frame)
    assert found.prior is None
