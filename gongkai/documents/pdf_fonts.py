"""Keeps pdfium from looking for fonts on the machine while a PDF is read; drawing a page needs them.

Which characters stand where is in the file. Fonts that are not embedded would be replaced by installed ones: that takes
most of the time of reading, and what is read would depend on the machine (without a font that has the character, pdfium
leaves out text of a single one). Here each of them is replaced by a font whose characters are all narrow bars: pdfium
takes a character to be as wide as it advances, which the file says, or as its ink if that is wider.

The setting is the process's: callers hold the lock of `gongkai.documents.pdf`. Sources: fpdf_sysfontinfo.h of pdfium;
the OpenType specification (tables head, hhea, maxp, hmtx, loca, glyf, and cmap in format 13, many to one).
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any

import pypdfium2.raw as raw

EM = 1000
"""Units of one em in the font of bars."""
WIDTH, TOP, BOTTOM = 100, 880, -120
"""Width of a bar (narrower than any character), upper and lower edge around the baseline: those of Chinese fonts."""


def _bar_font() -> bytes:
    """A TrueType font that draws a bar for every character."""
    outline = struct.pack(">hhhhhHH4B", 1, 0, BOTTOM, WIDTH, TOP, 3, 0, 1, 1, 1, 1)
    outline += struct.pack(">4h4h", 0, WIDTH, 0, -WIDTH, BOTTOM, 0, TOP - BOTTOM, 0)
    groups = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + groups,
        b"glyf": outline * 2,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 3, EM, 0, 0, 0, BOTTOM, WIDTH, TOP, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, TOP, BOTTOM, 0, EM, 0, 0, WIDTH, 1, *[0] * 7, 2),
        b"hmtx": struct.pack(">HhHh", EM, 0, EM, 0),
        b"loca": struct.pack(">3I", 0, len(outline), 2 * len(outline)),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    head, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 48), b""
    for tag, data in tables.items():
        head += struct.pack(">4sIII", tag, 0, 12 + 16 * len(tables) + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


_FONT = _bar_font()


def _font_data(_info: object, _font: object, table: int, buffer: int, size: int) -> int:
    """The whole font (table 0) into the buffer if it is large enough; how many bytes it takes."""
    if table:
        return 0
    if buffer and size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


_TYPES: dict[str, Any] = dict(raw.FPDF_SYSFONTINFO._fields_)
_CALLBACKS: dict[str, Any] = {
    "MapFont": _TYPES["MapFont"](lambda *_: 1),
    "GetFont": _TYPES["GetFont"](lambda *_: 1),
    "GetFontData": _TYPES["GetFontData"](_font_data),
    "GetFaceName": _TYPES["GetFaceName"](lambda *_: 0),
    "GetFontCharset": _TYPES["GetFontCharset"](lambda *_: 0),
    "DeleteFont": _TYPES["DeleteFont"](lambda *_: None),
}
_BARS = raw.FPDF_SYSFONTINFO(version=1, **_CALLBACKS)
"""A source of fonts that has this one. It and its callbacks live as long as the process: pdfium keeps pointers."""

_state = {"installed": True}


def use_installed_fonts(wanted: bool) -> None:
    """Let pdfium look for fonts on the machine, or not. Nothing happens if that is already so."""
    if _state["installed"] == wanted:
        return
    raw.FPDF_SetSystemFontInfo(raw.FPDF_GetDefaultSystemFontInfo() if wanted else ctypes.byref(_BARS))
    _state["installed"] = wanted
