"""A page as all readers of fixed layout see it: characters with their places, and ruling lines.

Nothing here knows a file format. A reader of PDF, OFD or recognised pictures fills `Page`s; `pdf_blocks.blocks_of`
makes headings, paragraphs and tables of them. Coordinates are points (1/72 inch), origin at the top left of the page as
it is shown, x to the right, y downwards.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.documents.model import Box

ASCENT, DESCENT = 0.88, 0.12
"""A character's box above and below its baseline, in em: the usual box of Chinese fonts, the same for all fonts."""
IDEOGRAPHIC_SPACE = "\u3000"


class Rule(NamedTuple):
    """A straight line: at `at` (y of a horizontal, x of a vertical), from `start` to `end` along it, in points."""

    at: float
    start: float
    end: float


class Char(NamedTuple):
    """One character. `turn` is its direction in quarter turns counter-clockwise against the page's own (0 upright).

    `source` numbers the text object that drew it. Box, `base` (the baseline) and `size` are points.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    turn: int
    source: int

    @property
    def blank(self) -> bool:
        """Whether this is a space (of any width)."""
        return self.text == " " or self.text == IDEOGRAPHIC_SPACE


def upright(text: str, left: float, base: float, right: float, size: float, source: int) -> Char:
    """An upright character on the baseline `base`, in a box of one em of its `size`."""
    return Char(text, left, base - ASCENT * size, right, base + DESCENT * size, base, size, 0, source)


@dataclass(slots=True)
class Page:
    """One page in reading position. `turn` counts the extra quarter turns clockwise that made its text upright.

    `hidden` says that its text is not drawn: somebody's recognition of the picture that is. `pictures` are the
    places of its pictures on the page as shown.
    """

    number: int
    width: float
    height: float
    turn: int = 0
    chars: list[Char] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    unmapped: int = 0
    hidden: bool = False
    pictures: list[Box] = field(default_factory=list)

    def shown(self, box: Box) -> Box:
        """The box on the page as shown, from a box in reading position."""
        left, top, right, bottom = box
        if self.turn:
            # self.width and self.height are those of the reading position.
            left, top, right, bottom = turn_box(box, self.width, self.height, 4 - self.turn)
        return (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))


def turn_box(box: Box, width: float, height: float, turns: int) -> Box:
    """The box after its page of `width` x `height` is turned clockwise by quarter `turns`."""
    left, top, right, bottom = box
    for _ in range(turns % 4):
        left, top, right, bottom = height - bottom, left, height - top, right
        width, height = height, width
    return left, top, right, bottom


def straightened(page: Page) -> Page:
    """The page turned so that most of its text stands upright; `Page.shown` brings boxes back."""
    direction = Counter(char.turn for char in page.chars if not char.blank).most_common(1)
    return _turned(page, direction[0][0]) if direction and direction[0][0] else page


def _turned(page: Page, turn: int) -> Page:
    """The page turned clockwise by `turn` quarters, so that text written sideways stands upright."""
    width, height = page.width, page.height

    def turned(box: Box) -> Box:
        return turn_box(box, width, height, turn)

    chars = []
    for char in page.chars:
        left, top, right, bottom = turned((char.left, char.top, char.right, char.bottom))
        chars.append(
            Char(
                char.text,
                left,
                top,
                right,
                bottom,
                bottom - DESCENT * char.size,
                char.size,
                (char.turn - turn) % 4,
                char.source,
            )
        )
    horizontals: list[Rule] = []
    verticals: list[Rule] = []
    for rule in page.horizontals:
        left, top, right, bottom = turned((rule.start, rule.at, rule.end, rule.at))
        if turn % 2:
            verticals.append(Rule(left, top, bottom))
        else:
            horizontals.append(Rule(top, left, right))
    for rule in page.verticals:
        left, top, right, bottom = turned((rule.at, rule.start, rule.at, rule.end))
        if turn % 2:
            horizontals.append(Rule(top, left, right))
        else:
            verticals.append(Rule(left, top, bottom))
    if turn % 2:
        width, height = height, width
    return Page(page.number, width, height, turn, chars, horizontals, verticals, page.unmapped, page.hidden)
