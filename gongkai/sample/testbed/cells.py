"""What happens to the text of figures: separators, full-width digits, line breaks, units, and zeros not written."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.catalogue.metrics import metrics
from gongkai.sample.content import Grid
from gongkai.sample.counts import Key
from gongkai.sample.draft import Mistake
from gongkai.sample.testbed.effects import Effects
from gongkai.sample.testbed.geometry import with_text

_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_DIGITS_KEPT = 3
"""Shorter numbers are not broken over lines."""


def zeros_blank(grid: Grid, effects: Effects) -> Grid:
    """Zeros left blank."""
    return _zeros(grid, effects, "")


def zeros_slash(grid: Grid, effects: Effects) -> Grid:
    """Zeros as a stroke."""
    return _zeros(grid, effects, "/")


def zeros_dash(grid: Grid, effects: Effects) -> Grid:
    """Zeros as a dash."""
    return _zeros(grid, effects, effects.chance.choice(("-", "—", "——")))


def _zeros(grid: Grid, effects: Effects, text: str) -> Grid:
    """Zeros, but not in the column of totals, nor a total: people write those."""
    chosen = [c for c in grid.cells if c.text == "0" and c.key and _optional(c.key, grid.name)]
    keys = {cell.key for cell in chosen if cell.key}
    effects.empty |= keys
    effects.mistakes += [Mistake("blank_cell", f"{metric}/{applicant}") for metric, applicant in sorted(keys)]
    return with_text(grid, dict.fromkeys(chosen, text))


def _optional(key: Key, table: str) -> bool:
    metric, applicant = key
    return not metric.endswith((".total", ".closed")) and (applicant != "all" or table != "applications")


def thousands(grid: Grid, effects: Effects) -> Grid:
    """1,234."""
    mark = effects.chance.choice((",", ",", "，"))
    return _rewritten(grid, lambda text: f"{int(text):,}".replace(",", mark) if text.isdecimal() else text)


def full_width(grid: Grid, effects: Effects) -> Grid:
    """１２３４."""
    return _rewritten(grid, lambda text: text.translate(_FULL_WIDTH))


def digits_apart(grid: Grid, effects: Effects) -> Grid:
    """A line break within a number of four digits and more, as narrow cells make it."""
    return _rewritten(grid, lambda text: f"{text[:-2]}\n{text[-2:]}" if len(text) > _DIGITS_KEPT else text)


def units_in_cells(grid: Grid, effects: Effects) -> Grid:
    """12件. The catalogue's unit, as the form prints it."""
    texts = {c: c.text + metrics()[c.key[0]].unit for c in grid.cells if c.key and _number(c.text)}
    return with_text(grid, texts)


def _rewritten(grid: Grid, write: Callable[[str], str]) -> Grid:
    return with_text(grid, {c: write(c.text) for c in grid.cells if c.key and _number(c.text)})


def _number(text: str) -> bool:
    return text.replace(".", "").removeprefix("-").isdecimal()
