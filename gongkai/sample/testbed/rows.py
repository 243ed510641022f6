"""What happens to the rows and columns of a table: added, dropped, broken over pages, repeated, cut in parts."""

from __future__ import annotations

from dataclasses import replace

from gongkai.sample.content import Grid, GridCell
from gongkai.sample.draft import Mistake
from gongkai.sample.testbed.effects import Effects
from gongkai.sample.testbed.geometry import (
    add_column,
    cells_of_row,
    cut,
    figure_rows,
    insert_row,
    join,
    remove_column,
)
from gongkai.sample.testbed.settings import settings

_CAPTIONS = {
    "disclosure": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况（单位：件）",
    "review": "政府信息公开行政复议、行政诉讼情况（单位：件）",
    "annex": "政府信息公开情况统计表",
}
_LONG_LABEL = 8
_MANY_ROWS = 8
"""Only longer tables break over a page."""


def caption_row(grid: Grid, effects: Effects) -> Grid:
    """The table's name over all columns, as its first row."""
    return insert_row(grid, 0, [GridCell(0, 0, _CAPTIONS[grid.name], 1, len(grid.widths), "title")])


def extra_row(grid: Grid, effects: Effects) -> Grid:
    """A row of the province's own at the end of table 2 or of the annex."""
    if grid.name not in ("disclosure", "annex") or (grid.heads == 1 and grid.name == "disclosure"):
        return grid
    label = effects.chance.choice(settings().words["extra_rows"])
    last = figure_rows(grid)[-1]
    value = str(effects.chance.randint(1, 60))
    cells = [replace(cell, text=value if cell.key else "", key=None) for cell in cells_of_row(grid, last)]
    cells[0] = replace(cells[0], text=label)
    effects.mistakes.append(Mistake("form_altered", label))
    return insert_row(grid, last + 1, cells)


def extra_column(grid: Grid, effects: Effects) -> Grid:
    """An empty column for remarks."""
    return add_column(grid, "备注", 0.08) if grid.name in ("applications", "annex") else grid


def no_total_column(grid: Grid, effects: Effects) -> Grid:
    """Table 3 without its last column."""
    if grid.name != "applications":
        return grid
    effects.gone |= {cell.key for cell in grid.cells if cell.key and cell.key[1] == "all"}
    return remove_column(grid, next(c.column for c in grid.cells if c.key and c.key[1] == "all"))


def row_in_two(grid: Grid, effects: Effects) -> Grid:
    """A row whose label goes on in a row below, as where a page ends within it; its figures stand in one of the two."""
    rows = []
    for row in figure_rows(grid):
        cells = cells_of_row(grid, row)
        labels = [cell for cell in cells if cell.role == "label" and not cell.key]
        if labels and len(labels[-1].text) >= _LONG_LABEL and all(cell.rowspan == 1 for cell in cells):
            rows.append(row)
    if len(figure_rows(grid)) < _MANY_ROWS or not rows:
        return grid
    row, above = effects.chance.choice(rows), effects.chance.random() < 0.6
    first, second = [], []
    for cell in cells_of_row(grid, row):
        if cell.key:
            first.append(cell if above else replace(cell, text="", key=None))
            second.append(replace(cell, text="", key=None) if above else cell)
        elif len(cell.text) >= _LONG_LABEL:
            place = effects.chance.randint(4, len(cell.text) - 2)
            first.append(replace(cell, text=cell.text[:place]))
            second.append(replace(cell, text=cell.text[place:]))
        else:
            first.append(cell)
            second.append(replace(cell, text=""))
    kept = replace(grid, cells=(*(cell for cell in grid.cells if cell.row != row), *first))
    return insert_row(kept, row + 1, second)


def heading_again(grid: Grid, effects: Effects) -> Grid:
    """The heading once more within the table."""
    if grid.heads < 1 or len(figure_rows(grid)) < _MANY_ROWS:
        return grid
    above, below = cut(grid, _break(grid, effects))
    return join(above, cut(grid, grid.heads)[0], below)


def table_in_parts(grid: Grid, effects: Effects) -> list[Grid]:
    """The table in two, the second without a heading."""
    if len(figure_rows(grid)) < _MANY_ROWS:
        return [grid]
    return list(cut(grid, _break(grid, effects)))


def page_number_row(grid: Grid, effects: Effects) -> Grid:
    """A page's number as a row."""
    if len(figure_rows(grid)) < _MANY_ROWS:
        return grid
    text = effects.chance.choice(("— {} —", "- {} -", "第{}页", "{}")).format(effects.chance.randint(2, 6))
    above, below = cut(grid, _break(grid, effects))
    return join(above, Grid((GridCell(0, 0, text, 1, len(grid.widths), "head"),), grid.widths, 1), below)


def _break(grid: Grid, effects: Effects) -> int:
    """A row that a page may begin with: not in the heading, and with some rows of figures above and below."""
    rows = figure_rows(grid)
    return effects.chance.choice(rows[3:-2])
