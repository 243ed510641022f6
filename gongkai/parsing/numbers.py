"""Numbers as Chinese reports print them: in a table's cell (`plain_number`) and in a sentence (`quantities`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# One code point for one, so that offsets in the folded text are offsets in the text.
FOLD = str.maketrans(
    "０１２３４５６７８９．％－−＋" + "\u00a0\u2002\u2003\u2009\u3000\t\r",
    "0123456789.%--+" + "       ",
)

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_LONGEST_NUMERAL = 24
_NUMERAL = "零〇一二两三四五六七八九十百千万亿"

_CELL = re.compile(
    r"([+-]?)((?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+(?:\s+[0-9]+)*)(?:\.[0-9]+)?)",
)


def fold(text: str) -> str:
    """`text` with full-width digits, signs and odd spaces as ASCII; code points stay where they are."""
    return text.translate(FOLD)


def chinese_number(text: str) -> int | None:
    """The value of a well-formed Chinese numeral (二十三, 一百零五, 两千, 三万五千), else None.

    Strict: digits in a row (二〇二三), a power without its factor (百) and short forms (一千二) are None.
    """
    if not text or len(text) > _LONGEST_NUMERAL or any(character not in _NUMERAL for character in text):
        return None
    if text in ("零", "〇"):
        return 0
    for sign, power in (("亿", 10**8), ("万", 10**4)):
        if sign in text:
            left, _, right = text.rpartition(sign)
            high = chinese_number(left)
            low = _tail(right, power)
            return None if not high or low is None else high * power + low
    return _section(text)


def _tail(text: str, power: int) -> int | None:
    """What follows 万 or 亿: nothing, or a numeral below it, with 零 where a place is skipped."""
    if not text:
        return 0
    skipped = text[0] in "零〇"
    low = chinese_number(text[1:] if skipped else text)
    if not low or low >= power or (not skipped and low * 10 < power):
        return None
    return low


def _section(text: str) -> int | None:
    """A numeral below ten thousand."""
    total, digit, ceiling, gap = 0, None, 10_000, False
    for position, character in enumerate(text):
        if character in _POWERS:
            power = _POWERS[character]
            if digit is None and not (character == "十" and position == 0):
                return None
            if power >= ceiling or (total and power * 10 != ceiling and not gap):
                return None
            total += (1 if digit is None else digit) * power
            digit, ceiling, gap = None, power, False
        elif character in "零〇":
            if digit is not None or not total or gap or ceiling == 10:
                return None
            gap = True
        else:
            if digit is not None:
                return None
            digit = _DIGITS[character]
    if digit is not None:
        if total and ceiling != 10 and not gap:
            return None
        return total + digit
    return None if gap else total


def plain_number(text: str) -> float | None:
    """The value of a text that is exactly one number, else None.

    Full-width digits, thousands separators (12,888 and 12，888), white space between digits ("2 1", as PDF gives
    it), decimals, a sign and Chinese numerals are read; "", "/", "-", "无", "24.5。", "5件" are not numbers.
    """
    folded = fold(text).strip()
    match = _CELL.fullmatch(folded)
    if match:
        digits = re.sub(r"[,，\s]", "", match[2])
        return float(Decimal(("-" if match[1] == "-" else "") + digits)) + 0.0
    value = chinese_number(folded)
    return None if value is None else float(value)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence: text[start:end] is the number with its multiplier and unit.

    `value` has the multiplier applied (70万 is 700000) but not the unit's conversion; a percentage is its number of
    percent. `unit` is as printed without white space ("件", "元", "%"), None where none follows. `approximate` says
    余, 多, 近, 约, 超, 左右 and the like. `multiplier` is the printed 万, 亿, 千 or 百, else "".
    """

    value: float
    start: int
    end: int
    unit: str | None
    approximate: bool
    multiplier: str = ""


# A unit, and what must not follow it (条 of 条例 is none). Longer ones first.
_UNITS = (
    *(("件次", ""), ("条次", ""), ("篇次", ""), ("人次", ""), ("场次", ""), ("班次", ""), ("批次", ""), ("期次", "")),
    *(("个百分点", ""), ("百分点", ""), ("件", ""), ("条", "例|款|线|件|理|文"), ("篇", "幅|章"), ("封", "闭|面|装")),
    *(("个", "工作日|自然日|月|小时|年|季度"), ("项", ""), ("份", "额"), ("则", "是|为"), ("次", "性|年|日|要|月")),
    *(
        ("场", "所|景|地|馆"),
        ("期", "间|限|末|货"),
        ("起", "草|诉|来|点|到|步|施|至"),
        ("宗", "旨|教"),
        ("例", "如|行|会|外|规"),
    ),
    *(("人", "大|民|员|社|防|事|均|力|口|才|工|文|居|士"), ("名", "单|录|称|列|义|誉"), ("位", "置|于|列|居|次")),
    *(("部", "门|分|委|署|长|级|队|位"), ("处", "罚|理|级|室|长|置|于"), ("家", "庭|长|政"), ("户", "籍|外|主")),
    *(
        ("批", "复|准|示|评"),
        ("通", "过|知|报|告|道|讯"),
        ("轮", "岗|流|训"),
        ("元", "旦|月"),
        ("单", "位|独|项"),
        ("集", "中|体"),
    ),
    *(("%", ""), ("类", "型|别"), ("幅", "度"), ("张", ""), ("册", ""), ("块", ""), ("版", "本|块|面")),
)
_UNIT = "|".join(f"{unit}(?!{guard})" if guard else unit for unit, guard in _UNITS)
_MORE = "余|多"
_MULTIPLIER = "亿|万|千(?!米|克|瓦|帕|伏|家|户|方|百)|百(?!分|姓|货|强)"
_QUANTITY = re.compile(
    rf"""
    (?<![0-9.A-Za-z_/〔\[-])(?<![第])(?<!第\ )
    (?:
      (?P<grouped>[0-9]{{1,3}}(?:[,，][0-9]{{3}})+(?![0-9]) | [0-9]{{1,3}}(?:\ [0-9]{{3}})+(?![0-9]))
        (?P<decimals>\.[0-9]+)?
      | (?P<digits>[0-9]+(?:\.[0-9]+)?)
      | 百分之(?P<percent>[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?|[0-9]+(?:\.[0-9]+)?)
      | (?<![{_NUMERAL}数几上成好半每同任逐])(?P<numeral>[{_NUMERAL}]+)
    )
    (?P<more>\s?(?:{_MORE}))?
    \s?(?P<multiplier>{_MULTIPLIER})?
    (?P<more_after>\s?(?:{_MORE}))?
    \s{{0,2}}(?P<unit>{_UNIT})?
    (?P<about>左右|上下|以上)?
    """,
    re.VERBOSE,
)
# What a quantity begins with; a search for it is much faster than one for the quantity.
_START = re.compile(f"[0-9{_NUMERAL}]")
_BEFORE = re.compile(r"(?:近|约|超|超过|逾|将近|接近|大约|大概|突破|不少于|至少|不低于)[了达 ]?\s?$")
_RANGE_BEFORE = re.compile(r"(?:[0-9]\s?[-~—–～至到]|[0-9]\s?(?:件|条|个|次|日|天)?[至~～])\s?$")
_RANGE_AFTER = re.compile(r"\s?(?:[-~—–～]|至)\s?[0-9]")


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of a sentence, in order, with exact spans of `text`.

    Left out: ordinals (第二十条), parts of codes and telephone numbers, ranges (3-5个), Chinese numerals that no unit
    follows (一是, 十四五). A number without a unit is given with unit None; whether it counts is for the reader.
    """
    yield from folded_quantities(fold(text))


def folded_quantities(folded: str) -> Iterator[Quantity]:
    """As `quantities`, of a text that is folded already."""
    position = 0
    while start := _START.search(folded, position):
        match = _QUANTITY.match(folded, start.start())
        if not match:
            position = start.end()
            continue
        found = _quantity(folded, match)
        if isinstance(found, Quantity):
            yield found
            position = found.end
        else:
            position = found


def _quantity(text: str, match: re.Match[str]) -> Quantity | int:
    """The quantity of a match, or where to go on searching if it is none."""
    number = "digits"
    unit = match["unit"]
    end = match.end("unit") if unit else -1
    multiplier = match["multiplier"] or ""
    if match["percent"]:
        value = _percent(match["percent"])
        return match.end() if value is None else Quantity(float(value), match.start(), match.end("percent"), "%", False)
    if match["grouped"]:
        # A comma may end a clause: "收到5，100%答复" holds two numbers, and "５，120条" is read only with a unit.
        if unit == "%" or (("，" in match["grouped"] or " " in match["grouped"]) and not (unit or multiplier)):
            head = re.match(r"[0-9]+", match["grouped"])
            stop = match.start() + (head.end() if head else 1)
            return Quantity(float(text[match.start() : stop]), match.start(), stop, None, _about(text, match))
        number = "grouped"
        amount = Decimal(re.sub(r"[,， ]", "", match["grouped"]) + (match["decimals"] or ""))
    elif match["digits"]:
        amount = Decimal(match["digits"])
        after = text[match.end("digits") : match.end("digits") + 2]
        if re.match(r"[A-Za-z_〕\]]|-[0-9]|\.[0-9]", after):
            return match.end("digits")
    else:
        number = "numeral"
        numeral = match["numeral"]
        read = chinese_number(numeral)
        if read is None and numeral in ("百", "千", "万") and (match["more"] or match["more_after"]):
            read = {"百": 100, "千": 1000, "万": 10_000}[numeral]
        if read is None or not (unit or multiplier or numeral in ("零", "〇")):
            return match.end("numeral")
        amount = Decimal(read)
    if _RANGE_BEFORE.search(text, max(0, match.start() - 6), match.start()) or _RANGE_AFTER.match(text, match.end()):
        return match.end()
    if multiplier:
        amount *= {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}[multiplier]
    if end < 0:
        end = max(match.end(name) for name in (number, "decimals", "more", "multiplier", "more_after") if match[name])
    return Quantity(float(amount), match.start(), end, unit, _about(text, match), multiplier)


def _percent(text: str) -> Decimal | None:
    """The number after 百分之: digits, a numeral, 百, or a numeral with decimals (九十八点五)."""
    if text[0].isdigit():
        return Decimal(text)
    whole, _, decimals = text.partition("点")
    value = 100 if whole == "百" else chinese_number(whole)
    if value is None or any(character not in _DIGITS for character in decimals):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[character]) for character in decimals) + "0")


def _about(text: str, match: re.Match[str]) -> bool:
    return bool(
        match["more"]
        or match["more_after"]
        or match["about"]
        or _BEFORE.search(text, max(0, match.start() - 5), match.start())
    )
