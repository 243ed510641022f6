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

FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted((DATA / "narrative").glob("*.toml"))}
SOURCE = "".join(FILES.values())


def broken(tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the catalogue in which `new` stands for the first `old`."""
    named = next(name for name, text in FILES.items() if old in text)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text.replace(old, new, 1) if name == named else text, encoding="utf-8")
    return tmp_path


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
    with pytest.raises(CatalogueError, match=rf"\d_[a-z]+\.toml.*{said}"):
        load(broken(tmp_path, old, new))


def test_a_folder_without_phrases_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"empty: holds no phrases"):
        load(tmp_path / "empty")


def test_a_section_in_two_files_is_named(tmp_path: Path) -> None:
    folder = broken(tmp_path, "[scope]", "[scope]")
    (folder / "9_z.toml").write_text("[scope]\nwhole = '全市'\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"9_z\.toml, \[scope\]: stands in 1_words\.toml too"):
        load(folder)


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
