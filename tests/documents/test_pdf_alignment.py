"""Tables of PDF files whose rules leave room for doubt: the alignment of the text is the second reading."""

from __future__ import annotations

from pdf_drawing import TEXTS, XS, Drawing, Rows, grid, tables, ys


def parted(data: bytes) -> tuple[Rows, list[str]]:
    """The table's texts by row, and the texts of the cells in doubt."""
    (table,) = tables(data)
    return grid(table), [cell.text for cell in table.cells if cell.doubtful]


def without_lines(upright: Rows, level: Rows) -> bytes:
    """A table of TEXTS without the rules left of (above) the cells that have a mark in `upright` (`level`)."""
    drawing = Drawing()
    tops = ys(100, 4)
    for row in range(4):
        for column in range(4):
            left, top, right, bottom = XS[column], tops[row], XS[column + 1], tops[row + 1]
            if not level[row][column]:
                drawing.rule(left, top, right, top)
            if not upright[row][column]:
                drawing.rule(left, top, left, bottom)
            drawing.text(left + 3, top + 4, TEXTS[row][column], 10)
    drawing.rule(XS[0], tops[-1], XS[-1], tops[-1])
    drawing.rule(XS[-1], tops[0], XS[-1], tops[-1])
    return drawing.data()


NO_MARKS: Rows = [[""] * 4] * 4


def test_a_missing_upright_rule_is_told_by_the_head_and_the_figures() -> None:
    texts, doubtful = parted(without_lines([[""] * 4, *[["", "", "x", ""]] * 3], NO_MARKS))
    assert texts == TEXTS
    assert doubtful == ["0", "0", "12", "3", "", "/"]


def test_a_missing_level_rule_is_told_by_the_labels_and_the_figures() -> None:
    texts, doubtful = parted(without_lines(NO_MARKS, [[""] * 4, [""] * 4, ["", "x", "x", "x"], [""] * 4]))
    assert texts == TEXTS
    assert doubtful == ["0", "0", "0", "12", "3", "1,204"]


def test_rows_of_figures_without_any_rule_between_them() -> None:
    texts, doubtful = parted(without_lines(NO_MARKS, [[""] * 4, [""] * 4, ["x"] * 4, [""] * 4]))
    assert texts == TEXTS
    assert doubtful == ["规章", "0", "0", "0", "行政规范性文件", "12", "3", "1,204"]


def test_no_rule_at_all_between_the_heads_and_the_figures_below_them() -> None:
    """The labels' rows tell where the rows of figures are."""
    texts, doubtful = parted(without_lines(NO_MARKS, [[""] * 4, *[["", "x", "x", "x"]] * 3]))
    assert texts == TEXTS
    assert {"1,204", "12", "3", "/"} <= set(doubtful)


def test_no_upright_rule_at_all_in_the_rows_of_figures() -> None:
    texts, doubtful = parted(without_lines([[""] * 4, *[["", "x", "x", "x"]] * 3], NO_MARKS))
    assert texts == TEXTS
    assert {"1,204", "12", "3"} <= set(doubtful)


def test_words_and_one_figure_in_a_cell_are_no_doubt() -> None:
    drawing = Drawing()
    drawing.table(XS, ys(100, 2, 40), [TEXTS[0], ["规章", "附件\n2", "共 12 件", "2023 年"]])
    assert parted(drawing.data())[1] == []


def test_two_figures_over_each_other_are_in_doubt() -> None:
    drawing = Drawing()
    drawing.table([70, 140, 156, 172, 188], ys(100, 2), [["", "甲", "乙", "丙"], ["规章", "", "", "0"]])
    drawing.text(142, 128, "57", 10)
    drawing.text(144, 128, "10223", 10)
    assert {text for text in parted(drawing.data())[1] if text}


def test_a_figure_broken_over_two_lines_is_one_cell() -> None:
    drawing = Drawing()
    drawing.table(XS, [100, 124, 160], [TEXTS[0], ["规章", "12\n345", "0", "0"]])
    assert parted(drawing.data()) == ([TEXTS[0], ["规章", "12\n345", "0", "0"]], [])


def test_one_figure_across_columns_is_no_doubt() -> None:
    drawing = Drawing()
    drawing.table(XS, ys(100, 2), TEXTS[:2])
    for y in (148, 172):
        drawing.rule(XS[0], y, XS[-1], y)
    for x in (XS[0], XS[1], XS[-1]):
        drawing.rule(x, 148, x, 172)
    drawing.text(74, 152, "行政许可", 10)
    drawing.text(350, 152, "5", 10)
    texts, doubtful = parted(drawing.data())
    assert texts[2] == ["行政许可", "5"]
    assert doubtful == []


def test_figures_wider_than_their_columns_go_where_their_middle_is() -> None:
    drawing = Drawing()
    xs: list[float] = [70, 200, 216, 232, 248]
    drawing.table(xs, ys(100, 2), [["规章", "", "", ""], ["文件", "0", "0", "0"]])
    for x, text in ((201, "123"), (211, "45678"), (233, "9012")):
        drawing.text(x, 104, text, 10)
    texts, doubtful = parted(drawing.data())
    assert texts == [["规章", "123", "45678", "9012"], ["文件", "0", "0", "0"]]
    assert doubtful == []


def test_digits_drawn_one_by_one_over_a_border_are_in_doubt() -> None:
    drawing = Drawing()
    xs: list[float] = [70, 200, 220, 240]
    drawing.table(xs, ys(100, 2), [["规章", "", ""], ["文件", "0", "0"]])
    for number, digit in enumerate("12345"):
        drawing.text(204 + 5 * number, 104, digit, 10)
    assert parted(drawing.data())[1] == ["123", "45"]


def test_rules_that_do_not_touch_those_around_them_are_part_of_the_table() -> None:
    """Borders of cells in the middle that are drawn apart: no table in the table."""
    drawing = Drawing()
    tops = ys(100, 4, 40)
    for y in (tops[0], tops[1], tops[-1]):
        drawing.rule(XS[0], y, XS[-1], y)
    for y in tops[2:4]:
        drawing.rule(XS[0], y, XS[1] - 6, y)
        drawing.rule(XS[1] + 6, y, XS[-1] - 6, y)
        drawing.rule(XS[-1] - 2, y, XS[-1], y)
    for x in (XS[0], XS[1], XS[-1]):
        drawing.rule(x, tops[0], x, tops[-1])
    for x in XS[2:4]:
        drawing.rule(x, tops[0], x, tops[1])
        drawing.rule(x, tops[1] + 6, x, tops[-1] - 6)
    for row, cells in enumerate(TEXTS):
        for column, text in enumerate(cells):
            drawing.text(XS[column] + 8, tops[row] + 14, text, 10)
    assert parted(drawing.data()) == (TEXTS, [])
