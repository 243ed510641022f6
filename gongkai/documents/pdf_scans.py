"""Pages of a PDF that are pictures, wholly or in part: where the pictures stand, and their text recognised (OCR).

pdfium is not thread-safe: callers hold the lock of `gongkai.documents.pdf`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium

from gongkai.documents import ocr
from gongkai.documents.model import Box, Place
from gongkai.documents.pdf_model import Char, Page, Rule

MAX_SCANS = 60
"""Pictures of one document that are recognised; a report has 3 to 60 pages."""
WHOLE = 0.5
"""Share of a page from which on a picture is the page itself."""
STAMPED = 60
"""Characters that may stand on the picture of a page all the same: page numbers, what a scanning program adds."""
LEAST_WIDTH, LEAST_HEIGHT = 180.0, 50.0
"""Points of a picture in a page of text that may hold a table; a seal or a logo is smaller."""
CAPTION = 10
"""Characters that may stand on such a picture."""
LEAST_TEXT, SURE_TEXT = 20, 0.8
"""Recognised characters, and their mean score, from which on a picture in a page of text is text, not a photograph."""
LARGEST_PAGE = 4 * 595.0 * 842.0
"""Square points of the largest page that is drawn at 200 dots an inch: A2."""
STRIP = 3.0
"""Points between strips of one picture."""


@dataclass(slots=True)
class Scans:
    """What recognition added to the pages of a document: the `places` it read, and the pages it did not."""

    places: list[Place] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def complete(document: pdfium.PdfDocument, pages: list[Page], unmapped: float) -> Scans:
    """Put the recognised text of pictures into `pages`, where the extra is installed, else name the pages.

    A page of whose characters a greater share than `unmapped` has no Unicode value is looked at as a picture, too.
    """
    scans = Scans()
    for index, page in enumerate(pages):
        garbled = page.unmapped > unmapped * sum(not char.blank for char in page.chars)
        if garbled or page.hidden or page.pictures:
            _complete(document, index, pages, garbled, scans)
    return scans


def _complete(document: pdfium.PdfDocument, index: int, pages: list[Page], garbled: bool, scans: Scans) -> None:
    page = pages[index]
    sheet: Box = (0.0, 0.0, page.width, page.height)
    boxes = _united([(max(a, 0.0), max(b, 0.0), min(c, sheet[2]), min(d, sheet[3])) for a, b, c, d in page.pictures])
    whole = any(_area(box) >= WHOLE * _area(sheet) for box in boxes)
    places = [(char.left, char.top, char.right, char.bottom) for char in page.chars if not char.blank]
    if garbled or (whole and (page.hidden or len(places) <= STAMPED)):
        _whole(document, index, pages, scans)
        return
    if page.hidden:
        scans.places.append((page.number, sheet))
        return
    for box in boxes:
        inside = sum(_contains(box, place) for place in places)
        if box[2] - box[0] >= LEAST_WIDTH and box[3] - box[1] >= LEAST_HEIGHT and inside <= CAPTION:
            _part(document, page, box, scans)


def _whole(document: pdfium.PdfDocument, index: int, pages: list[Page], scans: Scans) -> None:
    page = pages[index]
    sheet: Box = (0.0, 0.0, page.width, page.height)
    if ocr.available() and len(scans.places) < MAX_SCANS:
        from gongkai.documents.picture_page import page_of
        from gongkai.documents.pictures import HEIGHT, WIDTH

        # Scans are put on pages of any size, a point for each of their dots even: what is read is as wide as A4.
        size = (HEIGHT if page.width > page.height else WIDTH) / page.width
        pages[index] = page_of(_drawn(document, page, sheet, size), page.number, 1 / size)
    elif not page.hidden:
        scans.unread.append(str(page.number))
        return
    scans.places.append((page.number, sheet))


def _part(document: pdfium.PdfDocument, page: Page, box: Box, scans: Scans) -> None:
    """Add what is recognised in a picture to the page of text around it."""
    if not ocr.available() or len(scans.places) >= MAX_SCANS or page.width * page.height > LARGEST_PAGE:
        scans.unread.append(str(page.number))
        return
    from gongkai.documents.picture_page import page_of

    part = page_of(_drawn(document, page, box, 1.0), page.number)
    unsure = sum(char.text == "\ufffd" for char in part.chars)
    if len(part.chars) < LEAST_TEXT or unsure > (1 - SURE_TEXT) * len(part.chars) or part.turn:
        return
    left, top = box[0], box[1]
    first = max((char.source for char in page.chars), default=0) + 1
    page.chars = [char for char in page.chars if not _contains(box, (char.left, char.top, char.right, char.bottom))]
    page.chars += [_moved(char, left, top, first) for char in part.chars]
    page.horizontals += [Rule(rule.at + top, rule.start + left, rule.end + left) for rule in part.horizontals]
    page.verticals += [Rule(rule.at + left, rule.start + top, rule.end + top) for rule in part.verticals]
    scans.places.append((page.number, box))


def _moved(char: Char, x: float, y: float, first: int) -> Char:
    return char._replace(
        left=char.left + x,
        top=char.top + y,
        right=char.right + x,
        bottom=char.bottom + y,
        base=char.base + y,
        source=first + char.source,
    )


def _drawn(document: pdfium.PdfDocument, page: Page, box: Box, size: float) -> Any:
    """The picture of a part of the page, `size` times as large, at 200 dots an inch: rows x columns x 3 colours."""
    import numpy as np

    from gongkai.documents.picture_rules import DOTS

    scale = min(DOTS * size, (LARGEST_PAGE * DOTS**2 / (page.width * page.height)) ** 0.5)
    handle = document[page.number - 1]
    try:
        bitmap = handle.render(scale=scale, may_draw_forms=False)
        try:
            drawn = bitmap.to_pil().convert("RGB")
        finally:
            bitmap.close()
    finally:
        handle.close()
    left, top, right, bottom = (round(value * scale) for value in box)
    return np.asarray(drawn.crop((left, top, max(right, left + 1), max(bottom, top + 1))))


def _united(boxes: Sequence[Box]) -> list[Box]:
    united: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        for number, other in enumerate(united):
            if (
                box[0] <= other[2] + STRIP
                and other[0] <= box[2] + STRIP
                and box[1] <= other[3] + STRIP
                and other[1] <= box[3] + STRIP
            ):
                box = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
                united[number] = box
                break
        else:
            united.append(box)
    return united


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _contains(box: Box, place: Box) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
