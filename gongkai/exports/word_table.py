"""Tables of official papers, written as WordprocessingML at once: cell by cell, python-docx takes 3 ms each, and a
year's notices hold some hundred thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length, Pt
from docx.table import Table

from gongkai.exports.word import TABLE, clean, style_id, type_area

ROW = Pt(24)
"""The least height of a row of a table that people read line by line."""
_BREAKS = {"\n": "<w:br/>", "\r": "<w:br/>", "\t": "<w:tab/>"}


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one thing, numbered from 0 without the head: their cells of the first column are one, they stay on one
    page if they fit, and the last cell of the first of them is in bold."""

    first: int
    last: int


def table(
    document: Document,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    centred: Sequence[int] = (),
    least: Length | None = None,
    blocks: Sequence[Block] = (),
) -> Table:
    """A ruled table whose head is repeated on every page and whose rows are not torn apart, at the document's end.

    `widths` are shares of the type area; `centred` the columns whose cells stand in the middle; `least` is the height
    that every row but the head has at least.
    """
    across = type_area(document)
    sizes = [round(across * share / sum(widths) / Pt(1) * 20) for share in widths]
    blocked = {number: block for block in blocks for number in range(block.first, block.last + 1)}
    parts = [
        f"<w:tbl {nsdecls('w')}>"
        '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{size}"/>' for size in sizes),
        "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        *(_cell(text, size, centre=True, bold=True) for text, size in zip(headings, sizes, strict=True)),
        "</w:tr>",
    ]
    height = f'<w:trHeight w:val="{least.twips}" w:hRule="atLeast"/>' if least is not None else ""
    for number, texts in enumerate(rows):
        parts.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>")
        parts += _row(texts, sizes, centred, number, blocked.get(number))
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    made: Any = parse_xml("".join(parts))
    document.element.body._insert_tbl(made)
    return Table(made, document._body)


def _row(
    texts: Sequence[str], sizes: Sequence[int], centred: Sequence[int], number: int, block: Block | None
) -> Iterator[str]:
    begins = block is not None and number == block.first
    for place, (text, size) in enumerate(zip(texts, sizes, strict=True)):
        joined = "" if block is None or place else f'<w:vMerge w:val="{"restart" if begins else "continue"}"/>'
        held = block is not None and number < block.last
        bold = begins and place == len(texts) - 1
        yield _cell(text, size, centre=place in centred, bold=bold, joined=joined, held=held)


def _cell(text: str, size: int, *, centre: bool, bold: bool, joined: str = "", held: bool = False) -> str:
    keep = "<w:keepNext/>" if held else ""
    middle = '<w:jc w:val="center"/>' if centre else ""
    strong = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f"<w:r>{strong}{_text(clean(text))}</w:r>" if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{joined}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style_id(TABLE))}/>{keep}{middle}</w:pPr>{run}</w:p></w:tc>"
    )


def _text(text: str) -> str:
    """Texts and breaks of a run; what a document says is never markup."""
    said = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    for sign, element in _BREAKS.items():
        said = said.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return said.replace('<w:t xml:space="preserve"></w:t>', "")
