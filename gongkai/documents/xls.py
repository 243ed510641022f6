"""Old Excel files (.xls, .et of WPS): each visible sheet becomes a heading and a table, as with .xlsx."""

from __future__ import annotations

from io import StringIO

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

from gongkai.documents import flow, ole
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import clean
from gongkai.documents.model import Content
from gongkai.documents.ole import Container
from gongkai.documents.sheets import MOST_CELLS, plain_number, printer, too_many_cells, with_blanks
from gongkai.errors import UnreadableDocument

_BLANKS = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
_NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
# Days between the two days from which files count: 1 January 1904 and 30 December 1899.
_FROM_1904 = 1462


def read(data: bytes) -> Content:
    """Return a heading and a table per visible sheet. Raises UnreadableDocument: damaged, encrypted, too_large."""
    container = Container(data)
    stream = container.stream("Workbook") or container.stream("Book")
    if not stream:
        raise ole.damaged()
    builder = BlockBuilder()
    try:
        # Sheets are loaded one by one: what one of them makes of its size is gone with it.
        book = xlrd.open_workbook(
            file_contents=stream, logfile=StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        )
        left = MOST_CELLS
        for index, name in enumerate(book.sheet_names()):
            sheet = book.sheet_by_index(index)
            if sheet.visibility == 0:
                filled = _filled(book, sheet, left)
                left -= len(filled)
                if filled:
                    builder.heading(clean(name))
                    flow.emit([flow.Grid(with_blanks(_merged(filled, sheet)), sheet=True)], builder)
            book.unload_sheet(index)
    except (xlrd.XLRDError, *ole.BROKEN) as error:
        if "encrypted" in str(error):
            raise UnreadableDocument(
                "encrypted", "the file is protected by a password: save it without one and submit it again"
            ) from error
        raise ole.damaged() from error
    return Content(builder.blocks, container.properties())


def _filled(book: Book, sheet: Sheet, left: int) -> dict[tuple[int, int], flow.GridCell]:
    """The cells of a sheet that hold something and are shown."""
    cells: dict[tuple[int, int], flow.GridCell] = {}
    hidden = {column for column, info in sheet.colinfo_map.items() if info.hidden}
    for row in range(sheet.nrows):
        info = sheet.rowinfo_map.get(row)
        if info is not None and info.hidden:
            continue
        for column, cell in enumerate(sheet.row(row)):
            if column in hidden:
                continue
            text = clean(_text(book, cell)).strip()
            if text:
                if len(cells) == left:
                    raise too_many_cells()
                cells[row, column] = flow.GridCell(row, column, 1, 1, [flow.Text(text)])
    return cells


def _merged(cells: dict[tuple[int, int], flow.GridCell], sheet: Sheet) -> dict[tuple[int, int], flow.GridCell]:
    for top, bottom, left, right in sheet.merged_cells:
        cell = cells.get((top, left))
        if cell is not None:
            cell.rowspan = min(max(bottom - top, 1), flow.WIDEST_SPAN)
            cell.colspan = min(max(right - left, 1), flow.WIDEST_SPAN)
    return cells


def _text(book: Book, cell: Cell) -> str:
    if cell.ctype in _BLANKS:
        return ""
    if cell.ctype in _NUMBERS:
        key = book.xf_list[cell.xf_index].format_key
        style = book.format_map.get(key)
        show = printer(key, style.format_str if style is not None else "")
        moved = _FROM_1904 if cell.ctype == xlrd.XL_CELL_DATE and book.datemode else 0
        try:
            return show(cell.value + moved)
        except (ValueError, OverflowError):
            return plain_number(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value)
