"""The divisions: look-up by name, ambiguity, past places, mentions in texts, and the signs of provinces."""

import pytest

from gongkai.catalogue import divisions
from gongkai.errors import CatalogueError


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("滑县", ["河南省安阳市滑县"]),
        ("颍东区", ["安徽省阜阳市颍东区"]),
        ("宿州市", ["安徽省宿州市"]),
        ("宿州", ["安徽省宿州市"]),
        ("兴安盟", ["内蒙古自治区兴安盟"]),
        ("内蒙古", ["内蒙古自治区"]),
        ("洪泽县", ["江苏省淮安市洪泽县"]),
        ("恩施州", ["湖北省恩施土家族苗族自治州"]),
        ("石柱县", ["重庆市石柱土家族自治县"]),
        ("济源市", ["河南省济源市", "河南省焦作市济源市"]),
        ("梁园区", ["河南省商丘市梁园区"]),
        ("毕节地区", ["贵州省毕节地区"]),
        ("没有这个县", []),
    ],
)
def test_a_place_is_found_by_full_or_short_name(name: str, expected: list[str]) -> None:
    assert [place.full_name for place in divisions.find(name)] == expected


def test_a_name_of_several_places_gives_all_of_them() -> None:
    assert {place.city for place in divisions.find("鼓楼区")} == {"南京市", "徐州市", "福州市", "开封市"}
    assert {place.full_name for place in divisions.find("朝阳区")} == {"北京市朝阳区", "吉林省长春市朝阳区"}


def test_those_in_force_come_first() -> None:
    found = divisions.find("大方县")
    assert [(place.city, place.until) for place in found] == [("毕节市", None), ("毕节地区", 2010)]


def test_a_district_of_a_municipality_has_no_city() -> None:
    (place,) = divisions.find("东城区")
    assert (place.province, place.city, place.county) == ("北京市", None, "东城区")


def test_a_place_lies_within_those_above_it() -> None:
    (county,) = divisions.find("洪泽区")
    (city,) = divisions.find("淮安市")
    (province,) = divisions.find("江苏省")
    (other,) = divisions.find("安徽省")
    assert county.within(city)
    assert county.within(province)
    assert city.within(province)
    assert county.within(county)
    assert not city.within(county)
    assert not county.within(other)


def test_every_division_is_found_by_its_own_name_and_code() -> None:
    for place in divisions.divisions():
        assert any((one.name, one.province, one.city) == (place.name, place.province, place.city)
                   for one in divisions.find(place.name))  # fmt: skip
        assert divisions.by_code(place.code) is not None


def test_mentions_are_the_longest_names_and_do_not_overlap() -> None:
    text = "淮安市洪泽区人民政府与长沙县、老城郊区的市场"
    found = [(text[one.start : one.end], one.divisions[0].name) for one in divisions.mentions(text)]
    assert [name for name, _ in found] == ["淮安市", "洪泽区", "长沙县"]
    assert all(printed == name for printed, name in found)


def test_mentions_stand_where_they_say() -> None:
    text = "《安徽省2022年政务公开重点工作任务分工》和《宿州市实施细则》"
    assert [text[one.start : one.end] for one in divisions.mentions(text)] == ["安徽省", "宿州市"]


@pytest.mark.parametrize(
    ("letter", "province"), [("蒙", "内蒙古自治区"), ("豫", "河南省"), ("蜀", "四川省"), ("陇", "甘肃省"), ("某", None)]
)
def test_the_letter_of_an_icp_number_tells_the_province(letter: str, province: str | None) -> None:
    assert divisions.province_of_letter(letter) == province


@pytest.mark.parametrize(
    ("host", "province"),
    [
        ("www.ah.gov.cn", "安徽省"),
        ("fgw.beijing.gov.cn", "北京市"),
        ("www.sx.gov.cn", None),  # 绍兴, not 山西
        ("bah.gov.cn", None),
    ],
)
def test_a_host_tells_the_province_only_where_the_domain_is_its_own(host: str, province: str | None) -> None:
    assert divisions.province_of_host(host) == province


def test_each_province_has_letters_and_a_domain() -> None:
    known = {place.name for place in divisions.divisions() if place.level == "province"}
    missing = known - {province.name for province in divisions.provinces()}
    assert missing == {"台湾省", "香港特别行政区", "澳门特别行政区"}
    assert all(province.letters and province.domains for province in divisions.provinces())


def test_a_wrong_row_is_named(tmp_path, monkeypatch) -> None:
    header = "code,name,level,province,city,short,since,until\n"
    for row, field in (
        ("12345,滑县,county,河南省,安阳市,,,\n", "code"),
        ("410526,滑县,village,河南省,安阳市,,,\n", "level"),
        ("410526,滑,county,河南省,安阳市,,,\n", "name"),
        ("410526,滑县,county,,安阳市,,,\n", "province"),
        ("410526,滑县,county,河南省,安阳市,,二〇,\n", "since"),
    ):
        (tmp_path / "divisions.csv").write_text(header + row, encoding="utf-8")
        monkeypatch.setattr(divisions, "DATA", tmp_path)
        divisions._index.cache_clear()
        with pytest.raises(CatalogueError, match=f"divisions.csv, line 2, {field}"):
            divisions.find("滑县")
    monkeypatch.undo()
    divisions._index.cache_clear()
