"""Independent readers of the sample's files, made of other libraries than the package's own readers."""

from __future__ import annotations

from io import BytesIO

import docx
import lxml.html
import pypdfium2

Grid = list[list[str]]


def docx_tables(data: bytes) -> list[Grid]:
    """python-docx repeats a merged cell at every position it covers."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(BytesIO(data)).tables]


def html_tables(data: bytes) -> list[Grid]:
    """Tables without tables inside, spans filled in."""
    tree = lxml.html.document_fromstring(data)
    return [_filled(table) for table in tree.iter("table") if table.find(".//table") is None]


def _filled(table: lxml.html.HtmlElement) -> Grid:
    places: dict[tuple[int, int], str] = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iter("td", "th"):
            while (row, column) in places:
                column += 1
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            for y in range(down):
                places |= {(row + y, column + x): "".join(cell.itertext()).strip() for x in range(across)}
    height, width = (1 + max(place[axis] for place in places) for axis in (0, 1))
    assert len(places) == height * width, "the spans leave holes"
    return [[places[row, column] for column in range(width)] for row in range(height)]


def text_of(data: bytes, form: str) -> str:
    """All text of a file without white space."""
    if form == "pdf":
        document = pypdfium2.PdfDocument(data)
        text = "".join(page.get_textpage().get_text_range() for page in document)
    elif form == "docx":
        document = docx.Document(BytesIO(data))
        text = "".join(paragraph.text for paragraph in document.paragraphs)
    elif form == "html":
        tree = lxml.html.document_fromstring(data)
        text = "".join("".join(node.itertext()) for node in tree.iter("body"))
    else:
        text = decoded(data)
    return "".join(text.split())


def decoded(data: bytes) -> str:
    """A text file's text: UTF-8, else GB18030."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")
