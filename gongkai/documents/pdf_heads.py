"""The heads of a table without rules: which printed lines are one heading, and over which columns it stands.

Nothing but white parts the headings of narrow columns. A line is cut between two columns where its gap is wider than
its usual one; what stands below each other in one column is one heading; a heading that is wider than its column is
one of several columns, those around its middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.documents.pdf_furniture import Row
from gongkai.documents.pdf_lines import Piece, piece_of
from gongkai.documents.pdf_model import Char

CUT_GAP = 0.12
"""A line of headings is cut at a gap that is wider than its usual one by this many em."""
SAME_HEADING = 1.0
"""Lines in one column with at most this many em of white between them are one heading."""
SAME_PITCH = 1.15
"""Lines over several columns are one heading if they are no farther apart than those in one column, by this factor."""
SAME_LEVEL = 0.35
"""Headings of one level stand at one height, within this many em."""
OFF_CENTRE = 0.35
"""A heading may stand off the middle of its columns by this share of a column's width."""
BORDER = 2.0
"""Points between a column's border and its figures where these are not centred."""
STICKS_OUT = 0.2
"""Share of a heading's width by which it may stick out of its column."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the grid of a table's head."""

    row: int
    column: int
    rowspan: int
    colspan: int
    pieces: tuple[Piece, ...]


@dataclass(slots=True, eq=False)
class _Part:
    """Printed lines of one heading; `first` and `last` are the columns it stands over."""

    pieces: list[Piece]
    first: int
    last: int
    level: int = 0

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def height(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def middle(self) -> float:
        return (min(piece.left for piece in self.pieces) + max(piece.right for piece in self.pieces)) / 2


@dataclass(slots=True)
class _Zones:
    """The columns of a table as stretches of the page's width; `labels` of them stand before the figures."""

    edges: list[float]
    labels: int
    centres: list[float]

    @property
    def count(self) -> int:
        return len(self.edges) - 1


def head_of(lines: list[Row], columns: list[tuple[float, float]], labels: int) -> tuple[list[Heading], int]:
    """The headings in printed lines above a table, and how many rows they take.

    `columns` are left and right ends of the text in each column of the body, `labels` how many of them hold labels.
    """
    if not lines or len(columns) - labels < 1:
        return [], 0
    zones, parts = min(((zones, _parts_of(lines, zones)) for zones in _possible_zones(columns, labels)), key=_misfits)
    named = [part for part in parts if part.last < labels]
    narrow = [part for part in parts if part.first == part.last >= labels]
    over_others = _above_others(narrow)
    single = _stacked([part for part in narrow if part not in over_others])
    wide = [part for part in parts if part.last >= labels and part.first < part.last]
    wide = _merged_wide(wide + over_others, single)
    _extend(wide, single, zones)
    for part in sorted(wide, key=lambda part: part.top):
        levels = [other.level + 1 for other in wide if _is_above(other, part) and _overlap(other, part)]
        part.level = max(levels, default=0)
    deepest = max((part.level for part in wide), default=-1)
    rows = deepest + 2
    cells = [Heading(part.level, part.first, 1, part.last - part.first + 1, tuple(part.pieces)) for part in wide]
    for part in single:
        over = [other.level for other in wide if other.first <= part.first <= other.last and other.height < part.height]
        row = max(over, default=-1) + 1
        cells.append(Heading(row, part.first, rows - row, 1, tuple(part.pieces)))
    if named:
        pieces = tuple(piece for part in named for piece in part.pieces)
        cells.append(Heading(0, 0, rows, labels, pieces))
    return _without_overlaps(cells), rows


def stands_over(heads: list[Heading], rows: int, columns: range) -> bool:
    """Whether each of the `columns` has one heading of its own that reaches down to the last of the head's `rows`.

    Words at one height in one heading are two headings: a column between them is missing.
    """
    for column in columns:
        own = [
            head for head in heads if head.column == column and head.colspan == 1 and head.row + head.rowspan == rows
        ]
        if len(own) != 1:
            return False
        bases = sorted(piece.base for piece in own[0].pieces)
        if any(below - above <= SAME_LEVEL * own[0].pieces[0].size for above, below in pairwise(bases)):
            return False
    return True


def _possible_zones(columns: list[tuple[float, float]], labels: int) -> list[_Zones]:
    """The columns, if their figures are centred below the headings, or stand at the left or right of their cells."""
    centres = [(left + right) / 2 for left, right in columns]
    pitches = [b - a for a, b in pairwise(centres[labels:])]
    half = median(pitches) / 2 if pitches else 30.0
    found = []
    for share in (0.5, 0.0, 1.0):
        inner = []
        for index, ((first, end), (start, last)) in enumerate(pairwise(columns), 1):
            if index <= labels:
                close = (end + start) / 2
                # What stands close to the first column of figures is over it, however wide the labels are.
                inner.append(max(close, min((start + last) / 2 - half, start)) if index == labels else close)
            elif share == 0.5:
                inner.append((first + end + start + last) / 4)
            else:
                inner.append(start - BORDER if share == 0.0 else end + BORDER)
        edge = {0.5: centres[-1] + half, 0.0: columns[-1][0] + 2 * half, 1.0: columns[-1][1] + BORDER}[share]
        start = columns[0][0] if labels or not inner else min(inner[0] - 2 * half, columns[0][0])
        found.append(_Zones([start, *inner, max(edge, columns[-1][1])], labels, centres))
    return found


def _misfits(fitted: tuple[_Zones, list[_Part]]) -> tuple[int, float]:
    """How many headings that are no wider than a column stand over two, and how far the others are off the middle."""
    zones, parts = fitted
    widths = [b - a for a, b in pairwise(zones.edges[zones.labels :])]
    limit = median(widths)
    narrow = [
        part for part in parts if part.first >= zones.labels and part.pieces[0].right - part.pieces[0].left <= limit
    ]
    off = sum(
        abs((zones.edges[part.first] + zones.edges[part.first + 1]) / 2 - part.middle)
        for part in narrow
        if part.first == part.last
    )
    return sum(part.first < part.last for part in narrow), off


def _parts_of(lines: list[Row], zones: _Zones) -> list[_Part]:
    return [part for row in lines for part in _parts(row, zones)]


def _parts(row: Row, zones: _Zones) -> list[_Part]:
    """The headings on one printed line."""
    found = []
    for piece in row.pieces:
        for part in _cut(piece, zones):
            first = _zone(part.left + STICKS_OUT * (part.right - part.left), zones)
            last = _zone(part.right - STICKS_OUT * (part.right - part.left), zones)
            if first < zones.labels <= last:
                # Labels and figures have no heading in common.
                over = _zone((part.left + part.right) / 2, zones)
                first, last = (max(first, zones.labels), last) if over >= zones.labels else (first, zones.labels - 1)
            elif first == last > zones.labels and part.right - part.left > zones.edges[last + 1] - zones.edges[last]:
                first, last = first - 1, min(last + 1, zones.count - 1)
            found.append(_Part([part], first, max(first, last)))
    return found


def _zone(x: float, zones: _Zones) -> int:
    return next((index for index in range(zones.count) if x < zones.edges[index + 1]), zones.count - 1)


def _cut(piece: Piece, zones: _Zones) -> list[Piece]:
    """A piece cut between the columns it stands over, where its gaps tell."""
    marks = [char for char in piece.chars if not char.blank]
    if len(marks) < 2:
        return [piece]
    gaps = [(b.left - a.right) / max(a.size, b.size) for a, b in pairwise(marks)]
    usual = median(gaps)
    parts: list[list[Char]] = []
    start = 0
    bounds = [
        (left, right)
        for index, (left, right) in enumerate(pairwise(zones.centres))
        if index >= zones.labels - 1 and piece.left < right and left < piece.right
    ]
    for left, right in bounds:
        inside = [
            index
            for index in range(start, len(gaps))
            if left < (marks[index].right + marks[index + 1].left) / 2 < right
        ]
        widest = max(inside, key=lambda index: gaps[index], default=None)
        if widest is not None and gaps[widest] > usual + CUT_GAP:
            parts.append(marks[start : widest + 1])
            start = widest + 1
    parts.append(marks[start:])
    return [piece_of(part) for part in parts] if len(parts) > 1 else [piece]


def _above_others(single: list[_Part]) -> list[_Part]:
    """Lines over one column that are a heading of several: the columns on both sides start with the line below it."""
    lines: dict[int, list[_Part]] = {}
    for part in sorted(single, key=lambda part: part.top):
        lines.setdefault(part.first, []).append(part)
    found = []
    for column, own in lines.items():
        beside = [lines.get(column - 1), lines.get(column + 1)]
        if len(own) > 1 and all(
            other is not None
            and len(other) == len(own) - 1
            and abs(other[0].height - own[1].height) <= SAME_LEVEL * own[1].pieces[0].size
            for other in beside
        ):
            found.append(own[0])
    return found


def _stacked(parts: list[_Part]) -> list[_Part]:
    """Lines in one column that stand close below each other, as one heading."""
    done: list[_Part] = []
    for part in sorted(parts, key=lambda part: (part.first, part.top)):
        last = done[-1] if done else None
        near = last is not None and part.top - last.bottom <= SAME_HEADING * part.pieces[0].size
        if last is not None and last.first == part.first and near:
            last.pieces.extend(part.pieces)
        else:
            done.append(part)
    return done


def _merged_wide(wide: list[_Part], single: list[_Part]) -> list[_Part]:
    """Lines of one heading over several columns put together: they stand as close as the lines in one column do."""
    pitches = [b.top - a.top for part in single for a, b in pairwise(part.pieces) if b.top > a.top]
    if not pitches:
        return wide
    limit = SAME_PITCH * min(pitches)
    done: list[_Part] = []
    for part in sorted(wide, key=lambda part: part.top):
        for other in done:
            apart = part.top - other.pieces[-1].top
            if 0 < apart <= limit and abs(part.middle - other.middle) <= SAME_LEVEL * part.pieces[0].size:
                other.pieces.extend(part.pieces)
                other.first, other.last = min(other.first, part.first), max(other.last, part.last)
                break
        else:
            done.append(part)
    return done


def _extend(wide: list[_Part], single: list[_Part], zones: _Zones) -> None:
    """Give each wide heading the columns around its middle that no other heading at its height stands over."""
    heights = {part.first: part.height for part in single}
    # From below upwards: a heading over others stands over all their columns.
    for part in sorted(wide, key=lambda part: -part.top):
        size = part.pieces[0].size
        beside = [other for other in (*wide, *single) if other is not part and _beside(other, part)]
        low = max([other.last + 1 for other in beside if other.middle < part.middle], default=zones.labels)
        high = min([other.first - 1 for other in beside if other.middle > part.middle], default=zones.count - 1)
        below = [other for other in wide if _is_above(part, other) and _overlap(other, part)]
        if not below and part.first in heights:
            home = heights.get((part.first + part.last) // 2)
            while home is not None and low < part.first and not _level(heights.get(low), home, size):
                low += 1
            while home is not None and high > part.last and not _level(heights.get(high), home, size):
                high -= 1
        best = _window(part, low, high, zones)
        if best is not None:
            part.first, part.last = best


def _window(part: _Part, low: int, high: int, zones: _Zones) -> tuple[int, int] | None:
    """The widest stretch of columns from `low` to `high` whose middle is that of the heading."""
    found = []
    for first in range(low, part.first + 1):
        for last in range(part.last, high + 1):
            left, right = zones.edges[first], zones.edges[last + 1]
            off = abs((left + right) / 2 - part.middle) / ((right - left) / (last - first + 1))
            if off <= OFF_CENTRE:
                found.append((off > OFF_CENTRE / 2, first - last, first, last))
    return min(found)[2:] if found else None


def _level(height: float | None, other: float, size: float) -> bool:
    return height is None or abs(height - other) <= SAME_LEVEL * size


def _beside(one: _Part, other: _Part) -> bool:
    """Whether two headings stand at one height."""
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5 * min(
        one.bottom - one.top, other.bottom - other.top
    )


def _is_above(one: _Part, other: _Part) -> bool:
    return other.height - one.height > one.pieces[0].size / 2


def _overlap(one: _Part, other: _Part) -> bool:
    return one.first <= other.last and other.first <= one.last


def _without_overlaps(cells: list[Heading]) -> list[Heading]:
    """Headings that would cover one place join the one that stands there already."""
    taken: dict[tuple[int, int], int] = {}
    kept: list[Heading] = []
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        places = [
            (row, column)
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        ]
        home = next((taken[place] for place in places if place in taken), None)
        if home is not None:
            old = kept[home]
            kept[home] = Heading(old.row, old.column, old.rowspan, old.colspan, (*old.pieces, *cell.pieces))
            continue
        taken.update(dict.fromkeys(places, len(kept)))
        kept.append(cell)
    return kept
