"""Ruling lines in the picture of a page, and how far the page is tilted. Needs the extra `ocr` (OpenCV)."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np

from gongkai.documents.model import Box
from gongkai.documents.pdf_model import Rule

DOTS = 200.0 / 72.0
"""Pixels a point of the pictures that are looked at: 200 dpi."""
LEAST_ACROSS, LEAST_DOWN = 24.0, 15.0
"""Points from which on a stroke is a ruling line, not a part of a character."""
MOST_THICK = 4.5
"""Points; a thicker bar is shading or a picture's edge."""
LONG_ACROSS, LONG_DOWN = 70.0, 45.0
"""Points from which on it is one even if no other rule holds it at its ends (a table without outer borders)."""
HELD = 4.0
"""Points within which the end of a rule and another rule meet."""
PIECE = 75.0
"""Points of the straight pieces that a bent line is taken for."""
BRIDGED = 1.5
"""Points of a gap in a line that is bridged: noise, a faint copy."""
MOST_TILT = 6.0
"""Degrees; a page that lies more askew is no longer straightened."""

_TILT_WIDTH = 900


def ink(picture: Any) -> Any:
    """Where there is ink (255) on the paper (0), whatever the paper's brightness at that place."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    paper = cv2.medianBlur(cv2.dilate(cv2.resize(grey, None, fx=0.25, fy=0.25), np.ones((9, 9), np.uint8)), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]))
    flat = 255 - np.clip(paper.astype(np.int16) - grey, 0, 255).astype(np.uint8)
    level, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return (flat <= min(level, 215)).astype(np.uint8) * 255


def tilt(marks: Any) -> float:
    """By how many degrees the page is turned counter-clockwise: the angle at which its lines are most distinct."""
    scale = _TILT_WIDTH / marks.shape[1]
    small = cv2.resize(marks, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)

    def distinct(angle: float) -> float:
        rows = _turned(small, angle, 0).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-MOST_TILT, MOST_TILT + 0.1, 0.5), key=distinct)
    best = max(np.arange(best - 0.5, best + 0.51, 0.1), key=distinct)
    return float(max(np.arange(best - 0.1, best + 0.11, 0.025), key=distinct))


def straight(picture: Any, degrees: float) -> Any:
    """The picture turned clockwise by `degrees` around its middle; what comes in at the corners is white."""
    return _turned(picture, degrees, 255)


def _turned(picture: Any, degrees: float, fill: int) -> Any:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    border = (fill, fill, fill)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=border)


def rules(marks: Any) -> tuple[list[Rule], list[Rule], Any]:
    """Horizontal and vertical rules in points, and the ink that they are made of (255).

    A short stroke that no rule crosses at both ends belongs to a character (二, 十) or underlines one.
    """
    across = _stretches(marks, LEAST_ACROSS, down=False)
    down = _stretches(marks, LEAST_DOWN, down=True)
    level, upright = [each.rule for each in across], [each.rule for each in down]
    horizontals = [each for each in across if _is_long(each.rule, LONG_ACROSS) or _is_held(each.rule, upright)]
    verticals = [each for each in down if _is_long(each.rule, LONG_DOWN) or _is_held(each.rule, level)]
    lines = np.zeros_like(marks)
    for each in (*horizontals, *verticals):
        height, width = each.ink.shape
        lines[each.top : each.top + height, each.left : each.left + width][each.ink] = 255
    return [each.rule for each in horizontals], [each.rule for each in verticals], lines


def _is_long(rule: Rule, least: float) -> bool:
    return rule.end - rule.start >= least


def _is_held(rule: Rule, crossing: list[Rule]) -> bool:
    """Whether rules of the other direction stand at both of its ends."""
    return all(
        any(abs(other.at - end) <= HELD and other.start - HELD <= rule.at <= other.end + HELD for other in crossing)
        for end in (rule.start, rule.end)
    )


def without(picture: Any, strokes: Any, paper: int = 255) -> Any:
    """The picture without the ink of the given strokes (and a pixel around them)."""
    clear = picture.copy()
    clear[cv2.dilate(strokes, np.ones((3, 3), np.uint8)) > 0] = paper
    return clear


def mark_in(marks: Any, box: Box, least: float) -> Box | None:
    """The box around the patches of ink within `box` of which one is at least `least` points high; null without any."""
    left, top, right, bottom = (round(value * DOTS) for value in box)
    inside = np.ascontiguousarray(marks[max(top, 0) : bottom, max(left, 0) : right])
    if not inside.size:
        return None
    _, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    patches = [stat for stat in stats[1:].tolist() if stat[cv2.CC_STAT_HEIGHT] >= least * DOTS / 3]
    if not any(stat[cv2.CC_STAT_HEIGHT] >= least * DOTS for stat in patches):
        return None
    return (
        (left + min(stat[0] for stat in patches)) / DOTS,
        (top + min(stat[1] for stat in patches)) / DOTS,
        (left + max(stat[0] + stat[2] for stat in patches)) / DOTS,
        (top + max(stat[1] + stat[3] for stat in patches)) / DOTS,
    )


def _strokes(marks: Any, least: float, down: bool) -> Any:
    gap, length = round(BRIDGED * DOTS), round(least * DOTS)
    closing, opening = ((1, gap), (1, length)) if down else ((gap, 1), (length, 1))
    # A line that is not quite straight leaves its row of pixels: it is thickened before it is measured.
    thick = cv2.dilate(marks, np.ones((1, 3) if down else (3, 1), np.uint8))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, closing))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, opening))


class _Stretch(NamedTuple):
    """A rule, and the ink it is made of: a mask at the pixel (left, top)."""

    rule: Rule
    left: int
    top: int
    ink: Any


def _stretches(marks: Any, least: float, down: bool) -> list[_Stretch]:
    found = []
    _, labels, stats, centres = cv2.connectedComponentsWithStats(_strokes(marks, least, down), connectivity=8)
    for number in range(1, len(stats)):
        left, top, width, height, area = (int(value) for value in stats[number])
        length, thick, start = (height, width, top) if down else (width, height, left)
        if area / length > (MOST_THICK + 1) * DOTS:
            continue
        ink = labels[top : top + height, left : left + width] == number
        if thick <= (MOST_THICK + 1) * DOTS:
            at = float(centres[number][0] if down else centres[number][1])
            found.append(_Stretch(Rule(at / DOTS, start / DOTS, (start + length) / DOTS), left, top, ink))
        else:
            found.extend(_pieces(ink, left, top, down))
    return found


def _pieces(ink: Any, left: int, top: int, down: bool) -> list[_Stretch]:
    """A crossed or bent line as straight pieces of some seventy points, each where it stands."""
    step = round(PIECE * DOTS)
    found = []
    for start in range(0, ink.shape[0 if down else 1], step):
        part = ink[start : start + step] if down else ink[:, start : start + step]
        rows, columns = np.nonzero(part)
        if not len(rows):
            continue
        along, across = (rows, columns) if down else (columns, rows)
        if float(across.max() - across.min()) > (MOST_THICK + 2) * DOTS:
            continue
        x, y = (left, top + start) if down else (left + start, top)
        base, offset = (x, y) if down else (y, x)
        rule = Rule(
            (base + float(across.mean())) / DOTS,
            (offset + int(along.min())) / DOTS,
            (offset + int(along.max()) + 1) / DOTS,
        )
        found.append(_Stretch(rule, x, y, part))
    return found
