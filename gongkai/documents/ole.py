"""The compound file (OLE) container of .doc, .wps and .xls, opened with limits; every defect is one error."""

from __future__ import annotations

import struct
from datetime import datetime, timedelta
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

# Numbers of a property set [MS-OLEPS 2.25], and the names that all formats share.
_SUMMARY = {2: "title", 3: "subject", 4: "author", 8: "last_modified_by", 12: "created", 13: "modified"}
_COMPANY = {15: "company"}
_CODE_PAGE, _WIDE_PAGE = 1, 1200
_ENCODINGS = {950: "big5", 1252: "cp1252", 65001: "utf-8"}
_MOST_PROPERTIES = 200
_TEXT, _WIDE_TEXT, _TIME = 30, 31, 64
_DAY_ONE = datetime(1601, 1, 1)


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
        properties: dict[str, str] = {}
        for stream, names in (("\x05SummaryInformation", _SUMMARY), ("\x05DocumentSummaryInformation", _COMPANY)):
            try:
                properties |= _named(self.stream(stream) or b"", names)
            except (UnreadableDocument, struct.error):
                continue  # the text does not depend on it
        return properties


def _named(data: bytes, names: dict[int, str]) -> dict[str, str]:
    """Read the first property set of a stream. Raises struct.error where it is cut off."""
    if not data:
        return {}
    (start,) = struct.unpack_from("<I", data, 44)
    (count,) = struct.unpack_from("<I", data, start + 4)
    places = dict(
        struct.unpack_from("<II", data, start + 8 + 8 * index) for index in range(min(count, _MOST_PROPERTIES))
    )
    page = 0
    if _CODE_PAGE in places:
        _, page = struct.unpack_from("<IH", data, start + places[_CODE_PAGE])
    found = {name: _value(data, start + places[key], page) for key, name in names.items() if key in places}
    return {name: value for name, value in found.items() if value}


def _value(data: bytes, at: int, page: int) -> str:
    (kind,) = struct.unpack_from("<I", data, at)
    if kind == _TIME:
        (moment,) = struct.unpack_from("<Q", data, at + 4)
        # Tenths of microseconds; from the year 9999 on there is no date.
        return (
            f"{_DAY_ONE + timedelta(seconds=moment // 10**7):%Y-%m-%dT%H:%M:%SZ}" if 0 < moment < 2650 * 10**15 else ""
        )
    if kind not in (_TEXT, _WIDE_TEXT):
        return ""
    (size,) = struct.unpack_from("<I", data, at + 4)
    wide = kind == _WIDE_TEXT or page == _WIDE_PAGE
    raw = data[at + 8 : at + 8 + size * (2 if kind == _WIDE_TEXT else 1)]
    text = raw.decode("utf-16-le" if wide else _ENCODINGS.get(page, "gb18030"), errors="replace")
    return clean(text.partition("\x00")[0]).strip()


def damaged() -> UnreadableDocument:
    """The error for a file whose inner structure does not hold."""
    return UnreadableDocument("damaged", "the file is cut off or damaged: ask for it again or save it anew")
