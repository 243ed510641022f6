"""text_copied_from_last_year, text_copied_from_other_agency; section_empty where it is last year's short text again.

Compared are the sentences of gongkai/checks/passages.py (names, places and figures masked, headings and preamble left
out). What many units write in one year, or most of a county's units, follows a template and is set aside. MinHash
proposes pairs of what is left; RapidFuzz then measures how much of it is the same, and which passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across import minhash
from gongkai.checks.across.model import CrossFinding, PassageRef, cross_finding
from gongkai.checks.across.texts import DAYS, Text, Year
from gongkai.records import Evidence

Held = Mapping[tuple[str, bool], Sequence[tuple[str, Evidence]]]
"""Of a report's section on problems (true) or its other sections: the sentences, masked, with their places."""
Sentences = Callable[[Collection[tuple[str, bool]]], Held]
"""Gives them."""

_LAST, _OTHER, _EMPTY = "text_copied_from_last_year", "text_copied_from_other_agency", "section_empty"
_CROWD = 20
"""More texts than this that are alike in one year follow a template, whatever their differences."""
_SAME = 0.97
_ALIKE = 90.0
"""Likeness (of 100) from which on two sentences are the same passage."""


def check_copies(now: Year, last: Year | None, sentences: Sentences) -> Iterator[CrossFinding]:
    """Warnings of the reports of one year, beside those of the year before; at most one of each check for a report.

    Of two units the later one is told; where the days do not say who was first, both are.
    """
    copies = [*(_from_last_year(now, last) if last is not None else ()), *_from_others(now)]
    again = list(_short_again(now, last)) if last is not None else []
    pairs = [(one.text, one.other) for one in copies] + again
    held = sentences({(text.report, text.five) for pair in pairs for text in pair})
    for one in copies:
        yield _copied(one, held)
    for text, other in again:
        yield _empty(text, other, held)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A text and the one that it is a copy of; `how`: whether it is known which was first."""

    check: str
    text: Text
    other: Text
    share: float
    how: str | None = None

    @property
    def rank(self) -> tuple[bool, float]:
        """The section on problems goes before the rest."""
        return self.text.five, self.share


def _likeness(one: Text, other: Text) -> float:
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


def _near(one: Year, left: NDArray[np.int64], other: Year, right: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Those of the pairs (left of `one`, right of `other`) that have to be compared precisely."""
    likely = minhash.likeness(one.signed, left, other.signed, right) >= limit("text_copied", "candidate")
    return zip(left[likely].tolist(), right[likely].tolist(), strict=True)


def _from_last_year(now: Year, last: Year) -> Iterator[_Copy]:
    known = [
        (number, last.place[key])
        for key, number in now.place.items()
        if now.long_enough[number] and key in last.place and last.long_enough[last.place[key]]
    ]
    pairs = np.array(known, dtype=np.int64).reshape(-1, 2)
    found: dict[str, _Copy] = {}
    for number, before in _near(now, pairs[:, 0], last, pairs[:, 1]):
        text, other = now.text(number), last.text(before)
        share = _likeness(text, other)
        if share and (text.report not in found or text.five):
            found[text.report] = _Copy(_LAST, text, other, share)
    yield from found.values()


def _from_others(now: Year) -> Iterator[_Copy]:
    best: dict[str, _Copy] = {}
    for five in (True, False):
        alike = _alike(now, np.flatnonzero((now.five == five) & now.long_enough))
        crowd = Counter(number for pair in alike for number in pair)
        for (one, other), share in alike.items():
            # So many units with the same section follow a template.
            if max(crowd[one], crowd[other]) + 1 < limit("text_copied", "shared_units"):
                for copy in _told(now.text(one), now.text(other), share):
                    known = best.get(copy.text.report)
                    # The likest source counts; of several the first by its unit.
                    if known is None or (*copy.rank, known.other.unit) > (*known.rank, copy.other.unit):
                        best[copy.text.report] = copy
    yield from best.values()


def _alike(now: Year, numbers: NDArray[np.int64]) -> dict[tuple[int, int], float]:
    """The pairs of texts of which one is a copy of the other, and how much they share."""
    pairs = numbers[minhash.pairs(now.signed[numbers], _CROWD)]
    found: dict[tuple[int, int], float] = {}
    for one, other in _near(now, pairs[:, 0], now, pairs[:, 1]):
        text, source = now.text(one), now.text(other)
        share = _likeness(text, source) if _strangers(text, source) else 0.0
        if share:
            found[one, other] = share
    return found


def _told(one: Text, other: Text, share: float) -> Iterator[_Copy]:
    """The later one, or both."""
    first, second = _days(one, other)
    for text, source, later in ((one, other, first > second), (other, one, second > first)):
        if later or first == second:
            yield _Copy(_OTHER, text, source, share, "later" if later else "undecided")


def _days(one: Text, other: Text) -> tuple[str, str]:
    """The days that tell which was first: of the first kind that both have; the same where nothing tells it."""
    both = ((getattr(one, name), getattr(other, name)) for name in DAYS)
    return next(((first, second) for first, second in both if first and second), ("", ""))


def _strangers(one: Text, other: Text) -> bool:
    """Two units; a government and its office are none: the office writes for both."""
    pair = {one.kind, other.kind}
    return one.unit != other.unit and not (pair == {"government", "office"} and one.county == other.county)


def _copied(one: _Copy, held: Held) -> CrossFinding:
    text, other = one.text, one.other
    part = "section_five" if text.five else "other_sections"
    return cross_finding(
        one.check,
        text.unit,
        text.year,
        reason=one.how or part,
        found=f"{100 * one.share:.0f}%",
        detail={"part": part, "share": f"{one.share:.2f}"},
        doubtful=text.doubted or other.doubted,
        report=text.report,
        other_report=other.report,
        other_unit=None if text.unit == other.unit else other.unit,
        other_year=other.year,
        passages=_same_passages(text, other, held),
    )


def _same_passages(text: Text, other: Text, held: Held) -> Iterator[PassageRef]:
    """Which sentences stand on the other side as well, on both sides."""
    theirs = held[other.report, other.five]
    words = [masked for masked, _ in theirs]
    # Of equal ones the first.
    same = {masked: number for number, masked in reversed(list(enumerate(words)))}
    taken: set[int] = set()
    for masked, place in held[text.report, text.five]:
        if len(masked) < limit("text_copied", "passage"):
            continue
        number = same.get(masked)
        if number is None:
            likest = process.extractOne(masked, words, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if likest is None:
                continue
            number = likest[2]
        yield PassageRef("this", text.report, place)
        if number not in taken:
            taken.add(number)
            yield PassageRef("other", other.report, theirs[number][1])


def _short_again(now: Year, last: Year) -> Iterator[tuple[Text, Text]]:
    """The sections on problems that are too short to be compared and word for word last year's."""
    for number in np.flatnonzero(now.five & ~now.long_enough).tolist():
        before = last.place.get((now.columns["unit"][number], True))
        if before is None or last.long_enough[before]:
            continue
        if now.columns["masked"][number] == last.columns["masked"][before]:
            yield now.text(number), last.text(before)


def _empty(text: Text, other: Text, held: Held) -> CrossFinding:
    return cross_finding(
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
            for _, place in held[one.report, True]
        ],
    )
