"""Finding table 4: one row of fifteen values under two levels of headings, whole, in parts, or turned on its side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongkai.catalogue.forms import ColumnSpec, FormTable, RowSpec
from gongkai.parsing.alignment import Match, align
from gongkai.parsing.columns import Headings, header_map, is_heading
from gongkai.parsing.form_labels import alike_labels
from gongkai.parsing.rows import Row, Token

_OUTCOMES = 3
"""How many headings of outcomes must stand above a row of values."""

_MERGED = 2
"""So many cells may be missing in the row, where headings are merged; what stands where is then in doubt."""

_HEADING_ROWS = 8
"""So many rows may be a heading, whose narrow columns are broken letter by letter."""


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
    return (
        sorted(best, key=lambda match: match.row)
        or _on_its_side(rows, headings, spec, blocks)
        or _as_list(rows, spec, blocks)
        or _with_blanks(rows, headings, spec)
    )


def names_review(rows: Sequence[Row]) -> bool:
    """Whether the headings of table 4 are printed in a table or a text of cells: read or not, it is there."""
    words = "".join("".join(token.text.split()) for row in rows for token in row.labels)
    return words.count("尚未审结") >= 2 and "复议后起诉" in words


def _with_blanks(rows: list[Row], headings: Headings, spec: RowSpec) -> list[Match]:
    """The row under the whole heading whose cells are mostly blank: as a grid has them, or what a text has left."""
    for index, row in enumerate(rows):
        if row.grid and (row.labels or len(row.values) + _MERGED < len(spec.columns)):
            continue
        if not row.grid and not 0 < row.numbers < len(spec.columns):
            continue
        above = _lines_above(rows, index) if row.grid else (*headings.above(index, spec.columns), row)
        texts = [token for line in above for token in line.cells]
        words = "".join("".join(token.text.split()) for token in texts)
        blocks = {column.block for column in spec.columns}
        if all(any(label in words for label in block) for block in blocks) and _names_outcomes(texts, words, spec):
            return [Match(index, spec, 1.0, "")]
    return []


def _lines_above(rows: Sequence[Row], index: int) -> list[Row]:
    """The rows of a table above one, back to the figures before them."""
    found: list[Row] = []
    for above in reversed(rows[max(0, index - _HEADING_ROWS) : index]):
        if above.block is not rows[index].block or above.has_numbers:
            break
        found.append(above)
    return found[::-1]


def _names_outcomes(texts: Sequence[Token], words: str, spec: RowSpec) -> bool:
    """Whether headings name outcomes; a page without rules may mingle the letters of headings on two lines."""
    if sum(is_heading(token, spec.columns) for token in texts) >= _OUTCOMES or words.count("尚未审结") >= 2:
        return True
    return min(words.count(letter) for letter in "维纠审") >= 2


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
        if numbers * 2 < len(spec.columns) or (partial and _filled_to(row) != len(spec.columns)):
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
        if enough and _names_outcomes(texts, words, spec):
            return Match(index, _in_printed_order(texts, spec), 1.0, "")
    return None


def _filled_to(row: Row) -> int:
    """How many cells a row has but for blank ones behind its last number; all of them where most are blank."""
    last = max((number for number, token in enumerate(row.values) if token.text.strip()), default=-1) + 1
    return last if row.numbers == last else len(row.values)


def _in_printed_order(texts: Sequence[Token], spec: RowSpec) -> RowSpec:
    """The columns in the order in which headings name the outcomes of each block, where these are all there."""
    named = [alike for token in texts if (alike := alike_labels(token.text)) and is_heading(token, spec.columns)]
    if len(named) != len(spec.columns):
        return spec
    columns: list[ColumnSpec] = []
    blocks = list(dict.fromkeys(column.block for column in spec.columns))
    for block in blocks:
        own = [column for column in spec.columns if column.block == block]
        for alike in named[len(columns) : len(columns) + len(own)]:
            likeness = [max(alike.get(label, 0.0) for label in column.labels) for column in own]
            columns.append(own[likeness.index(max(likeness))])
    return RowSpec((), tuple(columns)) if len(set(columns)) == len(columns) else spec


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


def _as_list(rows: list[Row], spec: RowSpec, blocks: list[tuple[str, ...]]) -> list[Match]:
    """One figure a row: the outcome stands before it, its block before the first of five outcomes."""
    width = len(spec.columns) // len(blocks)
    found: dict[int, Match] = {}
    block: int | None = None
    for index, row in enumerate(rows):
        for token in (*row.groups, *row.labels):
            alike = alike_labels(token.text)
            block = next((n for n, labels in enumerate(blocks) if any(label in alike for label in labels)), block)
        if block is None or not row.labels or len(row.values) != 1:
            continue
        alike = alike_labels(row.labels[-1].text)
        for number in range(block * width, (block + 1) * width):
            column = spec.columns[number]
            if number not in found and any(label in alike for label in column.labels):
                found[number] = Match(index, RowSpec((), (column,)), 1.0, "".join(row.printed_labels[:1]))
    matches = [found[number] for number in sorted(found)]
    in_order = all(one.row < other.row for one, other in pairwise(matches))
    return matches if in_order and len(matches) >= len(spec.columns) - width else []
