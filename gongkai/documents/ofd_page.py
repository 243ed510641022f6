"""The objects of an OFD page: characters with their places, ruling lines, pictures.

Source: GB/T 33190-2016. Lengths are millimetres. An object has its own space: its CTM, then the upper left corner of
its Boundary, bring a point to the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from gongkai.documents.model import Box
from gongkai.documents.pdf_characters import clean_character
from gongkai.documents.pdf_model import ASCENT, DESCENT, Char, Page, Rule

POINTS = 72 / 25.4
"""Points a millimetre."""
ANGLE_TOLERANCE = 8.0
"""Degrees off a right angle from which on text is a watermark."""
MAX_THICKNESS, MIN_ASPECT = 3.0, 2.0
"""Points of a filled bar that is still a line, and how many times as long as thick it is."""
SLOPE = 1.0
"""Points by which the two ends of a line may differ across it."""
MAX_CHARACTERS, MAX_SEGMENTS, MAX_DEPTH = 200_000, 60_000, 12
WHITE = 250
"""From this value of red, green and blue on a colour is the paper's."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH_TOKEN = re.compile(r"[A-Za-z]|" + _NUMBER.pattern)
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_TRUE = frozenset({"true", "1"})


class Picture(NamedTuple):
    """A picture on the page: the number of its media file, its box in points."""

    resource: str
    box: Box


class _Space(NamedTuple):
    """An object's space: x' = a x + c y + e, y' = b x + d y + f, in millimetres from the page's corner."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point on the page, in points."""
        return (self.a * x + self.c * y + self.e) * POINTS, (self.b * x + self.d * y + self.f) * POINTS


@dataclass(slots=True)
class _Run:
    """How the glyphs of a text object are drawn: size and width factor, quarter turns counter-clockwise, number."""

    size: float
    stretch: float
    turn: int
    source: int


def local(element: etree._Element) -> str:
    """An element's name without its namespace, which programs write in several ways."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name."""
    return (child for child in element if local(child) == name)


def numbers(text: str | None) -> list[float]:
    """The numbers of a list divided by blanks; what is too large to stand on a page is left out."""
    found = [float(token) for token in _NUMBER.findall(text or "")]
    return [number for number in found if math.isfinite(number) and abs(number) < 1e6]


def box_of(values: list[float]) -> Box | None:
    """Left, top, width, height; null if they are not four, or the box is empty."""
    if len(values) != 4 or values[2] <= 0 or values[3] <= 0:
        return None
    return values[0], values[1], values[2], values[3]


def add_objects(root: etree._Element, page: Page, corner: tuple[float, float]) -> list[Picture]:
    """Add the characters and rules of a page's content to `page`; return its pictures. `corner`: of its area, in mm."""
    pictures: list[Picture] = []
    for content in children(root, "Content"):
        for item in _objects(content, 0):
            if (item.get("Visible") or "true").lower() not in _TRUE:
                continue
            space = _space(item, corner)
            if local(item) == "TextObject" and len(page.chars) < MAX_CHARACTERS:
                _add_text(item, space, page)
            elif local(item) == "PathObject" and len(page.horizontals) + len(page.verticals) < MAX_SEGMENTS:
                _add_path(item, space, page)
            elif local(item) == "ImageObject":
                xs, ys = zip(*(space.point(x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))), strict=True)
                pictures.append(Picture(item.get("ResourceID") or "", (min(xs), min(ys), max(xs), max(ys))))
    return pictures


def _objects(element: etree._Element, depth: int) -> Iterator[etree._Element]:
    for child in element:
        if local(child) in ("Layer", "PageBlock"):
            if depth < MAX_DEPTH:
                yield from _objects(child, depth + 1)
        else:
            yield child


def _space(item: etree._Element, corner: tuple[float, float]) -> _Space:
    boundary = numbers(item.get("Boundary"))
    x, y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    matrix = numbers(item.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return _Space(a, b, c, d, e + x - corner[0], f + y - corner[1])


def _add_text(item: etree._Element, space: _Space, page: Page) -> None:
    if _is_unseen(item, "FillColor"):
        return
    size = next(iter(numbers(item.get("Size"))), 0.0)
    scale = math.hypot(space.c, space.d)
    if size <= 0 or scale <= 0:
        return
    # Directions are given clockwise, y runs downwards.
    clockwise = math.degrees(math.atan2(space.b, space.a)) + sum(numbers(item.get("CharDirection"))[:1])
    if abs((clockwise + 45.0) % 90.0 - 45.0) > ANGLE_TOLERANCE:
        return
    stretch = math.hypot(space.a, space.b) / scale * next(iter(numbers(item.get("HScale"))), 1.0)
    source = page.chars[-1].source + 1 if page.chars else 0
    run = _Run(size, stretch, round(-clockwise / 90.0) % 4, source)
    downwards = round(next(iter(numbers(item.get("ReadDirection"))), 0.0) / 90.0) % 4
    x = y = 0.0
    for code in children(item, "TextCode"):
        # A piece without a place of its own goes on where the one before it began.
        x, y = (next(iter(numbers(code.get(name))), old) for name, old in (("X", x), ("Y", y)))
        _add_code(code, x, y, run, downwards, space, page)


def _add_code(code: etree._Element, x: float, y: float, run: _Run, downwards: int, space: _Space, page: Page) -> None:
    text = code.text or ""
    across, down = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
    scale = math.hypot(space.c, space.d) * POINTS
    for index, mark in enumerate(text):
        own = _advance(mark) * run.size
        step = across[index] if index < len(across) else 0.0 if downwards % 2 or down else own
        fall = down[index] if index < len(down) else own if downwards % 2 and not across else 0.0
        shown = clean_character(ord(mark))
        if shown:
            drawn = min(own, abs(step)) if step and own > abs(step) > 0.3 * own else own
            page.chars.append(_placed(shown, space.point(x, y), run, run.size * scale, drawn * scale))
        x, y = x + step, y + fall


def deltas(text: str | None, count: int) -> list[float]:
    """The distances of `count` glyphs: numbers, in which `g n v` stands for `n` times `v`."""
    tokens = (text or "").split()
    found: list[float] = []
    index = 0
    while index < len(tokens) and len(found) < count:
        if tokens[index].lower() == "g" and index + 2 < len(tokens):
            times, value = tokens[index + 1], numbers(tokens[index + 2])
            if times.isdecimal():
                found += value[:1] * min(int(times[:9]), count - len(found))
            index += 3
            continue
        found += numbers(tokens[index])[:1]
        index += 1
    return found


def _advance(mark: str) -> float:
    """The usual width of a character in em: fonts are not read."""
    return 0.5 if ord(mark) < 0x2000 else 1.0


def _placed(text: str, origin: tuple[float, float], run: _Run, size: float, width: float) -> Char:
    """The character with a box of one em around its baseline, in points."""
    x, y = origin
    width *= run.stretch
    if run.turn == 1:
        return Char(text, x - ASCENT * size, y - width, x + DESCENT * size, y, y, size, 1, run.source)
    if run.turn == 2:
        return Char(text, x - width, y - DESCENT * size, x, y + ASCENT * size, y, size, 2, run.source)
    if run.turn == 3:
        return Char(text, x - DESCENT * size, y, x + ASCENT * size, y + width, y + width, size, 3, run.source)
    return Char(text, x, y - ASCENT * size, x + width, y + DESCENT * size, y, size, 0, run.source)


def _is_unseen(item: etree._Element, name: str) -> bool:
    """Whether a colour is the paper's own, or transparent."""
    if next(iter(numbers(item.get("Alpha"))), 255.0) == 0:
        return True
    for colour in children(item, name):
        values = numbers(colour.get("Value"))
        if next(iter(numbers(colour.get("Alpha"))), 255.0) == 0 or (len(values) == 3 and min(values) >= WHITE):
            return True
    return False


def _add_path(item: etree._Element, space: _Space, page: Page) -> None:
    data = next((child.text for child in children(item, "AbbreviatedData")), None) or ""
    stroked = (item.get("Stroke") or "true").lower() in _TRUE and not _is_unseen(item, "StrokeColor")
    filled = (item.get("Fill") or "false").lower() in _TRUE and not _is_unseen(item, "FillColor")
    for points in _subpaths(data):
        placed = [space.point(x, y) for x, y in points]
        if len(placed) < 2:
            continue
        left, right = min(x for x, _ in placed), max(x for x, _ in placed)
        top, bottom = min(y for _, y in placed), max(y for _, y in placed)
        thin, long = sorted((right - left, bottom - top))
        if thin <= MAX_THICKNESS and long >= MIN_ASPECT * thin and (filled or stroked):
            middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
            if right - left >= bottom - top:
                _add_rule((left, middle_y), (right, middle_y), page)
            else:
                _add_rule((middle_x, top), (middle_x, bottom), page)
        elif stroked:
            for first, second in pairwise(placed):
                _add_rule(first, second, page)


def _add_rule(first: tuple[float, float], second: tuple[float, float], page: Page) -> None:
    (x0, y0), (x1, y1) = first, second
    if abs(y1 - y0) <= SLOPE and abs(x1 - x0) > abs(y1 - y0):
        page.horizontals.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) <= SLOPE and abs(y1 - y0) > abs(x1 - x0):
        page.verticals.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _subpaths(data: str) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path; a part with curves is a drawing and left out."""
    tokens = _PATH_TOKEN.findall(data)[:MAX_SEGMENTS]
    points: list[tuple[float, float]] = []
    curved, index = False, 0
    while index < len(tokens):
        command = tokens[index].upper()
        count = _ARGUMENTS.get(command)
        index += 1
        if count is None:
            continue
        arguments = numbers(" ".join(tokens[index : index + count]))
        if len(arguments) != count:
            return
        index += count
        if command in "SM":
            if points and not curved:
                yield points
            points, curved = [(arguments[0], arguments[1])], False
        elif command == "C":
            points.extend(points[:1])
        else:
            curved = curved or command != "L"
            points.append((arguments[-2], arguments[-1]))
    if points and not curved:
        yield points
