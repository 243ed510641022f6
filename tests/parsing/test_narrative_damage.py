"""Sentences damaged and crowded: the same figure, none or a doubt, never another value; and no text is slow."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block
from gongkai.parsing.narrative import read_narrative
from gongkai.parsing.numbers import chinese_number, quantities

SURE = 0.7

TEXTS = [
    case["text"]
    for path in sorted((Path(__file__).parent / "narrative_cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    if case.get("year", 2022) == 2022 and case["want"]
]

SENTENCES = (
    "收到政府信息公开申请{}件。",
    "全年主动公开政府信息{}条，其中政府网站公开3条。",
    "受理12345热线工单{}件，按时办结率100%。",
    "上年结转政府信息公开申请{}件",
    "通过微信公众号发布信息{}余条",
    "举办政务公开培训{}期",
    "发生行政复议{}件、行政诉讼2件",
    "举办新闻发布会{}场，发布解读材料{}篇",
)
GAPS = (" ", "\n", "\u3000", "\u00a0", "\t", "，", ",", ".", "·", "\u200b", " \n ")

ASIDES = (
    *("同比增长12%", "较上年增加5件", "比2021年减少7条", "2021年为8件", "县教育局收到6件", "全国共受理3万件"),
    *("计划明年达到100件", "力争达到300条", "历年累计500件", "共涉及12个乡镇", "在20个工作日内办理"),
    *("根据国办发〔2021〕30号文件", "联系电话0731-1234567", "邮编410000", "浏览量5万次", "粉丝3000人"),
    *("审批事项37项", "平均用时8.5天", "网站访问量120万人次", "2020年收到3件、2021年收到4件", "共有12个部门参与"),
    *("其中上半年5件", "排名全市第3位", "得分96.5分", "占总数的35%", "12333热线来电560个", "招商热线来电12次"),
)

HOSTILE = (
    *("收到政府信息公开申请5件", "未发生行政复议、行政诉讼", "通过网站、微信、微博公开信息5条，", "万", "\n", "2022年"),
    *(
        "《2022年》",
        "分别为5件、5件",
        "其中，网上5件，",
        "关注用户5万人，",
        "自2012年以来累计公开5条，",
        "1，234，",
        "无",
    ),
)


def blocks(text: str) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for line in text.split("\n\n"):
        builder.paragraph(line)
    return builder.blocks


def stated(text: str, above: float = 0.0) -> set[tuple[str, float | None]]:
    figures = read_narrative(blocks(text), 2022).figures
    return {(figure.metric, figure.value) for figure in figures if figure.confidence > above}


@given(st.sampled_from(SENTENCES), st.integers(10, 99_999), st.sampled_from(GAPS), st.data())
def test_a_number_torn_apart_is_never_another_number(sentence: str, value: int, gap: str, data: st.DataObject) -> None:
    printed = str(value)
    at = data.draw(st.integers(1, len(printed) - 1))
    torn = printed[:at] + gap + printed[at:]
    assert stated(sentence.replace("{}", torn), SURE) <= stated(sentence.replace("{}", printed))


@given(st.sampled_from(SENTENCES), st.integers(0, 99_999), st.sampled_from(GAPS[:5]))
def test_white_space_around_a_number_changes_nothing(sentence: str, value: int, gap: str) -> None:
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    spaced = sentence.replace("{}", f"{gap}{wide}{gap}")
    assert stated(spaced, SURE) <= stated(sentence.replace("{}", str(value)))


@settings(max_examples=300)
@given(
    st.sampled_from(TEXTS),
    st.sampled_from(ASIDES),
    st.sampled_from(("，", "；", "。")),
    st.booleans(),
)
def test_a_clause_on_something_else_adds_no_figure(text: str, aside: str, mark: str, before: bool) -> None:
    crowded = f"{aside}{mark}{text}" if before else f"{text.rstrip('。；')}{mark}{aside}。"
    assert stated(crowded, SURE) <= stated(text)


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_repeated_words_cost_more_than_in_proportion(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    start = time.process_time()
    read_narrative(blocks(text), 2022)
    assert time.process_time() - start < 6, "far more than in proportion"


def test_no_numeral_is_too_long_to_refuse() -> None:
    assert chinese_number("万" * 5000) is None
    assert list(quantities("共" + "一万" * 5000 + "件")) == []


@pytest.mark.parametrize("text", ["收到政府信息公开申请1.286件。", "收到政府信息公开申请1，2件。"])
def test_a_misprinted_number_is_none(text: str) -> None:
    assert stated(text) == set()
