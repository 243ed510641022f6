"""What programs make of the tables of a saved page: texts in the layouts seen in the wild, from invented rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

WIDTH = 10
"""Columns of table 3 with its three of labels: rows are made up to it by bars."""

Writer = Callable[[Sequence[Sequence[str]]], str]


def rows_in_bars(rows: Sequence[Sequence[str]]) -> str:
    """A row a line in bars, blank cells between spaces, missing ones as bare bars."""
    return "\n".join("| " + "".join(f"{cell} | " for cell in row) + "|" * (WIDTH - len(row)) for row in rows)


def rows_before_bars(rows: Sequence[Sequence[str]]) -> str:
    """A row a line, a bar behind each cell and none in front."""
    return "\n".join("".join(f"{cell} | " for cell in row).rstrip() for row in rows)


def cells_before_bars(rows: Sequence[Sequence[str]]) -> str:
    """A cell a line with its bar behind it, a bare bar for a blank cell, a line of bars for missing ones."""
    lines: list[str] = []
    for row in rows:
        lines.extend(f"{cell} |" if cell else "|" for cell in row)
        lines.extend(["|" * (WIDTH - len(row))] * (len(row) < WIDTH))
    return "\n".join(lines)


def bars_on_their_own(rows: Sequence[Sequence[str]]) -> str:
    """A cell a line and its bar on the next."""
    return "\n".join(f"{cell}\n|" if cell else "|" for row in rows for cell in row)


def bars_between(rows: Sequence[Sequence[str]]) -> str:
    """Bars between cells only, under a rule after the first row."""
    first, *others = ("| ".join(row) for row in rows)
    return "\n".join([first, "---|---", *others])


def doubled_bars(rows: Sequence[Sequence[str]]) -> str:
    """Two bars between cells."""
    return "\n".join("|" + "||".join(row) + "|" for row in rows)


def doubled_tabs(rows: Sequence[Sequence[str]]) -> str:
    """Two tabs between cells."""
    return "\n".join("\t\t".join(row) for row in rows)


def one_line(rows: Sequence[Sequence[str]]) -> str:
    """All rows on one line."""
    return " | ".join(cell for row in rows for cell in row) + " |"


def cells_with_gaps(rows: Sequence[Sequence[str]]) -> str:
    """A cell a line and an empty line between cells; a blank cell is a line with a space."""
    return "\n\n".join(cell or " " for row in rows for cell in row)


def without_blanks(rows: Sequence[Sequence[str]]) -> str:
    """A cell a line, blank cells gone."""
    return "\n".join(cell for row in rows for cell in row if cell)


KEEP_BLANKS: tuple[Writer, ...] = (
    rows_in_bars,
    rows_before_bars,
    cells_before_bars,
    bars_on_their_own,
    bars_between,
    doubled_tabs,
    cells_with_gaps,
)
"""Writers from whose texts blank cells can be told."""

ALL: tuple[Writer, ...] = (*KEEP_BLANKS, doubled_bars, one_line, without_blanks)
