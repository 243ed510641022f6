"""Other years than the report's own: in headings, in the preamble, in the period statement, in the date of signing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.catalogue.check_words import check_words
from gongkai.checks.findings import finding
from gongkai.checks.words import MOST, Words
from gongkai.documents.model import Kind
from gongkai.records import Finding, Report

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!\d{1,2}月)")
_PERIOD = re.compile(
    r"((?:19|20)\d{2})年1月1日(?:起|零时|以来|，|到|至|—|-|–|～|~){0,3}(?:(?:19|20)\d{2}年)?[^。\n]{0,3}?"
    r"((?:19|20)\d{2})年12月31日"
)
_OPEN_PERIOD = re.compile(r"((?:19|20)\d{2})年1月1日(?:起|到|至|—|-|–|～|~){1,3}12月31日")
_QUOTED = re.compile(r"《[^》\n]{0,80}》|〔[^〕\n]{0,12}〕|\[[^\]\n]{0,12}\]|“[^”\n]{0,80}”|（[^）\n]{0,80}）")
_HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十—－-]{1,3}[、.，部]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、）])"
)
_HEADING_LENGTH = 40
_SENTENCE_ENDS = tuple("。；！？")
_PREAMBLE_LINES = 14
_ENDS = {"year": (12, 31), "h1": (6, 30), "h2": (12, 31), "q1": (3, 31), "q2": (6, 30), "q3": (9, 30), "q4": (12, 31)}
"""The last day of each period that has one: month, day."""


def check_years(report: Report, words: Words) -> Iterator[Finding]:
    """Notices of other years; none where the report's own year is not known."""
    if report.year is None:
        return
    yield from _signed(report, report.year)
    found = 0
    for start, end, said in sorted(set(_others(report.year, words))):
        if found < MOST:
            found += 1
            place = words.evidence(start, end)
            yield finding("other_year_in_text", expected=str(report.year), found=said, evidence=[place])


def _signed(report: Report, year: int) -> Iterator[Finding]:
    last = _ENDS.get(report.period)
    if report.signed_on is not None and last and report.signed_on < date(year, *last):
        yield finding(
            "signed_before_period_end",
            expected=date(year, *last).isoformat(),
            found=report.signed_on.isoformat(),
            evidence=[report.sources["signed_on"]] if "signed_on" in report.sources else (),
        )


def _others(year: int, words: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) of every other year that stands where the report's own belongs."""
    preamble = words.starts[_PREAMBLE_LINES] if len(words.starts) > _PREAMBLE_LINES else len(words.text)
    for pattern in (_PERIOD, _OPEN_PERIOD):
        for match in pattern.finditer(words.text, 0, preamble):
            if set(match.groups()) != {str(year)} and not _quoted(words, match.start()):
                yield match.start(), match.end(), match[0]
    known = check_words().years
    for match in known.own_report.finditer(words.text, 0, preamble):
        if match["year"] != str(year) and not _quoted(words, match.start("year")):
            yield match.start("year"), match.end(), words.text[match.start("year") : match.end()]
    for match in known.opening.finditer(words.text, 0, preamble):
        around = words.lines[words.line_of(match.start())].text
        if match["year"] != str(year) and f"{year}年" not in around:
            yield match.start(), match.end("year") + 1, f"{match['year']}年"
    for line, start in zip(words.lines, words.starts, strict=True):
        if _is_heading(line.text, line.block.kind is Kind.HEADING):
            yield from _in_heading(year, line.text, start)


def _is_heading(text: str, marked: bool) -> bool:
    if len(text) > _HEADING_LENGTH:
        return False
    return marked or (not text.endswith(_SENTENCE_ENDS) and _HEADING.match(text) is not None)


def _in_heading(year: int, text: str, offset: int) -> Iterator[tuple[int, int, str]]:
    known = check_words().years
    if "20" not in text and "19" not in text:
        return
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for match in _YEAR.finditer(text):
        named = int(match[1])
        if named == year or any(start <= match.start() < end for start, end in quoted):
            continue
        if (named == year + 1 and known.plans.search(text)) or (named < year and known.history.search(text)):
            continue
        yield offset + match.start(), offset + match.end(), match[0]


def _quoted(words: Words, place: int) -> bool:
    """Whether a place lies within 《》: the year is in the name of a document."""
    before = words.before(place, 80)
    return before.rfind("《") > before.rfind("》")
