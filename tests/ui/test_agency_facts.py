"""One unit's values: missing stays missing, rates need all their parts, breaks are not compared across."""

from __future__ import annotations

import pandas as pd
import pytest

from gongkai.catalogue.indicators import measures
from gongkai.ui.agency_facts import FEWEST, Facts, Value, by_year, change, position, source_of, stated_years, value_of

Row = tuple[str, int, float | None] | tuple[str, int, float | None, str]


def facts(*rows: Row) -> Facts:
    return Facts(
        pd.DataFrame(
            {
                "metric": [row[0] for row in rows],
                "year": [row[1] for row in rows],
                "value": [row[2] for row in rows],
                "status": [row[3] if len(row) > 3 else "reported" for row in rows],
                "approximate": [False] * len(rows),
                "corrected": [False] * len(rows),
                "basis": ["table"] * len(rows),
                "regime": ["2021"] * len(rows),
                "report_id": [f"r{row[1]}" for row in rows],
                "figure_id": [None if row[0] == "applications.denied" else f"r{row[1]}-0" for row in rows],
                "url": [None] * len(rows),
            }
        )
    )


NEW = measures()["applications.new"]
SHARE = measures()["applications.granted_share"]


def test_blank_absent_and_zero_are_three_things() -> None:
    held = facts(("applications.new", 2021, 0.0), ("applications.new", 2022, None, "blank"))
    assert value_of(held, NEW, 2021) == Value(0.0, "reported")
    assert value_of(held, NEW, 2022) == Value(None, "blank")
    assert value_of(held, NEW, 2023) == Value(None, "absent")
    assert stated_years(held, NEW) == [2021]


@pytest.mark.parametrize(
    ("granted", "closed", "expected"),
    [
        (5.0, 20.0, Value(25.0, "reported")),
        (0.0, 0.0, Value(None, "undefined")),
        (None, 20.0, Value(None, "mixed")),
    ],
)
def test_a_rate_needs_all_its_parts(granted: float | None, closed: float, expected: Value) -> None:
    status = "blank" if granted is None else "reported"
    held = facts(("applications.granted", 2023, granted, status), ("applications.closed", 2023, closed))
    assert value_of(held, SHARE, 2023) == expected
    assert value_of(facts(("applications.closed", 2023, closed)), SHARE, 2023).status == "mixed"
    assert value_of(facts(("applications.new", 2023, 1.0)), SHARE, 2023).status == "absent"


def test_change_is_said_only_where_both_years_are_known() -> None:
    held = facts(("applications.new", 2022, 20.0), ("applications.new", 2023, 30.0), ("applications.new", 2025, 3.0))
    found = change(held, NEW, 2023)
    assert (found.status, found.before, found.difference, found.percent) == ("reported", 20.0, 10.0, 50.0)
    assert change(held, NEW, 2025).status == "missing"


def test_nothing_is_compared_across_a_break() -> None:
    held = facts(("review.total", 2023, 10.0), ("review.total", 2024, 15.0))
    found = change(held, measures()["review.total"], 2024)
    assert (found.status, found.before, found.difference) == ("broken", 10.0, None)


@pytest.mark.parametrize("before", [0.0, 1.0, 19.0])
def test_no_percentage_from_a_small_number(before: float) -> None:
    held = facts(("applications.new", 2022, before), ("applications.new", 2023, before + 4.0))
    assert change(held, NEW, 2023).percent is None
    assert change(held, NEW, 2023).difference == 4.0


def test_rows_come_in_the_order_of_the_catalogue_and_gaps_stay_empty() -> None:
    held = facts(("applications.closed", 2022, 1.0), ("applications.new", 2023, 2.0), ("unheard.of", 2023, 3.0))
    frame = by_year(held, [2023, 2022])
    assert list(frame["metric"]) == ["applications.new", "applications.closed", "unheard.of"]
    assert list(frame.columns) == ["metric", "2023", "2022"]
    assert pd.isna(frame.loc[0, "2022"])


def test_a_value_names_its_report_and_figure() -> None:
    held = facts(("applications.new", 2023, 2.0), ("applications.denied", 2023, 2.0))
    assert source_of(held, "applications.new", 2023) == ("r2023", "r2023-0")
    assert source_of(held, "applications.denied", 2023) == ("r2023", None)
    assert source_of(held, "applications.new", 2022) is None


def test_few_peers_have_no_median() -> None:
    values = [1.0, 2.0, 3.0, None, 4.0]
    frame = pd.DataFrame({"agency_id": list("abcde"), "value": values})
    few = position(frame, "b")
    assert (few.peers, few.reporting, few.median, few.own) == (5, FEWEST - 1, None, 2.0)
    more = position(pd.concat([frame, pd.DataFrame({"agency_id": ["f"], "value": [5.0]})]), "d")
    assert (more.peers, more.reporting, more.median, more.own) == (6, 5, 3.0, None)
    assert more.low is not None
    assert more.high is not None
    assert more.low < 3.0 < more.high
