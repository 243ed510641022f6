"""Reads a PDF that holds text: paragraphs, ruled and unruled tables, with the place of every line and cell.

pdfium is not thread-safe and keeps its state in the process: every use of it here is under one lock, one document is
open at a time, and each handle is closed before the lock is given back.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.documents import ocr
from gongkai.documents.model import Content
from gongkai.documents.pdf_blocks import blocks_of
from gongkai.documents.pdf_fonts import use_installed_fonts
from gongkai.documents.pdf_model import Page
from gongkai.documents.pdf_page import load_page
from gongkai.documents.pdf_scans import complete
from gongkai.errors import UnreadableDocument

MAX_PAGES = 500
"""Pages that are read; an annual report has 3 to 60."""
MAX_PIXELS = 40_000_000
"""Pixels of a page picture; a page scaled beyond is refused."""
MAX_UNMAPPED = 0.5
"""Share of characters without a Unicode value from which on the text is as good as missing."""

_LOCK = threading.Lock()
_METADATA = {"Title": "title", "Author": "author", "CreationDate": "created", "ModDate": "modified"}


def read(data: bytes) -> Content:
    """The blocks of a PDF in reading order, its properties (title, author, created, modified) and number of pages.

    Raises `UnreadableDocument`: encrypted, damaged, too_large, no_text.
    """
    with _open(data) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise UnreadableDocument(
                "too_large",
                f"The PDF has {count} pages, {MAX_PAGES} at most are read: split it and give the report alone.",
            )
        metadata = {
            name: value for key, name in _METADATA.items() if (value := document.get_metadata_value(key).strip())
        }
        pages = [_load(document, index) for index in range(count)]
        scans = complete(document, pages, MAX_UNMAPPED)
    marks = sum(not char.blank for page in pages for char in page.chars)
    if not marks:
        if scans.unread and not ocr.available():
            raise UnreadableDocument("no_text", f"The PDF holds pictures only, no text: {ocr.MISSING}.")
        raise UnreadableDocument("no_text", "There is no text in the PDF: give the Word file it was made from.")
    if sum(page.unmapped for page in pages) > MAX_UNMAPPED * marks:
        raise UnreadableDocument(
            "no_text", "The PDF's fonts do not say which characters they draw: give the Word file it was made from."
        )
    blocks, address = blocks_of(pages)
    if address:
        metadata["url"] = address
    return Content(blocks, metadata, count, tuple(scans.places), tuple(dict.fromkeys(scans.unread)))


def page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height in points of each page as it is shown. Raises `UnreadableDocument` as `read` does."""
    with _open(data) as document:
        return [document.get_page_size(index) for index in range(len(document))]


def render_page(data: bytes, page: int, scale: float = 2.0) -> bytes:
    """A picture (PNG) of one page, counted from 1; a point becomes `scale` pixels: a box times `scale` is its place.

    Raises `UnreadableDocument` as `read` does, and `ValueError` for a page or scale out of range.
    """
    with _open(data, fonts=True) as document:
        if not 1 <= page <= len(document):
            raise ValueError(f"Page {page} is asked for, the document has pages 1 to {len(document)}.")
        width, height = document.get_page_size(page - 1)
        if not 0 < width * height * scale * scale <= MAX_PIXELS:
            raise ValueError(f"A scale of {scale} makes a picture that is empty or larger than {MAX_PIXELS} pixels.")
        handle = document[page - 1]
        try:
            bitmap = handle.render(scale=scale)
            try:
                target = BytesIO()
                bitmap.to_pil().convert("RGB").save(target, format="PNG")
            finally:
                bitmap.close()
        finally:
            handle.close()
    return target.getvalue()


@contextmanager
def _open(data: bytes, *, fonts: bool = False) -> Iterator[pdfium.PdfDocument]:
    with _LOCK:
        use_installed_fonts(fonts)
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                raise UnreadableDocument(
                    "encrypted", "The PDF asks for a password: save it again without one and give that file."
                ) from error
            if error.err_code == raw.FPDF_ERR_SECURITY:
                raise UnreadableDocument(
                    "encrypted",
                    "The PDF is protected in a way that cannot be opened: save it again without protection.",
                ) from error
            raise UnreadableDocument(
                "damaged", "The PDF is damaged or incomplete: fetch or export it again."
            ) from error
        try:
            yield document
        finally:
            document.close()


def _load(document: pdfium.PdfDocument, index: int) -> Page:
    try:
        page = document[index]
        try:
            return load_page(page, index + 1)
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(
            "damaged", f"Page {index + 1} of the PDF is damaged: fetch or export the file again."
        ) from error
