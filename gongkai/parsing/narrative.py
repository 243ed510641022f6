"""Figures in sentences: reads what data/narrative describes, each figure with the very words that state it.

Precision before recall: a number is read only where a phrase of the catalogue states it; numbers of other years,
changes, plans, sums over many years and other matters are refused. Deterministic: the same text gives the same figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.catalogue.metrics import metrics
from gongkai.documents.model import Block, Kind
from gongkai.parsing.narrative_catalogue import BARE, COUNT, Narrative, narrative
from gongkai.parsing.narrative_claims import Claim, of_several_bodies, phrase_claims, respective_claims, words_from
from gongkai.parsing.narrative_period import Outline, Periods, guess_year
from gongkai.parsing.narrative_published import published_claims
from gongkai.parsing.narrative_text import Masked, Segment, Topics, mask, topics
from gongkai.parsing.narrative_zero import zero_words, zeros
from gongkai.parsing.numbers import Quantity
from gongkai.records import Doubt, Evidence, Figure, Method

_COUNTS = "0-9０-９一二两三四五六七八九十百千万零〇未没无不"
_MAY_COUNT = re.compile(rf"\s*+(?:[（(]?[0-9一二三四五六七八九十]{{1,3}}[）)、.．])?+[^{_COUNTS}]*+[{_COUNTS}]")
"""What a text that states a figure has in it, behind the number of its heading."""
_SHORTEST = 4
_SIGNS = re.compile(f"[{COUNT}-{BARE}]")
_DOUBTFUL = 0.7
_WORDED = 0.9
_SEVERAL = 2
_LEAD = 24
"""How far before a phrase its clause may begin to be quoted with it, in signs."""


@dataclass(frozen=True, slots=True)
class NarrativeReading:
    """What the sentences of a report state."""

    figures: tuple[Figure, ...]
    doubts: tuple[Doubt, ...]


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
    kinds: set[Evidence] = set()
    for block in texts:
        if not outline.tells_this_year(block):
            continue
        found = _paragraph(block, told, catalogue, outline.above, kinds)
        figures.extend(found[0])
        doubts.extend(found[1])
    return NarrativeReading(*_settle(_without_kinds(figures, kinds), doubts))


def _is_row(text: str) -> bool:
    """Whether a paragraph is a row of a table that no reader took for one."""
    return text.count("\t") > 1 and "。" not in text


def _paragraph(
    block: Block, year: int | None, catalogue: Narrative, above: str, kinds: set[Evidence]
) -> tuple[list[Figure], list[Doubt]]:
    """The figures and doubts of one paragraph; `kinds` gains the words that count one kind of contents."""
    if len(block.text) < _SHORTEST or not _MAY_COUNT.match(block.text):
        return [], []
    masked = mask(block.text)
    negated = catalogue.negation["word"].search(masked.text)
    if not masked.quantities and not negated:
        return [], []
    heading = tuple(str(m.lastgroup) for m in catalogue.topics.finditer(above))
    told = topics(masked, catalogue, heading)
    periods = Periods(masked, year, catalogue.period)
    scopes = _Scopes(masked, catalogue)
    triggers = [word for word in catalogue.triggers if word in masked.text]
    figures: list[Figure] = []
    doubts: list[Doubt] = []
    told_at: dict[tuple[str, str | None], int] = {}
    for segment in masked.segments:
        words = masked.text[segment.start : segment.end]
        numbers = [m.start() for m in _SIGNS.finditer(masked.text, segment.start, segment.end)]
        claims: dict[int, Claim] = {}
        if numbers:
            for claim in _claims(masked, segment, words, told, triggers, catalogue):
                held = claims.get(claim.place)
                if held is None or (claim.rank, -claim.order) > (held.rank, -held.order):
                    claims[claim.place] = claim
        others = of_several_bodies(masked, segment, claims.values())
        for place in sorted(claims):
            claim = claims[place]
            if (
                not claim.metrics
                or place in others
                or periods.refuses(place, segment)
                or _denied(masked, place, catalogue)
                or _broken(block.text, masked.quantities[place])
            ):
                continue
            for figure, doubt in _figures(block, masked, segment, claim, year, catalogue, scopes):
                if _is_share(masked.text, segment, place, told_at.get((figure.metric, figure.scope))):
                    continue
                told_at[figure.metric, figure.scope] = place
                figures.append(figure)
                if claim.particular:
                    kinds.add(figure.evidence)
                if doubt:
                    doubts.append(doubt)
        for zero in zeros(masked, segment, told, catalogue, above):
            if periods.refuses(zero.end, segment) in (None, "growth"):
                figure = Figure(
                    metric=zero.metric,
                    value=0.0,
                    method=Method.NARRATIVE,
                    evidence=_evidence(block, *masked.span(*zero_words(masked, segment, zero))),
                    scope=scopes.at(segment, zero.start),
                    confidence=_WORDED,
                )
                figures.append(figure)
    return figures, doubts


def _claims(
    masked: Masked, segment: Segment, words: str, told: Topics, triggers: list[str], catalogue: Narrative
) -> list[Claim]:
    raised = {order for trigger in triggers if trigger in words for order in catalogue.triggers[trigger]}
    found = list(phrase_claims(masked, segment, raised, told, catalogue))
    if any(trigger in words for trigger in catalogue.published.any):
        found.extend(published_claims(masked, segment, catalogue))
    if "分别" in words:
        found.extend(respective_claims(masked, segment, catalogue))
    return found


def _denied(masked: Masked, place: int, catalogue: Narrative) -> bool:
    """Whether a number is a denied one: 未发生一起, 无一件."""
    before = masked.text[max(0, place - 12) : place]
    return masked.quantities[place].value == 1 and catalogue.period["denied"].search(before) is not None


def _is_share(text: str, segment: Segment, place: int, before: int | None) -> bool:
    """Whether a number is a part of the one at `before`, of the same metric: 服务4367万件，其中省平台服务96万件."""
    return before is not None and before >= segment.start and "其中" in text[before:place]


def _broken(text: str, quantity: Quantity) -> bool:
    """Whether a number counts no whole things: 1.286件 is a misprint of another number."""
    printed = text[quantity.start : quantity.end]
    pointed = ("." in printed or "．" in printed) and not quantity.multiplier
    return (pointed or quantity.value % 1 != 0) and quantity.unit not in ("%", "元")


def _figures(
    block: Block,
    masked: Masked,
    segment: Segment,
    claim: Claim,
    year: int | None,
    catalogue: Narrative,
    scopes: _Scopes,
) -> list[tuple[Figure, Doubt | None]]:
    quantity = masked.quantities[claim.place]
    evidence = _evidence(block, *masked.span(_opening(masked, segment, claim), max(claim.end, claim.place + 1)))
    scope = scopes.at(segment, claim.place)
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


def _opening(masked: Masked, segment: Segment, claim: Claim) -> int:
    """Where the quote begins: with the clause, if that is near, else with the phrase."""
    begin = max(claim.start - _LEAD, words_from(masked, segment, claim.start))
    clause = max(masked.text.rfind(mark, begin, claim.start) for mark in "，：（）") + 1
    if not clause:
        if begin == claim.start - _LEAD:
            return claim.start
        clause = begin
    while clause < claim.start and masked.text[clause] in "、，：）和及":
        clause += 1
    return clause


def _doubt(
    masked: Masked, segment: Segment, claim: Claim, quantity: Quantity, year: int | None, catalogue: Narrative
) -> str | None:
    if year is not None and abs(quantity.value - year) <= 1 and not quantity.multiplier and not quantity.approximate:
        return "year_or_count"
    before = masked.text[segment.sentence_start : claim.place]
    flow = any(metrics()[code].kind == "flow" for code in claim.metrics)
    if (
        flow
        and ("累计" in before or "已" in before)
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


class _Scopes:
    """Which scopes the sentences of a paragraph name, each sentence looked through once."""

    def __init__(self, masked: Masked, catalogue: Narrative) -> None:
        self.text, self.words = masked.text, catalogue.scope
        self.named: dict[int, list[tuple[int, str]]] = {}

    def at(self, segment: Segment, position: int) -> str | None:
        """organ or whole, where the sentence names it before the number at `position`."""
        start = segment.sentence_start
        if start not in self.named:
            self.named[start] = sorted(
                (match.end(), name)
                for name, expression in self.words.items()
                for match in expression.finditer(self.text, max(0, start - 1), segment.sentence_end)
            )
        before = bisect_right(self.named[start], (position, "~"))
        name = self.named[start][before - 1][1] if before else None
        return name if name != "own" else None


def _evidence(block: Block, start: int, end: int) -> Evidence:
    page = block.page
    for line in block.lines:
        if line.start <= start < line.end:
            page = line.page
    return Evidence(quote=block.text[start:end], block=block.index, page=page, start=start, end=end)


def _without_kinds(figures: list[Figure], kinds: set[Evidence]) -> list[Figure]:
    """Without the counts of one kind of contents (公开财政信息2条；公开规划信息3条) where a channel has others."""
    if not kinds:
        return figures
    told = Counter(figure.metric for figure in figures if figure.value)
    return [figure for figure in figures if figure.evidence not in kinds or told[figure.metric] < _SEVERAL]


def _settle(figures: list[Figure], doubts: list[Doubt]) -> tuple[tuple[Figure, ...], tuple[Doubt, ...]]:
    """One figure per metric, value and scope; a doubt where a metric has several values for one scope.

    A sum up to a date (截至…累计) gives way to a figure that is surely this year's, a zero in words (未产生…案例) to a
    count: what it denies was more particular.
    """
    counted = {(figure.metric, figure.scope) for figure in figures if figure.value and figure.unit}
    figures = [f for f in figures if f.value or f.confidence != _WORDED or (f.metric, f.scope) not in counted]
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
