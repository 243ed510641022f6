"""Stocks roll on, pending cases reappear, tables do not repeat themselves."""

import pandas as pd
import pytest

from gongkai.checks.across.stocks import check_identical, check_pending, check_stocks

NOBODY = pd.DataFrame({"unit": [], "year": [], "predecessor": []})


def stock(
    year: int, issued: float, repealed: float, in_force: float | None, doubted: bool = False
) -> dict[str, object]:
    return {
        "unit": "a",
        "year": year,
        "scope": "organ",
        "kind": "rules",
        "issued": issued,
        "repealed": repealed,
        "in_force": in_force,
        "report": f"a{year}",
        "doubted": doubted,
    }


def test_stock_follows_from_last_year() -> None:
    assert list(check_stocks(pd.DataFrame([stock(2022, 2, 0, 20), stock(2023, 3, 1, 22)]), NOBODY)) == []


@pytest.mark.parametrize("in_force", [21, 23])
def test_a_stock_that_does_not_is_a_notice(in_force: int) -> None:
    (one,) = check_stocks(pd.DataFrame([stock(2022, 2, 0, 20), stock(2023, 3, 1, in_force)]), NOBODY)
    assert (one.severity, one.expected, one.found) == ("notice", "22", str(in_force))
    assert one.metrics == ("rules.in_force",)
    assert one.other_year == 2022
    assert [cell.side for cell in one.cells] == ["this", "this", "this", "other"]


def test_fewer_in_force_than_issued_is_an_error_and_said_once() -> None:
    (one,) = check_stocks(pd.DataFrame([stock(2022, 2, 0, 20), stock(2023, 5, 1, 3)]), NOBODY)
    assert (one.severity, one.expected, one.found, one.detail["reason"]) == ("error", "4", "3", "fewer_than_issued")


def test_missing_stock_says_nothing() -> None:
    assert list(check_stocks(pd.DataFrame([stock(2022, 2, 0, None), stock(2023, 3, 1, 9)]), NOBODY)) == []
    assert list(check_stocks(pd.DataFrame([stock(2021, 2, 0, 9), stock(2023, 3, 1, 9)]), NOBODY)) == []


def block(year: int, total: float | None, pending: float | None) -> dict[str, object]:
    return {
        "unit": "a",
        "year": year,
        "scope": "organ",
        "block": "review",
        "total": total,
        "pending": pending,
        "report": f"a{year}",
        "doubted": False,
    }


def test_pending_cases_reappear() -> None:
    assert list(check_pending(pd.DataFrame([block(2022, 5, 3), block(2023, 3, 0)]))) == []
    (one,) = check_pending(pd.DataFrame([block(2022, 5, 3), block(2023, 2, 0)]))
    assert (one.severity, one.expected, one.found) == ("notice", "3", "2")
    assert list(check_pending(pd.DataFrame([block(2022, 5, None), block(2023, 2, 0)]))) == []


def table(year: int, digest: int, largest: float, regime: str = "2021") -> dict[str, object]:
    return {
        "unit": "a",
        "year": year,
        "scope": "organ",
        "table": "review",
        "regime": regime,
        "digest": digest,
        "cells": 15,
        "largest": largest,
        "report": f"a{year}",
        "doubted": False,
    }


def test_a_table_that_is_last_years() -> None:
    (one,) = check_identical(pd.DataFrame([table(2022, 7, 5), table(2023, 7, 5)]))
    assert (one.severity, one.year, one.other_year) == ("warning", 2023, 2022)
    assert "review.total" in one.metrics
    assert one.detail["table"] == "review"


@pytest.mark.parametrize(
    "rows",
    [
        [table(2022, 7, 5), table(2023, 8, 5)],  # another table
        [table(2022, 7, 0), table(2023, 7, 0)],  # nothing but zeros
        [table(2021, 7, 9), table(2023, 7, 9)],  # a year between
        [table(2022, 7, 9, "2019"), table(2023, 7, 9)],  # another form
    ],
)
def test_no_table_that_may_repeat_itself(rows: list[dict[str, object]]) -> None:
    assert list(check_identical(pd.DataFrame(rows))) == []


def test_a_unit_that_took_another_in_has_its_documents_too() -> None:
    stocks = pd.DataFrame([stock(2022, 2, 0, 20), stock(2023, 3, 1, 31)])
    merged = pd.DataFrame({"unit": ["a"], "year": [2023], "predecessor": ["b"]})
    assert list(check_stocks(stocks, merged)) == []
    assert len(list(check_stocks(stocks, merged.assign(unit="c")))) == 1
