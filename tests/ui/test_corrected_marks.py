"""What rests on a corrected figure says so: in the hovers of trends and bars, of ranks, and in a ranking's table."""

from __future__ import annotations

import pandas as pd
import pytest

from gongkai.catalogue.indicators import indicators, measures
from gongkai.ui.measures import corrected_words
from gongkai.ui.ranking_words import hover
from gongkai.ui.topic_trend import details

FRAME = pd.DataFrame({"numerator": [3.0, 4.0], "denominator": [6.0, 8.0], "corrected": [True, False]})
ROW = {
    "value": 50.0, "numerator": 3.0, "denominator": 6.0, "low": 20.0, "high": 80.0, "shrunken": 45.0, "rank": 1,
    "rank_best": 1, "rank_worst": 4,
}  # fmt: skip


def test_a_line_of_the_hover_says_what_was_corrected() -> None:
    assert corrected_words(FRAME) == ["已更正", ""]
    assert details(FRAME, measures()["applications.new"]) == ["已更正", ""]
    rate, plain = details(FRAME, measures()["applications.granted_share"])
    assert rate.endswith(" · 已更正")
    assert "已更正" not in plain


@pytest.mark.parametrize("corrected", [True, False])
def test_the_mark_of_a_rank_says_what_was_corrected(corrected: bool) -> None:
    lines = hover({**ROW, "corrected": corrected}, indicators()["review.corrected_share"]).split("<br>")
    assert ("已更正" in lines) is corrected
