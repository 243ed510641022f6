"""A page is drawn in a process of its own: a picture of the right size, or an error that says why not."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from gongkai.documents.draw import draw_page
from gongkai.errors import UnreadableDocument


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    paper = canvas.Canvas(str(path), pagesize=(300, 200))
    paper.drawString(20, 100, "words")
    paper.save()
    return path


def test_a_point_becomes_scale_pixels(pdf: Path) -> None:
    picture = draw_page(pdf, 1, 2.0)
    assert struct.unpack(">II", picture[16:24]) == (600, 400)


def test_a_page_that_is_not_there_is_said(pdf: Path) -> None:
    with pytest.raises(UnreadableDocument, match="page 9 cannot be drawn"):
        draw_page(pdf, 9, 1.0)


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(b"%PDF-1.7 but no more")
    with pytest.raises(UnreadableDocument, match="damaged"):
        draw_page(path, 1, 1.0)
    with pytest.raises(UnreadableDocument):
        draw_page(tmp_path / "nothing.pdf", 1, 1.0)
