"""Numbers on the screen: 万, 亿 and money, — for missing, 约 for approximate."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.charts.numbers import MISSING, axis_ticks, exact, rank_ticks, rounded, short


@pytest.mark.parametrize(
    ("value", "unit", "language", "words"),
    [
        (0.0, "件", "zh-CN", "0 件"),
        (12345.0, "件", "zh-CN", "12,345 件"),
        (1_234_567.0, "条", "zh-CN", "123.5万 条"),
        (2.5e8, "条", "zh-CN", "2.5亿 条"),
        (12_345.6, "万元", "zh-CN", "1.23 亿元"),
        (0.5, "万元", "zh-CN", "0.5 万元"),
        (87.54, "%", "zh-CN", "87.5%"),
        (1_234_567.0, "条", "en", "1.23M"),
        (12345.0, "件", "en", "12,345"),
        (12.5, "万元", "en", "¥125k"),
        (-3.0, "项", "zh-CN", "-3 项"),
    ],
)
def test_short(value: float, unit: str, language: str, words: str) -> None:
    assert short(value, unit, language) == words


@pytest.mark.parametrize("value", [None, math.nan, pd.NA, pd.NaT])
def test_missing_is_never_zero(value: float | None) -> None:
    assert short(value, "件") == MISSING
    assert exact(value, "件") == MISSING


def test_approximate_is_said() -> None:
    assert short(700_000.0, "条", "zh-CN", approximate=True) == "约 70万 条"
    assert exact(700_000.0, "条", "en", approximate=True) == "about 700,000"


def test_one_unit_along_an_axis() -> None:
    assert axis_ticks(0, 150_000, "件", "zh-CN")[1] == ["0", "5万", "10万", "15万"]


@given(st.floats(-1e9, 0), st.floats(0, 1e9), st.sampled_from(["件", "%", "万元"]), st.sampled_from(["zh-CN", "en"]))
def test_ticks_span_the_values_and_include_zero(low: float, high: float, unit: str, language: str) -> None:
    positions, words = axis_ticks(low, high, unit, language)
    assert len(positions) == len(words) <= 14
    assert positions[0] <= low + 1e-9
    assert positions[-1] >= high - 1e-9
    assert 0 in positions


def test_an_axis_of_points_is_marked_where_the_points_are() -> None:
    positions, words = axis_ticks(561.0, 745.0, "件", "zh-CN", zero=False)
    assert positions == [550, 600, 650, 700, 750]
    assert words == ["550", "600", "650", "700", "750"]
    assert axis_ticks(7.0, 7.0, "件", "zh-CN", zero=False)[0] == [7, 8]


def test_ranks_are_marked_at_round_places() -> None:
    assert rank_ticks(1) == [1]
    assert rank_ticks(6) == [1, 2, 3, 4, 5, 6]
    assert rank_ticks(45) == [1, 10, 20, 30, 40]
    assert rank_ticks(3000) == [1, 500, 1000, 1500, 2000, 2500, 3000]
    assert rank_ticks(40_000)[-1] == 40_000


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(0.04, "%", "0.04%"), (-0.04, "%", "-0.04%"), (0.00002, "万元", "0.00002 万元"), (0.0, "%", "0%")],
)
def test_what_is_not_0_never_reads_0(value: float, unit: str, words: str) -> None:
    assert exact(value, unit) == words
    assert rounded(value, unit) == value
    assert exact(-1e-300, unit) == exact(0.0, unit)
