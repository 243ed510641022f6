"""单位画像: the list of units, one unit with several years, missing values, unknown units; both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures_workspace import filled as figures_of
from figures_workspace import row
from invented_reports import annual, take_in, write
from report_pages import page, words

from gongkai.agencies.naming import agency_id
from gongkai.store.workspace import Workspace, create


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Six counties in two years; one leaves its newest figure blank."""
    folder = tmp_path_factory.mktemp("units")
    workspace = create(folder / "office")
    places = ("昆山市", "江阴市", "宜兴市", "常熟市", "太仓市", "张家港市")
    for number, name in enumerate(places):
        for year in (2022, 2023):
            new = None if (number, year) == (0, 2023) else 10 * number + year - 2000
            write(folder / "in", f"{number}-{year}.txt", annual(f"{name}人民政府", year, new, province="江苏省"))
    assert take_in(workspace, folder / "in") == (12, 0, 0)
    return workspace


@pytest.fixture
def units(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("GONGKAI_DATA", str(filled.folder))
    return filled


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_workspace_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))
    app = page("agency", language)
    assert not app.exception
    assert "gongkai ingest" in words(app)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_units_are_listed_and_searched(units: Workspace, language: str) -> None:
    app = page("agency", language)
    assert not app.exception
    assert len(app.dataframe[0].value) == 6
    if language == "zh-CN":
        app.text_input[0].input("昆山").run()
        assert list(app.dataframe[0].value["agency"]) == ["昆山市人民政府"]
        app.text_input[0].input("没有这个").run()
        assert not app.dataframe


def test_a_name_that_the_filters_leave_out_is_offered_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row("甲局", 2022, "applications.new", 1), row("乙局", 2023, "applications.new", 2)]
    monkeypatch.setenv("GONGKAI_DATA", str(figures_of(tmp_path, rows).folder))
    app = page("agency", words="乙", years="2022")
    assert not app.exception
    assert "当前筛选条件下没有名称相符的单位" in words(app)
    (link,) = [each.proto for each in app.get("page_link") if "乙局" in each.proto.label]
    assert f"agency={agency_id('乙局', '湖北省')}" in link.query_string


def test_a_figure_of_another_scope_is_not_out_of_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of an office counts the office, but one of its sentences the whole county."""
    workspace = create(tmp_path / "office")
    spec = annual("云水县人民政府办公室", 2022, 5)
    spec["report"] |= {"scope": "organ", "province": "湖北省"}
    spec["figures"].append(
        {
            "metric": "disclosure.total",
            "words": "热线办理20220件",
            "value": 700_000,
            "scope": "whole",
            "approximate": True,
        }
    )
    write(tmp_path / "in", "a.txt", spec)
    assert take_in(workspace, tmp_path / "in") == (1, 0, 0)
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    unit = agency_id("云水县人民政府办公室", "湖北省")
    app = page("agency", agency=unit)
    (link,) = [
        each.proto
        for each in app.get("page_link")
        if "汇总" in each.proto.label and "agency=" in each.proto.query_string
    ]
    assert "scope=whole" in link.query_string
    whole = page("agency", agency=unit, scope="whole")
    assert not whole.exception
    assert 700_000 in list(whole.dataframe[0].value["2022"])
    assert "本单位 约 700,000 条" in words(whole).replace("\\", "")
    assert not whole.get("plotly_chart")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_unknown_unit_says_what_to_do(units: Workspace, language: str) -> None:
    app = page("agency", language, agency="[x](javascript:1)")
    assert not app.exception
    assert len(app.warning) == 1
    assert r"\[x\]\(javascript" in app.warning[0].value


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_unit_shows_its_figures_their_change_and_its_peers(units: Workspace, language: str) -> None:
    app = page("agency", language, agency=agency_id("江阴市人民政府", "江苏省"))
    assert not app.exception
    text = words(app)
    assert "江阴市人民政府" in text
    assert {metric.label: metric.value for metric in app.metric}
    assert any(metric.value.startswith("33") for metric in app.metric)
    assert "(+3.1%)" in text.replace("（", "(").replace("）", ")")
    values, reports = app.dataframe
    assert list(values.value["2023"])[:1] == [33.0]
    assert len(reports.value) == 2
    assert {"zh-CN": "共 6 家，其中 5 家", "en": "6, of which 5"}[language] in text.replace("\\", "")


def test_a_blank_figure_is_said_and_never_zero(units: Workspace) -> None:
    app = page("agency", agency=agency_id("昆山市人民政府", "江苏省"))
    assert not app.exception
    new = next(metric for metric in app.metric if "新收" in metric.label)
    assert new.value == "—"
    values = app.dataframe[0].value
    assert values["2023"].isna().iloc[0]
    assert "空白：2023" in values["note"].iloc[0]


def test_a_link_to_a_unit_turns_the_filters_to_its_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = create(tmp_path / "demo", demonstration=True)
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    fiction = [write(tmp_path, f"{year}.txt", annual("云水县人民政府", year, 5)) for year in (2021, 2022, 2023)]
    take_in(workspace, *fiction, collection="sample")
    take_in(workspace, write(tmp_path, "real.txt", annual("昆山市人民政府", 2023, 7, province="江苏省")))
    assert "虚构" in words(page("agency"))
    app = page("agency", agency=agency_id("昆山市人民政府", "江苏省"), collection="sample")
    assert not app.exception
    assert app.query_params["collection"] in ("office", ["office"])
    assert "昆山市人民政府" in words(app)
    assert "虚构" not in words(app)
