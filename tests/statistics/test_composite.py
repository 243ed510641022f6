"""The composite index: best is 100, missing has none, weights that are wrong are refused, other weights shift ranks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gongkai.statistics.composite import composite

VALUES = pd.DataFrame({"timely": [0.9, 0.5, 0.7, np.nan], "errors": [0.0, 0.4, 0.2, 0.1]}, index=list("abcd"))
BETTER = {"timely": True, "errors": False}


def test_the_best_in_everything_is_100_and_the_last_0() -> None:
    found = composite(VALUES.iloc[:3], BETTER, {"timely": 1, "errors": 3}).units
    assert list(found["index"]) == [100, 0, 50]
    assert list(found["rank"]) == [1, 3, 2]
    assert list(found["rank_best"]) == list(found["rank_worst"]) == [1, 3, 2]


def test_a_unit_without_an_indicator_has_no_index() -> None:
    found = composite(VALUES, BETTER, {"timely": 1, "errors": 1}).units
    assert found.loc["d"].isna().all()
    assert composite(VALUES, BETTER, {"timely": 0, "errors": 1}).units.loc["d", "rank"] == 2


def test_ranks_that_hang_on_the_weights_have_wide_ranges() -> None:
    values = pd.DataFrame({"timely": [1.0, 0.0, 0.5], "errors": [1.0, 0.0, 0.4]})
    found = composite(values, BETTER, {"timely": 1, "errors": 1}).units
    assert (found["rank_worst"] > found["rank_best"]).all()


@pytest.mark.parametrize("weights", [{}, {"timely": 0}, {"timely": -1, "errors": 2}, {"nothing": 1}])
def test_impossible_weights_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        composite(VALUES, BETTER, weights)


def test_units_alike_in_everything_share_their_rank_and_its_range() -> None:
    values = pd.DataFrame({"a": [0.1, 0.2, 0.2, 0.9], "b": [0.3, 0.2, 0.2, 0.1]})
    made = composite(values, {"a": False, "b": False}, {"a": 1.0, "b": 1.0})
    first, second = (made.units.loc[row, ["index", "rank", "rank_best", "rank_worst"]].to_list() for row in (1, 2))
    assert first == second


def test_the_index_is_the_weighted_mean_of_the_scores_beside_it() -> None:
    values = pd.DataFrame({"a": [0.1, 0.5, 0.9, np.nan], "b": [3.0, 1.0, 2.0, 9.0], "c": [1.0, 2.0, 3.0, 4.0]})
    made = composite(values, {"a": False, "b": True, "c": True}, {"a": 3.0, "b": 1.0, "c": 0.0})
    assert list(made.scores.columns) == ["a", "b"]
    assert made.scores["a"].to_list()[:3] == [100.0, 50.0, 0.0]
    assert made.scores.loc[3].isna().all()
    expected = 0.75 * made.scores["a"] + 0.25 * made.scores["b"]
    np.testing.assert_allclose(made.units["index"], expected)


def test_leaving_an_indicator_out_says_how_far_ranks_move() -> None:
    values = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.0, 1.0]})
    made = composite(values, {"a": True, "b": True}, {"a": 9.0, "b": 1.0})
    # By a alone the order stays; by b alone it is turned round: 2, 0 and 2 places.
    assert made.without.loc["b"].to_list() == [0.0, 0.0]
    assert made.without.loc["a"].to_list() == [4 / 3, 2.0]
