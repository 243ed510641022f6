"""The tokens of a rich text file: group marks, control words with their numbers, and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?"  # a control word, its number
    rb"|\\'([0-9a-fA-F]{2})"  # one byte in hexadecimal
    rb"|\\([^a-zA-Z])"  # a control symbol
    rb"|([{}])"
    rb"|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
    re.DOTALL,
)


class Token(NamedTuple):
    """`kind`: "{", "}", "word" (`name`, `number`), "symbol" (`name`), "bytes" (`data`)."""

    kind: str
    name: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file; what binary data it holds is left out."""
    place = 0
    while match := _TOKEN.match(data, place):
        place = match.end()
        word, number, code, symbol, brace, text = match.groups()
        if word is not None:
            name, value = word.decode("ascii"), None if number is None else int(number)
            if name == "bin":
                place += max(value or 0, 0)
                continue
            yield Token("word", name, value)
        elif code is not None:
            yield Token("bytes", data=bytes.fromhex(code.decode("ascii")))
        elif symbol is not None:
            yield Token("symbol", symbol.decode("latin-1"))
        elif brace is not None:
            yield Token(brace.decode("ascii"))
        elif text is not None:
            yield Token("bytes", data=text)
