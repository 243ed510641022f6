"""The catalogue of phrases: a mistake in it names the file and the entry; no text makes reading slow."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest

from gongkai.catalogue.metrics import metrics
from gongkai.documents.builder import BlockBuilder
from gongkai.errors import CatalogueError
from gongkai.parsing.narrative import read_narrative
from gongkai.parsing.narrative_catalogue import load, narrative
from gongkai.paths import DATA

SOURCE = (DATA / "narrative.toml").read_text(encoding="utf-8")


def broken(tmp_path: Path, old: str, new: str) -> Path:
    assert old in SOURCE
    path = tmp_path / "narrative.toml"
    path.write_text(SOURCE.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('metric = "applications.handled"', 'metric = "applications.nonsense"', "pattern 1 .*no metric of metrics.csv"),
        ('metric = "applications.handled"', 'metric = "fees.items_change"', "pattern 1 .*not stated in sentences"),
        ('units = "money"', 'units = "gold"', r"units = 'gold' is not in \[units\]"),
        ("(?:的|申请|材料|内容)*{q}<n>", "{nowhere}<n>", "{nowhere} is no word"),
        ("(?:的|申请|材料|内容)*{q}<n>", "", "has 0 numbers"),
        ("(?:的|申请|材料|内容)*{q}<n>", "(<n>", "no regular expression"),
        ('within = "applications"', 'within = "weather"', r"within = 'weather' is not in \[topics\]"),
        ("rank = 5", "rang = 5", "unknown field rang"),
        ("confidence = 0.9", "confidence = 7", "not between 0 and 1"),
        ("[published]", "[publisht]", r"\[published\]: is missing"),
        ("\n[words]\n", "\n[words\n", "Expected"),
    ],
)
def test_a_mistake_names_file_and_entry(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=rf"narrative\.toml.*{said}"):
        load(broken(tmp_path, old, new))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"narrative\.toml: cannot be read"):
        load(tmp_path / "narrative.toml")


def test_nearly_every_metric_of_sentences_has_a_phrase() -> None:
    catalogue = narrative()
    stated = {code for pattern in catalogue.patterns for code in pattern.metrics}
    stated |= {zero.metric for zero in catalogue.zeros} | set(catalogue.published.metrics.values())
    missing = {code for code, metric in metrics().items() if metric.narrative} - stated
    assert missing <= {"organisation.platforms"}


def test_no_text_of_our_own_words_makes_reading_slow() -> None:
    words = sorted(set(re.findall(r"[\u4e00-\u9fff]{1,8}", SOURCE)))
    chance = random.Random(7)
    for _ in range(60):
        chosen = chance.sample(words, chance.choice([1, 2, 3, 8]))
        builder = BlockBuilder()
        builder.paragraph("".join(chance.choice(chosen) for _ in range(400)) + "12件未" + chosen[0] * 100)
        start = time.process_time()
        read_narrative(builder.blocks, 2022)
        assert time.process_time() - start < 2, chosen
