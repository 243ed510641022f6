"""Tables of PDF files over page breaks: parts joined, cut rows and labels put together."""

from __future__ import annotations

import pytest
from pdf_drawing import TEXTS, XS, Drawing, Rows, grid, place, tables, ys

from gongkai.documents.model import Block


def broken(
    first: Rows, second: Rows, top_of_second: float = 80, between: str = "", **options: tuple[str, ...]
) -> list[Block]:
    drawing = Drawing()
    drawing.table(XS, ys(760 - 24 * len(first), len(first)), first, without=options.get("upper", ()))
    drawing.text(290, 800, "- 1 -", 10)
    drawing.page()
    if between:
        drawing.text(100, 50, between, 16)
    drawing.table(XS, ys(top_of_second, len(second)), second, without=options.get("lower", ()))
    drawing.text(290, 800, "- 2 -", 10)
    return tables(drawing.data())


def test_a_table_goes_on_over_the_page_break() -> None:
    (table,) = broken(TEXTS[:2], TEXTS[2:])
    assert grid(table) == TEXTS
    assert [cell.page for cell in table.cells] == [1] * 8 + [2] * 8
    assert table.page == 1


def test_a_repeated_head_is_kept_as_a_row() -> None:
    (table,) = broken(TEXTS[:3], [TEXTS[0], TEXTS[3]])
    assert grid(table) == [*TEXTS[:3], TEXTS[0], TEXTS[3]]


def test_text_between_makes_two_tables() -> None:
    assert len(broken(TEXTS, TEXTS, between="三、收到和处理政府信息公开申请情况")) == 2


def test_a_continuation_mark_does_not() -> None:
    (table,) = broken(TEXTS[:2], TEXTS[2:], between="（续表）")
    assert grid(table) == TEXTS


def test_other_columns_make_two_tables() -> None:
    drawing = Drawing()
    drawing.table(XS, ys(700, 2), TEXTS[:2])
    drawing.page()
    drawing.table([90, 180, 270, 360, 450], ys(80, 2), TEXTS[2:])
    assert len(tables(drawing.data())) == 2


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    (table,) = broken(
        [TEXTS[0], ["部分公开（区分处理的，只", "4", "0", "4"]],
        [["计这一情形）", "", "", ""], TEXTS[1]],
        upper=("bottom",),
        lower=("top",),
    )
    assert grid(table) == [TEXTS[0], ["部分公开（区分处理的，只\n计这一情形）", "4", "0", "4"], TEXTS[1]]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["5.要求行政机关确认或重新出", "4", "0", "4"], ["具已获取信息", "", "", ""]),
        (["5.要求行政机关确认或重新出", "", "", ""], ["具已获取信息", "4", "0", "4"]),
        (["3.其他", "4", "0", "4"], ["", "", "", ""]),
    ],
)
def test_a_cut_row_that_is_closed_on_both_pages_is_one_row(upper: list[str], lower: list[str]) -> None:
    """Word draws a line below and above every page break."""
    (table,) = broken([TEXTS[0], upper], [lower, TEXTS[2]])
    label = "\n".join(text for text in (upper[0], lower[0]) if text)
    assert grid(table) == [
        TEXTS[0],
        [label, *("".join(pair) for pair in zip(upper[1:], lower[1:], strict=True))],
        TEXTS[2],
    ]


def test_a_cut_row_goes_on_below_a_repeated_head() -> None:
    (table,) = broken(
        [TEXTS[0], TEXTS[1], ["5.要求行政机关确认或重新出", "4", "0", "4"]],
        [TEXTS[0], ["具已获取信息", "", "", ""], TEXTS[2]],
    )
    assert grid(table) == [TEXTS[0], TEXTS[1], ["5.要求行政机关确认或重新出\n具已获取信息", "4", "0", "4"], TEXTS[2]]


def test_a_row_of_blanks_below_the_page_break_stays_a_row() -> None:
    """The label above leaves room: what stands below is another one."""
    (table,) = broken([TEXTS[0], ["规章", "1", "2", "3"]], [["行政规范性文件", "", "", ""], TEXTS[3]])
    assert grid(table)[1:] == [["规章", "1", "2", "3"], ["行政规范性文件", "", "", ""], TEXTS[3]]


def test_a_blank_row_at_the_page_break_stays_a_row() -> None:
    (table,) = broken([TEXTS[0], ["规章", "", "", ""]], [["行政规范性文件", "1", "2", "3"]])
    assert grid(table)[1:] == [["规章", "", "", ""], ["行政规范性文件", "1", "2", "3"]]


def test_a_group_label_spans_the_page_break() -> None:
    xs: list[float] = [70, 150, 300, 400]

    def part(drawing: Drawing, top: float, labels: list[str]) -> None:
        height = 24 * len(labels)
        for x in xs:
            drawing.rule(x, top, x, top + height)
        for number in range(len(labels) + 1):
            start = xs[0] if number in (0, len(labels)) else xs[1]
            drawing.rule(start, top + 24 * number, xs[-1], top + 24 * number)
        for number, label in enumerate(labels):
            drawing.text(155, top + 4 + 24 * number, label, 10)
            drawing.text(305, top + 4 + 24 * number, str(number), 10)

    drawing = Drawing()
    part(drawing, 700, ["1.属于国家秘密", "2.其他"])
    drawing.text(73, 715, "（三）不予公开", 10)
    drawing.page()
    part(drawing, 80, ["3.危及三安全", "4.保护第三方"])
    (table,) = tables(drawing.data())
    assert place(table, "（三）不予公开") == (0, 0, 4, 1)
    assert place(table, "4.保护第三方") == (3, 1, 1, 1)
