"""What stands on one PDF page: characters with their places and ruling lines, in reading position.

Source: pdfium's text page (characters, content order) and page objects (paths, thin images, form XObjects with their
matrices). Coordinates are points, origin at the top left of the page as it is shown (crop box and /Rotate applied).

pdfium is not thread-safe: callers hold the lock of `gongkai.documents.pdf`.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.documents.model import Box
from gongkai.documents.pdf_characters import clean_character
from gongkai.documents.pdf_model import ASCENT, DESCENT, Char, Page, upright
from gongkai.documents.pdf_paths import collect_rules

MAX_CHARACTERS = 200_000
"""Characters of one page that are read; more is no report."""
MAX_ADVANCE = 3.0
"""A character wider than this many em has a broken font box; its inked box is taken instead."""
ANGLE_TOLERANCE = 8.0
"""Degrees off a right angle from which on text is a watermark."""
HIDDEN_MODES = frozenset({3, 7})
"""Text render modes that draw nothing: invisible (the text layer of a scan), clip only."""


class _TextObject(NamedTuple):
    """What all characters of one text object share. `angle` is in degrees counter-clockwise on the page as shown."""

    number: int
    size: float
    angle: float
    hidden: bool


def load_page(page: pdfium.PdfPage, number: int) -> Page:
    """Read one page (`number` from 1): its visible characters, or the invisible ones where no other text is."""
    crop = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, crop)
    turns = page.get_rotation() // 90
    frame = _Frame(crop.left, crop.bottom, crop.right, crop.top, turns)
    visible, hidden, unmapped = _characters(page, frame, turns)
    chars = visible if any(not char.blank for char in visible) else hidden
    horizontals, verticals = collect_rules(page, frame.box)
    return Page(number, frame.width, frame.height, 0, chars, horizontals, verticals, unmapped)


class _Frame:
    """Maps page space (origin at the bottom left of the media box, y upwards) to the page as shown."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turns: int) -> None:
        self.left, self.bottom, self.right, self.top, self.turns = left, bottom, right, top, turns
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point in page space, as shown."""
        if self.turns == 0:
            return x - self.left, self.top - y
        left, top, _, _ = self.box(x, y, x, y)
        return left, top

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box between two opposite corners in page space, as shown."""
        if self.turns == 0:
            a, b, c, d = x0 - self.left, self.top - y0, x1 - self.left, self.top - y1
        elif self.turns == 1:
            a, b, c, d = y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        elif self.turns == 2:
            a, b, c, d = self.right - x0, y0 - self.bottom, self.right - x1, y1 - self.bottom
        else:
            a, b, c, d = self.top - y0, self.right - x0, self.top - y1, self.right - x1
        return (a if a < c else c, b if b < d else d, c if a < c else a, d if b < d else b)


def _characters(page: pdfium.PdfPage, frame: _Frame, turns: int) -> tuple[list[Char], list[Char], int]:
    """Visible characters, hidden characters (both in content order), and how many have no Unicode value."""
    textpage = page.get_textpage()
    try:
        return _read_characters(textpage.raw, frame, turns)
    finally:
        textpage.close()


def _read_characters(textpage: Any, frame: _Frame, turns: int) -> tuple[list[Char], list[Char], int]:
    visible: list[Char] = []
    hidden: list[Char] = []
    unmapped = 0
    objects: dict[int, _TextObject] = {}
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    loose_ref, x_ref, y_ref = ctypes.byref(loose), ctypes.byref(x), ctypes.byref(y)
    width, height = frame.width, frame.height
    for index in range(min(raw.FPDFText_CountChars(textpage), MAX_CHARACTERS)):
        text = clean_character(raw.FPDFText_GetUnicode(textpage, index))
        if not text or (text in " -" and raw.FPDFText_IsGenerated(textpage, index) == 1):
            continue
        handle = raw.FPDFText_GetTextObject(textpage, index)
        key = ctypes.c_void_p.from_buffer(handle).value or 0
        shared = objects.get(key)
        if shared is None:
            shared = objects[key] = _text_object(textpage, index, handle, matrix, len(objects), turns)
        off = (shared.angle + 45.0) % 90.0 - 45.0
        if abs(off) > ANGLE_TOLERANCE:
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, loose_ref)
        raw.FPDFText_GetCharOrigin(textpage, index, x_ref, y_ref)
        box = frame.box(loose.left, loose.bottom, loose.right, loose.top)
        place_x, place_y = frame.point(x.value, y.value)
        char = _placed(text, box, place_x, place_y, shared)
        if char.right - char.left > MAX_ADVANCE * char.size:
            char = _inked(textpage, index, frame, char)
        middle_x, middle_y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        if not (0 <= middle_x <= width and 0 <= middle_y <= height):
            continue
        unmapped += text == "\ufffd"
        (hidden if shared.hidden else visible).append(char)
    return visible, hidden, unmapped


def _text_object(textpage: Any, index: int, handle: Any, matrix: raw.FS_MATRIX, number: int, turns: int) -> _TextObject:
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    size = raw.FPDFText_GetFontSize(textpage, index)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) - 90.0 * turns
    hidden = bool(handle) and raw.FPDFTextObj_GetTextRenderMode(handle) in HIDDEN_MODES
    return _TextObject(number, max(abs(size) * scale, 1.0), angle, hidden)


def _placed(text: str, box: Box, x: float, y: float, shared: _TextObject) -> Char:
    """The character with a box of one em around its baseline; across the line the font's own box is not trusted."""
    left, top, right, bottom = box
    size = shared.size
    turn = round(shared.angle / 90.0) % 4
    if turn == 0 and abs(x - left) < 0.3 * size:
        return upright(text, left, y, right, size, shared.number)
    if turn == 0:  # A font that writes downwards: the origin is not on the left edge.
        return Char(text, left, top, right, bottom, bottom - DESCENT * size, size, 0, shared.number)
    if turn == 1:
        return Char(text, x - ASCENT * size, top, x + DESCENT * size, bottom, bottom, size, 1, shared.number)
    if turn == 3:
        return Char(text, x - DESCENT * size, top, x + ASCENT * size, bottom, bottom, size, 3, shared.number)
    return Char(text, left, y - DESCENT * size, right, y + ASCENT * size, y, size, 2, shared.number)


def _inked(textpage: Any, index: int, frame: _Frame, char: Char) -> Char:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    box = frame.box(left.value, bottom.value, right.value, top.value)
    return char._replace(left=box[0], right=box[2])
