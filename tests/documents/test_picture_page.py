"""From recognised words to blocks, without the recognition itself: the words of a page are given."""

from __future__ import annotations

import pytest

from gongkai.documents import ocr
from gongkai.documents.model import Kind
from gongkai.documents.pdf_blocks import blocks_of
from gongkai.documents.pdf_model import Rule

np = pytest.importorskip("numpy")
pytest.importorskip("cv2", reason="the extra `ocr` is not installed (make setup-ocr)")

from gongkai.documents import picture_page, picture_rules  # noqa: E402
from gongkai.documents.picture_page import ScannedPage, characters  # noqa: E402

DOTS = picture_rules.DOTS


def words(text: str, left: float, top: float, size: float, score: float = 0.99) -> ocr.Words:
    """Words at a place in points, as the recognition gives them in pixels."""
    marks = tuple(
        ocr.Mark(mark, score, (left + place * size) * DOTS, (left + (place + 1) * size) * DOTS)
        for place, mark in enumerate(text)
    )
    return ocr.Words(left * DOTS, top * DOTS, marks[-1].right, (top + size) * DOTS, marks)


def test_words_and_rules_become_a_table() -> None:
    page = ScannedPage(1, 595.0, 842.0)
    page.horizontals = [Rule(y, 100, 400) for y in (200.0, 230.0, 260.0)]
    page.verticals = [Rule(x, 200, 260) for x in (100.0, 300.0, 400.0)]
    found = [
        words("一、主动公开政府信息情况", 90, 150, 16),
        words("行政许可", 110, 208, 12),
        words("128", 340, 208, 6),
        words("行政处罚", 110, 238, 12.6),
        words("7", 340, 238, 6, score=0.3),
    ]
    page.chars = characters(found, DOTS)
    blocks, _ = blocks_of([page])
    assert [block.kind for block in blocks] == [Kind.PARAGRAPH, Kind.TABLE]
    assert blocks[1].text == "行政许可\t128\n行政处罚\t\ufffd"
    assert blocks[1].cells[1].box == (300.0, 200.0, 400.0, 230.0)


def test_a_box_on_a_tilted_page_is_shown_where_it_stands() -> None:
    page = ScannedPage(1, 600.0, 800.0, tilt=90.0)
    assert page.shown((550.0, 395.0, 560.0, 405.0)) == (295.0, 140.0, 305.0, 150.0)
    turned = ScannedPage(1, 600.0, 800.0, turn=1)
    assert turned.shown((0.0, 0.0, 10.0, 20.0)) == (0.0, 590.0, 20.0, 600.0)


def drawn(shape: tuple[int, int], strokes: list[tuple[int, int, int, int]]) -> object:
    picture = np.full((*shape, 3), 250, np.uint8)
    for left, top, right, bottom in strokes:
        picture[top:bottom, left:right] = 20
    return picture


def test_rules_are_told_from_strokes_of_characters() -> None:
    # A frame with a line through it; 一 beside a heading, 二 within a cell.
    strokes = [(200, 300, 1200, 303), (200, 400, 1200, 403), (200, 500, 1200, 503)]
    strokes += [(200, 300, 203, 503), (700, 300, 703, 503), (1200, 300, 1203, 503)]
    strokes += [(100, 100, 180, 104), (300, 440, 380, 444)]
    horizontals, verticals, lines = picture_rules.rules(picture_rules.ink(drawn((1000, 1400), strokes)))
    assert sorted(round(rule.at * DOTS) for rule in horizontals) == [301, 401, 501]
    assert sorted(round(rule.at * DOTS) for rule in verticals) == [201, 701, 1201]
    assert not lines[90:110].any()
    assert not lines[435:450, 300:380].any()


@pytest.mark.parametrize("degrees", [-3.2, -0.4, 0.0, 1.5])
def test_a_tilted_page_is_straightened(degrees: float) -> None:
    strokes = [(200, y, 1200, y + 3) for y in range(200, 1800, 60)]
    tilted = picture_rules.straight(drawn((2000, 1400), strokes), -degrees)
    assert picture_rules.tilt(picture_rules.ink(tilted)) == pytest.approx(degrees, abs=0.06)


def test_ink_without_a_character_is_no_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    strokes = [(200, y, 1200, y + 3) for y in (300, 400, 500)] + [(x, 300, x + 3, 503) for x in (200, 700, 1200)]
    marks = [(900, 335, 910, 368), (400, 452, 404, 455)]
    picture = drawn((1000, 1400), [*strokes, *marks])
    monkeypatch.setattr(ocr, "recognise", lambda _: [words("行政许可", 100, 122, 12)])
    monkeypatch.setattr(ocr, "recognise_line", lambda _: ())
    [block] = blocks_of([picture_page.page_of(picture, 1)])[0]
    assert [cell.text for cell in block.cells] == ["行政许可", "\ufffd", "", ""]
    # A second look that is sure counts.
    monkeypatch.setattr(ocr, "recognise_line", lambda _: (ocr.Mark("1", 0.99, 0, 9),))
    [block] = blocks_of([picture_page.page_of(picture, 1)])[0]
    assert [cell.text for cell in block.cells] == ["行政许可", "1", "", ""]
