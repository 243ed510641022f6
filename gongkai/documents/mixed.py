"""Text with HTML tables in it, as programs write it that turn scans and Word files into Markdown."""

from __future__ import annotations

import re

from gongkai.documents import flow, html
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Content

_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def read(source: str) -> Content:
    """Return the blocks of a decoded text whose tables are HTML and whose paragraphs are lines."""
    items: list[flow.Item] = []
    end = 0
    for match in _TABLE.finditer(source):
        items.append(flow.Text(source[end : match.start()], preformatted=True))
        items.extend(flow.items_of(html.read(match[0]).blocks))
        end = match.end()
    items.append(flow.Text(source[end:], preformatted=True))
    builder = BlockBuilder()
    flow.emit(items, builder)
    return Content(builder.blocks)
