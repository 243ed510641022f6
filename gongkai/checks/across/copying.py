"""text_copied_from_last_year, text_copied_from_other_agency; section_empty where it is last year's short text again.

Compared are the sentences of gongkai/checks/passages.py (names, places and figures masked, headings and preamble left
out). What many units write in one year, or most of a county's units, follows a template and is set aside. MinHash
proposes pairs of what is left; RapidFuzz then measures how much of it is the same, and which passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across import minhash
from gongkai.checks.across.model import CrossFinding, PassageRef, cross_finding
from gongkai.checks.sections import PROBLEMS
from gongkai.records import Evidence

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
    masked: tuple[str, ...]
    own: str
    places: tuple[Evidence, ...]

    @property
    def joined(self) -> str:
        """All sentences, one a line."""
        return "\n".join(self.masked)

    @property
    def compared(self) -> str:
        """What pairs are proposed by: of the rest, what is its own; everybody shares the other half."""
        return self.joined if self.five else self.own


def check_copies(passages: pd.DataFrame, last: pd.DataFrame) -> Iterator[CrossFinding]:
    """Warnings of the reports of one year, at most one of each check for a report.

    `passages` holds that year's sentences, `last` those of the year before, in the order of each report: unit, year,
    county (whose units may share a template: any label), kind, report, dated (YYYY-MM-DD, when it became known),
    doubted, section (null outside forms), block, start, end, masked, units (how many units have this very sentence in
    that year), sisters (how many of the county's), county_units (how many units of the county have sentences at all).
    Of two units the later one is told; where the days do not say who was first, both are.
    """
    now, before = _texts(passages), _texts(last)
    yield from _from_last_year(now, before)
    yield from _short_again(passages, last)
    yield from _from_others(now)


def _texts(passages: pd.DataFrame) -> list[_Text]:
    """The parts of all reports that are long enough to be compared."""
    if not len(passages):
        return []
    shared = passages["units"] >= limit("text_copied", "shared_units")
    # A template of the county: at least three of its units, and most of them.
    county = (passages["sisters"] >= 3) & (passages["sisters"] * 2 > passages["county_units"])
    marked = passages.assign(five=(passages["section"] == PROBLEMS).fillna(False), own=~(shared | county))
    found = []
    for (report, five), rows in marked.groupby(["report", "five"], sort=True, observed=True):
        masked = tuple(rows["masked"])
        own = "\n".join(text for text, kept in zip(masked, rows["own"], strict=True) if kept)
        # Of the section on problems the whole may be a copy though each sentence of it stands elsewhere as well.
        length = sum(map(len, masked)) / 2 if five else len(own) / _REST
        if length < limit("text_copied", "shortest"):
            continue
        first = rows.iloc[0]
        found.append(
            _Text(
                str(first["unit"]),
                int(first["year"]),
                _known(first["county"]),
                _known(first["kind"]),
                str(report),
                _known(first["dated"]) or "",
                bool(first["doubted"]),
                bool(five),
                masked,
                own,
                _places(rows),
            )
        )
    return found


def _places(rows: pd.DataFrame) -> tuple[Evidence, ...]:
    return tuple(
        Evidence("", block=int(block), start=int(start), end=int(end))
        for block, start, end in zip(rows["block"], rows["start"], rows["end"], strict=True)
    )


def _known(value: object) -> str | None:
    return None if value is None or value is pd.NA or value != value else str(value)


def _likeness(one: _Text, other: _Text) -> float:
    """The share that two parts have in common; 0 where one is no copy of the other."""
    share = fuzz.ratio(one.joined, other.joined, score_cutoff=100 * limit("text_copied", "similarity")) / 100
    if not share or max(len(one.own), len(other.own)) < limit("text_copied", "shortest"):
        # Nothing but sentences that stand in other reports as well: only the very same choice of them is a copy.
        return share if share >= _SAME else 0.0
    own = fuzz.ratio(one.own, other.own, score_cutoff=100 * limit("text_copied", "own_similarity"))
    return share if own else 0.0


def _from_last_year(now: list[_Text], before: list[_Text]) -> Iterator[CrossFinding]:
    earlier = {(text.unit, text.five): text for text in before}
    matched = [(text, earlier[text.unit, text.five]) for text in now if (text.unit, text.five) in earlier]
    if not matched:
        return
    estimates = minhash.likeness(
        minhash.signatures([text.compared for text, _ in matched]),
        minhash.signatures([text.compared for _, text in matched]),
    )
    found: dict[str, tuple[float, _Text, _Text]] = {}
    for (text, other), estimate in zip(matched, estimates, strict=True):
        share = _likeness(text, other) if estimate >= limit("text_copied", "candidate") else 0.0
        # The section on problems goes before the rest.
        if share and (text.report not in found or text.five):
            found[text.report] = share, text, other
    for report in sorted(found):
        share, text, other = found[report]
        yield _copied(_LAST, text, other, share, None)


def _from_others(now: list[_Text]) -> Iterator[CrossFinding]:
    best: dict[str, tuple[float, _Text, _Text, bool]] = {}
    for five in (True, False):
        texts = [text for text in now if text.five is five]
        alike = _alike(texts)
        crowd = Counter(number for pair in alike for number in pair)
        for (one, other), share in alike.items():
            # So many units with the same section follow a template.
            if max(crowd[one], crowd[other]) + 1 < limit("text_copied", "shared_units"):
                _keep(best, texts[one], texts[other], share)
    for report in sorted(best):
        share, text, source, sure = best[report]
        yield _copied(_OTHER, text, source, share, "later" if sure else "undecided")


def _alike(texts: list[_Text]) -> dict[tuple[int, int], float]:
    """The pairs of texts of which one is a copy of the other, and how much they share."""
    signed = minhash.signatures([text.compared for text in texts])
    proposed = [pair for pair in minhash.pairs(signed, _CROWD) if _strangers(texts[pair[0]], texts[pair[1]])]
    if not proposed:
        return {}
    left, right = ([pair[side] for pair in proposed] for side in (0, 1))
    estimates = minhash.likeness(signed[left], signed[right])
    likely = estimates >= limit("text_copied", "candidate")
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


def _copied(check: str, text: _Text, other: _Text, share: float, how: str | None) -> CrossFinding:
    passages = list(_same_passages(text, other))
    return cross_finding(
        check,
        text.unit,
        text.year,
        reason=how or ("section_five" if text.five else "other_sections"),
        found=f"{100 * share:.0f}%",
        detail={"part": "section_five" if text.five else "other_sections", "share": f"{share:.2f}"},
        doubtful=text.doubted or other.doubted,
        report=text.report,
        other_report=other.report,
        other_unit=None if text.unit == other.unit else other.unit,
        other_year=other.year,
        passages=passages,
    )


def _same_passages(text: _Text, other: _Text) -> Iterator[PassageRef]:
    """Which sentences stand on the other side as well, on both sides."""
    taken: set[int] = set()
    for masked, place in zip(text.masked, text.places, strict=True):
        if len(masked) < limit("text_copied", "passage"):
            continue
        scores = [(-fuzz.ratio(masked, theirs, score_cutoff=_ALIKE), n) for n, theirs in enumerate(other.masked)]
        score, number = min(scores)
        if score:
            yield PassageRef("this", text.report, place)
            if number not in taken:
                taken.add(number)
                yield PassageRef("other", other.report, other.places[number])


def _short_again(passages: pd.DataFrame, last: pd.DataFrame) -> Iterator[CrossFinding]:
    """section_empty: a section on problems too short to be compared that is word for word last year's."""
    now, before = _short(passages), _short(last)
    for unit in sorted(now.keys() & before.keys()):
        (row, text, places), (other, theirs, other_places) = now[unit], before[unit]
        if text == theirs:
            yield cross_finding(
                _EMPTY,
                unit,
                int(row["year"]),
                reason="last_year_again",
                doubtful=row["doubted"] or other["doubted"],
                report=row["report"],
                other_report=other["report"],
                other_year=int(other["year"]),
                passages=[
                    *(PassageRef("this", str(row["report"]), place) for place in places),
                    *(PassageRef("other", str(other["report"]), place) for place in other_places),
                ],
            )


def _short(passages: pd.DataFrame) -> dict[str, tuple[pd.Series, str, Sequence[Evidence]]]:
    found: dict[str, tuple[pd.Series, str, Sequence[Evidence]]] = {}
    if not len(passages):
        return found
    five = passages[(passages["section"] == PROBLEMS).fillna(False)]
    lengths = five["masked"].str.len().groupby(five["report"]).transform("sum")
    for _, rows in five[lengths < limit("text_copied", "shortest")].groupby("report", sort=True, observed=True):
        first = rows.iloc[0]
        found[str(first["unit"])] = first, "\n".join(rows["masked"]), _places(rows)
    return found
