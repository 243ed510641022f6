"""Which part of a report is which section of its form, and what is wrong with them: missing, empty, without the fee
statement, without a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from gongkai.catalogue.check_words import check_words
from gongkai.catalogue.forms import Form, forms
from gongkai.checks.findings import finding
from gongkai.checks.words import Words
from gongkai.documents.model import Kind
from gongkai.parsing.labels import NEAR, likeness
from gongkai.parsing.table_reading import TableReading
from gongkai.records import Evidence, Finding, Report

PROBLEMS, OTHER_MATTERS = 4, 5
"""Where the sections on problems and on other matters stand in the forms of 2019 and 2021."""

_HEADING_LENGTH = 40
_NUMBER = r"(?:第[一二三四五六七][、部]分?[:：]?|[一二三四五六七][、.，：:])"
_NUMBERED = re.compile(rf"^{_NUMBER}")
_TAIL = re.compile(r"[。：:，]?$")
_LISTED, _APART, _APART_NUMBERED = 3, 40, 16
"""A line that names so many sections, none further apart than this, is a list of contents and no heading. Numbered
headings with a few words each may stand in one line; only closer ones are a list."""
_LAST_ENCOURAGED = 2020
"""The form of 2019 was only encouraged at first: until this year what is missing is a matter of a warning."""
_FEES_SINCE = 2021
"""国办函〔2020〕109号 has been in force since 1 January 2021."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section that was found: its place in the form, its words [start, end) of the text, and its heading."""

    number: int
    start: int
    end: int
    heading: Evidence


def find_sections(words: Words, names: Sequence[str]) -> list[Section]:
    """The sections `names` in the order of the report. A heading stands on a line of its own, or behind its number
    within a line (五、存在的主要问题…), where a page was saved as one line."""
    marks = [
        mark
        for line, start in zip(words.lines, words.starts, strict=True)
        for mark in _marks(line.text, start, line.block.kind is Kind.HEADING, names)
    ]
    return [
        Section(number, stop, after[0], words.evidence(start, stop))
        for (start, stop, number), after in pairwise([*marks, (len(words.text), 0, 0)])
    ]


def _marks(text: str, offset: int, heading: bool, names: Sequence[str]) -> list[tuple[int, int, int]]:
    """(start, end, section) of each heading in a line."""
    short = len(text) <= _HEADING_LENGTH
    number = _NUMBERED.match(text)
    if short and not (number or heading):
        # Without its number, a heading is nothing but the section's name.
        name = _TAIL.sub("", text)
        return [(offset, offset + len(name), names.index(name))] if name in names else []
    if not short and ("情况" not in text or _is_contents(text, names)):
        return []
    found = [] if short else _within(text, offset, names)
    if not (number or short):
        return found
    begin = number.end() if number else 0
    for place, name in enumerate(names):
        match = check_words().sections[name].match(text, begin)
        if match and (number or _TAIL.fullmatch(text, match.end())):
            return [(offset, offset + match.end(), place), *(mark for mark in found if mark[0] > offset)]
    if short:
        likely = [likeness(text, name) for name in names]
        if max(likely) >= NEAR:
            return [(offset, offset + len(text), likely.index(max(likely)))]
    return found


def _within(text: str, offset: int, names: Sequence[str]) -> list[tuple[int, int, int]]:
    return sorted(
        (offset + match.start(), offset + match.end(), place)
        for place, pattern in enumerate(_numbered(tuple(names)))
        for match in pattern.finditer(text)
    )


@cache
def _numbered(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_NUMBER + re.escape(name)) for name in names)


def _is_contents(text: str, names: Sequence[str]) -> bool:
    """Whether a line lists the sections (本报告包括总体情况、主动公开政府信息情况…) and does not hold their words."""
    places = sorted((place, place + len(name)) for name in names if (place := text.find(name)) >= 0)
    if len(places) < _LISTED:
        return False
    apart = _APART_NUMBERED if len(_within(text, 0, names)) >= _LISTED else _APART
    return all(after[0] - one[1] <= apart for one, after in pairwise(places))


def form_due(report: Report) -> Form | None:
    """The form whose sections and tables a report owes: that of its year, else the one its tables are printed in. Null
    for what is no annual report, and for years without a form of sections."""
    if report.kind != "annual_report" or report.period != "year":
        return None
    regime = next((form.regime for form in forms().values() if report.year in form.years), report.regime)
    form = forms().get(regime or "")
    return form if form is not None and form.sections else None


def check_sections(report: Report, tables: TableReading, words: Words) -> Iterator[Finding]:
    """Sections and tables that the form asks for, and what the last two sections must say."""
    form = form_due(report)
    if form is None:
        return
    names = form.sections
    sections = find_sections(words, names)
    severity = "warning" if (report.year or form.years.stop - 1) <= _LAST_ENCOURAGED else None
    yield from _missing(report, form, tables, words, sections, severity)
    yield from _empty(words, sections)
    if (report.year or form.years.start) >= _FEES_SINCE and not _fees_stated(words, sections):
        last = [section.heading for section in sections if section.number == OTHER_MATTERS]
        yield finding(
            "fee_statement_missing", expected=names[OTHER_MATTERS], evidence=last, doubtful=_year_doubtful(report)
        )


def _missing(
    report: Report,
    form: Form,
    tables: TableReading,
    words: Words,
    sections: Sequence[Section],
    severity: str | None,
) -> Iterator[Finding]:
    there = {section.number for section in sections}
    for number, name in enumerate(form.sections):
        if number not in there and not _stands(words, name, form.sections):
            yield finding("section_missing", severity=severity, expected=name, doubtful=_year_doubtful(report))
    absent = tables.absent_tables if tables.regime else tuple(table.name for table in form.tables)
    # With a table that was read in part, a second one may have been missed; without any doubt it is not there.
    doubtful = bool(report.doubts)
    for table in absent:
        place = _TABLE_SECTIONS.get(table)
        around = [section for section in sections if section.number == place]
        unread = any(_has_table(words, one) for one in around)
        if any(_pictures(words, one) for one in around):
            reason = "picture"
        else:
            reason = "nothing_there" if _is_bare(words, around) and not unread else "no_table"
        yield finding(
            "table_missing",
            severity=severity,
            reason=reason,
            expected=table,
            evidence=[section.heading for section in around],
            doubtful=doubtful or unread,
        )


def _is_bare(words: Words, sections: Sequence[Section]) -> bool:
    """Whether there are sections and none of them has any word below its heading."""
    return bool(sections) and all(not words.text[one.start : one.end].strip("\n。，：") for one in sections)


def _has_table(words: Words, section: Section) -> bool:
    """Whether some table stands below the heading of a section: the one missed may be there, but not be understood."""
    first = words.lines[words.line_of(max(0, section.start - 1))].block.index
    after = words.lines[words.line_of(section.end)].block.index if section.end < len(words.text) else None
    return any(first < index and (after is None or index < after) for index in words.tables)


def _pictures(words: Words, section: Section) -> bool:
    """Whether a picture that may show a table stands below the heading of a section or a text in it."""
    lines = words.lines[words.line_of(section.start - 1) : words.line_of(max(section.start, section.end - 1)) + 1]
    return any(line.block.pictures for line in lines)


def _year_doubtful(report: Report) -> bool:
    """Whether the year is in doubt, and with it what the report owes."""
    return any(doubt.reason == "year_uncertain" for doubt in report.doubts)


def _stands(words: Words, name: str, names: Sequence[str]) -> bool:
    """Whether a section's name stands anywhere but in a list of contents."""
    place = words.text.find(name)
    while place >= 0:
        number = words.line_of(place)
        if not _is_contents(words.lines[number].text, names):
            return True
        place = words.text.find(name, words.starts[number] + len(words.lines[number].text))
    return False


_TABLE_SECTIONS = {"disclosure": 1, "applications": 2, "review": 3}
"""In which section each table stands."""


def _empty(words: Words, sections: Sequence[Section]) -> Iterator[Finding]:
    empty = check_words().empty
    for section, after in pairwise([*sections, None]):
        # Only a section that another one follows is known to be at its end.
        if section is None or section.number != PROBLEMS or after is None or after.number != OTHER_MATTERS:
            continue
        said = words.text[section.start : section.end]
        if len(said) > _EMPTY_LENGTH:
            continue
        clauses = [empty.heading.sub("", clause) for clause in re.split(r"[。；！\n]", said)]
        clauses = [clause.strip("，：:、（）“”") for clause in clauses]
        if all(not clause or any(one.fullmatch(clause) for one in empty.clauses) for clause in clauses):
            places = [section.heading]
            if said.strip("\n。"):
                start = section.start + (len(said) - len(said.lstrip("\n")))
                places.append(words.evidence(start, section.start + len(said.rstrip("\n"))))
            found = said.strip("\n") or None
            yield finding("section_empty", reason="says_nothing" if found else "blank", found=found, evidence=places)


_TITLES = re.compile(r"《[^》\n]{0,80}》|〔[^〕\n]{0,12}〕\d{1,4}号")
_EMPTY_LENGTH = 80
"""A section that says nothing says it in fewer characters."""


def _fees_stated(words: Words, sections: Sequence[Section]) -> bool:
    """Whether any sentence says what became of the information processing fee; in the last section, of any fee."""
    fees = check_words().fees
    last = [section for section in sections if section.number == OTHER_MATTERS]
    for pattern, places in ((fees.named, [(0, len(words.text))]), (fees.plain, [(one.start, one.end) for one in last])):
        for start, end in places:
            for match in pattern.finditer(words.text, start, end):
                if _says_of_fee(words, match, start, end):
                    return True
    return False


def _says_of_fee(words: Words, match: re.Match[str], start: int, end: int) -> bool:
    fees = check_words().fees
    first = max(start, words.text.rfind("。", start, match.start()) + 1, match.start() - 80)
    sentence = fees.other.sub("", words.text[first : min(end, match.end() + 60)])
    outside = _TITLES.sub("", sentence)
    if fees.named.search(outside) or fees.plain.search(outside):
        return fees.said.search(outside) is not None
    return fees.named.search(sentence) is not None and fees.charged.search(outside) is not None
