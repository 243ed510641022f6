"""Write a report as a Word file, in the ways of Word and of WPS, straight as XML: merged cells, no library.

The traits of the test bed change that: tracked, text_boxes, table_in_table.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from xml.sax.saxutils import escape

from gongkai.errors import CatalogueError
from gongkai.paths import DATA
from gongkai.sample.content import Content, Grid, GridCell, Heading, Part

_TEXT_WIDTH = 8844
"""Width of the text on A4 in twentieths of a point."""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOXES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_CHANGE = 'w:id="1" w:author="审核" w:date="2020-01-01T00:00:00Z"'
_CHANGED_EACH = 5
"""Of so many figures one was changed, where changes are tracked."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FIXED = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "relations.xml",
    "word/_rels/document.xml.rels": "document_relations.xml",
    "word/styles.xml": "styles.xml",
    "word/footer1.xml": "footer.xml",
}
"""The parts that are the same in every file: name in the package, file in data/sample/docx."""
_SECTION = (
    f'<w:sectPr><w:footerReference xmlns:r="{_OFFICE}/relationships" r:id="rId2" w:type="default"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304"/></w:sectPr>'
)


def write_docx(content: Content) -> bytes:
    """The file's bytes. Word's files mark headings by style, WPS's only by their font."""
    wps = content.look % 2 == 0
    title = "".join(_paragraph(line, "center", 44, "方正小标宋简体") for line in content.title)
    if "text_boxes" in content.traits:
        title = _box(title)
    body = "".join([title, "<w:p/>", *(_part(part, wps, content) for part in content.parts)])
    names = f"{_W} {_BOXES}" if "text_boxes" in content.traits else _W
    document = f"{_HEAD}<w:document {names}><w:body>{body}{_SECTION}</w:body></w:document>"
    stamp = content.saved or f"{content.published_on.isoformat()}T01:30:00Z"
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{'' if wps else escape(''.join(content.title))}</dc:title><dc:creator>Administrator</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    )
    application = "WPS Office_11.1.0.14309_F1E327BC-269C-435d-A152-05C5408002CA" if wps else "Microsoft Office Word"
    app = (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"><Application>{application}</Application>'
        "</Properties>"
    )
    parts = {**_fixed_parts(), "docProps/app.xml": app, "docProps/core.xml": core, "word/document.xml": document}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # A fixed time, so that the same report gives the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@cache
def _fixed_parts() -> dict[str, str]:
    folder = DATA / "sample" / "docx"
    try:
        return {part: (folder / name).read_text(encoding="utf-8") for part, name in _FIXED.items()}
    except OSError as error:
        raise CatalogueError(f"sample/docx: cannot be read ({error.strerror}: {error.filename})") from error


def _part(part: Part, wps: bool, content: Content) -> str:
    if isinstance(part, Grid):
        table = _table(part, "tracked" in content.traits)
        return (_frame(table) if "table_in_table" in content.traits else table) + "<w:p/>"
    if isinstance(part, Heading):
        font = "黑体" if part.level == 1 else "楷体_GB2312"
        return _paragraph(part.text, "left", 32, font, "" if wps else str(part.level + 1))
    text = _paragraph(part.text, part.align, 32, "仿宋_GB2312")
    if "text_boxes" in content.traits and part.align == "right":
        return _box(text)
    if "tracked" in content.traits and part.align == "left" and len(part.text) % 3 == 0:
        number = 3000 + len(part.text)
        struck = (
            f"<w:del {_CHANGE}><w:r><w:delText>{escape(content.struck.format(number=number))}</w:delText></w:r></w:del>"
        )
        return text.replace("</w:pPr>", f"</w:pPr>{struck}<w:ins {_CHANGE}>", 1).replace("</w:p>", "</w:ins></w:p>")
    return text


def _box(paragraphs: str) -> str:
    """A text box as Word writes it: once for those who know the newer way, once more for the others."""
    inner = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


def _frame(table: str) -> str:
    """A table within the one cell of another."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol '
        f'w:w="{_TEXT_WIDTH}"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="{_TEXT_WIDTH}" w:type="dxa"/></w:tcPr>'
        f"{table}<w:p/></w:tc></w:tr></w:tbl>"
    )


def _paragraph(text: str, align: str, size: int, font: str, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if align == "left" else f'<w:jc w:val="{align}"/>'
    return (
        f'<w:p><w:pPr>{named}<w:spacing w:line="560" w:lineRule="exact"/>{indent}</w:pPr>{_run(text, size, font)}</w:p>'
    )


def _run(text: str, size: int, font: str) -> str:
    look = f'<w:rPr><w:rFonts w:eastAsia="{font}" w:hint="eastAsia"/><w:sz w:val="{size}"/></w:rPr>'
    lines = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{lines}</w:t></w:r>' if text else ""


def _table(grid: Grid, tracked: bool) -> str:
    widths = [round(_TEXT_WIDTH * width) for width in grid.widths]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    # Word needs a cell in every row; below the first row of a vertical merge it stands empty and continues it.
    covering = {(row, cell.column): cell for cell in grid.cells for row in range(cell.row, cell.row + cell.rowspan)}
    lines = []
    for row in range(grid.rows):
        cells = [_cell(covering[at], row, widths, tracked) for at in sorted(at for at in covering if at[0] == row)]
        lines.append('<w:tr><w:trPr><w:trHeight w:val="397"/></w:trPr>' + "".join(cells) + "</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(lines)}</w:tbl>"
    )


def _cell(cell: GridCell, row: int, widths: list[int], tracked: bool) -> str:
    first = row == cell.row
    width = sum(widths[cell.column : cell.column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = "" if cell.rowspan == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    align = "left" if cell.role == "label" else "center"
    text = _run(cell.text, 21, "宋体") if first else ""
    if tracked and cell.key and text and (7 * cell.row + 3 * cell.column) % _CHANGED_EACH == 0:
        before = f"<w:del {_CHANGE}><w:r><w:delText>{cell.row + cell.column}</w:delText></w:r></w:del>"
        text = f"{before}<w:ins {_CHANGE}>{text}</w:ins>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{text}</w:p></w:tc>'
    )
