"""Official Word files: the page, styles and fonts of the standard, texts that stay texts, same in same out."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from gongkai.exports import word
from gongkai.exports.word_table import ROW, Block, table


def opened(document: object) -> docx.document.Document:
    return docx.Document(io.BytesIO(word.to_bytes(document)))  # type: ignore[arg-type]


def paper() -> docx.document.Document:
    document = word.official_document("催报单")
    word.paragraph(document, "关于报送年度报告的函", word.TITLE)
    word.paragraph(document, "一、总体要求", word.HEADING)
    word.paragraph(document, "{=1+1} <w:p/> \x00\x0b https://example.gov.cn & 第一行\n第二行")
    table(document, ("序号", "单位"), [("1", "=cmd|' /C calc'!A0"), ("2", "乙局")], (12, 144), centred=(0,))
    word.signature(document, ["", ""])
    return document


def test_the_page_is_that_of_the_standard() -> None:
    (section,) = opened(paper()).sections
    sizes = {
        name: round(getattr(section, name).mm)
        for name in ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    }
    assert list(sizes.values()) == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert section._sectPr.index(grid) == len(section._sectPr) - 1


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [(word.TITLE, "方正小标宋简体", 22), (word.BODY, "仿宋_GB2312", 16), (word.HEADING, "黑体", 16)],
)
def test_the_styles_name_the_official_fonts(style: str, font: str, size: int) -> None:
    found = opened(paper()).styles[style]
    assert found.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font
    assert found.font.size.pt == size
    assert font in word.FALLBACKS


def test_a_body_is_indented_by_two_characters() -> None:
    indent = opened(paper()).styles[word.BODY].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert round(opened(paper()).styles[word.BODY].paragraph_format.line_spacing.pt, 2) == 28.95


def test_the_file_names_fonts_to_take_instead() -> None:
    with zipfile.ZipFile(io.BytesIO(word.to_bytes(paper()))) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in fonts


def test_texts_stay_texts() -> None:
    document = opened(paper())
    assert document.paragraphs[2].text == "{=1+1} <w:p/>  https://example.gov.cn & 第一行\n第二行"
    body = document.element.body
    assert not body.findall(f".//{qn('w:fldSimple')}")
    assert not body.findall(f".//{qn('w:instrText')}")
    assert not body.findall(f".//{qn('w:hyperlink')}")
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["序号", "单位"],
        ["1", "=cmd|' /C calc'!A0"],
        ["2", "乙局"],
    ]


def test_a_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    (table,) = opened(paper()).tables
    rows = [row._tr.trPr for row in table.rows]
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
    assert abs(sum(column.width.mm for column in table.columns) - word.WIDTH) < 0.5


def test_page_numbers_stand_outside() -> None:
    section = opened(paper()).sections[0]
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        (line,) = footer.paragraphs
        assert line.alignment.name == side
        assert [run.text for run in line.runs if run.text] == ["— ", " —"]
        assert line._p.findall(f".//{qn('w:instrText')}")[0].text == "PAGE"


def test_same_in_same_out() -> None:
    assert word.to_bytes(paper()) == word.to_bytes(paper())


def test_a_broad_paper_lies_on_its_side() -> None:
    (section,) = opened(word.official_document(landscape=True)).sections
    assert round(section.page_width.mm) == 297


def test_blocks_of_a_table_are_one_number_down_the_side() -> None:
    document = word.official_document()
    rows = [("1", "问题", "甲"), ("", "依据", "乙"), ("2", "问题", "丙")]
    table(document, ("序", "项", "内容"), rows, (1, 2, 3), least=ROW, blocks=[Block(0, 1), Block(2, 2)])
    (made,) = opened(document).tables
    cells = [row._tr.tc_lst for row in made.rows]
    assert [row[0].vMerge for row in cells] == [None, "restart", "continue", "restart"]
    held = [all(tc.p_lst[0].pPr.find(qn("w:keepNext")) is not None for tc in row) for row in cells]
    assert held == [False, True, False, False]
    bold = [[bool(run.bold) for cell in row.cells for run in cell.paragraphs[0].runs] for row in made.rows[1:]]
    assert bold == [[False, False, True], [False, False, False], [False, False, True]]
    assert [row.height for row in made.rows] == [None, ROW, ROW, ROW]


def test_a_cell_keeps_its_lines_and_its_blanks() -> None:
    document = word.official_document()
    table(document, ("a", "b"), [("一\n二\t三 ", "<w:br/>&amp;")], (1, 1))
    assert [cell.text for cell in opened(document).tables[0].rows[1].cells] == ["一\n二\t三 ", "<w:br/>&amp;"]
