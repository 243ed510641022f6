"""Numbers in cells and in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.parsing.numbers import chinese_number, plain_number, quantities

CELLS = [
    ("0", 0.0),
    ("12,888", 12888.0),
    ("12，888", 12888.0),
    ("1,234,567.89", 1234567.89),
    ("2 1", 21.0),
    ("1\n2", 12.0),
    (" ３４ ", 34.0),
    ("７７３０．２８", 7730.28),
    ("0.0000", 0.0),
    ("-5", -5.0),
    ("−5", -5.0),
    ("－5", -5.0),
    ("+3", 3.0),
    ("二十三", 23.0),
    ("一百零五", 105.0),
    ("两", 2.0),
    ("十", 10.0),
    ("零", 0.0),
    ("一万零五百", 10500.0),
]
NO_NUMBER = [
    *("", " ", "/", "-", "—", "无", "24.5。", "∸ 44 1", "5件", "1.2.3", "1,2", "12,88", ".5", "5.", "1/2", "5%"),
    *("百", "一千二", "二〇二三", "三三", "十百", "零五", "一百零", "1万", "二十三件", "十四五", "A5", "∞", "٣"),
]


@pytest.mark.parametrize(("text", "value"), CELLS)
def test_a_cell_that_is_one_number(text: str, value: float) -> None:
    assert plain_number(text) == value


@pytest.mark.parametrize("text", NO_NUMBER)
def test_anything_else_is_no_number(text: str) -> None:
    assert plain_number(text) is None


def numeral(value: int) -> str:
    """The usual Chinese numeral of a whole number below 10^8."""
    digits = "零一二三四五六七八九"

    def section(number: int) -> str:
        out, skipped = "", False
        for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, number = divmod(number, power)
            if digit:
                out += ("零" if skipped and out else "") + digits[digit] + sign
                skipped = False
            elif out and number:
                skipped = True
        return out

    if value == 0:
        return "零"
    high, low = divmod(value, 10_000)
    out = section(high) + "万" if high else ""
    if low:
        out += ("零" if high and low < 1000 else "") + section(low)
    return out[1:] if out.startswith("一十") else out


@given(st.integers(0, 10**8 - 1))
def test_chinese_numerals_round_trip(value: int) -> None:
    assert chinese_number(numeral(value)) == value
    assert plain_number(numeral(value)) == value


@given(st.decimals(0, 10**9, places=2))
def test_separators_and_full_width_digits_round_trip(value: object) -> None:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    for text in (f"{value}", f"{value:,}", f"{value:,}".replace(",", "，"), f"{value}".translate(wide)):
        assert plain_number(text) == float(str(value))


@given(st.text(alphabet="0123456789.,，一二十百千万零余件条%元 -第〔〕年至近", max_size=30))
def test_spans_are_exact_and_in_order(text: str) -> None:
    position = 0
    for found in quantities(text):
        assert position <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip() == text[found.start : found.end]
        if found.unit:
            assert text[found.start : found.end].endswith(found.unit) or found.unit == "%"
        position = found.end


@given(st.text(max_size=200))
def test_no_text_breaks_the_scanner(text: str) -> None:
    list(quantities(text))
    plain_number(text)


SENTENCES = [
    ("公开政务信息70万余条", [("70万余条", 700000.0, "条", True)]),
    ("收到近三百件", [("三百件", 300.0, "件", True)]),
    ("共二十三件", [("二十三件", 23.0, "件", False)]),
    ("受理 21 件，公开1136 条", [("21 件", 21.0, "件", False), ("1136 条", 1136.0, "条", False)]),
    ("发布１，136条", [("１，136条", 1136.0, "条", False)]),
    ("收费7730.28万元", [("7730.28万元", 77302800.0, "元", False)]),
    ("整改百余条", [("百余条", 100.0, "条", True)]),
    ("约1.2万次左右", [("1.2万次", 12000.0, "次", True)]),
    ("答复率百分之九十八点五", [("百分之九十八点五", 98.5, "%", False)]),
    ("满意度为98.55％", [("98.55％", 98.55, "%", False)]),
    ("收到5，100%答复", [("5", 5.0, None, False), ("100%", 100.0, "%", False)]),
    ("自2008年5月1日", [("2008", 2008.0, None, False), ("5", 5.0, None, False), ("1", 1.0, None, False)]),
    ("第二十条第（一）项、第5条", []),
    ("电话0517-87222589", []),
    ("3-5个工作日、3至5件", []),
    ("一是、十四五、数十件、上百条、一次性办结", []),
    ("制定条例2条例", [("2", 2.0, None, False)]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_quantities_of_a_sentence(text: str, expected: list[tuple[str, float, str | None, bool]]) -> None:
    assert [(text[q.start : q.end], q.value, q.unit, q.approximate) for q in quantities(text)] == expected
