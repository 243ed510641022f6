"""The one door: formats by content, one clear line for each kind of bad input, nothing else ever raised."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ole_files import Part, container
from ole_files import WordFile as OldWordFile
from word_files import archive, docx, paragraph, row, table

from gongkai.documents import ocr, reader
from gongkai.documents.model import Document, Kind
from gongkai.documents.reader import read_bytes, read_document
from gongkai.errors import UnreadableDocument

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
WORD = docx(paragraph("某局2023年政府信息公开工作年度报告") + table(row("许可", "1"), row("处罚", "2")))
PAGE = "<html><head><title>年报</title></head><body><p>某局年度报告</p></body></html>"
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.x.gov.cn/1.html\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"PHA+5p+Q5bGA5bm05bqm5oql5ZGKPC9wPg==\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (WORD, "报告.doc", "docx"),
        (OldWordFile([Part("某局2023年政府信息公开工作年度报告\r")]).bytes(), "报告.docx", "doc"),
        (PAGE.encode(), "报告.docx", "html"),
        (PAGE.encode("gbk"), "报告.doc", "html"),
        (PAGE.encode("utf-16"), "报告.xls", "html"),
        (b"<!-- x --><?xml version='1.0'?>\n<!-- y --><!DOCTYPE html><p>\xe6\x96\x87", "a", "html"),
        ("某局年度报告<br>甲<br/>乙<br>丙<br>丁".encode(), "a.txt", "html"),
        ("# 某局年度报告\n\n<table><tr><td>许可</td><td>1</td></tr></table>\n\n二、".encode(), "a.md", "md"),
        ("| 甲<br>甲 | 乙<br>乙 |\n|---|---|\n| 1<br>2 | 3<br>4 |\n".encode(), "a.md", "txt"),
        (MHTML, "a.mht", "mhtml"),
        ("某局年度报告".encode("gbk"), "报告.pdf", "txt"),
        ("甲 < 乙，且 <标题> 不是标签".encode(), "a.html", "txt"),
    ],
)
def test_the_content_tells_the_format(data: bytes, name: str, form: str) -> None:
    document = read_bytes(data, name)
    assert (document.format, document.name, document.sha256) == (form, name, hashlib.sha256(data).hexdigest())
    assert document.blocks


def test_saved_page_in_one_file_knows_its_address() -> None:
    document = read_bytes(MHTML, "a.mht")
    assert (document.text, document.metadata) == ("某局年度报告", {"url": "http://www.x.gov.cn/1.html"})


def test_text_with_pages_tables_in_it() -> None:
    source = (
        "# 某局年度报告\n第一段\n第二段\n<table><tr><td rowspan=2>组</td><td>1</td></tr><tr><td>2</td></tr></table>\n尾"
    )
    document = read_bytes(source.encode(), "a.md")
    assert [block.text for block in document.blocks] == ["某局年度报告", "第一段", "第二段", "组\t1\n2", "尾"]
    assert document.blocks[3].cells[0].rowspan == 2


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (b"", "empty", "empty"),
        (b"\xef\xbb\xbf \r\n\x00", "empty", "empty"),
        (container({"EncryptedPackage": b"", "Workbook": b""}), "encrypted", "password"),
        (container({"PowerPoint Document": b""}), "unsupported", ".ppt"),
        (container({"CONTENTS": b""}, {"WordDocument": b""}), "unsupported", "Office"),
        (container({"WordDocument": b""}), "damaged", "damaged"),
        (container({"Workbook": b""}), "damaged", "damaged"),
        (container({})[:512], "damaged", "damaged"),
        (b"{\\rtf1\\ansi}", "no_text", "no text"),
        (b"Rar!\x1a\x07\x01\x00", "unsupported", "archive"),
        (b"7z\xbc\xaf\x27\x1c\x00", "unsupported", "archive"),
        (b"\x00\x00\x00\x18ftypheic\x00", "unsupported", "picture"),
        (archive({"OFD.xml": "<x/>"}), "no_text", "no text"),
        (archive({"a/报告.docx": WORD}), "unsupported", "archive"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged", "OpenDocument"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.graphics"}), "unsupported", "OpenDocument"),
        (archive({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "unsupported", ".pptx"),
        (archive({}), "empty", "empty"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', "damaged", "Word"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"><', "damaged", "Word"),
        (WORD[: len(WORD) // 2], "damaged", "damaged"),
        (docx(""), "no_text", "no text"),
        (b"<html><body><img src=1.png></body></html>", "no_text", "no text"),
        (b"\x01\x02\x03\x80\x90\xff" * 300, "not_text", "nor text"),
        (b"%PDF-1.7 broken", "damaged", "PDF"),
    ],
)
def test_bad_input_in_one_line(data: bytes, reason: str, says: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, "某局.docx")
    message = str(caught.value)
    assert caught.value.reason == reason
    assert message.startswith("某局.docx: ")
    assert says in message
    assert "\n" not in message


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "某局.txt"
    path.write_text("某局年度报告", encoding="utf-8")
    assert read_document(path).name == "某局.txt"
    assert read_document(path, name="上传/某局.txt").name == "上传/某局.txt"
    with pytest.raises(UnreadableDocument) as caught:
        read_document(tmp_path / "没有.txt")
    assert caught.value.reason == "damaged"
    with pytest.raises(UnreadableDocument) as caught:
        read_document(tmp_path)
    assert caught.value.reason == "damaged"
    monkeypatch.setattr(reader, "LARGEST_FILE", 3)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    assert caught.value.reason == "too_large"


def test_large_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST_TEXT", 10)
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(b"0123456789a", "a.txt")
    assert caught.value.reason == "too_large"


def assert_sound(document: Document) -> None:
    """What holds of every document: numbered blocks, tables whose cells lie within them, text that can be stored."""
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))
    tables = [block for block in document.blocks if block.kind is Kind.TABLE]
    assert [block.table for block in tables] == list(range(len(tables)))
    for block in tables:
        assert block.text.strip()
        for each in block.cells:
            assert 0 <= each.row < each.row + each.rowspan <= block.rows
            assert 0 <= each.column < each.column + each.colspan <= block.columns
        assert len({(each.row, each.column) for each in block.cells}) == len(block.cells)
    document.text.encode("utf-8")
    assert "\x00" not in document.text


def sound_or_unreadable(data: bytes) -> None:
    reason = None
    try:
        assert_sound(read_bytes(data, "任意"))
    except UnreadableDocument as error:
        reason = error.reason
    assert reason in {None, "empty", "too_large", "encrypted", "damaged", "unsupported", "not_text", "no_text"}


MAGICS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        container({}),
        b"<html>",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"MIME-Version: 1.0\r\n",
        b"BM",
        b"{\\rtf",
    ]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(MAGICS, st.binary(max_size=400))
@example(b"", b"\xed\xa0\x80")
@example(b"\xff\xfe", b"\x00\xd8\x00")
def test_no_bytes_crash(magic: bytes, rest: bytes) -> None:
    sound_or_unreadable(magic + rest)


TAGS = """
<table> <tr> <td> <td/rowspan=3> <td/colspan=4> <th/rowspan=0> </td> </tr> </table> <p> </p> <br> <h2> </h2>
<div> </div>
<ol/type=1> <li> </ol> <pre> </pre> <textarea> <svg> <math> <select> <template> <frameset> <caption> <b> </b> <span>
<!-- --> <input/value=3> <body> <html> <form> <nav> </nav> <script> </script> <a/href=1> &#0; &#xD800; &nbsp;
"""
SCRAPS = st.sampled_from([*TAGS.split(), "共12件", "总计：", " ", "\n", "\t", "1|2\n", "\u200b"])


@settings(max_examples=300, deadline=None)
@given(st.lists(SCRAPS, max_size=40))
def test_no_page_crashes(scraps: list[str]) -> None:
    sound_or_unreadable(("<p>文" + "".join(scraps)).encode())


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["1", "总计", "\t", "\t\t", "  ", "   ", "\n", "\n\n", "|", "│", "---", "┌", "# ", "。", "- ", "*"]
        ),
        max_size=60,
    )
)
def test_no_text_crashes(scraps: list[str]) -> None:
    sound_or_unreadable("".join(scraps).encode())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_spoilt_word_file_crashes(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(WORD)
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    sound_or_unreadable(bytes(data))


WORD_TAGS = """
p tbl tr tc r t br tab sdt sdtContent ins del fldChar txbxContent drawing vMerge gridSpan tcPr pPr numPr trPr
"""
ELEMENTS = st.sampled_from(WORD_TAGS.split())
XML = st.recursive(
    st.sampled_from(
        ["", "文", "<w:t>字</w:t>", '<w:gridSpan w:val="-3"/>', '<w:vMerge w:val="x"/>', '<w:ilvl w:val="99"/>']
    ),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>", ELEMENTS, st.lists(inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(XML)
def test_no_word_xml_crashes(body: str) -> None:
    sound_or_unreadable(docx(body + paragraph("文"), {"styles": "", "numbering": ""}))


def seed(number: str) -> Document:
    found = sorted(SEEDS.glob(f"{number}_*.txt")) if SEEDS.is_dir() else []
    if not found:
        pytest.skip("the sample reports (../shared/seeds beside the project) are not here")
    return read_document(found[0])


def test_seed_with_statutory_tables() -> None:
    document = seed("001")
    assert_sound(document)
    tables = [block for block in document.blocks if block.kind is Kind.TABLE]
    assert [(block.rows, block.columns) for block in tables] == [(13, 11), (28, 11), (4, 15)]
    assert all(block.ruled for block in tables)
    last = {each.column: each.text for each in tables[2].cells if each.row == 3}
    assert last == dict.fromkeys(range(15), "0")


@pytest.mark.parametrize(("number", "blocks"), [("000", 25), ("002", 22), ("003", 32), ("004", 23)])
def test_seeds_of_prose(number: str, blocks: int) -> None:
    document = seed(number)
    assert_sound(document)
    assert len(document.blocks) == blocks
    assert not any(block.kind is Kind.TABLE for block in document.blocks)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"RIFF\x00\x00\x00\x00WEBPVP8 "]
)
def test_a_picture_needs_the_extra_or_is_damaged(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(UnreadableDocument, match="make setup-ocr") as refused:
        read_bytes(data, "扫描.docx")
    assert refused.value.reason == "no_text"
    monkeypatch.setattr(ocr, "available", lambda: True)
    with pytest.raises(UnreadableDocument) as broken:
        read_bytes(data, "扫描.docx")
    assert broken.value.reason == "damaged"


def test_large_pictures_in_a_word_file_are_named() -> None:
    stream = io.BytesIO(WORD)
    with zipfile.ZipFile(stream, "a") as target:
        target.writestr("word/media/image1.png", bytes(20_000))
        target.writestr("word/media/logo.png", bytes(2_000))
    assert read_bytes(stream.getvalue(), "a.docx").unread == ("image1.png",)
