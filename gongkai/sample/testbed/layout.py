"""Lay out a report's tables by the traits of its file, in the order of data/sample/traits.toml."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.sample.content import Grid, Paragraph, Part
from gongkai.sample.testbed import cells, labels, rows, tables
from gongkai.sample.testbed.effects import Effects
from gongkai.sample.testbed.settings import traits

_Layout = Callable[[Grid, Effects], Grid]
LAYOUTS: dict[str, _Layout] = {
    function.__name__: function
    for function in (
        tables.labels_one_column,
        tables.labels_with_group,
        tables.labels_bare,
        tables.review_in_rows,
        rows.caption_row,
        rows.extra_row,
        rows.extra_column,
        rows.no_total_column,
        labels.misspelt,
        labels.renumbered,
        labels.letters_apart,
        labels.wrapped,
        labels.headings_together,
        labels.values_together,
        labels.label_gone,
        labels.label_and_row_gone,
        labels.heading_debris,
        cells.zeros_blank,
        cells.zeros_slash,
        cells.zeros_dash,
        cells.thousands,
        cells.full_width,
        cells.digits_apart,
        cells.units_in_cells,
        rows.row_in_two,
        rows.heading_again,
        rows.page_number_row,
    )
}
"""The traits that change one grid into another, by name."""


def lay_out(parts: list[Part], chosen: frozenset[str], effects: Effects) -> tuple[Part, ...]:
    """The parts with every table laid out by the `chosen` traits; `effects` keeps what that does to the truth."""
    found: list[Part] = []
    for part in parts:
        if not isinstance(part, Grid):
            found.append(part)
            continue
        for trait in traits():
            if trait.id in chosen and trait.id in LAYOUTS:
                before, part = part, LAYOUTS[trait.id](part, effects)
                if part is not before:
                    effects.done.add(trait.id)
        halves = rows.table_in_parts(part, effects) if "table_in_parts" in chosen else [part]
        if len(halves) > 1:
            effects.done.add("table_in_parts")
        for number, half in enumerate(halves):
            if number and effects.chance.random() < 0.4:
                found.append(Paragraph("（续表）", "right"))
            found.append(half)
    return tuple(found)
