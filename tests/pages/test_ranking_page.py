"""单位排名: empty, small and full, in both languages; its sentences say what the table says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from figures_workspace import filled, row
from report_pages import page, words

from gongkai.catalogue.messages import message
from gongkai.store.workspace import create

VIEWS = ("funnel", "caterpillar", "years", "bands")
UNITS = 45


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """45 units that differ by chance alone, one far out on the worse side, one with few cases, one without a figure."""
    chance = np.random.default_rng(20260201)
    rows = []
    for year in (2023, 2024):
        for number in range(UNITS):
            decided = int(chance.integers(40, 200))
            corrected = int(chance.binomial(decided, 0.15))
            if number == 0:
                decided, corrected = 120, 66
            if number == 1:
                decided, corrected = 4, 4
            name = f"第{number:02d}局"
            rows += [
                row(name, year, "review.corrected", corrected),
                row(name, year, "review.upheld", decided - corrected),
            ]
            if number != 2:
                rows.append(row(name, year, "review.other", 0))
            rows += [row(name, year, "applications.closed", 300), row(name, year, "applications.granted", 100 + number)]
    return filled(tmp_path_factory.mktemp("full"), rows).folder


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_workspace_says_what_to_do(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))
    app = page("ranking", language)
    assert not app.exception
    assert "gongkai ingest" in words(app)


def test_a_single_unit_is_shown_and_not_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [row("甲局", 2024, metric, 1) for metric in ("review.corrected", "review.upheld", "review.other")]
    monkeypatch.setenv("GONGKAI_DATA", str(filled(tmp_path, figures).folder))
    app = page("ranking")
    assert not app.exception
    (table,) = app.dataframe
    assert table.value["rank"].isna().all()
    assert list(table.value["state"]) == ["样本不足"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_link(view: str, language: str, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("ranking", language, view=view)
    assert not app.exception
    assert bool(app.get("plotly_chart")) == (view != "bands")
    (table,) = app.dataframe
    assert len(table.value) == UNITS


def test_sentences_say_what_the_table_says(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("ranking", view="bands")
    (table,) = app.dataframe
    frame = table.value
    far = frame[frame["state"] == message("zh-CN", "ranking.place_attention")]
    assert list(far["agency"]) == ["第00局"]
    said = words(app).replace("\\", "")
    assert "1 家明显偏离，难以用偶然解释：第00局 55%（66/120）" in said
    above, below = frame["numerator"].sum(), frame["denominator"].sum()
    assert f"总体为 {100 * above / below:.1f}%（{above:,.0f} ÷ {below:,.0f}）" in said
    assert frame.set_index("agency").loc["第00局", "rank"] == frame["rank"].max()
    # Four of four cases would be the worst rate of all, and say nothing.
    assert frame.set_index("agency").loc["第01局", "state"] == message("zh-CN", "ranking.place_few")
    assert frame.set_index("agency").loc["第02局", "state"] == message("zh-CN", "ranking.status_missing")


def test_a_descriptive_indicator_is_ranked_on_an_explicit_word_only(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("ranking", indicator="applications.granted_share")
    assert not app.exception
    assert not app.dataframe
    assert "比率高低不说明公开工作好坏" in words(app)
    app = page("ranking", indicator="applications.granted_share", asked="1")
    (table,) = app.dataframe
    assert table.value["rank"].notna().any()
    assert message("zh-CN", "ranking.place_attention") not in set(table.value["state"])


def test_what_the_address_cannot_mean_falls_back(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("ranking", indicator="no.such", peers="moon.base", year="1999", view="<b>")
    assert not app.exception
    assert app.dataframe


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Satisfaction as four departments state it, one of them in the year before only."""
    rates = {"甲局": (99.0, 98.0), "乙局": (97.0, 98.0), "丙局": (95.0, 91.04), "丁局": (96.0, None)}
    rows = [
        row(name, year, "hotline.satisfaction", value, "%")
        for name, values in rates.items()
        for year, value in zip((2023, 2024), values, strict=True)
        if value is not None
    ]
    rows += [row(name, 2024, "applications.new", 5) for name in rates]
    return filled(tmp_path_factory.mktemp("stated"), rows).folder


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_stated_rate_is_put_in_order_on_a_word_without_limits(
    language: str, stated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(stated))
    app = page("ranking", language, indicator="hotline.satisfaction")
    assert not app.dataframe
    app = page("ranking", language, indicator="hotline.satisfaction", asked="1")
    assert not app.exception
    (table,) = app.dataframe
    frame = table.value.set_index("agency")
    assert frame["rank"].dropna().to_dict() == {"甲局": 1, "乙局": 1, "丙局": 3}
    assert frame["moved"].dropna().to_dict() == {"甲局": 0, "乙局": 1, "丙局": 1}
    assert frame["value"].isna()["丁局"]
    assert not {"interval", "range", "state", "denominator"} & set(frame.columns)
    assert len(app.get("plotly_chart")) == 1
    text = words(app).replace("\\", "")
    assert message(language, "ranking.about_stated") in text
    for piece in ("98%", "91%", "丙局", "94.5%"):
        assert piece in text


def test_the_groups_say_how_many_have_data_in_the_year_looked_at(
    full: Path, stated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(stated))
    for year, count in (("2023", 4), ("2024", 3)):
        app = page("ranking", indicator="hotline.satisfaction", asked="1", year=year)
        (peers,) = (box for box in app.selectbox if str(box.key).startswith("ranking_peers"))
        assert f"{count} 家有数据" in peers.options[0]
    monkeypatch.setenv("GONGKAI_DATA", str(full))
    app = page("ranking")
    (peers,) = (box for box in app.selectbox if str(box.key).startswith("ranking_peers"))
    assert f"{UNITS - 1} 家有数据" in peers.options[0]
