"""What a saved page says of itself outside its text: <title>, <meta> (GB/T 33180-style site fields), its address."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.characters import clean, join_lines

LONGEST_VALUE = 2000
MOST_FIELDS = 200

_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
# What browsers and savers write at the top of a page they save.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)


def read(tree: LexborHTMLParser, source: str) -> dict[str, str]:
    """Return the page's metadata under lower-case keys. The first value of a name stands.

    "url" is the first of these that is an absolute web address: <meta name=url>, the address the page was saved from,
    the canonical link, og:url.
    """
    fields: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        key = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        value = _value(attributes.get("content"))
        if key and value and key not in fields and len(fields) < MOST_FIELDS:
            fields[key] = value
    title = tree.css_first("head > title") or tree.css_first("title")
    if title is not None and (value := _value(title.text())):
        fields["title"] = value
    canonical = tree.css_first('link[rel="canonical"]')
    top = source[:20_000]
    saved = _SAVED_FROM.search(top) or _SINGLE_FILE.search(top)
    candidates = (
        fields.pop("url", ""),
        saved[1] if saved else "",
        _value(canonical.attributes.get("href")) if canonical is not None else "",
        fields.get("og:url", ""),
    )
    address = next((candidate for candidate in candidates if _ADDRESS.match(candidate)), None)
    if address:
        fields["url"] = address
    return fields


def _value(text: str | None) -> str:
    return " ".join(join_lines(clean(text or "").strip()).split())[:LONGEST_VALUE]
