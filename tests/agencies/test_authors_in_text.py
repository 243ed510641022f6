"""Authors and years of reports whose title is lost: pages as they are saved, told by their own sentences."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.authors import Author, resolve
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Document
from gongkai.parsing.metadata import read_metadata
from gongkai.parsing.metadata_model import Metadata

PROSE = "2022年，我局认真贯彻《中华人民共和国政府信息公开条例》，主动公开政府信息120条，工作取得明显成效。"


def read(*lines: str, **metadata: str) -> tuple[Metadata, Author]:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    one = Document("a.html", "html", "0" * 64, builder.blocks, metadata=metadata)
    found = read_metadata(one, one.blocks)
    return found, resolve(found, one)


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("根据《条例》要求，现公布桐梓县2022年政府信息公开工作年度报告。", "桐梓县人民政府"),
        ("现公布清新区人民政府办公室（以下简称区政府办公室）2022年政府信息公开工作年度报告。", "清新区人民政府办公室"),
        ("结合金水区统计局实际，特编制并向社会公布金水区统计局2022年度政府信息公开年度报告如下：", "金水区统计局"),
        ("特向社会公布2022年度宁波市镇海区蛟川街道政府信息公开年度报告。", "宁波市镇海区蛟川街道办事处"),
        ("根据2022年眉山市司法局信息公开工作实际编制而成。本年报统计期限为2022年全年。", "眉山市司法局"),
        ("根据《条例》的规定，朝阳市司法局按照分类规范的要求，对主动公开政府信息情况进行了梳理。", "朝阳市司法局"),
        ("综合2022年度丽水市各县（市、区）政府和市级各部门的政府信息公开年度工作报告编制而成。", "丽水市人民政府"),
        ("本报告由北京市东城区东直门街道编制，是2022年度政府信息公开年度报告。", "北京市东城区东直门街道办事处"),
    ],
)
def test_the_author_announces_itself(sentence: str, agency: str) -> None:
    _, author = read("一、总体情况", sentence, PROSE)
    assert author.agency == agency
    assert not author.doubts


@pytest.mark.parametrize(
    ("body", "agency", "sure"),
    [
        ("2022年，全县主动公开政府信息1万条，我县政务公开工作成效明显，全县各单位积极落实。", "中江县人民政府", True),
        ("2022年，我办主动公开政府信息120条，政务公开工作成效明显，依法办理申请3件。", "中江县人民政府办公室", True),
        ("2022年，主动公开政府信息120条，政务公开工作成效明显，依法办理申请3件。", "中江县人民政府办公室", False),
    ],
)
def test_an_office_that_compiled_a_report_may_not_be_its_author(body: str, agency: str, sure: bool) -> None:
    _, author = read("本年度报告由中江县人民政府办公室组织编制，统计时间为2022年1月1日至12月31日。", body)
    assert author.agency == agency
    assert bool(author.doubts) is not sure


@pytest.mark.parametrize(
    ("name", "province", "city"),
    [
        ("西咸新区泾河新城管理委员会", "陕西省", None),
        ("新疆生产建设兵团第十二师", "新疆维吾尔自治区", None),
        ("第一师阿拉尔市", "新疆维吾尔自治区", None),
        ("拱北海关", "广东省", "珠海市"),
        ("湘西自治州人民政府", "湖南省", "湘西土家族苗族自治州"),
        ("乐陵市人民法院", "山东省", "德州市"),
    ],
)
def test_names_without_a_listed_place(name: str, province: str, city: str | None) -> None:
    _, author = read(f"{name}2022年政府信息公开工作年度报告", PROSE)
    assert (author.province, author.city, author.doubts) == (province, city, ())


@pytest.mark.parametrize("section", ["办公室", "政府信息和政务公开领导小组办公室", "信息公开办公室"])
def test_a_section_of_a_bureau_signs_for_the_bureau(section: str) -> None:
    _, author = read("政府信息公开工作年度报告", PROSE, f"乐陵市民政局{section}", "2023年1月19日")
    assert author.agency == "乐陵市民政局"


def test_a_township_lies_in_the_only_county_that_its_text_names() -> None:
    page = "拱墅区政府门户网站公开信息16条，通过拱墅区门户网站实现政务公开。"
    _, author = read("半山街道2020年度政府信息公开工作年度报告", page)
    assert (author.agency, author.province) == ("拱墅区半山街道办事处", "浙江省")


@pytest.mark.parametrize(
    ("statement", "year"),
    [
        ("本报告所列数据的统计时限自20181月1日起至201812月31日止。", 2018),
        ("本报告中所列数据的统计时限为201011日至20101231日。", 2010),
        ("本报告所列数据的统计期限自2021年1月1日起至12月31日止。", 2021),
    ],
)
def test_period_statements_may_have_lost_their_signs(statement: str, year: int) -> None:
    found, _ = read("政府信息公开工作年度报告", statement, "我局主动公开政府信息120条，工作取得明显成效。")
    assert (found.year, found.period) == (year, "year")


def test_a_school_year_is_no_statistical_year() -> None:
    found, _ = read("中山大学2023—2024学年信息公开年度报告", "2023—2024学年，中山大学信息公开工作取得成效。")
    assert found.year is None
    assert [doubt.reason for doubt in found.doubts] == ["year_uncertain"]


def test_a_half_year_without_a_year_takes_it_from_its_signature() -> None:
    found, _ = read(
        "滑县民政局第三季度政务公开工作总结", PROSE.replace("2022年", "今年"), "滑县民政局", "2019年9月28日"
    )
    assert (found.year, found.period, found.kind) == (2019, "q3", "summary")


def test_a_title_whose_year_no_sentence_knows_is_in_doubt() -> None:
    found, _ = read("滑县民政局2021年政府信息公开工作年度报告", "一、总体情况", PROSE)
    assert found.year is None
    assert "2022" in found.doubts[0].detail


def test_labels_and_values_may_stand_on_lines_of_their_own() -> None:
    title = "滑县民政局2022年度政府信息公开工作报告"
    found, _ = read(title, "撰写时间", "2023年01月12日 17:12:21", "来源", "滑县民政局", PROSE)
    assert found.published_on == date(2023, 1, 12)


def test_the_stage_may_stand_below_the_title() -> None:
    found, _ = read("滑县民政局2022年政府信息公开工作年度报告", "（送审稿）", PROSE)
    assert found.stage == "draft"


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (
            ["自治区民政厅2022年政府信息公开工作年度报告", PROSE, "广西壮族自治区民政厅", "2023年元月29日"],
            "广西壮族自治区民政厅",
        ),
        (["四川省阿坝州红原县2022年政府信息公开工作年度报告", PROSE], "四川省阿坝州红原县人民政府"),
        (["（2022年度）滑县水利局政府信息公开工作年度报告", PROSE], "滑县水利局"),
        (["2023年滑县水利局2022年政府信息公开工作年度报告", PROSE], "滑县水利局"),
        (["滑县妇联2022年政务公开工作总结", PROSE], "滑县妇联"),
    ],
)
def test_titles_of_unusual_form(lines: list[str], agency: str) -> None:
    found, author = read(*lines)
    assert (found.year, author.agency, author.doubts) == (2022, agency, ())


def test_a_report_dated_before_most_of_its_year_is_in_doubt() -> None:
    found, _ = read("滑县水利局2022年政府信息公开工作年度报告", "2022-01-18 来源：滑县水利局", PROSE)
    assert found.year is None
    assert "2022-01-18" in found.doubts[0].detail
