"""Statutory tables that are laid out otherwise than the official ones."""

from __future__ import annotations

from dataclasses import replace

from gongkai.sample.content import Grid, GridCell
from gongkai.sample.testbed.effects import Effects

_LABELS = 3
"""Columns of labels in the official table 3."""
_WIDE, _NARROW = 0.44, 0.08
_REVIEW_BLOCKS = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def labels_one_column(grid: Grid, effects: Effects) -> Grid:
    """Table 3 with one column of labels, the groups' names in rows without figures."""
    return _one_column(grid, "rows") if grid.name == "applications" else grid


def labels_with_group(grid: Grid, effects: Effects) -> Grid:
    """Table 3 with one column of labels, each behind its group's name."""
    return _one_column(grid, "before") if grid.name == "applications" else grid


def labels_bare(grid: Grid, effects: Effects) -> Grid:
    """Table 3 with one column of labels and no groups."""
    return _one_column(grid, "none") if grid.name == "applications" else grid


def _one_column(grid: Grid, groups: str) -> Grid:
    cells = [
        replace(cell, column=max(0, cell.column - _LABELS + 1), colspan=1 if cell.column < _LABELS else cell.colspan)
        for cell in grid.cells
        if cell.row < grid.heads
    ]
    results = next((cell for cell in grid.cells if cell.role == "tall"), None)
    group_of: dict[int, str] = {}
    for cell in grid.cells:
        if cell.role == "label" and cell.rowspan > 1 and cell.row >= grid.heads:
            group_of |= dict.fromkeys(range(cell.row, cell.row + cell.rowspan), cell.text)
    columns = len(grid.widths) - _LABELS + 1
    row = grid.heads
    for old in range(grid.heads, grid.rows):
        printed = sorted((c for c in grid.cells if c.row == old), key=lambda cell: cell.column)
        label = next(c for c in reversed(printed) if c.role == "label" and c.rowspan == 1)
        above = [results.text] if results and results.row == old else []
        above += [group_of[old]] if old in group_of and group_of.get(old - 1) != group_of[old] else []
        for text in above if groups == "rows" else ():
            cells.append(GridCell(row, 0, text, role="label"))
            cells += [GridCell(row, column, "") for column in range(1, columns)]
            row += 1
        text = group_of.get(old, "") + label.text if groups == "before" else label.text
        cells.append(replace(label, row=row, column=0, colspan=1, text=text))
        cells += [replace(c, row=row, column=c.column - _LABELS + 1) for c in printed if c.key]
        row += 1
    widths = (_WIDE, *(_NARROW,) * (columns - 1))
    return replace(grid, cells=tuple(cells), widths=tuple(w / sum(widths) for w in widths), rows=row)


def review_in_rows(grid: Grid, effects: Effects) -> Grid:
    """Table 4 with a row for each block."""
    if grid.name != "review":
        return grid
    figures = sorted((cell for cell in grid.cells if cell.key), key=lambda cell: cell.column)
    labels = [cell.text for cell in grid.cells if cell.role == "head" and cell.row + cell.rowspan == grid.heads]
    cells = [GridCell(0, 0, "", role="head")]
    cells += [GridCell(0, n + 1, text, role="head") for n, text in enumerate(labels[: len(_OUTCOMES)])]
    for row, block in enumerate(_REVIEW_BLOCKS, start=1):
        cells.append(GridCell(row, 0, block, role="label"))
        part = figures[(row - 1) * len(_OUTCOMES) : row * len(_OUTCOMES)]
        cells += [replace(cell, row=row, column=n + 1) for n, cell in enumerate(part)]
    return Grid(tuple(cells), (0.35, *(0.13,) * len(_OUTCOMES)), len(_REVIEW_BLOCKS) + 1, heads=1, name="review")
