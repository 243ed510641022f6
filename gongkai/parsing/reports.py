"""Which reports a document holds: a collection of many units, or a page with the reports of several years.

A report begins at its title, or where the statutory sections start anew. Cautious: contents, running heads, lists of
other titles and attachments begin none, since only what is followed by a report's own text or tables counts, and only
if it names another author, year or kind than the report before it. The annex of 2014, printed for the organ and for all
units, belongs to one report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from gongkai.documents.model import Block, Kind
from gongkai.parsing.organisations import may_be_agency
from gongkai.parsing.spans import Squeezed, squeezed
from gongkai.parsing.titles import TitleParts, title_at

MOST_TITLES = 5_000
"""Lines like titles that are looked at; a collection of a province's units has far fewer."""

_ENOUGH_PROSE = 250
"""Characters of sentences that make a report; what a list says of each of its entries is shorter."""
_PROSE = 30
"""A shorter paragraph is a line of a page, not sentences."""
_LAST_SECTIONS = frozenset((5, 6))
_ENOUGH_SECTIONS = 4
_MOST_PREAMBLE = 8
"""Blocks that may stand between the beginning of a report and its first section."""

_SECTION = re.compile(r"^(?:第?[（(]?([一二三四五六七八九])[)）]?(?:部分)?[、.．:：]?)")
_STATUTORY = tuple(
    re.compile(rf"^(?:第?[（(]?[一二三四五六][)）]?(?:部分)?[、.．:：]?)?{words}")
    for words in (
        "(?:总体情况|概述|基本情况)",
        "主动公开(?:政府)?信息",
        "(?:收到和处理)?政府信息公开申请(?:情况)?$|收到和处理",
        "(?:因?政府信息公开)?(?:工作)?(?:被申请)?行政复议",
        "存在的?(?:主要)?问题",
        "其他需要报告",
    )
)
_TABLE_ROW = re.compile(r"本年新收|上年结转|办理结果|结转下年|新收政府信息")
_STATUTORY_TABLE = re.compile(r"新收政府信息|本年新收|结果维持|行政规范性文件|主动公开政府信息数|行政许可")
_LONGEST_HEADING = 40
_PREAMBLE = re.compile(r"编制|年度报告|条例|现将|公布如下|报告如下|网址|联系")
_FORM_TABLES = (("applications", "新收政府信息公开申请"), ("review", "结果维持"), ("disclosure", "行政规范性文件"))
_FILLED_IN_BY = re.compile(
    r"(?:填报|填表|报送|上报|编制)?(?:单位|机关)(?:名称)?[（(]?(?:盖章|公章)?[)）]?[:：]([\u4e00-\u9fff]{2,30})"
)
_NUMERALS = "一二三四五六七八九"
_NUMBERED_TITLE = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:部分|章|篇|节)|[一二三四五六七八九十\d]{1,3}[、.．:：])"
)
_REPORT_WORD = re.compile(r"(?:报告|年报|总结|小结|自查|自评|汇报)")
_ATTACHED = re.compile(r"^(?:附件?[\d一二三四五]*[:：.]|链接|相关)")


@dataclass(slots=True)
class _Start:
    """Where a report may begin: the position of its first line among the texts, and what its title says."""

    position: int
    title: TitleParts | None
    anew: bool = False
    """Whether the statutory sections start anew here."""


def split_reports(blocks: Sequence[Block], texts: Sequence[Squeezed] | None = None) -> list[Sequence[Block]]:
    """The blocks of each report in a document's `blocks`, in order; all of them where they hold one, or none that can
    be told. `texts`: the blocks without blanks, where they are known already.

    What stands before the first of several reports (a cover, contents) belongs to none of them; what stands behind a
    report and is none itself belongs to it.
    """
    texts = squeezed(blocks) if texts is None else texts
    starts = _starts(texts)
    if len(starts) < 2:
        return [blocks]
    places = {block.index: place for place, block in enumerate(blocks)}
    begins = [places[texts[one.position].block.index] for one in starts]
    return [blocks[begin:end] for begin, end in pairwise([*begins, len(blocks)])]


def _starts(texts: Sequence[Squeezed]) -> list[_Start]:
    """The beginnings of the reports, where there are at least two."""
    candidates = _candidates(texts)
    kept: list[_Start] = []
    waiting = [one for number, one in enumerate(candidates) if not _repeats(candidates, number, texts)]
    for number, one in enumerate(waiting):
        end = waiting[number + 1].position if number + 1 < len(waiting) else len(texts)
        if not _is_report(texts, one.position, end):
            continue
        if kept and not _another(kept[-1], one, texts, end):
            continue
        kept.append(one if kept else _below_head(one, candidates, texts))
    return kept


def _below_head(first: _Start, candidates: Sequence[_Start], texts: Sequence[Squeezed]) -> _Start:
    """The first report's own title, where it stands below the head of the whole page or collection."""
    number = candidates.index(first)
    while number + 1 < len(candidates) and _repeats(candidates, number + 1, texts):
        number += 1
    below = candidates[number]
    return below if below.title and below.title.author and first.title and not first.title.author else first


def _candidates(texts: Sequence[Squeezed]) -> list[_Start]:
    """Titles, and beginnings of sections that no title precedes, in order."""
    all_titles = (start for index in range(len(texts)) if (start := _title(texts, index)) is not None)
    found = list(islice(all_titles, MOST_TITLES))
    titles = [start.position for start in found]
    last, seen = -1, set[int]()
    for index, one in enumerate(texts):
        number = _statutory(one)
        if number is None:
            continue
        anew = len(seen) >= _ENOUGH_SECTIONS and bool(seen & _LAST_SECTIONS)
        if number == 1 and (anew or not seen):
            nearest = bisect_right(titles, index) - 1
            if nearest >= 0 and titles[nearest] > last:
                found[nearest].anew = anew
            else:
                found.append(_Start(_beginning(texts, last, index), None, anew))
            seen = set()
        seen.add(number)
        last = index
    if not found:
        found = list(_forms_filled_in(texts))
    return sorted(found, key=lambda start: start.position)


def _forms_filled_in(texts: Sequence[Squeezed]) -> Iterator[_Start]:
    """The beginnings of the units' forms in a workbook with a sheet for each, or under the names of those who filled
    them in: a table of the form stands there again, under another name."""
    units: dict[str, str] = {}
    position, unit = 0, ""
    for index, one in enumerate(texts):
        if one.block.kind is not Kind.TABLE:
            behind_table = index and texts[index - 1].block.kind is Kind.TABLE
            if behind_table:
                position, unit = index, ""
            unit = _unit(one) or unit
            continue
        table = next((name for name, words in _FORM_TABLES if words in one.text), None)
        if table is None or not unit:
            continue
        if not units or (table in units and units[table] != unit):
            yield _Start(position, None, anew=bool(units))
            units = {}
        units.setdefault(table, unit)


def _unit(one: Squeezed) -> str | None:
    """The unit that a sheet's name or a line 填报单位：… names."""
    if match := _FILLED_IN_BY.match(one.text):
        return match[1]
    return one.text if one.block.kind is Kind.HEADING and may_be_agency(one.text) else None


def _title(texts: Sequence[Squeezed], index: int) -> _Start | None:
    one = texts[index]
    if _ATTACHED.match(one.text):
        return None
    title = title_at(texts, index)
    if title is None or not _REPORT_WORD.search(title.text):
        return None
    parts = title.parts
    numbered = _NUMBERED_TITLE.match(one.text) or _NUMBERED_TITLE.match(title.text)
    if (numbered and parts.author is None) or (parts.author is None and parts.year is None and parts.period is None):
        return None
    position = index
    while position > 0 and texts[position] is not title.author_line:
        position -= 1
    return _Start(position, parts)


def _statutory(one: Squeezed) -> int | None:
    """The number of the statutory section that a line heads."""
    if one.block.kind is Kind.TABLE or len(one.text) > _LONGEST_HEADING or _TABLE_ROW.search(one.text):
        return None
    return next((number for number, words in enumerate(_STATUTORY, start=1) if words.match(one.text)), None)


def _beginning(texts: Sequence[Squeezed], last_section: int, section: int) -> int:
    """Where a report without a title begins, whose first section stands at `section`: its preamble counts to it."""
    position = section
    for index in range(section - 1, max(last_section, section - _MOST_PREAMBLE), -1):
        text = texts[index].text
        own = may_be_agency(text) or (len(text) >= _PROSE and _PREAMBLE.search(text))
        if texts[index].block.kind is Kind.TABLE or not (own or texts[index].block.kind is Kind.HEADING):
            break
        position = index
    return position


def _repeats(candidates: Sequence[_Start], number: int, texts: Sequence[Squeezed]) -> bool:
    """Whether a title stands right below the same title: page title and heading, or the title's second line."""
    if not number:
        return False
    before, one = candidates[number - 1], candidates[number]
    gap = texts[before.position + 1 : one.position]
    near = sum(len(text.text) for text in gap) < _ENOUGH_PROSE and all(
        text.block.kind is not Kind.TABLE for text in gap
    )
    return near and not one.anew and not _differ(before.title, one.title)


def _is_report(texts: Sequence[Squeezed], start: int, end: int) -> bool:
    """Whether a title is followed by a report: enough sentences, a statutory table, or sections."""
    prose, sections = 0, set()
    for one in texts[start:end]:
        if one.block.kind is Kind.TABLE:
            if _STATUTORY_TABLE.search(one.text):
                return True
            continue
        if number := _section(one):
            sections.add(number)
        if len(one.text) >= _PROSE and re.search(r"[，。；]", one.text):
            prose += len(one.text)
        if prose >= _ENOUGH_PROSE or (len(sections) >= 2 and prose):
            return True
    return False


def _section(one: Squeezed) -> int | None:
    match = re.match(rf"[（(]?([{_NUMERALS}])[)）]?、", one.text)
    return _NUMERALS.index(match[1]) + 1 if match and not _TABLE_ROW.search(one.text) else None


def _another(before: _Start, one: _Start, texts: Sequence[Squeezed], end: int) -> bool:
    """Whether a report begins here, and not merely a page with a running head of the report before."""
    opens = next((number for text in texts[one.position : end] if (number := _section(text))), None)
    if opens not in (None, 1):
        return False
    if _differ(before.title, one.title):
        return True
    return one.anew and not _same_words(texts, before.position, one.position, end)


def _same_words(texts: Sequence[Squeezed], first: int, second: int, end: int) -> bool:
    """Whether a report is printed twice: most sentences of the second stand in the first."""
    known = {one.text for one in texts[first:second] if len(one.text) >= _PROSE}
    own = [one.text for one in texts[second:end] if len(one.text) >= _PROSE]
    return bool(own) and sum(text in known for text in own) * 2 > len(own)


def _differ(left: TitleParts | None, right: TitleParts | None) -> bool:
    """Whether two titles name different reports: another year, part of a year, kind or author."""
    if left is None or right is None:
        return False
    if left.year and right.year and left.year != right.year:
        return True
    if (left.period or "year") != (right.period or "year"):
        return True
    if left.author and right.author and not _same_author(left.author, right.author):
        return True
    return "self_check" in (left.kind, right.kind) and left.kind != right.kind


def _same_author(left: str, right: str) -> bool:
    """Whether two names can be one body's: 司法局 and 滑县司法局, 滑县 and 滑县人民政府, but not its office."""
    left, right = (name.removesuffix("人民政府") or name for name in (left, right))
    return left.endswith(right) or right.endswith(left)
