"""Documents that hold several reports, and those that only look so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statutory import application_lines, application_truth, blocks_of

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block
from gongkai.parsing.reports import split_reports

PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》的规定，现公布本年度政府信息公开工作年度报告。"
    "本报告所列数据的统计期限从上一年度1月1日到12月31日，如有疑问请与本单位办公室联系。"
)
SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
SENTENCES = (
    "本单位严格落实主动公开要求，及时更新门户网站栏目，全年主动公开政府信息若干条，受到群众好评。",
    "工作人员业务水平有待提高，下一步将加强培训，完善制度，进一步规范政府信息公开工作流程。",
)


def body(sections: Sequence[str] = SECTIONS, own: str = "") -> list[str]:
    """The text of a report, in which `own` makes the sentences different from another's."""
    return [PREAMBLE, *(line for section in sections for line in (section, own + SENTENCES[0], own + SENTENCES[1]))]


def starts(lines: Sequence[str | Sequence[Block]]) -> list[int]:
    """The first block of each report of a document of paragraphs and ready tables."""
    blocks: list[Block] = []
    for line in lines:
        if isinstance(line, str):
            builder = BlockBuilder()
            builder.paragraph(line)
            added: Sequence[Block] = builder.blocks
        else:
            added = line
        blocks.extend(replace(one, index=len(blocks) + number) for number, one in enumerate(added))
    return [part[0].index for part in split_reports(blocks)]


def test_a_collection_of_units_is_split_at_each_title_and_leaves_its_cover_and_contents_out() -> None:
    units = ["滑县司法局", "滑县教育体育局", "滑县民政局"]
    titles = [f"{unit}2022年政府信息公开工作年度报告" for unit in units]
    lines = ["滑县各部门2022年度报告汇编", "目录", *(f"{title}……{page}" for page, title in enumerate(titles, start=1))]
    begins = []
    for title in titles:
        begins.append(len(lines))
        lines += [title, *body()]
    assert starts(lines) == begins


def test_reports_of_like_words_are_split_right_below_the_head_of_their_collection() -> None:
    lines, begins = ["滑县各部门2022年政府信息公开工作年度报告汇编"], []
    for unit in ("滑县司法局", "滑县教育体育局", "滑县民政局"):
        begins.append(len(lines))
        lines += [f"{unit}2022年政府信息公开工作年度报告", *body()]
    assert starts(lines) == begins


def test_a_page_with_the_reports_of_two_years_is_split() -> None:
    first = ["滑县2021年政府信息公开工作年度报告", *body()]
    second = ["滑县2020年政府信息公开工作年度报告", *body()]
    assert starts([*first, *second]) == [0, len(first)]


def test_a_title_on_two_lines_begins_with_the_agency() -> None:
    first = ["滑县司法局", "2022年政府信息公开工作年度报告", *body()]
    second = ["滑县民政局", "2022年政府信息公开工作年度报告", *body()]
    assert starts([*first, *second]) == [0, len(first)]


def test_reports_without_titles_are_told_by_their_sections_and_names() -> None:
    first = ["滑县司法局", *body(own="司法"), "2023年1月12日"]
    second = ["滑县民政局", *body(own="民政"), "2023年1月13日"]
    assert starts([*first, *second]) == [0, len(first)]


def test_the_same_title_with_other_text_begins_another_report() -> None:
    title = "2022年政府信息公开工作年度报告"
    assert starts([title, *body(own="一局"), title, *body(own="二局")]) == [0, 20]


@pytest.mark.parametrize(
    "behind",
    [
        ["相关文章", "滑县民政局2022年政府信息公开工作年度报告", "滑县司法局2021年政府信息公开工作年度报告"],
        ["上一篇：滑县司法局2021年政府信息公开工作年度报告", "下一篇：没有了", "版权所有：滑县人民政府"],
        ["附件：滑县司法局2021年政府信息公开工作年度报告.doc"],
        ["滑县民政局2022年政府信息公开工作年度报告  2023-01-12", "2022年，滑县民政局坚持以公开为常态、不公开为例外。"],
        [
            "滑县司法局2022年政府信息公开情况统计表（本机关）",
            blocks_of([["主动公开政府信息数", "条", "12"]], header=False),
        ],
    ],
)
def test_what_is_no_report_of_its_own_stays_with_the_one_before(behind: list[str | Sequence[Block]]) -> None:
    assert starts(["滑县司法局2022年政府信息公开工作年度报告", *body(), *behind]) == [0]


def test_the_annex_printed_for_the_organ_and_for_all_units_is_one_report() -> None:
    annex = blocks_of([["（一）主动公开政府信息数", "条", "12"], ["收到申请数", "件", "3"]], header=False)
    lines: list[str | Sequence[Block]] = ["滑县人民政府2016年政府信息公开工作年度报告", *body(SECTIONS[:3])]
    lines += ["政府信息公开情况统计表（2016年度）", "填报单位：滑县人民政府办公室", annex]
    lines += ["政府信息公开情况统计表（2016年度）", "填报单位：滑县（汇总）", annex]
    assert starts(lines) == [0]


def test_running_heads_quotations_and_headings_with_years_begin_nothing() -> None:
    head = "滑县司法局2022年度政府信息公开年报"
    lines = ["滑县司法局2022年政府信息公开工作年度报告", *body(SECTIONS[:3])]
    lines += [head, *body(SECTIONS[3:])[1:]]
    lines += [
        "（三）2021年政府信息公开工作年度报告编制情况",
        *SENTENCES,
        "一、2022年政务公开工作情况总结",
        *SENTENCES * 4,
    ]
    assert starts(lines) == [0]


def test_a_report_printed_twice_is_one() -> None:
    report = ["滑县司法局2022年政府信息公开工作年度报告", *body()]
    assert starts([*report, *report]) == [0]


def test_a_second_report_behind_tables_is_split() -> None:
    table = blocks_of(application_lines(application_truth(3)))
    first: list[str | Sequence[Block]] = ["滑县人民政府办公室2023年政府信息公开工作年度报告", *body()[:9], table]
    second: list[str | Sequence[Block]] = ["滑县人民政府2023年政府信息公开工作年度报告", *body()[:9], table]
    assert starts([*first, *second]) == [0, len(first)]


def sheet(unit: str, seed: int) -> list[str | Sequence[Block]]:
    title = "收到和处理政府信息公开申请情况表（2022年）"
    return [title, f"填报单位（盖章）：{unit}", blocks_of(application_lines(application_truth(seed)))]


def test_forms_that_units_filled_in_one_below_another_are_reports() -> None:
    units = ("滑县司法局", "滑县民政局", "滑县留固镇")
    assert starts([line for seed, unit in enumerate(units) for line in sheet(unit, seed)]) == [0, 3, 6]


def test_the_tables_of_one_form_belong_to_its_unit() -> None:
    review = blocks_of([["结果维持", "结果纠正"], ["1", "0"]], header=False)
    assert starts([*sheet("滑县司法局", 1), "填报单位：滑县司法局", review, *sheet("滑县司法局", 1)]) == [0]


_LINES = st.sampled_from(
    [
        "滑县司法局2022年政府信息公开工作年度报告",
        "2021年政府信息公开工作年度报告",
        "滑县民政局",
        PREAMBLE,
        *SECTIONS,
        *SENTENCES,
        "附件：统计表",
        " ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_LINES, max_size=60))
def test_parts_are_whole_runs_of_blocks_in_order(lines: list[str]) -> None:
    builder = BlockBuilder()
    for line in lines:
        builder.paragraph(line)
    parts = split_reports(builder.blocks)
    together = [block for part in parts for block in part]
    assert together == list(builder.blocks[len(builder.blocks) - len(together) :])
    assert len(parts) == 1 or all(parts)
    assert len(parts) > 1 or len(together) == len(builder.blocks)
