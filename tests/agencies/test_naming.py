"""What names of agencies say, and the identity that the ways of writing a name share."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.agencies.naming import agency_id, describe, same_organ
from gongkai.catalogue.divisions import divisions
from gongkai.paths import DATA


@pytest.mark.parametrize(
    ("name", "level", "kind", "scope"),
    [
        ("安徽省人民政府", "province", "government", "whole"),
        ("宿州市人民政府办公室", "prefecture", "office", "organ"),
        ("兴安盟行政公署", "prefecture", "government", "whole"),
        ("兴安盟人防办", "prefecture", "department", "organ"),
        ("滑县", "county", "government", "whole"),
        ("洪泽区人民政府", "county", "government", "whole"),
        ("北京市东城区人民政府东华门街道办事处", "township", "government", "organ"),
        ("扎赉特旗宝力根花苏木人民政府", "township", "government", "organ"),
        ("靖江市城南办事处", "township", "government", "organ"),
        ("国家税务总局滑县税务局", "county", "vertical", "organ"),
        ("国家矿山安全监察局广西局", "province", "vertical", "organ"),
        ("教育部", "national", "department", "organ"),
        ("遂宁市公安局船山区分局", "county", "department", "organ"),
        ("天津经济技术开发区管理委员会", "county", "zone", "organ"),
        ("榆林高新区管委会党政办公室", "county", "office", "organ"),
        ("安庆市招商中心", "prefecture", "institution", "organ"),
        ("民政局", None, "department", "organ"),
        ("市人防办", None, "department", "organ"),
    ],
)
def test_level_kind_and_scope(name: str, level: str | None, kind: str, scope: str) -> None:
    seen = describe(name)
    assert (seen.level, seen.kind, seen.scope) == (level, kind, scope)


@pytest.mark.parametrize(
    ("name", "province", "city", "county"),
    [
        ("黄石港区发展和改革局", "湖北省", "黄石市", "黄石港区"),
        ("衢州市衢江区湖南镇人民政府", "浙江省", "衢州市", "衢江区"),
        ("海南海事局", "海南省", None, None),
        ("青岛市市北区人民政府", "山东省", "青岛市", "市北区"),
        ("鼓楼区财政局", None, None, "鼓楼区"),
        ("长安街道办事处", None, None, None),
        ("市场监督管理局", None, None, None),
        ("云川省临湖市竹汀区财政局", "云川省", "临湖市", "竹汀区"),
        ("临湖市竹汀区财政局", None, "临湖市", "竹汀区"),
    ],
)
def test_the_place_is_read_from_the_name_or_left_open(
    name: str, province: str | None, city: str | None, county: str | None
) -> None:
    seen = describe(name)
    assert (seen.province, seen.city, seen.county) == (province, city, county)


def test_a_place_that_moved_or_rose_is_the_one_of_today() -> None:
    assert describe("大方县财政局").city == "毕节市"
    assert describe("毕节地区大方县财政局").city == "毕节地区"
    assert describe("巢湖市财政局").level == "county"
    assert describe("桥东区财政局").city is None  # 石家庄's is gone, 张家口's is not


def test_a_known_province_settles_an_ambiguous_place() -> None:
    assert describe("鼓楼区财政局", "福建省").city == "福州市"


@pytest.mark.parametrize(
    "names",
    [
        ("洪泽区人民政府", "淮安市洪泽区人民政府", "江苏省淮安市洪泽区人民政府", "洪泽区", "洪泽区政府"),
        ("宿州市人防办", "宿州市人民防空办公室", "安徽省宿州市人民防空办公室", " 宿州市 人民防空办公室 "),
        ("宿州市市场监管局", "宿州市市场监督管理局"),
        ("东城区人民政府东华门街道办事处", "北京市东城区东华门街道办事处", "东城区东华门街道"),
        ("郑州高新技术产业开发区管委会", "郑州高新技术产业开发区管理委员会"),
    ],
)
def test_ways_of_writing_a_name_are_one_agency(names: tuple[str, ...]) -> None:
    assert len({agency_id(name) for name in names}) == 1


def test_different_agencies_keep_apart() -> None:
    names = ["滑县人民政府", "滑县人民政府办公室", "滑县司法局", "颍东区司法局", "宿州市司法局"]
    assert len({agency_id(name) for name in names}) == len(names)
    assert agency_id("鼓楼区财政局", "福建省") != agency_id("鼓楼区财政局", "河南省")
    assert agency_id("民政局", "福建省") != agency_id("民政局", "河南省")


def test_the_identity_is_stable() -> None:
    # Stores and links hold these: a change of the rule makes every agency a new one.
    assert agency_id("淮安市洪泽区人民政府", "江苏省") == agency_id("洪泽区人民政府", "江苏省")
    assert len(agency_id("滑县人民政府")) == 16
    assert int(agency_id("滑县人民政府"), 16) >= 0


def test_a_short_name_is_of_the_same_organ_only_in_order_and_kind() -> None:
    assert same_organ(describe("市人防办"), describe("宿州市人民防空办公室"))
    assert same_organ(describe("市民促局"), describe("铜陵市民营经济促进局"))
    assert not same_organ(describe("市司法局"), describe("宿州市财政局"))
    assert not same_organ(describe("滑县人民政府"), describe("滑县人民政府办公室"))


def real_agencies() -> dict[str, dict[str, str]]:
    with (DATA / "real" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        return {row["agency"]: row for row in csv.DictReader(stream)}


def test_real_names_are_described_as_people_labelled_them() -> None:
    """503 names as printed. Zones are labelled government or department there, vertical units department."""
    agencies = real_agencies()
    same = {"institution": {"department"}, "vertical": {"department"}, "zone": {"government", "department"}}
    wrong_level = [name for name, row in agencies.items() if describe(name).level != row["level"]]
    wrong_kind = [
        name
        for name, row in agencies.items()
        if row["agency_type"] not in same.get(kind := describe(name).kind or "", {kind})
    ]
    assert len(agencies) > 500
    # What is left are zones that answer to a city (ranked there as the city, here as a county).
    assert len(wrong_level) <= 8, wrong_level
    assert not wrong_kind


def test_the_province_of_a_real_name_is_never_wrong() -> None:
    agencies = real_agencies()
    wrong = [name for name, row in agencies.items() if describe(name).province not in (None, row["province"])]
    unknown = [name for name in agencies if describe(name).province is None]
    assert not wrong
    assert len(unknown) <= 4, unknown


def test_real_names_have_identities_of_their_own() -> None:
    agencies = real_agencies()
    assert len({agency_id(name, row["province"]) for name, row in agencies.items()}) == len(agencies)


_COUNTIES = [place for place in divisions() if place.level == "county" and place.until is None and place.city]
_ORGANS = ["人民政府", "人民政府办公室", "司法局", "教育体育局", "发展和改革委员会", "市场监督管理局", "统计局"]


@given(st.sampled_from(_COUNTIES), st.sampled_from(_ORGANS))
def test_any_county_is_found_behind_its_city(county, organ: str) -> None:
    seen = describe(f"{county.city}{county.name}{organ}")
    assert seen.county == county.name
    assert seen.level == "county"
    assert seen.organ == organ
    assert seen.province == county.province


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    seen = describe(text)
    assert seen.scope in (None, "whole", "organ")
    assert len(agency_id(text)) == 16


@given(st.text(alphabet="省市区县州盟旗镇乡街道局办公室委员会人民政府滑洪泽宿和平新城", max_size=24))
def test_no_name_of_its_own_words_breaks_it(text: str) -> None:
    seen = describe(text)
    assert seen.name == describe(seen.name).name
