"""A chart in a Word file that Word draws itself: stacked bars, with their figures in a sheet behind it.

It is sharp at every size, is printed in the paper's fonts, and whoever edits the paper can change it (the sheet is an
embedded workbook). Office Open XML (ISO/IEC 29500), DrawingML charts; no picture, no browser.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import xlsxwriter
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from gongkai.exports.word import FANGSONG, LATIN, clean, paragraph

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TEXT_SIZE = 1050
"""Hundredths of a point."""


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of the bars: its name, its colour (RRGGBB), and a whole number per bar."""

    name: str
    colour: str
    values: tuple[int, ...]


def bars(
    document: Document, labels: Sequence[str], series: Sequence[Series], *, width: float, height: float, name: str
) -> None:
    """Add horizontal stacked bars, the first label on top; `width` and `height` in millimetres.

    `name` says what is shown, for those who cannot see it. Zeros carry no number. Raise ValueError unless every series
    has a value for each label.
    """
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("every series needs a value for each label")
    package = document.part.package
    number = 1 + sum(str(part.partname).startswith("/word/charts/") for part in package.iter_parts())
    sheet = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _SHEET_TYPE, _sheet(labels, series), package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    behind = chart.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = _chart(labels, series, behind).encode()
    link = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    written = paragraph(document, "")
    written.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form = written.paragraph_format
    form.first_line_indent, form.line_spacing_rule = Mm(0), WD_LINE_SPACING.SINGLE
    indent = written._p.get_or_add_pPr().get_or_add_ind()
    indent.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}firstLineChars", "0")
    written.add_run()._r.append(parse_xml(_frame(link, number, width, height, name)))


def _frame(link: str, number: int, width: float, height: float, name: str) -> str:
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'{_NAMES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(Mm(width))}" cy="{int(Mm(height))}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr="{_text(name)}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _chart(labels: Sequence[str], series: Sequence[Series], behind: str) -> str:
    drawn = "".join(_series(place, one, labels) for place, one in enumerate(series))
    axis_text = _style(f'<a:solidFill><a:srgbClr val="333333"/></a:solidFill>{_fonts()}')
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_NAMES}>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{drawn}<c:gapWidth val="45"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></c:spPr>'
        f'{axis_text}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="0" sourceLinked="0"/><c:crossAx val="1"/>'
        '<c:crosses val="autoZero"/></c:valAx><c:spPr><a:noFill/></c:spPr></c:plotArea>'
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{axis_text}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:externalData r:id="{behind}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(place: int, one: Series, labels: Sequence[str]) -> str:
    column, count = chr(ord("B") + place), len(labels)
    names = "".join(f'<c:pt idx="{at}"><c:v>{_text(label)}</c:v></c:pt>' for at, label in enumerate(labels))
    values = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(one.values))
    ink = "FFFFFF" if sum(int(one.colour[at : at + 2], 16) for at in (0, 2, 4)) < 3 * 150 else "333333"
    numbers = _style(f'<a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>{_fonts()}')
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{_text(one.name)}</c:v></c:pt></c:strCache>'
        "</c:strRef></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{one.colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="0;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{numbers}'
        '<c:dLblPos val="ctr"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val="{count}"/>{names}'
        f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${count + 1}</c:f>"
        f'<c:numCache><c:formatCode>0</c:formatCode><c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val>'
        "</c:ser>"
    )


def _style(properties: str) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{_TEXT_SIZE}">{properties}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _fonts() -> str:
    return f'<a:latin typeface="{LATIN}"/><a:ea typeface="{FANGSONG}"/>'


def _text(text: str) -> str:
    return escape(clean(" ".join(text.split())), {'"': "&quot;"})


def _sheet(labels: Sequence[str], series: Sequence[Series]) -> bytes:
    """The figures behind the chart, as the workbook that Word opens to edit them."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet("Sheet1")
    for column, one in enumerate(series, 1):
        sheet.write_string(0, column, clean(one.name))
        for row, value in enumerate(one.values, 1):
            sheet.write_number(row, column, value)
    for row, label in enumerate(labels, 1):
        sheet.write_string(row, 0, clean(label))
    book.close()
    return buffer.getvalue()
