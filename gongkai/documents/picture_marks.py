"""Which pictures of pages and Word files may show a table: told by size and name alone, nothing is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

LEAST_WIDTH, LEAST_HEIGHT = 200, 60
"""Pixels; a smaller picture is an icon or a line. A page that gives no size may mean any."""

LEAST_DATA = 8000
"""Characters of a picture that stands in the page's own source; a shorter one is an icon."""

LEAST_EXTENT = 1_800_000, 540_000
"""Width and height of a drawing in Word, 1/360,000 cm (5 cm and 1.5 cm); a smaller one is a seal or a logo."""

_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*$")
_STYLE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d{1,5})(?:\.\d*)?px")
_DECORATION = re.compile(r"icon|logo|qr|ewm|erweima|weixin|wechat|weibo|banner|spacer|blank|loading|button|share", re.I)
_BLIP, _EXTENT = "{*}blip", "{*}extent"


def in_page(attributes: Mapping[str, str | None]) -> bool:
    """Whether an <img> with these attributes may show a table."""
    source = next((value for name in ("src", "data-src", "oldsrc") if (value := attributes.get(name))), "")
    if source.startswith("data:"):
        return len(source) >= LEAST_DATA
    if not source or _DECORATION.search(source):
        return False
    sizes = dict(_STYLE.findall(attributes.get("style") or ""))
    for name, least in (("width", LEAST_WIDTH), ("height", LEAST_HEIGHT)):
        given = _PIXELS.match(attributes.get(name) or sizes.get(name) or "")
        if given and int(given[1]) < least:
            return False
    return True


def in_drawing(drawing: etree._Element) -> bool:
    """Whether a drawing of Word (w:drawing) is a picture that may show a table."""
    extent = next(drawing.iter(_EXTENT), None)
    if extent is None or next(drawing.iter(_BLIP), None) is None:
        return False
    sizes = (extent.get("cx") or "", extent.get("cy") or "")
    return all(
        size.isascii() and size.isdigit() and int(size[:12]) >= least
        for size, least in zip(sizes, LEAST_EXTENT, strict=True)
    )
