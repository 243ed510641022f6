"""指标口径: every part in both languages, a search, and pictures of the methods."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_pages import page, words

from gongkai.catalogue.checks import checks
from gongkai.catalogue.methodology import methodology
from gongkai.catalogue.metrics import metrics
from gongkai.store.workspace import create


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Definitions are there before any report is."""
    monkeypatch.setenv("GONGKAI_DATA", str(create(tmp_path / "office").folder))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("part", ["metrics", "indicators", "checks", "method"])
def test_every_part_is_a_link(part: str, language: str) -> None:
    app = page("guide", language, part=part)
    assert not app.exception
    assert bool(app.dataframe) == (part != "method")
    assert bool(app.get("image")) == (part == "method")


def test_everything_of_the_catalogue_is_listed_and_found() -> None:
    assert list(page("guide").dataframe[0].value["code"]) == list(metrics())
    assert list(page("guide", part="checks").dataframe[0].value["code"]) == list(checks())
    found = page("guide", words="国家秘密").dataframe[0].value
    assert "applications.denied.state_secret" in set(found["code"])
    assert len(found) < len(metrics())
    assert "没有找到" in words(page("guide", words="火星"))


def test_the_methods_have_the_same_pictures_in_both_languages() -> None:
    kinds = {
        language: [part.picture.name.rsplit("-", 1)[0] for part in parts if part.picture]
        for language, parts in methodology().items()
    }
    assert kinds["zh"] == kinds["en"]
    assert len(kinds["zh"]) == 5
