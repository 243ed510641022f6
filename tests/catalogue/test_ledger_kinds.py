"""The kinds of ledgers: every word means one figure; a slip in the file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.catalogue import ledgers
from gongkai.catalogue.metrics import metrics
from gongkai.errors import CatalogueError
from gongkai.parsing.labels import bare

KIND = """
noise = ["数量"]
[[kind]]
code = "a"
title_zh = "台账"
title_en = "Ledger"
keeper_zh = "局"
keeper_en = "the bureau"
note_zh = "注"
note_en = "note"
[[kind.block]]
metrics = "review"
headings = ["复议"]
parts = { total = ["总计", ""] }
"""
SECOND = KIND.partition("\n[[kind]]")[2].join(("[[kind]]", ""))


@pytest.mark.parametrize("code", list(ledgers.ledger_kinds()))
def test_words_are_written_as_headings_are_compared(code: str) -> None:
    kind = ledgers.ledger_kinds()[code]
    assert [word for word in kind.words if bare(word) != word] == []
    assert set(kind.metrics) == set(kind.words.values()) <= set(metrics())
    assert [kind.words[column.block + column.part] for column in kind.template] == [one.metric for one in kind.template]
    assert [kind.heading(one.metric) for one in kind.template] == [one.block + one.part for one in kind.template]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('code = "a"\n', "", "code"),
        ('title_en = "Ledger"', 'title_en = ""', "title_en: is empty"),
        ("[[kind]]", "[[kind", "ledgers.toml"),
        ("[[kind]]", "[[sort]]", r"entries \[\[kind\]\]"),
        ('metrics = "review"', 'metrics = "stamps"', "'stamps.total' is not in metrics.csv"),
        ('headings = ["复议"]', "headings = []", "headings and parts are needed"),
        ('total = ["总计", ""]', 'total = ["", "总计"]', "words are needed"),
        ('total = ["总计", ""]', 'total = ["总计"], other = ["总计"]', "stands for review.total too"),
        ("parts =", "part =", r"entries \['part'\] are unknown"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, told: str) -> None:
    assert before in KIND
    check(tmp_path, monkeypatch, KIND.replace(before, after), told)


def test_no_two_kinds_count_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(tmp_path, monkeypatch, KIND + SECOND, "kind a: stands twice")
    check(tmp_path, monkeypatch, KIND + SECOND.replace('"a"', '"b"'), "review.total is counted by a already")


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str) -> None:
    (folder / "ledgers.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(ledgers, "DATA", folder)
    with pytest.raises(CatalogueError, match=told):
        ledgers.ledger_kinds.__wrapped__()
