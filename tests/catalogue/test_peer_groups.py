"""Peer groups: every unit is in one at most, and a wrong line of the file is named with its field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.catalogue import peer_groups as module
from gongkai.catalogue.peer_groups import group_of, peer_groups
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS
from gongkai.errors import CatalogueError

HEAD = "code,label_zh,label_en,levels,kinds,scope,volume,years,medium_from,many_from\n"
BANDS = "organ,applications.new,3,10,30"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(module, "DATA", tmp_path)
    peer_groups.cache_clear()
    yield tmp_path / "peer_groups.csv"
    peer_groups.cache_clear()


def test_every_level_and_kind_below_the_nation_has_a_group() -> None:
    lacking = {(level, kind) for level in AGENCY_LEVELS for kind in AGENCY_KINDS if group_of(level, kind) is None}
    assert lacking == set()


def test_bands_stand_where_the_file_says() -> None:
    bands = peer_groups()["county_departments"].bands
    assert bands is not None
    assert (bands.scope, bands.years, bands.medium_from, bands.many_from) == ("organ", 3, 10, 30)
    assert bands.volume == ("applications.new", "applications.carried_in")
    assert peer_groups()["township_offices"].bands is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"a b,甲,A,county,department,{BANDS}", "line 2, code: 'a b' is no code"),
        (f"saved,甲,A,county,department,{BANDS}", "line 2, code: 'saved' is no code"),
        (f"a,甲,A,county,department,{BANDS}\na,乙,B,county,office,{BANDS}", "line 3, code: a stands twice"),
        (f"a,,A,county,department,{BANDS}", "line 2, label_zh: is empty"),
        (f"a,甲,A,village,department,{BANDS}", "line 2, levels: 'village' is not one of"),
        (f"a,甲,A,county,school,{BANDS}", "line 2, kinds: 'school' is not one of"),
        (
            f"a,甲,A,county,department,{BANDS}\nb,乙,B,county prefecture,department,{BANDS}",
            "line 3, kinds: department of level county is in a already",
        ),
        ("a,甲,A,county,department,organ,applications.new,3,10,", "line 2, many_from: is empty"),
        ("a,甲,A,county,department,both,applications.new,3,10,30", "line 2, scope: 'both' is not one of"),
        ("a,甲,A,county,department,organ,letters,3,10,30", "line 2, volume: 'letters' is not one of"),
        ("a,甲,A,county,department,organ,applications.new,x,10,30", "line 2, years: 'x' is no number"),
        ("a,甲,A,county,department,organ,applications.new,1.5,10,30", "line 2, years: 1.5 is no number of years"),
        ("a,甲,A,county,department,organ,applications.new,3,30,10", "line 2, many_from: the bounds must rise"),
        ("a,甲,A,county,department,organ,applications.new,3,nan,10", "line 2, many_from: the bounds must rise"),
    ],
)
def test_a_wrong_line_is_named(written: Path, lines: str, said: str) -> None:
    written.write_text(HEAD + lines + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"peer_groups\.csv") as error:
        peer_groups()
    assert said in str(error.value)
