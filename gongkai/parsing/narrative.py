"""Figures in sentences: reads what data/narrative.toml describes, each figure with the very words that state it.

Precision before recall: a number is read only where a phrase of the catalogue states it; numbers of other years,
changes, plans, sums over many years and other matters are refused. Deterministic: the same text gives the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.catalogue.metrics import metrics
from gongkai.documents.model import Block, Kind
from gongkai.parsing.narrative_catalogue import BARE, COUNT, Narrative, Pattern, narrative
from gongkai.parsing.narrative_period import Outline, Periods, guess_year
from gongkai.parsing.narrative_text import Masked, Segment, Topics, mask, topics
from gongkai.parsing.narrative_zero import zero_words, zeros
from gongkai.parsing.numbers import Quantity
from gongkai.records import Doubt, Evidence, Figure, Method

_SIGNS = re.compile(f"[{COUNT}-{BARE}]")
_NEXT = re.compile(f"[，。；{COUNT}-{BARE}]")
_LED = re.compile("通过|依托|利用|借助|充分发挥|^在|以")
_TITLED = re.compile("[^，。；]{2,14}：$")
_VERB = re.compile("公开|发布|公布|推送|更新|上传")
_CASE_UNITS = ("件", "份", "个", "项", "件次")
_BRACKETED = re.compile("（[^（）]*）")
_DOUBTFUL = 0.7
_LEAD = 24
"""How far before a phrase its clause may begin to be quoted with it, in signs."""


@dataclass(frozen=True, slots=True)
class NarrativeReading:
    """What the sentences of a report state."""

    figures: tuple[Figure, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A phrase that wants the number at `place`; `start` and `end` are its words in the masked text."""

    metrics: tuple[str, ...]
    place: int
    start: int
    end: int
    rank: int
    order: int
    confidence: float


def read_narrative(blocks: Sequence[Block], year: int | None) -> NarrativeReading:
    """The figures that paragraphs and headings state for `year` (where None, the year they name most often).

    Tables are left to the table reader. A statement repeated with the same value and scope is one figure.
    """
    catalogue = narrative()
    texts = [block for block in blocks if block.kind is not Kind.TABLE and not _is_row(block.text)]
    told = year if year is not None else guess_year(block.text for block in texts)
    outline = Outline(told, catalogue.period)
    figures: list[Figure] = []
    doubts: list[Doubt] = []
    for block in texts:
        if not outline.tells_this_year(block):
            continue
        found = _paragraph(block, told, catalogue, outline.above)
        figures.extend(found[0])
        doubts.extend(found[1])
    return NarrativeReading(*_settle(figures, doubts))


def _is_row(text: str) -> bool:
    """Whether a paragraph is a row of a table that no reader took for one."""
    return text.count("\t") > 1 and "。" not in text


def _paragraph(block: Block, year: int | None, catalogue: Narrative, above: str) -> tuple[list[Figure], list[Doubt]]:
    masked = mask(block.text)
    negated = catalogue.negation["word"].search(masked.text)
    if not masked.quantities and not negated:
        return [], []
    heading = tuple(str(m.lastgroup) for m in catalogue.topics.finditer(above))
    told = topics(masked, catalogue, heading)
    periods = Periods(masked, year, catalogue.period)
    figures: list[Figure] = []
    doubts: list[Doubt] = []
    for segment in masked.segments:
        words = masked.text[segment.start : segment.end]
        numbers = [m.start() for m in _SIGNS.finditer(masked.text, segment.start, segment.end)]
        claims: dict[int, _Claim] = {}
        if numbers:
            for claim in _claims(masked, segment, words, told, catalogue):
                held = claims.get(claim.place)
                if held is None or (claim.rank, -claim.order) > (held.rank, -held.order):
                    claims[claim.place] = claim
        for place in sorted(claims):
            claim = claims[place]
            if not claim.metrics or periods.refuses(place, segment) or _denied(masked, place, catalogue):
                continue
            for figure, doubt in _figures(block, masked, segment, claim, year, catalogue):
                figures.append(figure)
                if doubt:
                    doubts.append(doubt)
        for zero in zeros(masked, segment, told, catalogue, above):
            if periods.refuses(zero.end, segment) in (None, "growth"):
                scope = _scope(masked.text, segment, zero.start, catalogue)
                figures.append(
                    Figure(
                        metric=zero.metric,
                        value=0.0,
                        method=Method.NARRATIVE,
                        evidence=_evidence(block, *masked.span(*zero_words(masked, segment, zero))),
                        scope=scope,
                        confidence=0.9,
                    )
                )
    return figures, doubts


def _claims(masked: Masked, segment: Segment, words: str, told: Topics, catalogue: Narrative) -> list[_Claim]:
    found: list[_Claim] = []
    raised = {order for trigger, orders in catalogue.triggers.items() if trigger in words for order in orders}
    for order in sorted(raised):
        pattern = catalogue.patterns[order]
        for expression in pattern.text:
            found.extend(
                _Claim(pattern.metrics, m.start("n"), m.start(), m.end("n"), pattern.rank, order, pattern.confidence)
                for m in expression.finditer(masked.text, segment.start, segment.end)
                if _holds(pattern, masked, segment, m, told)
            )
    if any(trigger in words for trigger in catalogue.published.any):
        found.extend(_published(masked, segment, catalogue))
    if "分别" in words:
        found.extend(_respectively(masked, segment, catalogue))
    return found


def _holds(pattern: Pattern, masked: Masked, segment: Segment, match: re.Match[str], told: Topics) -> bool:
    place = match.start("n")
    unit = masked.quantities[place].unit
    if unit not in pattern.units and not (unit is None and _bare(masked, place)):
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
        if pattern.cancel.search(masked.text[_previous(masked, segment, match.start()) : stop]):
            return False
    return True


def _bare(masked: Masked, place: int) -> bool:
    """Whether a number without a unit is a count all the same: a word of counting stands before it, no code."""
    led = masked.text[place - 1 : place] in tuple("共计为达量数有约是")
    return masked.text[place] == BARE and led and masked.quantities[place].value < 10**7


def _denied(masked: Masked, place: int, catalogue: Narrative) -> bool:
    """Whether a number is a denied one: 未发生一起, 无一件."""
    before = masked.text[max(0, place - 12) : place]
    return masked.quantities[place].value == 1 and catalogue.period["denied"].search(before) is not None


def _previous(masked: Masked, segment: Segment, position: int) -> int:
    """Where the words of a number begin: behind the number before it, or at the segment's start."""
    place = max((p for p in masked.quantities if segment.start <= p < position), default=segment.start - 1)
    return place + 1


def _published(masked: Masked, segment: Segment, catalogue: Narrative) -> list[_Claim]:
    """Counts of items published, given to the channel that is named with them."""
    published, text = catalogue.published, masked.text
    found: list[_Claim] = []
    parts: set[int] = set()
    for named, expressions in ((True, published.channel_text), (False, published.text)):
        for expression in expressions:
            for match in expression.finditer(text, segment.start, segment.end):
                place = match.start("n")
                unit = masked.quantities[place].unit
                if unit not in published.units and not (unit is None and _bare(masked, place)):
                    continue
                begin = _previous(masked, segment, match.start() if named else place)
                open_text = _BRACKETED.sub(lambda found: "\0" * len(found[0]), text[begin:place])
                clause = max(open_text.rfind(mark) for mark in "，：（") + 1 + begin
                clause = max(min(clause, match.start()), begin)
                lead = max(text.rfind("，", begin, max(clause - 1, begin)) + 1, begin)
                channels = _channels(text, clause, place, catalogue)
                start = clause
                if not channels and (_LED.search(text, lead, clause) or _TITLED.search(text, lead, clause)):
                    channels = _channels(text, lead, place, catalogue)
                    start = lead if channels else clause
                listed = _list_start(text, start, place, catalogue) if channels else None
                if listed is not None:
                    # What the list names are contents: 网站公开政府公报、人事任免等信息.
                    channels = [channel for channel in channels if channel[1] < listed]
                if (published.listed_never if listed is not None else published.never).search(text, start, match.end()):
                    continue
                if unit in _CASE_UNITS and _is_other_matter(text, segment, clause, match.end()):
                    continue
                part = _is_part(masked, segment, place, text[clause : match.end()], catalogue)
                metric = _channel({name for name, _ in channels}, named, text[clause : match.end()], part, catalogue)
                if metric:
                    first = min([match.start(), *(position for _, position in channels)])
                    found.append(_Claim((metric,), place, first, match.end(), 2 if named else 1, 10**6, 0.95))
                    if part:
                        parts.add(place)
    # A part of one channel's count is that channel's no second time: 网站公开90条，其中公开目录信息71条.
    whole = {claim.metrics: claim.place for claim in found if claim.place not in parts}
    return [c for c in found if c.place not in parts or whole.get(c.metrics, c.place) >= c.place]


def _list_start(text: str, start: int, end: int, catalogue: Narrative) -> int | None:
    """Where the verb stands whose objects are listed before `end` (发布机构职能、工作动态等信息), or None."""
    found = [m for m in _VERB.finditer(text, start, end) if catalogue.published.listed.search(text, m.end(), end)]
    return found[-1].start() if found else None


def _is_other_matter(text: str, segment: Segment, clause: int, end: int) -> bool:
    """Whether files published are answers (收到申请7件，…已在网站公开1件) or papers (制发公文70件，主动公开67件)."""
    if "申请" in text[segment.sentence_start : clause]:
        return True
    return "信息" not in text[clause:end] and re.search("公文|发文|文件", text[segment.start : clause]) is not None


def _is_part(masked: Masked, segment: Segment, place: int, words: str, catalogue: Narrative) -> bool:
    """Whether a count follows 其中: a part of what was counted before, also behind the semicolons of a list."""
    text = masked.text
    if catalogue.published.part.search(text, segment.start, place):
        return not re.search("其中，?[^，。；]{0,4}(?:本年|今年|当年|20[0-9]{2}年)", text[segment.start : place])
    earlier = catalogue.published.part.search(text, segment.sentence_start, segment.start)
    return earlier is not None and "主动公开" not in words


def _channels(text: str, start: int, end: int, catalogue: Narrative) -> list[tuple[str, int]]:
    """(channel, position) of those named; a site's name right before 微信 or 微博 is that account's name."""
    found = [(str(m.lastgroup), m.start(), m.end()) for m in catalogue.published.channels.finditer(text, start, end)]
    nexts = {position for name, position, _ in found if name != "website"}
    return [(name, position) for name, position, after in found if not (name == "website" and after in nexts)]


def _channel(channels: set[str], named: bool, words: str, part: bool, catalogue: Narrative) -> str | None:
    """The metric that a count of items published through `channels` is of."""
    published = catalogue.published
    if channels and channels <= {"weibo", "wechat", "new_media"}:
        return published.metrics["new_media" if len(channels) > 1 else channels.pop()]
    if len(channels) == 1:
        return published.metrics[channels.pop()]
    if "other" in channels and not channels & {"website", "gazette"} and named:
        return published.metrics["other"]
    if part or not published.general.search(words):
        return None
    return published.metrics["total"]


def _respectively(masked: Masked, segment: Segment, catalogue: Narrative) -> list[_Claim]:
    text, found = masked.text, []
    for match in re.finditer(
        rf"分别[^，。；{COUNT}-{BARE}]{{0,8}}({COUNT}(?:[、，和及与]+{COUNT})+)", text[: segment.end]
    ):
        places = [match.start(1) + i for i, sign in enumerate(match[1]) if sign == COUNT]
        begin = max(segment.start, match.start() - 60)
        items = sorted(
            (m.start(), metric)
            for item, metric in catalogue.respectively
            for m in item.finditer(text, begin, match.start())
        )
        if match.start() >= segment.start and len(items) == len(places):
            for (_, metric), place in zip(items, places, strict=True):
                found.append(_Claim((metric,), place, items[0][0], place + 1, 9, 0, 0.9))
    return found


def _figures(
    block: Block, masked: Masked, segment: Segment, claim: _Claim, year: int | None, catalogue: Narrative
) -> list[tuple[Figure, Doubt | None]]:
    quantity = masked.quantities[claim.place]
    evidence = _evidence(block, *masked.span(_opening(masked, segment, claim), claim.place + 1))
    scope = _scope(masked.text, segment, claim.place, catalogue)
    reason = _doubt(masked, segment, claim, quantity, year, catalogue)
    out: list[tuple[Figure, Doubt | None]] = []
    for code in claim.metrics:
        figure = Figure(
            metric=code,
            value=_converted(quantity, metrics()[code].unit),
            method=Method.NARRATIVE,
            evidence=evidence,
            unit=_printed(quantity),
            approximate=quantity.approximate,
            scope=scope,
            confidence=min(claim.confidence, _DOUBTFUL) if reason else claim.confidence,
        )
        out.append((figure, Doubt(reason, evidence.quote, (code,), (evidence,)) if reason else None))
    return out


def _opening(masked: Masked, segment: Segment, claim: _Claim) -> int:
    """Where the quote begins: with the clause, if that is near, else with the phrase."""
    begin = max(claim.start - _LEAD, _previous(masked, segment, claim.start))
    clause = max(masked.text.rfind(mark, begin, claim.start) for mark in "，：（）") + 1
    if not clause:
        if begin == claim.start - _LEAD:
            return claim.start
        clause = begin
    while clause < claim.start and masked.text[clause] in "、，：）和及":
        clause += 1
    return clause


def _doubt(
    masked: Masked, segment: Segment, claim: _Claim, quantity: Quantity, year: int | None, catalogue: Narrative
) -> str | None:
    if year is not None and abs(quantity.value - year) <= 1 and not quantity.multiplier and not quantity.approximate:
        return "year_or_count"
    before = masked.text[segment.sentence_start : claim.place]
    flow = any(metrics()[code].kind == "flow" for code in claim.metrics)
    if (
        flow
        and "累计" in before
        and catalogue.period["cumulative"].search(before)
        and not re.search("全年|本年", before)
    ):
        return "cumulative_or_year"
    return None


def _converted(quantity: Quantity, unit: str) -> float:
    if unit == "万元":
        return round(quantity.value / 10_000, 8)
    return quantity.value


def _printed(quantity: Quantity) -> str | None:
    if quantity.unit == "元" and quantity.multiplier:
        return quantity.multiplier + "元"
    return quantity.unit


def _scope(text: str, segment: Segment, position: int, catalogue: Narrative) -> str | None:
    """organ or whole, where the sentence names it before the number."""
    last: tuple[int, str] | None = None
    for name, expression in catalogue.scope.items():
        for match in expression.finditer(text, max(0, segment.sentence_start - 1), position):
            if last is None or match.end() > last[0]:
                last = (match.end(), name)
    return last[1] if last else None


def _evidence(block: Block, start: int, end: int) -> Evidence:
    page = block.page
    for line in block.lines:
        if line.start <= start < line.end:
            page = line.page
    return Evidence(quote=block.text[start:end], block=block.index, page=page, start=start, end=end)


def _settle(figures: list[Figure], doubts: list[Doubt]) -> tuple[tuple[Figure, ...], tuple[Doubt, ...]]:
    """One figure per metric, value and scope; a doubt where a metric has several values for one scope.

    A sum up to a date (截至…累计) gives way to a figure that is surely this year's.
    """
    summed = {e for doubt in doubts if doubt.reason == "cumulative_or_year" for e in doubt.evidence}
    sure = {(figure.metric, figure.scope) for figure in figures if figure.evidence not in summed}
    figures = [f for f in figures if f.evidence not in summed or (f.metric, f.scope) not in sure]
    doubts = [d for d in doubts if d.evidence[0] not in summed or any(f.evidence == d.evidence[0] for f in figures)]
    kept: dict[tuple[str, float | None, str | None], Figure] = {}
    for figure in figures:
        key = (figure.metric, figure.value, figure.scope)
        if key not in kept or figure.confidence > kept[key].confidence:
            kept[key] = replace(kept[key], confidence=figure.confidence) if key in kept else figure
    several: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in kept.values():
        several.setdefault((figure.metric, figure.scope), []).append(figure)
    for (metric, _), stated in several.items():
        if len(stated) > 1:
            values = ", ".join(f"{figure.value:g}" for figure in stated)
            doubts.append(Doubt("several_values", values, (metric,), tuple(figure.evidence for figure in stated)))
    out = [
        replace(figure, confidence=min(figure.confidence, _DOUBTFUL))
        if len(several[figure.metric, figure.scope]) > 1
        else figure
        for figure in kept.values()
    ]
    return tuple(out), tuple(doubts)
