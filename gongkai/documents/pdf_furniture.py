"""Page furniture: page numbers, running headers and footers, the lines that a browser prints around a page."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.documents.pdf_lines import Piece
from gongkai.documents.pdf_model import Page
from gongkai.documents.pdf_tables import Table

MARGIN = 0.15
"""Furniture stands within this share of the page's height from its top or bottom."""
EDGE_OF_PAGE = 0.06
"""... and what a browser prints within this share."""
REPEATED = 0.4
"""A line is running if it stands at the same height on this share of the pages, and on two at least."""
TEXT_WIDTH = 0.7
"""An unbroken line as wide as this share of the page's widest one is text."""
SAME_HEIGHT = 4.0
"""Points within which heights are the same."""

_DECORATION = r"[-—–―‐~_·•・.\[\](){}【】《》<>|\s]*"
_NUMBER = re.compile(
    rf"^{_DECORATION}(?:"
    r"\d{1,3}"
    r"|第\s*(?:\d{1,4}|[一二三四五六七八九十百]+)\s*页(?:\s*[/,，、]?\s*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|(?:page\s*)?\d{1,4}\s*of\s*\d{1,4}|page\s*\d{1,4}"
    r"|共\s*\d{1,4}\s*页\s*[,，、]?\s*第\s*\d{1,4}\s*页"
    r"|[ivxl]{1,5}"
    rf"){_DECORATION}$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?P<url>(?:https?|file)://[!-~]+?)(?:\s*(?:第\s*)?\d+\s*(?:页\s*[,，]?\s*共|/)\s*\d+\s*页?)?$")
_PRINTED_ON = re.compile(
    r"^(?:\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}),?\s*(?:[上下]午|[AP]M)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?"
)
_CONTINUED = re.compile(r"^[（(]?(?:续\s*表?|接上页|接上表|表?\s*续)\s*\d*[)）]?$")


@dataclass(slots=True)
class Sheet:
    """What stands on a page: its ruled tables, and its printed lines outside of them, top to bottom."""

    page: Page
    tables: list[Table]
    rows: list[Row]


@dataclass(slots=True)
class Row:
    """A printed line: as a whole, and as the pieces that wide gaps make of it."""

    line: Piece
    pieces: list[Piece] = field(default_factory=list)


def drop_furniture(sheets: list[Sheet]) -> str | None:
    """Take page furniture out of the sheets. Returns the address that a browser printed under the page, if any."""
    running = _running(sheets)
    address: str | None = None
    for number, sheet in enumerate(sheets):
        dropped: set[int] = set()
        for at_top in (True, False):
            for index in _outer(sheet, at_top):
                line = sheet.rows[index].line
                text = _plain(line.text)
                edge = min(line.bottom, sheet.page.height - line.top) <= EDGE_OF_PAGE * sheet.page.height
                found = _ADDRESS.match(text) if edge else None
                if found:
                    address = address or (found["url"] if found["url"].startswith("http") else None)
                elif not (
                    _NUMBER.match(text) or (number, index) in running or (edge and at_top and _PRINTED_ON.match(text))
                ):
                    break
                dropped.add(index)
        sheet.rows = [row for index, row in enumerate(sheet.rows) if index not in dropped]
    for sheet in sheets[1:]:
        if sheet.rows and _CONTINUED.match(sheet.rows[0].line.text) and _first(sheet):
            del sheet.rows[0]
    return address


def _first(sheet: Sheet) -> bool:
    """Whether a table follows right after the first line."""
    return bool(sheet.tables) and (
        len(sheet.rows) == 1 or min(table.box[1] for table in sheet.tables) < sheet.rows[1].line.top
    )


def _outer(sheet: Sheet, at_top: bool) -> Iterable[int]:
    """Indexes of the lines in the top or bottom margin that no table stands outside of, from the edge inwards."""
    height = sheet.page.height
    if at_top:
        limit = min([MARGIN * height, *(table.box[1] for table in sheet.tables)])
        return [index for index, row in enumerate(sheet.rows) if (row.line.top + row.line.bottom) / 2 <= limit]
    limit = max([(1 - MARGIN) * height, *(table.box[3] for table in sheet.tables)])
    inside = [index for index, row in enumerate(sheet.rows) if (row.line.top + row.line.bottom) / 2 >= limit]
    return reversed(inside)


def _running(sheets: list[Sheet]) -> set[tuple[int, int]]:
    """(page index, line index) of the lines that repeat at one height."""
    seen: dict[tuple[str, bool], list[tuple[int, int, float]]] = defaultdict(list)
    for number, sheet in enumerate(sheets):
        spans = [row.line.right - row.line.left for row in sheet.rows]
        spans += [table.box[2] - table.box[0] for table in sheet.tables]
        widest = max(spans, default=0.0)
        for at_top in (True, False):
            for index in _outer(sheet, at_top):
                line = sheet.rows[index].line
                if len(sheet.rows[index].pieces) == 1 and line.right - line.left >= TEXT_WIDTH * widest:
                    continue
                height = line.top if at_top else sheet.page.height - line.bottom
                key = re.sub(r"\d+", "#", re.sub(r"\s", "", _plain(line.text)))
                seen[key, at_top].append((number, index, height))
    found: set[tuple[int, int]] = set()
    for places in seen.values():
        for _, _, height in places:
            same = [(number, index) for number, index, other in places if abs(other - height) <= SAME_HEIGHT]
            pages = {number for number, _ in same}
            if len(pages) >= 2 and len(pages) >= REPEATED * len(sheets):
                found.update(same)
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
