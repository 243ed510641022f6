"""Numbers as people read them: 万 and 亿 in Chinese, k and M in English, — for what is missing."""

from __future__ import annotations

import math

import pandas as pd

from gongkai.catalogue.indicators import PER_PEOPLE

MISSING = "—"
"""What stands for a missing number, in every table, card and chart. Never 0."""

MONEY = "万元"
TEN_THOUSAND = 10_000
_PLACES = {"%": 1, PER_PEOPLE: 2}
"""Of what is worked out; what reports print stands in full, to four places."""
_MOST_PLACES = 9
_SHORT_FROM = 100_000
"""Below, a number is short enough to stand in full."""
_NO_SPAN = 1e-9
_ENGLISH_STEPS = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def exact(value: float | None, unit: str = "", language: str = "zh-CN", approximate: bool = False) -> str:
    """`value` in full with thousands separators and its unit: "12,345 件", "87.5%"; — if missing."""
    if value is None or pd.isna(value):
        return MISSING
    number = float(value)
    return _about(_with_unit(_digits(number, _places(number, unit)), unit, language), language, approximate)


def rounded(value: float, unit: str = "") -> float:
    """`value` as `exact` prints it, so that what is said of two printed numbers is true of them as printed."""
    return round(float(value), _places(float(value), unit))


def _places(number: float, unit: str) -> int:
    """How many decimals are printed: as many as the unit has, more where else nothing would be left of the number."""
    places = _PLACES.get(unit, 4)
    if number and abs(number) < 0.5 * 10.0**-places:
        return min(_MOST_PLACES, math.ceil(-math.log10(abs(number))) + 1)
    return places


def short(value: float | None, unit: str = "", language: str = "zh-CN", approximate: bool = False) -> str:
    """`value` shortened for a card or a bar: "123.4万 件" in Chinese, "1.23M" in English; 约 if `approximate`.

    Money (万元) becomes 亿元 from 10,000 on, and yuan ("¥1.2M") in English.
    """
    if value is None or pd.isna(value):
        return MISSING
    number = float(value)
    chinese = language.startswith("zh")
    if unit == "%":
        text = f"{_digits(number, 1)}%"
    elif unit == MONEY and not chinese:
        text = f"¥{_english(number * TEN_THOUSAND)}"
    elif unit == MONEY and abs(number) >= TEN_THOUSAND:
        text = f"{_digits(number / TEN_THOUSAND, 2)} 亿元"
    elif chinese:
        text = _with_unit(_chinese(number), unit, language)
    else:
        text = _english(number) if abs(number) >= _SHORT_FROM else _plain(number)
    return _about(text, language, approximate)


def unit_name(unit: str, language: str) -> str:
    """A unit of measure as it is written in `language`: counting words (件, 条, 次 ...) mean nothing in English."""
    if language.startswith("zh") or unit == "%":
        return unit
    return {MONEY: "¥10,000", PER_PEOPLE: "per 100,000"}.get(unit, "")


def axis_ticks(low: float, high: float, unit: str, language: str, zero: bool = True) -> tuple[list[float], list[str]]:
    """Some five round positions around `low` to `high`, and how they read, without the unit except %.

    They take in 0 unless `zero` is False, as on the axis of points, whose length says nothing.
    """
    if zero:
        low, high = min(0.0, low), max(high, 0.0)
    if high - low < _NO_SPAN:
        high = low + 1
    rough = (high - low) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    if unit not in ("%", MONEY, PER_PEOPLE):
        step = max(1.0, step)
    first, last = math.floor(low / step), math.ceil(high / step)
    positions = [round(index * step, 10) for index in range(first, last + 1)]
    return positions, [_tick(position, unit, language, high) for position in positions]


def rank_ticks(last: int) -> list[int]:
    """1 and round ranks after it, some six of them."""
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
    step = next((step for step in steps if last <= 6 * step), 5000)
    return sorted({1, *range(step, last + 1, step)})


def _tick(position: float, unit: str, language: str, high: float) -> str:
    if language.startswith("zh") and unit not in ("%", MONEY) and high >= _SHORT_FROM:
        # One unit along the whole axis: 5万, 10万, not 50,000 beside 10万.
        return f"{_digits(position / TEN_THOUSAND, 1)}万" if position else "0"
    return short(position, unit if unit in ("%", MONEY) else "", language)


def _plain(number: float) -> str:
    return _digits(number, 1 if abs(number) >= 100 else 2)


def _chinese(number: float) -> str:
    size = abs(number)
    if size >= TEN_THOUSAND**2:
        return f"{_digits(number / TEN_THOUSAND**2, 2)}亿"
    return f"{_digits(number / TEN_THOUSAND, 1)}万" if size >= _SHORT_FROM else _plain(number)


def _english(number: float) -> str:
    for step, suffix in _ENGLISH_STEPS:
        if abs(number) >= step:
            return f"{_digits(number / step, 1 if suffix == 'k' else 2)}{suffix}"
    return _plain(number)


def _digits(number: float, places: int) -> str:
    text = f"{number:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _with_unit(text: str, unit: str, language: str) -> str:
    name = unit_name(unit, language)
    return f"{text}%" if unit == "%" else f"{text} {name}".rstrip()


def _about(text: str, language: str, approximate: bool) -> str:
    if not approximate:
        return text
    return f"约 {text}" if language.startswith("zh") else f"about {text}"
