"""What a bare list of names proposes for each unit."""

from __future__ import annotations

import pytest

from gongkai.agencies.naming import read_place
from gongkai.agencies.proposals import place_of_list, proposed, with_parents


@pytest.mark.parametrize(
    ("place", "name", "full", "level"),
    [
        ("滑县", "县信访局", "滑县信访局", "county"),
        ("滑县", "信访局", "滑县信访局", "county"),
        ("淮安市", "市教育局", "淮安市教育局", "prefecture"),
        ("江苏省", "省教育厅", "江苏省教育厅", "province"),
        # A county's body in the list of a province is not the province's, and which county's is not said.
        ("江苏省", "县信访局", "县信访局", "county"),
        ("江苏省", "市教育局", "市教育局", ""),
        ("淮安市", "区财政局", "区财政局", ""),
        ("淮安市", "省财政厅", "省财政厅", "province"),
    ],
)
def test_a_name_without_its_place_is_completed_only_at_the_level_it_names(
    place: str, name: str, full: str, level: str
) -> None:
    _, places = read_place(place)
    unit = proposed(name, places[0])
    assert (unit.name, unit.level) == (full, level)


def test_a_body_of_an_unnamed_county_is_left_open() -> None:
    place = place_of_list(["安徽省各单位名单"])
    listed = [
        proposed(name, place) for name in ("安徽省人民政府", "萧县人民政府", "县信访局", "萧县信访局", "省信访局")
    ]
    parents = {unit.name: unit.parent for unit in with_parents(listed)}
    ids = {unit.name: unit.id for unit in listed}
    assert parents["县信访局"] is None
    assert parents["萧县信访局"] == ids["萧县人民政府"]
    assert parents["安徽省信访局"] == ids["安徽省人民政府"]
