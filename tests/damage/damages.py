"""True tables, the damage that copying, scanning and hurried hands do to them, and the ways in which they come."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from gongkai.catalogue.form_layout import Printer
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block, Cell
from gongkai.documents.reader import read_bytes
from gongkai.parsing.table_reading import TableReading
from gongkai.parsing.tables import read_tables
from gongkai.records import CONFIDENT
from gongkai.sample.content import Content, Grid, GridCell, Heading, Part
from gongkai.sample.counts import Key
from gongkai.sample.html import write_html
from gongkai.sample.testbed.geometry import cells_of_row, cut, figure_rows, insert_row, join, with_text
from gongkai.sample.text import write_text

YEARS = {"2021": 2022, "2019": 2020}
Truth = dict[Key, int]


@dataclass(frozen=True)
class Tables:
    """The three tables of a report as grids, and what they say."""

    year: int
    truth: Truth
    grids: tuple[Grid, ...]


def true_tables(regime: str, seed: int, largest: int) -> Tables:
    """Tables in which all identities hold; many zeros, figures up to some `largest`."""
    chance, truth = Random(seed), Truth()
    keys = _keys(regime)
    outcomes = [metric for metric in keys if metric.startswith("applications.")]
    base = ["new", "carried_in", "closed", "carried_out"]
    outcomes = [metric for metric in outcomes if metric.split(".", 1)[1] not in base]
    applicants = keys[outcomes[0]][:-1]
    for who in applicants:
        parts = {metric: chance.choice((0, 0, 0, 1, chance.randrange(largest))) for metric in outcomes}
        closed, carried_in = sum(parts.values()), chance.randrange(4)
        carried_out = carried_in + chance.randrange(3)
        rows = {"closed": closed, "carried_in": carried_in, "carried_out": carried_out}
        rows["new"] = closed + carried_out - carried_in
        truth |= {(metric, who): value for metric, value in parts.items()}
        truth |= {(f"applications.{name}", who): value for name, value in rows.items()}
    for metric in (*outcomes, *(f"applications.{name}" for name in base)):
        truth[metric, "all"] = sum(truth[metric, who] for who in applicants)
    for metric in keys:
        block, _, last = metric.rpartition(".")
        if block in ("review", "litigation.direct", "litigation.after_review") and last != "total":
            truth[metric, "all"] = chance.choice((0, 0, 1, chance.randrange(largest)))
            truth[f"{block}.total", "all"] = truth.get((f"{block}.total", "all"), 0) + truth[metric, "all"]
        elif (metric, "all") not in truth and last != "total":
            truth[metric, "all"] = chance.randrange(largest * 3)
    printer = Printer(regime, {key: str(value) for key, value in truth.items()}, {}, merge_other=False)
    return Tables(YEARS[regime], truth, (printer.disclosure(), printer.applications(), printer.review()))


def _keys(regime: str) -> dict[str, list[str]]:
    """Every metric of a form with its applicants."""
    found: dict[str, list[str]] = {}
    printer = Printer(regime, _Any(), {}, merge_other=False)
    for grid in (printer.disclosure(), printer.applications(), printer.review()):
        for cell in grid.cells:
            if cell.key:
                found.setdefault(cell.key[0], []).append(cell.key[1])
    return found


class _Any(dict[Key, str]):
    def __missing__(self, key: Key) -> str:
        return "0"


# ---- damage: a grid and a source of chance → the damaged grid


def drop_label(grid: Grid, chance: Random) -> Grid:
    return with_text(grid, {chance.choice(_labels(grid)): ""})


def misspell_label(grid: Grid, chance: Random) -> Grid:
    labels = _labels(grid)
    cell = chance.choice([label for label in labels if len(label.text) >= 6] or labels)
    place = chance.randrange(min(2, len(cell.text) - 2), len(cell.text) - 1)
    return with_text(grid, {cell: cell.text[:place] + chance.choice(("", "口", "木")) + cell.text[place + 1 :]})


def shift_row(grid: Grid, chance: Random) -> Grid:
    """The figures of a row one column to the right; the last stands beside the table's heading."""
    row = chance.choice(figure_rows(grid))
    figures = [cell for cell in cells_of_row(grid, row) if cell.key]
    first = figures[0]
    kept = [cell for cell in grid.cells if cell not in figures]
    moved = [replace(cell, column=cell.column + cell.colspan) for cell in figures]
    end = max(cell.column + cell.colspan for cell in moved)
    widths = (*grid.widths, *(grid.widths[-1],) * (end - len(grid.widths)))
    return replace(grid, cells=(*kept, replace(first, text="", key=None), *moved), widths=widths)


def split_number(grid: Grid, chance: Random) -> Grid:
    """A blank or a line break within a number of two digits or more."""
    long = [cell for cell in grid.cells if cell.key and len(cell.text) > 1]
    if not long:
        return grid
    cell = chance.choice(long)
    place = chance.randrange(1, len(cell.text))
    return with_text(grid, {cell: cell.text[:place] + chance.choice((" ", "\n")) + cell.text[place:]})


def insert_debris(grid: Grid, chance: Random) -> Grid:
    """A number in a heading or in a row of its own, as a scan leaves it."""
    debris = chance.choice(("24.5", "3", "— 7 —", "1 2"))
    heads = [cell for cell in grid.cells if not cell.key and cell.row < grid.heads]
    if heads and chance.random() < 0.5:
        cell = chance.choice(heads)
        return with_text(grid, {cell: chance.choice((debris, f"{cell.text} {debris}"))})
    above, below = cut(grid, chance.choice(figure_rows(grid)))
    cells = (GridCell(0, chance.randrange(len(grid.widths)), debris),)
    return join(above, Grid(cells, grid.widths, 1), below)


def merge_headings(grid: Grid, chance: Random) -> Grid:
    """Two headings beside each other in one cell."""
    leaves = {
        c.column: c for c in grid.cells if c.role == "head" and c.row + c.rowspan == grid.heads and c.colspan == 1
    }
    pairs = [column for column in leaves if column + 1 in leaves and leaves[column].row == leaves[column + 1].row]
    if not pairs:
        return grid
    left = chance.choice(pairs)
    first, second = leaves[left], leaves[left + 1]
    kept = [cell for cell in grid.cells if cell not in (first, second)]
    return replace(grid, cells=(*kept, replace(first, text=f"{first.text} {second.text}", colspan=2)))


def drop_blanks(grid: Grid, chance: Random) -> Grid:
    """A row's zeros left out altogether: the cells that remain close up to the left."""
    row = chance.choice(figure_rows(grid))
    figures = [cell for cell in cells_of_row(grid, row) if cell.key]
    left = [cell for cell in figures if cell.text != "0"]
    kept = [cell for cell in grid.cells if cell not in figures]
    moved = [replace(cell, column=place.column) for cell, place in zip(left, figures, strict=False)]
    return replace(grid, cells=(*kept, *moved))


def swap_rows(grid: Grid, chance: Random) -> Grid:
    """Two rows of a group in each other's place, with their labels; of table 4, two columns of a block."""
    groups: dict[tuple[str, int], list[GridCell]] = {}
    for label in _labels(grid):
        if label.role == "head":
            groups.setdefault(("columns", label.column // 5), []).append(label)
        else:
            width = len([cell for cell in cells_of_row(grid, label.row) if cell.key])
            groups.setdefault((_group(grid, label), width), []).append(label)
    one, two = chance.sample(chance.choice([labels for labels in groups.values() if len(labels) > 1]), 2)
    texts: dict[GridCell, str] = {one: two.text, two: one.text}
    keys: dict[GridCell, GridCell] = {}
    first, second = (_figures_of(grid, label) for label in (one, two))
    for a, b in zip(first, second, strict=True):
        keys |= {a: b, b: a}
    cells = tuple(
        replace(cell, text=keys[cell].text, key=keys[cell].key)
        if cell in keys
        else replace(cell, text=texts.get(cell, cell.text))
        for cell in grid.cells
    )
    return replace(grid, cells=cells)


def break_row(grid: Grid, chance: Random) -> Grid:
    """A row over two rows: its label in both, its figures in one of them."""
    labels = [label for label in _labels(grid) if len(label.text) >= 6]
    labels = [label for label in labels if all(cell.rowspan == 1 for cell in cells_of_row(grid, label.row))]
    if not labels:
        return grid
    label, above = chance.choice(labels), chance.random() < 0.5
    place = chance.randrange(3, len(label.text) - 1)
    first, second = [], []
    for cell in cells_of_row(grid, label.row):
        if cell == label:
            first.append(replace(cell, text=cell.text[:place]))
            second.append(replace(cell, text=cell.text[place:]))
        elif cell.key:
            first.append(cell if above else replace(cell, text="", key=None))
            second.append(replace(cell, text="", key=None) if above else cell)
        else:
            first.append(cell)
            second.append(replace(cell, text=""))
    rest = replace(grid, cells=(*(cell for cell in grid.cells if cell.row != label.row), *first))
    return insert_row(rest, label.row + 1, second)


def repeat_heading(grid: Grid, chance: Random) -> Grid:
    if not grid.heads or len(figure_rows(grid)) < 2:
        return grid
    above, below = cut(grid, chance.choice(figure_rows(grid)[1:]))
    return join(above, cut(grid, grid.heads)[0], below)


DAMAGES: dict[str, Callable[[Grid, Random], Grid]] = {
    function.__name__: function
    for function in (
        drop_label,
        misspell_label,
        shift_row,
        split_number,
        insert_debris,
        merge_headings,
        drop_blanks,
        swap_rows,
        break_row,
        repeat_heading,
    )
}


def _group(grid: Grid, label: GridCell) -> str:
    """The group that a row of table 3 belongs to, or the item of table 2."""
    spanning = [c for c in grid.cells if c.role == "label" and c.row <= label.row < c.row + c.rowspan and c.rowspan > 1]
    titles = [cell for cell in grid.cells if cell.role == "title" and cell.row < label.row]
    return (spanning or titles[-1:] or [label])[0].text if spanning or titles else ""


def _figures_of(grid: Grid, label: GridCell) -> list[GridCell]:
    """The figures that a label names: those of its row, or those below it."""
    if label.role == "head":
        return [cell for cell in grid.cells if cell.key and cell.column == label.column]
    return [cell for cell in cells_of_row(grid, label.row) if cell.key]


def _labels(grid: Grid) -> list[GridCell]:
    """The labels beside the figures; of table 4, which has none, the headings."""
    labels = [cells_of_row(grid, row) for row in figure_rows(grid)]
    own = [[cell for cell in row if cell.role == "label" and cell.rowspan == 1] for row in labels]
    found = [row[-1] for row in own if row]
    return found or [cell for cell in grid.cells if cell.role == "head" and cell.colspan == 1]


# ---- the ways in which a table comes


def as_blocks(grids: tuple[Grid, ...]) -> tuple[Block, ...]:
    builder = BlockBuilder()
    for grid in grids:
        builder.table(Cell(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells)
    return builder.blocks


def as_page(grids: tuple[Grid, ...]) -> tuple[Block, ...]:
    return read_bytes(write_html(_content(grids, frozenset())), "report.html").blocks


def as_tabs(grids: tuple[Grid, ...]) -> tuple[Block, ...]:
    """A tab between cells; nothing behind the last one that holds something."""
    text = write_text(_content(grids, frozenset())).decode("utf-8")
    return read_bytes(re.sub(r"\t+$", "", text, flags=re.MULTILINE).encode(), "report.txt").blocks


def as_bars(grids: tuple[Grid, ...]) -> tuple[Block, ...]:
    """Bars between cells; none behind the last one that holds something."""
    text = write_text(_content(grids, frozenset({"bars"}))).decode("utf-8")
    return read_bytes(re.sub(r"(?: \| *)+$", "", text, flags=re.MULTILINE).encode(), "report.txt").blocks


def as_lines(grids: tuple[Grid, ...]) -> tuple[Block, ...]:
    """One cell a line; what is empty leaves no line."""
    return read_bytes(write_text(_content(grids, frozenset({"cell_a_line"}))), "report.txt").blocks


WAYS: dict[str, Callable[[tuple[Grid, ...]], tuple[Block, ...]]] = {
    function.__name__: function for function in (as_blocks, as_page, as_tabs, as_bars, as_lines)
}
_SECTIONS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


def _content(grids: tuple[Grid, ...], traits: frozenset[str]) -> Content:
    parts: list[Part] = []
    for section, grid in zip(_SECTIONS, grids, strict=True):
        parts += [Heading(section), grid]
    return Content(
        title=("某县某局政府信息公开工作年度报告",),
        parts=tuple(parts),
        agency="某县某局",
        publisher="某县某局",
        published_on=date(2023, 1, 20),
        site="site",
        style="trs",
        look=1,
        place="某县",
        traits=traits,
    )


def wrong_unmarked(tables: Tables, damaged: tuple[Grid, ...], way: str) -> list[str]:
    """Every figure that is read without a doubt and is not what the undamaged tables say, in words."""
    reading: TableReading = read_tables(WAYS[way](damaged), tables.year)
    found = []
    for figure in reading.figures:
        true = tables.truth.get((figure.metric, figure.applicant))
        if figure.value is not None and figure.confidence >= CONFIDENT and figure.value != true:
            found.append(f"{figure.metric}/{figure.applicant} = {figure.value:g}, true {true}")
    return found
