"""Text without blanks whose every character knows where it stands, and evidence made from places in blocks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from gongkai.documents.model import Block
from gongkai.parsing.rows import place_on_page
from gongkai.records import Evidence


class Squeezed:
    """A block's text without white space, full-width letters and digits folded; `evidence` leads back to the block.

    Printed titles and dates are spaced out and wrapped (2023 年 1 月); patterns are easier without.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        characters: list[str] = []
        self._at: list[int] = []
        for position, printed in enumerate(block.text):
            character = printed
            if character.isspace() or character in "\u200b\ufeff":
                continue
            if not (character < "\x7f" or "\u4e00" <= character <= "\u9fff"):
                folded = unicodedata.normalize("NFKC", character)
                character = folded if len(folded) == 1 else character
            characters.append(character)
            self._at.append(position)
        self.text = "".join(characters)

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence for [start, end) of the squeezed text; `start` must be before `end`."""
        return evidence(self.block, self._at[start], self._at[end - 1] + 1)

    def evidence_for(self, part: str) -> Evidence:
        """The evidence for the first place of `part`, or for the whole text where it does not stand."""
        start = self.text.find(part)
        return self.evidence(start, start + len(part)) if start >= 0 and part else self.evidence(0, len(self.text))


def evidence(block: Block, start: int, end: int) -> Evidence:
    """Evidence for code points [start, end) of a block's text, with its page and, on PDF, its rectangle."""
    page, box = place_on_page(block, start, end)
    return Evidence(
        quote=block.text[start:end], block=block.index, page=page or block.page, start=start, end=end, box=box
    )


def squeezed(blocks: Iterable[Block]) -> list[Squeezed]:
    """Each block without blanks; blocks of blanks only are left out."""
    return [one for one in map(Squeezed, blocks) if one.text]
