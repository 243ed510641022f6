"""Old Excel files: visible sheets as tables, merged cells as spans, numbers as they are printed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from excel_files import xls
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.model import Kind
from gongkai.documents.reader import read_bytes
from gongkai.errors import UnreadableDocument

CELLS = {
    (0, 0): "第二十条第（一）项",
    (1, 0): "信息内容",
    (1, 1): "本年制发件数",
    (2, 0): "规章",
    (2, 1): 12.0,
    (3, 1): 0.995,
    (4, 0): True,
    (4, 1): 45306.0,
}
WORKBOOK = xls(
    {"表一": CELLS, "草稿": {(0, 0): "不读"}}, [(0, 0, 0, 1)], {(3, 1): "0.0%", (4, 1): "yyyy-mm-dd"}, ["草稿"]
)


def test_visible_sheets_become_tables() -> None:
    document = read_bytes(WORKBOOK, "a.et")
    assert document.format == "xls"
    assert [block.kind for block in document.blocks] == [Kind.HEADING, Kind.TABLE]
    assert document.blocks[0].text == "表一"
    table = document.blocks[1]
    texts = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert texts == {
        (0, 0): "第二十条第（一）项",
        (1, 0): "信息内容",
        (1, 1): "本年制发件数",
        (2, 0): "规章",
        (2, 1): "12",
        (3, 0): "",
        (3, 1): "99.5%",
        (4, 0): "1",
        (4, 1): "2024-01-15",
    }
    assert next(cell.colspan for cell in table.cells if cell.row == 0) == 2


def test_a_password_is_named() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(xls({"表一": CELLS}, encrypted=True), "a.xls")
    assert caught.value.reason == "encrypted"


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.documents.xls.MOST_CELLS", 5)
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(WORKBOOK, "a.xls")
    assert caught.value.reason == "too_large"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), min_size=1, max_size=40))
def test_damage_is_one_error(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WORKBOOK)
    for place, value in changes:
        data[place] = value
    with suppress(UnreadableDocument):
        read_bytes(bytes(data), "a.xls")
