"""Tables of PDF files: rules of every kind, spans, page breaks, tables without rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_drawing import TEXTS, XS, Drawing, grid, place, tables, ys

from gongkai.documents.pdf import read
from gongkai.documents.pdf_grid import find_grids
from gongkai.documents.pdf_model import Rule


@pytest.mark.parametrize("kind", ["rule", "bar", "pieces", "double"])
@pytest.mark.parametrize("without", [(), ("left", "right"), ("top", "bottom"), ("left", "right", "top", "bottom")])
def test_kinds_of_rules_and_missing_borders(kind: str, without: tuple[str, ...]) -> None:
    drawing = Drawing()
    line: Callable[..., None] = getattr(drawing, kind)
    drawing.table(XS, ys(100, 4), TEXTS, line, without)
    (table,) = tables(drawing.data())
    assert grid(table) == TEXTS
    assert table.ruled
    assert (table.rows, table.columns) == (4, 4)


def test_cells_know_their_place() -> None:
    drawing = Drawing()
    drawing.table(XS, ys(100, 4), TEXTS)
    (table,) = tables(drawing.data())
    cell = next(cell for cell in table.cells if cell.text == "1,204")
    assert (cell.row, cell.column, cell.page) == (2, 3, 1)
    assert cell.box == pytest.approx((400, 148, 520, 172), abs=0.5)


def test_spans_wrapped_and_vertical_labels() -> None:
    drawing = Drawing()
    for y, start in ((100, 70), (190, 70), (130, 100), (160, 100)):
        drawing.rule(start, y, 400, y)
    for x in (70, 100, 200, 300, 400):
        drawing.rule(x, 100, x, 190)
    for number, mark in enumerate("办理结果"):
        drawing.text(80, 110 + number * 18, mark, 10)
    drawing.text(105, 102, "（一）予以", 10)
    drawing.text(105, 114, "公开", 10)
    drawing.text(240, 108, "13", 10)
    (table,) = tables(drawing.data())
    assert place(table, "办理结果") == (0, 0, 3, 1)
    assert place(table, "（一）予以\n公开") == (0, 1, 1, 1)
    assert place(table, "13") == (0, 2, 1, 1)


def test_a_label_turned_by_a_quarter() -> None:
    drawing = Drawing()
    drawing.table([70, 100, 200, 300], ys(100, 2, 60), [["", "甲", "1"], ["", "乙", "2"]])
    drawing.canvas.saveState()
    drawing.canvas.translate(90, drawing.height - 155)
    drawing.canvas.rotate(90)
    drawing.canvas.setFont("STSong-Light", 10)
    drawing.canvas.drawString(0, 0, "办理结果")
    drawing.canvas.restoreState()
    assert grid(tables(drawing.data())[0])[0] == ["办理结果", "甲", "1"]


def test_a_character_over_the_line_stays_with_its_word() -> None:
    drawing = Drawing()
    drawing.table([70, 170, 270], ys(100, 2), [["", "0"], ["乙", "1"]])
    drawing.text(74, 105, "要求行政机关确认或重", 10)
    (table,) = tables(drawing.data())
    assert grid(table) == [["要求行政机关确认或重", "0"], ["乙", "1"]]


def test_shading_and_text_backgrounds_are_no_tables() -> None:
    drawing = Drawing()
    drawing.canvas.setFillGray(0.8)
    drawing.canvas.rect(70, 600, 440, 30, stroke=0, fill=1)
    drawing.canvas.setFillGray(1)
    for line in range(5):
        drawing.canvas.rect(70, 500 - line * 28, 440, 28, stroke=0, fill=1)
    drawing.canvas.setFillGray(0)
    drawing.lines(["公开工作的情况"] * 5, x=70, top=320)
    assert tables(drawing.data()) == []


def test_the_rim_of_a_seal_is_no_rule() -> None:
    drawing = Drawing()
    drawing.table(XS, ys(100, 4), TEXTS)
    drawing.canvas.circle(330, 842 - 145, 36)
    assert grid(tables(drawing.data())[0]) == TEXTS


def test_a_frame_around_text_is_no_table() -> None:
    drawing = Drawing()
    for x0, y0, x1, y1 in ((60, 60, 530, 60), (60, 400, 530, 400), (60, 60, 60, 400), (530, 60, 530, 400)):
        drawing.rule(x0, y0, x1, y1)
    drawing.lines(["\u3000\u3000主动公开政府信息。", "\u3000\u3000依申请公开。"], x=70)
    content = read(drawing.data())
    assert [block.text for block in content.blocks] == ["主动公开政府信息。", "依申请公开。"]


def test_cells_painted_over_a_dark_ground() -> None:
    drawing = Drawing()
    drawing.canvas.rect(70, 842 - 150, 451, 50, stroke=0, fill=1)
    drawing.canvas.setFillGray(1)
    for row in range(2):
        for column in range(3):
            drawing.canvas.rect(71 + column * 150, 842 - 101 - 23.5 - row * 24.5, 149, 23.5, stroke=0, fill=1)
    drawing.canvas.setFillGray(0)
    for row in range(2):
        for column in range(3):
            drawing.text(75 + column * 150, 105 + row * 24.5, f"甲{row}{column}", 10)
    assert grid(tables(drawing.data())[0]) == [["甲00", "甲01", "甲02"], ["甲10", "甲11", "甲12"]]


def test_two_tables_one_below_the_other_stay_two() -> None:
    drawing = Drawing()
    drawing.table(XS, ys(100, 4), TEXTS)
    drawing.text(100, 210, "三、收到和处理政府信息公开申请情况", 16)
    drawing.table(XS, ys(240, 4), TEXTS)
    content = read(drawing.data())
    assert [block.kind.value for block in content.blocks] == ["table", "paragraph", "table"]
    assert [block.table for block in content.blocks] == [0, None, 1]


def test_open_tables_are_parted_by_a_heading() -> None:
    drawing = Drawing()
    drawing.table(XS, ys(100, 4), TEXTS, without=("left", "right"))
    drawing.text(100, 203, "三、收到和处理政府信息公开申请情况", 16)
    drawing.table(XS, ys(228, 4), TEXTS, without=("left", "right"))
    assert [grid(table) for table in tables(drawing.data())] == [TEXTS, TEXTS]


def test_a_page_drawn_sideways_or_rotated_gives_the_same_table() -> None:
    upright = Drawing((842, 595))
    upright.table(XS, ys(100, 4), TEXTS)
    sideways = Drawing((595, 842))
    sideways.canvas.translate(595, 0)
    sideways.canvas.rotate(90)
    sideways.width, sideways.height = 842, 595
    sideways.table(XS, ys(100, 4), TEXTS)
    rotated = Drawing((595, 842))
    rotated.canvas.setPageRotation(90)
    rotated.canvas.translate(595, 0)
    rotated.canvas.rotate(90)
    rotated.width, rotated.height = 842, 595
    rotated.table(XS, ys(100, 4), TEXTS)
    results = [tables(drawing.data())[0] for drawing in (upright, sideways, rotated)]
    assert [grid(table) for table in results] == [TEXTS] * 3
    first = [table.cells[0].box for table in results]
    assert first[0] == pytest.approx((70, 100, 200, 124), abs=0.5)
    assert first[2] == pytest.approx(first[0], abs=0.5)
    # Drawn sideways and shown sideways: the first cell stands at the lower left.
    assert first[1] == pytest.approx((100, 842 - 200, 124, 842 - 70), abs=0.5)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(min_value=12, max_value=120), min_size=2, max_size=6),
    st.lists(st.floats(min_value=12, max_value=60), min_size=2, max_size=6),
    st.floats(min_value=-1.2, max_value=1.2),
)
def test_any_grid_is_found_whole(widths: list[float], heights: list[float], slip: float) -> None:
    xs = [50 + sum(widths[:index]) for index in range(len(widths) + 1)]
    tops = [50 + sum(heights[:index]) for index in range(len(heights) + 1)]
    across = [Rule(y, xs[0] + slip, xs[-1] - slip) for y in tops]
    down = [Rule(x, tops[0] - slip, tops[-1] + slip) for x in xs]
    (found,) = find_grids(across, down)
    assert found.xs == pytest.approx(xs)
    assert found.ys == pytest.approx(tops)
    assert len(found.cells) == len(widths) * len(heights)


REPORTS = Path(__file__).parents[3] / "shared" / "reports"


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports in ../shared/reports are not here")
@pytest.mark.parametrize("name", ["hongze-2023.pdf", "hongze-2024.pdf"])
def test_real_report(name: str) -> None:
    """The three tables of the form, the one broken by a page break joined; figures stand where pdfplumber sees them."""
    import pdfplumber

    path = REPORTS / name
    found = tables(path.read_bytes())
    assert [(table.rows, table.columns) for table in found] == [(14, 4), (26, 10), (4, 15)]
    row_of_total = next(cell.row for cell in found[1].cells if cell.text == "（七）总计")
    totals = [cell.text for cell in found[1].cells if cell.row == row_of_total and cell.column > 2]
    assert len(totals) == 7
    assert all(text.isdigit() for text in totals)
    with pdfplumber.open(path) as oracle:
        for table in found:
            for cell in table.cells:
                if cell.text.replace(".", "").isdigit():
                    assert cell.page is not None
                    assert cell.box is not None
                    assert oracle.pages[cell.page - 1].crop(cell.box).extract_text().strip() == cell.text
