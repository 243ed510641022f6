"""The Word file of a roll-up: the tables of the form with every figure at its place."""

from __future__ import annotations

import io

import docx
import pytest
from docx.table import Table
from test_roll_up_workbook import SAY, rolled

from gongkai.exports.roll_up_document import roll_up_document
from gongkai.exports.roll_up_words import printed


def tables(year: int) -> list[Table]:
    return list(docx.Document(io.BytesIO(roll_up_document(rolled(year), SAY))).tables)


def texts(table: Table) -> list[str]:
    """The texts of all cells, merged ones once (an element is one object as long as it is held)."""
    seen = {}
    for row in table.rows:
        for cell in row.cells:
            seen[cell._tc] = cell.text
    return list(seen.values())


@pytest.mark.parametrize(("year", "count"), [(2024, 3), (2020, 3), (2016, 1)])
def test_every_figure_stands_in_the_tables_of_the_form(year: int, count: int) -> None:
    found, made = rolled(year), tables(year)
    assert len(made) == count
    shown = [text for table in made for text in texts(table)]
    expected = [printed(cell.key, cell.value) for cell in found.cells.values() if cell.value is not None]
    assert sorted(text for text in shown if text.replace(".", "").isdecimal()) == sorted(expected)


def test_the_layout_is_that_of_the_official_annex() -> None:
    disclosure, applications, review = tables(2024)
    assert [len(table.columns) for table in (disclosure, applications, review)] == [4, 10, 15]
    assert applications.cell(3, 0).text == "一、本年新收政府信息公开申请数量"
    assert applications.cell(3, 0)._tc is applications.cell(3, 2)._tc
    assert applications.cell(5, 0)._tc is applications.cell(26, 0)._tc
    assert review.cell(0, 5).text == "行政诉讼"
    assert disclosure.cell(2, 3).text == "6"
    assert disclosure.cell(2, 2).text == "", "what nobody fills is empty"


def test_the_same_roll_up_gives_the_same_bytes() -> None:
    assert roll_up_document(rolled(2020), SAY) == roll_up_document(rolled(2020), SAY)
