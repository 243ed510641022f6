"""Which numbers the phrases of the catalogue want: each claim names the metrics, the number and the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from gongkai.parsing.narrative_catalogue import BARE, COUNT, Narrative, Pattern
from gongkai.parsing.narrative_text import Masked, Segment, Topics

_BODY = re.compile(
    "(?:其中)?(?!我|本|全|各|以|由|在|向|代表)([^，。；：、（）]{1,10}?(?:局|委|厅|镇|乡|街道|县|区|旗))"
    "(?=(?:共|累计|主动)*(?:公开|发布|收到|受理|办结|办理|推送))"
)
# Counts of accounts, and of readers and their readings.
_ACCOUNTS = re.compile("(?:政务|官方)?(?:自媒体|新媒体|平台|账号|公众号|网站|微信|微博)")
_READERS = re.compile(
    "(?:粉丝|关注|订阅|阅读|浏览|访问|点击)(?:用户|人数|量|总量|总数|数|人次|达到|达|超过|超|突破|约|近|为|共|增至|了)*$"
)
# Bodies that share a sum told before: 全市受理385件，其中市直部门受理201件，县（区）受理184件.
_SHARING = re.compile(
    "(?:其中[，：]?)?(?:各|市直|县直|区直|州直|省直|直属|所属|下属|其他)*"
    "(?:部门|单位|机关|县（[^）]*）|县市区?|县区|区县|乡镇|镇街|街镇|街道|乡镇街道|园区)(?:、?(?:部门|单位|街道))?"
    "(?=(?:共|累计|新|主动)*(?:公开|发布|收到|受理|办结|办理|答复|推送))"
)
_CLAUSE = "，；：（、"
_RESPECTIVELY = re.compile(rf"分别[^，。；{COUNT}-{BARE}]{{0,8}}({COUNT}(?:[、，和及与]+{COUNT})+)")
_NEXT = re.compile(f"[，。；{COUNT}-{BARE}]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A phrase that wants the number at `place`; `start` and `end` are its words in the masked text.

    `particular`: it counts one kind of contents (公开财政信息2条), which may be a part of a sum not named with it.
    """

    metrics: tuple[str, ...]
    place: int
    start: int
    end: int
    rank: int
    order: int
    confidence: float
    particular: bool = False


def phrase_claims(
    masked: Masked, segment: Segment, raised: Set[int], told: Topics, catalogue: Narrative
) -> Iterator[Claim]:
    """The claims on a segment of those of the catalogue's patterns that its words bring up."""
    for order in sorted(raised):
        pattern = catalogue.patterns[order]
        for expression in pattern.text:
            for m in expression.finditer(masked.text, segment.start, segment.end):
                if _holds(pattern, masked, segment, m, told):
                    yield Claim(
                        pattern.metrics, m.start("n"), m.start(), m.end(), pattern.rank, order, pattern.confidence
                    )


def of_several_bodies(masked: Masked, segment: Segment, claims: Iterable[Claim]) -> set[int]:
    """The numbers of a list of several bodies (教育局公开50条，民政局公开30条) and those of bodies that share a sum.

    None of them is the report's own.
    """
    text, led, sharing = masked.text, {}, set()
    for claim in claims:
        begin = max(text.rfind(mark, segment.sentence_start, claim.place) for mark in _CLAUSE) + 1
        if text.find("其中", segment.sentence_start, claim.place) >= 0:
            clause = max(text.rfind(mark, segment.sentence_start, claim.place) for mark in "，；：") + 1
            if any(_SHARING.match(text, max(b, segment.sentence_start), claim.place) for b in (begin, clause)):
                sharing.add(claim.place)
        body = _BODY.match(text, max(begin, segment.sentence_start), claim.place)
        if body:
            led[claim.place] = body[1]
    if not led:
        return sharing
    begins = [segment.sentence_start]
    begins += [i + 1 for i in range(segment.sentence_start, segment.sentence_end) if text[i] in _CLAUSE]
    named = [_BODY.match(text, begin, segment.sentence_end) for begin in begins]
    return sharing | set(led) if len({body[1] for body in named if body}) > 1 else sharing


def is_count(masked: Masked, place: int) -> bool:
    """Whether a number without a unit is a count all the same: a word of counting stands before it, no code."""
    text = masked.text
    counted = text[place - 1 : place] in tuple("共计为达量数有约是") or text.startswith(("，占", "，占比"), place + 1)
    return text[place] == BARE and counted and masked.quantities[place].value < 10**7


def words_from(masked: Masked, segment: Segment, position: int) -> int:
    """Where the words of a number begin: behind the number before it, or at the segment's start.

    Numbers of accounts and of readers only describe a channel: 两个公众号共发布…, 关注用户3万人，全年发布….
    """
    for place in reversed(masked.between(segment.start, position)):
        aside = _ACCOUNTS.match(masked.text, place + 1) or _READERS.search(masked.text, segment.start, place)
        if not aside:
            return place + 1
    return segment.start


def respective_claims(masked: Masked, segment: Segment, catalogue: Narrative) -> list[Claim]:
    """Items and numbers in the same order: 行政许可、行政处罚分别为3件和5件. Where they don't pair, none is ours."""
    text, found = masked.text, []
    for match in _RESPECTIVELY.finditer(text, segment.start, segment.end):
        places = [match.start(1) + i for i, sign in enumerate(match[1]) if sign == COUNT]
        begin = words_from(masked, segment, match.start())
        items = sorted(
            (m.start(), stated)
            for item, stated in catalogue.respectively
            for m in item.finditer(text, begin, match.start())
        )
        told = [stated for _, stated in items] if len(items) == len(places) else [()] * len(places)
        for stated, place in zip(told, places, strict=True):
            found.append(Claim(stated, place, items[0][0] if items else place, place + 1, 9, 0, 0.9))
    return found


def _holds(pattern: Pattern, masked: Masked, segment: Segment, match: re.Match[str], told: Topics) -> bool:
    place = match.start("n")
    unit = masked.quantities[place].unit
    if unit not in pattern.units and not (unit is None and is_count(masked, place)):
        return False
    if pattern.only is not None and masked.quantities[place].value != pattern.only:
        return False
    if pattern.topic and told.last(place) != pattern.topic:
        return False
    if pattern.within and not (told.named(match.end(), pattern.within)):
        return False
    if pattern.unless and pattern.unless.search(masked.text[segment.start : segment.end]):
        return False
    if pattern.cancel:
        ending = _NEXT.search(masked.text, place + 1, min(place + 9, segment.end))
        stop = ending.start() if ending else min(place + 9, segment.end)
        if pattern.cancel.search(masked.text[words_from(masked, segment, match.start()) : stop]):
            return False
    return True
