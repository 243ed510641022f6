"""Ruling lines of a PDF page: strokes, thin filled rectangles, frames and thin images, form XObjects included."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.documents.model import Box
from gongkai.documents.pdf_model import Rule

MAX_THICKNESS = 3.0
"""Points; a thicker bar is shading."""
MIN_ASPECT = 2.0
"""A thin rectangle is a line if it is at least this many times as long as thick (a dot is neither)."""
SLOPE_TOLERANCE = 1.0
"""Points by which the two ends of a line may differ across it."""
DOT_GAP = 6.0
"""Points between two dots of a dotted line."""
MIN_DOTS = 6
"""Dots in a row from which on they are a line."""
MAX_SEGMENTS = 4000
"""Segments of one path; more is a drawing (a seal, a map), not a rule."""
RECTANGLE = 5
"""Segments of a path that draws no more than a rectangle."""
MAX_OBJECTS = 60_000
"""Page objects that are looked at; a page with more is a drawing."""
MAX_DEPTH = 8
"""Form XObjects within form XObjects."""
WHITE = 250
"""From this value of red, green and blue on a line is white: it does not show on paper."""

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_ToBox = Callable[[float, float, float, float], Box]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class _Ink:
    """What the paths of a page draw: lines (`white` ones apart), coloured `shades`, white `papers`, and dots."""

    lines: list[Box] = field(default_factory=list)
    white: list[Box] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    papers: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)

    def fill(self, box: Box, white: bool) -> None:
        """Add a filled rectangle: a line if it is thin, a dot if it is small."""
        if _is_thin(box):
            (self.white if white else self.lines).append(box)
        elif max(box[2] - box[0], box[3] - box[1]) > MAX_THICKNESS:
            (self.papers if white else self.shades).append(box)
        elif not white:
            self.dots.append(box)


class _Subpath(NamedTuple):
    points: list[_Point]
    closed: bool
    curved: bool


def collect_rules(page: pdfium.PdfPage, to_box: _ToBox) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical rules of a page. `to_box` maps two corners in page space to a box as shown."""
    ink = _Ink()
    boxes = ink.lines
    handles = ((raw.FPDFPage_GetObject(page, i), _IDENTITY) for i in range(raw.FPDFPage_CountObjects(page)))
    for count, (handle, kind, outer) in enumerate(_walk(handles, 0)):
        if count > MAX_OBJECTS:
            break
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            bounds = _transformed_bounds(handle, outer, to_box)
            if _is_thin(bounds):
                boxes.append(bounds)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _path(handle, outer, to_box, ink)
    boxes.extend(_dotted_lines(ink.dots))
    # Cells painted in white over a dark ground: what is left of the ground between them are the lines.
    for paper in ink.papers:
        if any(paper != shade and _inside(paper, shade) for shade in ink.shades):
            left, top, right, bottom = paper
            boxes += [(left, top, right, top), (left, bottom, right, bottom)]
            boxes += [(left, top, left, bottom), (right, top, right, bottom)]
    # A white line shows only on a shaded ground.
    boxes.extend(box for box in ink.white if any(_inside(box, shade) for shade in ink.shades))
    horizontals: list[Rule] = []
    verticals: list[Rule] = []
    for left, top, right, bottom in boxes:
        if right - left >= bottom - top:
            horizontals.append(Rule((top + bottom) / 2, left, right))
        else:
            verticals.append(Rule((left + right) / 2, top, bottom))
    return horizontals, verticals


def _walk(handles: Iterator[tuple[Any, _Matrix]], depth: int) -> Iterator[tuple[Any, int, _Matrix]]:
    for handle, outer in handles:
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < MAX_DEPTH:
                inner = _product(_matrix(handle), outer)
                count = raw.FPDFFormObj_CountObjects(handle)
                yield from _walk(((raw.FPDFFormObj_GetObject(handle, i), inner) for i in range(count)), depth + 1)
        else:
            yield handle, kind, outer


def _matrix(handle: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, matrix):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _transformed_bounds(handle: Any, outer: _Matrix, to_box: _ToBox) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    a, b, c, d, e, f = outer
    corners = [(left.value, bottom.value), (right.value, top.value)]
    (x0, y0), (x1, y1) = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
    return to_box(x0, y0, x1, y1)


def _path(handle: Any, outer: _Matrix, to_box: _ToBox, ink: _Ink) -> None:
    """Add what one path draws to the ink of the page."""
    count = raw.FPDFPath_CountSegments(handle)
    if not 2 <= count <= MAX_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not (fill.value or stroke.value):
        return
    if count <= RECTANGLE and not stroke.value:
        # A filled shape this simple is its bounds.
        colour = _colour(handle, raw.FPDFPageObj_GetFillColor)
        if colour is not None:
            ink.fill(_transformed_bounds(handle, outer, to_box), colour)
        return
    matrix = _product(_matrix(handle), outer)
    subpaths = _subpaths(handle, count, matrix)
    if stroke.value:
        colour = _colour(handle, raw.FPDFPageObj_GetStrokeColor)
        width = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(handle, width)
        thickness = width.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        if colour is not None and thickness <= MAX_THICKNESS:
            (ink.white if colour else ink.lines).extend(_strokes(subpaths, to_box))
    if fill.value:
        colour = _colour(handle, raw.FPDFPageObj_GetFillColor)
        if colour is not None:
            areas = list(_areas(subpaths, to_box))
            for area in areas:
                ink.fill(area, colour)
            # Two nested rectangles are a frame (how browsers draw borders).
            for one, other in pairwise(areas):
                (ink.white if colour else ink.lines).extend(_frame(one, other))


def _colour(handle: Any, getter: Any) -> bool | None:
    """Whether the colour is white; None for one that is fully transparent."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not getter(handle, red, green, blue, alpha):
        return False
    if alpha.value == 0:
        return None
    return min(red.value, green.value, blue.value) >= WHITE


def _subpaths(handle: Any, count: int, matrix: _Matrix) -> list[_Subpath]:
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[_Subpath] = []
    points: list[_Point] = []
    closed = curved = False
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                found.append(_Subpath(points, closed, curved))
            points, closed, curved = [point], False, False
            continue
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append(point)
        closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
    if len(points) > 1:
        found.append(_Subpath(points, closed, curved))
    return found


def _strokes(subpaths: list[_Subpath], to_box: _ToBox) -> Iterator[Box]:
    for points, closed, curved in subpaths:
        if curved and len(points) > 16:
            continue
        ends = [*points[1:], points[0]] if closed else points[1:]
        for (x0, y0), (x1, y1) in zip(points, ends, strict=False):
            dx, dy = abs(x1 - x0), abs(y1 - y0)
            if min(dx, dy) <= SLOPE_TOLERANCE and max(dx, dy) > SLOPE_TOLERANCE:
                yield to_box(x0, y0, x1, y1)


def _areas(subpaths: list[_Subpath], to_box: _ToBox) -> Iterator[Box]:
    """The bounds of the subpaths that are rectangles, thin or small."""
    for points, _, curved in subpaths:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = to_box(min(xs), min(ys), max(xs), max(ys))
        slight = min(box[2] - box[0], box[3] - box[1]) <= MAX_THICKNESS
        if slight or (not curved and _rectangular(points, box, to_box)):
            yield box


def _dotted_lines(dots: list[Box]) -> Iterator[Box]:
    """Rows and columns of dots as lines."""
    for axis in (0, 1):
        tracks: dict[int, list[float]] = defaultdict(list)
        for box in dots:
            tracks[round((box[1 - axis] + box[3 - axis]) / 2)].append((box[axis] + box[axis + 2]) / 2)
        for at, places in tracks.items():
            places.sort()
            start = 0
            for index in range(1, len(places) + 1):
                if index < len(places) and places[index] - places[index - 1] <= DOT_GAP:
                    continue
                if index - start >= MIN_DOTS:
                    first, last = places[start], places[index - 1]
                    yield (first, at, last, at) if axis == 0 else (at, first, at, last)
                start = index


def _rectangular(points: list[_Point], box: Box, to_box: _ToBox) -> bool:
    left, top, right, bottom = box
    for x, y in points:
        px, py, _, _ = to_box(x, y, x, y)
        if min(px - left, right - px) > SLOPE_TOLERANCE or min(py - top, bottom - py) > SLOPE_TOLERANCE:
            return False
    return True


def _is_thin(box: Box) -> bool:
    left, top, right, bottom = box
    short, long = sorted((right - left, bottom - top))
    return short <= MAX_THICKNESS and long > SLOPE_TOLERANCE and long >= MIN_ASPECT * short


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


def _inside(inner: Box, outer: Box) -> bool:
    slack = SLOPE_TOLERANCE
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
