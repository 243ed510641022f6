"""Tables of a text that hold the paragraphs of a whole page: the text of a page that was laid out in tables.

A row with one text only is a paragraph if that text is a sentence, the heading of a section, or stands beside such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.documents.model import Cell
from gongkai.documents.text_bars import is_value

SENTENCE = 30
"""From this many characters on a full stop makes a row's only text a sentence, not a label."""

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．].*(?:情况|事项|问题)$")
_PROVISION = re.compile(r"第[一二三四五六七八九十百]+条")

Part = str | tuple[Cell, ...]
"""A paragraph, or the cells of a table."""


def parted(cells: Sequence[Cell]) -> list[Part]:
    """Return the paragraphs and the tables that the cells of a table are, in order; the table alone if it is one."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    lone = {row: text for row, members in rows.items() if (text := _only_text(members)) is not None}
    prose = {row for row, text in lone.items() if len(text) >= SENTENCE and "。" in text}
    if not prose:
        return [tuple(cells)]
    order = list(rows)
    for row, after in zip(order, [*order[1:], None], strict=True):
        if row in lone and _SECTION.match(lone[row]) and not (after is not None and _has_figure(rows[after])):
            prose.add(row)
    for ordered in (order, order[::-1]):
        beside = False
        for row in ordered:
            beside = row in prose or (beside and row in lone and not _PROVISION.match(lone[row]))
            if beside:
                prose.add(row)
    parts: list[Part] = []
    group: list[Cell] = []
    for row in order:
        if row not in prose:
            group.extend(rows[row])
            continue
        parts.extend(_table(group))
        group = []
        parts.append(lone[row])
    return [*parts, *_table(group)]


def _only_text(row: Sequence[Cell]) -> str | None:
    filled = [cell.text for cell in row if cell.text.strip()]
    return filled[0] if len(filled) == 1 else None


def _has_figure(row: Sequence[Cell]) -> bool:
    return any(is_value(cell.text.strip()) for cell in row)


def _table(cells: Sequence[Cell]) -> list[Part]:
    """The cells as a table of their own, counted from its first row."""
    if not any(cell.text.strip() for cell in cells):
        return []
    first = cells[0].row
    return [tuple(replace(cell, row=cell.row - first) for cell in cells)]
