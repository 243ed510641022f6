"""Word files in the layout of official papers, shared by all that the office sends out.

Page, type area and lines after GB/T 9704-2012 (党政机关公文格式): A4, margins 37 mm above, 35 below, 28 left and
26 right, so a type area of 156 × 225 mm with 22 lines of 28 characters; the title in 小标宋 of 22 points, the text in
仿宋 of 16 points indented by two characters, headings of the first level in 黑体 and of the second in 楷体; page
numbers in 宋体 of 14 points between dashes, on the outer side, 7 mm below the type area. The fonts are named as
Chinese offices have them; each names others to take its place, since many computers lack them.

Texts are set as texts: nothing in them is a field, a link or markup. The same calls give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

TITLE, BODY, HEADING, SUBHEADING, TABLE, SIGNATURE = (
    *("Official Title", "Official Body", "Official Heading 1", "Official Heading 2"),
    *("Official Table", "Official Signature"),
)
"""The styles of a paper, which an office may change in Word at one stroke."""

XIAOBIAOSONG, FANGSONG, HEITI, KAITI, SONGTI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FALLBACKS = {
    XIAOBIAOSONG: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,宋体,Noto Serif CJK SC",
    FANGSONG: "仿宋,FangSong,方正仿宋_GBK,华文仿宋,Noto Serif CJK SC",
    KAITI: "楷体,KaiTi,方正楷体_GBK,华文楷体,Noto Serif CJK SC",
    HEITI: "SimHei,方正黑体_GBK,微软雅黑,Noto Sans CJK SC",
    SONGTI: "SimSun,方正书宋_GBK,Noto Serif CJK SC",
}
"""What a program takes where it lacks a font, in this order."""
LATIN = "Times New Roman"

MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
"""Millimetres."""
WIDTH = 156
"""The type area's width in millimetres."""
LINE = Pt(28.95)
"""225 mm in 22 lines."""
_SIZES = {TITLE: 22, BODY: 16, HEADING: 16, SUBHEADING: 16, TABLE: 12, SIGNATURE: 16}
_FONTS = {
    TITLE: XIAOBIAOSONG,
    BODY: FANGSONG,
    HEADING: HEITI,
    SUBHEADING: KAITI,
    TABLE: FANGSONG,
    SIGNATURE: FANGSONG,
}
_INDENTED = (BODY, HEADING, SUBHEADING)
_CLOSER = -5
"""28 characters of 16 points in 156 mm: each a quarter of a point closer, in twentieths. A character grid would do the
same in Word; LibreOffice gives each character two of its cells."""
_BELOW = 23
"""Millimetres from the paper's edge to the page number, whose head then stands 7 mm below the type area."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_EXTRAS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_EPOCH = (2000, 1, 1, 0, 0, 0)


def official_document(title: str = "", landscape: bool = False) -> Document:
    """An empty paper with its page, styles, fonts and page numbers; `title` is the file's, not printed."""
    document = docx.Document(io.BytesIO(_empty(landscape)))
    document.core_properties.title = clean(title)[:255]
    return document


@cache
def _empty(landscape: bool) -> bytes:
    """A paper without a word; to read it takes a fifth of the time that it takes to make it."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.revision = 1
    properties.created = properties.modified = datetime(*_EPOCH)
    _page(document, landscape)
    _styles(document)
    _fallbacks(document)
    _page_numbers(document)
    _without_extras(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def paragraph(document: Document, text: str, style: str = BODY) -> Paragraph:
    """A paragraph in one of the styles; line breaks in `text` stay line breaks."""
    made = document.add_paragraph(clean(text))
    made._p.style = style_id(style)
    return made


def flush(document: Document, text: str, style: str = BODY) -> Paragraph:
    """A paragraph that begins at the left edge, as the name of the addressee and the mark of an annex do."""
    made = paragraph(document, text, style)
    made.paragraph_format.first_line_indent = 0
    made._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "0")
    return made


def new_page(document: Document, text: str, style: str = BODY) -> Paragraph:
    """A paragraph at the left edge that begins a page: the mark of an annex (附件)."""
    made = flush(document, text, style)
    made.paragraph_format.page_break_before = True
    return made


def signature(document: Document, lines: Sequence[str]) -> None:
    """The sender and the date at the end, on the right, four characters from the edge; two lines above stay empty."""
    texts = ("", "", *lines)
    for number, text in enumerate(texts, 1):
        # The last one must not hold on to an annex, which begins a page.
        paragraph(document, text, SIGNATURE).paragraph_format.keep_with_next = number < len(texts)


def type_area(document: Document) -> int:
    """The width between the margins, in English metric units."""
    section = document.sections[-1]
    return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)


def to_bytes(document: Document) -> bytes:
    """The file; without the clock that a zip archive would hold."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def clean(text: object) -> str:
    """`text` without the characters that no XML may hold."""
    return _CONTROL.sub("", str(text))


def style_id(style: str) -> str:
    """The id under which a style of ours is added; to look it up by its name takes 8 ms a paragraph."""
    return style.replace(" ", "")


def _without_extras(document: Document) -> None:
    """Leave out what python-docx's model carries besides: a picture of its own first page, styles of Word 2010 once
    more, and data of a bibliography."""
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(_EXTRAS)]:
            del relations[name]


def _page(document: Document, landscape: bool) -> None:
    section = document.sections[0]
    across, down = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = across, down
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
    section.footer_distance = Mm(_BELOW)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(LINE.pt * 20)))


def _styles(document: Document) -> None:
    styles = document.styles
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:rFonts", "w:lang"):
        for old in defaults.findall(qn(name)):
            defaults.remove(old)
    defaults.insert(0, _fonts(FANGSONG))
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    styles["Normal"].font.size = Pt(_SIZES[BODY])
    for name, size in _SIZES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.quick_style = True
        style.font.size = Pt(size)
        properties = style.element.get_or_add_rPr()
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
        properties.insert(0, _fonts(_FONTS[name]))
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        if name in _INDENTED:
            _indent(style.element.get_or_add_pPr(), size)
            _closer(properties)
            form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    styles[TITLE].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles[TITLE].paragraph_format.space_after = LINE
    styles[TITLE].paragraph_format.line_spacing = Pt(33)
    for name in (TITLE, HEADING, SUBHEADING):
        styles[name].paragraph_format.keep_with_next = True
    in_table = styles[TABLE].paragraph_format
    in_table.line_spacing_rule, in_table.line_spacing = WD_LINE_SPACING.SINGLE, 1.0
    for name in (TITLE, TABLE):
        off = OxmlElement("w:snapToGrid")
        off.set(qn("w:val"), "0")
        styles[name].element.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc")
    signed = styles[SIGNATURE].paragraph_format
    signed.alignment, signed.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(4 * _SIZES[SIGNATURE])


def _indent(properties: Any, size: int) -> None:
    """Two characters, whatever their size; in points for programs that do not count characters."""
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(2 * size * 20))


def _closer(properties: Any) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_CLOSER))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _fonts(name: str) -> object:
    """The fonts of Chinese and Latin characters; made by a call, so that no name has to be escaped."""
    fonts = OxmlElement("w:rFonts")
    for slot, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", name), ("cs", LATIN)):
        fonts.set(qn(f"w:{slot}"), font)
    return fonts


def _fallbacks(document: Document) -> None:
    """Name in the file's table of fonts what may stand for each."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"swiss" if name == HEITI else "roman"}"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{entries}</w:fonts>'
    for related in document.part.rels.values():
        if related.reltype.endswith("/fontTable"):
            related.target_part._blob = content.encode()


def _page_numbers(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = side
        edge = Pt(14)
        if side is WD_ALIGN_PARAGRAPH.RIGHT:
            line.paragraph_format.right_indent = edge
        else:
            line.paragraph_format.left_indent = edge
        for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
            run = line.add_run(text)
            run.font.size = Pt(14)
            run._r.get_or_add_rPr().insert(0, _fonts(SONGTI))
            if field:
                for kind in ("begin", None, "end"):
                    if kind is None:
                        code = OxmlElement("w:instrText")
                        code.text = field
                        run._r.append(code)
                        continue
                    mark = OxmlElement("w:fldChar")
                    mark.set(qn("w:fldCharType"), kind)
                    run._r.append(mark)
