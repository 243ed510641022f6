"""The one door to the readers: bytes of any format → a `Document`. The content decides, not the file's name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from gongkai.documents import commas, docx, encoding, html, mhtml, mixed, sniff, text, word_xml, xlsx
from gongkai.documents.model import Content, Document
from gongkai.errors import UnreadableDocument

LARGEST_FILE = 200 * 1024 * 1024
"""Bytes; a larger file is no report and is not opened."""

LARGEST_TEXT = 50 * 1024 * 1024
"""Bytes of a text or a page (one that carries its pictures takes some 10 MB)."""


def read_document(path: Path, name: str | None = None) -> Document:
    """Read the file at `path`; `name` (default: the file's own) is what the document is called in every message.

    Raises UnreadableDocument with one of the reasons of `gongkai.errors`.
    """
    name = name or path.name
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _too_large(name)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument("damaged", f"{name}: the file cannot be opened ({error.strerror})") from error
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a file given as bytes; `name` is what the document is called in every message.

    Raises UnreadableDocument with one of the reasons of `gongkai.errors`.
    """
    if len(data) > LARGEST_FILE:
        raise _too_large(name)
    try:
        kind, content = _read(data)
    except UnreadableDocument as error:
        # The readers know bytes only; the name goes in front here.
        raise UnreadableDocument(error.reason, f"{name}: {error}") from error
    return Document(
        name=name,
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=content.blocks,
        pages=content.pages,
        metadata=content.metadata,
        recognised=content.recognised,
        unread=content.unread,
    )


def _read(data: bytes) -> tuple[str, Content]:
    kind = sniff.sniff_bytes(data)
    if kind is None:
        if len(data) > LARGEST_TEXT:
            raise UnreadableDocument(
                "too_large", f"a text of more than {LARGEST_TEXT // 1024**2} MB is no report: submit the report alone"
            )
        decoded = encoding.decode(data)
        kind = sniff.sniff_text(decoded)
        content = mhtml.read(data) if kind == sniff.MHTML else _TEXTS[kind](decoded)
    elif kind == sniff.DOCX:
        content = docx.read(data)
    elif kind == sniff.XLSX:
        content = xlsx.read(data)
    elif kind == sniff.DOC:
        # Imported when needed, as the next ones: most files do without.
        from gongkai.documents import doc

        content = doc.read(data)
    elif kind == sniff.XLS:
        from gongkai.documents import xls

        content = xls.read(data)
    elif kind == sniff.OFD:
        from gongkai.documents import ofd

        content = ofd.read(data)
    elif kind == sniff.ODF:
        from gongkai.documents import odf

        content = odf.read(data)
    elif kind == sniff.RTF:
        from gongkai.documents import rtf

        content = rtf.read(data)
    elif kind == sniff.PICTURE:
        from gongkai.documents import pictures

        content = pictures.read(data)
    else:
        # pdfium takes long to load.
        from gongkai.documents import pdf

        content = pdf.read(data)
    if not content.blocks:
        raise UnreadableDocument(
            "no_text", "there is no text in it, only pictures or scripts: ask for the file that the text was written in"
        )
    return kind, content


_TEXTS: dict[str, Callable[[str], Content]] = {
    sniff.HTML: html.read,
    sniff.MIXED: mixed.read,
    sniff.TEXT: text.read,
    sniff.COMMAS: commas.read,
    sniff.WORD_XML: word_xml.read,
}


def _too_large(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "too_large", f"{name}: larger than {LARGEST_FILE // 1024**2} MB, which no report is; submit the report alone"
    )
