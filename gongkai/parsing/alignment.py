"""Which row of a report is which row of the form: the assignment in reading order with the greatest likeness of labels.

Both sequences are in order, so this is a sequence alignment (Needleman-Wunsch without gap costs). Rows that no label
names are placed afterwards by position, only where exactly as many rows are left as places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.catalogue.forms import RowSpec
from gongkai.parsing.form_labels import best_likeness
from gongkai.parsing.labels import NEAR, WHOLE
from gongkai.parsing.rows import Row

TABLE_LIKE = 5
"""From this many columns on, a run of numbers in running text is a row of a table."""

POOR_FIT = 0.5
"""What a row with the form's own label counts that has too few values: its text may have lost the blank cells."""

_SPARE = 3
"""So many numbers more than columns may be debris; with more, words and numbers are no row of the table."""

_AROUND = 3
"""So many rows before a table's first row in order, or behind its last, may be rows of it out of order."""

_GROUP_BONUS = 0.02
_EQUAL = 1e-9
"""Weights of paths that differ less are equal."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the report placed on a row of the form. `likeness` 0 means: by position alone."""

    row: int
    spec: RowSpec
    likeness: float
    printed: str


def fits(row: Row, wanted: int) -> bool:
    """Whether a row holds about as many values as the form's row has columns (`wanted`)."""
    present = len(row.values) if row.grid else row.numbers
    if wanted == 1:
        return present >= 1
    if not row.grid and row.numbers > wanted + _SPARE:
        return False
    return (row.has_numbers and present * 2 >= wanted) or (row.grid and not row.has_numbers and present >= wanted)


def _scores(rows: Sequence[Row], specs: Sequence[RowSpec]) -> dict[tuple[int, int], tuple[float, str, float]]:
    """Per row of the report and row of the form that may be the same: what that counts, the label it rests on, and
    how like the form's it is."""
    scores: dict[tuple[int, int], tuple[float, str, float]] = {}
    places: dict[str, list[int]] = {}
    for j, spec in enumerate(specs):
        for label in spec.labels:
            places.setdefault(label, []).append(j)
    for i, row in enumerate(rows):
        names = row.names
        if not names:
            continue
        best: dict[int, tuple[float, str, float]] = {}
        for label, named in names.items():
            for j in places.get(label, ()):
                if named[0] > best.get(j, (0.0,))[0]:
                    best[j] = named
        for j, (lessened, printed, value) in best.items():
            spec = specs[j]
            if spec.variant and _spans_rows(row, spec):
                continue
            # In running text one number behind a word is a sentence, unless the word is the whole label.
            wanted = NEAR if row.grid or len(spec.columns) >= TABLE_LIKE else 1.0
            fit = 1.0 if fits(row, len(spec.columns)) else POOR_FIT if lessened >= WHOLE and row.has_numbers else 0.0
            if lessened >= wanted and fit:
                in_group = spec.group and any(best_likeness(token.text, (spec.group,)) > NEAR for token in row.groups)
                scores[i, j] = (lessened + _GROUP_BONUS * bool(in_group)) * fit, printed, value
    return scores


def _spans_rows(row: Row, spec: RowSpec) -> bool:
    """Whether the label is a merged cell beside several rows: the group's, not that of one row instead of them."""
    return any(
        token.cell is not None and token.cell.rowspan > 1 and best_likeness(token.text, spec.labels) > 0
        for token in (*row.labels, *row.groups)
    )


def align(rows: Sequence[Row], specs: Sequence[RowSpec]) -> list[Match]:
    """Place rows on the form's rows by their labels, in order; then what is left over by position."""
    scores = _scores(rows, specs)
    path = _best_path(scores)
    placed = [Match(i, specs[j], scores[i, j][2], scores[i, j][1]) for i, j in path]
    moved = [Match(i, specs[j], scores[i, j][2], scores[i, j][1]) for i, j in _out_of_order(scores, path)]
    # A row that bears the whole label of a place that is free never takes another.
    taken = {match.spec.key for match in placed}
    named = {i for (i, j), score in scores.items() if score[0] >= WHOLE and specs[j].key not in taken}
    return _by_position(rows, specs, placed, moved, named)


def _out_of_order(
    scores: dict[tuple[int, int], tuple[float, str, float]], path: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Rows that a report prints in another order than the form: within the table, each with the whole label of the one
    place that is left for it."""
    if not path:
        return []
    rows, places = {i for i, _ in path}, {j for _, j in path}
    left = [
        (i, j)
        for (i, j), score in scores.items()
        if score[0] >= WHOLE
        and i not in rows
        and j not in places
        and path[0][0] - _AROUND <= i <= path[-1][0] + _AROUND
    ]
    return [(i, j) for i, j in left if sum(i == row or j == place for row, place in left) == 1]


def _best_path(scores: dict[tuple[int, int], tuple[float, str, float]]) -> list[tuple[int, int]]:
    """The pairs of the heaviest path on which rows and places both rise. Of two equal ones: the first row of the
    report that reaches the optimum (of two equal tables, the one that stands first)."""
    pairs = sorted(scores)
    if all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(pairs)):
        return pairs
    width = max(j for _, j in pairs) + 1
    of_row: dict[int, dict[int, float]] = {}
    for i, j in pairs:
        of_row.setdefault(i, {})[j] = scores[i, j][0]
    useful, weights = list(of_row), list(of_row.values())
    best = [[0.0] * (width + 1)]
    for own in reversed(weights):
        below = best[-1]
        line = list(below)
        for j, weight in own.items():
            line[j] = max(line[j], weight + below[j + 1])
        for j in range(max(own), -1, -1):
            if line[j + 1] > line[j]:
                line[j] = line[j + 1]
        best.append(line)
    best.reverse()
    path, a, j = [], 0, 0
    while a < len(useful) and j < width:
        # Skipped places come before skipped rows.
        reached = weights[a].get(j)
        if reached is not None and reached + best[a + 1][j + 1] >= best[a][j] - _EQUAL:
            path.append((useful[a], j))
            a, j = a + 1, j + 1
        elif best[a][j + 1] >= best[a][j] - _EQUAL:
            j += 1
        else:
            a += 1
    return path


def _by_position(
    rows: Sequence[Row], specs: Sequence[RowSpec], placed: list[Match], moved: list[Match], named: set[int]
) -> list[Match]:
    """Fill gaps: between two placed rows, and behind the last, if the rows left over are as many as the places.

    `moved`: rows placed out of order; `named`: rows that bear a label, and so are not left over."""
    if len(placed) * 2 < len(specs):
        return sorted([*placed, *moved], key=lambda match: match.row)
    place = {spec.key: number for number, spec in enumerate(specs)}
    found = {match.spec.key for match in (*placed, *moved)}
    variants = {spec.key for spec in specs if spec.variant}
    used = {match.row for match in placed} | named
    result = [*placed, *moved]
    bounds = [(match.row, place[match.spec.key]) for match in placed]
    gaps = [
        (before[0] + 1, after[0], before[1] + 1, after[1])
        for before, after in zip(bounds, [*bounds[1:], (bounds[-1][0] + 3, len(specs))], strict=True)
    ]
    for first, end, spec_from, spec_to in gaps:
        empty = [
            spec
            for spec in specs[spec_from:spec_to]
            if spec.key not in found and not spec.variant and not _replaced(spec, found & variants)
        ]
        left = [
            i for i in range(first, min(end, len(rows))) if i not in used and empty and _full_row(rows[i], empty[0])
        ]
        if empty and len(left) == len(empty):
            for i, spec in zip(left, empty, strict=True):
                result.append(Match(i, spec, 0.0, "".join(rows[i].printed_labels[:1])))
    return sorted(result, key=lambda match: match.row)


def _replaced(spec: RowSpec, variants: set[str]) -> bool:
    """Whether a variant row that was found stands for this row (其他处理 in one row for its three)."""
    return any(spec.key.startswith(variant + ".") for variant in variants)


def _full_row(row: Row, spec: RowSpec) -> bool:
    """Whether a row has a number in about every column of the form's row, and its label is none that says otherwise."""
    return len(spec.columns) > 1 and abs(row.numbers - len(spec.columns)) <= 1
