"""The picture of a page becomes a `Page`: straightened, its ruling lines taken out and its text recognised.

What comes out goes the way of every page of fixed layout (pdf_blocks). A character that the recognition is not sure
of, and ink in a cell for which no character was found, are kept as U+FFFD: the cell is then unreadable, not blank.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from gongkai.documents import ocr, picture_rules
from gongkai.documents.model import Box
from gongkai.documents.pdf_characters import UNMAPPED
from gongkai.documents.pdf_grid import find_grids
from gongkai.documents.pdf_model import ASCENT, DESCENT, Char, Page, Rule, turn_box, upright
from gongkai.documents.picture_rules import DOTS

SURE_TEXT = 0.75
"""Mean score of a page below which it may stand on its head."""
SAME_SIZE = 1.25
"""Recognised sizes scatter: within this factor of the usual one they are the usual one."""
CHARACTER_HEIGHT = 0.95
"""Of the height of a recognised line's box, what its characters take as their size where nothing tells it better."""
EDGE = 0.08
"""Share of a page's height at its upper and lower edge in which page numbers stand."""
MARGIN = 1.5
"""Points inside a cell's border that are not looked at."""
LINE = 1.6
"""Of a character's size, the height up to which a patch of ink is one line."""
SURE_LOOK = 0.9
"""Score from which on what is recognised at the second look counts."""
LEAST_MARK = 0.4
"""Of a character's size, the height from which on a patch of ink in an empty cell is a mark."""
SHORT = 4
"""Characters up to which a line tells nothing of the size by their distance."""


@dataclass(slots=True)
class ScannedPage(Page):
    """A page from a picture that is tilted by `tilt` degrees counter-clockwise, and shown `zoom` times as large."""

    tilt: float = 0.0
    zoom: float = 1.0

    def shown(self, box: Box) -> Box:
        """The box on the picture as it is, from a box on the straightened one."""
        left, top, right, bottom = box
        if self.tilt:
            angle = math.radians(self.tilt)
            x, y = (left + right) / 2 - self.width / 2, (top + bottom) / 2 - self.height / 2
            moved_x, moved_y = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
            box = (left + moved_x - x, top + moved_y - y, right + moved_x - x, bottom + moved_y - y)
        left, top, right, bottom = turn_box(box, self.width, self.height, 4 - self.turn) if self.turn else box
        return (
            round(left * self.zoom, 2),
            round(top * self.zoom, 2),
            round(right * self.zoom, 2),
            round(bottom * self.zoom, 2),
        )


@dataclass(slots=True)
class _Attempt:
    """A picture read in one of its four positions."""

    turn: int
    tilt: float
    picture: Any
    horizontals: list[Rule]
    verticals: list[Rule]
    ink: Any
    words: list[ocr.Words]

    @property
    def sureness(self) -> float:
        """How sure the recognition is of this position: the mean score, less where most lines stand on end."""
        marks = [mark for words in self.words for mark in words.marks]
        if not marks:
            return 0.0
        on_end = sum(len(words.marks) for words in self.words if words.on_end)
        return sum(mark.score for mark in marks) / len(marks) - on_end / len(marks)


def page_of(picture: Any, number: int, zoom: float = 1.0) -> ScannedPage:
    """Read a picture (rows x columns x 3 colours) of 200 dots an inch of A4, and shown `zoom` times as large, as page
    `number`."""
    attempts: list[_Attempt] = []
    for turn in (0, 1, 3, 2):
        attempts.append(_attempt(picture, turn))
        if not attempts[-1].words or attempts[-1].sureness >= SURE_TEXT:
            break
    best = max(attempts, key=lambda attempt: attempt.sureness)
    height, width = best.picture.shape[:2]
    page = ScannedPage(number, width / DOTS, height / DOTS, best.turn, tilt=best.tilt, zoom=zoom)
    page.horizontals, page.verticals = best.horizontals, best.verticals
    page.chars = characters([words for words in best.words if not _is_smudge(words, height)], DOTS)
    page.chars += _overlooked(page, best.picture, best.ink)
    return page


def _is_smudge(words: ocr.Words, height: float) -> bool:
    """Whether unsure marks at the upper or lower edge of a page are a page number or dirt: they part no table."""
    middle = (words.top + words.bottom) / 2 / height
    outside = not EDGE <= middle <= 1 - EDGE
    return outside and len(words.marks) <= 6 and min(mark.score for mark in words.marks) < ocr.LEAST_SCORE


def _attempt(picture: Any, turn: int) -> _Attempt:
    page = np.ascontiguousarray(np.rot90(picture, -turn))
    ink = picture_rules.ink(page)
    tilt = picture_rules.tilt(ink)
    page = picture_rules.straight(page, tilt)
    ink = picture_rules.ink(page)
    horizontals, verticals, lines = picture_rules.rules(ink)
    # Lines beside digits are easily taken for a 1: they are taken out of the picture.
    page = picture_rules.without(page, lines)
    ink = picture_rules.without(ink, lines, 0)
    return _Attempt(turn, tilt, page, horizontals, verticals, ink, ocr.recognise(page))


def characters(words: list[ocr.Words], dots: float) -> list[Char]:
    """The recognised marks as characters in points; `dots` are pixels a point."""
    upright_words = [each for each in words if not each.on_end]
    sizes = [_size(each) / dots for each in upright_words]
    weighted = sorted(size for size, each in zip(sizes, upright_words, strict=True) for _ in each.marks)
    usual = median(weighted) if weighted else 0.0
    chars = []
    for source, (each, size) in enumerate(zip(upright_words, sizes, strict=True)):
        if usual / SAME_SIZE <= size <= usual * SAME_SIZE:
            size = usual
        # The middle of the recognised box is the middle of the em box.
        base = (each.top + each.bottom) / 2 / dots + (ASCENT - DESCENT) / 2 * size
        for mark in each.marks:
            text = mark.text if mark.score >= ocr.LEAST_SCORE else UNMAPPED
            chars.append(upright(text, mark.left / dots, base, mark.right / dots, size, source))
    return chars


def _size(words: ocr.Words) -> float:
    """The size of the characters in pixels: the distance of Chinese ones, else by the height of the line."""
    height = (words.bottom - words.top) * CHARACTER_HEIGHT
    centres = [(mark.left + mark.right) / 2 for mark in words.marks if mark.text >= "\u3400"]
    if len(centres) <= SHORT:
        return height
    distance = median(b - a for a, b in pairwise(centres))
    return distance if 0.6 * height <= distance <= 1.3 * height else height


def _overlooked(page: Page, picture: Any, ink: Any) -> list[Char]:
    """What stands in the cells that hold ink and no character: looked at once more, each alone."""
    found: list[Char] = []
    if not page.chars:
        return found
    size = median(char.size for char in page.chars)
    for grid in find_grids(page.horizontals, page.verticals):
        for cell in grid.cells:
            left, top, right, bottom = cell.box
            if (
                right - left <= 2 * MARGIN
                or bottom - top <= 2 * MARGIN
                or any(_inside(char, cell.box) for char in page.chars)
            ):
                continue
            box = (left + MARGIN, top + MARGIN, right - MARGIN, bottom - MARGIN)
            mark = picture_rules.mark_in(ink, box, LEAST_MARK * size)
            if mark is not None:
                found.extend(_second_look(picture, mark, size))
    return found


def _second_look(picture: Any, box: Box, size: float) -> list[Char]:
    """The characters in a box, if they are recognised beyond doubt, else one that cannot be read."""
    left, top, right, bottom = box
    base = (top + bottom) / 2 + (ASCENT - DESCENT) / 2 * size
    marks: tuple[ocr.Mark, ...] = ()
    if bottom - top <= LINE * size:
        x, y = max(round((left - size / 2) * DOTS), 0), max(round((top - size / 4) * DOTS), 0)
        part = picture[y : round((bottom + size / 4) * DOTS), x : round((right + size / 2) * DOTS)]
        marks = ocr.recognise_line(np.ascontiguousarray(part))
    if not marks or min(mark.score for mark in marks) < SURE_LOOK:
        return [upright(UNMAPPED, left, base, right, size, -1)]
    step = (right - left) / len(marks)
    return [
        upright(mark.text, left + place * step, base, left + (place + 1) * step, size, -1)
        for place, mark in enumerate(marks)
    ]


def _inside(char: Char, box: Box) -> bool:
    x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
