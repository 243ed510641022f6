"""单位画像: the list of units, one unit with several years, missing values, unknown units; both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
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
        app.text_input(key="agency_words").input("昆山").run()
        assert list(app.dataframe[0].value["agency"]) == ["昆山市人民政府"]
        app.text_input(key="agency_words").input("没有这个").run()
        assert not app.dataframe


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
