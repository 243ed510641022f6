"""Which year and which part of it a report covers, weighed from its title, its period statement and its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.documents.model import Kind
from gongkai.parsing.dates import years
from gongkai.parsing.spans import Squeezed
from gongkai.parsing.titles import SCHOOL_YEAR, Title, period_of
from gongkai.records import Doubt, Evidence

# Pages lose 年 and 月 now and then: 自20181月1日起至201812月31日.
_STATEMENT = re.compile(
    r"(?<!\d)(20\d{2})年?0?1月?0?1日(?:开始|起)?[,，]?(?:至|到|[-—–~－]+)(?:(20\d{2})年?)?(?:的)?(1[0-2]|0?[1-9])月?([123]\d)日"
)
_ANNOUNCED = re.compile(r"^(?:的)?.{0,12}(?:信息|政务)公开.{0,8}(?:报告|年报|总结|情况)")
_BLANKED = re.compile(
    r"自年\d{1,2}月|至年\d{1,2}月|(?:^|[。；、述])年度?，(?:我|本|全)|[×xX*_＿]{2,4}年|20[×xX*_＿]{1,2}年|(?<!\d)20[12]?年(?=\d{1,2}月\d)"
)
_OPENING = re.compile(
    r"现(?:就|将)([^。]{2,80}?)(?:报告|汇报|总结|公布|通报|自查|说明|公开|公示|简要)[^。]{0,14}如下"
    r"|(?<=[，。；])[^，。；]{0,60}，现(?:报告|汇报|总结)如下"
)
_PLAN = re.compile(
    r"^(?:的?(?:工作)?(?:计划|打算|安排|思路)|我[们局办市县区镇厅委]?将|[^，。]{0,12}将|，[^，。]{0,20}将|下一步|是)"
)
_NAMED = re.compile(r"《[^》]{0,200}》")
_COMPARED = re.compile(r"(?:比|较|与|同|于|自从|自|从|结转|上年|截至|止)$")
_YTD = re.compile(r"今年以来|截至目前|截止目前|20\d\d年以来|截[至止](?:20\d\d年)?(?:[1-9]|1[01])月")
_FULL_YEAR = re.compile(r"全年|年度工作|一年来")


@dataclass(frozen=True, slots=True)
class Span:
    """The year (null: uncertain), the period, the words they rest on, and the doubt."""

    year: int | None
    period: str
    sources: dict[str, Evidence] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """现将我办2017年上半年政务公开工作自查情况报告如下: the words between, and where the sentence stands."""

    text: str
    line: Squeezed
    start: int
    end: int

    @property
    def evidence(self) -> Evidence:
        """The words of the sentence."""
        return self.line.evidence(self.start, self.end)


def find_opening(texts: Sequence[Squeezed]) -> Opening | None:
    """The first sentence that says what is reported (within the first blocks)."""
    for one in texts[:40]:
        match = _OPENING.search(one.text)
        if match:
            return Opening(match[0], one, match.start(), match.end())
    return None


@dataclass(frozen=True, slots=True)
class _Witnesses:
    title: int | None
    statement: int | None
    statement_evidence: Evidence | None
    statement_period: str | None
    weights: Counter[int]
    first: dict[int, Evidence]
    blanked: Evidence | None


def read_span(
    texts: Sequence[Squeezed],
    title: Title | None,
    opening: Opening | None,
    kind: str,
    *,
    secondary: bool,
    signed_on: date | None,
    published_on: date | None,
    published_evidence: Evidence | None = None,
    alone: bool = True,
) -> Span:
    """Weigh the witnesses. A year blanked out, contradicted, or only in a repost's title is null with a doubt.

    `alone`: the document holds this report only, so that its day of publication tells the year where nothing else does.
    """
    body = [one for one in texts if title is None or (one is not title.line and one is not title.author_line)]
    seen = _witnesses(body, title, opening)
    year, source, problem = _decide(seen, secondary)
    if _covers_school_year(title, body):
        year, source, problem = None, None, "school_year"
    elif title is not None and (several := _SEVERAL_YEARS.search(title.text)):
        year, source, problem = None, None, f"several_in_text: {several[1]}、{several[2]}"
    elif year is None and problem is None and not seen.weights and (named := _headed(body)):
        year, source = named
    elif year is None and not secondary:
        year, source, problem = _by_date(seen, title, opening, kind, signed_on, problem)
        # A clear annual report without any year: it is published in the spring after.
        spring = alone and kind == "annual_report" and published_on is not None and published_on.month <= 6
        if year is None and problem is None and published_on is not None and spring:
            year, source = published_on.year - 1, published_evidence
    latest = min((day for day in (signed_on, published_on) if day is not None), default=None)
    if year is not None and latest is not None and year > latest.year:
        year, problem = None, f"after_its_date: {year} > {latest.isoformat()}"
    elif year is not None and latest is not None and kind == "annual_report" and latest < date(year, *_EARLIEST):
        year, problem = None, f"before_its_end: {year} > {latest.isoformat()}"
    sources: dict[str, Evidence] = {}
    if year is not None:
        evidence = source or (_title_evidence(title, year) if title and title.parts.year == year else None)
        evidence = evidence or seen.first.get(year)
        if evidence:
            sources["year"] = evidence
    period = _period(seen, body, title, opening, kind, year, signed_on)
    if period[1]:
        sources["period"] = period[1]
    doubts: tuple[Doubt, ...] = ()
    if year is None:
        shown = tuple(one for one in (seen.blanked, seen.statement_evidence) if one)
        doubts = (Doubt("year_uncertain", problem or "none_named", evidence=shown),)
    return Span(year, period[0], sources, doubts)


def _covers_school_year(title: Title | None, body: Sequence[Squeezed]) -> bool:
    if title is None or title.parts.year is not None:
        return False
    return title.parts.school_year or any(SCHOOL_YEAR.search(one.text) for one in body[:_FIRST])


def _headed(body: Sequence[Squeezed]) -> tuple[int, Evidence] | None:
    """The only year that the headings of bare tables name."""
    found = {
        mention.year: one.evidence(mention.start, mention.end)
        for one in reversed(body[:_FIRST])
        if len(one.text) <= _LONGEST_HEADING and one.block.kind is not Kind.TABLE
        for mention in years(one.text)
        if not _MONTH.match(one.text, mention.end)
    }
    return next(iter(found.items())) if len(found) == 1 else None


_SEVERAL_YEARS = re.compile(r"(?<!\d)(20\d\d)年?度?[-—–~～－至到、和及](20\d\d)年")
_LONGEST_HEADING = 40
_MONTH = re.compile(r"\d{1,2}月")
_PROSE = 25
"""A shorter text has no sentence that tells the year."""
_EARLIEST = (10, 1)
"""Month and day of the year itself before which no report on the whole year is written."""
_FIRST = 4
"""How many blocks at the start of a report say what it covers."""
_LAST_MONTH = {"h1": 6, "q1": 3, "q2": 6, "q3": 9, "q4": 12, "h2": 12, "ytd": 11}
_MONTHS_AFTER = 2


def _by_date(
    seen: _Witnesses,
    title: Title | None,
    opening: Opening | None,
    kind: str,
    signed_on: date | None,
    problem: str | None,
) -> tuple[int | None, Evidence | None, str | None]:
    """The year by the day of signature: it confirms the only year that is named, and tells that of a half year or a
    quarter, which is reported on within two months."""
    if signed_on is None:
        return None, None, problem
    named = sorted(seen.weights)
    if kind != "annual_report" and named == [signed_on.year]:
        return named[0], seen.first.get(named[0]), None
    period = (title.parts.period if title else None) or (period_of(opening.text) if opening else None)
    if named or period not in _LAST_MONTH:
        return None, None, problem
    last = _LAST_MONTH[period]
    for year in (signed_on.year, signed_on.year - 1):
        months = (signed_on.year - year) * 12 + signed_on.month - last
        if 0 <= months <= _MONTHS_AFTER or (period == "ytd" and year == signed_on.year and months < 0):
            return year, None, None
    return None, None, problem


def _title_evidence(title: Title, year: int) -> Evidence | None:
    for line in (title.line, title.author_line):
        for mention in years(line.text):
            if mention.year == year:
                return line.evidence(mention.start, mention.end)
        position = line.text.find(str(year))
        if position >= 0:
            return line.evidence(position, position + 4)
    return None


def _witnesses(body: Sequence[Squeezed], title: Title | None, opening: Opening | None) -> _Witnesses:
    weights: Counter[int] = Counter()
    first: dict[int, Evidence] = {}
    statement: int | None = None
    statement_evidence: Evidence | None = None
    statement_period: str | None = None
    blanked: Evidence | None = None
    repeated = _after_year(title)
    prose = 0
    for one in body:
        text = one.text
        if "年" not in text and "20" not in text:
            prose += len(text) >= _PROSE
            continue
        if match := _STATEMENT.search(text):
            same = match[2] is None or match[2] == match[1]
            if statement is None and same:
                statement = int(match[1])
                statement_evidence = one.evidence(match.start(), match.end())
                statement_period = {12: "year", 6: "h1"}.get(int(match[3]), "ytd")
        if blanked is None and (match := _BLANKED.search(text)):
            blanked = one.evidence(match.start(), match.end())
        if len(text) < _PROSE:
            continue
        prose += 1
        quoted = set[int]() if "《" not in text else _quoted(text)
        for mention in years(text):
            before, behind = text[max(0, mention.start - 4) : mention.start], text[mention.end : mention.end + 40]
            if mention.start in quoted or _PLAN.search(behind):
                continue
            if repeated and behind.startswith(repeated):
                continue
            if _COMPARED.search(before) or re.match(r"\d{1,2}月\d{1,2}日", behind):
                continue
            opens = mention.start == 0 or before[-1] in "。；"
            announced = title is None and prose <= _FIRST and _ANNOUNCED.match(behind)
            weights[mention.year] += 3 if announced or (opens and prose <= 6) else 2 if opens else 1
            first.setdefault(mention.year, one.evidence(mention.start, mention.end))
    if opening:
        for mention in years(opening.text):
            weights[mention.year] += 3
            start = opening.start + mention.start
            first[mention.year] = opening.line.evidence(start, start + mention.end - mention.start)
    return _Witnesses(
        title.parts.year if title else None, statement, statement_evidence, statement_period, weights, first, blanked
    )


def _quoted(text: str) -> set[int]:
    """Where the names of documents stand."""
    return {place for match in _NAMED.finditer(text) for place in range(*match.span())}


def _after_year(title: Title | None) -> str:
    """The words that follow the year in the title: where the text repeats them, the title's year has no new witness."""
    match = re.search(r"20\d\d(?:年度?)?(.{3,8})", title.text) if title else None
    return match[1] if match else ""


def _decide(seen: _Witnesses, secondary: bool) -> tuple[int | None, Evidence | None, str | None]:
    """(year, its evidence where it is not the title's, what is wrong)."""
    own, statement, weights = seen.title, seen.statement, seen.weights
    total = sum(weights.values())
    winner = min(weights, key=lambda year: (-weights[year], year), default=None)
    if seen.blanked and statement is None and (not total or (own is not None and not weights[own])):
        return None, None, "blanked"
    if own is not None:
        if secondary and statement != own and not weights[own]:
            return None, None, f"title_of_repost: {own}"
        if statement is not None and statement != own and weights[own] < max(1, total / 2):
            return None, None, f"title_and_period: {own} ≠ {statement}"
        if statement is None and not weights[own] and winner is not None and weights[winner] >= _MANY:
            return None, None, f"title_and_text: {own} ≠ {winner}"
        return own, None, None
    if statement is not None:
        if not weights[statement] and winner is not None and weights[winner] >= _MANY:
            return None, None, f"period_and_text: {statement} ≠ {winner}"
        return statement, seen.statement_evidence, None
    if winner is not None and weights[winner] * 2 >= total and weights[winner] >= 2:
        return winner, seen.first.get(winner), None
    if winner is not None:
        return None, None, f"several_in_text: {'、'.join(str(year) for year in sorted(weights))}"
    return None, None, None


_MANY = 3
"""The weight from which on sentences put the title in doubt, which has no witness: an opening sentence, or three
mentions."""


def _period(
    seen: _Witnesses,
    body: Sequence[Squeezed],
    title: Title | None,
    opening: Opening | None,
    kind: str,
    year: int | None,
    signed_on: date | None,
) -> tuple[str, Evidence | None]:
    if title and title.parts.period:
        return title.parts.period, title.line.evidence(0, len(title.line.text))
    if opening and (named := period_of(opening.text)):
        return named, opening.evidence
    if seen.statement_period and (seen.statement_period == "year" or kind != "annual_report"):
        return seen.statement_period, seen.statement_evidence
    if kind == "annual_report":
        return "year", None
    early = signed_on is not None and signed_on.year == year and signed_on.month <= 10
    late = signed_on is not None and year is not None and (signed_on.year > year or signed_on.month >= 12)
    titled = title is not None and title.parts.year is not None
    for one in body:
        match = _YTD.search(one.text)
        if match and (early or not (titled or late)) and not any(_FULL_YEAR.search(other.text) for other in body[:12]):
            return "ytd", one.evidence(match.start(), match.end())
    return "year", None
