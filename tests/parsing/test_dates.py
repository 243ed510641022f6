"""Dates and years as documents print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.parsing.dates import chinese_year, compact_date, dates, years


@pytest.mark.parametrize(
    ("text", "clock", "written"),
    [
        ("2023-01-1208:13", True, False),
        ("2023-01-1208:13:27", True, False),
        ("2023年1月12日", False, True),
        ("二〇二三年一月十二日", False, True),
        ("二○二三年元月十二日", False, True),
        ("二零二三年一月十二日", False, True),
        ("2023/1/12", False, False),
        ("2023.01.12", False, False),
        ("发布时间:2023年01月12日10:20", True, True),
    ],
)
def test_every_way_of_writing_a_date(text: str, clock: bool, written: bool) -> None:
    (found,) = dates(text)
    assert (found.date, found.clock, found.written) == (date(2023, 1, 12), clock, written)


@pytest.mark.parametrize(
    "text", ["2023年2月30日", "2023-13-01", "2022.12.5条", "12023年1月1日", "自年1月1日", "2023年", "第12-3-4号"]
)
def test_what_is_no_date(text: str) -> None:
    assert not list(dates(text))


def test_tens_in_chinese_dates() -> None:
    assert [one.date for one in dates("二〇一八年十二月二十九日、二〇二〇年十一月三十日、二〇二一年十月廿五日")] == [
        date(2018, 12, 29),
        date(2020, 11, 30),
        date(2021, 10, 25),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年度、2023年", [2022, 2023]),
        ("二〇二三年", [2023]),
        ("〔2021〕30号", []),
        ("1998年", []),
        ("12023年", []),
    ],
)
def test_years(text: str, expected: list[int]) -> None:
    assert [one.year for one in years(text)] == expected


def test_years_stand_where_they_say() -> None:
    text = "回顾2022年度工作"
    (found,) = years(text)
    assert text[found.start : found.end] == "2022年度"


def test_compact_dates_of_page_metadata() -> None:
    assert compact_date("20230112") == compact_date("20230112081300") == date(2023, 1, 12)
    assert compact_date("20231312") is None
    assert compact_date("2023") is None


def test_only_four_digits_are_a_year() -> None:
    assert chinese_year("二〇二三") == 2023
    assert chinese_year("二十三") is None


@given(st.dates(min_value=date(2003, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_date_reads_back(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month:02}/{day.day:02}"):
        assert [one.date for one in dates(text)] == [day]


@given(st.text(alphabet="0123456789年月日-/.:二〇三一十元 号条", max_size=40))
def test_nothing_breaks_it(text: str) -> None:
    for one in dates(text):
        assert 0 <= one.start < one.end <= len(text)
    assert all(2003 <= one.year <= 2099 for one in years(text))
