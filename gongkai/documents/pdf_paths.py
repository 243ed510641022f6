"""Ruling lines of a PDF page: strokes, thin filled rectangles, frames and thin images, form XObjects included."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice, pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.documents import pdf_calls as calls
from gongkai.documents.model import Box
from gongkai.documents.pdf_dots import Dot, dotted_lines
from gongkai.documents.pdf_model import Rule

MAX_THICKNESS = 3.0
"""Points; what is thicker is shading, unless it is long:"""
THICKEST, THICK_ASPECT = 4.5, 3.0
"""a bar up to so many points, and this many times as long as thick, is a heavy border."""
MIN_ASPECT = 2.0
"""A thin rectangle is a line if it is at least this many times as long as thick (a dot is neither)."""
SLOPE_TOLERANCE = 1.0
"""Points by which the two ends of a line may differ across it."""
MAX_ROUNDED = 16
"""A rectangle with round corners has at most so many points."""
MAX_SEGMENTS = 4000
"""Segments of one path; more is a drawing (a seal, a map), not a rule."""
RECTANGLE = 5
"""Segments of a path that draws no more than a rectangle."""
MAX_OBJECTS = 60_000
"""Page objects that are looked at; a page with more is a drawing."""
MAX_CHECKS, MIN_GROUNDS = 2_000_000, 50
"""Pairs of white areas and shaded ones that are compared; so many of the shaded ones (the largest) at least."""
MAX_DEPTH = 8
"""Form XObjects within form XObjects."""
WHITE = 250
"""From this value of red, green and blue on a line is white: it does not show on paper."""

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_ToBox = Callable[[float, float, float, float], Box]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

# What pdfium writes its answers to: one call at a time, under the lock.
_FLOATS = (ctypes.c_float * 6)()
_FLOATS_AT = ctypes.addressof(_FLOATS)
_WORDS = (ctypes.c_uint * 4)()
_WORDS_AT = ctypes.addressof(_WORDS)


class Drawn(NamedTuple):
    """What is drawn on a page besides text: its rules, its pictures, and the `grounds` of white text (both)."""

    horizontals: list[Rule]
    verticals: list[Rule]
    grounds: list[Box]
    pictures: list[Box]


@dataclass(slots=True)
class _Ink:
    """What the paths of a page draw: lines (`white` ones apart), coloured `shades`, white `papers`, and dots."""

    lines: list[Box] = field(default_factory=list)
    white: list[Box] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    papers: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)

    def fill(self, box: Box, white: bool) -> None:
        """Add a filled rectangle: a line if it is thin."""
        if _is_thin(box):
            (self.white if white else self.lines).append(box)
        elif max(box[2] - box[0], box[3] - box[1]) > MAX_THICKNESS:
            (self.papers if white else self.shades).append(box)


class _Subpath(NamedTuple):
    points: list[_Point]
    closed: bool
    bends: set[int]
    """Which of the points are drawn to in a curve."""


def collect_rules(page: pdfium.PdfPage, to_box: _ToBox) -> Drawn:
    """The rules of a page and its grounds. `to_box` maps two corners in page space to a box as shown."""
    ink = _Ink()
    boxes = ink.lines
    for found, kind, outer in islice(_walk(page), MAX_OBJECTS):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _path(found, outer, to_box, ink)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            bounds = to_box(*_bounds(found, outer))
            (boxes if _is_thin(bounds) else ink.pictures).append(bounds)
    boxes.extend(to_box(*line) for line in dotted_lines(ink.dots, _shows))
    # Cells painted in white over a dark ground: what is left of the ground between them are the lines.
    most = max(MAX_CHECKS // (len(ink.papers) + len(ink.white) + 1), MIN_GROUNDS)
    grounds = nlargest(most, dict.fromkeys(ink.shades), key=_area)
    for paper in ink.papers:
        if any(paper != ground and _inside(paper, ground) for ground in grounds):
            left, top, right, bottom = paper
            boxes += [(left, top, right, top), (left, bottom, right, bottom)]
            boxes += [(left, top, left, bottom), (right, top, right, bottom)]
    # A white line shows only on a shaded ground.
    boxes.extend(box for box in ink.white if any(_inside(box, ground) for ground in grounds))
    horizontals: list[Rule] = []
    verticals: list[Rule] = []
    for left, top, right, bottom in boxes:
        if right - left >= bottom - top:
            horizontals.append(Rule((top + bottom) / 2, left, right))
        else:
            verticals.append(Rule((left + right) / 2, top, bottom))
    return Drawn(horizontals, verticals, ink.shades + ink.pictures, ink.pictures)


def inked_text(page: pdfium.PdfPage, to_box: _ToBox) -> list[Box]:
    """The places of the text objects that are not white (pdfium reads one of two that stand on each other)."""
    return [
        to_box(*_bounds(found, outer))
        for found, kind, outer in islice(_walk(page), MAX_OBJECTS)
        if kind == raw.FPDF_PAGEOBJ_TEXT and _colour(found, calls.get_fill_colour) is False
    ]


def _walk(page: pdfium.PdfPage) -> Iterator[tuple[int, int, _Matrix]]:
    """The objects of a page, those in form XObjects included, with their type and the matrix around them."""
    get_object, get_type = calls.get_object, calls.get_type
    handle = calls.handle_of(page)
    for index in range(calls.count_objects(handle)):
        found = get_object(handle, index)
        kind = get_type(found)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _walk_form(found, _IDENTITY, 1)
        else:
            yield found, kind, _IDENTITY


def _walk_form(form: int, outer: _Matrix, depth: int) -> Iterator[tuple[int, int, _Matrix]]:
    inner = _product(_matrix(form), outer)
    for index in range(calls.count_form_objects(form)):
        found = calls.get_form_object(form, index)
        kind = calls.get_type(found)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield found, kind, inner
        elif depth < MAX_DEPTH:
            yield from _walk_form(found, inner, depth + 1)


def _matrix(handle: int) -> _Matrix:
    if not calls.get_matrix(handle, _FLOATS_AT):
        return _IDENTITY
    a, b, c, d, e, f = _FLOATS
    return (a, b, c, d, e, f)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _bounds(handle: int, outer: _Matrix) -> Box:
    """Two opposite corners of what an object draws, in page space."""
    calls.get_bounds(handle, _FLOATS_AT, _FLOATS_AT + 4, _FLOATS_AT + 8, _FLOATS_AT + 12)
    x0, y0, x1, y1, _, _ = _FLOATS
    if outer is not _IDENTITY:
        a, b, c, d, e, f = outer
        x0, y0, x1, y1 = a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f
    return x0, y0, x1, y1


def _path(handle: int, outer: _Matrix, to_box: _ToBox, ink: _Ink) -> None:
    """Add what one path draws to the ink of the page."""
    x0, y0, x1, y1 = _bounds(handle, outer)
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if wide <= MAX_THICKNESS and high <= MAX_THICKNESS and wide < MIN_ASPECT * high and high < MIN_ASPECT * wide:
        ink.dots.append(((x0 + x1) / 2, (y0 + y1) / 2, handle))
        return
    bounds = to_box(x0, y0, x1, y1)
    filled, stroked = _draw_mode(handle)
    count = calls.count_segments(handle)
    if not (filled or stroked) or not 2 <= count <= MAX_SEGMENTS:
        return
    if count <= RECTANGLE and not stroked:
        # A filled shape this simple is its bounds.
        colour = _colour(handle, calls.get_fill_colour)
        if colour is not None:
            ink.fill(bounds, colour)
        return
    if count == 2 and _is_thin(bounds):
        # So is a straight line.
        colour = _colour(handle, calls.get_stroke_colour)
        if colour is not None:
            (ink.white if colour else ink.lines).append(bounds)
        return
    matrix = _product(_matrix(handle), outer)
    subpaths = _subpaths(handle, count, matrix)
    if stroked:
        colour = _colour(handle, calls.get_stroke_colour)
        calls.get_stroke_width(handle, _FLOATS_AT)
        thickness = _FLOATS[0] * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        if colour is not None and thickness <= THICKEST:
            (ink.white if colour else ink.lines).extend(_strokes(subpaths, to_box))
    if filled:
        colour = _colour(handle, calls.get_fill_colour)
        if colour is not None:
            areas = list(_areas(subpaths, to_box))
            for area in areas:
                ink.fill(area, colour)
            # Two nested rectangles are a frame (how browsers draw borders).
            for one, other in pairwise(areas):
                (ink.white if colour else ink.lines).extend(_frame(one, other))


def _draw_mode(handle: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    calls.get_draw_mode(handle, _WORDS_AT, _WORDS_AT + 4)
    return bool(_WORDS[0]), bool(_WORDS[1])


def _shows(handle: int) -> bool:
    """Whether a dot is drawn, and not in white."""
    filled, stroked = _draw_mode(handle)
    return (filled and _colour(handle, calls.get_fill_colour) is False) or (
        stroked and _colour(handle, calls.get_stroke_colour) is False
    )


def _colour(handle: int, getter: Callable[..., int]) -> bool | None:
    """Whether the colour is white; None for one that is fully transparent."""
    if not getter(handle, _WORDS_AT, _WORDS_AT + 4, _WORDS_AT + 8, _WORDS_AT + 12):
        return False
    red, green, blue, alpha = _WORDS
    return None if alpha == 0 else min(red, green, blue) >= WHITE


def _subpaths(handle: int, count: int, matrix: _Matrix) -> list[_Subpath]:
    a, b, c, d, e, f = matrix
    found: list[_Subpath] = []
    points: list[_Point] = []
    closed = False
    bends: set[int] = set()
    for index in range(count):
        segment = calls.get_segment(handle, index)
        kind = calls.get_segment_type(segment)
        calls.get_segment_point(segment, _FLOATS_AT, _FLOATS_AT + 4)
        x, y = _FLOATS[0], _FLOATS[1]
        point = (a * x + c * y + e, b * x + d * y + f)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                found.append(_Subpath(points, closed, bends))
            points, closed, bends = [point], False, set()
            continue
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            bends.add(len(points))
        points.append(point)
        closed = closed or bool(calls.is_segment_closed(segment))
    if len(points) > 1:
        found.append(_Subpath(points, closed, bends))
    return found


def _strokes(subpaths: list[_Subpath], to_box: _ToBox) -> Iterator[Box]:
    for points, closed, bends in subpaths:
        if bends and len(points) > MAX_ROUNDED:
            continue
        ends = [*points[1:], points[0]] if closed else points[1:]
        for index, ((x0, y0), (x1, y1)) in enumerate(zip(points, ends, strict=False), 1):
            if index in bends:
                # A round corner; a circle (the rim of a seal) has nothing else.
                continue
            dx, dy = abs(x1 - x0), abs(y1 - y0)
            if min(dx, dy) <= SLOPE_TOLERANCE and max(dx, dy) > SLOPE_TOLERANCE:
                yield to_box(x0, y0, x1, y1)


def _areas(subpaths: list[_Subpath], to_box: _ToBox) -> Iterator[Box]:
    """The bounds of the subpaths that are rectangles, thin or small."""
    for points, _, bends in subpaths:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = to_box(min(xs), min(ys), max(xs), max(ys))
        slight = min(box[2] - box[0], box[3] - box[1]) <= MAX_THICKNESS
        if slight or (not bends and _rectangular(points, box, to_box)):
            yield box


def _rectangular(points: list[_Point], box: Box, to_box: _ToBox) -> bool:
    left, top, right, bottom = box
    for x, y in points:
        px, py, _, _ = to_box(x, y, x, y)
        if min(px - left, right - px) > SLOPE_TOLERANCE or min(py - top, bottom - py) > SLOPE_TOLERANCE:
            return False
    return True


def _is_thin(box: Box) -> bool:
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    short, long = (wide, high) if wide < high else (high, wide)
    if short > MAX_THICKNESS:
        return short <= THICKEST and long >= THICK_ASPECT * short
    return long > SLOPE_TOLERANCE and long >= MIN_ASPECT * short


def _frame(one: Box, other: Box) -> Iterator[Box]:
    """The four bars between a rectangle and one slightly smaller inside it (how browsers draw borders)."""
    outer, inner = (one, other) if one[2] - one[0] >= other[2] - other[0] else (other, one)
    if not _inside(inner, outer) or max(abs(a - b) for a, b in zip(outer, inner, strict=True)) > MAX_THICKNESS:
        return
    if inner[0] > outer[0]:
        yield (outer[0], outer[1], inner[0], outer[3])
    if inner[2] < outer[2]:
        yield (inner[2], outer[1], outer[2], outer[3])
    if inner[1] > outer[1]:
        yield (outer[0], outer[1], outer[2], inner[1])
    if inner[3] < outer[3]:
        yield (outer[0], inner[3], outer[2], outer[3])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(inner: Box, outer: Box) -> bool:
    slack = SLOPE_TOLERANCE
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
