"""text_copied_from_last_year, text_copied_from_other_agency; section_empty where it is last year's short text again.

Compared are the sentences of gongkai/checks/passages.py (names, places and figures masked, headings and preamble left
out). What many units write in one year, or most of a county's units, follows a template and is set aside. MinHash
proposes pairs of what is left; RapidFuzz then measures how much of it is the same, and which passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across import minhash
from gongkai.checks.across.model import CrossFinding, PassageRef, cross_finding
from gongkai.records import Evidence

Sentences = Callable[[str, bool], list[tuple[str, Evidence]]]
"""Gives the sentences of a report's section on problems (true) or of its other sections, masked, with their places."""

_LAST, _OTHER, _EMPTY = "text_copied_from_last_year", "text_copied_from_other_agency", "section_empty"
_CROWD = 20
"""More texts than this that are alike in one year follow a template, whatever their differences."""
_SAME = 0.97
_ALIKE = 90.0
"""Likeness (of 100) from which on two sentences are the same passage."""
_REST = 3
"""So many times as much text is needed of the other sections: they say what everybody does."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One part (the section on problems, or the rest) of one report; `own` is what is left of it without templates."""

    unit: str
    year: int
    county: str | None
    kind: str | None
    report: str
    dated: str
    doubted: bool
    five: bool
    masked: str
    own: str

    @property
    def compared(self) -> str:
        """What pairs are proposed by: of the rest, what is its own; everybody shares the other half."""
        return self.masked if self.five else self.own

    @property
    def long_enough(self) -> bool:
        """Whether likeness says something. Of the section on problems the whole may be a copy though each of its
        sentences stands elsewhere as well."""
        length = len(self.masked) / 2 if self.five else len(self.own) / _REST
        return length >= limit("text_copied", "shortest")


@dataclass(frozen=True, slots=True)
class Year:
    """The texts of one year, and the signatures of those that are long enough to be compared."""

    texts: tuple[_Text, ...]
    signed: minhash.Signatures
    place: dict[tuple[str, bool], int]
    """Where a unit's part stands in both."""

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Year:
        """One row per report and part: unit, year, county (whose government and office write together: any label),
        kind, report, dated (YYYY-MM-DD, when it became known), doubted, five (the section on problems; else all
        others), masked (its sentences, a line each), own (those of them that follow no template)."""
        names = ("unit", "year", "county", "kind", "report", "dated", "doubted", "five", "masked", "own")
        texts = tuple(
            _Text(unit, int(year), _known(county), _known(kind), report, _known(dated) or "", bool(doubted), *words)
            for unit, year, county, kind, report, dated, doubted, *words in zip(
                *(frame[name].tolist() for name in names), strict=True
            )
        )
        signed = minhash.signatures([text.compared if text.long_enough else "" for text in texts])
        place = {(text.unit, text.five): number for number, text in enumerate(texts)}
        return cls(texts, signed, place)


def check_copies(now: Year, last: Year | None, sentences: Sentences) -> Iterator[CrossFinding]:
    """Warnings of the reports of one year, beside those of the year before; at most one of each check for a report.

    Of two units the later one is told; where the days do not say who was first, both are.
    """
    if last is not None:
        yield from _from_last_year(now, last, sentences)
        yield from _short_again(now, last, sentences)
    yield from _from_others(now, sentences)


def _known(value: object) -> str | None:
    return None if value is None or value is pd.NA or value != value else str(value)


def _likeness(one: _Text, other: _Text) -> float:
    """The share that two parts have in common; 0 where one is no copy of the other."""
    share = fuzz.ratio(one.masked, other.masked, score_cutoff=100 * limit("text_copied", "similarity")) / 100
    if one.five and share >= _SAME:
        # Word for word, though what counts as a template of either year leaves another half of it.
        return share
    if not share or max(len(one.own), len(other.own)) < limit("text_copied", "shortest"):
        # Nothing but sentences that stand in other reports as well: only the very same choice of them is a copy.
        return share if share >= _SAME else 0.0
    own = fuzz.ratio(one.own, other.own, score_cutoff=100 * limit("text_copied", "own_similarity"))
    return share if own else 0.0


def _from_last_year(now: Year, last: Year, sentences: Sentences) -> Iterator[CrossFinding]:
    known = [(number, last.place[key]) for key, number in now.place.items() if key in last.place]
    known = [pair for pair in known if now.texts[pair[0]].long_enough and last.texts[pair[1]].long_enough]
    left, right = ([pair[side] for pair in known] for side in (0, 1))
    likely = minhash.likeness(now.signed[left], last.signed[right]) >= limit("text_copied", "candidate")
    found: dict[str, tuple[float, _Text, _Text]] = {}
    for (number, before), near in zip(known, likely, strict=True):
        text, other = now.texts[number], last.texts[before]
        share = _likeness(text, other) if near else 0.0
        # The section on problems goes before the rest.
        if share and (text.report not in found or text.five):
            found[text.report] = share, text, other
    for report in sorted(found):
        share, text, source = found[report]
        yield _copied(_LAST, text, source, share, None, sentences)


def _from_others(now: Year, sentences: Sentences) -> Iterator[CrossFinding]:
    best: dict[str, tuple[float, _Text, _Text, bool]] = {}
    for five in (True, False):
        numbers = [n for n, text in enumerate(now.texts) if text.five == five and text.long_enough]
        texts = [now.texts[number] for number in numbers]
        alike = _alike(texts, now.signed[numbers])
        crowd = Counter(number for pair in alike for number in pair)
        for (one, other), share in alike.items():
            # So many units with the same section follow a template.
            if max(crowd[one], crowd[other]) + 1 < limit("text_copied", "shared_units"):
                _keep(best, texts[one], texts[other], share)
    for report in sorted(best):
        share, text, source, sure = best[report]
        yield _copied(_OTHER, text, source, share, "later" if sure else "undecided", sentences)


def _alike(texts: list[_Text], signed: minhash.Signatures) -> dict[tuple[int, int], float]:
    """The pairs of texts of which one is a copy of the other, and how much they share."""
    proposed = [pair for pair in minhash.pairs(signed, _CROWD) if _strangers(texts[pair[0]], texts[pair[1]])]
    if not proposed:
        return {}
    left, right = ([pair[side] for pair in proposed] for side in (0, 1))
    likely = minhash.likeness(signed[left], signed[right]) >= limit("text_copied", "candidate")
    shares = {
        pair: _likeness(texts[pair[0]], texts[pair[1]]) for pair, near in zip(proposed, likely, strict=True) if near
    }
    return {pair: share for pair, share in shares.items() if share}


def _keep(best: dict[str, tuple[float, _Text, _Text, bool]], one: _Text, other: _Text, share: float) -> None:
    """Note the pair for the later one, or for both; the likest source counts, the section on problems first."""
    told = bool(one.dated and other.dated and one.dated != other.dated)
    later = [(one, other)] if one.dated > other.dated else [(other, one)]
    for text, source in later if told else [(one, other), (other, one)]:
        known = best.get(text.report)
        if known is None or (text.five, share, known[2].unit) > (known[1].five, known[0], source.unit):
            best[text.report] = share, text, source, told


def _strangers(one: _Text, other: _Text) -> bool:
    """Two units; a government and its office are none: the office writes for both."""
    pair = {one.kind, other.kind}
    return one.unit != other.unit and not (pair == {"government", "office"} and one.county == other.county)


def _copied(check: str, text: _Text, other: _Text, share: float, how: str | None, sentences: Sentences) -> CrossFinding:
    part = "section_five" if text.five else "other_sections"
    return cross_finding(
        check,
        text.unit,
        text.year,
        reason=how or part,
        found=f"{100 * share:.0f}%",
        detail={"part": part, "share": f"{share:.2f}"},
        doubtful=text.doubted or other.doubted,
        report=text.report,
        other_report=other.report,
        other_unit=None if text.unit == other.unit else other.unit,
        other_year=other.year,
        passages=_same_passages(text, other, sentences),
    )


def _same_passages(text: _Text, other: _Text, sentences: Sentences) -> Iterator[PassageRef]:
    """Which sentences stand on the other side as well, on both sides."""
    theirs = sentences(other.report, other.five)
    taken: set[int] = set()
    for masked, place in sentences(text.report, text.five):
        if len(masked) < limit("text_copied", "passage"):
            continue
        scores = [(-fuzz.ratio(masked, one, score_cutoff=_ALIKE), number) for number, (one, _) in enumerate(theirs)]
        score, number = min(scores, default=(0.0, 0))
        if score:
            yield PassageRef("this", text.report, place)
            if number not in taken:
                taken.add(number)
                yield PassageRef("other", other.report, theirs[number][1])


def _short_again(now: Year, last: Year, sentences: Sentences) -> Iterator[CrossFinding]:
    """section_empty: a section on problems too short to be compared that is word for word last year's."""
    earlier = {text.unit: text for text in last.texts if text.five and not text.long_enough}
    for text in sorted((one for one in now.texts if one.five and not one.long_enough), key=lambda one: one.report):
        other = earlier.get(text.unit)
        if other is not None and text.masked == other.masked:
            yield cross_finding(
                _EMPTY,
                text.unit,
                text.year,
                reason="last_year_again",
                doubtful=text.doubted or other.doubted,
                report=text.report,
                other_report=other.report,
                other_year=other.year,
                passages=[
                    PassageRef(side, one.report, place)
                    for side, one in (("this", text), ("other", other))
                    for _, place in sentences(one.report, True)
                ],
            )
