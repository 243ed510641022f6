"""Renames and mergers: told from the register's names with years and its successors, each with its year."""

from __future__ import annotations

from gongkai.agencies.changes import Change, changes
from gongkai.agencies.register import FormerName, Unit

DEFENCE = Unit(
    "d",
    "宿州市国防动员办公室",
    "prefecture",
    "department",
    former_names=(FormerName("宿州市人民防空办公室", last=2022), FormerName("宿州市民防局")),
)
OLD = Unit("o", "宿州市粮食局", "prefecture", "department", until=2018, successor="n")
OTHER = Unit("p", "宿州市物价局", "prefecture", "department", until=2018, successor="n")
NEW = Unit("n", "宿州市发展和改革委员会", "prefecture", "department")
KNOWN = (DEFENCE, OLD, OTHER, NEW)


def test_a_rename_is_of_the_year_after_the_old_names_last() -> None:
    assert changes(KNOWN, ["d"]) == [Change("d", 2023, "renamed", ("宿州市人民防空办公室",), "宿州市国防动员办公室")]


def test_a_merger_marks_the_one_that_took_over_once_and_those_that_ended() -> None:
    assert changes(KNOWN, ["n"]) == [
        Change("n", 2019, "succeeded", ("宿州市物价局", "宿州市粮食局"), "宿州市发展和改革委员会")
    ]
    assert changes(KNOWN, ["o"]) == [Change("o", 2019, "ended", ("宿州市粮食局",), "宿州市发展和改革委员会")]


def test_two_renames_each_name_what_came_next() -> None:
    unit = Unit(
        "u", "丙", "county", "department", former_names=(FormerName("甲", last=2015), FormerName("乙", 2016, 2019))
    )
    assert [(each.year, each.before, each.after) for each in changes([unit], ["u"])] == [
        (2016, ("甲",), "乙"),
        (2020, ("乙",), "丙"),
    ]


def test_units_come_in_the_order_asked_and_unknown_ones_are_left_out() -> None:
    assert [each.unit for each in changes(KNOWN, ["o", "x", "d", "o"])] == ["o", "d"]
