"""The PDF reader as a whole: what cannot be read, properties, page pictures, and places on the picture."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from pdf_drawing import Drawing
from PIL import Image

from gongkai.documents import pdf
from gongkai.documents.pdf import page_sizes, read, render_page
from gongkai.errors import UnreadableDocument


def simple(**options: str) -> bytes:
    drawing = Drawing(**options)  # type: ignore[arg-type]
    drawing.canvas.setTitle("某某区2023年年度报告")
    drawing.canvas.setAuthor("某某区人民政府办公室")
    drawing.text(70, 80, "一、总体情况", 16)
    return drawing.data()


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert str(caught.value).endswith(".")
    return caught.value.reason


def test_properties() -> None:
    content = read(simple())
    assert content.metadata["title"] == "某某区2023年年度报告"
    assert content.metadata["author"] == "某某区人民政府办公室"
    assert content.metadata["created"].startswith("D:")
    assert content.pages == 1


def test_encrypted() -> None:
    assert reason(simple(encrypt="secret")) == "encrypted"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"no pdf at all", simple()[:200]])
def test_damaged(data: bytes) -> None:
    assert reason(data) == "damaged"


def test_pictures_only() -> None:
    drawing = Drawing()
    drawing.canvas.rect(70, 70, 200, 200, fill=1)
    assert reason(drawing.data()) == "no_text"


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    drawing = Drawing()
    for _ in range(3):
        drawing.text(70, 80, "内容", 12)
        drawing.page()
    assert reason(drawing.data()) == "too_large"


def test_the_lock_is_free_after_an_error() -> None:
    assert reason(b"%PDF-1.4\n") == "damaged"
    assert read(simple()).blocks[0].text == "一、总体情况"


def test_page_sizes_and_pictures() -> None:
    data = simple()
    assert page_sizes(data) == [pytest.approx((595.28, 841.89), abs=0.1)]
    picture = Image.open(BytesIO(render_page(data, 1, scale=1.5)))
    assert picture.format == "PNG"
    assert picture.size == (893, 1263)


@pytest.mark.parametrize(("page", "scale"), [(0, 1.0), (2, 1.0), (1, 0.0), (1, 100.0)])
def test_pictures_out_of_range(page: int, scale: float) -> None:
    with pytest.raises(ValueError, match=r"Page|scale"):
        render_page(simple(), page, scale)


def test_reading_asks_for_no_installed_fonts_but_drawing_does() -> None:
    """A character alone in a font that no machine has is read; a picture drawn later is the same as before."""
    drawing = Drawing()
    for number, mark in enumerate("自然人12"):
        drawing.text(70, 80 + 20 * number, mark)
    data = drawing.data()
    before = render_page(data, 1)
    unknown = data.replace(b"/STSong-Light", b"/NoSuchFont-1")
    assert "".join(block.text for block in read(unknown).blocks) == "自然人12"
    assert render_page(data, 1) == before


def crop(data: bytes, box: str, rotate: int) -> bytes:
    """The file with a crop box and a rotation set on its page (the same page, seen through another window)."""
    marker = b"/MediaBox [ 0 0 595.2756 841.8898 ]"
    assert marker in data
    changed = data.replace(marker, marker + f" /CropBox [ {box} ]".encode()).replace(
        b"/Rotate 0", f"/Rotate {rotate}".encode()
    )
    # Offsets in the cross-reference table are off now; pdfium rebuilds it.
    return changed


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_stand_where_the_picture_shows_the_text(rotate: int) -> None:
    """The ink of the picture lies inside the box of the one line, for any rotation and crop box."""
    data = crop(simple(), "40 500 560 800", rotate)
    content = read(data)
    assert page_sizes(data)[0] == pytest.approx((300, 520) if rotate % 180 else (520, 300), abs=0.1)
    left, top, right, bottom = content.blocks[0].lines[0].box
    scale = 2.0
    picture = Image.open(BytesIO(render_page(data, 1, scale))).convert("L").point(lambda value: 255 - value)
    ink = picture.getbbox()
    assert ink is not None
    assert ink[0] >= left * scale - 4
    assert ink[1] >= top * scale - 4
    assert ink[2] <= right * scale + 4
    assert ink[3] <= bottom * scale + 4
    assert ink[2] - ink[0] > 0.8 * (right - left) * scale or ink[3] - ink[1] > 0.8 * (bottom - top) * scale


def test_text_and_rules_in_form_objects_are_placed_by_their_matrices() -> None:
    drawing = Drawing()
    drawing.canvas.beginForm("part")
    drawing.table([0, 60, 120], [0, 20, 40], [["甲", "1"], ["乙", "2"]])
    drawing.canvas.endForm()
    drawing.canvas.saveState()
    drawing.canvas.translate(100, -200)
    drawing.canvas.scale(1.5, 1.5)
    drawing.canvas.translate(0, -300)
    drawing.canvas.doForm("part")
    drawing.canvas.restoreState()
    (table,) = [block for block in read(drawing.data()).blocks if block.table is not None]
    assert [cell.text for cell in table.cells] == ["甲", "1", "乙", "2"]
    box = table.cells[3].box
    # The form's top left (0, 842) comes to x = 100, y = 1.5 * (842 - 300) - 200, measured from below.
    top = 841.89 - (1.5 * (841.89 - 300) - 200)
    assert box == pytest.approx((190, top + 30, 280, top + 60), abs=0.7)


def drawn(content: bytes, side: int = 842) -> bytes:
    """A file of one page with this content stream; the font F is Helvetica."""
    stream = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>" % (side, side),
        b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


SQUARES = b"".join(
    b"%s g %d %d 30 20 re f\n" % (b"1" if number % 2 else b".5", number * 13 % 560, number * 17 % 820)
    for number in range(20_000)
)
SHORT_RULES = b"".join(
    b"%d %d m %d %d l S %d %d m %d %d l S\n" % (x, y, x + 5, y, x, y, x, y + 55)
    for x, y in ((number * 8 % 14_000, number * 8 // 14_000 * 60) for number in range(15_000))
)
SQUARED_PAPER = b"".join(b"%d 0 m %d 14400 l S 0 %d m 14400 %d l S\n" % ((number * 9,) * 4) for number in range(1_600))


@pytest.mark.parametrize(("content", "side"), [(SQUARES, 842), (SHORT_RULES, 14_400), (SQUARED_PAPER, 14_400)])
def test_a_page_of_drawings_is_read_without_them(content: bytes, side: int) -> None:
    """The work grows with what is drawn, not with its square."""
    text = b"0 g BT /F 12 Tf 70 700 Td (annual report 2023) Tj ET"
    assert [block.text for block in read(drawn(content + text, side)).blocks] == ["annual report 2023"]


def test_a_compressed_bomb_of_a_page_is_read_or_refused() -> None:
    """A page that says the same thing again and again ends in time."""
    assert reason(drawn(b"0 0 m 10 10 l S\n" * 200_000)) == "no_text"
