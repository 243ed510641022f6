"""The sentences of 趋势对比 at the edges, in both languages: what they say is true of the numbers as printed."""

from __future__ import annotations

import pandas as pd
import pytest

from gongkai.catalogue.indicators import measures
from gongkai.catalogue.messages import message
from gongkai.charts.numbers import exact
from gongkai.ui.compare_words import of_drivers, of_flow, of_peers, of_unit

NEW, SHARE, REVIEW = "applications.new", "applications.carried_out_share", "review.total"
SATISFIED, PEOPLE, MONEY = "hotline.satisfaction", "applications.per_100k", "fees.amount"
YEARS = list(range(2018, 2026))
NOBODY = pd.DataFrame(columns=["year", "units", "low", "middle", "high"])
Values = dict[int, float | None]


@pytest.fixture(params=["zh-CN", "en"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    for module in ("messages", "measures", "compare_words"):
        monkeypatch.setattr(f"gongkai.ui.{module}.language", lambda: request.param)
    return str(request.param)


def rows(values: Values, whole: float = float("nan"), about: tuple[int, ...] = ()) -> pd.DataFrame:
    """A unit's years; with `whole` the values are parts of so many cases, in percent."""
    shares = whole == whole
    return pd.DataFrame(
        {
            "year": list(values),
            "value": [value if value is None or not shares else 100 * value / whole for value in values.values()],
            "approximate": [year in about for year in values],
            "numerator": list(values.values()),
            "denominator": whole,
        }
    )


def band(year: int, low: float, middle: float, high: float, units: int = 9) -> dict[str, float]:
    return {"year": year, "units": units, "low": low, "middle": middle, "high": high}


def said(code: str, own: pd.DataFrame, peers: pd.DataFrame = NOBODY, years: list[int] = YEARS) -> str:
    return of_unit("甲县", own, measures()[code], peers, years)


def word(spoken: str, key: str, **values: object) -> str:
    return message(spoken, f"compare.{key}", **values)


def number(spoken: str, value: float, code: str) -> str:
    return exact(value, measures()[code].unit, spoken)


def test_one_year_only_is_a_value_and_no_trend(spoken: str) -> None:
    text = said(NEW, rows({2025: 12.0}), years=[2025])
    assert number(spoken, 12, NEW) in text
    assert word(spoken, "among_none", fewest=3) in text
    for key in ("say_gap", "say_cut"):
        assert word(spoken, key, before=2024) not in text


def test_a_missing_year_in_between_is_said_and_not_jumped_over(spoken: str) -> None:
    text = said(NEW, rows({2022: 10.0, 2023: None, 2024: 40.0}))
    assert word(spoken, "say_gap", before=2023) in text
    assert number(spoken, 30, NEW) not in text
    assert text == said(NEW, rows({2022: 10.0, 2024: 40.0}))


def test_a_unit_that_fell_silent_is_not_taken_for_this_year(spoken: str) -> None:
    peers = pd.DataFrame([band(year, 3, 5, 9) for year in (2022, 2023, 2024)])
    assert word(spoken, "say_ended", year=2023) in said(NEW, rows({2021: 4.0, 2022: 4.0}), peers)
    assert word(spoken, "say_ended", year=2025) not in said(NEW, rows({2023: 4.0, 2024: 4.0}), peers)
    assert said(NEW, rows({2023: None})) == word(spoken, "say_silent", name="甲县", measure=label(spoken, NEW))


def label(spoken: str, code: str) -> str:
    return measures()[code].label("en" if spoken == "en" else "zh")


def test_a_rise_from_0_has_no_percentage_and_a_fall_to_0_is_all(spoken: str) -> None:
    rise = said(NEW, rows({2023: 0.0, 2024: 6.0}))
    assert word(spoken, "say_more_from_0", by=number(spoken, 6, NEW)) in rise
    assert "%" not in rise
    fall = said(NEW, rows({2023: 6.0, 2024: 0.0}))
    assert word(spoken, "say_less", by=number(spoken, 6, NEW), share="100%") in fall
    assert number(spoken, 0, NEW) in fall


@pytest.mark.parametrize(("code", "year"), [(NEW, 2019), ("fees.amount", 2021), (REVIEW, 2024)])
def test_a_break_between_forms_is_named_instead_of_a_change(code: str, year: int, spoken: str) -> None:
    text = said(code, rows({year - 1: 10.0, year: 40.0}))
    assert word(spoken, "say_cut", before=year - 1) in text
    assert number(spoken, 30, code) not in text


def test_a_form_that_counts_the_same_is_compared(spoken: str) -> None:
    text = said(NEW, rows({2020: 10.0, 2021: 40.0}))
    assert word(spoken, "say_more", by=number(spoken, 30, NEW), share="300%") in text


def test_identical_values_are_the_same_and_nobody_is_above_or_below(spoken: str) -> None:
    peers = pd.DataFrame([band(2025, 5, 5, 5)])
    text = said(NEW, rows({2024: 5.0, 2025: 5.0}), peers)
    assert word(spoken, "say_same") in text
    assert word(spoken, "among_within_same", count="9", middle=number(spoken, 5, NEW)) in text
    above = said(NEW, rows({2024: 5.0, 2025: 6.0}), peers)
    assert word(spoken, "among_above_same", count="9", middle=number(spoken, 5, NEW)) in above
    whole = of_peers(measures()[NEW], pd.DataFrame([band(2024, 5, 5, 5), band(2025, 5, 5, 5)]), YEARS)
    assert word(spoken, "say_peers_level", first=2024, count="9") in whole


def test_a_difference_that_is_not_printed_is_none(spoken: str) -> None:
    # 12.34% and 12.26% both read 12.3%.
    text = said(SHARE, rows({2024: 1234.0, 2025: 1226.0}, whole=10_000))
    assert "12.3%" in text
    assert word(spoken, "say_level") in text
    # 12.34% and 12.36% read 12.3% and 12.4%: the reader takes 0.1 from them.
    text = said(SHARE, rows({2024: 1234.0, 2025: 1236.0}, whole=10_000))
    assert word(spoken, "say_points_more", by="0.1") in text


def test_very_small_numbers_are_neither_0_nor_equal(spoken: str) -> None:
    text = said(SHARE, rows({2024: 2.0, 2025: 4.0}, whole=10_000))
    assert "0.04%" in text
    assert word(spoken, "say_points_more", by="0.02") in text
    assert "0%" not in text.replace("0.04%", "")
    text = said(PEOPLE, rows({2024: 0.002, 2025: 0.004}))
    assert number(spoken, 0.004, PEOPLE) in text
    assert exact(0.004, measures()[PEOPLE].unit).startswith("0.004 ")
    money = said(MONEY, rows({2024: 0.00004, 2025: 0.00002}))
    assert number(spoken, 0.00002, MONEY) in money
    assert "-0" not in money


def test_at_the_edge_of_the_middle_half_a_unit_is_within_it(spoken: str) -> None:
    peers = pd.DataFrame([band(2025, 8.04, 10.0, 12.34)])
    for parts, place in ((1236.0, "above"), (1232.0, "within"), (804.0, "within"), (790.0, "below")):
        text = said(SHARE, rows({2025: parts}, whole=10_000), peers, [2025])
        assert word(spoken, f"among_{place}", count="9", span="8%–12.3%", middle="10%") in text


def test_a_unit_without_peers_is_compared_with_nobody(spoken: str) -> None:
    peers = pd.DataFrame([band(2023, 3, 5, 9)])
    text = said(NEW, rows({2024: 4.0, 2025: 4.0}), peers)
    assert word(spoken, "among_none", fewest=3) in text
    assert "3–9" not in text
    assert of_peers(measures()[NEW], NOBODY, YEARS) == word(
        spoken, "say_no_peers", measure=label(spoken, NEW), fewest=3
    )


def test_what_is_about_is_said_to_be_and_not_tested(spoken: str) -> None:
    text = said(NEW, rows({2024: 10_000.0, 2025: 70_000.0}, about=(2025,)))
    assert exact(70_000, measures()[NEW].unit, spoken, approximate=True) in text
    for sure in ("sure", "likely", "chance"):
        assert word(spoken, f"sure_{sure}") not in text


def test_a_stated_rate_changes_by_points_without_chance(spoken: str) -> None:
    text = said(SATISFIED, rows({2024: 98.6, 2025: 99.1}))
    assert word(spoken, "say_points_more", by="0.5") in text
    assert word(spoken, "sure_chance") not in text


@pytest.mark.parametrize(
    ("before", "after", "sure"), [(30.0, 90.0, "sure"), (30.0, 50.0, "likely"), (30.0, 36.0, "chance")]
)
def test_how_sure_a_change_is_follows_the_counts(before: float, after: float, sure: str, spoken: str) -> None:
    assert word(spoken, f"sure_{sure}") in said(NEW, rows({2024: before, 2025: after}))


def test_the_peers_are_compared_with_the_first_year_that_compares(spoken: str) -> None:
    peers = pd.DataFrame([band(2018, 1, 1, 1), band(2019, 2, 4, 6, 3), band(2022, 2, 5, 6), band(2025, 2, 8, 10, 40)])
    text = of_peers(measures()[NEW], peers, YEARS)
    assert word(spoken, "say_peers_before", first=2019, before=number(spoken, 4, NEW), count="3") in text
    assert number(spoken, 8, NEW) in text
    assert ("2–10 件" if spoken == "zh-CN" else "2–10") in text
    # The law of 2024: earlier years do not compare.
    assert word(spoken, "say_peers_before", first=2025, before="", count="40") not in of_peers(
        measures()[REVIEW], peers, YEARS
    )
    assert of_peers(measures()[REVIEW], peers, YEARS).endswith(word(spoken, "say_peers_once"))


def changes(*values: tuple[float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(values, columns=["before", "after"])
    frame = frame.assign(change=frame["after"] - frame["before"], agency=[f"第{n}局" for n in range(len(values))])
    return frame.loc[frame["change"].abs().sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def test_drivers_add_up_to_what_is_said(spoken: str) -> None:
    frame = changes((10, 15), (10, 2), (3, 3), (0, 1))
    text = of_drivers(frame, measures()[NEW], 2025, nested=False)
    assert word(spoken, "say_total", total=number(spoken, -2, NEW)) in text
    assert ("2 家增加、1 家减少" if spoken == "zh-CN" else "2 rose, 1 fell") in text
    assert ("第1局（-8 件）" if spoken == "zh-CN" else "第1局 (-8)") in text


def test_changes_that_cancel_and_tie_are_said_to(spoken: str) -> None:
    text = of_drivers(changes((10, 15), (10, 5), (7, 12)), measures()[NEW], 2025, nested=True)
    assert word(spoken, "say_alike", count="2") in text
    assert word(spoken, "say_nested") in text
    none = of_drivers(changes((10, 15), (10, 5)), measures()[NEW], 2025, nested=False)
    assert word(spoken, "say_no_total") in none
    # Tenths of 万元 do not add up in binary.
    assert word(spoken, "say_no_total") in of_drivers(
        changes((0.1, 0.2), (0.2, 0.4), (0.3, 0.0)), measures()[MONEY], 2025, nested=False
    )


def test_a_flow_speaks_of_what_was_closed_as_reported(spoken: str) -> None:
    sums = {"new": 90.0, "carried_in": 10.0, "granted": 30.0, "partial": 10.0, "denied": 5.0, "unavailable": 10.0,
            "not_processed": 3.0, "other": 2.0, "carried_out": 41.0}  # fmt: skip
    flow = pd.Series({f"applications.{name}": value for name, value in sums.items()})
    text = of_flow(flow, 2025)
    # 60 closed; 100 - 41 would be 59: this table does not balance, and the sentence says what the parts say.
    assert (
        word(spoken, "say_flow", year=2025, new="90", carried="10", closed="60", granted="30", share="50%", kept="41")
        == text
    )
    open_only = flow.where(flow.index.isin(["applications.new", "applications.carried_out"]), 0.0)
    assert of_flow(open_only, 2025) == word(spoken, "say_flow_open", year=2025, new="90", carried="0", kept="41")
