"""The recognition itself, on a small drawn page: needs the extra `ocr`."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
import pytest
from pdf_drawing import Drawing

from gongkai.documents import ocr
from gongkai.documents.model import Document, Kind
from gongkai.documents.pdf_fonts import use_installed_fonts
from gongkai.documents.reader import read_bytes

pytestmark = pytest.mark.skipif(not ocr.available(), reason="the extra `ocr` is not installed (make setup-ocr)")

ROWS = [["行政许可", "1280"], ["行政处罚", "7"], ["行政强制", "0"]]


@pytest.fixture(scope="module")
def picture() -> Any:
    """A page with a heading and a ruled table, 200 dots an inch, tilted by a degree."""
    drawing = Drawing((400, 260))
    drawing.text(60, 40, "二、主动公开政府信息情况", 14)
    for line in range(4):
        drawing.rule(60, 80 + 30 * line, 340, 80 + 30 * line)
    for x in (60, 240, 340):
        drawing.rule(x, 80, x, 170)
    for line, (label, value) in enumerate(ROWS):
        drawing.text(70, 88 + 30 * line, label)
        drawing.text(280, 88 + 30 * line, value)
    use_installed_fonts(True)
    with pdfium.PdfDocument(drawing.data()) as document:
        return document[0].render(scale=200 / 72).to_pil().convert("RGB").rotate(1.0, fillcolor="white", expand=True)


def check(document: Document, page: int) -> None:
    block = next(block for block in document.blocks if block.kind is Kind.TABLE)
    # A character of a label may be taken for its like (强, 強); figures may not.
    assert [cell.text for cell in block.cells if cell.column] == [value for _, value in ROWS]
    assert [cell.text[:2] for cell in block.cells if not cell.column] == ["行政"] * 3
    assert {cell.page for cell in block.cells} == {page}
    assert [number for number, _ in document.recognised] == [page]


def test_a_picture(picture: Any) -> None:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    document = read_bytes(stream.getvalue(), "扫描.doc")
    check(document, 1)
    assert document.format == "picture"
    assert document.blocks[0].text == "二、主动公开政府信息情况"


def test_only_the_scanned_page_of_a_pdf_is_recognised(picture: Any) -> None:
    stream = io.BytesIO()
    picture.save(stream, "PDF", resolution=200)
    drawing = Drawing()
    drawing.lines([f"　　第{number}行，本局全年主动公开政府信息，内容完整。" for number in range(8)])
    with pdfium.PdfDocument(drawing.data()) as target, pdfium.PdfDocument(stream.getvalue()) as scan:
        target.import_pages(scan)
        mixed = io.BytesIO()
        target.save(mixed)
    document = read_bytes(mixed.getvalue(), "年报.pdf")
    check(document, 2)
    assert document.unread == ()
    assert document.blocks[0].text.startswith("第0行，本局全年主动公开")
