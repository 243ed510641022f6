"""Marks: stretches of text, cells and page rectangles come out where the evidence says, whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block, Cell, Document, Kind, Line
from gongkai.ui.marks import (
    Place,
    as_fractions,
    block_payload,
    by_block,
    cell_offsets,
    covering_cell,
    first_page,
    page_boxes,
    part_of_line,
    segments,
)


def table(*cells: Cell) -> Block:
    builder = BlockBuilder()
    builder.table(cells)
    return builder.blocks[0]


def test_words_are_cut_out_exactly() -> None:
    parts = segments("全年收到申请21件,上年结转3件", [("a", 6, 8), ("b", 13, 15)])
    assert [(part.text, part.keys) for part in parts] == [
        ("全年收到申请", ()),
        ("21", ("a",)),
        ("件,上年结", ()),
        ("转3", ("b",)),
        ("件", ()),
    ]


def test_overlapping_marks_share_their_words() -> None:
    parts = segments("abcdef", [("a", 0, 4), ("b", 2, 6)])
    assert [(part.text, part.keys) for part in parts] == [("ab", ("a",)), ("cd", ("a", "b")), ("ef", ("b",))]


def test_markup_in_a_document_stays_text() -> None:
    block = Block(index=0, kind=Kind.PARAGRAPH, text="<script>alert(1)</script> 5 件")
    payload = block_payload(block, [("f", Place(block=0, start=26, end=27))])
    assert payload["segments"] == [
        {"text": "<script>alert(1)</script> ", "keys": []},
        {"text": "5", "keys": ["f"]},
        {"text": " 件", "keys": []},
    ]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 70), st.integers(-5, 70)), max_size=6),
)
def test_segments_join_to_the_text_and_cover_their_spans(text: str, spans: list[tuple[str, int, int]]) -> None:
    parts = segments(text, spans)
    assert "".join(part.text for part in parts) == text
    position = 0
    for part in parts:
        for index in range(position, position + len(part.text)):
            expected = {key for key, start, end in spans if start <= index < end}
            assert expected == set(part.keys)
        position += len(part.text)


def test_a_spanned_cell_is_found_from_each_of_its_positions() -> None:
    block = table(Cell(0, 0, "一、本年新收", rowspan=2, colspan=3), Cell(0, 3, "21"), Cell(1, 3, "0"))
    wide = covering_cell(block, 1, 2)
    assert wide is not None
    assert wide.text == "一、本年新收"
    assert covering_cell(block, 5, 0) is None
    payload = block_payload(block, [("f", Place(block=0, row=1, column=2))])
    cells = payload["cells"]
    assert isinstance(cells, list)
    assert [cell["keys"] for cell in cells] == [["f"], [], []]


def test_words_inside_a_table_cell_keep_their_line_breaks() -> None:
    block = table(Cell(0, 0, "标题"), Cell(1, 0, " 共办理\n  热线 12 件 "))
    start = block.text.index("12")
    payload = block_payload(block, [("f", Place(block=0, start=start, end=start + 2))])
    cells = payload["cells"]
    assert isinstance(cells, list)
    assert [part["text"] for part in cells[1]["segments"] if part["keys"]] == ["12"]
    assert "".join(part["text"] for part in cells[1]["segments"]) == " 共办理\n  热线 12 件 "
    assert all(not part["keys"] for part in cells[0]["segments"])


@given(st.lists(st.text(alphabet="一二 \n\t5x", min_size=1, max_size=8), min_size=1, max_size=6))
def test_cell_offsets_agree_with_the_builder(texts: list[str]) -> None:
    builder = BlockBuilder()
    builder.table(Cell(index // 2, index % 2, text) for index, text in enumerate(texts))
    for block in builder.blocks:
        for cell, offset in zip(block.cells, cell_offsets(block), strict=True):
            words = " ".join(cell.text.split())
            assert block.text[offset : offset + len(words)] == words


def pdf() -> Document:
    line = Line(0, 10, page=2, box=(100.0, 50.0, 200.0, 62.0))
    second = Line(10, 14, page=3, box=(90.0, 20.0, 130.0, 32.0))
    paragraph = Block(0, Kind.PARAGRAPH, "全年收到申请二十一件办结十件", page=2, lines=(line, second))
    cell = Cell(0, 0, "21", page=3, box=(10.0, 100.0, 40.0, 120.0))
    grid = Block(1, Kind.TABLE, "21", page=3, table=0, rows=1, columns=1, cells=(cell,))
    return Document("a.pdf", "pdf", "0" * 64, (paragraph, grid), pages=3)


def test_words_of_a_pdf_are_framed_on_each_of_their_lines() -> None:
    boxes = page_boxes(pdf(), Place(block=0, start=6, end=12))
    assert boxes == {2: [(160.0, 50.0, 200.0, 62.0)], 3: [(90.0, 20.0, 110.0, 32.0)]}
    assert first_page(pdf(), Place(block=0, start=10, end=12)) == 3


def test_a_cell_of_a_pdf_is_framed_by_its_own_box() -> None:
    assert page_boxes(pdf(), Place(block=1, row=0, column=0, page=1, box=(0, 0, 1, 1))) == {3: [(10, 100, 40, 120)]}


def test_the_evidence_box_serves_where_the_document_has_none() -> None:
    assert page_boxes(pdf(), Place(block=None, page=1, box=(1, 2, 3, 4))) == {1: [(1, 2, 3, 4)]}
    assert page_boxes(pdf(), Place(block=99)) == {}
    assert first_page(pdf(), Place(block=1, row=7, column=7)) == 3


def test_half_width_digits_take_half_the_room() -> None:
    left, _, right, _ = part_of_line("收到21件", (0.0, 0.0, 40.0, 10.0), 2, 4)
    assert (left, right) == (20.0, 30.0)


@pytest.mark.parametrize("box", [(-5.0, -5.0, 2000.0, 2000.0), (10.0, 10.0, 20.0, 20.0), (600.0, 900.0, 610.0, 905.0)])
def test_fractions_stay_on_the_page(box: tuple[float, float, float, float]) -> None:
    left, top, width, height = as_fractions(box, 595.0, 842.0)
    assert 0 <= left <= 1
    assert 0 <= top <= 1
    assert left + width <= 1.0001
    assert top + height <= 1.0001


def test_marks_are_grouped_by_block() -> None:
    places = {"a": (Place(block=2, start=0, end=1), Place(block=3)), "b": (Place(block=2),), "c": (Place(),)}
    assert {block: [key for key, _ in marks] for block, marks in by_block(places).items()} == {
        2: ["a", "b"],
        3: ["a"],
    }
