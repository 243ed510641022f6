"""The topic pages and the overview: in an empty, a small and a full workspace, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures_workspace import filled, many, row
from report_pages import page, words

from gongkai.store.reader import run_in
from gongkai.store.workspace import create
from gongkai.ui.measures import joined

PAGES = ("overview", "disclosure", "applications", "hotline", "review")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every topic has figures of twelve units and seven years."""
    return filled(tmp_path_factory.mktemp("full"), many()).folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three figures of two units."""
    rows = [
        row("甲局", 2023, "applications.new", 5),
        row("甲局", 2024, "applications.new", 0),
        row("*乙*_局_", 2024, "applications.carried_out", 2, approximate="true"),
    ]
    return filled(tmp_path_factory.mktemp("small"), rows).folder


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_an_empty_workspace_says_what_to_do(
    name: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))
    app = page(name, language)
    assert not app.exception
    assert "gongkai ingest" in words(app)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_full_workspace(name: str, language: str, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page(name, language)
    assert not app.exception
    assert app.get("plotly_chart")
    assert "gongkai ingest" not in words(app)


@pytest.mark.parametrize("name", PAGES)
def test_a_small_workspace(name: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(small))
    app = page(name)
    assert not app.exception
    if name not in ("overview", "applications"):
        assert "当前筛选条件下没有数据" in words(app)


def test_cards_say_what_they_rest_on_and_missing_is_no_zero(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(small))
    app = page("applications")
    values = {metric.label: metric.value for metric in app.metric}
    assert values["2024 年合计"] == "0 件"
    assert values["未报告"] == "1 家"
    assert "基于 1 家单位，共 2 家" in words(app)
    (table,) = app.dataframe
    frame = table.value.set_index("agency")
    assert frame.loc["甲局", "2024"] == 0
    assert frame["2023"].isna().to_list() == [True, False] or frame["2023"].isna().to_list() == [False, True]
    assert "没有报告：2023" in frame.loc["*乙*_局_", "note"]


def test_the_address_opens_the_same_view(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("applications", measure="applications.denied_share", year="2023", years="2021-2023", level="county")
    assert not app.exception
    assert "2023 年总体比率" in {metric.label for metric in app.metric}
    assert app.query_params["measure"] == "applications.denied_share"
    assert app.query_params["years"] == "2021-2023"
    assert "2021–2023" in app.expander[0].label


def test_what_an_address_asks_wrongly_is_ignored_with_a_notice(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("review", province="<script>", years="abcd", scope="whole", measure="'; DROP TABLE fact")
    assert not app.exception
    assert "省份" in app.warning[0].value
    assert "年份" in app.warning[0].value
    assert "统计口径" in app.warning[0].value
    assert app.query_params["scope"] == "organ"
    assert "province" not in app.query_params


def test_a_filter_stays_on_the_next_page(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("applications")
    app.selectbox(key="filter_first_year_zh-CN").select(2022).run()
    assert app.query_params["years"] == "2022-2025"
    app.switch_page("pages/review.py").run()
    assert not app.exception
    assert app.query_params["years"] == "2022-2025"
    assert "2022–2025" in app.expander[0].label


def test_the_language_can_be_switched(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("applications", measure="applications.granted_share")
    app.button(key="switch_language").click().run()
    assert not app.exception
    assert app.title[0].value == "Applications"
    assert app.query_params["measure"] == "applications.granted_share"


def test_a_unit_is_compared_and_found(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("applications", year="2024")
    options = app.multiselect[-1].options
    assert "第00局" in options
    app.multiselect[-1].select("第00局").run()
    assert not app.exception
    assert app.query_params["units"]


def test_medians_compare_only_in_the_same_units(tmp_path: Path) -> None:
    """Many small units say what they received, one large one also what it closed: 2 and 18 do not compare."""
    rows = [row(f"第{unit}局", 2024, "applications.new", 2) for unit in range(5)]
    rows += [row("大局", 2024, "applications.new", 20), row("大局", 2024, "applications.closed", 18)]
    workspace = filled(tmp_path, rows)
    given = {
        "collection": "office",
        "scope": "organ",
        "year": 2024,
        "province": "",
        "city": "",
        "levels": [],
        "kinds": [],
    }
    metrics = ["applications.new", "applications.closed", "applications.carried_out"]
    each = run_in(workspace, "metric_summary", {**given, "metrics": metrics})
    together = run_in(workspace, "metric_summary", {**given, "metrics": metrics, "together": 1})
    assert each["median"].tolist() == [2, 18]
    assert together[["units", "median"]].to_numpy().tolist() == [[1, 20], [1, 18]]


def test_few_units_are_drawn_themselves_instead_of_an_empty_trend(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(small))
    app = page("applications")
    assert not app.exception
    assert "只有 1 家单位报告过该指标" in words(app)


def test_too_many_units_of_too_few_years_are_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"第{unit}局", 2018 + unit, "applications.new", unit) for unit in range(7)]
    monkeypatch.setenv("GONGKAI_DATA", str(filled(tmp_path, rows).folder))
    app = page("applications")
    assert not app.exception
    assert "7 家单位报告过该指标，但每年都不足 3 家" in words(app)


def test_medians_of_other_units_are_not_joined(tmp_path: Path) -> None:
    """2023 and 2024 have most of their units in common, 2022 and 2023 none."""
    units = {2022: range(4), 2023: range(4, 8), 2024: range(5, 9)}
    rows = [row(f"第{unit}局", year, "applications.new", unit) for year, held in units.items() for unit in held]
    given = {"province": "", "city": "", "levels": [], "kinds": [], "first_year": 2022, "last_year": 2024}
    parts = {"numerators": ["applications.new"], "denominators": []}
    found = run_in(
        filled(tmp_path, rows), "measure_by_year", {**given, **parts, "collection": "office", "scope": "organ"}
    )
    assert found["kept"].tolist() == [0, 0, 3]
    assert joined(found).tolist() == [False, False, True]


def test_levels_that_do_not_compare_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"第{unit}局", 2024, "applications.new", unit) for unit in range(3)]
    rows.append(row("某厅", 2024, "applications.new", 90, level="province", city=""))
    monkeypatch.setenv("GONGKAI_DATA", str(filled(tmp_path, rows).folder))
    assert "含省级 1 家、县区级 3 家" in words(page("applications"))


def test_a_link_to_the_page_it_stands_on_leaves_a_clean_address(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("review")
    links = {element.proto.page: element.proto.query_string for element in app.get("page_link")}
    assert {name for name, query in links.items() if "go=1" in query} == {"review"}
    assert "go" not in page("review", go="1").query_params


def test_one_unit_more_than_fit_takes_the_place_of_the_first(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("applications")
    names = [f"第{unit:02d}局" for unit in range(7)]
    for name in names:
        app.multiselect[-1].select(name).run()
    assert not app.exception
    assert len(app.query_params["units"].split(".")) == 6
    assert len(app.multiselect[-1].value) == 6


def test_no_median_of_one_or_two_units(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(small))
    app = page("applications")
    assert {metric.label: metric.value for metric in app.metric}["2024 年中位数"] == "—"
    assert "只有 1 家报告，不足 3 家不列中位数" in words(app)
    assert "2024 年各项中位数" not in words(app)
