"""The markers of a page's lists, where the page itself says that they have numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z\-]+)", re.IGNORECASE)

# List markers that a page sets itself: number format, and the text around the number. The style sheets of nearly all
# sites take the markers of ordinary lists away, so those get none.
_MARKERS = {
    "1": ("decimal", "{}."),
    "decimal": ("decimal", "{}."),
    "a": ("lowerLetter", "{}."),
    "lower-alpha": ("lowerLetter", "{}."),
    "A": ("upperLetter", "{}."),
    "upper-alpha": ("upperLetter", "{}."),
    "i": ("lowerRoman", "{}."),
    "lower-roman": ("lowerRoman", "{}."),
    "I": ("upperRoman", "{}."),
    "upper-roman": ("upperRoman", "{}."),
    "cjk-ideographic": ("chineseCounting", "{}、"),
    "simp-chinese-informal": ("chineseCounting", "{}、"),
    "trad-chinese-informal": ("chineseCounting", "{}、"),
    # Classes of UEditor, the editor built into most of these sites.
    "custom_cn": ("chineseCounting", "{}、"),
    "custom_cn1": ("chineseCounting", "({})"),
    "custom_cn2": ("chineseCounting", "({})"),
    "custom_num": ("decimal", "{}、"),
    "custom_num1": ("decimal", "{})"),
    "custom_num2": ("decimal", "({})"),
}


def list_marker(tag: str, attributes: Mapping[str, str | None]) -> tuple[str, str] | None:
    """Number format of a list's markers and the text around the number; None where the list shows none."""
    if not attributes:
        return None
    style = _LIST_STYLE.search(attributes.get("style") or "")
    signs = [style[1].lower()] if style else []
    if tag == "ol":
        signs.append(attributes.get("type") or "")
        signs.extend((attributes.get("class") or "").split())
    return next((_MARKERS[sign] for sign in signs if sign in _MARKERS), None)
