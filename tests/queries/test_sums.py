"""Sums over governments of several levels: what one report contains is not added to it again."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from gongkai.agencies.naming import agency_id
from gongkai.store.decisions import Decisions, Target
from gongkai.store.reader import run_in
from gongkai.store.saved_groups import SavedGroups
from gongkai.store.sheet import import_figures
from gongkai.store.workspace import create

PROVINCE, CITY, COUNTY, OTHER = "江苏省人民政府", "淮安市人民政府", "淮安市洪泽区人民政府", "安徽省宿州市人民政府"
BUREAU, TOWN, NEIGHBOUR = "淮安市洪泽区教育局", "淮安市洪泽区岔河镇人民政府", "淮安市金湖县银涂镇人民政府"
TAX = "国家税务总局淮安市洪泽区税务局"
PLACES = {
    PROVINCE: ("江苏省", "", "province", "government"),
    CITY: ("江苏省", "淮安市", "prefecture", "government"),
    COUNTY: ("江苏省", "淮安市", "county", "government"),
    OTHER: ("安徽省", "宿州市", "prefecture", "government"),
    BUREAU: ("江苏省", "淮安市", "county", "department"),
    TOWN: ("江苏省", "淮安市", "township", "government"),
    NEIGHBOUR: ("江苏省", "淮安市", "township", "government"),
    TAX: ("江苏省", "淮安市", "county", "vertical"),
}


def by_year(folder: Path, figures: list[tuple[str, int, float]], group: tuple[str, ...] = ()) -> pd.DataFrame:
    """The sums of 本年新收 over governments that report (agency, year, value); with `group` over those saved as one."""
    sheet = folder / "figures.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        head = "agency,province,city,level,agency_type,year,metric,value,unit,approximate,url"
        writer.writerow(head.split(","))
        for agency, year, value in figures:
            place = (agency, *PLACES[agency])
            writer.writerow([*place, year, "applications.new", value, "件", "false", f"https://example.gov.cn/{year}"])
    workspace = create(folder / "workspace")
    import_figures(workspace, sheet, "office", "tester")
    # A sheet says nothing of scope: what is no government is taken for the organ's own until a person corrects it.
    for row in run_in(workspace, "report_list", {}).to_dict("records"):
        if row["scope"] != "whole":
            target = Target("office", str(row["sha256"]), int(row["ordinal"]))
            Decisions(workspace).correct(target, "scope", "whole", "tester", "含下级")
    parameters = {
        "collection": "office",
        "scope": "whole",
        "first_year": 2022,
        "last_year": 2024,
        "province": "",
        "city": "",
        "levels": [],
        "kinds": [],
        "numerators": ["applications.new"],
        "denominators": [],
    }
    if group:
        ids = [agency_id(agency, PLACES[agency][0]) for agency in group]
        number = SavedGroups(workspace).save("office", "一组", ids, "tester", "比较")
        parameters["peers"] = f"saved:{number}"
    return run_in(workspace, "measure_by_year", parameters).set_index("year")


def test_only_the_topmost_governments_are_added(tmp_path: Path) -> None:
    found = by_year(tmp_path, [(PROVINCE, 2023, 100), (CITY, 2023, 40), (COUNTY, 2023, 10), (OTHER, 2023, 7)])
    assert found.loc[2023, ["reporting", "added", "total"]].tolist() == [4, 2, 107]


def test_a_city_counts_where_its_province_does_not_report(tmp_path: Path) -> None:
    found = by_year(tmp_path, [(PROVINCE, 2022, 90), (CITY, 2023, 40), (COUNTY, 2023, 10), (OTHER, 2023, 7)])
    assert found.loc[2023, ["added", "total"]].tolist() == [2, 47]


def test_the_same_units_over_the_years_are_nested_among_themselves(tmp_path: Path) -> None:
    figures = [(PROVINCE, 2023, 100.0)]
    figures += [(agency, year, value) for year in (2022, 2023) for agency, value in ((CITY, 40.0), (COUNTY, 10.0))]
    found = by_year(tmp_path, figures)
    assert found["panel_total"].tolist() == [40, 40]
    assert found["panel_units"].tolist() == [2, 2]
    assert found["panel_added"].tolist() == [1, 1]
    assert found["total"].tolist() == [40, 100]


def test_a_government_contains_its_departments_and_townships(tmp_path: Path) -> None:
    figures = [(COUNTY, 2023, 10.0), (BUREAU, 2023, 3.0), (TOWN, 2023, 2.0), (NEIGHBOUR, 2023, 1.0), (TAX, 2023, 4.0)]
    found = by_year(tmp_path, figures)
    assert found.loc[2023, ["reporting", "added", "total"]].tolist() == [5, 3, 15]


def test_departments_add_up_where_their_government_does_not_report(tmp_path: Path) -> None:
    found = by_year(tmp_path, [(BUREAU, 2023, 3.0), (TOWN, 2023, 2.0), (TAX, 2023, 4.0)])
    assert found.loc[2023, ["added", "total"]].tolist() == [3, 9]


def test_a_group_of_several_levels_adds_each_figure_once_and_nothing_from_outside(tmp_path: Path) -> None:
    figures = [(PROVINCE, 2023, 100.0), (CITY, 2023, 40.0), (COUNTY, 2023, 10.0), (OTHER, 2023, 7.0)]
    found = by_year(tmp_path, figures, (CITY, COUNTY, OTHER))
    assert found.loc[2023, ["units", "reporting", "added", "total"]].tolist() == [3, 3, 2, 47]


def test_a_county_of_a_group_without_its_city_is_added_itself(tmp_path: Path) -> None:
    figures = [(CITY, 2023, 40.0), (COUNTY, 2023, 10.0), (OTHER, 2023, 7.0)]
    found = by_year(tmp_path, figures, (COUNTY, OTHER))
    assert found.loc[2023, ["added", "total"]].tolist() == [2, 17]
