"""趋势对比: empty, small and full, in both languages; its sentences; no change and no index across a break."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from figures_workspace import filled, many, row
from report_pages import page, words

from gongkai.agencies.naming import agency_id
from gongkai.catalogue.indicators import measures
from gongkai.catalogue.messages import message
from gongkai.store.workspace import create
from gongkai.ui.compare_data import indexed, latest_change

FIRST, SECOND = agency_id("第01局", "湖北省"), agency_id("第02局", "湖北省")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve units, seven years, every kind of applicant and outcome in the last."""
    return filled(tmp_path_factory.mktemp("full"), many()).folder


def said(name: str, language: str = "zh-CN", **parameters: str) -> str:
    app = page(name, language, **parameters)
    assert not app.exception
    return words(app).replace("\\", "")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_workspace_says_what_to_do(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))
    assert "gongkai ingest" in said("compare", language)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    "parameters", [{}, {"units": f"{FIRST}.{SECOND}"}, {"base": "2021"}, {"units": FIRST, "base": "2024"}]
)
def test_every_view_is_a_link(
    parameters: dict[str, str], language: str, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("compare", language, **parameters)
    assert not app.exception
    assert len(app.get("plotly_chart")) >= 4


def test_one_figure_is_no_trend_and_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(filled(tmp_path, [row("甲局", 2024, "applications.new", 5)]).folder))
    assert "每年报告本年新收政府信息公开申请数量的单位都不足 3 家" in said("compare")


def test_a_sentence_says_the_change_and_how_sure_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"第0{unit}局", year, "applications.new", 40 + unit) for unit in (2, 3, 4) for year in (2022, 2023)]
    rows += [row("第01局", 2022, "applications.new", 30), row("第01局", 2023, "applications.new", 90)]
    monkeypatch.setenv("GONGKAI_DATA", str(filled(tmp_path, rows).folder))
    app = page("compare", units=FIRST, measures="applications.new")
    assert not app.exception
    text = words(app).replace("\\", "")
    assert (
        "2023 年第01局本年新收政府信息公开申请数量为 90 件，比上年多 60 件（增长 200%），变化难以用偶然解释；"
        "高于同类 4 家的中间一半（42.75–55.5 件，中位数 43.5 件）。"
    ) in text
    assert (
        "2023 年与上年都报告本年新收政府信息公开申请数量的 4 家单位合计变化 +60 件：1 家增加、0 家减少；"
        "变化最大的是第01局（+60 件）。"
    ) in text
    # The table beside them has the very same numbers.
    table, changes = (each.value for each in app.dataframe)
    unit, low, middle, high = (table[table["series"] == name].iloc[0] for name in
                               ("第01局", "同类下四分位", "同类中位数", "同类上四分位"))  # fmt: skip
    assert (unit["2022"], unit["2023"]) == ("30 件", "90 件")
    assert (low["2023"], middle["2023"], high["2023"]) == ("42.75 件", "43.5 件", "55.5 件")
    assert changes[["agency", "before", "after", "change"]].iloc[0].to_list() == ["第01局", 30, 90, 60]
    assert changes["change"].sum() == 60


def test_units_are_compared_with_their_own_peer_group_where_they_are_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(f"第0{unit}局", 2024, "applications.new", 40 + unit) for unit in (1, 2, 3)]
    rows += [row(f"第1{unit}局", 2024, "applications.new", 900, level="prefecture") for unit in (1, 2, 3, 4)]
    monkeypatch.setenv("GONGKAI_DATA", str(filled(tmp_path, rows).folder))
    text = said("compare", units=FIRST, measures="applications.new")
    assert "低于同类 3 家的中间一半（41.5–42.5 件，中位数 42 件）" in text
    assert "同类指“县区级部门”中报告了该指标的单位" in text
    mixed = said("compare", units=f"{FIRST}.{agency_id('第11局', '湖北省')}", measures="applications.new")
    assert "同类 7 家" in mixed
    assert message("zh-CN", "compare.peers_mixed") in mixed
    assert "同类 7 家" not in said("compare", units=FIRST, measures="applications.new", level="county")


def test_a_change_across_a_break_is_none() -> None:
    rows = pd.DataFrame(
        {"year": [2023, 2024], "value": [10.0, 40.0], "approximate": [False, False], "numerator": [10.0, 40.0],
         "denominator": [float("nan")] * 2}
    )  # fmt: skip
    assert latest_change(rows, measures()["review.total"], [2022, 2023, 2024]) is None
    found = latest_change(rows, measures()["applications.new"], [2022, 2023, 2024])
    assert found is not None
    assert (found.before, found.after, found.sure) == (10.0, 40.0, "sure")


def test_approximate_figures_are_not_tested() -> None:
    rows = pd.DataFrame({"year": [2022, 2023], "value": [10.0, 40.0], "approximate": [True, False]})
    found = latest_change(rows, measures()["applications.new"], [2022, 2023])
    assert found is not None
    assert found.sure == ""


def test_an_index_does_not_run_across_a_break_nor_from_0() -> None:
    frame = pd.DataFrame(
        {"agency_id": ["a"] * 3 + ["b"] * 3, "year": [2022, 2023, 2024] * 2, "value": [5.0, 10.0, 20.0, 0.0, 3.0, 4.0]}
    )
    found = indexed(frame, 2022, measures()["review.total"], [2022, 2023, 2024])
    assert list(found["value"].fillna(-1)) == [100, 200, -1, -1, -1, -1]
    bridged = indexed(frame, 2022, measures()["applications.new"], [2022, 2023, 2024])
    assert list(bridged["value"].fillna(-1)) == [100, 200, 400, -1, -1, -1]
