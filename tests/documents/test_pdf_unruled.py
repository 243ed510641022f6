"""Tables of PDF files without ruling lines."""

from __future__ import annotations

import pytest
from pdf_drawing import TEXTS, XS, Drawing, grid, place, tables

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


OUTCOMES = ["结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结", "总计"]


@pytest.mark.parametrize("align", ["centre", "left", "right"])
@pytest.mark.parametrize(("pitch", "size"), [(32.0, 12.0), (31.0, 9.0), (48.0, 10.0)])
def test_headings_of_two_levels_over_narrow_columns(align: str, pitch: float, size: float) -> None:
    """What stands below each other is one heading; a wide one is over the columns around its middle."""
    drawing = Drawing((842, 595))

    def write(column: float, width: int, top: float, text: str) -> None:
        drawing.text(40 + (column + width / 2) * pitch - len(text) * size / 2, top, text, size)

    write(0, 5, 100, "行政复议")
    write(5, 10, 100, "行政诉讼")
    for start, text in ((5, "未经复议直接起诉"), (10, "复议后起诉")):
        write(start, 5, 100 + 2 * size, text)
    figures = ["0", "8", "0", "43", "51", "0", "0", "6", "0", "6", "0", "5", "1", "0", "6"]
    for column, figure in enumerate(figures):
        over = OUTCOMES[column % 5].split("\n")
        for number, text in enumerate(over):
            middle = 100 + (2.4 if column < 5 else 4) * size + (number - (len(over) - 1) / 2) * 1.2 * size
            write(column, 1, middle + 0.6 * size, text)
        width = len(figure) * size / 2
        left = {"centre": (pitch - width) / 2, "left": 4.0, "right": pitch - 4.0 - width}[align]
        drawing.text(40 + column * pitch + left, 100 + 7.5 * size, figure, size)
    (table,) = tables(drawing.data())
    assert not table.ruled
    assert place(table, "行政复议") == (0, 0, 1, 5)
    assert place(table, "行政诉讼") == (0, 5, 1, 10)
    assert place(table, "未经复议直接起诉") == (1, 5, 1, 5)
    assert place(table, "复议后起诉") == (1, 10, 1, 5)
    lowest = {cell.column: cell.text for cell in table.cells if cell.row + cell.rowspan == 3 and cell.colspan == 1}
    assert [lowest[column] for column in range(15)] == OUTCOMES * 3
    assert [cell.text for cell in table.cells if cell.row == 3] == figures


def test_a_figure_close_behind_its_label_is_a_cell_of_its_own() -> None:
    drawing = Drawing()
    rows = [["规章", "0", "0", "39"], ["行政规范性文件", "12", "0", "7"], ["行政许可事项数", "3", "1", "5"]]
    for number, texts in enumerate(rows):
        for column, text in enumerate(texts):
            drawing.text(70 + (0, 78, 140, 200)[column], 120 + number * 20, text, 11)
    (table,) = tables(drawing.data())
    assert grid(table) == rows


def test_figures_broken_over_two_lines_are_one_row_in_doubt() -> None:
    drawing = Drawing()
    labels = ["1.属于国家秘密", "2.其他", "3.属于行政查询事项", "（七）总计"]
    figures = [["0", "4", "0", "4"], ["763\n1", "3", "0", "763\n4"], ["2", "5", "0", "7"], ["33", "2", "0", "35"]]
    for number, (label, texts) in enumerate(zip(labels, figures, strict=True)):
        drawing.text(70, 120 + number * 26, label, 10)
        for column, text in enumerate(texts):
            lines = text.split("\n")
            for line, part in enumerate(lines):
                drawing.text(220 + column * 60, 120 + number * 26 + (line - (len(lines) - 1) / 2) * 11, part, 10)
    (table,) = tables(drawing.data())
    assert grid(table) == [[label, *texts] for label, texts in zip(labels, figures, strict=True)]
    assert {"763\n1", "763\n4"} <= {cell.text for cell in table.cells if cell.doubtful}


@pytest.mark.parametrize("cut", [3.8, 6.5])
@pytest.mark.parametrize("blank", [None, 7])
def test_a_head_cut_from_its_figures_by_a_page_break(cut: float, blank: int | None) -> None:
    """Above the cut (in em) stands the upper part of the head, or all of it; what cannot be sure is doubtful."""
    drawing = Drawing((842, 595))
    pitch, size = 48.0, 10.0
    texts = [(0.0, 0.0, 5, "行政复议"), (0.0, 5.0, 10, "行政诉讼")]
    texts += [(2.0, 5.0, 5, "未经复议直接起诉"), (2.0, 10.0, 5, "复议后起诉")]
    for column in range(15):
        over = OUTCOMES[column % 5].split("\n")
        middle = (2.4 if column < 5 else 4.0) + 0.6 - 0.6 * (len(over) - 1)
        texts += [(middle + 1.2 * number, float(column), 1, text) for number, text in enumerate(over)]
    figures = [str(number) for number in range(3, 18)]
    texts += [(7.5, float(column), 1, figure) for column, figure in enumerate(figures) if column != blank]
    drawing.lines(["四、政府信息公开行政复议、行政诉讼情况"], top=440, x=70, size=12)
    for on_first, top in ((True, 480.0), (False, 50.0 - cut * size)):
        for at, column, width, text in texts:
            if (at < cut) == on_first:
                half = len(text) * size / (4 if text.isdigit() else 2)
                drawing.text(40 + (column + width / 2) * pitch - half, top + at * size, text, size)
        if on_first:
            drawing.page()
    (table,) = tables(drawing.data())
    lowest = [cell for cell in table.cells if cell.row == table.rows - 1]
    assert all(cell.page == 2 for cell in lowest)
    assert [cell.text for cell in lowest] == [figure for column, figure in enumerate(figures) if column != blank]
    upper = next(cell for cell in table.cells if cell.text == "行政诉讼")
    assert upper.page == 1
    assert upper.box is not None
    assert 475 < upper.box[1] < 485
    if blank is None:
        assert place(table, "行政复议") == (0, 0, 1, 5)
        assert place(table, "行政诉讼") == (0, 5, 1, 10)
        assert place(table, "复议后起诉") == (1, 10, 1, 5)
        heads = {cell.column: cell.text for cell in table.cells if cell.row + cell.rowspan == 3 and cell.colspan == 1}
        assert [heads[column] for column in range(15)] == OUTCOMES * 3
        assert not any(cell.doubtful for cell in lowest)
    else:
        assert all(cell.doubtful or cell.column == figures.index(cell.text) for cell in lowest)
