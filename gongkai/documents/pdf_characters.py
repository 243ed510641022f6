"""Single characters as PDF fonts name them, brought to the ordinary characters that people type, one for one.

Fonts often map a glyph to a radical or compatibility code point that looks the same as the ordinary character (U+2F00
for U+4E00): no search would find it. The source of the equivalences is Unicode: NFKC for the Kangxi radicals and the
compatibility ideographs, EquivalentUnifiedIdeograph.txt for the radicals supplement, which NFKC leaves alone.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

UNMAPPED = "\ufffd"
"""Stands for a glyph whose font does not say which character it is."""

_SUPPLEMENT = str.maketrans(
    "⺁⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙"
    "⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲"
    "⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊"
    "⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢"
    "⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乚乙亻冂几刀刂卜㔾小小兀尣尢尣巳幺彑彐忄心扌攵"
    "旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罒罒"
    "网网网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足"
    "车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠飠饣首马"
    "骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)

_DROPPED = frozenset("\r\n\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
_SPACES = frozenset("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f")
_HYPHENS = frozenset("\u0002\u00ad\ufffe")
"""What pdfium gives for a hyphen at the end of a line, and the soft hyphen that fonts use for a visible one."""


@lru_cache(maxsize=65536)
def clean_character(code: int) -> str:
    """The ordinary character for a code point as pdfium reports it; "" for what is not printed."""
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNMAPPED
    text = chr(code)
    if text in _DROPPED:
        return ""
    if text in _SPACES:
        return " "
    if text in _HYPHENS:
        return "-"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return ""
    if 0x2E80 <= code <= 0x2EFF:
        return text.translate(_SUPPLEMENT)
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        plain = unicodedata.normalize("NFKC", text)
        return plain if len(plain) == 1 else text
    return text
