"""Dates and years as documents print them: 2023-01-12 08:13, 2023年1月12日, 二〇二三年一月十二日, 2023/1/12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from gongkai.parsing.numbers import chinese_number

_CHINESE_DIGITS = {character: str(digit) for digit, character in enumerate("零一二三四五六七八九")}
# What stands for the zero of 二〇〇八 in print.
_CHINESE_DIGITS |= dict.fromkeys("〇○◯Ｏ０OoΟО0", "0")
_ZERO = "〇○◯Ｏ０OoΟО零0"
_YEAR = rf"二[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}}"

_DATE = re.compile(
    r"(?<![\d.])(?P<y>20\d{2})(?:年|[-/.])(?P<m>\d{1,2}|元(?=月))(?:月|[-/.])(?P<d>\d{1,2})(?!\d*[%.\d]?[条件个次])(?:日|号)?"
    r"(?P<clock>[T ]?\d{1,2}:\d{2}(?::\d{2})?)?"
    rf"|(?P<cy>{_YEAR})年(?P<cm>[元正一二三四五六七八九十]{{1,2}})月(?P<cd>[一二三四五六七八九十廿卅]{{1,3}})日"
)
_YEAR_MENTION = re.compile(rf"(?<![\d.-])(?P<y>20\d{{2}})(?:年度?)|(?P<cy>{_YEAR})年度?")
_COMPACT = re.compile(r"^(20\d{2})(\d{2})(\d{2})(?:\d{6})?$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text without blanks: code points [start, end). `clock`: a time of day follows it; `written`: it is
    spelt with 年, 月, 日, as people sign."""

    start: int
    end: int
    date: date
    clock: bool
    written: bool


def dates(text: str) -> Iterator[DateMention]:
    """The valid dates in `text`, which must be free of blanks (`spans.Squeezed`), in order."""
    for match in _DATE.finditer(text):
        if match["y"]:
            year, month, day = int(match["y"]), int(match["m"].replace("元", "1")), int(match["d"])
        else:
            month_text = match["cm"].replace("元", "一").replace("正", "一")
            day_text = match["cd"].replace("廿", "二十").replace("卅", "三十")
            day_text = day_text.replace("二十十", "二十")
            year = chinese_year(match["cy"]) or 0
            month, day = _small(month_text), _small(day_text)
        try:
            value = date(year, month, day)
        except ValueError:
            continue
        written = "年" in match[0]
        yield DateMention(match.start(), match.end(), value, bool(match["clock"]), written)


def compact_date(text: str) -> date | None:
    """A date of eight digits (20230112, with or without a time behind it), as pages' own metadata write it."""
    match = _COMPACT.match(text)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _small(text: str) -> int:
    # 十二 is well formed in a date, though a strict numeral wants 一十二 nowhere; both are read.
    return chinese_number(text) or chinese_number("一" + text) or 0


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year named in a text without blanks: code points [start, end), 年 and 度 included."""

    start: int
    end: int
    year: int


def years(text: str) -> Iterator[YearMention]:
    """The years that `text` (free of blanks) names with 年, in order."""
    for match in _YEAR_MENTION.finditer(text):
        year = int(match["y"]) if match["y"] else chinese_year(match["cy"])
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            yield YearMention(match.start(), match.end(), year)


def chinese_year(text: str) -> int | None:
    """二〇二三 → 2023; null for anything else than four digits."""
    digits = "".join(_CHINESE_DIGITS.get(character, "") for character in text)
    return int(digits) if len(digits) == len(text) == 4 else None
