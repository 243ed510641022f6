"""Titles: what their words say, and which line of a document is the title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.builder import BlockBuilder
from gongkai.parsing.spans import squeezed
from gongkai.parsing.titles import find_title, read_title, without_site

CASES = [
    # title, author, year, period, kind
    ("洪泽区人民政府2023年政府信息公开工作年度报告", "洪泽区人民政府", 2023, None, "annual_report"),
    ("2023年洪泽区人民政府政府信息公开工作年度报告", "洪泽区人民政府", 2023, None, "annual_report"),
    ("2023年度滑县政府信息公开年报", "滑县", 2023, None, "annual_report"),
    ("2022年上海市政府信息公开工作年度报告", "上海市", 2022, None, "annual_report"),
    ("关于2023年政府信息公开工作年度报告的公示", None, 2023, None, "annual_report"),
    ("滑县司法局关于2023年政府信息公开工作年度报告的公示", "滑县司法局", 2023, None, "annual_report"),
    ("滑县司法局政府信息公开工作年度报告（2023年）", "滑县司法局", 2023, None, "annual_report"),
    ("大足区人民政府外事办公室政府信息公开工作2022年度报告", "大足区人民政府外事办公室", 2022, None, "annual_report"),
    ("2020年度龙游县湖镇镇政府信息公开工作报告", "龙游县湖镇镇", 2020, None, "annual_report"),
    ("市人防办2022年度政府信息公开工作总结", "市人防办", 2022, None, "summary"),
    ("颍东区政务公开工作总结", "颍东区", None, None, "summary"),
    ("颍东区政府政务公开工作总结", "颍东区政府", None, None, "summary"),
    ("兴安盟人民防空办公室2017年上半年政务公开工作自查报告", "兴安盟人民防空办公室", 2017, "h1", "self_check"),
    ("滑县商务局2022年第三季度政务公开工作总结", "滑县商务局", 2022, "q3", "summary"),
    ("宿州市司法局二〇二三年政府信息公开工作年度报告", "宿州市司法局", 2023, None, "annual_report"),
    ("2023年政府信息公开工作年度报告——滑县司法局", "滑县司法局", 2023, None, "annual_report"),
    ("2023年政府信息公开工作年度报告（滑县司法局）", "滑县司法局", 2023, None, "annual_report"),
    ("国家税务总局滑县税务局2023年政府信息公开工作年度报告", "国家税务总局滑县税务局", 2023, None, "annual_report"),
    ("滑县水利局2022年政务公开工作总结和2023年工作计划", "滑县水利局", 2022, None, "summary"),
    ("关于我局2023年度政务公开工作情况的自查报告", None, 2023, None, "self_check"),
    ("《滑县2023年政府信息公开年报》", "滑县", 2023, None, "annual_report"),
    ("附件1：滑县教育局2023年政府信息公开工作年度报告", "滑县教育局", 2023, None, "annual_report"),
    ("城厢街道2017年政务信息工作报告", "城厢街道", 2017, None, "annual_report"),
    ("XX县2022年政府信息公开工作总结", None, 2022, None, "summary"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "author", "year", "period", "kind"), CASES)
def test_what_a_title_says(title: str, author: str | None, year: int | None, period: str | None, kind: str) -> None:
    parts = read_title(title)
    assert (parts.author, parts.year, parts.period, parts.kind) == (author, year, period, kind)


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("滑县2023年政府信息公开工作年度报告（送审稿）", "draft"),
        ("滑县2023年政府信息公开工作年度报告（定稿）", "approved"),
        ("关于更正滑县2023年政府信息公开工作年度报告的公告", "corrected"),
        ("滑县2023年政府信息公开工作年度报告", None),
    ],
)
def test_the_stage_stands_in_the_title(title: str, stage: str | None) -> None:
    assert read_title(title).stage == stage


@pytest.mark.parametrize(
    "page",
    [
        "滑县司法局2023年政府信息公开工作年度报告_通知公告_滑县人民政府",
        "滑县司法局2023年政府信息公开工作年度报告-滑县人民政府",
        "滑县司法局2023年政府信息公开工作年度报告|滑县人民政府门户网站",
    ],
)
def test_the_site_behind_a_page_title_goes(page: str) -> None:
    assert without_site(page) == "滑县司法局2023年政府信息公开工作年度报告"


def title_of(*lines: str, hint: str | None = None) -> str | None:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    found = find_title(squeezed(builder.blocks), hint)
    return found.text if found else None


PROSE = (
    "2023年，我局坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实《条例》，扎实推进政府信息公开工作，"
    "取得明显成效。"
)


@pytest.mark.parametrize(
    "lines",
    [
        ["宿州市司法局", "2023 年政府信息公开工作年度报告"],
        ["宿州市司法局2023年", "政府信息公开工作年度报告"],
        ["宿州市司法局", "2023年政府信息公开工作", "年度报告"],
        ["宿州市司法局", "2023年", "政府信息公开工作年度报告"],
        ["宿州市司法局2023年政府信息", "公开工作年度报告"],
    ],
)
def test_a_title_over_several_lines_is_one(lines: list[str]) -> None:
    assert title_of(*lines, PROSE) == "宿州市司法局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "line",
    [
        "宿州市司法局2023年政府信息公开工作年度报告 发布时间：2024-01-12 09:12 来源：宿州市司法局 【字体：大 中 小】",
        "宿州市司法局2023年政府信息公开工作年度报告 2024-01-12 09:12",
        "名　　称：宿州市司法局2023年政府信息公开工作年度报告",
    ],
)
def test_the_pages_words_in_one_line_with_the_title_go(line: str) -> None:
    assert title_of(line, PROSE) == "宿州市司法局2023年政府信息公开工作年度报告"


def test_neighbours_in_a_list_are_not_the_title() -> None:
    lines = [
        "颍东区民政局2021年政府信息公开工作年度报告",
        "颍东区民政局2022年政府信息公开工作年度报告",
        "通知公告",
        "首页 > 政务公开 > 政府信息公开年报",
        "工作动态",
        "政策文件",
        "颍东区民政局2023年政府信息公开工作年度报告",
        "时间：2024-01-08",
        PROSE,
    ]
    assert title_of(*lines) == "颍东区民政局2023年政府信息公开工作年度报告"
    hint = "颍东区民政局2021年政府信息公开工作年度报告_颍东区人民政府"
    assert title_of(*lines, hint=hint) == "颍东区民政局2021年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "line",
    [
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
        "滑县政府信息公开工作年度报告制度",
        "政府信息公开指南",
        "滑县人民政府办公室关于印发2022年政务公开工作要点的通知",
        PROSE,
    ],
)
def test_other_papers_have_no_report_title(line: str) -> None:
    assert title_of(line, PROSE) is None


@given(st.text(alphabet="政府信息公开工作年度报告总结2023年滑县司法局_-（）《》关于的：第一季度 ", max_size=60))
def test_no_line_breaks_it(text: str) -> None:
    parts = read_title(text)
    assert parts.kind in (None, "annual_report", "summary", "self_check")
    title_of(text, text, PROSE)
