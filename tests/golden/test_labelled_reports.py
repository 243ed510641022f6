"""Real reports, labelled by hand, in the folder beside the project; left out where that folder is absent."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from gongkai.reading import read
from gongkai.records import Method
from gongkai.report_json import to_json

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = sorted((SHARED / "gold").glob("*.json"))

pytestmark = pytest.mark.skipif(not GOLD, reason="the labelled real reports (../shared/gold) are not on this machine")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_labelled_report_is_read_as_labelled(path: Path, scorer: ModuleType) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    _, reports = read(SHARED / gold["source"])
    assert len(reports) == 1
    _, misses = scorer.score(gold, json.loads(json.dumps(to_json(reports[0]))))
    assert misses == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_figure_points_at_its_words_or_cell(path: Path) -> None:
    document, reports = read(SHARED / json.loads(path.read_text(encoding="utf-8"))["source"])
    for figure in reports[0].figures:
        place = figure.evidence
        assert place.block is not None
        block = document.blocks[place.block]
        if figure.method is Method.NARRATIVE:
            assert block.text[place.start : place.end] == place.quote
        else:
            assert block.table == place.table
            assert place.quote in [c.text for c in block.cells if (c.row, c.column) == (place.row, place.column)]
        if document.format == "pdf":
            assert place.page is not None
            assert figure.method is Method.NARRATIVE or place.box is not None
