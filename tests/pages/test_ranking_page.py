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
