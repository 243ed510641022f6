"""What a cell of a statutory table says: a number, a blank, "not applicable", or something that cannot be read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from gongkai.parsing.numbers import plain_number
from gongkai.records import Status

_DASHES = frozenset("/\\-—–−_")
_NOTHING = frozenset({"无", "无。", "不适用", "不涉及"})
_UNIT = re.compile(r"^(?P<number>.+?)[(\[]?(?P<unit>万元|元|亿元|件次|件|条|项|个|宗|次|人次|人|篇|期|份|起)[)\]]?$")

_BROKEN = re.compile(r"(?<=\d)\s+(?=\.\d)|(?<=\d\.)\s+(?=\d)")
_BROKEN_DECIMALS = re.compile(r"(\d\.\d+)\s*\n\s*(\d+)")
_APART = re.compile(r"\d\s+\d")


@dataclass(frozen=True, slots=True)
class CellValue:
    """The value of a cell, in the unit printed with it (null where none is). `value` is null unless reported."""

    status: Status
    value: float | None = None
    unit: str | None = None


@lru_cache(maxsize=50_000)
def read_cell(text: str) -> CellValue:
    """Read one cell. Never guesses: what is no number, blank or dash is unreadable."""
    squeezed = unicodedata.normalize("NFKC", text).strip().strip("\u200b\ufeff").strip()
    if not squeezed:
        return CellValue(Status.BLANK)
    if squeezed in _NOTHING or set(squeezed) <= _DASHES:
        return CellValue(Status.NOT_APPLICABLE)
    # A number broken over two lines at its point.
    squeezed = _BROKEN_DECIMALS.sub(r"\1\2", _BROKEN.sub("", squeezed))
    value = plain_number(squeezed)
    if value is not None:
        return CellValue(Status.REPORTED, value)
    match = _UNIT.match(squeezed)
    if match and (value := plain_number(match["number"].strip())) is not None:
        return CellValue(Status.REPORTED, value, match["unit"])
    return CellValue(Status.UNREADABLE)


def has_broken_decimals(text: str) -> bool:
    """Whether a cell's number is broken behind its point: likely one number, but nothing says so."""
    return "\n" in text and _BROKEN_DECIMALS.search(unicodedata.normalize("NFKC", text)) is not None


@lru_cache(maxsize=50_000)
def has_digits_apart(text: str) -> bool:
    """Whether blanks stand between the digits of a cell: one number, or two in one cell."""
    return _APART.search(text.strip()) is not None


@lru_cache(maxsize=50_000)
def is_value(text: str) -> bool:
    """Whether a cell holds a number or a dash: what the value part of a row is made of, blanks aside."""
    return read_cell(text).status in (Status.REPORTED, Status.NOT_APPLICABLE)
