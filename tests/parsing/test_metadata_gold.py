"""Metadata and authors of the hand-labelled reports, where the folder with them lies beside the project."""

import json
from pathlib import Path

import pytest

from gongkai.agencies.authors import resolve
from gongkai.documents.reader import read_document
from gongkai.parsing.metadata import read_metadata

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = sorted((SHARED / "gold").glob("*.json"))

pytestmark = pytest.mark.skipif(
    not GOLD, reason="the labelled reports (../shared/gold beside the project) are not here"
)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_labelled_report(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    document = read_document(SHARED / gold["source"])
    found = read_metadata(document, document.blocks)
    author = resolve(found, document)
    assert (found.year, found.period, found.kind) == (gold["year"], gold["period"], gold["kind"])
    assert (found.published_on and found.published_on.isoformat()) == gold["published_on"]
    assert (found.signed_on and found.signed_on.isoformat()) == gold["signed_on"]
    assert author.agency == gold["agency"]
    assert author.province == gold["province"]
    reasons = {doubt.reason for doubt in (*found.doubts, *author.doubts)}
    for doubt in ("year_uncertain", "agency_uncertain"):
        assert (doubt in reasons) == (doubt in gold["findings"])
    assert found.secondary_source == ("secondary_source" in gold["findings"])
