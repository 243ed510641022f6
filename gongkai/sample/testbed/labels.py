"""What happens to the labels of a table: misspelt, renumbered, spaced, broken, run together, gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gongkai.sample.content import Grid, GridCell
from gongkai.sample.draft import Mistake
from gongkai.sample.testbed.effects import Effects
from gongkai.sample.testbed.geometry import cells_of_row, figure_rows, remove_row, with_text
from gongkai.sample.testbed.settings import settings

_NUMBER = re.compile(r"^(\d)\.")
_NUMBER_STYLES: tuple[Callable[[str], str], ...] = (
    lambda n: f"（{n}）",
    lambda n: f"{n}、",
    lambda n: f"{n}．",
    lambda n: f"{n}. ",
    lambda n: "①②③④⑤⑥⑦⑧⑨"[int(n) - 1],
    lambda n: "",
)
_SHORT, _LONG = 4, 6
"""Characters of a label that may be spaced, and of one that may be broken."""


def misspelt(grid: Grid, effects: Effects) -> Grid:
    """Up to three labels with a wrong character or one too few."""
    texts, left = {}, effects.chance.randint(1, 3)
    for right, wrong in effects.chance.sample(settings().words["misspelt"], len(settings().words["misspelt"])):
        for cell in grid.cells:
            if not cell.key and right in cell.text and cell not in texts and left:
                texts[cell] = cell.text.replace(right, wrong)
                left -= 1
                break
    return with_text(grid, texts)


def renumbered(grid: Grid, effects: Effects) -> Grid:
    """Arabic numbers of rows in another style, the same for the whole table."""
    style = effects.chance.choice(_NUMBER_STYLES)
    texts = {}
    for cell in grid.cells:
        match = None if cell.key else _NUMBER.match(cell.text)
        if match:
            texts[cell] = style(match[1]) + cell.text[match.end() :]
    return with_text(grid, texts)


def letters_apart(grid: Grid, effects: Effects) -> Grid:
    """Spaces between the characters of short labels (总 计)."""
    space = effects.chance.choice((" ", "　", "  "))
    short = [c for c in grid.cells if not c.key and c.role != "tall" and 1 < len(c.text) <= _SHORT]
    return with_text(grid, {cell: space.join(cell.text) for cell in short if "\n" not in cell.text})


def wrapped(grid: Grid, effects: Effects) -> Grid:
    """Long labels broken over two lines at some place."""
    texts = {}
    for cell in grid.cells:
        if not cell.key and cell.role != "tall" and len(cell.text) >= _LONG and effects.chance.random() < 0.5:
            place = effects.chance.randint(3, len(cell.text) - 2)
            texts[cell] = cell.text[:place] + "\n" + cell.text[place:]
    return with_text(grid, texts)


def headings_together(grid: Grid, effects: Effects) -> Grid:
    """Two headings of table 4 in one cell over two values."""
    return _together(grid, effects, values=False)


def values_together(grid: Grid, effects: Effects) -> Grid:
    """Two headings of table 4 in one cell, and their values in one ("21 0")."""
    return _together(grid, effects, values=True)


def _together(grid: Grid, effects: Effects, values: bool) -> Grid:
    if grid.name != "review":
        return grid
    heads = {c.column: c for c in grid.cells if c.role == "head" and c.row + c.rowspan == grid.heads and c.colspan == 1}
    left = effects.chance.choice([column for column in heads if column % 5 < 3 and column + 1 in heads])
    merged = {left: f"{heads[left].text} {heads[left + 1].text}"}
    cells = [c for c in grid.cells if c not in (heads[left], heads[left + 1])]
    cells.append(replace(heads[left], text=merged[left], colspan=2))
    if values:
        first, second = (next(c for c in cells if c.key and c.column == column) for column in (left, left + 1))
        cells = [cell for cell in cells if cell not in (first, second)]
        cells.append(replace(first, text=f"{first.text} {second.text}", colspan=2))
    return replace(grid, cells=tuple(cells))


def label_gone(grid: Grid, effects: Effects) -> Grid:
    """A row of table 3 or of the annex without its label. Its place among the others still tells which it is."""
    labels = [cell for cell in _row_labels(grid)[1:-1] if cell.text and not cell.text.startswith("（七）")]
    if grid.name not in ("applications", "annex") or not labels:
        return grid
    cell = effects.chance.choice(labels)
    keys = [each.key for each in cells_of_row(grid, cell.row) if each.key]
    effects.mistakes.append(Mistake("unlabelled_row", keys[0][0]))
    return with_text(grid, {cell: ""})


def label_and_row_gone(grid: Grid, effects: Effects) -> Grid:
    """A row of zeros dropped, and the label of the row beside it: the two cannot be told apart any more."""
    if grid.name != "applications":
        return grid
    labels = {cell.row: cell for cell in _row_labels(grid) if _NUMBER.match(cell.text)}
    pairs = []
    for row, cell in labels.items():
        for other in (row - 1, row + 1):
            neighbour = labels.get(other)
            # Of one group: the first row of a group carries the group's label.
            inner = neighbour is not None and not any(c.rowspan > 1 for c in cells_of_row(grid, max(row, other)))
            if inner and all(c.text == "0" for c in cells_of_row(grid, other) if c.key):
                pairs.append((cell, other))
    pairs = [(cell, other) for cell, other in pairs if not any(c.rowspan > 1 for c in cells_of_row(grid, other))]
    if not pairs:
        return grid
    cell, other = effects.chance.choice(pairs)
    dropped = {c.key for c in cells_of_row(grid, other) if c.key}
    effects.gone |= dropped
    effects.unknowable |= dropped | {c.key for c in cells_of_row(grid, cell.row) if c.key}
    effects.mistakes.append(Mistake("form_altered", min(metric for metric, _ in dropped)))
    return remove_row(with_text(grid, {cell: ""}), other)


def heading_debris(grid: Grid, effects: Effects) -> Grid:
    """A number in the heading, as a scan or a slip of the hand leaves it."""
    debris = effects.chance.choice(settings().words["debris"])
    heads = [c for c in grid.cells if not c.key and c.row < grid.heads and (c.role == "label" or c.colspan > 1)]
    if not heads or grid.name != "applications":
        return grid
    cell = effects.chance.choice(heads)
    return with_text(grid, {cell: effects.chance.choice((debris, f"{cell.text} {debris}"))})


def _row_labels(grid: Grid) -> list[GridCell]:
    """The label next to the figures of every row that has one, from the top."""
    found = []
    for row in figure_rows(grid):
        labels = [cell for cell in cells_of_row(grid, row) if not cell.key and cell.role == "label"]
        if labels and labels[-1].rowspan == 1:
            found.append(labels[-1])
    return found
