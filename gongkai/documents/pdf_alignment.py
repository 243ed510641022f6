"""A second reading of a ruled table, by the alignment of its text: only where the rules leave room for doubt.

What raises the doubt is a cell with two figures, or with figures below or behind words as other cells have them: a
rule between two columns or rows is missing. Where other cells tell
where the boundary is, or the figures of several cells stand in line, the cell is parted there. Cells that the two
readings see differently are marked (`Cell.doubtful`): a figure in them counts only if the sums prove it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.model import Box
from gongkai.documents.pdf_grid import Grid, GridCell
from gongkai.documents.pdf_lines import FIGURE_GAP, Piece, piece_of, pieces_of, rows_of
from gongkai.documents.pdf_model import Char

IN_LINE = 0.35
"""Lines of different cells are one line if their baselines differ by at most this many em."""
MIN_ALIKE = 2
"""What is parted without any rule, parts so many cells in the same way at least."""
MIN_FIGURES = 3
"""Figures behind a label from which on they are a row of cells."""
CLEAR = 1.0
"""Points by which a character may stand over a boundary without being cut by it."""

_FIGURES = re.compile(r"[\d０-９.,，/／%％\-—–－]+(?:\s+[\d０-９.,，/／%％\-—–－]+)*")
_WORDS_AND_FIGURES = re.compile(
    r"[^\d\s.,](?:\s+[\d０-９][\d０-９.,，]*){3,}\s*(?:\n\D*)?$|^[^\d]*[^\d\s.,](?:\n[\d０-９][\d０-９.,，]*)+$"
)
_NUMBERED = re.compile(r"^\s*[（(]?(?:[一二三四五六七八九十]+|\d{1,2})\s*(?:[）)、．]|\.(?!\d))")


@dataclass(slots=True)
class Area:
    """A cell by its box and what stands in it."""

    box: Box
    chars: list[Char]
    doubtful: bool = False


def holds_several(text: str) -> bool:
    """Whether the text of a cell is more than one figure, or words with figures behind or below them."""
    return (len(text.split()) > 1 and _FIGURES.fullmatch(text) is not None) or _WORDS_AND_FIGURES.search(
        text
    ) is not None


def second_reading(grid: Grid, contents: dict[int, list[Char]], doubtful: set[int]) -> tuple[Grid, list[Area]]:
    """The grid with the boundaries that the alignment of its text adds, and its areas in the order of its cells.

    `contents` and `doubtful` go by the identities of the grid's cells.
    """
    areas = [Area(cell.box, contents[id(cell)], id(cell) in doubtful) for cell in grid.cells]
    for parts in (_behind_words, _below_words, _columns, _rows):
        areas = parts(areas, grid)
    xs = sorted({x for area in areas for x in (area.box[0], area.box[2])} | set(grid.xs))
    ys = sorted({y for area in areas for y in (area.box[1], area.box[3])} | set(grid.ys))
    areas.sort(key=lambda area: (area.box[1], area.box[0]))
    cells = [
        GridCell(row, column, ys.index(bottom) - row, xs.index(right) - column, area.box)
        for area in areas
        for left, top, right, bottom in (area.box,)
        for row, column in ((ys.index(top), xs.index(left)),)
    ]
    return Grid(xs, ys, cells, grid.open_top, grid.open_bottom), areas


def _behind_words(areas: list[Area], grid: Grid) -> list[Area]:
    """Areas parted that hold a label and a row of figures behind it: no rule stands between any of the columns."""
    by_side: dict[float, list[list[tuple[float, float]]]] = defaultdict(list)
    for area in areas:
        own = _label_and_figures(area, MIN_FIGURES)
        if own:
            by_side[area.box[2]].append(own)
    parted: list[Area] = []
    for area in areas:
        side = by_side.get(area.box[2], [])
        if not side or not _label_and_figures(area, 1):
            parted.append(area)
            continue
        near = [(stop, [x for x in grid.xs if _between(x, stop, side)]) for stop in _stops([], side)]
        # One such row alone is parted only where the columns of the other rows part it.
        certain = len(side) >= MIN_ALIKE or all(known for _, known in near)
        stops = [known[0] if known else stop for stop, known in near] if certain else []
        parted.extend(_parted(area, stops, 0, certain=True))
    return parted


def _label_and_figures(area: Area, at_least: int) -> list[tuple[float, float]]:
    """From where to where the label of an area stands, and each figure behind it; empty for any other text."""
    rows = rows_of(char for char in area.chars if char.turn == 0)
    found: list[tuple[float, float]] = []
    words: list[tuple[float, float]] = []
    for row in rows:
        pieces = pieces_of(row, FIGURE_GAP)
        figures: list[Piece] = []
        while pieces and _FIGURES.fullmatch(pieces[-1].text):
            figures.insert(0, pieces.pop())
        if len(figures) >= at_least and not found:
            found = [(piece.left, piece.right) for piece in figures]
        elif figures:
            return []
        words += [(piece.left, piece.right) for piece in pieces]
    if not found or not words or max(right for _, right in words) > found[0][0] + CLEAR:
        return []
    return [(min(left for left, _ in words), max(right for _, right in words)), *found]


def _between(x: float, stop: float, spans: list[list[tuple[float, float]]]) -> bool:
    """Whether `x` parts the same texts as `stop` does."""
    low, high = sorted((x, stop))
    return all(right <= low or left >= high for own in spans for left, right in own)


def _below_words(areas: list[Area], grid: Grid) -> list[Area]:
    """Areas parted that hold a heading and the figures below it: no rule stands between any of the rows."""
    groups: dict[float, list[tuple[Area, int, list[tuple[float, float]]]]] = defaultdict(list)
    for area in areas:
        heading, lines = _heading_and_figures(area)
        if lines:
            groups[area.box[3]].append((area, heading, lines))
    stops: dict[int, list[float]] = {}
    for bottom, group in groups.items():
        figures = [lines[heading:] for _, heading, lines in group]
        count = max(map(len, figures))
        full = [lines for lines in figures if len(lines) == count]
        if len(full) < MIN_ALIKE or not all(
            abs(a[1] - b[1]) <= IN_LINE * (a[1] - a[0]) for other in full for a, b in zip(full[0], other, strict=True)
        ):
            continue
        above, first = max(lines[heading - 1][1] for _, heading, lines in group), min(lines[0][0] for lines in full)
        if above > first:
            continue
        own = (above + first) / 2
        inner = [y for y in grid.ys if above - CLEAR <= y < bottom]
        if not any(y <= first + CLEAR for y in inner):
            inner.insert(0, own)
        for area, _, _ in group:
            stops[id(area)] = inner if len(inner) >= count else [own, *_stops([], full)]
    return [
        part
        for area in areas
        for part in (_parted(area, stops[id(area)], 1, certain=True) if id(area) in stops else [area])
    ]


def _heading_and_figures(area: Area) -> tuple[int, list[tuple[float, float]]]:
    """How many lines of an area are words above its figures, and where all its lines stand; none for any other text."""
    pieces = [piece_of(row) for row in rows_of(char for char in area.chars if char.turn == 0)]
    figures = [_FIGURES.fullmatch(piece.text) is not None and " " not in piece.text for piece in pieces]
    heading = next((number for number, is_figure in enumerate(figures) if is_figure), 0)
    if (
        not heading
        or not all(figures[heading:])
        or any(char.isdigit() for piece in pieces[:heading] for char in piece.text)
    ):
        return 0, []
    return heading, [(piece.top, piece.bottom) for piece in pieces]


def _columns(areas: list[Area], grid: Grid) -> list[Area]:
    """Areas parted where a vertical rule is missing."""
    groups: dict[tuple[float, float], list[Area]] = defaultdict(list)
    for area in areas:
        groups[area.box[0], area.box[2]].append(area)
    parted: list[Area] = []
    for (left, right), group in groups.items():
        tokens = {id(area): _on_line(area) for area in group}
        several = [tokens[id(area)] for area in group if len(tokens[id(area)]) > 1]
        if not several:
            parted.extend(group)
            continue
        inner = [x for x in grid.xs if left < x < right]
        stops = _stops(inner, several)
        for area in group:
            missing = len(several) > 1 and (bool(tokens[id(area)]) or not area.chars)
            parted.extend(_parted(area, stops, 0, missing or not inner))
    return parted


def _rows(areas: list[Area], grid: Grid) -> list[Area]:
    """Areas parted where a horizontal rule is missing."""
    groups: dict[tuple[float, float], list[Area]] = defaultdict(list)
    for area in areas:
        groups[area.box[1], area.box[3]].append(area)
    parted: list[Area] = []
    for (top, bottom), group in groups.items():
        lines = {id(area): _below_each_other(area) for area in group}
        several = [lines[id(area)] for area in group if len(lines[id(area)]) > 1]
        if not several:
            parted.extend(group)
            continue
        inner = [y for y in grid.ys if top < y < bottom]
        figures = [own for area in group if (own := lines[id(area)])]
        if not inner and not (len(several) > 1 and len(several) == len(figures) and _are_in_line(group, lines)):
            # Nothing else tells of a row here: a figure that is broken over two lines.
            parted.extend(group)
            continue
        stops = _stops(inner, several)
        for area in group:
            label = not inner and not lines[id(area)]
            parted.extend(_parted_label(area, stops) if label else _parted(area, stops, 1, not inner))
    return parted


def _on_line(area: Area) -> list[tuple[float, float]]:
    """From where to where the figures of an area stand that are on one line; empty for any other text."""
    if not _is_figures(area.chars):
        return []
    rows = rows_of(char for char in area.chars if char.turn == 0)
    pieces = max((pieces_of(row, FIGURE_GAP) for row in rows), key=len, default=[])
    return [(piece.left, piece.right) for piece in pieces]


def _below_each_other(area: Area) -> list[tuple[float, float]]:
    """From where to where the lines of an area stand that are a figure each; empty for any other text."""
    rows = rows_of(char for char in area.chars if char.turn == 0)
    if not rows or not _is_figures(area.chars) or any(" " in piece_of(row).text for row in rows):
        return []
    return [(piece.top, piece.bottom) for piece in map(piece_of, rows)]


def _is_figures(chars: list[Char]) -> bool:
    text = "".join(char.text for char in chars if not char.blank)
    return bool(text) and _FIGURES.fullmatch(text) is not None


def _are_in_line(group: list[Area], lines: dict[int, list[tuple[float, float]]]) -> bool:
    """Whether the figures of all areas stand on the same lines."""
    first, *others = [lines[id(area)] for area in group if lines[id(area)]]
    return all(
        len(other) == len(first)
        and all(abs(a[1] - b[1]) <= IN_LINE * (a[1] - a[0]) for a, b in zip(first, other, strict=True))
        for other in others
    )


def _stops(inner: list[float], several: list[list[tuple[float, float]]]) -> list[float]:
    """Where to part areas: at the boundaries that other cells have there (`inner`), else between figures in line."""
    if inner:
        return inner
    count = max(map(len, several))
    full = [spans for spans in several if len(spans) == count]
    stops = []
    for index in range(count - 1):
        before, after = max(spans[index][1] for spans in full), min(spans[index + 1][0] for spans in full)
        if before < after:
            stops.append((before + after) / 2)
    return stops


def _parted(area: Area, stops: Iterable[float], axis: int, certain: bool) -> list[Area]:
    """The area parted at those stops that cut through no character of it.

    Unless the stops are `certain` boundaries, only where that parts figures: one text over several columns is a span.
    """
    clear = [stop for stop in stops if all(_is_clear(char, stop, axis) for char in area.chars)]
    edges = [area.box[axis], *clear, area.box[axis + 2]]
    parts = [_slice(area, low, high, axis) for low, high in pairwise(edges)]
    filled = [part for part in parts if _is_figures(part.chars)]
    if len(parts) < 2 or (len(filled) < 2 and not certain):
        return [area]
    for part in parts:
        part.doubtful = True
    return parts


def _parted_label(area: Area, stops: list[float]) -> list[Area]:
    """The area of a label parted at its numbers, or by which row its lines are next to."""
    rows = rows_of(char for char in area.chars if char.turn == 0)
    starts = [index for index, row in enumerate(rows) if _NUMBERED.match(piece_of(row).text)]
    if len(starts) != len(stops) + 1 or starts[0] != 0:
        return _parted(area, stops, 1, certain=True)
    edges = [area.box[1], *stops, area.box[3]]
    parts = []
    for number, (low, high) in enumerate(pairwise(edges)):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        chars = [char for row in rows[starts[number] : end] for char in row]
        parts.append(Area((area.box[0], low, area.box[2], high), chars, doubtful=True))
    return parts


def _is_clear(char: Char, stop: float, axis: int) -> bool:
    low, high = (char.left, char.right) if axis == 0 else (char.top, char.bottom)
    return char.blank or high <= stop + CLEAR or low >= stop - CLEAR


def _slice(area: Area, low: float, high: float, axis: int) -> Area:
    middle: Callable[[Char], float] = _middle_x if axis == 0 else _middle_y
    left, top, right, bottom = area.box
    box = (low, top, high, bottom) if axis == 0 else (left, low, right, high)
    return Area(box, [char for char in area.chars if low <= middle(char) < high], area.doubtful)


def _middle_x(char: Char) -> float:
    return (char.left + char.right) / 2


def _middle_y(char: Char) -> float:
    return (char.top + char.bottom) / 2
