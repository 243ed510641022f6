"""Characters of a page become printed lines: sorted, freed of doubled characters, with the spaces that are seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.documents.model import Box
from gongkai.documents.pdf_model import Char

SAME_LINE = 0.5
"""Two pieces stand on one line if they overlap vertically by this share of the lower one."""
RUN_GAP = 0.8
"""Characters drawn one after the other belong to one run up to this gap, in em."""
RUN_DRIFT = 0.3
"""... and up to this difference of their baselines, in em."""
DOUBLE_OFFSET = 0.15
"""Bold is sometimes made by drawing a character again, at most this far off, in em."""
WORD_GAP = 0.25
"""A gap between two Latin letters or digits from which on a space is read, in em."""
WIDE_GAP = 1.0
"""A gap between other characters from which on a space is read, in em."""
STRETCH = 2.5
"""In a line that is stretched to the margin a gap is wide from this many times its median gap on."""
STRETCHED_MARKS = 8
MAX_STRETCH = 0.8
"""A stretched line has at least so many characters, and a median gap of at most so many em: wider ones are columns."""
FIGURE_GAP = 0.4
"""A gap between two figures from which on they are separate pieces, in em."""
PIECE_GAP = 1.2
"""A gap from which on a line falls into separate pieces (cells of a table without lines, columns), in em."""


_UNIT = re.compile(
    r"[（《“‘「『【〈〔［(\[]*(?:[A-Za-z0-9@._/%:+\-,?=&#~]+|.)?[，。、；：！？）》”’」』】〉〕］…,.;:!?)\]%％]*(?:[“‘].?)?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed line, or a part of one that a wide gap sets apart. Box in points, reading position."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    chars: tuple[Char, ...]

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return (self.left, self.top, self.right, self.bottom)

    @property
    def base(self) -> float:
        """The baseline of the first character."""
        return self.chars[0].base


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters grouped into printed lines, top to bottom, each sorted left to right and without doubles."""
    runs: list[tuple[float, float, list[Char]]] = []
    run: list[Char] = []
    for char in chars:
        if run:
            last = run[-1]
            gap = char.left - last.right
            if (
                abs(char.base - last.base) <= RUN_DRIFT * min(char.size, last.size)
                and -0.6 * char.size <= gap <= RUN_GAP * char.size
            ):
                run.append(char)
                continue
            runs.append(_extent(run))
        run = [char]
    if run:
        runs.append(_extent(run))
    runs = [entry for entry in runs if any(not char.blank for char in entry[2])] or []
    runs.sort(key=lambda entry: entry[0] + entry[1])
    rows: list[tuple[float, float, list[Char]]] = []
    for top, bottom, members in runs:
        best, share = -1, SAME_LINE
        # Sorted by their middle: only the last few lines can overlap.
        for index in range(max(0, len(rows) - 6), len(rows)):
            row_top, row_bottom, _ = rows[index]
            overlap = min(bottom, row_bottom) - max(top, row_top)
            lower = min(bottom - top, row_bottom - row_top)
            if lower > 0 and overlap / lower >= share:
                best, share = index, overlap / lower
        if best < 0:
            rows.append((top, bottom, members))
        else:
            row_top, row_bottom, row = rows[best]
            tall = bottom - top > row_bottom - row_top
            rows[best] = (top if tall else row_top, bottom if tall else row_bottom, row + members)
    rows.sort(key=lambda row: row[0] + row[1])
    return [_undoubled(sorted(row, key=_left)) for _, _, row in rows]


def pieces_of(row: list[Char], gap: float = PIECE_GAP) -> list[Piece]:
    """A line cut where a gap is wider than `gap` em (in a stretched line wider than its usual gap as well)."""
    marks = [char for char in row if not char.blank]
    if not marks:
        return []
    usual = _UsualGap(marks)
    parts: list[list[Char]] = [[]]
    last: Char | None = None
    for char in row:
        if not char.blank:
            if last is not None:
                figures = last.text.isdigit() and char.text.isdigit()
                white = (char.left - last.right) / max(char.size, last.size)
                if white > FIGURE_GAP and (figures or (white > gap and white > STRETCH * usual.value)):
                    parts.append([])
            last = char
        parts[-1].append(char)
    return [piece_of(part) for part in parts]


def piece_of(row: list[Char]) -> Piece:
    """The piece made of sorted characters; blanks at its ends are left out, runs of blanks are one."""
    marks = [char for char in row if not char.blank]
    usual = _UsualGap(marks)
    kept: list[Char] = []
    blank: Char | None = None
    for char in row:
        if char.blank:
            blank = blank or char
            continue
        if kept:
            last = kept[-1]
            if blank is not None or _space_between(last, char, usual):
                kept.append(
                    (blank or char)._replace(text=blank.text if blank else " ", left=last.right, right=char.left)
                )
        kept.append(char)
        blank = None
    return Piece(
        text="".join(char.text for char in kept),
        left=min(char.left for char in marks),
        top=min(char.top for char in marks),
        right=max(char.right for char in marks),
        bottom=max(char.bottom for char in marks),
        size=median(char.size for char in marks),
        chars=tuple(kept),
    )


def first_unit(text: str) -> int:
    """How many characters cannot be parted at the start of a line: a word or one character, and the marks around it."""
    unit = _UNIT.match(text)
    return unit.end() if unit else 0


def _space_between(last: Char, char: Char, usual: _UsualGap) -> bool:
    gap = (char.left - last.right) / max(last.size, char.size)
    if gap <= WORD_GAP:
        return False
    words = _is_word(last.text) and _is_word(char.text)
    return (words or gap > WIDE_GAP) and gap > STRETCH * usual.value


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalnum()


class _UsualGap:
    """The usual gap of a line, measured when it is first asked for: most lines have no gap that raises the question."""

    __slots__ = ("_marks", "_value")

    def __init__(self, marks: list[Char]) -> None:
        self._marks = marks
        self._value: float | None = None

    @property
    def value(self) -> float:
        """In em; 0 for a line that is not stretched to the margin."""
        if self._value is None:
            self._value = _usual_gap(self._marks)
        return self._value


def _usual_gap(marks: list[Char]) -> float:
    """The median gap in em of a line stretched to the margin, 0 for any other."""
    if len(marks) < STRETCHED_MARKS:
        return 0.0
    gaps = sorted(
        (b.left - a.right) / max(a.size, b.size)
        for a, b in pairwise(marks)
        if not (_is_word(a.text) and _is_word(b.text))
    )
    if len(gaps) < STRETCHED_MARKS:
        return 0.0
    usual = median(gaps)
    even = gaps[len(gaps) // 4] > usual / 2
    return usual if even and usual <= MAX_STRETCH else 0.0


def _left(char: Char) -> float:
    return char.left


def _extent(run: list[Char]) -> tuple[float, float, list[Char]]:
    return min(char.top for char in run), max(char.bottom for char in run), run


def _undoubled(row: list[Char]) -> list[Char]:
    kept: list[Char] = []
    for char in row:
        for other in kept[-3:]:
            if (
                other.text == char.text
                and other.source != char.source
                and char.left - other.left <= DOUBLE_OFFSET * char.size
                and abs(char.base - other.base) <= DOUBLE_OFFSET * char.size
                and not char.blank
            ):
                break
        else:
            kept.append(char)
    return kept
