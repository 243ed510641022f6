"""Rich text: the ways that programs write Chinese, tables with merged and nested cells, what is no text."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.model import Cell, Document, Kind
from gongkai.documents.reader import read_bytes
from gongkai.errors import UnreadableDocument

HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 Ming;}}"


def escaped(text: str, encoding: str = "gb18030") -> bytes:
    return b"".join(bytes((byte,)) if byte < 0x80 else b"\\'%02x" % byte for byte in text.encode(encoding))


def read(body: bytes, name: str = "年报.doc") -> Document:
    return read_bytes(HEAD + body + b"}", name)


def test_chinese_however_it_is_written() -> None:
    body = rb"\pard\f1 " + escaped("某局2023年") + "信息公开".encode("gb18030") + rb"\par "
    body += rb"\uc1\u24180?\u24230?{\uc2\u25253\'b1\'a8}\u21578 ?\ldblquote x\rdblquote\par "
    body += rb"{\f2 " + escaped("報告", "big5") + rb"}{\f0 " + escaped("年") + rb"\u-10179?\u-8704?}\par}"
    document = read(body)
    assert document.format == "rtf"
    assert [block.text for block in document.blocks] == ["某局2023年信息公开", "年度报告“x”", "報告年😀"]


def test_headings_properties_and_what_is_no_text() -> None:
    body = rb"{\stylesheet{\s1\outlinelevel0 heading 1;}}{\info{\title " + escaped("年报") + rb"}{\creatim\yr2024}}"
    body += rb"{\header page 1}{\*\generator X;}{\pict\wmetafile8 0102}\pard\s1 " + escaped("一、总体情况") + rb"\par"
    body += rb"\pard {\v hidden}" + escaped("正文") + rb"{\deleted gone}{\field{\*\fldinst TOC}{\fldrslt 12}}\par"
    body += rb"\bin3 }}}" + escaped("末") + rb"\par"
    document = read(body)
    assert document.metadata == {"title": "年报"}
    assert [(block.kind, block.text) for block in document.blocks] == [
        (Kind.HEADING, "一、总体情况"),
        (Kind.PARAGRAPH, "正文12"),
        (Kind.PARAGRAPH, "末"),
    ]


def row(definition: bytes, *cells: str, depth: int = 1) -> bytes:
    texts = b"".join(rb"\pard\intbl " + escaped(cell) + rb"\cell " for cell in cells)
    return rb"\trowd\trleft0" + definition + texts + rb"\row "


def test_merged_cells_stand_over_the_columns_they_cover() -> None:
    three = rb"\clvmgf\cellx1000\cellx2000\cellx3000"
    below = rb"\clvmrg\cellx1000\cellx2000\cellx3000"
    wide = rb"\cellx1000\cellx3000"
    body = row(three, "组", "许可", "128") + row(below, "", "处罚", "7") + row(wide, "合计", "135")
    [block] = read(body).blocks
    assert (block.rows, block.columns) == (3, 3)
    assert block.cells == (
        Cell(0, 0, "组", 2, 1),
        Cell(0, 1, "许可"),
        Cell(0, 2, "128"),
        Cell(1, 1, "处罚"),
        Cell(1, 2, "7"),
        Cell(2, 0, "合计"),
        Cell(2, 1, "135", 1, 2),
    )


def test_a_horizontal_merge_and_a_cell_of_two_paragraphs() -> None:
    body = row(rb"\clmgf\cellx1000\clmrg\cellx2000\cellx3000", "甲", "", "1")
    body += rb"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl " + escaped("乙") + rb"\par " + escaped("丙")
    body += rb"\cell 2\cell 3\cell\row\pard " + escaped("尾") + rb"\par"
    table, after = read(body).blocks
    assert [(cell.column, cell.colspan, cell.text) for cell in table.cells] == [
        (0, 2, "甲"),
        (2, 1, "1"),
        (0, 1, "乙\n丙"),
        (1, 1, "2"),
        (2, 1, "3"),
    ]
    assert after.text == "尾"


def test_a_nested_table_comes_out() -> None:
    inner = rb"\pard\intbl\itap2 x\nestcell 5\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    body = rb"\trowd\cellx1000\cellx2000 " + inner + rb"\pard\intbl " + escaped("外") + rb"\cell 9\cell\row"
    text = read(body).text
    assert "x" in text
    assert "5" in text
    assert "外" in text


@given(st.binary(max_size=300))
def test_any_bytes_end_in_blocks_or_a_reason(data: bytes) -> None:
    with suppress(UnreadableDocument):
        assert read(escaped("正文") + rb"\par " + data).blocks


@given(
    st.lists(
        st.sampled_from(
            rb"\trowd \cellx900 \cellx100 \clvmrg \clvmgf \clmrg \intbl \itap2 \cell \nestcell \row \nestrow \pard "
            rb"\par 1 { } \itap0".split()
        ),
        max_size=60,
    )
)
def test_any_order_of_table_marks_ends_in_blocks(words: list[bytes]) -> None:
    assert read(escaped("正文") + rb"\par " + b"".join(words)).blocks[0].text.startswith("正文")
