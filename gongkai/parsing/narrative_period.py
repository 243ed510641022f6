"""Whose year a number speaks of: this year's account, or last year's, a plan, a change, a sum over many years."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping

from gongkai.documents.model import Block, Kind
from gongkai.parsing.narrative_text import Masked, Segment

_NAMED_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=年)")
_TITLE = re.compile(r"《[^》]*》")
_CLAUSE = re.compile(r"[，。；：（）\n]")
_TITLE_LENGTH = 45
_PART_REACH = 160
_OPENING = 300
"""How long the words may be that open a list of plans."""
_BARE_LENGTH = 24


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

    def _marked(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """The marks that begin in text[start:end]."""
        return self.marks[bisect_left(self.marks, (start,)) : bisect_left(self.marks, (end,))]

    def _in_title(self, position: int) -> bool:
        before = bisect_right(self.titles, (position, len(self.masked.text)))
        return before > 0 and position < self.titles[before - 1][1]

    def _plan_start(self) -> int:
        """From where on the paragraph tells of plans: 下一步, or a sentence that begins with a later year."""
        text = self.masked.text
        starts = [m.start() for m in self.words["plan"].finditer(text) if not self._in_title(m.start())]
        if self.year is not None:
            for match in _NAMED_YEAR.finditer(text):
                first = match.start() == 0 or text[match.start() - 1] in "。；！？\n"
                if first and int(match[1]) > self.year and "结转" not in text[match.start() : match.start() + 12]:
                    starts.append(match.start())
        return min(starts, default=len(text) + 1)

    def _marks(self) -> list[tuple[int, int, bool]]:
        """(from, to, this year's): what each word of time governs, to the sentence's or only to its clause's end."""
        text, marks = self.masked.text, []
        for segment in {(s.sentence_start, s.sentence_end) for s in self.masked.segments}:
            for match, own in self._times(*segment):
                if self._in_title(match.start()) or self._of_carry_over(match) or self._of_all_years(match):
                    continue
                ending = _CLAUSE.search(text, match.end(), segment[1])
                clause = ending.start() if ending else segment[1]
                local = (
                    text[max(0, match.start() - 2) : match.start()].endswith(("比", "较", "与", "于", "（", "对"))
                    or self.words["since"].search(text, match.end(), min(match.end() + 14, clause))
                    or re.match(
                        r"[^，。；]{0,4}(?:同期|相比)|年[^，。；至]{0,7}起[^至]", text[match.end() : match.end() + 12]
                    )
                )
                marks.append((match.start(), clause if local else segment[1], own))
        parts = list(self.words["parts"].finditer(text))
        if len({match[0] for match in parts}) > 1:
            for match in parts:
                reach = match.end() + _PART_REACH
                ending = _CLAUSE.search(text, match.end(), reach)
                marks.append((match.start(), ending.start() if ending else min(reach, len(text)), False))
        return sorted(marks)

    def _times(self, start: int, end: int) -> Iterable[tuple[re.Match[str], bool]]:
        text = self.masked.text
        if self.year is not None:
            for match in _NAMED_YEAR.finditer(text, start, end):
                yield match, int(match[1]) == self.year
        for match in self.words["other"].finditer(text, start, end):
            yield match, False
        for match in self.words["own"].finditer(text, start, end):
            # 2021年全年 is 2021's.
            if not re.search(r"(?:年|年度)$", text[max(start, match.start() - 2) : match.start()]):
                yield match, True

    def _of_carry_over(self, match: re.Match[str]) -> bool:
        text = self.masked.text
        before = text[max(0, match.start() - 3) : match.start()]
        return before.endswith(("转", "转至", "转到", "转入")) or bool(
            re.match(r"年?度?(?:末)?(?:未办结)?(?:结转|转结)", text[match.end() : match.end() + 9])
        )

    def _of_all_years(self, match: re.Match[str]) -> bool:
        """Whether a word of time is the second of 本年度及历年来."""
        return match[0] == "历年" and self.masked.text[max(0, match.start() - 1) : match.start()] in tuple("及和与、")

    def refuses(self, position: int, segment: Segment) -> str | None:
        """Why the number at `position` is not this year's, as a code, or None."""
        text = self.masked.text
        if position >= self.plan_from:
            return "plan"
        clause = max(text.rfind(mark, segment.sentence_start, position) for mark in "，；：（") + 1
        clause = max(clause, segment.sentence_start)
        before = text[clause:position]
        if self.words["intention"].search(before):
            return "plan"
        if self.words["growth"].search(before) and not self.words["reaches"].search(before):
            return "growth"
        compared = self.words["comparison"].search(before)
        if compared and not self.words["reaches"].search(before):
            return "growth"
        governing = None
        for _, end, own in self._marked(segment.sentence_start, position):
            if position <= end:
                governing = own
        if governing is False:
            return "other_year"
        whole = text[segment.sentence_start : segment.sentence_end]
        if "累计" in before and self.words["cumulative"].search(whole) and re.search("开通|历年", whole):
            return "cumulative"
        if ("累计" in before or not governing) and self.words["share"].search(text[position + 1 : position + 40]):
            return "cumulative"
        if self.words["up_to"].search(text, max(clause - 16, segment.sentence_start), position):
            return "cumulative"
        if self.words["since"].search(before) and not self._since_this_year(before):
            return "cumulative"
        if self._summed_since(segment.sentence_start, clause, position):
            return "cumulative"
        return None

    def _summed_since(self, start: int, clause: int, position: int) -> bool:
        """Whether an earlier clause opens a sum of years that still goes on: 施行以来至2012年底，累计公开…，收到…."""
        text = self.masked.text
        opened = next(reversed(list(self.words["since"].finditer(text, start, clause))), None)
        if opened is None or self._since_this_year(text[start : opened.end()]):
            return False
        for mark, _, own in self._marked(opened.end(), position):
            if own and not text[:mark].endswith(("至", "至到", "截止")):
                return False
        return re.search("累计|共|总计", text[opened.end() : position]) is not None

    def _since_this_year(self, before: str) -> bool:
        return bool(
            re.search(r"(?:今年|本年|年初|入年|(?<![0-9])一年)[^，。]{0,3}以来", before)
            or (self.year is not None and re.search(rf"{self.year}年[^，。]{{0,8}}以来", before))
        )


def _is_plan_heading(text: str, year: int | None, words: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a heading opens plans for the time to come."""
    later = year is not None and any(int(found) > year for found in _NAMED_YEAR.findall(text))
    planned = words["plan_heading"].search(text) is not None
    return (planned or later) and not words["account_heading"].search(text.replace("及改进情况", ""))


_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]+[章节部分]+|[（(][一二三四五六七八九十]{1,3}[）)])"
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
    return (level, words) if len(words) <= _TITLE_LENGTH else None


class Outline:
    """Follows the headings of a report: what stands above a paragraph, and whether it tells of plans only."""

    def __init__(self, year: int | None, words: Mapping[str, re.Pattern[str]]) -> None:
        self.year, self.words = year, words
        self.headings: dict[int, str] = {}
        self.plan_level: int | None = None
        self.above = ""

    def tells_this_year(self, block: Block) -> bool:
        """Take the next block; False where it stands under plans for the time to come."""
        text = block.text
        heading = numbered_heading(text)
        if not heading and block.kind is Kind.HEADING:
            heading = (1, text)
        short = len(text) <= _BARE_LENGTH and not re.search("[。；，：,;:]", text)
        if not heading and short and self.words["plan_heading"].search(text):
            heading = (3, text)
        if heading:
            level, words = heading
            self.headings = {key: value for key, value in self.headings.items() if key < level} | {level: words}
            self.above = " ".join(self.headings[key] for key in sorted(self.headings))
            if self.plan_level is None or level <= self.plan_level:
                self.plan_level = level if _is_plan_heading(words, self.year, self.words) else None
        under_plan = self.plan_level is not None
        if not under_plan and self._opens_plans(text):
            self.plan_level = max(self.headings, default=0)
        return not under_plan

    def _opens_plans(self, text: str) -> bool:
        opening = self.words["plan_opening"].search(text[-_OPENING:])
        if not opening:
            return False
        named = _NAMED_YEAR.match(opening[0])
        return not named or (self.year is not None and int(named[1]) > self.year)
