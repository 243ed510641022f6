"""Numbers as Word and HTML print them in automatic numbering: 一, (二), 甲, ①, iv. Sections are known by these."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """Return 0-9999 in Chinese words: 10 十, 11 十一, 20 二十, 105 一百零五. Larger numbers come digit by digit."""
    if not 0 <= number <= 9999:
        return _by_digits(number)
    if number == 0:
        return digits[0]
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        if gap:
            text += digits[0]
        gap = False
        # 十一, not 一十一; but 一百一十 keeps its 一 (and so does the legal 壹拾).
        lead = "" if digit == 1 and power == 1 and not text and units[0] == "十" else digits[digit]
        text += lead + (units[power - 1] if power else "")
    return text


def _by_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))


def _legal(number: int) -> str:
    return chinese(number, _LEGAL_DIGITS, "拾佰仟")


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """1 a, 26 z, 27 aa, 53 aaa, as Word counts."""
    if not 0 < number <= 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(first: int, last: int) -> Callable[[int], str]:
    """Numbers 1.. drawn as the consecutive characters `first`..`last`; plain digits beyond them."""

    def draw(number: int) -> str:
        return chr(first + number - 1) if 1 <= number <= last - first + 1 else str(number)

    return draw


def _cycle(characters: str) -> Callable[[int], str]:
    def draw(number: int) -> str:
        return characters[(number - 1) % len(characters)] if number > 0 else str(number)

    return draw


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _by_digits,
    "japaneseDigitalTenThousand": _by_digits,
    "taiwaneseDigital": _by_digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _from(0x3220, 0x3229),
    "decimalEnclosedCircle": _from(0x2460, 0x2473),
    "decimalEnclosedCircleChinese": _from(0x2460, 0x2473),
    "decimalEnclosedParen": _from(0x2474, 0x2487),
    "decimalEnclosedFullstop": _from(0x2488, 0x249B),
    "none": lambda number: "",
}


def render(number: int, number_format: str) -> str:
    """Return `number` in the Word format `number_format` (ECMA-376, ST_NumberFormat); unknown formats as digits."""
    return _FORMATS.get(number_format, str)(number)
