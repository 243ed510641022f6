"""Automatic numbering: what Word prints before a paragraph is part of what the report says."""

from __future__ import annotations

import pytest
from word_files import docx, paragraph

from gongkai.documents.docx import read
from gongkai.documents.numerals import chinese, render


def level(number: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NOTHING = '<w:suff w:val="nothing"/>'
REPORT = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、", NOTHING)
    + level(1, "japaneseCounting", "（%2）", NOTHING)
    + level(2, "decimal", "%3.", '<w:suff w:val="space"/>')
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def item(text: str, depth: int, number: str = "1") -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def printed(body: str, numbering: str = REPORT, styles: str = "") -> list[str]:
    return [block.text for block in read(docx(body, {"numbering": numbering, "styles": styles})).blocks]


def test_levels_of_a_report() -> None:
    body = item("总体情况", 0) + item("主动公开", 1) + item("依申请公开", 1) + item("甲", 2) + item("乙", 2)
    body += item("复议诉讼", 0) + item("复议", 1) + paragraph("正文") + item("诉讼", 1)
    assert printed(body) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1. 甲",
        "2. 乙",
        "二、复议诉讼",
        "（一）复议",
        "正文",
        "（二）诉讼",
    ]


def test_number_zero_takes_the_numbering_away() -> None:
    assert printed(item("甲", 0) + item("乙", 0, "0")) == ["一、甲", "乙"]


def test_empty_paragraphs_count_but_print_nothing() -> None:
    assert printed(item("甲", 0) + item("", 0) + item("丙", 0)) == ["一、甲", "三、丙"]


def test_numbering_from_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="h1"/>' + NOTHING)
        + level(1, "decimal", "%1.%2", '<w:pStyle w:val="h2"/><w:isLgl/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = paragraph("甲", '<w:pStyle w:val="h1"/>') + paragraph("乙", '<w:pStyle w:val="h2"/>')
    body += paragraph("丙", '<w:pStyle w:val="h1"/>') + paragraph("丁", '<w:pStyle w:val="h2"/>')
    assert printed(body, numbering, styles) == ["第一章甲", "1.1 乙", "第二章丙", "2.1 丁"]


def test_lists_of_one_kind_count_on_unless_told_to_start() -> None:
    numbering = REPORT + (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲", 0) + item("乙", 0, "2") + item("丙", 0, "3") + item("丁", 0, "3")
    assert printed(body, numbering) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_bullets_print_no_private_characters() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">' + level(0, "bullet", "\uf0b7") + "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert printed(item("甲", 0), numbering) == ["甲"]


def test_linked_and_unknown_lists() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="list"/>'
        + level(0, "decimalEnclosedCircle", "%1", NOTHING, start=3)
        + '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="list"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert printed(item("甲", 0) + item("乙", 0, "77"), numbering) == ["③甲", "乙"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (2024, "二千零二十四"),
    ],
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "ideographTraditional", "丙"),
        (13, "ideographZodiac", "子"),
        (12, "decimalEnclosedParen", "⑿"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (11, "chineseLegalSimplified", "壹拾壹"),
        (7, "decimalZero", "07"),
        (7, "invented", "7"),
        (7, "none", ""),
    ],
)
def test_number_formats(number: int, form: str, text: str) -> None:
    assert render(number, form) == text
