"""The zip-and-XML container of .docx and .xlsx, opened with limits: no bombs, no entities, no network."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from gongkai.errors import UnreadableDocument

LARGEST_PART = 64 * 1024 * 1024
"""Bytes of one unpacked part; a report's text takes 0.1 to 2 MB."""

LARGEST_TOTAL = 160 * 1024 * 1024
"""Bytes of all parts that are unpacked for one document."""

MOST_PARTS = 20_000

MOST_TAGS = 4_000_000
"""Tags of one part; a report has some ten thousand. Each takes far more memory than its bytes."""

# The "strict" variant of the standard names everything differently and means the same.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_STRICT_SIGN = b"purl.oclc.org/ooxml"
_PICTURES = frozenset({"png", "jpg", "jpeg", "bmp", "tif", "tiff", "emf", "wmf"})
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError)


class Package:
    """A zip container whose parts are read one by one. Raises UnreadableDocument: damaged, encrypted, too_large."""

    def __init__(self, data: bytes) -> None:
        self._left = LARGEST_TOTAL
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN_ZIP as error:
            raise _damaged() from error
        entries = self._archive.infolist()
        if len(entries) > MOST_PARTS:
            raise _too_large()
        # Part names are compared without case, and some programs write backslashes.
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._entries)

    def pictures(self, least: int) -> list[str]:
        """The names of the pictures within it that take at least `least` bytes."""
        return [
            name
            for name, entry in self._entries.items()
            if entry.file_size >= least and name.rpartition(".")[2] in _PICTURES and "/media/" in name
        ]

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None if there is no such part."""
        entry = self._entries.get(name.lstrip("/").lower())
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise UnreadableDocument("encrypted", "the file is protected by a password: save it without one")
        limit = min(LARGEST_PART, self._left)
        try:
            # What the directory says of the size may be a lie: read one byte beyond the limit, no more.
            with self._archive.open(entry) as stream:
                data = stream.read(limit + 1)
        except (*_BROKEN_ZIP, RuntimeError) as error:
            raise _damaged() from error
        if len(data) > limit:
            raise _too_large()
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return the root element of an XML part, or None if there is no such part."""
        data = self.part(name)
        if data is None:
            return None
        if data.count(b"<") > MOST_TAGS:
            raise _too_large()
        if _STRICT_SIGN in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged() from error

    def relationships(self, name: str) -> list[tuple[str, str, str]]:
        """Return (id, last part of the type, target part) of all that part `name` ("" the package) refers to."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: list[tuple[str, str, str]] = []
        if root is None:
            return found
        for element in root.iter(_RELATIONSHIP):
            target = (element.get("Target") or "").replace("\\", "/")
            if not target or element.get("TargetMode") == "External":
                continue
            path = target if target.startswith("/") else posixpath.join(folder, target)
            kind = (element.get("Type") or "").rpartition("/")[2]
            found.append((element.get("Id") or "", kind, posixpath.normpath(path).lstrip("/")))
        return found

    def properties(self) -> dict[str, str]:
        """Return what the package says of itself: title, author, created, modified, company, last_modified_by."""
        properties: dict[str, str] = {}
        for part, names in _PROPERTIES.items():
            try:
                root = self.xml(part)
            except UnreadableDocument as error:
                if error.reason != "damaged":
                    raise
                continue  # the text does not depend on it
            for element in root if root is not None else ():
                key = names.get(etree.QName(element).localname) if isinstance(element.tag, str) else None
                value = (element.text or "").strip()
                if key and value:
                    properties.setdefault(key, value)
        return properties


_PROPERTIES = {
    "docProps/core.xml": {
        "title": "title",
        "subject": "subject",
        "creator": "author",
        "created": "created",
        "modified": "modified",
        "lastModifiedBy": "last_modified_by",
    },
    "docProps/app.xml": {"Company": "company"},
}


def _damaged() -> UnreadableDocument:
    return UnreadableDocument("damaged", "the file is cut off or damaged: ask for it again or save it anew")


def _too_large() -> UnreadableDocument:
    return UnreadableDocument(
        "too_large", f"unpacked it takes more than {LARGEST_PART // 1024**2} MB, which no report does: save it anew"
    )
