"""Names that stand beside a report: its page, its contact, another place in its text. None is taken silently for the
author's where the report's own words are against it."""

from __future__ import annotations

import pytest

from gongkai.agencies.authors import Author, resolve
from gongkai.agencies.naming import names_several
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Document
from gongkai.parsing.metadata import read_metadata

TITLE = "2022年政府信息公开工作年度报告"
SITE = "主办：滑县人民政府 网站标识码：4105260001"


def read(*lines: str) -> Author:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    one = Document("a.html", "html", "0" * 64, builder.blocks)
    return resolve(read_metadata(one, one.blocks), one)


def said(who: str) -> str:
    return f"2022年，{who}认真贯彻落实上级部署，主动公开政府信息120条，办理依申请公开3件，工作有序开展。"


def doubt(author: Author) -> str | None:
    return author.doubts[0].coded[0] if author.doubts else None


@pytest.mark.parametrize("place", ["发布机构：滑县人民政府", "来源：滑县人民政府", "发布机构：滑县人民政府办公室"])
def test_the_publisher_is_not_the_author_of_a_bureau_s_report(place: str) -> None:
    assert doubt(read(TITLE, place, said("我局"), SITE)) == "other_self"


def test_a_contact_that_fits_the_report_s_word_for_itself_comes_before_a_publisher_that_does_not() -> None:
    author = read(TITLE, "发布机构：滑县", said("我局"), "如有疑问，请与滑县农业农村局办公室联系。")
    assert (author.agency, author.doubts) == ("滑县农业农村局", ())


def test_a_contact_of_another_kind_than_the_report_s_word_for_itself_is_in_doubt() -> None:
    author = read(TITLE, "如有疑问，请与滑县政务服务局办公室联系。", said("我镇"), said("我镇"))
    assert doubt(author) == "other_self"


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("滑县司法局、滑县民政局", True),
        ("滑县司法局、民政局", True),
        ("滑县司法局和民政局", True),
        ("滑县司法局滑县民政局", True),
        ("滑县教育和体育局", False),
        ("滑县人民政府办公室", False),
        ("安阳市公安局滑县分局", False),
        ("国家税务总局滑县税务局", False),
        ("滑县规划和自然资源局", False),
    ],
)
def test_a_title_of_several_bodies_names_no_author(name: str, several: bool) -> None:
    assert names_several(name) is several
    author = read(f"{name}2022年政府信息公开工作年度报告", said("我单位"))
    assert (author.agency is None) is several
    assert (doubt(author) == "several_names") is several


def test_a_place_that_was_visited_is_not_the_township_s_county() -> None:
    visited = read(f"和平镇人民政府{TITLE}", said("我镇"), "赴安吉县考察学习，借鉴安吉县经验。")
    assert doubt(visited) == "place_from_page"
    own = read(f"和平镇人民政府{TITLE}", said("我镇"), "信息在安吉县人民政府网站公开。")
    assert (own.agency, own.doubts) == ("安吉县和平镇人民政府", ())


def test_the_only_county_whose_government_is_named_is_that_of_its_bureau() -> None:
    own = read(
        "根据《兖州区人民政府办公室关于报送2022年年报的通知》，公布区水利局政府信息公开工作年度报告。", said("区水利局")
    )
    assert (own.agency, own.doubts) == ("兖州区水利局", ())
    above = read(
        "根据《焦作市人民政府办公室关于报送年报的通知》，公布市水利局政府信息公开工作年度报告。", said("市水利局")
    )
    assert above.doubts, "a county's city lies below another 市"


def test_the_name_of_a_site_tells_a_place_but_no_author() -> None:
    town = read(f"安仁乡人民政府{TITLE}", "来源:将乐县人民政府门户网站 时间:2011-02-28", said("我乡"))
    assert (town.agency, town.doubts) == ("将乐县安仁乡人民政府", ())
    nobody = read(TITLE, "来源:将乐县人民政府门户网站 时间:2023-02-28", "2022年主动公开政府信息120条，工作有序开展。")
    assert doubt(nobody) == "weak_place"


def test_a_national_organ_lies_in_no_province() -> None:
    author = read(f"海关总署（本级机关）{TITLE}", "地址：北京市东城区建国门内大街6号。", said("海关总署"))
    assert (author.level, author.province) == ("national", None)


def test_a_title_that_lost_its_first_characters_is_whole_in_the_text() -> None:
    own = "景禾市棠溪区望月台镇人民政府"
    author = read(
        f"禾市棠溪区望月台镇人民政府{TITLE}", f"特向社会公布{own}2022年度政府信息公开年度报告。", said("我镇")
    )
    assert (author.agency, author.as_printed, author.doubts) == (own, own[1:], ())
    shorter = read(f"滑县司法局{TITLE}", "特向社会公布河南滑县司法局2022年度政府信息公开年度报告。", said("我局"))
    assert shorter.agency == "滑县司法局"


def test_the_address_tells_the_place_that_a_word_stands_for() -> None:
    address = "如有疑问，请与市应急局办公室联系（地址：{}人民路1号）。"
    city = read(f"市应急局{TITLE}", address.format("六盘水市钟山区"), said("我局"))
    assert (city.agency, city.doubts) == ("六盘水市应急管理局", ())
    either = read(f"市应急局{TITLE}", address.format("焦作市沁阳市"), said("我局"))
    assert either.doubts


def test_a_place_that_ends_in_the_name_of_another_is_not_there() -> None:
    """岚县 lies in 山西省; of 沐岚县, which no list has, nothing tells the province."""
    author = read("沐岚县农业局" + TITLE, said("沐岚县农业局"))
    assert (author.agency, author.province) == ("沐岚县农业局", None)
    assert read("岚县农业局" + TITLE, said("岚县农业局")).province == "山西省"
