"""Blanks and the width of characters change no finding; a hostile text costs bounded time."""

from __future__ import annotations

import time
import unicodedata

import pytest
from check_reports import REPORT, document, findings, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.checks.words import LONGEST, MOST, Words
from gongkai.records import Finding

CLEAN = [
    "2023年,我局认真贯彻落实《条例》(国务院令第711号),公开信息120条,其中网站80条、微信40条。",
    "收到申请4件,办结4件,办结率100%。与2022年相比增长12%。",
    "按照国办公开办函〔2021〕30号要求编制;申请人张某某要求公开的信息已答复。",
]
WRONG = [
    "沭阳县教育局认真贯彻落实《条例》。",
    "公开信息XX条,回应×次,落款2024年×月×日。",
    "根据国办发〔2021〕30号和(国务院令第492号)编制。",
    "共公开信息100条,其中网站60条、微信50条。",
    "收到申请200件,办结190件,办结率98%。",
    "统计期限自2022年1月1日起至2022年12月31日止。",
    "申请人王晓梅要求公开材料,身份证号110101199003070716。",
]
WIDE = str.maketrans({**{str(n): chr(0xFF10 + n) for n in range(10)}, ",": "，", "(": "（", ")": "）", "%": "％"})


def told(found: list[Finding]) -> list[tuple[str, ...]]:
    def plain(text: str | None) -> str:
        return "".join(unicodedata.normalize("NFKC", text or "").split())

    return sorted((one.check, one.detail.get("reason", ""), plain(one.expected), plain(one.found)) for one in found)


@settings(max_examples=60)
@given(st.data())
@pytest.mark.parametrize(("said", "count"), [(CLEAN, 0), (WRONG, 11)])
def test_blanks_and_width_change_nothing(said: list[str], count: int, data: st.DataObject) -> None:
    plain = lines(*said)
    expected = told(findings(REPORT, document(*plain)))
    assert len(expected) == count
    changed = []
    for line in plain:
        text = line.translate(WIDE) if data.draw(st.booleans()) else line
        blank = data.draw(st.sampled_from(["", " ", "　", "\u00a0"]))
        places = data.draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=6))
        changed.append("".join((blank if place in places else "") + sign for place, sign in enumerate(text)))
    assert told(findings(REPORT, document(*changed))) == expected


@pytest.mark.parametrize(
    "token",
    [
        "其中1条",
        "XX条",
        "（此处",
        "县财政局",
        "年县",
        "国办发〔2021〕30号",
        "2023年1月1日",
        "信息  条",
        "申请人王",
        "1",
    ],
)
def test_a_hostile_text_costs_bounded_time_and_gives_few_findings(token: str) -> None:
    blocks = document(*lines("x"), token * (LONGEST // 4 // len(token)))
    start = time.process_time()
    found = findings(REPORT, blocks)
    assert time.process_time() - start < 10
    assert len(found) <= 6 * MOST
    assert len(Words(document(token * LONGEST)).text) <= LONGEST + 1


def test_words_lead_back_to_their_block() -> None:
    blocks = document("一 、总 体", "２０２３ 年 公开")
    words = Words(blocks)
    assert words.text == "一、总体\n2023年公开\n"
    place = words.evidence(5, 10)
    assert (place.block, place.quote) == (1, "２０２３ 年")
    assert words.sentence(5, 10) == "2023年公开"
    assert words.before(9, 4) == "2023"
    assert words.evidence(2, 9).quote == "总 体"
