"""Ruling lines become grids: where the cells of the tables on a page are, before any text is put into them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.documents.model import Box
from gongkai.documents.pdf_model import Rule

SNAP = 5.0
"""Points within which parallel lines are one line: double lines, the borders of neighbouring cells."""
SPREAD = 7.0
"""... and all that are taken for one line lie within this; no row or column is so narrow."""
JOIN = 3.0
"""Points between two pieces of one line that are bridged: segments, dashes, the width of a crossing line."""
DASH, DASH_JOIN = 4.0, 6.0
"""Pieces up to so many points long are dashes: wider gaps between them are bridged."""
TOUCH = 3.5
"""Points within which a horizontal and a vertical line meet."""
OPEN_SIDE = 8.0
"""Points by which the lines of a table stick out where its outer border is not drawn."""
COVERED = 0.6
"""Share of a cell's side that must be ruled for the side to be closed."""


MAX_CELLS = 20_000
"""Cells of one page's table; more is squared paper."""
SPANNING_ROW = 45.0
"""Points that a row across the whole width is high at most, where it alone holds a table without outer borders."""

_Component = tuple[list[Rule], list[Rule]]
"""Horizontal and vertical rules that belong together."""


@dataclass(slots=True)
class GridCell:
    """A cell of a grid: upper left position, spans, box in points (reading position)."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(slots=True)
class Grid:
    """A ruled table on one page: positions of its column and row boundaries, and its cells row by row.

    `open_top` and `open_bottom` say that no line closes the table there: a page break went through a row.
    """

    xs: list[float]
    ys: list[float]
    cells: list[GridCell] = field(default_factory=list)
    open_top: bool = False
    open_bottom: bool = False

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_grids(
    horizontals: list[Rule], verticals: list[Rule], headings: Callable[[], list[float]] = list
) -> list[Grid]:
    """The grids that the rules of a page form, smallest first (a nested table comes before the one around it).

    `headings` gives the heights at which a section's heading stands: a table without outer borders ends there.
    """
    across = _merged(horizontals)
    down = _merged(verticals)
    found = [(part, grid) for part in _stacked(_components(across, down), headings) if (grid := _grid(*part))]
    found.sort(key=lambda pair: _size(pair[1]))
    grids: list[Grid] = []
    grown: set[int] = set()
    for index, (part, grid) in enumerate(found):
        around = next((outer for outer, other in found[index + 1 :] if _is_part(grid, other)), None)
        if around is None:
            grids.append((_grid(*part) or grid) if id(part) in grown else grid)
        else:
            around[0].extend(part[0])
            around[1].extend(part[1])
            grown.add(id(around))
    return grids


def _size(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)


def _is_part(grid: Grid, other: Grid) -> bool:
    """Whether all boundaries of a grid are some of the other's: its rules only do not touch those around them."""
    return all(any(abs(x - y) <= SNAP for y in other.xs) for x in grid.xs) and all(
        any(abs(x - y) <= SNAP for y in other.ys) for x in grid.ys
    )


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules on one line (within SNAP) joined where they overlap or nearly touch."""
    merged: list[Rule] = []
    for group in _clusters(rules):
        group.sort(key=lambda rule: rule.start)
        start, end = group[0].start, group[0].end
        last = start
        weight = at = 0.0
        for rule in group:
            # The next dash of a dashed line may begin a whole dash and gap later, where cells draw their own borders.
            dashes = max(rule.end - rule.start, end - last) <= DASH
            if rule.start > end + (DASH_JOIN if dashes else JOIN):
                merged.append(Rule(at / weight, start, end))
                start, end, weight, at = rule.start, rule.end, 0.0, 0.0
                last = start
            length = max(rule.end - rule.start, 0.1)
            weight, at = weight + length, at + rule.at * length
            if rule.end > end:
                last, end = rule.start, rule.end
        merged.append(Rule(at / weight, start, end))
    return merged


def _clusters(rules: list[Rule]) -> list[list[Rule]]:
    clusters: list[list[Rule]] = []
    first = last = float("-inf")
    for rule in sorted(rules):
        if rule.at - last <= SNAP and rule.at - first <= SPREAD:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
            first = rule.at
        last = rule.at
    return clusters


def _components(across: list[Rule], down: list[Rule]) -> list[_Component]:
    """Sets of rules that hang together by crossing or touching each other."""
    parents = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    down = sorted(down)
    places = [v.at for v in down]
    for i, h in enumerate(across):
        for j in range(bisect_left(places, h.start - TOUCH), bisect_right(places, h.end + TOUCH)):
            if down[j].start - TOUCH <= h.at <= down[j].end + TOUCH:
                parents[root(i)] = root(len(across) + j)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parents)):
        own = members.setdefault(root(index), ([], []))
        if index < len(across):
            own[0].append(across[index])
        else:
            own[1].append(down[index - len(across)])
    return list(members.values())


def _stacked(components: list[_Component], headings: Callable[[], list[float]]) -> list[_Component]:
    """Components without outer borders put together where only a row that spans the whole width parts them."""
    ready = [part for part in components if part[1] and not _is_open(part)]
    waiting = sorted((part for part in components if part[0] and (not part[1] or _is_open(part))), key=_top)
    if not any(part[1] for part in waiting):
        return ready
    barriers = headings()
    stacked: list[_Component] = []
    for part in waiting:
        for pile in reversed(stacked):
            bottom, top = max(rule.at for rule in pile[0]), _top(part)
            if (
                0 < top - bottom <= SPANNING_ROW
                and abs(min(rule.start for rule in pile[0]) - min(rule.start for rule in part[0])) <= TOUCH
                and abs(max(rule.end for rule in pile[0]) - max(rule.end for rule in part[0])) <= TOUCH
                and not any(bottom < barrier < top for barrier in barriers)
            ):
                pile[0].extend(part[0])
                pile[1].extend(part[1])
                break
        else:
            stacked.append((list(part[0]), list(part[1])))
    return ready + [part for part in stacked if part[1]]


def _is_open(part: _Component) -> bool:
    """Whether no vertical rule stands at the left or at the right end of the horizontal ones."""
    across, down = part
    if not across:
        return False
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    return min(rule.at for rule in down) - left > OPEN_SIDE and right - max(rule.at for rule in down) > OPEN_SIDE


def _top(part: _Component) -> float:
    return min(rule.at for rule in part[0])


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    if len(across) + len(down) < 3 or not across or not down:
        return None
    xs = _positions(down)
    ys = _positions(across)
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    top, bottom = min(rule.start for rule in down), max(rule.end for rule in down)
    open_top, open_bottom = ys[0] - top > OPEN_SIDE, bottom - ys[-1] > OPEN_SIDE
    if xs[0] - left > OPEN_SIDE:
        xs.insert(0, left)
        down = [*down, Rule(left, min(top, ys[0]), max(bottom, ys[-1]))]
    if right - xs[-1] > OPEN_SIDE:
        xs.append(right)
        down = [*down, Rule(right, min(top, ys[0]), max(bottom, ys[-1]))]
    if open_top:
        ys.insert(0, top)
    if open_bottom:
        ys.append(bottom)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS:
        return None
    grid = Grid(xs, ys, open_top=open_top, open_bottom=open_bottom)
    grid.cells = _cells(grid, _sides(down, xs, ys), _sides(across, ys, xs))
    return grid


def _positions(rules: list[Rule]) -> list[float]:
    """One position per cluster of rules, weighted by their lengths, ascending."""
    positions = []
    for group in _clusters(rules):
        weight = sum(rule.end - rule.start for rule in group) or 1.0
        positions.append(sum(rule.at * (rule.end - rule.start) for rule in group) / weight)
    return positions


def _sides(rules: list[Rule], positions: list[float], stops: list[float]) -> list[list[bool]]:
    """For each boundary position: which of the stretches between `stops` are ruled."""
    covered = [[0.0] * (len(stops) - 1) for _ in positions]
    for rule in rules:
        index = min(range(len(positions)), key=lambda i: abs(positions[i] - rule.at))
        for k in range(len(stops) - 1):
            overlap = min(rule.end, stops[k + 1]) - max(rule.start, stops[k])
            if overlap > 0:
                covered[index][k] += overlap
    return [[length >= COVERED * (stops[k + 1] - stops[k]) for k, length in enumerate(lengths)] for lengths in covered]


def _cells(grid: Grid, upright: list[list[bool]], level: list[list[bool]]) -> list[GridCell]:
    """Atomic cells joined to rectangles where no line is between them: first along rows, then down equal stretches."""
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    above: dict[tuple[int, int], GridCell] = {}
    cells: list[GridCell] = []
    for row in range(rows):
        current: dict[tuple[int, int], GridCell] = {}
        start = 0
        for column in range(1, columns + 1):
            if column < columns and not upright[column][row]:
                continue
            key = (start, column)
            cell = above.get(key)
            if cell is not None and not any(level[row][k] for k in range(start, column)):
                cell.rowspan += 1
            else:
                cell = GridCell(row, start, 1, column - start, (0.0, 0.0, 0.0, 0.0))
                cells.append(cell)
            current[key] = cell
            start = column
        above = current
    for cell in cells:
        cell.box = (
            grid.xs[cell.column],
            grid.ys[cell.row],
            grid.xs[cell.column + cell.colspan],
            grid.ys[cell.row + cell.rowspan],
        )
    return cells
