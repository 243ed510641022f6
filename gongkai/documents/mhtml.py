"""Pages saved as one file (.mht, .mhtml; Word's single-file web page): the first HTML part, read as a page."""

from __future__ import annotations

import email
import email.message

from gongkai.documents import encoding, html, text
from gongkai.documents.model import Content
from gongkai.errors import UnreadableDocument


def read(data: bytes) -> Content:
    """Return the blocks of the page; "url" is where it was saved from. Raises UnreadableDocument (damaged)."""
    message = email.message_from_bytes(data)
    part = _page(message)
    if part is None:
        raise UnreadableDocument("damaged", "the saved page holds no page: open it in a browser and save it as .html")
    payload = part.get_payload(decode=True)
    decoded = encoding.decode(payload if isinstance(payload, bytes) else b"")
    content = html.read(decoded) if part.get_content_subtype() != "plain" else text.read(decoded)
    address = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
    metadata = dict(content.metadata)
    if str(address).startswith(("http://", "https://")):
        metadata.setdefault("url", str(address))
    return Content(content.blocks, metadata)


def _page(message: email.message.Message) -> email.message.Message | None:
    parts = [part for part in message.walk() if not part.is_multipart()]
    for subtype in ("html", "xhtml+xml", "plain"):
        for part in parts:
            if part.get_content_subtype() == subtype:
                return part
    return None
