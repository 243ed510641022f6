"""综合指数 on 单位排名: no default, made and signed on the page, a link to the same, sentences that fit the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from figures_workspace import filled, row
from report_pages import page, words

from gongkai.catalogue.messages import message
from gongkai.store.schemes import Schemes
from gongkai.store.workspace import Workspace

CARRIED, REVIEW = "applications.carried_out_share", "review.corrected_share"
UNITS = 14


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """14 units; one does not report carrying over, one has too few decided cases."""
    chance = np.random.default_rng(20260202)
    rows = []
    for number in range(UNITS):
        name = f"第{number:02d}局"
        corrected = int(chance.binomial(60, 0.2)) if number != 3 else 1
        figures = {"review.corrected": corrected, "review.upheld": 60 - corrected if number != 3 else 1,
                   "review.other": 0, "applications.new": 100, "applications.carried_in": 0}  # fmt: skip
        if number != 2:
            figures["applications.carried_out"] = int(chance.binomial(100, 0.1))
        rows += [row(name, 2024, metric, value) for metric, value in figures.items()]
    made = filled(tmp_path, rows)
    monkeypatch.setenv("GONGKAI_DATA", str(made.folder))
    return made


def saved(office: Workspace) -> int:
    return Schemes(office).save(office.figures_collection, "试行", {REVIEW: 60, CARRIED: 40}, "甲", "年度评价")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_there_is_no_default_scheme(language: str, office: Workspace) -> None:
    app = page("ranking", language, view="composite")
    assert not app.exception
    assert not app.dataframe
    assert message(language, "composite.none_yet") in words(app)
    saved(office)
    app = page("ranking", language, view="composite")
    assert not app.dataframe
    assert message(language, "composite.none") in words(app)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_link_opens_the_index_with_its_weights_and_parts(language: str, office: Workspace) -> None:
    app = page("ranking", language, view="composite", scheme=str(saved(office)))
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    frame = app.dataframe[-1].value
    assert len(frame) == UNITS
    held = frame[frame["index"].notna()]
    assert len(held) == UNITS - 2
    expected = 0.6 * held[f"score:{REVIEW}"] + 0.4 * held[f"score:{CARRIED}"]
    np.testing.assert_allclose(held["index"], expected)
    said = words(app).replace("\\", "")
    assert "60%" in said
    assert "40%" in said
    assert "甲" in said


def test_sentences_say_what_the_table_says(office: Workspace) -> None:
    app = page("ranking", view="composite", scheme=str(saved(office)))
    frame = app.dataframe[-1].value.set_index("agency")
    said = words(app).replace("\\", "")
    assert f"共 {UNITS} 家，其中 {frame['index'].notna().sum()} 家各项指标都可排名" in said
    assert "另有 2 家因未报告或件数不足没有指数" in said
    assert frame.loc["第02局", "lacking"] == "结转率"
    assert frame.loc["第03局", "lacking"] == "行政复议纠正率"
    ranges = frame.loc[frame["index"].notna(), "range"].str.split("–", expand=True).astype(int)
    middle = float((ranges[1] - ranges[0]).median())
    assert f"在 {middle:g} 位之间变动" in said.replace("通常会", "").replace("通常只", "")
    top = frame[frame["rank"] <= 10]
    sure = int((top["range"].str.split("–").str[1].astype(int) <= 10).sum())
    assert f"前 10 名共 {len(top)} 家，其中 {sure} 家" in said
    (without,) = [table.value for table in app.dataframe if "mean" in table.value]
    most = without.loc[without["mean"].idxmax()]
    assert f"“{most['name']}”：去掉它，名次平均变动 {most['mean']:g} 位，最多 {most['most']} 位" in said


def test_a_scheme_is_made_and_signed_on_the_page(office: Workspace) -> None:
    app = page("ranking", view="composite")
    app.session_state["actor"] = "乙"
    app.run()
    app.text_input(key="scheme_name_0").input("新方案")
    app.number_input(key=f"scheme_weight_0_{REVIEW}").set_value(50.0)
    app.number_input(key=f"scheme_weight_0_{CARRIED}").set_value(50.0)
    send = next(button for button in app.button if button.label == message("zh-CN", "composite.form.save"))
    send.click().run()
    assert message("zh-CN", "reports.decide.reason_missing") in words(app)
    app.text_input(key="scheme_reason_0").input("试算")
    send = next(button for button in app.button if button.label == message("zh-CN", "composite.form.save"))
    send.click().run()
    assert not app.exception
    (scheme,) = Schemes(office).standing()
    assert (scheme.name, scheme.owner, scheme.weights) == ("新方案", "乙", {CARRIED: 50.0, REVIEW: 50.0})
    assert str(scheme.id) in app.query_params["scheme"]
    assert app.dataframe


def test_what_the_address_cannot_mean_is_said(office: Workspace) -> None:
    saved(office)
    app = page("ranking", view="composite", scheme="<b>99")
    assert not app.exception
    assert not app.dataframe
    assert "没有编号为" in words(app)
