"""Units keep their identity through renames and mergers; what cannot be in a register is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.agencies.register import NOWHERE, FormerName, Problem, Register, Unit, problems

CITY = Unit("c", "临湖市人民政府", "prefecture", "government", "云川省", "临湖市")
DEFENCE = Unit(
    "d",
    "临湖市国防动员办公室",
    "prefecture",
    "department",
    "云川省",
    "临湖市",
    short_names=("市国动办",),
    former_names=(FormerName("临湖市人民防空办公室", None, 2022),),
    parent="c",
)
TRADE = Unit("t", "临湖市贸易局", "prefecture", "department", "云川省", "临湖市", parent="c", until=2020, successor="b")
COMMERCE = Unit("b", "临湖市商务局", "prefecture", "department", "云川省", "临湖市", parent="c")
TAX = Unit("x", "临湖市税务局", "prefecture", "vertical", "云川省", "临湖市", parent="c")
REGISTER = Register.of([CITY, DEFENCE, TRADE, COMMERCE, TAX])


@pytest.mark.parametrize(
    ("name", "year", "unit"),
    [
        ("临湖市国防动员办公室", 2024, "d"),
        ("临湖市人民防空办公室", 2021, "d"),
        # The old sign on a new report is still the same unit.
        ("临湖市人民防空办公室", 2024, "d"),
        ("市国动办", None, "d"),
        ("临湖市贸易局", 2020, "t"),
        # The successor covers the whole year after the last one.
        ("临湖市贸易局", 2021, "b"),
        ("临湖市教育局", 2021, None),
    ],
)
def test_a_name_means_the_unit_that_bore_it_then(name: str, year: int | None, unit: str | None) -> None:
    found = REGISTER.find(name, "云川省", "临湖市", year)
    assert (found.id if found else None) == unit


def test_a_name_passed_on_means_whoever_bears_it_in_that_year() -> None:
    new = Unit("n", "临湖市人民防空办公室", "prefecture", "department", "云川省", "临湖市", since=2024)
    register = Register.of([DEFENCE, new])
    assert register.find("临湖市人民防空办公室", None, None, 2021) == DEFENCE
    assert register.find("临湖市人民防空办公室", None, None, 2024) == new


def test_several_units_of_one_name_are_told_by_their_place_or_not_at_all() -> None:
    other = replace(COMMERCE, id="o", city="望江市")
    register = Register.of([COMMERCE, other])
    assert register.find("临湖市商务局", "云川省", "望江市") == other
    assert register.find("临湖市商务局", "云川省") is None


def test_the_name_of_a_year() -> None:
    assert DEFENCE.name_in(2021) == "临湖市人民防空办公室"
    assert DEFENCE.name_in(2023) == "临湖市国防动员办公室"
    assert DEFENCE.name_in(None) == "临湖市国防动员办公室"


def test_figures_are_added_up_with_the_parent_elsewhere_or_nowhere() -> None:
    assert COMMERCE.added_up_in == "c"
    assert TAX.added_up_in is None
    assert replace(TAX, counts_in="c").added_up_in == "c"
    assert replace(COMMERCE, counts_in=NOWHERE).added_up_in is None
    assert replace(COMMERCE, reports_to="x").collected_by == "x"


@pytest.mark.parametrize(
    ("units", "problem"),
    [
        ([replace(CITY, parent="d"), DEFENCE], Problem("c", "parent", "loop")),
        ([replace(COMMERCE, parent="?")], Problem("b", "parent", "unknown", "?")),
        ([COMMERCE, replace(COMMERCE, id="b2")], Problem("b2", "name", "twice", "b")),
        ([replace(COMMERCE, since=2024, until=2020)], Problem("b", "until", "before_since")),
        (
            [replace(DEFENCE, former_names=(FormerName("甲", 2022, 2020),))],
            Problem("d", "former_names", "before_since"),
        ),
    ],
)
def test_what_cannot_be_is_named(units: list[Unit], problem: Problem) -> None:
    assert problem in problems([*units, *(unit for unit in (CITY,) if unit.id not in {one.id for one in units})])


def test_one_name_at_different_times_is_no_problem() -> None:
    assert problems([CITY, replace(COMMERCE, until=2020), replace(COMMERCE, id="b2", since=2021)]) == []


def test_a_former_name_that_begins_with_a_place_of_its_own_time_is_found() -> None:
    """A county-level city that became a district: its old name reads like a prefecture's."""
    former = (FormerName("柳渡市国土资源局", 2014, 2018),)
    unit = Unit(
        "x", "临湖市柳渡区自然资源局", "county", "department", "云川省", "临湖市", "柳渡区", former_names=former
    )  # fmt: skip
    register = Register.of([unit])
    assert register.find("柳渡市国土资源局", "云川省", "柳渡市", 2016) == unit
    assert register.find("柳渡市国土资源局", "江苏省", "柳渡市", 2016) is None
