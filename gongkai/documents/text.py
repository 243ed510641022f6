"""Plain text and Markdown → blocks. Tables are told by tabs, pipes or columns of spaces; wrapped lines are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.characters import clean, width
from gongkai.documents.model import Content
from gongkai.documents.text_bars import is_value, trailing_bars, without_emphasis
from gongkai.documents.text_breaks import whole_labels, whole_rows
from gongkai.documents.text_cells import find_tables
from gongkai.documents.text_prose import parted
from gongkai.documents.text_tables import find_table

SENTENCE_END = "。！？；!?;：:"
NARROWEST, WIDEST = 44, 110
"""A file may be hard-wrapped at this many columns (22 to 55 Chinese characters)."""

FEWEST_BROKEN = 3
"""So many lines must break off within a sentence at the same width; lines of tables are not counted."""

SLACK = 5
"""A wrapped line falls short of the full width by at most this many columns (a word or a figure moves as one)."""

_MARKDOWN_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*)")
_MARKDOWN_SIGN = re.compile(r"^ {0,3}#{1,6}[ \t]{1,4}\S|^ {0,3}\|? {0,4}:?-{3,}:? {0,4}\|", re.MULTILINE)
_IN_TABLE = re.compile(r"\t|[|│┃]|[─━═=\-]{3}|\S[ \u3000]{2,}\S|^[ \u3000]{9}")
_FIGURES = re.compile(r"\s\d+\s+\d+$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_RULE = re.compile(r"\s*(?:[-*_=—─]\s*){3}[-*_=—─|:\s]*$")
# What opens a paragraph even where lines are wrapped: numbering, bullets, "label:" lines.
_OPENING = re.compile(
    r"(?:第?[一二三四五六七八九十百]+[、章节条.．]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}\s*[、.．)）](?!\d)|[①-⑳⒈-⒛㈠-㈩●■◆★·•\-*#>])"
)


def read(text: str) -> Content:
    """Return the blocks of a decoded text; its metadata is empty."""
    builder = BlockBuilder()
    append(text, builder)
    return Content(builder.blocks)


def append(text: str, builder: BlockBuilder) -> None:
    """Add the blocks of a decoded text to `builder`."""
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", ""))
    markdown = _MARKDOWN_SIGN.search(text) is not None
    lines = whole_labels(whole_rows(trailing_bars(_outdented(text.split("\n")))))
    _add_lines(lines, _wrap_width(lines), markdown, builder)


def _outdented(lines: list[str]) -> list[str]:
    """Lines without the margin of spaces that all of them have (the text of a PDF, quoted text)."""
    filled = [line for line in lines if line.strip()]
    margin = min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
    return [line[margin:] for line in lines] if margin else lines


def _add_lines(lines: Sequence[str], limit: int | None, markdown: bool, builder: BlockBuilder) -> None:
    paragraphs: list[str] = []

    def close() -> None:
        _add_paragraphs(paragraphs, limit, markdown, builder)
        paragraphs.clear()

    counted = {table.start: table for table in find_tables(lines)}
    number = 0
    while number < len(lines):
        if number in counted:
            close()
            builder.table(counted[number].cells, ruled=False)
            number = counted[number].end
            continue
        run = find_table(lines, number)
        if run is None:
            paragraphs.append(lines[number])
            number += 1
            continue
        if run.cells:
            close()
            for part in parted(run.cells):
                if isinstance(part, str):
                    builder.paragraph(part)
                else:
                    builder.table(part, ruled=run.ruled)
        elif run.texts is not None:
            close()
            _add_lines(run.texts, None, markdown, builder)
        else:
            paragraphs.extend(lines[number : run.end])
        number = run.end
    close()


def _add_paragraphs(lines: Sequence[str], limit: int | None, markdown: bool, builder: BlockBuilder) -> None:
    for line in _unwrap(lines, limit) if limit else lines:
        stripped = line.strip()
        if not stripped or _RULE.match(stripped):
            continue
        if markdown:
            heading = _MARKDOWN_HEADING.match(line)
            if heading:
                builder.heading(without_emphasis(_ESCAPE.sub(r"\1", heading[1].rstrip("# \t"))))
                continue
            stripped = _ESCAPE.sub(r"\1", without_emphasis(stripped))
        # A tab that makes no table is an indent or a wide space.
        builder.paragraph(stripped.replace("\t", " "))


def _wrap_width(lines: Sequence[str]) -> int | None:
    """Return the width at which the text is hard-wrapped, or None if its lines are whole paragraphs.

    Hard-wrapped: many lines of the same width break off within a sentence, and no line is much wider.
    """
    widths = [0 if _IN_TABLE.search(line) else width(line.rstrip()) for line in lines]
    broken = Counter(
        widths[number]
        for number, line in enumerate(lines[:-1])
        if NARROWEST <= widths[number] <= WIDEST
        and line.rstrip()[-1] not in SENTENCE_END
        and (following := lines[number + 1].strip())
        and not is_value(following)
    )
    if not broken:
        return None
    total = sum(broken.values())
    limit, hits = max(
        ((top, sum(broken[near] for near in range(top - SLACK, top + 1))) for top in broken),
        key=lambda pair: (pair[1], -pair[0]),
    )
    filled = sum(1 for each in widths if each >= NARROWEST)
    wider = sum(1 for each in widths if each > limit + 2)
    if hits < FEWEST_BROKEN or hits < 0.6 * total or hits < 0.2 * filled or wider > 0.1 * filled:
        return None
    return limit


def _unwrap(lines: Sequence[str], limit: int) -> list[str]:
    """Join each line that fills `limit` columns and breaks off within a sentence with the line after it."""
    joined: list[str] = []
    open_line = False
    for line in lines:
        body = line.rstrip()
        indented = line[:1] in " \t\u3000"
        if open_line and body and not indented and not _OPENING.match(body):
            before = joined[-1]
            space = " " if before[-1].isascii() and body[0].isascii() and not before[-1].isdigit() else ""
            joined[-1] = before + space + body
        else:
            joined.append(body)
        open_line = (
            bool(body)
            and limit - SLACK <= width(body) <= limit + SLACK
            and body[-1] not in SENTENCE_END
            and _FIGURES.search(body) is None  # a row of a table that happens to be as wide
        )
    return joined
