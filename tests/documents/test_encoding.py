"""Bytes → text: what the bytes are decides, whatever a page declares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.encoding import decode
from gongkai.errors import UnreadableDocument

REPORT = (
    "某市人民政府办公室2023年政府信息公开工作年度报告\r\n\r\n一、总体情况\r\n"
    "本年度共收到政府信息公开申请12件，均按时答复，没有发生行政复议、行政诉讼。\r\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_of_chinese_offices(encoding: str) -> None:
    assert decode(REPORT.encode(encoding)) == REPORT


def test_utf16_without_mark_and_without_any_ascii() -> None:
    text = "某市人民政府办公室政府信息公开工作年度报告，根据条例要求，由本机关编制，现向社会公布，欢迎监督。" * 3
    assert decode(text.encode("utf-16-le")) == text
    assert decode(text.encode("utf-16-be")) == text


def test_big5() -> None:
    text = "政府資訊公開年度報告：本年度共收到申請十二件，均已依規定辦理，沒有發生訴願及行政訴訟。"
    assert decode(text.encode("big5")) == text


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1", "nonsense", "big5"])
@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_a_charset_that_lies(declared: str, real: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{REPORT}</p></body></html>'
    assert decode(page.encode(real)) == page


def test_rare_characters_of_names_and_places() -> None:
    text = f"{REPORT}赵䶮、𬭎、㙍口乡、〇、①②③、€"
    assert decode(text.encode("gb18030")) == text


def test_some_damage_is_read_around() -> None:
    cut = (REPORT * 20).encode("utf-8")[:-4]
    assert decode(cut).startswith(REPORT)
    spoilt = REPORT.encode("gbk") + b"\xff\xff" + (REPORT * 5).encode("gbk")
    assert REPORT in decode(spoilt)


def test_short_and_plain_texts() -> None:
    assert decode("无".encode("gbk")) == "无"
    assert decode(b"plain") == "plain"


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 500, b"\x9f\x02\xff\xfe\x11\x80" * 300],
)
def test_garbage_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode(data)
    assert caught.value.reason == "not_text"


@given(
    st.text(
        st.sampled_from("政府信息公开申请报告年度工作情况的一是在不了有和人这中 12，。\n"), min_size=12, max_size=200
    )
)
def test_any_chinese_text_comes_back(text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        assert decode(text.encode(encoding)) == text
