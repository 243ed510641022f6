"""The sentences of a report, made comparable with those of other years and units: names and figures masked.

Headings and what stands before the first section (the preamble, contents) are told apart: every report has them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gongkai.agencies.naming import describe
from gongkai.checks.sections import find_sections, form_due
from gongkai.checks.words import Words
from gongkai.documents.model import Block, Kind
from gongkai.records import Passage, Report

PREAMBLE, LABEL = -1, -2
"""The sections of what stands before the first one, and of what is no sentence."""

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_MOST = 2_000
"""Passages of one report; the longest real report has some 600."""
_SHORTEST = 6
"""Characters below which a sentence is a label or a date."""
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?%?|[一二三四五六七八九十百千万亿〇零两]+(?=[年月日个件条次项篇期家份起场人名万元%、.．是）])"
)
_SELF = re.compile(r"(?:[我本全][省市区县州盟旗镇乡厅局办委院处所队校街](?:道)?|[我本](?:机关|单位|部门|街道|开发区))")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|市|自治州|州|盟|县|区|旗|镇|乡|街道)")


def passages(report: Report, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The sentences of the report in `blocks`, in the order of the text, without tables."""
    words = Words([block for block in blocks if block.kind in (Kind.PARAGRAPH, Kind.HEADING)])
    form = form_due(report)
    found: list[Passage] = []
    sections = find_sections(words, form.sections) if form is not None else []
    spans: list[tuple[int | None, int, int]] = [(one.number, one.start, one.end) for one in sections]
    first_section = min((words.starts[words.line_of(one.start - 1)] for one in sections), default=0)
    spans.insert(0, (PREAMBLE, 0, first_section) if sections else (None, 0, len(words.text)))
    for number, start, end in spans:
        for first, last, sentence in _pieces(words, start, end):
            if len(found) < _MOST:
                place = words.evidence(first, last)
                printed = words.text[first:last]
                masked = mask(printed, report.agency or "")
                where = place.block or 0, place.start or 0, place.end or 0
                found.append(Passage(number if sentence else LABEL, *where, masked, _digest(printed)))
    return tuple(found)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def _pieces(words: Words, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is a sentence) of all that stands in a part of the text."""
    for match in _SENTENCE.finditer(words.text, start, end):
        first, last = match.span()
        line = words.lines[words.line_of(first)]
        label = line.block.kind is Kind.HEADING or (match[0] == line.text and not is_prose(line.text))
        yield first, last, not label and last - first >= _SHORTEST


def is_prose(line: str) -> bool:
    """Whether a line says something, and is no title, signature or label, which readers find or leave out as the format
    will have it; nor the form's own note below a table.

    >>> [is_prose(line) for line in ("一、总体情况", "工作平稳。", "（此处填写主要做法，300字左右）")]
    [False, True, True]
    """
    return _PROSE.search(line) is not None and _NOTE not in line


_PROSE = re.compile(r"[。；！？，,;!?]|[:：]$")
_NOTE = "勾稽关系"
"""In the notes of the statutory tables (本列数据的勾稽关系为…): text in some formats, a cell in others."""


def mask(text: str, agency: str) -> str:
    """`text` with the author's names, places and words for itself as @ and with all figures as 0.

    >>> mask("2024年，临湖市教育局共收到申请23件，我局均已办结。", "临湖市教育局")
    '0年，@共收到申请0件，@均已办结。'
    """
    pattern = _names(agency)
    if pattern is not None:
        text = pattern.sub("@", text)
    return _FIGURE.sub("0", _SELF.sub("@", text))


@lru_cache(maxsize=512)
def _names(agency: str) -> re.Pattern[str] | None:
    """The ways in which a text calls an agency and its places, the longest first."""
    if not agency:
        return None
    told = describe(agency)
    names = {agency, told.organ, *(place.name for place in told.places), *_PLACE.findall(agency)}
    names |= {part for part in (told.province, told.city, told.county) if part}
    # 临湖市教育局 calls itself 市教育局 as well.
    names |= {name[1:] for name in list(names) if len(name) > 4 and name[0] in "省市区县"}
    fitting = sorted((name for name in names if name and len(name) >= 2), key=lambda name: (-len(name), name))
    return re.compile("(?:" + "|".join(re.escape(name) for name in fitting) + ")+") if fitting else None
