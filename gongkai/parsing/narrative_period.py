"""Whose year a number speaks of: this year's account, or last year's, a plan, a change, a sum over many years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from gongkai.parsing.narrative_text import Masked, Segment

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年?")
_NAMED_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=年)")
_TITLE = re.compile(r"《[^》]*》")
_CLAUSE = re.compile(r"[，。；：（）\n]")
_TITLE_LENGTH = 45


def guess_year(texts: Iterable[str]) -> int | None:
    """The year that a report names most often (the later of two), for a report whose year is not told."""
    counted = Counter(int(year) for text in texts for year in _NAMED_YEAR.findall(text))
    return max(counted, key=lambda year: (counted[year], year), default=None)


class Periods:
    """Judges the numbers of one paragraph."""

    def __init__(self, masked: Masked, year: int | None, words: Mapping[str, re.Pattern[str]]) -> None:
        self.masked, self.year, self.words = masked, year, words
        text = masked.text
        self.titles = [match.span() for match in _TITLE.finditer(text)]
        self.plan_from = self._plan_start()
        self.marks = self._marks()

    def _in_title(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.titles)

    def _plan_start(self) -> int:
        """From where on the paragraph tells of plans: 下一步, or a sentence that begins with a later year."""
        text = self.masked.text
        starts = [m.start() for m in self.words["plan"].finditer(text) if not self._in_title(m.start())]
        if self.year is not None:
            for match in _NAMED_YEAR.finditer(text):
                first = match.start() == 0 or text[match.start() - 1] in "。；！？\n"
                if first and int(match[1]) > self.year and "结转" not in text[match.start() : match.start() + 12]:
                    starts.append(match.start())
        return min(starts, default=len(text))

    def _marks(self) -> list[tuple[int, int, bool]]:
        """(from, to, this year's): what each word of time governs, to the sentence's or only to its clause's end."""
        text, marks = self.masked.text, []
        for segment in {(s.sentence_start, s.sentence_end) for s in self.masked.segments}:
            for match, own in self._times(*segment):
                if self._in_title(match.start()) or self._of_carry_over(match):
                    continue
                ending = _CLAUSE.search(text, match.end())
                clause = min(ending.start() if ending else len(text), segment[1])
                local = (
                    text[max(0, match.start() - 2) : match.start()].endswith(("比", "较", "与", "于", "（", "对"))
                    or self.words["since"].search(text, match.end(), min(match.end() + 14, clause))
                    or re.match(r"[^，。；]{0,4}(?:同期|相比)", text[match.end() : match.end() + 8])
                )
                marks.append((match.start(), clause if local else segment[1], own))
        return sorted(marks)

    def _times(self, start: int, end: int) -> Iterable[tuple[re.Match[str], bool]]:
        text = self.masked.text
        if self.year is not None:
            for match in _NAMED_YEAR.finditer(text, start, end):
                yield match, int(match[1]) == self.year
        for name in ("own", "other"):
            for match in self.words[name].finditer(text, start, end):
                yield match, name == "own"

    def _of_carry_over(self, match: re.Match[str]) -> bool:
        text = self.masked.text
        before = text[max(0, match.start() - 3) : match.start()]
        return "结转" in before or re.match(r"年?度?(?:末)?(?:未办结)?结转", text[match.end() :][:9]) is not None

    def refuses(self, position: int, segment: Segment) -> str | None:
        """Why the number at `position` is not this year's, as a code, or None."""
        text = self.masked.text
        if position >= self.plan_from:
            return "plan"
        clause = position
        while clause > segment.sentence_start and text[clause - 1] not in "，。；：（\n":
            clause -= 1
        before = text[clause:position]
        if self.words["intention"].search(before):
            return "plan"
        if self.words["growth"].search(before) and not self.words["reaches"].search(before):
            return "growth"
        compared = self.words["comparison"].search(before)
        if compared and not self.words["reaches"].search(before):
            return "growth"
        governing = None
        for start, end, own in self.marks:
            if segment.sentence_start <= start < position <= end:
                governing = own
        if governing is False:
            return "other_year"
        if self.words["since"].search(before) and not self._since_this_year(before):
            return "cumulative"
        return None

    def _since_this_year(self, before: str) -> bool:
        return bool(
            re.search(r"(?:今年|本年|年初|入年)[^，。]{0,3}以来", before)
            or (self.year is not None and re.search(rf"{self.year}年[^，。]{{0,8}}以来", before))
        )


def is_plan_heading(text: str, year: int | None, words: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a heading opens plans for the time to come."""
    later = year is not None and any(int(found) > year for found in _NAMED_YEAR.findall(text))
    planned = words["plan_heading"].search(text) is not None
    return (planned or later) and not words["account_heading"].search(text.replace("及改进情况", ""))


_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]+[章节部分]+|（[一二三四五六七八九十]{1,3}）|[(][一二三四五六七八九十]{1,3}[)])"
)


def numbered_heading(text: str) -> tuple[int, str] | None:
    """(level, words) of the heading that a paragraph is, or opens with ("（二）依申请公开情况。2022年…")."""
    match = _NUMBERED.match(text)
    if not match:
        return None
    level = 2 if match[0].strip()[0] in "（(" else 1
    rest = text[match.end() :]
    stop = re.search(r"[。，,；;：:\n]", rest)
    words = rest[: stop.start()] if stop else rest
    return (level, words) if len(words) <= _TITLE_LENGTH and (stop is None or words) else None
