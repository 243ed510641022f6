"""Zeros in words: 未收到, 没有发生, 无 ... one negation over several items; and "：无"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.parsing.narrative_catalogue import Narrative
from gongkai.parsing.narrative_text import Masked, Segment, Topics

_CLAUSE_END = re.compile(r"[，。；：\n]|$")
_TAIL = 20
# How far a denial reaches, in signs.
_REACH = 160
# 无因信息公开产生行政复议，提起行政诉讼情况发生: one denial over a comma.
_GOES_ON = re.compile(
    "，(?:也|或|和|及|以及)?(?:被)?(?:提起|引发|申请)?(?:的)?(?:行政)?(?:诉讼|复议|应诉)"
    "(?:案件|情况|事项|发生|申请|案|的)*(?=[，。；：\n]|$)"
)
_SAYS_NONE = re.compile("[：为]无")
# 无法, 无障碍 ... and 未按, 未及时 ... deny something else.
_NO_ZERO = re.compile(
    r"无(?:法|障|正|效|锡|人机|偿|论|关|需|限|线|疑|故|形|证|业|房|害|息|违)|未(?:来|按|及时|能|经|公开|完|落实|成年)"
)


@dataclass(frozen=True, slots=True)
class ZeroFound:
    """A zero: masked text[start:end] are its words, from the negation to the item."""

    metric: str
    start: int
    end: int


def zeros(
    masked: Masked, segment: Segment, told: Topics, catalogue: Narrative, heading: str = ""
) -> Iterator[ZeroFound]:
    """The zeros that a segment states in words."""
    text = masked.text
    negation = catalogue.negation
    for match in negation["word"].finditer(text, segment.start, segment.end):
        if _NO_ZERO.match(text, match.start()):
            continue
        reach = min(match.end() + _REACH, segment.end)
        ending = _CLAUSE_END.search(text, match.end(), reach)
        end = ending.start() if ending else reach
        if not negation["verb"].match(text, match.end(), end):
            continue
        goes_on = _GOES_ON.match(text, end, segment.end)
        if goes_on:
            end = goes_on.end()
        yield from _denied(masked, segment, told, catalogue, heading, match, end)
    if not _SAYS_NONE.search(text, segment.start, segment.end):
        return
    for zero in catalogue.zeros:
        for item in zero.item.finditer(text, segment.start, segment.end):
            colon = negation["colon"].match(text, item.end(), segment.end + 1)
            if colon and not (zero.topic and told.last(item.start()) != zero.topic):
                yield ZeroFound(zero.metric, item.start(), colon.end())


def zero_words(masked: Masked, segment: Segment, zero: ZeroFound) -> tuple[int, int]:
    """The words to quote: the whole denial, if its clause ends soon, else up to the item."""
    ending = _CLAUSE_END.search(masked.text, zero.end, segment.end)
    end = ending.start() if ending else segment.end
    return zero.start, end if end - zero.end <= _TAIL else zero.end


def _denied(
    masked: Masked,
    segment: Segment,
    told: Topics,
    catalogue: Narrative,
    heading: str,
    match: re.Match[str],
    end: int,
) -> Iterator[ZeroFound]:
    text = masked.text
    # The sentence before may be a heading that runs on: 收费情况。全年未收取任何费用。
    before = text.rfind("。", max(segment.sentence_start - _REACH, 0), max(segment.sentence_start - 1, 0)) + 1
    before = before or max(segment.sentence_start - _REACH, 0)
    sentence = heading + text[before : segment.sentence_end]
    for zero in catalogue.zeros:
        for item in zero.item.finditer(text, match.start() if zero.verb else match.end(), end):
            if item.end() <= match.end():
                continue
            lead = text[match.start() : item.start()]
            if zero.verb and not zero.verb.search(text, match.start(), item.end()):
                continue
            if zero.cancel and zero.cancel.search(text, match.end(), end):
                continue
            if (
                zero.context
                and not zero.context.search(sentence)
                and not re.search("复议|诉讼", lead + text[item.end() : end])
            ):
                continue
            if zero.topic and told.last(match.start()) != zero.topic:
                continue
            if not zero.free and not catalogue.negation["tail"].match(text, item.end(), max(end, item.end())):
                continue
            yield ZeroFound(zero.metric, match.start(), item.end())
            break
