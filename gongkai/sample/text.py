"""Write a report as plain text or Markdown, its tables as copying, exporting or typing leaves them.

A tab between cells is what copying from a page gives; the traits of the test bed change that: bars, aligned,
cell_a_line, cells_dropped, gbk, utf16.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from gongkai.sample.content import Content, Grid, GridCell, Heading

_GAP = 3
"""Spaces between columns, at least."""


def write_text(content: Content) -> bytes:
    """The text's bytes: UTF-8, but GB18030 for every third unit."""
    table = next((_TABLES[trait] for trait in _TABLES if trait in content.traits), _tabs)
    lines = ["".join(content.title)]
    for part in content.parts:
        if isinstance(part, Grid):
            lines.append("\n".join(table(part)))
        elif isinstance(part, Heading):
            lines.append(part.text)
        else:
            lines.append("　　" + part.text if part.align == "left" else part.text)
    return _encoded("\n\n".join(lines) + "\n", content, by_unit=True)


def write_markdown(content: Content) -> bytes:
    """The text's bytes: headings with #, tables with bars and a rule below the first row."""
    lines = ["# " + "".join(content.title)]
    for part in content.parts:
        if isinstance(part, Grid):
            first, *rest = (f"| {' | '.join(row)} |".replace("\n", "<br>") for row in _texts(part))
            lines.append("\n".join([first, "|" + " --- |" * len(part.widths), *rest]))
        elif isinstance(part, Heading):
            lines.append("#" * (part.level + 1) + " " + part.text)
        else:
            lines.append(part.text)
    return _encoded("\n\n".join(lines) + "\n", content, by_unit=False)


def _encoded(text: str, content: Content, by_unit: bool) -> bytes:
    if "utf16" in content.traits:
        return text.encode("utf-16")
    other = "gbk" in content.traits or (by_unit and content.look % 3 == 0)
    return text.encode("gb18030" if other else "utf-8")


def _texts(grid: Grid) -> list[list[str]]:
    """The rows; a spanned cell's text stands at its upper left position, the rest of it is empty."""
    found = [[""] * len(grid.widths) for _ in range(grid.rows)]
    for cell in grid.cells:
        found[cell.row][cell.column] = cell.text
    return found


def _tabs(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in _texts(grid)]


def _bars(grid: Grid) -> list[str]:
    return [" | ".join(row).replace("\n", "") for row in _texts(grid)]


def _cells_dropped(grid: Grid) -> list[str]:
    return ["\t".join(text for text in row if text) for row in _texts(grid)]


def _cell_a_line(grid: Grid) -> list[str]:
    return [cell.text for row in grid.by_row() for cell in row if cell.text]


def _aligned(grid: Grid) -> list[str]:
    """Columns as wide as their widest cell needs; a cell that spans columns goes on over them."""
    widths = [_GAP] * len(grid.widths)
    for cell in sorted(grid.cells, key=lambda cell: cell.colspan):
        last = cell.column + cell.colspan
        lacking = _width(_one_line(cell)) + _GAP - sum(widths[cell.column : last])
        widths[last - 1] += max(0, lacking)
    lines = []
    for row in grid.by_row():
        line = ""
        for cell in row:
            line += " " * (sum(widths[: cell.column]) - _width(line)) + _one_line(cell)
        lines.append(line.rstrip())
    return lines


def _one_line(cell: GridCell) -> str:
    return cell.text.replace("\n", "")


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: two for each character of Chinese."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


_TABLES: dict[str, Callable[[Grid], list[str]]] = {
    "bars": _bars,
    "aligned": _aligned,
    "cell_a_line": _cell_a_line,
    "cells_dropped": _cells_dropped,
}
"""How tables are written, by trait."""
