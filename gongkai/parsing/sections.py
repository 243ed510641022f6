"""Which part of a report is which section of the form: found by its headings, misprints and all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.model import Block, Kind
from gongkai.parsing.labels import NEAR, likeness

HEADING_LENGTH = 40
"""A heading has at most this many characters."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the form that was found: its name, and its words (tables left out) with the block they begin in."""

    name: str
    text: str
    heading: Block


def find_sections(blocks: Sequence[Block], names: Sequence[str]) -> list[Section]:
    """The sections `names` in the order of the report. A heading stands in a block of its own, or within running text
    behind its number (五、存在的主要问题…), where a page was saved as one line."""
    marks = [
        mark
        for place, block in enumerate(blocks)
        if block.kind is not Kind.TABLE
        for mark in _marks(place, block, names)
    ]
    found = []
    for mark, after in pairwise([*marks, (len(blocks), 0, 0, "")]):
        place, _, end, name = mark
        words = []
        for index in range(place, min(after[0] + 1, len(blocks))):
            if blocks[index].kind is not Kind.TABLE:
                start = end if index == place else 0
                stop = after[1] if index == after[0] else None
                words.append(blocks[index].text[start:stop])
        found.append(Section(name, "\n".join(words).strip(), blocks[place]))
    return found


def _marks(place: int, block: Block, names: Sequence[str]) -> list[tuple[int, int, int, str]]:
    text = block.text
    if len(text) <= HEADING_LENGTH:
        best = max(names, key=lambda name: likeness(text, name))
        return [(place, 0, len(text), best)] if likeness(text, best) >= NEAR else []
    return sorted(
        (place, match.start(), match.end(), name)
        for name in names
        for match in re.finditer(r"[一二三四五六七]\s*、\s*" + r"\s*".join(map(re.escape, name)), text)
    )
