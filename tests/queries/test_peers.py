"""Peer groups and bands: one definition in SQL, of whole units, that every named query with filters respects."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from gongkai.agencies.naming import agency_id
from gongkai.store.queries import catalogue
from gongkai.store.reader import Reader, reader, run_in
from gongkai.store.saved_groups import SavedGroups
from gongkai.store.sheet import COLUMNS, import_figures
from gongkai.store.workspace import Workspace, create

NEW, CARRIED = "applications.new", "applications.carried_in"
FILTERS: dict[str, Any] = {
    "collection": "office",
    "scope": "organ",
    "province": "",
    "city": "",
    "levels": [],
    "kinds": [],
}


def row(agency: str, year: int, metric: str, value: float, level: str = "county") -> dict[str, str]:
    place = {"agency": agency, "province": "湖北省", "city": "武汉市", "level": level, "agency_type": "department"}
    figure = {"year": str(year), "metric": metric, "value": str(value), "unit": "件", "approximate": "false"}
    return {**place, **figure, "url": f"https://example.gov.cn/{year}"}


def filled(folder: Path, rows: list[dict[str, str]]) -> Workspace:
    workspace = create(folder / "office")
    sheet = folder / "figures.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    import_figures(workspace, sheet, "office", "测试")
    return workspace


def volume(
    agency: str, year: int, new: float, carried: float | None = 0, level: str = "county"
) -> list[dict[str, str]]:
    rows = [row(agency, year, NEW, new, level)]
    return rows if carried is None else [*rows, row(agency, year, CARRIED, carried, level)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """County departments: 少局 few, 中局 just medium, 多局 many; 半局 reports one part only; a bureau of a city."""
    rows = [
        *volume("少局", 2023, 5, 2),
        *volume("少局", 2024, 12, 1),
        *volume("中局", 2024, 7, 3),
        *volume("多局", 2021, 0, 0),
        *volume("多局", 2022, 40, 1),
        *volume("多局", 2024, 60, 0),
        *volume("半局", 2024, 500, None),
        *volume("市局", 2024, 20, 0, level="prefecture"),
    ]
    return filled(tmp_path_factory.mktemp("peers"), rows)


def of(office: Workspace, agency: str, year: int) -> list[Any]:
    found = run_in(
        office,
        "peer_group_of",
        {"collection": "office", "scope": "organ", "year": year, "agency_id": agency_id(agency, "湖北省")},
    )
    (values,) = found[["peer_group", "band", "volume", "volume_years"]].astype(object).to_dict("split")["data"]
    return ["" if pd.isna(value) else value for value in values]


def test_a_band_rests_on_the_mean_of_the_years_in_which_all_parts_are_reported(office: Workspace) -> None:
    assert of(office, "少局", 2024) == ["county_departments", "medium", 10, 2]
    assert of(office, "少局", 2023) == ["county_departments", "few", 7, 1]
    assert of(office, "中局", 2024) == ["county_departments", "medium", 10, 1]
    # 2021 is out of the three years to 2024.
    assert of(office, "多局", 2024) == ["county_departments", "many", 50.5, 2]
    assert of(office, "多局", 2021) == ["county_departments", "few", 0, 1]


def test_a_unit_without_figures_is_in_its_group_and_no_band(office: Workspace) -> None:
    assert of(office, "半局", 2024) == ["county_departments", "", "", 0]
    assert of(office, "中局", 2023) == ["county_departments", "", "", 0]


def members(office: Workspace, peers: str) -> set[str]:
    return set(run_in(office, "peer_members", {"peers": peers})["agency"])


def test_members_of_groups_bands_and_saved_groups(office: Workspace) -> None:
    assert members(office, "county_departments") == {"少局", "中局", "多局", "半局"}
    assert members(office, "county_departments:medium:organ:2024:office") == {"少局", "中局"}
    assert members(office, "county_departments:few:organ:2023:office") == {"少局"}
    assert members(office, "county_departments:few:whole:2023:office") == set()
    assert members(office, "saved:999") == set()
    number = SavedGroups(office).save("office", "我的", [agency_id("市局", "湖北省")], "甲", "比较")
    assert members(office, f"saved:{number}") == {"市局"}
    assert run_in(office, "saved_groups", {})[["name", "units", "owner"]].to_numpy().tolist() == [["我的", 1, "甲"]]


def test_every_query_with_filters_takes_a_group() -> None:
    lacking = [
        query.name
        for query in catalogue().queries.values()
        if {"collection", "levels", "kinds"} <= query.parameters.keys() and "peers" not in query.parameters
    ]
    assert lacking == []


def test_values_sums_and_lists_are_of_the_group_alone(office: Workspace) -> None:
    number = SavedGroups(office).save(
        "office", "两局", [agency_id(n, "湖北省") for n in ("少局", "市局")], "甲", "比较"
    )
    measure = {"numerators": [NEW], "denominators": []}
    years = {"first_year": 2024, "last_year": 2024}
    for peers, total, names in (
        (f"saved:{number}", 32, {"少局", "市局"}),
        ("county_departments:many:organ:2024:office", 60, {"多局"}),
        (None, 599, {"少局", "中局", "多局", "半局", "市局"}),
    ):
        given = {**FILTERS, "peers": peers}
        assert run_in(office, "measure_by_year", {**given, **years, **measure})["total"].tolist() == [total]
        assert set(run_in(office, "measure_ranking", {**given, "year": 2024, **measure})["agency"]) == names
        assert set(run_in(office, "measure_table", {**given, **years, **measure})["agency"]) == names
        assert set(run_in(office, "agencies", {**given, **years})["agency"]) == names
        without = {name: value for name, value in given.items() if name != "scope"}
        assert set(run_in(office, "reports", {**without, **years})["agency"]) == names


def test_a_saved_group_changes_what_is_seen_at_once(office: Workspace) -> None:
    groups = SavedGroups(office)
    number = groups.save("office", "变", [agency_id("少局", "湖北省")], "甲", "比较")
    before: Reader = reader(office)
    groups.save("office", "变", [agency_id("多局", "湖北省")], "乙", "换一家", number)
    assert reader(office) is not before
    assert members(office, f"saved:{number}") == {"多局"}
    groups.delete(number, "乙", "不用了")
    assert members(office, f"saved:{number}") == set()
