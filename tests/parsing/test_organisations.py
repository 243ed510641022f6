"""Which words can be an agency's name, and every real name in every kind of title."""

import csv

import pytest

from gongkai.catalogue.divisions import divisions
from gongkai.parsing.organisations import may_be_agency
from gongkai.parsing.titles import read_title
from gongkai.paths import DATA

TITLES = ("{}2023年政府信息公开工作年度报告", "2023年度{}政府信息公开年报", "{}政务公开工作总结")


@pytest.mark.parametrize(
    "name", ["宿州市司法局", "市人防办", "市政府", "县政府办", "颍东区", "兴安盟", "城厢街道", "教育部"]
)
def test_names(name: str) -> None:
    assert may_be_agency(name)


@pytest.mark.parametrize(
    "words",
    [
        "本机关",
        "我局",
        "公布我局",
        "街道",
        "各单位",
        "周密安排部署",
        "落到实处",
        "XX县",
        "某某市",
        "上级",
        "海南",
        "附件",
        "发布机构:宿州市司法局",
        "政府信息公开工作年度报告",
        "加强组织领导",
    ],
)
def test_words_that_only_look_like_names(words: str) -> None:
    assert not may_be_agency(words)


def test_every_place_is_read_in_every_title() -> None:
    places = [place.name for place in divisions()][::7]
    # 本溪市, 全椒县 and 向阳区 begin with words that open sentences.
    for place in (*places, "本溪市", "全椒县", "向阳区", "将乐县"):
        for title in TITLES:
            assert read_title(title.format(place + "司法局")).author == place + "司法局"


def test_every_real_name_is_read_in_every_title() -> None:
    with (DATA / "real" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["agency"].replace("(", "（").replace(")", "）") for row in csv.DictReader(stream)}
    assert len(names) > 500
    for name in sorted(name for name in names if " " not in name):
        for title in TITLES:
            assert read_title(title.format(name)).author == name
