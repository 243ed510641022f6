"""The compound file (OLE) container of .doc, .wps and .xls, opened with limits; every defect is one error."""

from __future__ import annotations

import struct
from datetime import datetime
from io import BytesIO

import olefile

from gongkai.documents.characters import clean
from gongkai.errors import UnreadableDocument

LARGEST_STREAM = 64 * 1024 * 1024
"""Bytes of one stream that is read; a report's text takes 0.1 to 2 MB (pictures lie in streams that are not)."""

BROKEN = (
    OSError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    MemoryError,
    struct.error,
)
"""What olefile and xlrd let through of a file that lies about itself."""

# Numbers of a property set [MS-OLEPS 2.25.1], and the names that all formats share.
_PROPERTIES = {2: "title", 3: "subject", 4: "author", 8: "last_modified_by", 12: "created", 13: "modified"}
_COMPANY = 15
_CODE_PAGE = 1
_ENCODINGS = {936: "gb18030", 54936: "gb18030", 950: "big5", 1252: "cp1252", 65001: "utf-8", -535: "utf-8"}


class Container:
    """A compound file whose streams are read one by one. Raises UnreadableDocument: damaged, too_large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = olefile.OleFileIO(BytesIO(data))
            # Streams of embedded objects lie deeper: they say nothing about the file itself.
            self._names = {path[0].lower(): path[0] for path in self._file.listdir() if len(path) == 1}
        except BROKEN as error:
            raise damaged() from error

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def stream(self, name: str) -> bytes | None:
        """Return the bytes of a stream of the top level, or None if there is no such stream."""
        if name not in self:
            return None
        path = self._names[name.lower()]
        try:
            if self._file.get_size(path) > LARGEST_STREAM:
                raise UnreadableDocument(
                    "too_large",
                    f"its text takes more than {LARGEST_STREAM // 1024**2} MB, which no report does: save it anew",
                )
            data: bytes = self._file.openstream(path).read()
        except BROKEN as error:
            raise damaged() from error
        return data

    def properties(self) -> dict[str, str]:
        """Return what the file says of itself: title, subject, author, created, modified, last_modified_by, company."""
        properties = self._named("\x05SummaryInformation", _PROPERTIES)
        return properties | self._named("\x05DocumentSummaryInformation", {_COMPANY: "company"})

    def _named(self, stream: str, names: dict[int, str]) -> dict[str, str]:
        if stream not in self:
            return {}
        try:
            values = self._file.getproperties([stream], convert_time=True)
        except BROKEN:
            return {}  # the text does not depend on it
        page = values.get(_CODE_PAGE)
        encoding = _ENCODINGS.get(page, "gb18030") if isinstance(page, int) else "gb18030"
        found = {name: _printed(values.get(number), encoding) for number, name in names.items()}
        return {name: value for name, value in found.items() if value}


def damaged() -> UnreadableDocument:
    """The error for a file whose inner structure does not hold."""
    return UnreadableDocument("damaged", "the file is cut off or damaged: ask for it again or save it anew")


def _printed(value: object, encoding: str) -> str:
    if isinstance(value, bytes):
        return clean(value.decode(encoding, errors="replace")).strip()
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}Z"
    return clean(value).strip() if isinstance(value, str) else ""
