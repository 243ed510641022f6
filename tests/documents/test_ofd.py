"""OFD: the same page as a PDF gives the same blocks; every way to place characters and to draw lines; bad files."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ofd_files import MM, OfdFile, number
from pdf_drawing import Drawing

from gongkai.documents import ocr
from gongkai.documents.model import Kind
from gongkai.documents.ofd_page import deltas
from gongkai.documents.reader import read_bytes
from gongkai.errors import UnreadableDocument

TITLE = "某局2023年政府信息公开工作年度报告"
ROWS = [("行政许可", "128"), ("行政处罚", "7"), ("行政强制", "0")]


def table(file: OfdFile, top: float = 200.0) -> None:
    for line in range(len(ROWS) + 1):
        file.rule(100, top + 30 * line, 400, top + 30 * line)
    for x in (100, 300, 400):
        file.rule(x, top, x, top + 30 * len(ROWS))
    for line, (label, value) in enumerate(ROWS):
        file.text(110, top + 20 + 30 * line, label)
        file.text(340, top + 20 + 30 * line, value)


def test_text_and_a_ruled_table_with_their_places() -> None:
    file = OfdFile(title=TITLE).page()
    file.text(180, 100, TITLE, 16)
    table(file)
    document = read_bytes(file.bytes(2), "年报.pdf")
    assert (document.format, document.pages, document.metadata) == ("ofd", 2, {"title": TITLE})
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH, Kind.TABLE] * 2
    assert document.blocks[0].text == TITLE
    block = document.blocks[3]
    assert (block.page, block.text) == (2, "行政许可\t128\n行政处罚\t7\n行政强制\t0")
    assert block.cells[3].box == pytest.approx((300, 230, 400, 260), abs=0.05)
    left, top, right, bottom = document.blocks[0].lines[0].box
    assert (left, bottom - top) == pytest.approx((180, 16), abs=0.05)
    assert right - left == pytest.approx(16 * 15 + 8 * 4, abs=0.1)


def test_the_same_page_as_pdf_gives_the_same_blocks() -> None:
    drawing, file = Drawing(), OfdFile(595.2756, 841.8898).page()
    for top, text in (
        (100, "　　一、总体情况"),
        (140, "　　本局全年主动公开信息128条，其中规范性文件7件，"),
        (168, "均已按时公开。"),
    ):
        indent = 2 * 16 if text.startswith("　") else 0
        drawing.text(90 + indent, top, text.strip("　"), 16)
        file.text(90 + indent, top + 0.88 * 16, text.strip("　"), 16)
    for y in (300, 330, 360):
        drawing.rule(100, y, 400, y)
        file.rule(100, y, 400, y)
    for x in (100, 300, 400):
        drawing.rule(x, 300, x, 360)
        file.rule(x, 300, x, 360)
    for y, label, value in ((308, "行政许可", "128"), (338, "行政处罚", "7")):
        for x, text in ((110, label), (340, value)):
            drawing.text(x, y, text)
            file.text(x, y + 0.88 * 12, text)
    ours, theirs = read_bytes(file.bytes(), "a"), read_bytes(drawing.data(), "b")
    assert [(block.kind, block.text) for block in ours.blocks] == [(block.kind, block.text) for block in theirs.blocks]
    assert len(ours.blocks) == 3


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("1 2 3", 4, [1, 2, 3]),
        ("g 3 4.5", 4, [4.5, 4.5, 4.5]),
        ("1 g 2 0.5 7", 5, [1, 0.5, 0.5, 7]),
        ("g 1000000000 2", 3, [2, 2, 2]),
        ("g x 2 g", 3, []),
        (None, 3, []),
    ],
)
def test_distances_of_glyphs(text: str | None, count: int, expected: list[float]) -> None:
    assert deltas(text, count) == expected


def test_spread_and_turned_texts() -> None:
    file = OfdFile().page()
    file.text(100, 100, "办理结果", 12, deltas=f"g 3 {number(24 * MM)}")
    # Turned by a matrix to run downwards, scaled to half the size.
    matrix = ' CTM="0 0.5 -0.5 0 20 0"'
    file.text(300, 300, "合计", 24, deltas=None, more=matrix)
    file.text(100, 400, "草稿", 60, more=' CTM="0.7 0.7 -0.7 0.7 0 0"')
    file.text(100, 500, "看不见", 12, more=' Visible="false"')
    [spread, *_] = read_bytes(file.bytes(), "a").blocks
    text = "\n".join(block.text for block in read_bytes(file.bytes(), "a").blocks)
    assert "办" in spread.text
    assert spread.lines[0].box[2] == pytest.approx(100 + 3 * 24 + 12, abs=0.1)
    assert "草" not in text
    assert "看不见" not in text


@pytest.mark.parametrize(
    "frame",
    [
        # A stroked rectangle, closed; thin filled bars; lines in one path.
        "M 0 0 L 105.8333 0 L 105.8333 10.5833 L 0 10.5833 C M 70.5556 0 L 70.5556 10.5833",
        "M 0 0 L 105.8333 0 S 0 0 L 0 10.5833 M 105.8333 0 L 105.8333 10.5833 M 0 10.5833 L 105.8333 10.5833 "
        "M 70.5556 0 L 70.5556 10.5833",
    ],
)
def test_lines_of_a_table_however_they_are_drawn(frame: str) -> None:
    file = OfdFile().page()
    file.raw(
        f'<ofd:PathObject ID="3" Boundary="{100 * MM} {200 * MM} 110 12">'
        f"<ofd:AbbreviatedData>{frame}</ofd:AbbreviatedData></ofd:PathObject>"
    )
    file.text(110, 220, "行政许可")
    file.text(340, 220, "128")
    [block] = read_bytes(file.bytes(), "a").blocks
    assert (block.kind, block.ruled, block.text) == (Kind.TABLE, True, "行政许可\t128")


def test_a_template_lies_under_each_page() -> None:
    file = OfdFile().page()
    table(file)
    file.template, file.pages = file.pages[0], [[]]
    file.text(100, 100, "二、主动公开政府信息情况", 16)
    assert [block.kind for block in read_bytes(file.bytes(), "a").blocks] == [Kind.PARAGRAPH, Kind.TABLE]


def test_a_page_that_is_a_picture_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    file = OfdFile().page()
    file.text(100, 100, TITLE)
    file.page().picture((0, 0, 595, 842), b"\x89PNG")
    assert read_bytes(file.bytes(), "a").unread == ("2",)
    only = OfdFile().page()
    only.picture((0, 0, 595, 842), b"\x89PNG")
    with pytest.raises(UnreadableDocument, match="make setup-ocr") as refused:
        read_bytes(only.bytes(), "a")
    assert refused.value.reason == "no_text"


def _with(data: bytes, name: str, content: bytes | None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
            elif content is not None:
                target.writestr(entry, content)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
@pytest.mark.parametrize("content", [None, b"<broken"])
def test_missing_and_broken_parts(name: str, content: bytes | None) -> None:
    file = OfdFile().page()
    table(file)
    with pytest.raises(UnreadableDocument) as refused:
        read_bytes(_with(file.bytes(), name, content), "a")
    assert refused.value.reason == "damaged"


@given(
    path=st.text(alphabet="MLSCQBA 0123456789.-e", max_size=60),
    delta=st.text(alphabet="g 0123456789.-e", max_size=40),
    matrix=st.text(alphabet="0123456789.- e", max_size=40),
    text=st.text(min_size=1, max_size=20, alphabet=st.characters(exclude_categories=("Cs", "Cc"))),
)
def test_any_numbers_end_in_blocks(path: str, delta: str, matrix: str, text: str) -> None:
    file = OfdFile().page()
    file.text(100, 100, TITLE)
    file.text(100, 200, text, deltas=delta, more=f' CTM="{matrix}"')
    file.raw(
        f'<ofd:PathObject ID="3" Boundary="{matrix}"><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>'
    )
    assert TITLE in read_bytes(file.bytes(), "a").text
