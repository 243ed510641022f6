"""OpenDocument texts and sheets (.odt, .ods) → blocks, by their content.xml (ISO/IEC 26300)."""

from __future__ import annotations

from lxml import etree

from gongkai.documents import flow
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import clean
from gongkai.documents.model import Content
from gongkai.documents.package import Package
from gongkai.documents.sheets import MOST_CELLS, too_many_cells, with_blanks
from gongkai.errors import UnreadableDocument

DEEPEST = 60
"""Lists, sections and tables within each other."""
MOST_BLANKS = 1000
"""Blanks that one mark stands for."""

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PROPERTIES = {f"{_DC}title": "title", f"{_DC}creator": "author", f"{_META}creation-date": "created"}
# What is not the document's own text.
_SKIPPED = frozenset(
    (f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}table-of-content")
)


def read(data: bytes) -> Content:
    """Return the blocks and properties of an .odt or .ods. Raises UnreadableDocument: damaged, encrypted, too_large."""
    package = Package(data)
    manifest = package.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise UnreadableDocument("encrypted", "the file is protected by a password: save it without one")
    root = package.xml("content.xml")
    body = root.find(f"{_OFFICE}body") if root is not None else None
    if body is None:
        raise UnreadableDocument("damaged", "the OpenDocument file holds no content: save it anew")
    items: list[flow.Item] = []
    for part in body:
        _read(part, items, part.tag == f"{_OFFICE}spreadsheet", 0)
    builder = BlockBuilder()
    flow.emit(items, builder)
    return Content(builder.blocks, _properties(package))


def _properties(package: Package) -> dict[str, str]:
    root = package.xml("meta.xml")
    found: dict[str, str] = {}
    for element in root.iter(*_PROPERTIES) if root is not None else ():
        value = (element.text or "").strip()
        if value:
            found.setdefault(_PROPERTIES[str(element.tag)], value)
    return found


def _read(element: etree._Element, items: list[flow.Item], sheet: bool, depth: int) -> None:
    """Add the paragraphs and tables below an element."""
    if depth > DEEPEST:
        raise UnreadableDocument("damaged", "the file is nested too deeply: save it as .docx")
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            items.append(flow.Text(_printed(child), heading=child.tag == f"{_TEXT}h"))
            # Text boxes are anchored in a paragraph and stand behind it.
            for box in child.iter("{*}text-box"):
                _read(box, items, sheet, depth + 1)
        elif child.tag == f"{_TABLE}table":
            grid = _grid(child, sheet, depth + 1)
            if sheet and grid.cells:
                items.append(flow.Text(clean(child.get(f"{_TABLE}name") or ""), heading=True))
            items.append(grid)
        else:
            _read(child, items, sheet, depth + 1)


def _printed(paragraph: etree._Element) -> str:
    return clean("".join(_pieces(paragraph))).strip()


def _pieces(element: etree._Element) -> list[str]:
    found = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            found.append(" " * min(_count(child, f"{_TEXT}c"), MOST_BLANKS))
        elif child.tag == f"{_TEXT}tab":
            found.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            found.append("\n")
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and not child.tag.endswith("}frame"):
            found.extend(_pieces(child))
        found.append(child.tail or "")
    return found


def _grid(table: etree._Element, sheet: bool, depth: int) -> flow.Grid:
    cells: dict[tuple[int, int], flow.GridCell] = {}
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        if next(line.iterancestors(f"{_TABLE}table")) is not table:
            continue
        filled = _row(line, row, cells, sheet, depth)
        # Equal rows that are written once each count; the blank end of a sheet, a million rows, does not.
        row += 1
        for _ in range(_count(line, f"{_TABLE}number-rows-repeated") - 1 if filled else 0):
            _row(line, row, cells, sheet, depth)
            row += 1
    return flow.Grid(with_blanks(cells) if sheet else list(cells.values()), sheet=sheet)


def _row(line: etree._Element, row: int, cells: dict[tuple[int, int], flow.GridCell], sheet: bool, depth: int) -> bool:
    """Add the cells of a row; return whether any of them holds text."""
    column, filled = 0, False
    for cell in line:
        repeated = _count(cell, f"{_TABLE}number-columns-repeated")
        if cell.tag != f"{_TABLE}table-cell":
            column += repeated if cell.tag == f"{_TABLE}covered-table-cell" else 0
            continue
        inside: list[flow.Item] = []
        _read(cell, inside, sheet, depth)
        holds = any(not isinstance(item, flow.Text) or item.text for item in inside)
        filled = filled or holds
        spans = _count(cell, f"{_TABLE}number-rows-spanned"), _count(cell, f"{_TABLE}number-columns-spanned")
        # Blank cells of a sheet are known by those around them: a sheet is a million of them wide and high.
        for place in range(repeated if holds or not sheet else 0):
            if len(cells) == MOST_CELLS:
                raise too_many_cells()
            cells[row, column + place] = flow.GridCell(row, column + place, *spans, list(inside))
        column += repeated
    return filled


def _count(element: etree._Element, name: str) -> int:
    value = element.get(name) or "1"
    return max(min(int(value), MOST_CELLS), 1) if value.isdecimal() and len(value) < 10 else 1
