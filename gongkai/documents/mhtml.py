"""Pages saved as one file (.mht, .mhtml; Word's single-file web page): the first HTML part, read as a page.

A page of frames says nothing itself; there the part that says most is read.
"""

from __future__ import annotations

import email
import email.message
from itertools import islice

from gongkai.documents import encoding, html, text
from gongkai.documents.model import Content
from gongkai.errors import UnreadableDocument

MOST_PAGES = 50
"""Pages of one file that are looked at."""

LITTLE_TEXT = 200
"""A first page with fewer characters than this may be one of frames."""


def read(data: bytes) -> Content:
    """Return the blocks of the page; "url" is where it was saved from. Raises UnreadableDocument (damaged)."""
    message = email.message_from_bytes(data)
    parts = _pages(message)
    if not parts:
        raise UnreadableDocument("damaged", "the saved page holds no page: open it in a browser and save it as .html")
    part, content = parts[0], _content(parts[0])
    if len(parts) > 1 and _length(content) < LITTLE_TEXT:
        others = [(other, _content(other)) for other in islice(parts, 1, MOST_PAGES)]
        part, content = max([(part, content), *others], key=lambda pair: _length(pair[1]))
    address = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
    metadata = dict(content.metadata)
    if str(address).startswith(("http://", "https://")):
        metadata.setdefault("url", str(address))
    return Content(content.blocks, metadata)


def _content(part: email.message.Message) -> Content:
    payload = part.get_payload(decode=True)
    decoded = encoding.decode(payload if isinstance(payload, bytes) else b"")
    return html.read(decoded) if part.get_content_subtype() != "plain" else text.read(decoded)


def _length(content: Content) -> int:
    return sum(len(block.text) for block in content.blocks)


def _pages(message: email.message.Message) -> list[email.message.Message]:
    """The parts that may be the page: those of HTML, else those of plain text."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    for subtype in ("html", "xhtml+xml", "plain"):
        if found := [part for part in parts if part.get_content_subtype() == subtype]:
            return found
    return []
