"""Old Word files: text in pieces, tables by their rows' borders and merges, what is not printed, numbers, damage."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ole_files import IN_TABLE, ROW_END, Part, WordFile, cell, container, row_end

from gongkai.documents.model import Block, Cell, Kind
from gongkai.documents.reader import read_bytes
from gongkai.errors import UnreadableDocument

THREE = (0, 2000, 4000, 6000)


def blocks(*parts: Part, **settings: object) -> list[Block]:
    document = read_bytes(WordFile(parts, **settings).bytes(), "a.doc")  # type: ignore[arg-type]
    assert document.format == "doc"
    return list(document.blocks)


def texts(*parts: Part, **settings: object) -> list[str]:
    return [block.text for block in blocks(*parts, **settings)]


def cells(*parts: Part, **settings: object) -> list[Cell]:
    (table,) = blocks(*parts, **settings)
    assert (table.kind, table.ruled) == (Kind.TABLE, True)
    return list(table.cells)


def places(found: list[Cell]) -> dict[str, tuple[int, int, int, int]]:
    return {each.text: (each.row, each.column, each.rowspan, each.colspan) for each in found}


def test_pieces_of_one_and_two_bytes_are_one_text() -> None:
    parts = (Part("某局2023年"), Part("café “2” "), Part("件𠮷\r第二段\r"))
    assert texts(*parts, narrow=frozenset({1})) == ["某局2023年café “2” 件𠮷", "第二段"]


def test_marks_within_the_text() -> None:
    assert texts(Part("甲\x0b乙\t丙\x1e丁\x1f戊\x01\x08\r己\x0c庚\r")) == ["甲", "乙\t丙-丁戊", "己", "庚"]


def test_a_field_leaves_its_result() -> None:
    field = '见\x13 HYPERLINK "http://x" \x14附\x13 PAGE \x143\x15件\x15。\x13 TC 目 \x15完\r'
    assert texts(Part(field), Part("未完\x13域\r")) == ["见附3件。完", "未完域"]


def test_deleted_and_hidden_characters_are_not_read() -> None:
    deleted, hidden = b"\x00\x08\x01", b"\x3c\x08\x01"
    parts = (Part("甲"), Part("删", b"", deleted), Part("藏", b"", hidden), Part("乙\r"))
    assert texts(*parts) == ["甲乙"]
    assert texts(Part("前"), Part("\r", b"", deleted), Part("后\r")) == ["前后"]


def test_symbols_of_other_fonts() -> None:
    symbol = b"\x09\x6a" + struct.pack("<HH", 3, 0xF0FE)
    assert texts(Part("是"), Part("(", b"", symbol), Part("否\uf0a8(\r")) == ["是☑否□("]


def test_fast_saved_pieces_bring_properties_of_their_own() -> None:
    parts = (Part("甲\x07"), Part("乙\x07"), Part("\x07"), Part("丙\r"))
    definition = row_end((0, 900, 1800)).paragraph
    assert texts(*parts, modifiers={0: IN_TABLE, 1: IN_TABLE, 2: definition}) == ["甲\t乙", "丙"]


def test_headings_and_contents_by_style() -> None:
    def style(number: int, name: str, based_on: int = 0xFFF, modifiers: bytes = b"") -> bytes:
        entry = struct.pack("<HHHHH", number, based_on << 4 | 1, 2, 0, 0)
        entry += struct.pack("<H", len(name)) + name.encode("utf-16-le") + bytes(2)
        entry += struct.pack("<HH", len(modifiers) + 2, 0) + modifiers
        return struct.pack("<H", len(entry)) + entry

    sheet = struct.pack("<HHH", 4, 5, 10)
    sheet += style(0, "Normal") + style(1, "标题") + style(19, "目录 1") + struct.pack("<H", 0)
    sheet += style(0xFFE, "章", 0, b"\x40\x26\x00")
    parts = (
        Part("一、总体情况\r", style=1),
        Part("总体情况\t1\r", style=2),
        Part("二、申请\r", style=4),
        Part("正文\r"),
    )
    own = Part("三、其他\r", b"\x40\x26\x01")
    found = blocks(*parts, own, styles=sheet)
    assert [(block.kind, block.text) for block in found] == [
        (Kind.HEADING, "一、总体情况"),
        (Kind.HEADING, "二、申请"),
        (Kind.PARAGRAPH, "正文"),
        (Kind.HEADING, "三、其他"),
    ]


def test_automatic_numbers_are_printed() -> None:
    def level(number_format: int, text: str) -> bytes:
        head = struct.pack("<IBB", 1, number_format, 0) + bytes(9) + b"\x02" + bytes(12)
        return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")

    lists = struct.pack("<H", 1) + struct.pack("<II", 7, 0) + bytes(20)
    levels = level(39, "\x00、") + level(37, "（\x01）") + level(0, "\x02.") * 7
    overrides = struct.pack("<I", 1) + struct.pack("<I", 7) + bytes(12) + bytes(4)

    def numbered(text: str, depth: int) -> Part:
        return Part(f"{text}\r", b"\x0a\x26" + bytes([depth]) + b"\x0b\x46\x01\x00")

    parts = [numbered("总体", 0), numbered("主动", 1), numbered("申请", 1), Part("正文\r"), numbered("其他", 0)]
    found = texts(*parts, lists=lists, list_levels=levels, overrides=overrides)
    assert found == ["一、总体", "（一）主动", "（二）申请", "正文", "二、其他"]


def test_cells_take_the_columns_that_their_borders_cover() -> None:
    found = places(
        cells(
            *(cell(text) for text in ("组", "表头")),
            row_end((0, 2000, 6000), down=(3,)),
            *(cell(text) for text in ("", "一", "二")),
            row_end((0, 2010, 3990, 6000), down=(1,)),  # drawn by hand, a millimetre is nothing
            *(cell(text) for text in ("三", "四", "五")),
            row_end((150, 2150, 4150, 6150)),  # moved as a whole
        )
    )
    assert found == {
        "组": (0, 0, 2, 1),
        "表头": (0, 1, 1, 2),
        "一": (1, 1, 1, 1),
        "二": (1, 2, 1, 1),
        "三": (2, 0, 1, 1),
        "四": (2, 1, 1, 1),
        "五": (2, 2, 1, 1),
    }


def test_merges_across_and_late_merges_down() -> None:
    late = b"\x2b\xd6\x02\x00"
    first = row_end(THREE, across=(2, 1, 0))
    first.paragraph += late + b"\x03"
    second = row_end(THREE)
    second.paragraph += late + b"\x01"
    found = places(cells(cell("甲"), cell(""), cell("乙"), first, cell(""), cell("丙"), cell("丁"), second))
    assert found == {"甲": (0, 0, 2, 2), "乙": (0, 2, 1, 1), "丙": (1, 1, 1, 1), "丁": (1, 2, 1, 1)}


def test_a_definition_too_large_for_its_page_lies_elsewhere() -> None:
    definition = row_end(THREE).paragraph[6:]
    data = bytes(8) + struct.pack("<H", len(definition) + 6) + IN_TABLE + ROW_END + definition
    end = Part("\x07", b"\x46\x66" + struct.pack("<I", 8))
    found = places(cells(cell("甲"), cell("乙"), cell("丙"), end, cell("宽"), row_end((0, 6000)), data=data))
    assert found["宽"] == (1, 0, 1, 3)


def test_rows_without_a_definition_take_a_column_for_each_cell() -> None:
    end = Part("\x07", IN_TABLE + ROW_END)
    found = cells(cell("甲"), cell(""), cell("乙"), end, cell("丙"), cell("丁"), cell("戊"), end)
    assert [(each.row, each.column, each.text) for each in found] == [
        (0, 0, "甲"),
        (0, 1, ""),
        (0, 2, "乙"),
        (1, 0, "丙"),
        (1, 1, "丁"),
        (1, 2, "戊"),
    ]


def test_without_any_properties_an_empty_cell_ends_the_row() -> None:
    source = "一、情况\r项目\x07数量\x07\x07许可\x0712\x07\x07完\r"
    assert texts(Part(source), properties=False) == ["一、情况", "项目\t数量\n许可\t12", "完"]


def test_paragraphs_of_a_cell_and_tables_in_it() -> None:
    deeper = b"\x49\x66\x02\x00\x00\x00"
    inner = [Part(f"{text}\r", IN_TABLE + deeper + b"\x4b\x24\x01") for text in ("内", "里")]
    inner_end = Part("\r", IN_TABLE + deeper + b"\x4c\x24\x01")
    found = cells(Part("甲\r", IN_TABLE), cell("乙"), *inner, inner_end, cell("丙"), row_end((0, 2000, 4000)))
    assert [each.text for each in found] == ["甲\n乙", "内\n里\n丙"]


def test_footnotes_are_read_and_headers_are_not() -> None:
    assert texts(Part("正文\r"), Part("脚注\r"), Part("页眉\r"), footnotes=3, headers=3) == ["正文", "脚注"]


def test_properties_of_the_file() -> None:
    title = "年报".encode("gb18030") + b"\x00"
    values = [(1, struct.pack("<IHH", 2, 936, 0)), (2, struct.pack("<II", 30, len(title)) + title)]
    values += [(12, struct.pack("<IQ", 64, 133497666000000000)), (4, struct.pack("<II", 0x1000 | 2, 0xFFFFFFFF))]
    places_, body = b"", b""
    for key, value in values:
        places_ += struct.pack("<II", key, 8 + 8 * len(values) + len(body))
        body += value
    stream = struct.pack("<HHI", 0xFFFE, 0, 0) + bytes(16) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48)
    stream += struct.pack("<II", 8 + len(places_ + body), len(values)) + places_ + body
    file = WordFile([Part("正文\r")], streams={"\x05SummaryInformation": stream})
    assert read_bytes(file.bytes(), "a.doc").metadata == {"title": "年报", "created": "2024-01-15T04:30:00Z"}


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"flags": 0x0300}, "encrypted"),
        ({"identifier": 0xA5DC}, "unsupported"),
        ({"identifier": 0x1234}, "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(settings: dict[str, int], reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        blocks(Part("正文\r"), **settings)
    assert caught.value.reason == reason


def test_too_long_a_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.documents.doc_pieces.MOST_CHARACTERS", 100)
    with pytest.raises(UnreadableDocument) as caught:
        blocks(Part("正" * 100 + "\r"))
    assert caught.value.reason == "too_large"


def test_the_other_table_stream_and_an_embedded_sheet() -> None:
    assert texts(Part("正文\r"), flags=0) == ["正文"]
    with pytest.raises(UnreadableDocument, match="Office"):
        read_bytes(container({"CONTENTS": b""}, {"Workbook": b""}), "a.wps")


SOUND = WordFile(
    [
        Part("某局2023年\r", b"\x0a\x26\x00\x0b\x46\x01\x00"),
        Part("甲\x13域\x14果\x15\r", b"", b"\x3c\x08\x01"),
        *(cell(text) for text in "甲乙丙"),
        row_end(THREE, down=(3,)),
        *(cell(text) for text in "丁戊己"),
        row_end(THREE, down=(1,)),
        Part("尾\r", b"\x46\x66\x00\x00\x00\x00"),
    ],
    data=struct.pack("<H", 6) + b"\x46\x66\x00\x00\x00\x00",
    lists=struct.pack("<HII", 1, 7, 0) + bytes(20),
    overrides=struct.pack("<II", 1, 7) + bytes(16),
).bytes()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.sampled_from((0, 1, 2, 7, 0x7F, 0xFF))), max_size=40),
    st.integers(0, len(SOUND)),
)
@example([], len(SOUND))
@example([], 1024)
def test_damage_is_one_error(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    for candidate in (bytes(data), bytes(data[:length])):
        with suppress(UnreadableDocument):
            read_bytes(candidate, "a.doc")
