"""Text of documents and names of files for a terminal, which takes some characters for commands."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """`text` on one line, without control and direction characters."""
    line = " ".join(text.split())
    return "".join(character for character in line if unicodedata.category(character)[0] != "C")
