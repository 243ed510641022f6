"""Pictures that may show a table are marked behind the text they stand below; icons and logos are not."""

from __future__ import annotations

import pytest
from word_files import docx

from gongkai.documents import docx as word
from gongkai.documents import html, picture_marks


@pytest.mark.parametrize(
    ("attributes", "counts"),
    [
        ({"src": "./W020230118.png"}, True),
        ({"src": "", "data-src": "https://mmbiz.example/640?wx_fmt=png", "width": "100%"}, True),
        ({"src": "a.jpg", "width": "610", "height": "300px"}, True),
        ({"src": "a.jpg", "style": "border:0;width: 580.5px"}, True),
        ({"src": "data:image/png;base64," + "A" * 9000}, True),
        ({"src": "data:image/png;base64,AAAA"}, False),
        ({"src": "a.jpg", "width": "16"}, False),
        ({"src": "a.jpg", "style": "width:40px;height:40px"}, False),
        ({"src": "/images/logo.png"}, False),
        ({"src": "/ewm.png"}, False),
        ({}, False),
    ],
)
def test_pictures_of_a_page(attributes: dict[str, str], counts: bool) -> None:
    assert picture_marks.in_page(attributes) is counts


def test_where_a_page_has_its_pictures() -> None:
    page = (
        '<img src="top.jpg"><h2>二、主动公开</h2><p>&nbsp;<img src="a.png"></p><p>三、申请<img src="b.png"><br>'
        '<img src="c.png"></p><a href="1"><img src="d.jpg"></a><p>四、复议</p>'
        "<table><tr><td>维持</td><td>0</td></tr><tr><td>纠正</td><td>1</td></tr></table>"
        '<img src="e.png"><p>五、问题</p>'
    )
    assert [(block.text.split("\n")[0], block.pictures) for block in html.read(page).blocks] == [
        ("二、主动公开", 1),
        ("三、申请", 2),
        ("四、复议", 0),
        ("维持\t0", 0),
        ("五、问题", 0),
    ]


@pytest.mark.parametrize(
    ("width", "height", "marked"), [("5274310", "2963545", 1), ("900000", "900000", 0), ("x", "", 0)]
)
def test_pictures_of_a_word_file(width: str, height: str, marked: int) -> None:
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="wp"><wp:extent cx="{width}" cy="{height}"/>'
        '<a:blip xmlns:a="a" r:embed="rId9"/></wp:inline></w:drawing>'
    )
    runs = ("<w:t>二、主动公开</w:t>", drawing, "<w:t>三</w:t>")
    body = "".join(f"<w:p><w:r>{run}</w:r></w:p>" for run in runs)
    assert [block.pictures for block in word.read(docx(body)).blocks] == [marked, 0]
