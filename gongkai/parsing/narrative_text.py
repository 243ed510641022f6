"""A paragraph made ready for the phrases: white space and quotation marks gone, every quantity one sign.

The masked text keeps a map to the code points of the block, so that every figure has an exact quote.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import itemgetter

from gongkai.parsing.narrative_catalogue import BARE, COUNT, PERCENT, Narrative
from gongkai.parsing.numbers import FOLD, Quantity, folded_quantities

_READY = FOLD | str.maketrans(",;:()!?[]", "，；：（）！？（）")
_DROPPED = re.compile(r"[\s“”\"'‘’「」『』〝〞*●◆■▪·]+")
# A full stop typed as a point.
_STOP = re.compile(r"(?<=[一-鿿）])\.(?=\s*(?:[一-鿿（]|$))")
_BOUNDARY_AFTER = re.compile(r"\s*(?:$|[，。；：、）》\n,.;)和及与])")
# 1，2888条: a number with a comma where none belongs.
_BROKEN_BEFORE, _BROKEN_AFTER = re.compile("[0-9][,，]$"), re.compile("[,，][0-9]++(?![%年])")
# What is longer, or holds more numbers, is no sentence: the bounds keep the time that any text costs in proportion.
_LONGEST, _MOST_NUMBERS = 1200, 120
_SENTENCE = re.compile(rf"[^。！？\n]{{1,{_LONGEST}}}")
_SEGMENT = re.compile(r"[^；]+")
_BREAK = re.compile(r"\n\s*")
_CASES = ("review", "litigation")
# How long before 热线 the number or the trade of a hotline may stand.
_NAME = 12
# How far before 申请 it may be said what is applied for.
_MATTER = 24
# 未经复议直接起诉, 复议后起诉: kinds of suits, no reconsiderations.
_SUIT_KIND = re.compile("未经复议|复议直接|复议后")
_COUNTED = re.compile(f"[^，。；：{COUNT}-{BARE}]{{0,8}}{COUNT}")
_ENDED = re.compile(f"[。；{COUNT}-{BARE}]")
_NEW_LINE = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[-—●◆■]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the masked text between full stops or semicolons, and the whole sentence that it stands in."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked paragraph. `starts[i]`, `ends[i]`: the block's code points that sign i stands for;
    `places`: where quantities stand, in order."""

    text: str
    starts: list[int]
    ends: list[int]
    quantities: dict[int, Quantity]
    places: list[int]
    segments: list[Segment] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the block that masked text[start:end] stands for."""
        return self.starts[start], self.ends[end - 1]

    def between(self, start: int, end: int) -> list[int]:
        """Where the quantities of masked text[start:end] stand, in order."""
        return self.places[bisect_left(self.places, start) : bisect_left(self.places, end)]


def mask(text: str) -> Masked:
    """Mask a block's text."""
    folded = _STOP.sub("。", _unwrap(text.translate(_READY)))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    found: dict[int, Quantity] = {}

    def copy(begin: int, stop: int) -> None:
        for piece in _pieces(folded, begin, stop):
            out.append(folded[piece[0] : piece[1]])
            starts.extend(range(piece[0], piece[1]))
            ends.extend(range(piece[0] + 1, piece[1] + 1))

    position = 0
    for quantity in folded_quantities(folded):
        sign = _sign(folded, quantity)
        if sign is None:
            continue
        copy(position, quantity.start)
        found[len(starts)] = quantity
        out.append(sign)
        starts.append(quantity.start)
        ends.append(quantity.end)
        position = quantity.end
    copy(position, len(folded))
    masked = Masked("".join(out), starts, ends, found, list(found))
    for sentence in _SENTENCE.finditer(masked.text):
        if len(masked.between(sentence.start(), sentence.end())) > _MOST_NUMBERS:
            continue
        for segment in _SEGMENT.finditer(masked.text, sentence.start(), sentence.end()):
            masked.segments.append(Segment(segment.start(), segment.end(), sentence.start(), sentence.end()))
    return masked


def _pieces(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    pieces = []
    for dropped in _DROPPED.finditer(text, begin, stop):
        if begin < dropped.start():
            pieces.append((begin, dropped.start()))
        line = text.find("\n", dropped.start(), dropped.end())
        if line >= 0:
            pieces.append((line, line + 1))
        begin = dropped.end()
    if begin < stop:
        pieces.append((begin, stop))
    return pieces


def _unwrap(text: str) -> str:
    """Line breaks that only wrap a line become spaces (one code point for one)."""
    if "\n" not in text:
        return text

    def keep(match: re.Match[str]) -> str:
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].rstrip()
        ended = line[-1:] in "。；：！？" or len(line) < 15 or _NEW_LINE.match(text, match.end())
        return match[0] if ended else " " * len(match[0])

    return _BREAK.sub(keep, text)


def _sign(text: str, quantity: Quantity) -> str | None:
    """The sign of a quantity, or None where the number says nothing (a year, a hotline's number, an unknown unit)."""
    if quantity.unit == "%":
        return PERCENT
    if _BROKEN_BEFORE.search(text, max(0, quantity.start - 2), quantity.start):
        return None
    if quantity.unit is None and _BROKEN_AFTER.match(text, quantity.end):
        return None
    if quantity.unit is not None:
        return COUNT
    if _BOUNDARY_AFTER.match(text, quantity.end) and not text[quantity.end :].startswith("、") | (
        quantity.value > 10**7
    ):
        return BARE
    return None


@dataclass(frozen=True, slots=True)
class Topics:
    """What a paragraph speaks of, place by place; `heading` is what its heading spoke of."""

    marks: list[tuple[int, str]]
    heading: tuple[str, ...]
    first: dict[str, int]

    def last(self, position: int) -> str | None:
        """The topic last named before `position`, else the heading's."""
        before = bisect_left(self.marks, (position,))
        return self.marks[before - 1][1] if before else self.heading[-1] if self.heading else None

    def named(self, position: int, topic: str) -> bool:
        """Whether `topic` was named before `position`, or in the heading."""
        return topic in self.heading or self.first.get(topic, position) < position


def topics(masked: Masked, catalogue: Narrative, heading: tuple[str, ...] = ()) -> Topics:
    """The topics of a masked text.

    After 行政复议5件、行政诉讼0件 outcomes are those of the reconsiderations; after 行政复议5件、行政诉讼3件 they are
    both's, hence of neither.
    """
    marks: list[tuple[int, str]] = []
    counted: tuple[str, int] | None = None
    for match in catalogue.topics.finditer(masked.text):
        name = str(match.lastgroup)
        if name == "hotline" and catalogue.trade.search(masked.text, max(0, match.start() - _NAME), match.end()):
            name = "trade"
        if match[0] == "申请" and catalogue.business.search(
            masked.text, max(0, match.start() - _MATTER), match.start()
        ):
            name = "business"
        marks.append((match.start(), name))
        if name not in _CASES or _SUIT_KIND.search(masked.text, max(0, match.start() - 2), match.end() + 2):
            continue
        number = _COUNTED.match(masked.text, match.end())
        if not number:
            continue
        place = number.end() - 1
        joined = counted and counted[0] != name and not _ENDED.search(masked.text, counted[1] + 1, match.start())
        if masked.quantities[place].value == 0:
            if joined and counted:
                marks.append((place, counted[0]))
            continue
        if joined:
            marks.append((place, "both"))
        counted = (name, place)
    marks.sort(key=itemgetter(0))
    return Topics(marks, heading, {name: place for place, name in reversed(marks)})
