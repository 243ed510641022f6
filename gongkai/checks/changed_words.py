"""Two wordings of one paragraph: the words that are the same, the words left out, the words put in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

_WORD = re.compile(r"\d[\d.,]*\d%?|\d%?|[A-Za-z]+|.", re.S)
"""A number in full, a Latin word, or one Chinese character: "118" for "18" is another number, not a 1 more."""

_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "－": "-", "―": "-", "·": "•"})
_ISLAND = 2
"""So many equal characters between two changes are chance: the change is shown as one."""


class Part(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words, as printed (in the later version where both have it)."""

    part: Part
    text: str


def folded(text: str) -> str:
    """`text` without what is no wording: blanks, full or half width, the shapes of quotation marks and dashes."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_ALIKE)


def changed_words(before: str, after: str) -> tuple[Run, ...]:
    """The runs that make `after` of `before`; a removed run stands before what was put in its place."""
    old, new = _words(before), _words(after)
    found: list[Run] = []
    for edit in _without_islands(_edits([word for word, _ in old], [word for word, _ in new]), new):
        here, there = old[edit.start : edit.end], new[edit.first : edit.last]
        parts = ((Part.SAME, there),) if edit.same else ((Part.REMOVED, here), (Part.ADDED, there))
        found += [Run(part, "".join(text for _, text in words)) for part, words in parts if words]
    return tuple(found)


class _Edit(NamedTuple):
    """Words [start, end) of the earlier version that became words [first, last) of the later one, or are the same."""

    same: bool
    start: int
    end: int
    first: int
    last: int

    @property
    def size(self) -> int:
        return max(self.end - self.start, self.last - self.first)


def _edits(before: list[str], after: list[str]) -> list[_Edit]:
    steps = Levenshtein.opcodes(before, after)
    return _joined(
        _Edit(step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end) for step in steps
    )


def _joined(edits: Iterable[_Edit]) -> list[_Edit]:
    """The edits, changes that follow each other made one."""
    found: list[_Edit] = []
    for each in edits:
        if found and not found[-1].same and not each.same:
            found[-1] = _Edit(False, found[-1].start, each.end, found[-1].first, each.last)
        else:
            found.append(each)
    return found


def _without_islands(edits: list[_Edit], new: list[tuple[str, str]]) -> list[_Edit]:
    """The edits, every short equal run between two larger changes made part of them. A number is never by chance."""

    def island(place: int, each: _Edit) -> bool:
        if not each.same or not 0 < place < len(edits) - 1 or each.size > _ISLAND:
            return False
        if any(word[0].isdigit() for word, _ in new[each.first : each.last]):
            return False
        return min(edits[place - 1].size, edits[place + 1].size) > each.size

    return _joined(each._replace(same=False) if island(place, each) else each for place, each in enumerate(edits))


def _words(text: str) -> list[tuple[str, str]]:
    """The words as compared and as printed; blanks hang on the word before them, those in a number stay in it."""
    compared: list[str] = []
    printed: list[str] = []
    leading = ""
    for character in text:
        several = folded(character)
        if several:
            compared += several
            printed += [leading + character] + [""] * (len(several) - 1)
            leading = ""
        elif printed:
            printed[-1] += character
        else:
            leading += character
    whole = "".join(compared)
    return [(match[0], "".join(printed[match.start() : match.end()])) for match in _WORD.finditer(whole)]
