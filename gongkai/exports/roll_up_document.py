"""A roll-up as Word, to be pasted into the report: the form's tables in the official layout, each under its heading."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell

from gongkai.catalogue.form_layout import Grid, official_tables
from gongkai.exports.roll_up import RollUp
from gongkai.exports.roll_up_words import Say, printed, title_of
from gongkai.exports.word import (
    HEADING,
    TABLE,
    TITLE,
    clean,
    official_document,
    paragraph,
    style_id,
    to_bytes,
    type_area,
)

_SIZE = 9
"""Points of the tables' letters (小五): ten columns of figures have to fit beside three of labels."""
_CELL_MARGIN = 40
"""Space at the left and right of a cell in twentieths of a point; Word's own takes a digit's room on each side."""


def roll_up_document(found: RollUp, say: Say) -> bytes:
    """The file's bytes. What nobody fills is left empty; the same roll-up and words give the same bytes."""
    document = official_document(title_of(found, say))
    key = f"roll_up.export.heading_{found.wanted.part}"
    paragraph(document, say(key, agency=found.title, year=found.wanted.year), TITLE)
    for heading, grid in official_tables(found.regime):
        paragraph(document, heading, HEADING)
        _table(document, found, grid)
        paragraph(document, "", TABLE)
    return to_bytes(document)


def _table(document: Document, found: RollUp, grid: Grid) -> None:
    made = document.add_table(rows=grid.rows, cols=len(grid.widths), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    _narrow_margins(made)
    across = type_area(document)
    sizes = [int(across * share / sum(grid.widths)) for share in grid.widths]
    for column, size in zip(made.columns, sizes, strict=True):
        column.width = size
    for number, row in enumerate(made.rows):
        settings = row._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if number < grid.heads:
            settings.append(OxmlElement("w:tblHeader"))
    # To ask the table for one cell of it takes it 8 ms. They are asked for before any are joined.
    rows = [row.cells for row in made.rows]
    for cell in grid.cells:
        first = rows[cell.row][cell.column]
        last = rows[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1]
        place = first if (cell.rowspan, cell.colspan) == (1, 1) else first.merge(last)
        place.width = sum(sizes[cell.column : cell.column + cell.colspan])
        figure = found.cells.get(cell.key) if cell.key else None
        if figure is not None:
            text = "" if figure.value is None else printed(figure.key, figure.value)
        else:
            text = "\n".join(cell.text) if cell.role == "tall" else cell.text
        _write(place, text, centre=cell.role != "label" or cell.rowspan > 1, bold=cell.role == "title")
    # A table that fits on a page is not torn apart: every row but the last holds on to the next.
    for row in made.rows[:-1]:
        for one in row.cells:
            one.paragraphs[0].paragraph_format.keep_with_next = True


def _write(cell: _Cell, text: str, *, centre: bool, bold: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    written = cell.paragraphs[0]
    written._p.style = style_id(TABLE)
    run = written.add_run(clean(text))
    run.font.size = Pt(_SIZE)
    run.bold = bold or None
    if centre:
        written.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _narrow_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(_CELL_MARGIN))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)
