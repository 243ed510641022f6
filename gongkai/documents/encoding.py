"""Bytes of a text or HTML file → text. What the bytes are decides, never what a page claims of itself.

Chinese offices save text as UTF-8, GB18030 (GBK, GB2312) or UTF-16, now and then Big5; pages declare one charset and
use another. UTF-8 has a structure that no other encoding meets by chance, so it is tried first; the others are told
apart by how many of the characters they yield are frequent ones.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from gongkai.errors import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

DAMAGED_SHARE = 0.1
"""A text of which at most this share cannot be decoded is read all the same, the rest standing as U+FFFD."""

CONTROL_SHARE = 0.01
"""With more control characters than this share, bytes are not a text."""

SAMPLE = 200_000
"""Encodings are compared on this many leading bytes."""

FREQUENT_SHARE = 0.08
"""Real Chinese has at least this share of frequent characters (wrongly decoded bytes: below 0.03)."""

FIRST_SAMPLE = 20_000
CERTAIN_SHARE = 0.3
"""With so many frequent characters in its beginning, a text that decodes without a fault is taken as it is."""

# The most frequent characters of official Chinese, simplified and traditional.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之"
    "进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关"
    "各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
    "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府信息申请报告市县"
    "為個國來們時對會發動學說種麼產經進過還開關實點從業應長見給間無條問題電體現當員結統請報區縣處導務項規議檢覽網站頁號執單輔"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_PLAUSIBLE = re.compile(
    r"[\t\n\r\f\x1a\x20-\x7e\u00a0-\u00ff\u2010-\u2027\u2030-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{3,20})""")


def decode(data: bytes) -> str:
    """Return the text of `data`; raise UnreadableDocument (not_text) if it is none."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, errors="replace"))
    if b"\x00" in data[:SAMPLE] and (wide := _utf16(data)) is not None:
        return _checked(wide)
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_legacy(data))


def _legacy(data: bytes) -> str:
    """Choose between damaged UTF-8, GB18030, Big5 and UTF-16 without a mark."""
    sample = data[:SAMPLE]
    encodings = ["utf-8", "gb18030", "big5hkscs"]
    declared = _DECLARED.search(data[:4096])
    if declared and declared[1].lower().startswith(b"big5"):
        encodings = ["utf-8", "big5hkscs", "gb18030"]
    else:
        # What nearly all of these files are, without a doubt: nothing else is tried.
        with suppress(UnicodeDecodeError):
            whole = data.decode("gb18030")
            if _frequent(whole[:FIRST_SAMPLE]) >= CERTAIN_SHARE:
                return whole
    readings = [(encoding, sample.decode(encoding, errors="replace")) for encoding in encodings]
    # The first of equals wins.
    encoding, text = min(readings, key=lambda reading: _damage(reading[1]) - _frequent(reading[1]))
    damage = _damage(text)
    if damage > DAMAGED_SHARE:
        # UTF-16 without a zero byte is Chinese without a line end: rare, so it comes last.
        wide = _utf16(data)
        if wide is not None:
            return wide
        raise _not_text()
    return data.decode(encoding, errors="replace")


def _utf16(data: bytes) -> str | None:
    """Return `data` read as UTF-16 without a mark, if what comes out looks like a text; else None."""
    even = data[: len(data) // 2 * 2]
    best: tuple[float, str] | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = even[:SAMPLE].decode(encoding, errors="replace")
        share = len(_PLAUSIBLE.findall(sample)) / max(1, len(sample))
        chinese = len(_CHINESE.findall(sample))
        if (
            share >= 0.95
            and (chinese < 20 or _frequent(sample) >= FREQUENT_SHARE)
            and (best is None or share > best[0])
        ):
            best = (share, encoding)
    return even.decode(best[1], errors="replace") if best else None


def _damage(text: str) -> float:
    """The share of undecodable places among these and the Chinese characters."""
    broken = text.count("\ufffd")
    return broken / max(1, len(_CHINESE.findall(text)) + broken)


def _frequent(text: str) -> float:
    """The share of frequent characters among the Chinese ones; 0 without Chinese."""
    chinese = _CHINESE.findall(text)
    return sum(character in _FREQUENT for character in chinese) / len(chinese) if chinese else 0.0


def _checked(text: str) -> str:
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > max(8, CONTROL_SHARE * len(sample)):
        raise _not_text()
    return text


def _not_text() -> UnreadableDocument:
    return UnreadableDocument(
        "not_text", "neither a document of a known format nor text: ask for the original file (.docx or .pdf)"
    )
