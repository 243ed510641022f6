"""Jumps that the peers did not make; another scope; fees in another unit."""

import pandas as pd

from gongkai.checks.across.changes import check_changes
from gongkai.checks.across.fees import check_fees
from gongkai.checks.across.model import CrossFinding

Row = dict[str, object]


def measure(unit: str, year: int, value: float, metric: str = "applications.new", scope: str = "organ") -> Row:
    return {
        "unit": unit,
        "year": year,
        "scope": scope,
        "metric": metric,
        "value": value,
        "peers": "county_departments few",
        "level_kind": "county department",
        "kind": "department",
        "report": f"{unit}{year}",
        "doubted": False,
    }


def peers(metric: str = "applications.new", count: int = 9) -> list[Row]:
    """Units that grew by 0 to 8 in a hundred."""
    return [
        row
        for number in range(count)
        for row in (measure(f"p{number}", 2022, 100, metric), measure(f"p{number}", 2023, 100 + number, metric))
    ]


def found(*rows: Row) -> list[CrossFinding]:
    return list(check_changes(pd.DataFrame(rows)))


def test_a_jump_beyond_the_peers_bound() -> None:
    (one,) = found(*peers(), measure("a", 2022, 100), measure("a", 2023, 500))
    assert (one.check, one.unit, one.severity) == ("implausible_change", "a", "warning")
    assert (one.expected, one.found, one.detail["reason"], one.detail["peers"]) == ("100", "500", "up", "9")
    assert float(one.detail["low"]) < 100 < float(one.detail["high"]) < 500


def test_a_fall_is_as_far_as_a_rise() -> None:
    (one,) = found(*peers(), measure("a", 2022, 500), measure("a", 2023, 100))
    assert one.detail["reason"] == "down"


def test_just_inside_the_factor_is_no_jump() -> None:
    assert found(*peers(), measure("a", 2022, 100), measure("a", 2023, 399)) == []


def test_small_numbers_and_few_peers_give_no_bound() -> None:
    assert found(*peers(), measure("a", 2022, 2), measure("a", 2023, 39)) == []
    assert found(*peers(count=7), measure("a", 2022, 100), measure("a", 2023, 900)) == []


def test_where_all_peers_jump_nobody_is_told() -> None:
    rows = [row for n in range(10) for row in (measure(f"p{n}", 2022, 100), measure(f"p{n}", 2023, 900 + n))]
    assert found(*rows) == []


def test_missing_last_year_is_no_change() -> None:
    assert found(*peers(), measure("a", 2023, 900), measure("b", 2021, 100)) == []


def test_what_comes_to_nothing_has_jumped() -> None:
    (one,) = found(*peers(), measure("a", 2022, 100), measure("a", 2023, 0))
    assert (one.expected, one.found, one.detail["reason"]) == ("100", "0", "down")
    assert found(*peers(), measure("a", 2022, 39), measure("a", 2023, 0)) == []


def test_too_few_peers_are_joined_by_those_of_other_levels() -> None:
    others = [row | {"peers": "prefecture_departments few", "level_kind": "prefecture department"} for row in peers()]
    (one,) = found(*others, measure("a", 2022, 100), measure("a", 2023, 500))
    assert (one.unit, one.detail["peers"]) == ("a", "9")


def test_a_band_that_grew_tells_nothing_of_its_own_and_something_of_the_others() -> None:
    grown = [
        row | {"value": 9 * row["value"], "peers": "county_departments many"} for row in peers() if row["year"] == 2023
    ]
    many = [row | {"unit": "m" + row["unit"]} for row in grown]
    last = [row | {"year": 2022, "value": 100} for row in many]
    rise = measure("a", 2022, 100), measure("a", 2023, 905)
    assert found(*peers(), *many, *last, *(row | {"peers": "county_departments many"} for row in rise)) == []
    (one,) = found(*peers(), *many, *last, *rise)
    assert (one.unit, one.detail["peers"]) == ("a", "9")


def test_the_scope_is_asked_for_first() -> None:
    measures = ("applications.new", "applications.closed", "licensing.decisions")
    rows = [row for metric in measures for row in peers(metric)]
    jumps = [row for metric in measures for row in (measure("a", 2022, 100, metric), measure("a", 2023, 2000, metric))]
    (one,) = found(*rows, *jumps)
    assert (one.check, one.severity, one.detail["reason"]) == ("scope_changed", "notice", "size")
    assert one.metrics == tuple(sorted(measures))
    assert len(found(*rows, *jumps[:4])) == 2


def test_another_scope_than_last_year() -> None:
    (one,) = found(measure("a", 2022, 100), measure("a", 2023, 2000, scope="whole"))
    assert (one.check, one.detail["scope"], one.detail["last_scope"]) == ("scope_changed", "whole", "organ")
    both = measure("a", 2022, 100), measure("a", 2022, 900, scope="whole"), measure("a", 2023, 2000, scope="whole")
    assert found(*both) == []
    assert found(measure("a", 2022, 100, scope="unstated"), measure("a", 2023, 100)) == []


def fee(unit: str, year: int, value: float | None) -> Row:
    return {
        "unit": unit,
        "year": year,
        "scope": "organ",
        "value": value,
        "level_kind": "county department",
        "report": f"{unit}{year}",
        "doubted": False,
    }


def test_fees_in_yuan() -> None:
    for factor in (1_000, 10_000, 4_000 * 1.01, 2_400):
        (one,) = check_fees(pd.DataFrame([fee("a", 2022, 12.5), fee("a", 2023, 12.5 * factor)]))
        assert (one.check, one.year, one.detail["reason"], one.other_year) == (
            "fee_unit_suspect",
            2023,
            "last_year",
            2022,
        )


def test_fees_that_are_too_far_from_a_thousand_times() -> None:
    for factor in (1, 100, 390, 26_000):
        assert list(check_fees(pd.DataFrame([fee("a", 2022, 12.5), fee("a", 2023, 12.5 * factor)]))) == []
    assert list(check_fees(pd.DataFrame([fee("a", 2022, None), fee("a", 2023, 12_500)]))) == []
    assert list(check_fees(pd.DataFrame([fee("a", 2022, 0), fee("a", 2023, 12_500)]))) == []


def test_the_first_year_is_compared_with_the_next_and_is_told_once() -> None:
    (one,) = check_fees(pd.DataFrame([fee("a", 2022, 125_000), fee("a", 2023, 12.5)]))
    assert (one.year, one.detail["reason"], one.other_year) == (2022, "next_year", 2023)
    (one,) = check_fees(pd.DataFrame([fee("a", 2021, 12.5), fee("a", 2022, 125_000), fee("a", 2023, 12.5)]))
    assert (one.year, one.detail["reason"]) == (2022, "last_year")


def test_a_single_year_is_compared_with_the_peers() -> None:
    others = [fee(f"p{number}", 2022, 5 + number) for number in range(20)]
    (one,) = check_fees(pd.DataFrame([*others, fee("a", 2022, 50_000)]))
    assert (one.unit, one.detail["reason"], one.other_year) == ("a", "peers", None)
    assert list(check_fees(pd.DataFrame([*others, fee("a", 2022, 5_000)]))) == []
    assert list(check_fees(pd.DataFrame([*others[:7], fee("a", 2022, 50_000)]))) == []


def test_with_few_peers_most_measures_at_once_tell_the_scope() -> None:
    metrics = ("applications.new", "licensing.decisions", "penalties.decisions")
    few = [row for metric in metrics for row in peers(metric, count=3)]
    fallen = [measure("a", year, value, metric) for metric in metrics for year, value in ((2022, 900), (2023, 100))]
    (one,) = found(*few, *fallen)
    assert (one.check, one.unit, one.detail["reason"], len(one.metrics)) == ("scope_changed", "a", "size", 3)
    assert found(*few, *fallen[:4], measure("a", 2022, 900, metrics[2]), measure("a", 2023, 880, metrics[2])) == []
