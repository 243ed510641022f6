"""Characters that readers of every format treat alike: invisible ones go, odd spaces become spaces, widths count."""

from __future__ import annotations

import re

WIDE = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f\u2014\u2018\u2019\u201c\u201d\u2026"
"""Body of a character class: East Asian characters and punctuation, between which no space is written."""

SYMBOLS = {"F052": "☑", "F0FE": "☑", "F0A8": "□", "F06F": "□", "F0FC": "√", "F0FB": "×", "F06C": "●", "F06E": "■"}
"""What characters of the Wingdings fonts (in hexadecimal) stand for in Word files: boxes, ticks and bullets."""

_REMOVED = (
    *range(0x00, 0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,  # soft hyphen
    0x034F,
    0x061C,
    0x180E,
    *range(0x200B, 0x2010),  # zero-width space and joiners, direction marks
    *range(0x202A, 0x202F),  # direction overrides
    *range(0x2060, 0x2070),
    *range(0xD800, 0xE000),  # lone surrogates cannot be stored as UTF-8
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,
    *range(0xFFF9, 0xFFFD),
)
_SPACES = (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F)
_BREAKS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)

_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_REMOVED),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_BREAKS, "\n"),
}
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_TABLE)) + "]")
_WIDE_RUN = re.compile(rf"[{WIDE}\uac00-\ud7a3]+")
_BREAK_BETWEEN_WIDE = re.compile(rf"(?<=[{WIDE}\d])\n(?=[{WIDE}\d])")


def clean(text: str) -> str:
    """Return `text` without invisible and control characters, with plain spaces, and \\n as the only line end."""
    if _ODD.search(text) is None:
        return text
    return text.replace("\r\n", "\n").translate(_TABLE)


def join_lines(text: str) -> str:
    """Return `text` on one line: between Chinese characters a line break vanishes, elsewhere it becomes a space."""
    if "\n" not in text:
        return text
    tight = "\n".join(line.strip(" ") for line in text.split("\n"))
    return _BREAK_BETWEEN_WIDE.sub("", tight).replace("\n", " ")


def width(text: str) -> int:
    """Return how many columns of a fixed-width screen `text` takes: two for an East Asian character, else one."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _WIDE_RUN.findall(text)))
