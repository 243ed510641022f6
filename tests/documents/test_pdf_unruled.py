"""Tables of PDF files without ruling lines."""

from __future__ import annotations

from pdf_drawing import TEXTS, XS, Drawing, grid, tables

from gongkai.documents.pdf import read


def test_figures_in_columns_are_a_table_without_rules() -> None:
    drawing = Drawing()
    drawing.lines(["二、主动公开政府信息情况"], x=70)
    for row, texts in enumerate(TEXTS[:3]):
        for column, text in enumerate(texts):
            drawing.text(XS[column], 120 + row * 22, text, 11)
    content = read(drawing.data())
    (table,) = [block for block in content.blocks if block.table is not None]
    assert not table.ruled
    assert grid(table) == TEXTS[:3]


def test_prose_is_no_table() -> None:
    drawing = Drawing()
    line = "全年共受理申请 12 件，其中自然人 10 件，法人 2 件；答复 12 件。"
    drawing.lines(["\u3000\u3000" + line, line, line], x=70, size=14)
    drawing.text(70, 300, "联系人：张三", 14)
    drawing.text(220, 300, "电话：0517-87222589", 14)
    drawing.text(420, 300, "邮编：223100", 14)
    assert tables(drawing.data()) == []
