"""Whose report it is: the title decides, short names are completed, what cannot be known stays unknown with a doubt."""

import pytest

from gongkai.agencies.authors import Author, resolve
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Document
from gongkai.parsing.metadata import read_metadata

PROSE = "2023年，我单位坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实《条例》，扎实推进公开，取得成效。"
UNNAMED = "2023年政府信息公开工作年度报告"


def author(*lines: str, format: str = "html", name: str = "a.html", **metadata: str) -> Author:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    document = Document(name, format, "0" * 64, builder.blocks, metadata=metadata)
    found = resolve(read_metadata(document, document.blocks), document)
    for place in (found.evidence, found.province_evidence):
        if place is not None and place.block is not None:
            assert document.blocks[place.block].text[place.start : place.end] == place.quote
    assert (found.agency is None) <= bool(found.doubts)
    return found


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        # A name in full stands as it is printed.
        (["滑县人民政府办公室2022年政府信息公开工作年度报告"], "滑县人民政府办公室"),
        (["国家税务总局滑县税务局2023年政府信息公开工作年度报告"], "国家税务总局滑县税务局"),
        (["银川市民族事务委员会（宗教事务局）2023年政府信息公开工作年度报告"], "银川市民族事务委员会（宗教事务局）"),
        # A place alone is its government.
        (["颍东区政务公开工作总结"], "颍东区人民政府"),
        (["2023年度滑县政府信息公开年报"], "滑县人民政府"),
        (["兴安盟2023年政府信息公开工作年度报告"], "兴安盟行政公署"),
        (["颍东区新华街道2023年政府信息公开工作年度报告"], "颍东区新华街道办事处"),
        (["龙游县湖镇镇2023年政府信息公开工作年度报告"], "龙游县湖镇镇人民政府"),
        (["滑县政府2023年政府信息公开工作年度报告"], "滑县人民政府"),
        (["滑县政府办2023年政府信息公开工作年度报告"], "滑县人民政府办公室"),
        # The title is completed from where the same body stands in full.
        (
            ["市人防办2022年度政府信息公开工作总结", PROSE, "宿州市人民防空办公室", "2022年12月20日"],
            "宿州市人民防空办公室",
        ),
        (
            ["市发改委2023年政府信息公开工作年度报告", "根据要求，由宿州市发展和改革委员会负责。"],
            "宿州市发展和改革委员会",
        ),
        (["市司法局2023年政府信息公开工作年度报告", "发布机构：宿州市司法局"], "宿州市司法局"),
        (["市司法局2023年政府信息公开工作年度报告", "发布机构：宿州市人民政府"], "宿州市司法局"),
        (["口孜镇人民政府2023年政府信息公开工作年度报告", "发布机构：颍东区口孜镇人民政府"], "颍东区口孜镇人民政府"),
        # The county that publishes a township's report is not the township.
        (["口孜镇人民政府2023年政府信息公开工作年度报告", "发布机构：颍东区人民政府"], "颍东区口孜镇人民政府"),
        (["唐村镇2023年政府信息公开工作年度报告", "地址：邹城市唐村镇唐兴路111号"], "邹城市唐村镇人民政府"),
        (
            ["市政府办公室2023年政府信息公开工作年度报告", PROSE, "宿州市人民政府办公室", "2024年1月8日"],
            "宿州市人民政府办公室",
        ),
        # A district takes its city where the text puts it in front.
        (
            ["洪泽区人民政府2023年政府信息公开工作年度报告", "本报告由淮安市洪泽区人民政府办公室编制。"],
            "淮安市洪泽区人民政府",
        ),
        # No author in the title: signature, sentence, publisher.
        ([UNNAMED, PROSE, "滑县水利局", "2024年1月8日"], "滑县水利局"),
        ([UNNAMED, "根据《条例》规定，现公布滑县教育局2023年政府信息公开工作年度报告。"], "滑县教育局"),
        ([UNNAMED, "按照规定，滑县气象局编制了2023年度政府信息公开年度报告。"], "滑县气象局"),
        ([UNNAMED, "2023年，宣城市气象局认真贯彻落实《条例》精神，扎实推进公开，取得成效。"], "宣城市气象局"),
        ([UNNAMED, "如对本报告有疑问，请与滑县审计局联系（地址：滑县道口镇）。"], "滑县审计局"),
        (
            ["兴安盟人民防空办公室", "来源:盟人防办", "现将我办2017年上半年政务公开工作自查情况报告如下:"],
            "兴安盟人民防空办公室",
        ),
        # The office compiles the report of its government.
        (["滑县人民政府2023年政府信息公开工作年度报告", "本报告由滑县人民政府办公室编制。"], "滑县人民政府"),
        (
            [UNNAMED, "本报告由滑县人民政府办公室编制。2023年，全县主动公开信息1万条，我县、全县各部门共受理9件。"],
            "滑县人民政府",
        ),
        ([UNNAMED, "本报告由南平市人民政府信息公开工作领导小组办公室编制。"], "南平市人民政府"),
        ([UNNAMED, "本报告由滑县人民政府办公室编制。2023年，我办公开信息100条。"], "滑县人民政府办公室"),
    ],
)
def test_the_author_in_full(lines: list[str], agency: str) -> None:
    found = author(*lines)
    assert found.agency == agency
    assert not found.doubts, found.doubts
    assert found.confidence >= 0.8


def test_the_publisher_is_not_the_author_where_the_title_names_one() -> None:
    found = author("宿州市人防办2022年度政府信息公开工作总结", "发布机构：宿州市国防动员办公室", PROSE)
    assert found.agency == "宿州市人防办"


def test_a_short_name_is_not_spelt_out_by_guess() -> None:
    # 教体局 is 教育体育局 in one county and 教育和体育局 in the next.
    assert author("滑县教体局2023年政府信息公开工作年度报告", PROSE).agency == "滑县教体局"
    spelt = author("滑县教体局2023年政府信息公开工作年度报告", PROSE, "滑县教育和体育局", "2024年1月8日")
    assert spelt.agency == "滑县教育和体育局"


@pytest.mark.parametrize(
    "lines",
    [
        ["民政局2023年政府信息公开工作年度报告", PROSE],
        ["XX县2023年政府信息公开工作年度报告", PROSE],
        [UNNAMED, PROSE],
        ["市司法局2023年政府信息公开工作年度报告", PROSE],
    ],
)
def test_a_name_that_tells_no_place_is_unknown(lines: list[str]) -> None:
    found = author(*lines)
    assert (found.agency, found.province, found.scope) == (None, None, None)
    assert [doubt.reason for doubt in found.doubts] == ["agency_uncertain"]


@pytest.mark.parametrize(
    "lines",
    [
        ["民政局2023年政府信息公开工作年度报告", PROSE, "主办：颍东区人民政府办公室 网站标识码：3412030002"],
        ["城关镇2023年政府信息公开工作年度报告", PROSE],
        ["鼓楼区财政局2023年政府信息公开工作年度报告", PROSE],
        ["滑县司法局2023年政府信息公开工作年度报告", PROSE, "颍东区司法局", "2024年1月8日"],
    ],
)
def test_a_guess_carries_its_doubt(lines: list[str]) -> None:
    found = author(*lines)
    assert found.agency is not None
    assert found.confidence < 0.8
    assert [doubt.reason for doubt in found.doubts] == ["agency_uncertain"]


def test_the_place_of_a_repost_is_not_taken_from_its_site() -> None:
    assert (
        author("市司法局2023年政府信息公开工作年度报告", "来源：网友投稿", PROSE, "主办：宿州市人民政府").agency is None
    )


class TestProvince:
    @pytest.mark.parametrize(
        ("title", "province", "city", "county"),
        [
            ("滑县", "河南省", "安阳市", "滑县"),
            ("宿州市司法局", "安徽省", "宿州市", None),
            ("兴安盟农牧局", "内蒙古自治区", "兴安盟", None),
            ("北京市东城区司法局", "北京市", None, "东城区"),
        ],
    )
    def test_from_the_name(self, title: str, province: str, city: str | None, county: str | None) -> None:
        found = author(f"{title}2023年政府信息公开工作年度报告", PROSE)
        assert (found.province, found.city, found.county) == (province, city, county)

    @pytest.mark.parametrize(
        "sign",
        ["苏ICP备05008888号", "政府网站标识码：3201060001", "苏公网安备 32010602010001号", "地址：南京市鼓楼区某路1号"],
    )
    def test_an_ambiguous_name_is_settled_by_the_site_or_the_text(self, sign: str) -> None:
        found = author("鼓楼区财政局2023年政府信息公开工作年度报告", PROSE, f"版权所有 鼓楼区财政局 {sign}")
        assert found.province == "江苏省"

    def test_by_the_address_of_the_page(self) -> None:
        title = "朝阳区财政局2023年政府信息公开工作年度报告"
        assert author(title, PROSE, url="https://cy.beijing.gov.cn/1.html").province == "北京市"
        assert author(title, PROSE).province is None

    def test_a_province_that_no_list_has(self) -> None:
        lines = ["云川省财政厅2023年政府信息公开工作年度报告", PROSE]
        assert author(*lines).province == "云川省"
        lines = ["临湖市财政局2023年政府信息公开工作年度报告", "根据《云川省政府信息公开办法》编制。", PROSE]
        assert (author(*lines).province, author(*lines).city) == ("云川省", "临湖市")
