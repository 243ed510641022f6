"""The running text of a report as the checks read it: without blanks, every place of it leading back to its block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from gongkai.documents.model import Block, Kind
from gongkai.parsing.spans import Squeezed
from gongkai.records import Evidence

MOST = 50
"""Findings of one check in one report's words; more say nothing new."""

LOOKED_AT = 500
"""Places of one kind that are looked at more closely: many more than any real report has."""

LONGEST = 1_000_000
"""Characters that are read; the longest real report has some 100,000. Bounds the work on a hostile text."""


class Words:
    """All paragraphs and headings in one text: a line each, without white space, marks and digits in one form."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Take the blocks of one report in reading order; tables are left out."""
        self.lines: list[Squeezed] = []
        self.tables = [block.index for block in blocks if block.kind is Kind.TABLE]
        left = LONGEST
        for block in blocks:
            if block.kind is not Kind.TABLE and left > 0:
                line = Squeezed(block, 0, left)
                left -= len(block.text)
                if line.text:
                    self.lines.append(line)
        self.text = "".join(f"{line.text}\n" for line in self.lines)
        self.starts: list[int] = []
        position = 0
        for line in self.lines:
            self.starts.append(position)
            position += len(line.text) + 1

    def find(self, pattern: re.Pattern[str], most: int = MOST) -> Iterator[re.Match[str]]:
        """The places of `pattern`, at most `most`."""
        return islice(pattern.finditer(self.text), most)

    def line_of(self, place: int) -> int:
        """The number of the line in which a place of the text lies."""
        return bisect_right(self.starts, place) - 1

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence for [start, end) of the text; what runs over the end of a line is cut there."""
        number = self.line_of(start)
        line, first = self.lines[number], self.starts[number]
        begin = min(start - first, len(line.text) - 1)
        return line.evidence(begin, max(begin + 1, min(end - first, len(line.text))))

    def before(self, place: int, most: int) -> str:
        """Up to `most` characters of the same line in front of a place."""
        return self.text[max(place - most, self.starts[self.line_of(place)]) : place]

    def sentence(self, start: int, end: int, most: int = 200) -> str:
        """The sentence around [start, end), cut `most` characters to each side."""
        first = max((self.text.rfind(mark, max(0, start - most), start) for mark in "。；！？\n"), default=-1)
        last = min(
            (place for mark in "。；！？\n" if (place := self.text.find(mark, end, end + most)) >= 0),
            default=end + most,
        )
        return self.text[max(first + 1, start - most) : last]
