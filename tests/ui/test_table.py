"""The table of all pages."""

from __future__ import annotations

import pandas as pd

from gongkai.ui.table import number_width


def test_a_column_is_wide_enough_for_its_longest_number() -> None:
    short, long = pd.Series([1.0, None]), pd.Series([7730.28, 1_234_567.0, None])
    assert number_width(pd.Series([], dtype=float)) == number_width(short)
    assert number_width(long) >= 8 * len("1,234,567") + 16
