"""Sections, tables and the fee statement: what the form asks for, as reports word and head it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from check_reports import REPORT, TABLES, codes, document, findings, lines, reasons_of

from gongkai.catalogue.forms import forms
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Cell
from gongkai.parsing.table_reading import TableReading
from gongkai.records import Doubt

NAMES = forms()["2021"].sections
PROBLEMS = NAMES[4]


@pytest.mark.parametrize("left_out", range(6))
def test_a_missing_section(left_out: int) -> None:
    found = findings(blocks=document(*lines(left_out=left_out), "本年度未收取信息处理费。"))
    assert [(one.check, one.expected, one.severity) for one in found] == [("section_missing", NAMES[left_out], "error")]


def test_what_was_only_encouraged_is_asked_for_mildly() -> None:
    report = replace(REPORT, year=2020, regime="2019")
    found = findings(report, document(*lines(left_out=4)), TableReading("2019", absent_tables=("review",)))
    assert [(one.check, one.severity) for one in found] == [
        ("section_missing", "warning"),
        ("table_missing", "warning"),
    ]


@pytest.mark.parametrize("kind", ["summary", "self_check"])
def test_summaries_owe_no_form(kind: str) -> None:
    report = replace(REPORT, kind=kind, regime=None)
    assert codes(report, document("一、工作情况"), TableReading()) == []


def test_reports_before_the_forms_owe_none() -> None:
    assert codes(replace(REPORT, year=2016, regime="2014"), document("一、概述"), TableReading("2014")) == []


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        (0, "一、总体概述"),
        (1, "二、行政机关主动公开政府信息情况"),
        (2, "三、行政机关收到和处理政府信息公开申请情况"),
        (3, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (3, "四、政府信息公开行政复议及行政诉讼情况"),
        (4, "五、存在的问题及改进措施"),
        (4, "五、政府信息公开工作存在的主要问题和改进情况"),
        (4, "五、存在的主要问题及改进情祝"),
        (5, "六、其它需要报告的事项"),
        (5, "六、需要报告的其他事项"),
        (5, "第六部分 其他需要报告的事项"),
        (5, "六 、其 他 需 要 报 告 的 事 项"),
    ],
)
def test_headings_as_reports_word_them(section: int, heading: str) -> None:
    whole = [heading if NAMES[section] in line else line for line in lines()]
    assert codes(blocks=document(*whole)) == []


def test_a_list_of_contents_is_no_section() -> None:
    contents = "本报告包括" + "、".join(NAMES) + "六部分。"
    found = findings(blocks=document(contents, *lines(left_out=5), "未收取信息处理费。"))
    assert [one.expected for one in found] == [NAMES[5]]


def test_a_page_saved_as_one_line_has_its_sections() -> None:
    body = "内容甲乙丙丁，戊己庚辛。" * 4
    whole = "".join(f"{n}、{name} {body}" for n, name in zip("一二三四五六", NAMES, strict=True))
    assert codes(blocks=document(whole + "未收取信息处理费。")) == []


def test_missing_tables_are_doubtful_while_the_reading_is() -> None:
    tables = TableReading("2021", absent_tables=("review",))
    sure = findings(tables=tables)
    assert [(one.check, one.expected, one.doubtful) for one in sure] == [("table_missing", "review", False)]
    report = replace(REPORT, doubts=(Doubt("values_unplaced", "四"),))
    assert [one.doubtful for one in findings(report, tables=tables)] == [True]


def test_a_table_that_stands_there_but_is_not_understood_is_our_doubt() -> None:
    builder = BlockBuilder()
    for line in lines("工作有序推进。"):
        builder.paragraph(line)
        if NAMES[3] in line:
            builder.table([Cell(0, 0, "复议"), Cell(0, 1, "1")])
    [found] = findings(blocks=builder.blocks, tables=TableReading("2021", absent_tables=("review",)))
    assert (found.check, found.doubtful, found.detail["reason"]) == ("table_missing", True, "no_table")


def test_nothing_below_a_heading_may_be_a_picture() -> None:
    tables = TableReading("2021", absent_tables=("applications",))
    [found] = findings(tables=tables)
    assert (found.detail["reason"], found.evidence[0].quote) == ("nothing_there", f"三、{NAMES[2]}")
    whole = [line for name in lines() for line in ((name, "详见下表。") if NAMES[2] in name else (name,))]
    [found] = findings(blocks=document(*whole), tables=tables)
    assert found.detail["reason"] == "no_table"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("无",),
        ("无。",),
        ("暂无",),
        ("目前没有问题。",),
        ("我局无突出问题",),
        ("同上。",),
        ("略",),
        ("与上年相同。",),
        ("本年度我局在政府信息公开工作中不存在问题。",),
        ("本年度无存在的主要问题及改进情况。",),
        ("（一）存在的主要问题：无", "（二）改进情况：无"),
        ("1.存在问题。", "无。", "2.改进措施。", "无。"),
    ],
)
def test_a_section_that_says_nothing(words: tuple[str, ...]) -> None:
    expected = ["says_nothing"] if words else ["blank"]
    assert reasons_of("section_empty", problems=words) == expected


@pytest.mark.parametrize(
    "words",
    [
        ("公开意识有待加强。",),
        ("无障碍阅读仍需改进。",),
        ("没有及时更新部分栏目，下一步改进。",),
        ("存在的主要问题：公开不够及时。", "改进情况：无。"),
        ("不存在公开不及时的问题，但解读形式单一。",),
        ("同上级要求相比还有差距。",),
        ("问题不大，继续努力。",),
    ],
)
def test_a_section_that_names_a_problem(words: tuple[str, ...]) -> None:
    assert reasons_of("section_empty", problems=words) == []


def test_words_behind_the_heading_are_the_sections() -> None:
    whole = [f"五、{PROBLEMS}：公开不够及时。" if PROBLEMS in line else line for line in lines(problems=())]
    assert codes(blocks=document(*whole)) == []
    whole = [f"五、{PROBLEMS}：无" if PROBLEMS in line else line for line in lines(problems=())]
    assert codes(blocks=document(*whole)) == ["section_empty"]


@pytest.mark.parametrize(
    "words",
    [
        "本年度没有产生信息处理费。",
        "全年依申请公开收取信息处理费0元。",
        "2023年，我局未收取政府信息公开费用，不存在减免费用。",
        "收费情况：无。",
        "信息处理费收费情况：零。",
        "发出收费通知的件数和总金额以及实际收取的总金额均为0。",
        "我单位未向申请人收取任何费用。",
        "按照《政府信息公开信息处理费管理办法》，2023年共收取0元。",
        "2023年对1件申请收取信息处理费200元。",
        "本机关依申请提供政府信息不收费。",
    ],
)
def test_fee_statements(words: str) -> None:
    assert reasons_of("fee_statement_missing", others=(words,)) == []


@pytest.mark.parametrize(
    "words",
    [
        "无。",
        "没有其他需要报告的事项。",
        "行政事业性收费目录清单全面公开。",
        "涉企收费信息全面公开。",
        "认真学习《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。",
    ],
)
def test_no_fee_statement(words: str) -> None:
    assert reasons_of("fee_statement_missing", others=(words,)) == ["fee_statement_missing"]


def test_a_fee_statement_may_stand_elsewhere_and_was_not_asked_for_before_2021() -> None:
    assert reasons_of("fee_statement_missing", "2023年我局未收取信息处理费。", others=("无。",)) == []
    report = replace(REPORT, year=2020, regime="2019")
    assert codes(report, document(*lines(others=("无。",))), replace(TABLES, regime="2019")) == []


def test_what_is_due_is_in_doubt_while_the_year_is() -> None:
    report = replace(REPORT, year=None, doubts=(Doubt("year_uncertain", "x"),))
    found = findings(report, document(*lines(left_out=4, others=("无。",))))
    assert [(one.check, one.doubtful) for one in found if one.check != "year_uncertain"] == [
        ("section_missing", True),
        ("fee_statement_missing", True),
    ]


def test_an_unknown_year_in_the_form_of_2019_owes_mildly() -> None:
    report = replace(REPORT, year=None, regime="2019")
    found = findings(report, document(*lines(left_out=4, others=("无。",))), replace(TABLES, regime="2019"))
    assert [(one.check, one.severity) for one in found] == [("section_missing", "warning")]


def test_a_picture_below_the_heading_of_a_missing_table() -> None:
    blocks = [
        replace(block, pictures=1) if NAMES[3] in block.text else block
        for block in document(*lines(), "未收取信息处理费。")
    ]
    found = findings(blocks=blocks, tables=TableReading("2021", absent_tables=("review", "applications")))
    assert {one.expected: one.detail["reason"] for one in found} == {
        "review": "picture",
        "applications": "nothing_there",
    }
