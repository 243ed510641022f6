"""Tell what a file is from its first bytes and its inner structure, never from its name."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from gongkai.documents import commas
from gongkai.errors import UnreadableDocument

PDF, DOCX, XLSX, HTML, MHTML, TEXT, MIXED = "pdf", "docx", "xlsx", "html", "mhtml", "txt", "md"
PICTURE = "picture"
"""A scan or photograph of a report, of any kind of picture file."""
OFD, RTF, WORD_XML, ODF, COMMAS = "ofd", "rtf", "wordxml", "odf", "csv"
DOC, XLS = "doc", "xls"
"""Old Office files; what WPS writes (.wps, .et) is the same inside."""
ARCHIVE, TAR, GZIP, BZIP2, XZ, RAR, SEVEN_ZIP = "zip", "tar", "gz", "bz2", "xz", "rar", "7z"
"""Not documents: files packed together (gongkai/documents/archives.py)."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_OPEN_DOCUMENTS = tuple(f"application/vnd.oasis.opendocument.{kind}".encode() for kind in ("text", "spreadsheet"))
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_FILES = "an archive of files, not one document: unpack it and take the files in it"

# Leading bytes of what is known but not read, and what a person should do instead.
_UNSUPPORTED: tuple[tuple[bytes, str], ...] = (
    (b"Founder CEB", "a Founder CEB file (.ceb): ask for the .docx or .pdf"),
    (b"bplist00", "a Safari web archive: save the page as .html"),
    (b"MZ", "a program, not a document"),
    (b"\x7fELF", "a program, not a document"),
    (b"ID3", "a sound recording, not a document"),
    (b"SQLite format 3\x00", "a SQLite database, not a document"),
)

_ARCHIVES = (
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"\x1f\x8b\x08", GZIP),
    (b"\xfd7zXZ\x00", XZ),
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")

# Streams of an OLE container, in the order in which they decide: what is read, and what is not.
_OLE_FORMATS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS))
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WpsDocument", "an old WPS file (.wps): save it as .docx"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt): save its text as .docx"),
    ("__properties_version1.0", "an Outlook message (.msg): take the files attached to it"),
    ("HwpSummaryInformation", "a Hancom file (.hwp): save it as .docx"),
)

_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|style|link|base|table|div|p|span|font|center|h[1-6])\b",
    re.IGNORECASE,
)
_HTML_BLOCK = re.compile(r"</(?:html|body|div|p|h[1-6]|li|ul)\s*>|<p\b", re.IGNORECASE)
_HTML_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HTML_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|$)", re.IGNORECASE | re.DOTALL)
_MARKDOWN_RULE = re.compile(r"^\|? {0,4}:?-{3,}:? {0,4}\|", re.MULTILINE)
_WORD_XML = re.compile(r"<(?:pkg:package|w:wordDocument)\b")
_MHTML_START = re.compile(r"\s*(?:[A-Za-z\-]+:.*\r?\n(?:[ \t].*\r?\n)*){1,30}", re.ASCII)

SAMPLE = 65_536


def sniff_bytes(data: bytes) -> str | None:
    """Return the format of a binary file (pdf, docx, xlsx, ofd, odf, doc, xls, rtf, picture), or None for a text.

    Raises UnreadableDocument: empty; unsupported, naming what the file is; encrypted; damaged.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocument("empty", "the file is empty")
    if data.startswith(_ZIP):
        kind = sniff_zip(BytesIO(data))
        if kind == ARCHIVE:
            raise _unsupported(_FILES)
        return kind
    if sniff_archive(data[:SAMPLE]) is not None:
        raise _unsupported(_FILES)
    if data.startswith(_OLE):
        return _sniff_ole(data)
    for magic, description in _UNSUPPORTED:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:SAMPLE]):
            raise _unsupported(description)
    if data.lstrip(b"\xef\xbb\xbf\r\n\t \x00")[:5] == b"{\\rtf":
        return RTF
    if _is_picture(data):
        return PICTURE
    if data[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1"):
        raise _unsupported("a picture of a telephone (.heic): save it as .jpg, or ask for the text")
    if data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        raise _unsupported("a recording, not a document")
    # Readers accept rubbish before the mark (mail headers, a byte order mark), as PDF viewers do.
    if b"%PDF-" in data[:1024] and data.lstrip()[:1] != b"<":
        return PDF
    return None


def sniff_archive(head: bytes) -> str | None:
    """Return which archive of files begins with `head` (tar, gz, bz2, xz, rar, 7z; for zip see sniff_zip), or None."""
    for magic, kind in _ARCHIVES:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return TAR
    return BZIP2 if _BZIP2.match(head) else None


def sniff_text(text: str) -> str:
    """Return the format of a decoded text: html, mhtml, wordxml, csv, txt, or md for text with HTML tables in it."""
    head = text[:SAMPLE]
    if _WORD_XML.search(head[:4096]):
        return WORD_XML
    start = _MHTML_START.match(head)
    if start and re.search(r"^MIME-Version:", start[0], re.IGNORECASE | re.MULTILINE):
        return MHTML
    if _HTML_START.match(_after_comments(head)):
        return HTML
    outside = _HTML_TABLE.sub("", head)
    if len(_HTML_BLOCK.findall(outside)) >= 3:
        return HTML
    if outside != head:
        return MIXED
    if len(_HTML_BREAK.findall(head)) >= 3 and not _MARKDOWN_RULE.search(head):
        return HTML
    return COMMAS if commas.separator(text) else TEXT


def _after_comments(head: str) -> str:
    """Return `head` without the comments, <?xml?> and white space it begins with."""
    while True:
        head = head.lstrip("\ufeff \t\r\n")
        for opening, closing in (("<!--", "-->"), ("<?", ">")):
            if head.startswith(opening) and closing in head:
                head = head.partition(closing)[2]
                break
        else:
            return head


def sniff_zip(stream: IO[bytes]) -> str:
    """Return the format of a zip file (docx, xlsx, ofd, odf), or zip for an archive of files.

    Raises UnreadableDocument: empty; unsupported, naming what the file is; damaged.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [entry.filename.replace("\\", "/") for entry in archive.infolist()]
            mimetype = b""
            if names[:1] == ["mimetype"]:
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(100)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        KeyError,
    ) as error:
        raise UnreadableDocument(
            "damaged", "the file is cut off or damaged: ask for it again or save it anew"
        ) from error
    folders = {entry.partition("/")[0] for entry in names if "/" in entry}
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        if "word" in folders:
            return DOCX
        if "xl" in folders:
            if any(entry.startswith("xl/workbook.bin") for entry in names):
                raise _unsupported("a binary Excel file (.xlsb): save it as .xlsx")
            return XLSX
        if "ppt" in folders:
            raise _unsupported("a presentation (.pptx): save its text as .docx")
    if any(entry.lower() == "ofd.xml" for entry in names):
        return OFD
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        if mimetype.startswith(_OPEN_DOCUMENTS):
            return ODF
        raise _unsupported("an OpenDocument drawing or presentation: save its text as .docx")
    if mimetype.startswith(b"application/epub"):
        raise _unsupported("an electronic book (.epub): ask for the .docx or .pdf")
    if not names:
        raise UnreadableDocument("empty", "the archive is empty")
    return ARCHIVE


def _is_picture(data: bytes) -> bool:
    return (
        data.startswith(_PICTURES)
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
        or (data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00")
    )


def _sniff_ole(data: bytes) -> str:
    # Imported when needed: most files do without.
    from gongkai.documents.ole import Container

    container = Container(data)
    if "EncryptedPackage" in container:
        raise UnreadableDocument(
            "encrypted", "the file is protected by a password: save it without one and submit it again"
        )
    for stream, kind in _OLE_FORMATS:
        if stream in container:
            return kind
    for stream, description in _OLE_STREAMS:
        if stream in container:
            raise _unsupported(description)
    raise _unsupported("an old Office file: save it as .docx")


def _unsupported(description: str) -> UnreadableDocument:
    return UnreadableDocument("unsupported", description)
