"""Finding table 4: one row of fifteen values under two levels of headings, whole, in parts, or turned on its side."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.catalogue.forms import ColumnSpec, FormTable, RowSpec
from gongkai.parsing.alignment import Match, align
from gongkai.parsing.columns import Headings, header_map, is_heading
from gongkai.parsing.rows import Row

_OUTCOMES = 3
"""How many headings of outcomes must stand above a row of values."""


def match_review(rows: list[Row], headings: Headings, table: FormTable) -> list[Match]:
    """The rows of table 4 with the columns they hold; none where it is not there."""
    spec = table.rows[0]
    whole = _under_headings(rows, headings, spec, (), partial=False)
    if whole:
        return [whole]
    blocks = list(dict.fromkeys(column.block for column in spec.columns))
    partitions = ([blocks[:1], blocks[1:]], [[block] for block in blocks])
    parts = [
        [
            match
            for part in partition
            if (match := _under_headings(rows, headings, *_part(spec, blocks, part), partial=True))
        ]
        for partition in partitions
    ]
    best = max(parts, key=lambda found: sum(len(match.spec.columns) for match in found))
    return sorted(best, key=lambda match: match.row) or _on_its_side(rows, headings, spec, blocks)


def _part(
    spec: RowSpec, blocks: list[tuple[str, ...]], part: list[tuple[str, ...]]
) -> tuple[RowSpec, list[tuple[str, ...]]]:
    """The columns of some blocks, and the blocks whose labels must then not stand above."""
    columns = tuple(column for column in spec.columns if column.block in part)
    return RowSpec((), columns), [block for block in blocks if block not in part]


def _under_headings(
    rows: list[Row],
    headings: Headings,
    spec: RowSpec,
    others: Sequence[tuple[str, ...]],
    *,
    partial: bool,
) -> Match | None:
    """The first row with a value for every column of `spec` below headings that name its blocks and no other."""
    wanted = {column.block for column in spec.columns}
    for index, row in enumerate(rows):
        numbers = row.numbers
        if numbers * 2 < len(spec.columns) or (partial and len(row.values) != len(spec.columns)):
            continue
        texts = [token for above in (*headings.above(index, spec.columns), row) for token in above.labels]
        words = "".join("".join(token.text.split()) for token in texts)
        outcomes = sum(1 for token in texts if is_heading(token, spec.columns))
        named = sum(any(label in words for label in block) for block in wanted)
        if partial and outcomes > len(spec.columns):
            continue
        if partial and (named < len(wanted) or any(label in words for block in others for label in block)):
            continue
        enough = named == len(wanted) or (named and numbers >= len(spec.columns) - 2)
        if enough and (outcomes >= _OUTCOMES or words.count("尚未审结") >= 2):
            return Match(index, spec, 1.0, "")
    return None


def _on_its_side(rows: list[Row], headings: Headings, spec: RowSpec, blocks: list[tuple[str, ...]]) -> list[Match]:
    """Outcomes as rows and blocks as columns."""
    width = len(spec.columns) // len(blocks)
    turned = [
        RowSpec(
            spec.columns[number].labels,
            tuple(ColumnSpec(block, spec.columns[b * width + number].metric) for b, block in enumerate(blocks)),
        )
        for number in range(width)
    ]
    matches = align(rows, turned)
    if len(matches) < width - 1 or not header_map(headings.above(matches[0].row, turned[0].columns), turned[0].columns):
        return []
    return matches
