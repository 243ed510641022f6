"""What a page says around a report: publisher, source, dates, title (tables of 索引号, lines of 来源 and 发布时间)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.catalogue.page_words import page_labels
from gongkai.documents.model import Block
from gongkai.parsing.spans import evidence
from gongkai.records import Evidence

_HEAD, _TAIL = 60, 40
"""How many blocks at the start and at the end of a document may be the page's own words."""

_LONGEST_BLOCK = 1500
"""Longer blocks are body text."""

_MOST_SENTENCES = 2
"""A block with more of them is body text as well."""

_LONGEST_VALUE = 40
"""Values on a line of their own are no longer."""

_BLANK = r"[^\S\n\t]"
_SPACED = "|".join(f"{_BLANK}*".join(label) for label in sorted(page_labels(), key=len, reverse=True))
_FIRST = "".join(sorted({label[0] for label in page_labels()}))
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fffA-Za-z])(?=[\[【{_FIRST}])[\[【]?({_SPACED})(?:[\]】]{_BLANK}*[:：]?|{_BLANK}*[:：]|{_BLANK}*[\t|]|{_BLANK}+(?=20\d\d))"
)
_VALUE_ENDS = re.compile(rf"[\t\n\r|【\[]|{_BLANK}{{2,}}")
_MARGIN = " \u3000\u00a0\u2002\u2003\t：:"


@dataclass(frozen=True, slots=True)
class PageField:
    """A labelled value of the page: the field, the label as listed, the value as printed and where it stands."""

    field: str
    label: str
    value: str
    evidence: Evidence


def page_fields(blocks: Sequence[Block]) -> list[PageField]:
    """The labelled values at the head and at the foot of a document, in order; "other" fields are left out."""
    chosen = blocks if len(blocks) <= _HEAD + _TAIL else [*blocks[:_HEAD], *blocks[-_TAIL:]]
    found: list[PageField] = []
    label = ""
    for block in chosen:
        if len(block.text) > _LONGEST_BLOCK:
            label = ""
            continue
        own = list(_of_block(block))
        text = block.text.strip()
        if label and not own and 0 < len(text) <= _LONGEST_VALUE and _bare_label(text) is None:
            start = block.text.index(text)
            own = [PageField(page_labels()[label], label, text, evidence(block, start, start + len(text)))]
        found.extend(own)
        label = _bare_label(text) or ""
    return found


def _bare_label(text: str) -> str | None:
    """The label that stands alone on a line, its value on the next one."""
    if len(text) > _LONGEST_VALUE:
        return None
    label = "".join(text.split()).strip("：:[]【】")
    return label if page_labels().get(label, "other") != "other" else None


def _of_block(block: Block) -> Iterator[PageField]:
    if block.text.count("。") > _MOST_SENTENCES:
        return
    matches = list(_LABEL.finditer(block.text))
    for number, match in enumerate(matches):
        label = re.sub(r"\s", "", match[1])
        field = page_labels()[label]
        if field == "other":
            continue
        limit = matches[number + 1].start() if number + 1 < len(matches) else len(block.text)
        start, end = match.end(), limit
        start = _behind_margin(block.text, start, end)
        if block.text[start:end].startswith("|"):
            # 成文日期: | 2025-01-15 |, a table that was written out: the value is the next cell's.
            start = _behind_margin(block.text, start + 1, end)
        if stop := _VALUE_ENDS.search(block.text, start, end):
            end = stop.start()
        while end > start and block.text[end - 1] in _MARGIN + ",，;；":
            end -= 1
        if start < end:
            yield PageField(field, label, block.text[start:end], evidence(block, start, end))


def _behind_margin(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _MARGIN:
        start += 1
    return start


def first(fields: Sequence[PageField], field: str) -> PageField | None:
    """The first value of `field`, the most trusted label first."""
    rank = {label: number for number, label in enumerate(page_labels())}
    mine = [one for one in fields if one.field == field]
    return min(mine, key=lambda one: rank[one.label], default=None)
