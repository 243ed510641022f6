"""汇总报表: an empty workspace, no register, a form with its differences and gaps, an open cell; both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from figures_workspace import filled, row
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.store.register import import_agencies, units_of
from gongkai.store.saved_groups import SavedGroups
from gongkai.store.workspace import Workspace, create, open_workspace

REGISTER = """\
name,province,city,level,kind,parent
武汉市人民政府,湖北省,武汉市,prefecture,government,
甲局,湖北省,武汉市,prefecture,department,武汉市人民政府
乙局,湖北省,武汉市,prefecture,department,武汉市人民政府
丙局,湖北省,武汉市,prefecture,department,武汉市人民政府
"""
NEW = "applications.new"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A city with three bureaus: one without a report, and a city's figure that leaves the second one out."""
    folder = tmp_path_factory.mktemp("city")
    government = {"level": "prefecture", "agency_type": "government"}
    workspace = filled(
        folder,
        [
            row("甲局", 2024, NEW, 7),
            row("乙局", 2024, NEW, 5),
            row("乙局", 2024, "fees.amount", 1.25, "万元"),
            row("武汉市人民政府", 2024, NEW, 7, **government),
        ],
    )
    (folder / "agencies.csv").write_text(REGISTER, encoding="utf-8")
    import_agencies(workspace, folder / "agencies.csv", workspace.figures_collection, "测试")
    return workspace


@pytest.fixture
def served(city: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("GONGKAI_DATA", str(city.folder))
    return city


def form(app: AppTest) -> dict[str, Any]:
    shown = [json.loads(one.proto.json or one.proto.mixed.json) for one in app.get("bidi_component")]
    (data,) = [each for each in shown if "tables" in each]
    return dict(data)


def figure(data: dict[str, Any], key: str) -> dict[str, Any]:
    return next(cell for table in data["tables"] for line in table["rows"] for cell in line if cell["key"] == key)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_workspace_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))
    app = page("roll_up", language)
    assert not app.exception
    assert "gongkai ingest" in words(app)


def test_without_a_register_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(filled(tmp_path, [row("甲局", 2024, NEW, 7)]).folder))
    app = page("roll_up")
    assert not app.exception
    assert "还没有单位名录" in words(app)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_form_shows_sums_and_marks_what_differs(served: Workspace, language: str) -> None:
    app = page("roll_up", language)
    assert not app.exception
    data = form(app)
    assert figure(data, f"{NEW}~all") | {"rowspan": 1, "colspan": 1} == {
        "text": "12", "rowspan": 1, "colspan": 1, "role": "figure", "key": f"{NEW}~all", "tone": "differs",
    }  # fmt: skip
    assert figure(data, "fees.amount~all")["text"] == "1.2500"
    assert figure(data, "fees.amount~all")["tone"] == "incomplete"
    assert figure(data, f"{NEW}~company")["text"] == "—"
    assert [metric.value for metric in app.metric] == ["2 / 3", "1", "1", "0"]
    differences, missing = (element.value for element in app.dataframe)
    assert "乙局" in differences["traced"].iloc[0]
    assert "丙局" in set(missing["unit"])


def test_an_open_cell_shows_its_units_the_largest_first(served: Workspace) -> None:
    app = page("roll_up", cell=f"{NEW}~all")
    assert not app.exception
    parts = app.dataframe[0].value
    assert list(parts["unit"]) == ["甲局", "乙局", "丙局"]
    assert list(parts["given"].iloc[:2]) == [7, 5]
    assert parts["state"].iloc[2] == "未报"
    assert "12，由 2 / 3 家单位的数字相加" in words(app)
    assert form(app)["selected"] == f"{NEW}~all"


def test_a_cell_that_is_none_is_dropped(served: Workspace) -> None:
    app = page("roll_up", cell="<b>~x")
    assert not app.exception
    assert form(app)["selected"] is None


def test_a_saved_group_is_added_up_like_a_unit(served: Workspace, tmp_path: Path) -> None:
    office = open_workspace(shutil.copytree(served.folder, tmp_path / "copy"))
    units = {unit.name: unit.id for unit in units_of(office, office.figures_collection)}
    members = [units["甲局"], units["丙局"], "nobody"]
    number = SavedGroups(office).save(office.figures_collection, "联系点", members, "张三", "常看")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_DATA", str(office.folder))
        app = page("roll_up", agency=f"saved:{number}")
    assert not app.exception
    assert figure(form(app), f"{NEW}~all")["text"] == "7"
    assert [metric.value for metric in app.metric][:2] == ["1 / 2", "1"]
    assert "组内另有 1 家单位不在名录中" in words(app)
    assert "自建分组没有自己的报告" in words(app)


def test_a_unit_is_found_by_its_name_and_a_year_without_units_is_told(served: Workspace) -> None:
    app = page("roll_up", words="没有这个")
    assert not app.exception
    assert "没有名称相符" in words(app)
    agency = next(unit.id for unit in units_of(served, served.figures_collection) if unit.kind == "government")
    assert "12" in figure(form(page("roll_up", words="武汉", agency=agency)), f"{NEW}~all")["text"]
