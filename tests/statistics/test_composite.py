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
