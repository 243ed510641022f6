"""Excel files (.xlsx): each visible sheet becomes a heading and a table, as offices send the statutory tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from gongkai.documents import flow
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import clean
from gongkai.documents.model import Content
from gongkai.documents.package import Package
from gongkai.documents.sheets import MOST_CELLS, plain_number, printer, too_many_cells, with_blanks
from gongkai.errors import UnreadableDocument

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_COLUMNS = 16_384
"""Columns of a sheet."""

LONGEST_NUMBER = 8
_TRUE = ("1", "true")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def read(data: bytes) -> Content:
    """Return a heading and a table per visible sheet. Raises UnreadableDocument: damaged, encrypted, too_large."""
    package = Package(data)
    main = next((target for _, kind, target in package.relationships("") if kind == "officeDocument"), "")
    workbook = package.xml(main) if main else None
    if workbook is None:
        raise UnreadableDocument("damaged", "the Excel file holds no workbook: open it in Excel and save it anew")
    related = package.relationships(main)
    targets = {identifier: target for identifier, _, target in related}
    by_kind = {kind: target for _, kind, target in related}
    sheets = _Sheets(_strings(package, by_kind), _formats(package, by_kind), MOST_CELLS)
    builder = BlockBuilder()
    for sheet in _children(workbook, "sheets"):
        if sheet.get("state", "visible") != "visible":
            continue
        root = package.xml(targets.get(sheet.get(_R_ID) or "", ""))
        grid = sheets.grid(root) if root is not None else None
        if grid is not None and grid.cells:
            builder.heading(clean(sheet.get("name") or ""))
            flow.emit([grid], builder)
    return Content(builder.blocks, package.properties())


@dataclass(slots=True)
class _Sheets:
    """Turns sheets into grids, with the workbook's strings and number formats."""

    strings: list[str]
    formats: list[Callable[[float], str]]
    left: int

    def grid(self, root: etree._Element) -> flow.Grid:
        """Return the cells of a sheet that hold something, merged ones with their spans."""
        cells: dict[tuple[int, int], flow.GridCell] = {}
        hidden = _hidden_columns(root)
        row = -1
        for line in _children(root, "sheetData"):
            # What no one sees is not what was submitted. Some programs leave the references out.
            row = _number(line.get("r"), row + 2) - 1
            column = -1
            for source in line:
                place = _place(source.get("r") or "") or (row, column + 1)
                column = place[1]
                if line.get("hidden") in _TRUE or (column < MOST_COLUMNS and hidden[column]):
                    continue
                text = clean(self._text(source)).strip()
                if not text:
                    continue
                self.left -= 1
                if self.left < 0:
                    raise too_many_cells()
                cells[place] = flow.GridCell(*place, 1, 1, [flow.Text(text)])
        for merge in _children(root, "mergeCells"):
            first, _, last = (merge.get("ref") or "").partition(":")
            start, end = _place(first), _place(last)
            if start is not None and end is not None and start in cells and start <= end:
                cells[start].rowspan = min(end[0] - start[0] + 1, flow.WIDEST_SPAN)
                cells[start].colspan = min(max(end[1] - start[1] + 1, 1), flow.WIDEST_SPAN)
        return flow.Grid(with_blanks(cells), sheet=True)

    def _text(self, source: etree._Element) -> str:
        kind = source.get("t", "n")
        if kind == "inlineStr":
            return _plain(source)
        value = next((child.text or "" for child in source if _name(child) == "v"), "")
        try:
            if kind == "s":
                return self.strings[int(value)]
            if kind != "n":
                return value
            style = int(source.get("s") or 0)
            return self.formats[style](float(value)) if style < len(self.formats) else plain_number(float(value))
        except (ValueError, IndexError, OverflowError):
            return value


def _hidden_columns(root: etree._Element) -> bytearray:
    """For each column (from 0) whether the sheet hides it."""
    hidden = bytearray(MOST_COLUMNS)
    for item in _children(root, "cols"):
        if item.get("hidden") in _TRUE:
            first, last = _number(item.get("min"), 1), min(_number(item.get("max"), 1), MOST_COLUMNS)
            hidden[first - 1 : last] = b"\x01" * (last - first + 1)
    return hidden


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else default


def _strings(package: Package, parts: dict[str, str]) -> list[str]:
    root = package.xml(parts["sharedStrings"]) if "sharedStrings" in parts else None
    return [_plain(item) for item in root] if root is not None else []


def _plain(element: etree._Element) -> str:
    """The text of a string, without its phonetic guides."""
    return "".join(
        part.text or ""
        for part in element.iter()
        if _name(part) == "t" and (parent := part.getparent()) is not None and _name(parent) != "rPh"
    )


def _formats(package: Package, parts: dict[str, str]) -> list[Callable[[float], str]]:
    """How each cell style prints a number."""
    root = package.xml(parts["styles"]) if "styles" in parts else None
    if root is None:
        return []
    codes = {item.get("numFmtId"): item.get("formatCode") or "" for item in _children(root, "numFmts")}
    formats: list[Callable[[float], str]] = []
    for item in _children(root, "cellXfs"):
        identifier = item.get("numFmtId") or "0"
        number = int(identifier) if identifier.isascii() and identifier.isdigit() else 0
        formats.append(printer(number, codes.get(identifier, "")))
    return formats


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column (from 0) of a reference such as C7."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    """The children of the first child of `root` called `name` (transitional and strict files differ in namespace)."""
    for element in root:
        if _name(element) == name:
            return [child for child in element if isinstance(child.tag, str)]
    return []
