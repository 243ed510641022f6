"""Paragraphs of PDF files: joined lines, places, furniture, columns, odd characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_drawing import Drawing

from gongkai.documents.model import Block, Content
from gongkai.documents.pdf import read
from gongkai.documents.pdf_characters import clean_character
from gongkai.documents.pdf_model import turn_box

FULL = "根据中华人民共和国政府信息公开条例的规定编制本年度报告内"
"""28 characters: a full line of 16 points from 70 to 518."""


def paragraphs(content: Content) -> list[str]:
    return [block.text for block in content.blocks if block.table is None]


def read_lines(texts: list[str], **options: float) -> Content:
    drawing = Drawing()
    drawing.lines(texts, x=70, **options)
    return read(drawing.data())


def test_lines_join_to_paragraphs_without_spaces() -> None:
    content = read_lines(
        ["\u3000\u3000" + FULL[:26], FULL, FULL[:10] + "。", "\u3000\u3000" + FULL[:26], FULL[:5] + "。"]
    )
    assert paragraphs(content) == [FULL[:26] + FULL + FULL[:10] + "。", FULL[:26] + FULL[:5] + "。"]


def test_places_of_lines_are_exact() -> None:
    content = read_lines(["\u3000\u3000" + FULL[:26], FULL, FULL[:10] + "。"])
    block = content.blocks[0]
    assert [block.text[line.start : line.end] for line in block.lines] == [FULL[:26], FULL, FULL[:10] + "。"]
    first, second, _ = block.lines
    assert first.page == 1
    assert first.box[0] == pytest.approx(70 + 32, abs=1)
    assert second.box == pytest.approx((70, 108, 518, 124), abs=1.5)


def test_a_heading_stands_alone() -> None:
    content = read_lines(
        [
            "\u3000\u3000一、总体情况",
            "\u3000\u3000" + FULL[:26],
            FULL[:25] + "三年。",
            "\u3000\u3000（一）主动公开。",
            FULL[:3],
        ]
    )
    assert paragraphs(content)[0] == "一、总体情况"
    assert paragraphs(content)[2] == "（一）主动公开。"


def test_a_number_at_the_start_of_a_line_is_no_heading() -> None:
    content = read_lines(["\u3000\u3000" + FULL[:26], FULL[:22] + "根据第二十条", "（一）项" + FULL[:10] + "。"])
    assert paragraphs(content) == [FULL[:26] + FULL[:22] + "根据第二十条（一）项" + FULL[:10] + "。"]


def test_paragraphs_told_by_space_alone() -> None:
    drawing = Drawing()
    top = drawing.lines([FULL, FULL[:27] + "。"], x=70, size=16, pitch=24)
    drawing.lines([FULL, FULL[:12] + "。"], x=70, top=top + 16, size=16, pitch=24)
    assert paragraphs(read(drawing.data())) == [FULL + FULL[:27] + "。", FULL + FULL[:12] + "。"]


def test_a_centred_title_of_two_lines_is_one() -> None:
    drawing = Drawing()
    drawing.centred(60, "某某市某某区人民政府", 22)
    drawing.centred(95, "2023年政府信息公开工作年度报告", 22)
    drawing.centred(130, "（2024年1月20日）", 16)
    drawing.lines(["\u3000\u3000" + FULL[:26], FULL, FULL], top=170, x=70)
    assert paragraphs(read(drawing.data()))[:2] == [
        "某某市某某区人民政府2023年政府信息公开工作年度报告",
        "（2024年1月20日）",
    ]


def test_a_signature_stands_alone() -> None:
    drawing = Drawing()
    top = drawing.lines(["\u3000\u3000" + FULL[:26], FULL, FULL[:20] + "。"], x=70)
    drawing.text(390, top, "某某市人民政府", 16)
    drawing.text(380, top + 28, "2024年1月20日", 16)
    assert paragraphs(read(drawing.data()))[1:] == ["某某市人民政府", "2024年1月20日"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("网址为http://www.example.gov.cn/", "zwgk/2023/index.html，", "gov.cn/zwgk/2023"),
        ("邮箱hzzwgk", "@126.com）", "hzzwgk@126.com"),
        ("全年主动公开信息11", "36条", "信息1136条"),
        ("使用Microsoft", "Office办公", "Microsoft Office办公"),
    ],
)
def test_words_and_numbers_over_a_line_end(first: str, second: str, joined: str) -> None:
    drawing = Drawing()
    drawing.lines([FULL, FULL, FULL], x=70)
    from reportlab.pdfbase.pdfmetrics import stringWidth

    before = "内" * int((448 - stringWidth(first, "STSong-Light", 16)) / 16)
    drawing.lines([before + first, second + "内" * 18, "内" * 5], x=70, top=80 + 3 * 28)
    assert joined in "".join(paragraphs(read(drawing.data())))


def test_spaces_are_kept_as_printed_and_gaps_are_not_spaces() -> None:
    content = read_lines(["\u3000\u3000" + "2023 年公开信息 1136 条" + "内" * 13, FULL, FULL[:4] + "。"])
    assert "2023 年公开信息 1136 条内" in content.blocks[0].text
    drawing = Drawing()
    drawing.text(70, 80, "联系电话内邮政编码内电子邮箱内办公", 16, space=9.5)
    drawing.lines([FULL, FULL, FULL], x=70, top=108)
    assert read(drawing.data()).blocks[0].text.startswith("联系电话内邮政编码内电子邮箱内办公")


def test_ragged_lines_and_marks_over_the_margin_make_one_paragraph() -> None:
    """Marks hang over the margin, brackets and numbers are not parted: lines end early without ending anything."""
    printed = [
        "\u3000\u3000" + FULL[:26],
        FULL + "，",
        FULL[:26],
        "〔2019〕60号" + FULL[:21],
        FULL + "、",
        FULL[:9] + "。",
    ]
    content = read_lines(printed)
    assert paragraphs(content) == ["".join(printed).strip()]


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    drawing = Drawing()
    drawing.lines(["\u3000\u3000" + FULL[:26], FULL, FULL], x=70, top=680)
    drawing.text(290, 800, "- 1 -", 10)
    drawing.page()
    drawing.lines([FULL, FULL[:6] + "。", "\u3000\u3000" + FULL[:26], FULL], x=70)
    drawing.text(290, 800, "- 2 -", 10)
    content = read(drawing.data())
    assert paragraphs(content) == [FULL[:26] + FULL * 3 + FULL[:6] + "。", FULL[:26] + FULL]
    assert content.blocks[0].page == 1
    assert [line.page for line in content.blocks[0].lines] == [1, 1, 1, 2, 2]
    assert content.pages == 2


@pytest.mark.parametrize(
    "number", ["- {} -", "{}", "第{}页", "— {} —", "第 {} 页 共 3 页", "{}/3", "Page {} of 3", "－{}－"]
)
def test_page_numbers_and_running_heads_are_dropped(number: str) -> None:
    drawing = Drawing()
    for page in range(1, 4):
        drawing.text(70, 30, "某某市政府信息公开工作年度报告", 9)
        drawing.lines([f"\u3000\u3000第{page}段" + FULL[:23], FULL, FULL[:10] + "。"], x=70)
        drawing.text(290, 800, number.format(page), 10)
        drawing.page()
    assert paragraphs(read(drawing.data())) == [
        f"第{page}段" + FULL[:23] + FULL + FULL[:10] + "。" for page in (1, 2, 3)
    ]


def test_what_a_browser_prints_around_a_page() -> None:
    drawing = Drawing()
    drawing.text(25, 15, "2024/1/20 10:30", 8)
    drawing.text(250, 15, "某某区2023年年度报告", 8)
    drawing.lines(["\u3000\u3000" + FULL[:26], FULL, FULL[:10] + "。"], x=70)
    drawing.text(25, 820, "https://www.example.gov.cn/zwgk/index.html", 8)
    drawing.text(560, 820, "1/1", 8)
    content = read(drawing.data())
    assert len(content.blocks) == 1
    assert content.metadata["url"] == "https://www.example.gov.cn/zwgk/index.html"


def test_a_number_in_the_text_is_no_page_number() -> None:
    content = read_lines(["\u3000\u3000" + FULL[:26], FULL, "1136"], top=300)
    assert content.blocks[0].text.endswith("1136")


def test_two_columns_are_read_one_after_the_other() -> None:
    drawing = Drawing()
    drawing.centred(50, "某某区2023年政府信息公开工作年度报告", 18)
    for side, x in (("左", 60), ("右", 310)):
        drawing.lines(
            [f"\u3000\u3000{side}栏" + FULL[:14]] + [FULL[:18]] * 9 + [FULL[:6] + "。"], x=x, size=12, pitch=20, top=100
        )
    texts = paragraphs(read(drawing.data()))
    assert [text[:2] for text in texts] == ["某某", "左栏", "右栏"]
    assert texts[1] == "左栏" + FULL[:14] + FULL[:18] * 9 + FULL[:6] + "。"


def test_characters_drawn_twice_count_once() -> None:
    drawing = Drawing()
    for shift in (0, 0.4):
        drawing.text(70 + shift, 80, "一、总体情况2023年11件", 16)
    assert paragraphs(read(drawing.data())) == ["一、总体情况2023年11件"]


def test_radicals_and_compatibility_characters_become_ordinary() -> None:
    assert "".join(clean_character(ord(mark)) for mark in "⼀⽇⺠⻓⻋豈車") == "一日民长车豈車"
    assert clean_character(0xAD) == "-"
    assert clean_character(0xA0) == " "
    assert clean_character(0) == "\ufffd"


@given(st.integers(min_value=0, max_value=0x10FFFF))
def test_a_character_is_one_or_none(code: int) -> None:
    assert len(clean_character(code)) <= 1


def test_hidden_text_counts_only_where_nothing_else_is() -> None:
    def draw(visible: bool) -> list[str]:
        drawing = Drawing()
        writer = drawing.canvas.beginText(70, 700)
        writer.setFont("STSong-Light", 12)
        writer.setTextRenderMode(3)
        writer.textLine("扫描件下的文字")
        drawing.canvas.saveState()
        drawing.canvas.drawText(writer)
        drawing.canvas.restoreState()
        if visible:
            drawing.text(70, 300, "看得见的文字", 12)
        return paragraphs(read(drawing.data()))

    assert draw(visible=False) == ["扫描件下的文字"]
    assert draw(visible=True) == ["看得见的文字"]


def test_a_watermark_is_left_out() -> None:
    drawing = Drawing()
    drawing.lines(["\u3000\u3000" + FULL[:26], FULL], x=70)
    drawing.canvas.translate(200, 300)
    drawing.canvas.rotate(45)
    drawing.canvas.setFont("STSong-Light", 60)
    drawing.canvas.drawString(0, 0, "内部资料")
    assert paragraphs(read(drawing.data())) == [FULL[:26] + FULL]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=80), min_size=1, max_size=6))
def test_every_character_is_kept_once_and_in_order(lengths: list[int]) -> None:
    """Paragraphs of any length, first line indented by two characters, come out as they went in."""
    drawing = Drawing()
    top = 80.0
    wanted = []
    for number, length in enumerate(lengths):
        text = f"（{'一二三四五六'[number]}）" + (FULL * 3)[:length] + "。"
        wanted.append(text)
        printed = [text[:26]] + [text[start : start + 28] for start in range(26, len(text), 28)]
        top = drawing.lines(["\u3000\u3000" + printed[0], *printed[1:]], x=70, top=top)
    content = read(drawing.data())
    assert "".join(paragraphs(content)) == "".join(wanted)
    check_offsets(content.blocks)
    if any(length > 30 for length in lengths):
        assert paragraphs(content) == wanted


def check_offsets(blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        end = 0
        for line in block.lines:
            assert end <= line.start < line.end <= len(block.text)
            assert block.text[end : line.start].strip() == ""
            end = line.end


@given(
    st.tuples(*[st.floats(0, 500)] * 4),
    st.integers(0, 3),
)
def test_turning_a_box_around_brings_it_back(box: tuple[float, float, float, float], turns: int) -> None:
    turned = turn_box(box, 595, 842, turns)
    size = (842, 595) if turns % 2 else (595, 842)
    assert turn_box(turned, *size, 4 - turns) == pytest.approx(box)
