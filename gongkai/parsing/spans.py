"""Text without blanks whose every character knows where it stands, and evidence made from places in blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from gongkai.documents.model import Block, Kind
from gongkai.parsing.rows import place_on_page
from gongkai.records import Evidence

# Reports mix both kinds of marks; patterns are written with the Chinese ones, but for the colon.
_MARKS = {",": "，", ";": "；", "(": "（", ")": "）", "!": "！", "?": "？"}


@cache
def _folding() -> dict[int, str | None]:
    """Blanks away; letters, digits and marks in one form. Every other character stays one character."""
    table: dict[int, str | None] = {}
    for code in (*range(0x4E00), *range(0xF900, 0x10000)):
        character = chr(code)
        if character.isspace() or character in "\u200b\ufeff":
            table[code] = None
            continue
        folded = unicodedata.normalize("NFKC", character)
        folded = _MARKS.get(folded, folded)
        if len(folded) == 1 and folded != character:
            table[code] = folded
    return table


@cache
def _folded() -> re.Pattern[str]:
    """The characters that folding changes: most of a text is none, and a search is faster than translating it all."""
    return re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_folding())) + "]+")


@cache
def _left_out() -> re.Pattern[str]:
    return re.compile(
        "[" + "".join(re.escape(chr(code)) for code, to in sorted(_folding().items()) if to is None) + "]"
    )


def _fold(match: re.Match[str]) -> str:
    return match[0].translate(_folding())


class Squeezed:
    """A block's text without white space, with letters, digits and marks in one form; `evidence` leads back to it.

    Printed titles and dates are spaced out and wrapped (2023 年 1 月); patterns are easier without.
    """

    def __init__(self, block: Block, start: int = 0, end: int | None = None) -> None:
        """The whole block, or code points [start, end) of it."""
        self.block = block
        self._start = start
        self._printed = block.text[start:end]
        self.text = _folded().sub(_fold, self._printed)
        self._blanks: list[int] | None = None

    def _place(self, index: int) -> int:
        """Where a character of the squeezed text stands in the block's text; only asked for what becomes evidence."""
        if self._blanks is None:
            self._blanks = [match.start() for match in _left_out().finditer(self._printed)]
        place = index
        for blank in self._blanks:
            if blank > place:
                break
            place += 1
        return self._start + place

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence for [start, end) of the squeezed text; `start` must be before `end`."""
        return evidence(self.block, self._place(start), self._place(end - 1) + 1)

    def evidence_for(self, part: str) -> Evidence:
        """The evidence for the first place of `part`, or for the whole text where it does not stand."""
        start = self.text.find(part)
        return self.evidence(start, start + len(part)) if start >= 0 and part else self.evidence(0, len(self.text))


def outside(words: str) -> Squeezed:
    """Words that the source says of itself outside its text, as an HTML page's <title>."""
    return Squeezed(Block(index=-1, kind=Kind.HEADING, text=words))


def evidence(block: Block, start: int, end: int) -> Evidence:
    """Evidence for code points [start, end) of a block's text, with its page and, on PDF, its rectangle.

    For words outside the text (`outside`) only the quote is given.
    """
    if block.index < 0:
        return Evidence(quote=block.text[start:end])
    page, box = place_on_page(block, start, end)
    return Evidence(
        quote=block.text[start:end], block=block.index, page=page or block.page, start=start, end=end, box=box
    )


def squeezed(blocks: Iterable[Block]) -> list[Squeezed]:
    """Each block without blanks; blocks of blanks only are left out."""
    return [one for one in map(Squeezed, blocks) if one.text]
