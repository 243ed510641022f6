"""All that is chosen on 单位排名 and 趋势对比 stands in the address, and the address alone brings it back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from figures_workspace import filled, row
from report_pages import page
from streamlit.testing.v1 import AppTest

from gongkai.agencies.naming import agency_id
from gongkai.store.schemes import Schemes

UNITS, YEARS = 45, (2021, 2022, 2023)
FIRST, SECOND = agency_id("第01局", "湖北省"), agency_id("第02局", "湖北省")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """45 county departments and six of cities, three years, with all that the views need; a scheme of an index."""
    rows = []
    for number in range(UNITS + 6):
        level = "county" if number < UNITS else "prefecture"
        for year in YEARS:
            figures = {
                "review.corrected": 3 + (number + year) % 9,
                "review.upheld": 30 + number % 7,
                "review.other": 2,
                "applications.new": 100 + number,
                "applications.carried_in": 4,
                "applications.carried_out": 3 + (number * year) % 8,
                "applications.granted": 60,
                "applications.closed": 90,
            }
            rows += [row(f"第{number:02d}局", year, metric, value, level=level) for metric, value in figures.items()]
    workspace = filled(tmp_path_factory.mktemp("links"), rows)
    weights = {"review.corrected_share": 60.0, "applications.carried_out_share": 40.0}
    Schemes(workspace).save(workspace.figures_collection, "试行", weights, "甲", "评价")
    return workspace.folder


def chosen(app: AppTest) -> dict[str, Any]:
    """What stands in the controls of the page's own, and what its tables hold."""
    found: dict[str, Any] = {}
    for kind in ("selectbox", "multiselect", "toggle", "button_group"):
        for box in app.get(kind):
            if re.match("(ranking|compare)_", str(box.key)):
                found[re.sub("_[0-9a-f]+$", "", str(box.key))] = box.value
    tables = [table.value for table in app.dataframe]
    charts = [chart.proto.spec for chart in app.get("plotly_chart")]
    return {**found, "tables": tables, "charts": charts}


RANKING = {
    "funnel": {"view": "funnel", "indicator": "applications.carried_out_share", "wide": "1"},
    "intervals": {"view": "caterpillar", "peers": "county_departments", "year": "2022", "part": "last"},
    "years": {"view": "years", "units": f"{SECOND}.{FIRST}"},
    "bands": {"view": "bands", "peers": "prefecture_departments", "year": "2021"},
    "asked": {"indicator": "applications.granted_share", "asked": "1", "year": "2022"},
    "composite": {"view": "composite", "scheme": "1", "peers": "prefecture_departments", "year": "2022"},
}
COMPARE = {
    "measures": "applications.carried_out_share,applications.new",
    "units": f"{SECOND}.{FIRST}",
    "base": "2022",
    "of": "applications.carried_out",
    "into": "2022",
    "flow_year": "2022",
    "flow_unit": SECOND,
}


@pytest.mark.parametrize("case", RANKING)
def test_a_ranking_is_opened_as_its_address_says(case: str, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(office))
    _opens("ranking", RANKING[case])


def test_a_trend_is_opened_as_its_address_says(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(office))
    shown = _opens("compare", COMPARE)
    table = shown["tables"][0]
    assert table["measure"].unique().tolist() == ["结转率", "本年新收政府信息公开申请数量"]
    assert table["series"].unique().tolist()[:2] == ["第02局", "第01局"]


def _opens(name: str, asked: dict[str, str]) -> dict[str, Any]:
    app = page(name, **asked)
    assert not app.exception
    address = _address(app)
    shown = chosen(app)
    for key, value in asked.items():
        held = shown[f"{name}_{key}"]
        assert _written(held) == value
        # The default is left out, as on a page that nobody has changed.
        assert address.get(key, value) == value
    again = chosen(page(name, **address))
    assert {key: value for key, value in again.items() if key != "tables"} == {
        key: value for key, value in shown.items() if key != "tables"
    }
    for one, other in zip(shown["tables"], again["tables"], strict=True):
        pd.testing.assert_frame_equal(one, other)
    return shown


def _address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}


def _written(held: object) -> str:
    """A control's value as an address has it."""
    if isinstance(held, list):
        return ("," if any("." in each for each in held) else ".").join(held)
    return {True: "1", False: ""}.get(held, str(held)) if isinstance(held, bool) else str(held)


def test_what_a_person_chooses_is_in_the_address(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(office))
    app = page("ranking")
    _control(app.button_group, "ranking_view").set_value("caterpillar").run()
    _control(app.selectbox, "ranking_year").set_value("2022").run()
    _control(app.selectbox, "ranking_peers").set_value("prefecture_departments").run()
    _control(app.toggle, "ranking_wide").set_value(True).run()
    assert not app.exception
    address = _address(app)
    wanted = {"view": "caterpillar", "year": "2022", "peers": "prefecture_departments", "wide": "1"}
    assert {key: address[key] for key in wanted} == wanted
    app = page("compare")
    _control(app.multiselect, "compare_measures").set_value(["review.corrected_share", "applications.new"]).run()
    _control(app.selectbox, "compare_into").set_value("2022").run()
    assert _address(app)["measures"] == "review.corrected_share,applications.new"
    assert _address(app)["into"] == "2022"
    assert _control(app.multiselect, "compare_measures").value == ["review.corrected_share", "applications.new"]


def _control(widgets: Iterable[Any], name: str) -> Any:
    (found,) = (each for each in widgets if str(each.key).startswith(f"{name}_"))
    return found
