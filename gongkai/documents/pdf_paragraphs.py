"""Printed lines become paragraphs, over columns and pages, each line with its place; tables are joined over pages."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Line
from gongkai.documents.pdf_breaks import continues, join
from gongkai.documents.pdf_layout import Item, TextLine
from gongkai.documents.pdf_lines import Piece, first_unit
from gongkai.documents.pdf_tables import Table

INDENT = 1.0
"""A line that starts this many em inside the margin is indented (two characters are usual)."""
DEEP_INDENT = 0.3
"""A line that starts this share of the column's width inside stands alone: a signature, a date."""
FREE = 0.6
"""A line ends on purpose if what follows would have fitted, with this many em to spare."""
CENTRED = 1.5
"""The margins left and right of a centred line differ by at most this many em."""
MORE_SPACE = 1.35
"""Lines farther apart than the usual distance by this factor are separate paragraphs."""
FAR = 3.2
"""... and so are lines farther apart than this many em, whatever is usual."""
SIZE_CHANGE = 1.12
"""Another font size, by this factor, starts another paragraph."""
TITLE_LINES = 4
"""A centred title has at most this many lines."""

_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|[（(]\d{1,2}[)）]"
    r"|第[一二三四五六七八九十百]{1,4}[章节部条]|[①-⑳]|附[件表注]\s*\d*\s*[:：]?|[•●■◆▪])"
)
_SENTENCE_END = re.compile(r"[。！？!?；;：:][”’」』）)》]?$")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、|^[（(][一二三四五六七八九十]{1,3}[)）]")
_ALNUM_END = re.compile(r"[A-Za-z0-9]$")
_ADDRESS_END = re.compile(r"(?:https?:|www\.|@|/)[^\s\u4e00-\u9fff]*$")
_DATE_LINE = re.compile(r"^[（(]?\s*(?:[12]\d{3}|[二〇○O零一]{4})\s*年")


def write(pages: list[list[Item]], builder: BlockBuilder) -> None:
    """Add the blocks of a document, given the items of each page in reading order."""
    items = _joined_tables(pages)
    pitch = _usual_pitch(items)
    open_lines: list[TextLine] = []

    def flush() -> None:
        if open_lines:
            text, lines = _text(open_lines)
            builder.paragraph(text, lines[0].page, lines)
            open_lines.clear()

    for item in items:
        if isinstance(item, Table):
            flush()
            builder.table(item.cells, item.page, item.ruled)
            continue
        if open_lines and _starts(open_lines, item, pitch):
            flush()
        open_lines.append(item)
    flush()


def _joined_tables(pages: list[list[Item]]) -> list[Item]:
    """All items in order, the parts of a table that page breaks cut made one."""
    items: list[Item] = []
    for page in pages:
        rest = page
        if items and page:
            last, first = items[-1], page[0]
            if isinstance(last, Table) and isinstance(first, Table) and continues(last, first):
                items[-1] = join(last, first)
                rest = page[1:]
        items.extend(rest)
    return items


def _usual_pitch(items: list[Item]) -> float:
    """The usual distance of baselines inside a paragraph, in em (0 if there is no running text)."""
    distances = [
        (second.piece.base - first.piece.base) / second.piece.size
        for first, second in pairwise(items)
        if isinstance(first, TextLine)
        and isinstance(second, TextLine)
        and first.page is second.page
        and second.piece.base > first.piece.base
        and _is_full(first, second.piece)
        and second.piece.left - second.left < INDENT * second.piece.size
    ]
    return median(distances) if distances else 0.0


def _starts(paragraph: list[TextLine], line: TextLine, pitch: float) -> bool:
    """Whether `line` starts a new paragraph after the lines of the current one."""
    last = paragraph[-1]
    piece, before = line.piece, last.piece
    em = max(piece.size, before.size)
    same_flow = last.page is line.page and piece.base > before.base
    if max(piece.size, before.size) > SIZE_CHANGE * min(piece.size, before.size):
        return True
    if same_flow:
        distance = (piece.base - before.base) / piece.size
        if distance > FAR or (pitch and distance > MORE_SPACE * max(pitch, 1.2)):
            return True
    if _is_centred(last) and _is_centred(line):
        return (
            not (
                same_flow
                and len(paragraph) < TITLE_LINES
                and not _HEADING.match(piece.text)
                and not _DATE_LINE.match(piece.text[:12])
                and not piece.text.startswith(("（", "("))
                and not _SENTENCE_END.search(before.text)
                and not _NUMBERED.match(before.text)
            )
            if not _is_title_year(before, piece, same_flow, paragraph)
            else False
        )
    if not _is_full(last, piece):
        return True
    indent = piece.left - line.left
    if indent > DEEP_INDENT * (line.right - line.left):
        return True
    if indent > INDENT * em:
        block = len(paragraph) > 1 or before.left - last.left > INDENT * em
        same = abs((before.left - last.left) - indent) < 0.5 * em
        return not (block and same and not _SENTENCE_END.search(before.text) and not _HEADING.match(piece.text))
    return bool(_HEADING.match(piece.text) and _SENTENCE_END.search(before.text))


def _is_title_year(before: Piece, piece: Piece, same_flow: bool, paragraph: list[TextLine]) -> bool:
    """Whether a centred line that starts with a year goes on with the title: it is no date, it names the report."""
    return (
        same_flow
        and len(paragraph) < TITLE_LINES
        and bool(_DATE_LINE.match(piece.text))
        and bool(re.search(r"报告|总结|情况|工作", piece.text))
        and not _SENTENCE_END.search(before.text)
        and not _NUMBERED.match(before.text)
    )


def _is_centred(line: TextLine) -> bool:
    em = line.piece.size
    before, after = line.piece.left - line.left, line.right - line.piece.right
    return before > 2 * em and after > INDENT * em and abs(before - after) <= CENTRED * em


def _is_full(line: TextLine, following: Piece) -> bool:
    """Whether the line was broken because what follows did not fit behind it."""
    em = line.piece.size
    free = line.right - line.piece.right
    return free < _first_width(following) + FREE * em


def _first_width(piece: Piece) -> float:
    """The width of what cannot be parted at the start of a line."""
    chars = piece.chars[: first_unit(piece.text)]
    return chars[-1].right - chars[0].left


def _text(lines: list[TextLine]) -> tuple[str, list[Line]]:
    """The text of a paragraph and where its lines are in it."""
    text = ""
    places = []
    for line in lines:
        if text:
            text += _glue(text, line.piece.text)
        start = len(text)
        text += line.piece.text
        places.append(Line(start, len(text), line.page.number, line.page.shown(line.piece.box)))
    return text, places


def _glue(text: str, following: str) -> str:
    """What stands between two lines: nothing in Chinese, inside a number or an address; a space between Latin words."""
    if not (_ALNUM_END.search(text) or text[-1] in ",.;:)%") or not (following[0].isascii() and following[0].isalnum()):
        return ""
    if text[-1].isdigit() and following[0].isdigit():
        return ""
    if text[-1] == "." and following[0].isdigit():
        return ""
    return "" if _ADDRESS_END.search(text) else " "
