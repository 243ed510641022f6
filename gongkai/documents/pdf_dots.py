"""Dotted borders: rows and columns of dots become lines. A page may have ten thousand of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import itemgetter

from gongkai.documents.model import Box

DOT_GAP = 6.0
"""Points between two dots of a dotted line."""
DOT_DRIFT = 0.5
"""... and by which they may be off the line."""
MIN_DOTS = 6
"""Dots in a row from which on they are a line."""

Dot = tuple[float, float, int]
"""The middle (x, y) of a dot, and the object that draws it: its colour is looked at only where dots make a line."""


def dotted_lines(dots: list[Dot], shows: Callable[[int], bool]) -> Iterator[Box]:
    """Rows and columns of dots as lines (boxes without thickness), given whether an object is drawn in ink.

    First dots drawn one after the other, then those drawn in any order.
    """
    rest: list[Dot] = []
    run: list[Dot] = []
    axis = -1
    for dot in dots:
        if run:
            dx, dy = abs(dot[0] - run[-1][0]), abs(dot[1] - run[-1][1])
            along = 0 if dy <= DOT_DRIFT and dx <= DOT_GAP else 1 if dx <= DOT_DRIFT and dy <= DOT_GAP else -1
            if along < 0 or (axis >= 0 and along != axis):
                yield from _dotted_line(run, axis, rest, shows)
                run, axis = [], -1
            else:
                axis = along
        run.append(dot)
    yield from _dotted_line(run, axis, rest, shows)
    if len(rest) < MIN_DOTS:
        return
    for axis in (0, 1):
        tracks: dict[int, list[Dot]] = defaultdict(list)
        for dot in rest:
            tracks[round(dot[1 - axis])].append(dot)
        for track in tracks.values():
            track.sort(key=itemgetter(axis))
            start = 0
            for index in range(1, len(track) + 1):
                if index == len(track) or track[index][axis] - track[index - 1][axis] > DOT_GAP:
                    yield from _dotted_line(track[start:index], axis, [], shows)
                    start = index


def _dotted_line(run: list[Dot], axis: int, rest: list[Dot], shows: Callable[[int], bool]) -> Iterator[Box]:
    """The line that dots along an axis make; those that make none are put to the rest."""
    if len(run) < MIN_DOTS:
        rest.extend(run)
    elif shows(run[0][2]):
        start, end = sorted((run[0], run[-1]), key=itemgetter(axis))
        yield (start[0], start[1], end[0], start[1]) if axis == 0 else (start[0], start[1], start[0], end[1])
