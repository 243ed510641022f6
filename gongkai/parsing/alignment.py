"""Which row of a report is which row of the form: the assignment in reading order with the greatest likeness of labels.

Both sequences are in order, so this is a sequence alignment (Needleman-Wunsch without gap costs). Rows that no label
names are placed afterwards by position, only where exactly as many rows are left as places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.catalogue.forms import RowSpec
from gongkai.parsing.cells import is_value
from gongkai.parsing.labels import NEAR, best_likeness
from gongkai.parsing.rows import Row

TABLE_LIKE = 5
"""From this many columns on, a run of numbers in running text is a row of a table."""

SURE = 0.999
"""Likeness of the form's own label."""

POOR_FIT = 0.5
"""What a row with the form's own label counts that has too few values: its text may have lost the blank cells."""

_GROUP_BONUS = 0.02
_LESSER_LABEL = 0.05
"""Taken off for each label that stands further from the values than another of the same row."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the report placed on a row of the form. `likeness` 0 means: by position alone."""

    row: int
    spec: RowSpec
    likeness: float
    printed: str


def fits(row: Row, wanted: int) -> bool:
    """Whether a row holds about as many values as the form's row has columns (`wanted`)."""
    present = sum(1 for token in row.values if not token.text.strip() or is_value(token.text) or row.grid)
    if wanted == 1:
        return present >= 1
    return (row.has_numbers and present * 2 >= wanted) or (row.grid and not row.has_numbers and present >= wanted)


@lru_cache(maxsize=50_000)
def _alike(printed: str, labels: tuple[tuple[str, ...], ...]) -> tuple[tuple[int, float], ...]:
    """Which of the form's rows a printed label may be, and how like it is. Labels recur from report to report."""
    likenesses = ((number, best_likeness(printed, row)) for number, row in enumerate(labels))
    return tuple((number, value) for number, value in likenesses if value >= NEAR)


def _scores(rows: Sequence[Row], specs: Sequence[RowSpec]) -> dict[tuple[int, int], tuple[float, str, float]]:
    """Per row of the report and row of the form that may be the same: what that counts, the label it rests on, and
    how like the form's it is."""
    scores: dict[tuple[int, int], tuple[float, str, float]] = {}
    all_labels = tuple(spec.labels for spec in specs)
    for i, row in enumerate(rows):
        best: dict[int, tuple[float, str]] = {}
        for distance, text in enumerate(row.printed_labels() if row.values else ()):
            for j, value in _alike(text, all_labels):
                lessened = value - _LESSER_LABEL * distance * row.grid
                if lessened > best.get(j, (0.0, ""))[0]:
                    best[j] = lessened, text
        for j, (value, printed) in best.items():
            spec = specs[j]
            # In running text one number behind a word is a sentence, unless the word is the whole label.
            wanted = NEAR if row.grid or len(spec.columns) >= TABLE_LIKE else 1.0
            fit = 1.0 if fits(row, len(spec.columns)) else POOR_FIT if value >= SURE and row.has_numbers else 0.0
            if value >= wanted and fit:
                in_group = spec.group and any(best_likeness(token.text, (spec.group,)) > NEAR for token in row.groups)
                scores[i, j] = (value + _GROUP_BONUS * bool(in_group)) * fit, printed, value
    return scores


def align(rows: Sequence[Row], specs: Sequence[RowSpec]) -> list[Match]:
    """Place rows on the form's rows by their labels, in order; then what is left over by position."""
    scores = _scores(rows, specs)
    useful = sorted({i for i, _ in scores})
    matches = _best_path(useful, len(specs), scores)
    placed = [Match(i, specs[j], scores[i, j][2], scores[i, j][1]) for i, j in matches]
    return _by_position(rows, specs, placed)


def _best_path(
    useful: list[int], width: int, scores: dict[tuple[int, int], tuple[float, str, float]]
) -> list[tuple[int, int]]:
    best = [[0.0] * (width + 1) for _ in range(len(useful) + 1)]
    for a in range(len(useful) - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            taken = scores.get((useful[a], j))
            with_match = taken[0] + best[a + 1][j + 1] if taken else 0.0
            best[a][j] = max(best[a + 1][j], best[a][j + 1], with_match)
    path, a, j = [], 0, 0
    while a < len(useful) and j < width:
        taken = scores.get((useful[a], j))
        # The first row that reaches the optimum is taken: of two equal tables, the one that stands first.
        if taken and taken[0] + best[a + 1][j + 1] >= best[a][j] - 1e-9:
            path.append((useful[a], j))
            a, j = a + 1, j + 1
        elif best[a][j + 1] >= best[a][j] - 1e-9:
            j += 1
        else:
            a += 1
    return path


def _by_position(rows: Sequence[Row], specs: Sequence[RowSpec], placed: list[Match]) -> list[Match]:
    """Fill gaps: between two placed rows, and behind the last, if the rows left over are as many as the places."""
    if len(placed) * 2 < len(specs):
        return placed
    place = {spec.key: number for number, spec in enumerate(specs)}
    found = {match.spec.key for match in placed}
    variants = {spec.key for spec in specs if spec.variant}
    used = {match.row for match in placed}
    result = list(placed)
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
                result.append(Match(i, spec, 0.0, "".join(rows[i].printed_labels()[:1])))
    return sorted(result, key=lambda match: match.row)


def _replaced(spec: RowSpec, variants: set[str]) -> bool:
    """Whether a variant row that was found stands for this row (其他处理 in one row for its three)."""
    return any(spec.key.startswith(variant + ".") for variant in variants)


def _full_row(row: Row, spec: RowSpec) -> bool:
    """Whether a row has a number in about every column of the form's row, and its label is none that says otherwise."""
    numbers = sum(1 for token in row.values if is_value(token.text))
    return len(spec.columns) > 1 and numbers >= len(spec.columns) - 1 and numbers <= len(spec.columns) + 1
