"""Filters and addresses: what is written is read back, what is wrong is named and falls back."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ui.filters import KINDS, LEVELS, NAMES, Filters, Options, read_address

ROWS = [
    ("sample", "organ", 2021, "云川省", "临湖市", "county", "department", 5),
    ("sample", "whole", 2023, "云川省", "", "province", "government", 2),
    ("published", "whole", 2019, "湖北省", "武汉市", "county", "government", 9),
    ("published", "unstated", 2025, "上海市", "", "township", "office", 1),
]
OPTIONS = Options(
    pd.DataFrame(ROWS, columns=["collection", "scope", "year", "province", "city", "level", "kind", "reports"]),
    ("sample", "published", "office"),
    {"sample": [3]},
)


def test_defaults_are_the_first_collection_in_its_largest_scope() -> None:
    assert OPTIONS.collections() == ["sample", "published"]
    assert OPTIONS.defaults() == Filters("sample", "organ", 2021, 2023)
    assert OPTIONS.defaults("published") == Filters("published", "whole", 2019, 2025)
    assert Options(OPTIONS.frame.head(0)).defaults() == Filters()


def test_an_empty_workspace_has_an_empty_address() -> None:
    assert Filters().address() == {}


def test_wrong_values_are_named_and_fall_back() -> None:
    address = {"collection": "published", "scope": "organ", "years": "1990-1991", "city": "临湖市", "level": "x.county"}
    filters, ignored = read_address(address, OPTIONS)
    assert filters == Filters("published", "whole", 2019, 2025, levels=("county",))
    assert ignored == ["scope", "years", "city", "level"]


def test_years_are_cut_to_what_there_is() -> None:
    filters, ignored = read_address({"collection": "sample", "years": "2000-2022"}, OPTIONS)
    assert (filters.first_year, filters.last_year, ignored) == (2021, 2021, [])


def test_a_group_is_of_units_that_occur_and_its_bands_of_one_scope() -> None:
    bands = [f"county_departments:{band}" for band in ("few", "medium", "many")]
    assert OPTIONS.groups("sample", "organ") == ["province_governments", "county_departments", *bands, "saved:3"]
    assert OPTIONS.groups("published", "unstated") == ["county_governments", "township_offices"]


@pytest.mark.parametrize(
    ("wanted", "found", "ignored"),
    [
        ("saved:3", "saved:3", []),
        ("saved:4", "", ["saved_group"]),
        ("county_departments:many", "county_departments:many", []),
        ("province_governments:many", "province_governments", ["band"]),
        ("county_departments:huge", "", ["group"]),
    ],
)
def test_what_of_a_group_is_not_there_is_named(wanted: str, found: str, ignored: list[str]) -> None:
    filters, lost = read_address({"collection": "sample", "scope": "organ", "group": wanted}, OPTIONS)
    assert (filters.group, lost) == (found, ignored)


def test_a_band_is_that_of_the_last_year_looked_at() -> None:
    given = Filters("sample", "organ", 2019, 2023, group="county_departments:few")
    assert given.parameters()["peers"] == "county_departments:few:organ:2023:sample"
    assert Filters("sample", "organ", 2019, 2023, group="saved:3").peers == "saved:3"
    assert Filters("sample").parameters()["peers"] is None


filters = st.sampled_from(["sample", "published"]).flatmap(
    lambda name: st.builds(
        Filters,
        collection=st.just(name),
        scope=st.sampled_from(OPTIONS.scopes(name)),
        first_year=st.just(OPTIONS.years(name)[0]),
        last_year=st.sampled_from(OPTIONS.years(name)),
        province=st.sampled_from(["", *OPTIONS.provinces(name)]),
        levels=st.sets(st.sampled_from(OPTIONS.levels(name))).map(lambda s: tuple(v for v in LEVELS if v in s)),
        kinds=st.sets(st.sampled_from(OPTIONS.kinds(name))).map(lambda s: tuple(v for v in KINDS if v in s)),
        group=st.sampled_from(["", *(group.split(":")[0] for group in OPTIONS.groups(name, "organ")[:1])]),
    )
)


@given(filters)
def test_an_address_opens_what_it_was_written_from(given_filters: Filters) -> None:
    assert read_address(given_filters.address(), OPTIONS) == (given_filters, [])


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=20)))
def test_no_address_breaks_anything(address: dict[str, str]) -> None:
    found, _ = read_address(address, OPTIONS)
    assert read_address(found.address(), OPTIONS) == (found, [])
