"""What stands on one PDF page: characters with their places and ruling lines, in reading position.

Source: pdfium's text page (characters, content order) and page objects (paths, thin images, form XObjects with their
matrices). Coordinates are points, origin at the top left of the page as it is shown (crop box and /Rotate applied).

pdfium is not thread-safe: callers hold the lock of `gongkai.documents.pdf`.
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.documents import pdf_calls as calls
from gongkai.documents.model import Box
from gongkai.documents.pdf_characters import clean_character
from gongkai.documents.pdf_model import ASCENT, DESCENT, Char, Page
from gongkai.documents.pdf_paths import WHITE, collect_rules, inked_text

MAX_CHARACTERS = 200_000
"""Characters of one page that are read; more is no report."""
MAX_ADVANCE = 3.0
"""A character wider than this many em has a broken font box; its inked box is taken instead."""
ANGLE_TOLERANCE = 8.0
"""Degrees off a right angle from which on text is a watermark."""
HIDDEN_MODES = frozenset({3, 7})
"""Text render modes that draw nothing: invisible (the text layer of a scan), clip only."""
_FILLING = frozenset({0, 4})
"""Text render modes that fill only."""
BAND = 12.0
"""Points of a page's height that are looked up at once."""
MAX_HEIGHT = 14_400.0
"""Points that a page is high at most (200 inches, by the PDF standard)."""
MOSTLY_HIDDEN = 4
"""The invisible text is the page's where it is this many times longer than what shows (a page number, a stamp)."""


# What pdfium writes its answers to: one call at a time, under the lock.
_FLOATS = (ctypes.c_float * 6)()
_FLOATS_AT = ctypes.addressof(_FLOATS)
_DOUBLES = (ctypes.c_double * 4)()
_DOUBLES_AT = ctypes.addressof(_DOUBLES)
_WORDS = (ctypes.c_uint * 4)()
_WORDS_AT = ctypes.addressof(_WORDS)


class _TextObject(NamedTuple):
    """What all characters of one text object share.

    `turn` counts quarter turns counter-clockwise against the page as shown, null for slanting text. `line` is where the
    baseline runs: its y for upright text, its x for text on its side, null for a font that writes downwards.
    """

    number: int
    size: float
    turn: int | None
    line: float | None
    hidden: bool
    white: bool


def load_page(page: pdfium.PdfPage, number: int) -> Page:
    """Read one page (`number` from 1): its visible characters, or the invisible ones where hardly any other text is."""
    crop = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, crop)
    turns = page.get_rotation() // 90
    frame = _Frame(crop.left, crop.bottom, crop.right, crop.top, turns)
    found = _characters(page, frame)
    drawn = collect_rules(page, frame.box)
    chars = found.visible
    if found.white:
        # White text shows on shading and on pictures; with other text on it, pdfium may give either of the two.
        shown = _by_height(drawn.grounds + inked_text(page, frame.box))
        chars = sorted(chars + [char for char in found.white if _within(char, shown)], key=lambda char: char.source)
    marks = sum(not char.blank for char in chars)
    hidden = sum(not char.blank for char in found.hidden) > MOSTLY_HIDDEN * marks
    if hidden:
        chars = found.hidden + chars
    rules = (drawn.horizontals, drawn.verticals)
    return Page(number, frame.width, frame.height, 0, chars, *rules, found.unmapped, hidden, drawn.pictures)


def _by_height(places: list[Box]) -> dict[int, list[Box]]:
    """The boxes by the bands of the page that they reach into."""
    bands: dict[int, list[Box]] = defaultdict(list)
    for box in dict.fromkeys(places):
        for band in range(int(max(box[1], 0.0) // BAND), int(min(box[3], MAX_HEIGHT) // BAND) + 1):
            bands[band].append(box)
    return bands


def _within(char: Char, places: dict[int, list[Box]]) -> bool:
    # The box of a text object may be narrower than its text (`pdf_fonts`).
    x, y, reach = (char.left + char.right) / 2, (char.top + char.bottom) / 2, char.size
    near = places.get(int(y // BAND), ())
    return any(left - reach <= x <= right + reach and top <= y <= bottom for left, top, right, bottom in near)


class _Frame:
    """Maps page space (origin at the bottom left of the media box, y upwards) to the page as shown."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turns: int) -> None:
        self.left, self.bottom, self.right, self.top, self.turns = left, bottom, right, top, turns
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if turns % 2 else (width, height)

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


class _Found(NamedTuple):
    """The characters of a page in content order, and how many of them have no Unicode value."""

    visible: list[Char]
    hidden: list[Char]
    white: list[Char]
    unmapped: int


def _characters(page: pdfium.PdfPage, frame: _Frame) -> _Found:
    textpage = page.get_textpage()
    try:
        return _read_characters(calls.handle_of(textpage), frame)
    finally:
        textpage.close()


def _read_characters(textpage: int, frame: _Frame) -> _Found:
    visible: list[Char] = []
    hidden: list[Char] = []
    white: list[Char] = []
    unmapped = 0
    objects: dict[int, _TextObject] = {}
    get_unicode, get_text_object, get_loose_box = calls.get_unicode, calls.get_text_object, calls.get_loose_box
    to_box, width, height = frame.box, frame.width, frame.height
    last_key, shared = -1, None
    for index in range(min(calls.count_characters(textpage), MAX_CHARACTERS)):
        text = clean_character(get_unicode(textpage, index))
        if not text or (text in " -" and calls.is_generated(textpage, index) == 1):
            continue
        key = get_text_object(textpage, index) or 0
        if key != last_key or shared is None:
            shared = objects.get(key)
            if shared is None:
                shared = objects[key] = _text_object(textpage, index, key, len(objects), frame)
            last_key = key
        number, size, turn, line, is_hidden, is_white = shared
        if turn is None:
            continue
        get_loose_box(textpage, index, _FLOATS_AT)
        x0, y1, x1, y0, _, _ = _FLOATS
        left, top, right, bottom = to_box(x0, y0, x1, y1)
        if turn == 0 and line is not None:
            char = Char(text, left, line - ASCENT * size, right, line + DESCENT * size, line, size, 0, number)
        else:
            char = _placed(text, (left, top, right, bottom), shared)
        if right - left > MAX_ADVANCE * size:
            char = _inked(textpage, index, frame, char)
        if not (0 <= char.left + char.right <= 2 * width and 0 <= char.top + char.bottom <= 2 * height):
            continue
        unmapped += text == "\ufffd"
        (hidden if is_hidden else white if is_white else visible).append(char)
    return _Found(visible, hidden, white, unmapped)


def _text_object(textpage: int, index: int, handle: int, number: int, frame: _Frame) -> _TextObject:
    calls.get_text_matrix(textpage, index, _FLOATS_AT)
    size, turn = _size_and_turn(*_FLOATS[:4], abs(calls.get_font_size(textpage, index)), frame.turns)
    mode, is_white, transparent = 0, False, False
    if handle:
        mode = calls.get_render_mode(handle)
        at = _WORDS_AT
        if mode in _FILLING and calls.get_fill_colour(handle, at, at + 4, at + 8, at + 12):
            red, green, blue, alpha = _WORDS
            transparent = alpha == 0
            is_white = red >= WHITE and green >= WHITE and blue >= WHITE
    line = None if turn is None else _line(textpage, index, turn, size, frame)
    return _TextObject(number, size, turn, line, mode in HIDDEN_MODES or transparent, is_white)


@lru_cache(maxsize=1024)
def _size_and_turn(a: float, b: float, c: float, d: float, size: float, turns: int) -> tuple[float, int | None]:
    """Font size on the page and quarter turns against the page as shown, by the matrix of a text."""
    angle = math.degrees(math.atan2(b, a)) - 90.0 * turns
    slant = (angle + 45.0) % 90.0 - 45.0
    turn = None if abs(slant) > ANGLE_TOLERANCE else round(angle / 90.0) % 4
    return max(size * (math.hypot(c, d) or 1.0), 1.0), turn


def _line(textpage: int, index: int, turn: int, size: float, frame: _Frame) -> float | None:
    calls.get_origin(textpage, index, _DOUBLES_AT, _DOUBLES_AT + 8)
    calls.get_loose_box(textpage, index, _FLOATS_AT)
    origin_x, origin_y = _DOUBLES[0], _DOUBLES[1]
    x, y, _, _ = frame.box(origin_x, origin_y, origin_x, origin_y)
    if turn == 0 and abs(x - frame.box(_FLOATS[0], _FLOATS[3], _FLOATS[2], _FLOATS[1])[0]) >= 0.3 * size:
        return None
    return y if turn in (0, 2) else x


def _placed(text: str, box: Box, shared: _TextObject) -> Char:
    """The character with a box of one em around its baseline; across the line the font's own box is not trusted."""
    left, top, right, bottom = box
    number, size, turn, line, _, _ = shared
    if line is None or turn is None:
        return Char(text, left, top, right, bottom, bottom - DESCENT * size, size, 0, number)
    if turn == 1:
        return Char(text, line - ASCENT * size, top, line + DESCENT * size, bottom, bottom, size, 1, number)
    if turn == 3:
        return Char(text, line - DESCENT * size, top, line + ASCENT * size, bottom, bottom, size, 3, number)
    return Char(text, left, line - DESCENT * size, right, line + ASCENT * size, line, size, 2, number)


def _inked(textpage: int, index: int, frame: _Frame, char: Char) -> Char:
    at = _DOUBLES_AT
    calls.get_inked_box(textpage, index, at, at + 8, at + 16, at + 24)
    left, right, bottom, top = _DOUBLES
    box = frame.box(left, bottom, right, top)
    return char._replace(left=box[0], right=box[2])
