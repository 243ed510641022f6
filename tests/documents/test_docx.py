"""Word files: paragraphs, headings, merged cells, text boxes, tracked changes, fields, content controls."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document as WordDocument
from word_files import archive, cell, docx, paragraph, row, table

from gongkai.documents.docx import read
from gongkai.documents.model import Cell, Kind
from gongkai.errors import UnreadableDocument

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="本局标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="lvl"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>
"""


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in read(docx(body, parts)).blocks]


def grid(body: str) -> dict[tuple[int, int], tuple[str, int, int]]:
    """The cells of the only table, by position: text, rowspan, colspan."""
    (block,) = (block for block in read(docx(body)).blocks if block.kind is Kind.TABLE)
    return {(each.row, each.column): (each.text, each.rowspan, each.colspan) for each in block.cells}


def test_headings_by_style_name_outline_and_inheritance() -> None:
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("甲", "1"), ("乙", "mine"), ("丙", "lvl"), ("丁", "a"), ("戊", "unknown"))
    ) + paragraph("己", '<w:outlineLvl w:val="0"/>')
    blocks = read(docx(body, {"styles": STYLES})).blocks
    assert [block.text for block in blocks if block.kind is Kind.HEADING] == ["甲", "乙", "丙", "己"]


def test_body_text_in_a_heading_style_is_a_paragraph() -> None:
    sentence = "本年共收到政府信息公开申请12件，均按时答复。"
    (block,) = read(docx(paragraph(sentence, '<w:outlineLvl w:val="1"/>'))).blocks
    assert block.kind is Kind.PARAGRAPH


def test_merged_cells() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("组", restart), cell("宽", '<w:gridSpan w:val="2"/>')),
        row(cell("", go_on), "1", "2"),
        row(cell("", '<w:vMerge w:val="continue"/>'), "3", ""),
        row("尾", "4", "5"),
    )
    assert grid(body) == {
        (0, 0): ("组", 3, 1),
        (0, 1): ("宽", 1, 2),
        (1, 1): ("1", 1, 1),
        (1, 2): ("2", 1, 1),
        (2, 1): ("3", 1, 1),
        (2, 2): ("", 1, 1),
        (3, 0): ("尾", 1, 1),
        (3, 1): ("4", 1, 1),
        (3, 2): ("5", 1, 1),
    }


def test_horizontal_merge_of_old_files() -> None:
    body = table(
        row(cell("宽", '<w:hMerge w:val="restart"/>'), cell("", '<w:hMerge w:val="continue"/>'), "9"),
        row("a", "b", "c"),
    )
    assert grid(body)[0, 0] == ("宽", 1, 2)
    assert grid(body)[0, 2] == ("9", 1, 1)


def test_a_merge_that_continues_nothing_is_a_cell_of_its_own() -> None:
    assert grid(table(row(cell("甲", "<w:vMerge/>"), "1"), row(cell("", "<w:vMerge/>"), "2")))[0, 0] == ("甲", 2, 1)


def test_rows_that_begin_late_keep_their_columns() -> None:
    body = table(row("甲", "乙", "丙"), row("1", "2", properties='<w:gridBefore w:val="1"/>'))
    assert grid(body)[1, 1][0] == "1"


def test_content_controls_around_rows_and_cells() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    line = f"<w:tr>{cell('甲')}{control(cell('1'))}</w:tr>"
    body = table(row("标", "数"), control(line))
    assert grid(body)[1, 1][0] == "1"
    assert texts(control(paragraph("正文"))) == ["正文"]
    assert texts(f"<w:p>{control('<w:r><w:t>行内</w:t></w:r>')}</w:p>") == ["行内"]


def test_table_of_contents_is_left_out() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('一、总体情况 1')}</w:sdtContent></w:sdt>"
    )
    body = control + paragraph("一、总体情况\t1", '<w:pStyle w:val="toc1"/>') + paragraph("一、总体情况")
    assert texts(body, styles=STYLES) == ["一、总体情况"]


def test_frame_tables_flow_and_nested_tables_stay() -> None:
    inner = table(row("项目", "数量"), row("许可", "12"))
    body = table(row(cell(paragraph("一、总体情况") + inner + paragraph("完"))))
    blocks = read(docx(body)).blocks
    assert [block.kind for block in blocks] == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH]
    assert blocks[1].text == "项目\t数量\n许可\t12"


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    two = paragraph("社会") + "<w:p><w:r><w:t>公益</w:t><w:br/><w:t>组织</w:t></w:r></w:p>"
    assert grid(table(row(cell(two), "1"), row("其他", "2")))[0, 0][0] == "社会\n公益\n组织"


def test_text_boxes_once() -> None:
    box = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>"
    )
    assert texts(body) == ["前后", "框里"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
    )
    assert texts(body) == ["共12件新处"]


def test_deleted_paragraph_marks_and_rows() -> None:
    body = paragraph("上半", "<w:rPr><w:del/></w:rPr>") + paragraph("下半")
    assert texts(body) == ["上半下半"]
    kept = table(row("甲", "1"), row("删", "9", properties="<w:del/>"), row("乙", "2"))
    assert "删" not in texts(kept)[0]


def test_fields_give_their_result_only() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        f"<w:p><w:r><w:t>第</w:t></w:r>{mark('begin')}<w:r><w:instrText> PAGE </w:instrText><w:t>暗</w:t></w:r>"
        f"{mark('separate')}<w:r><w:t>3</w:t></w:r>{mark('end')}<w:r><w:t>页</w:t></w:r>"
        '<w:fldSimple w:instr="DATE"><w:r><w:t>2024年</w:t></w:r></w:fldSimple></w:p>'
    )
    assert texts(body) == ["第3页2024年"]


def test_odds_and_ends_of_runs() -> None:
    body = (
        "<w:p><w:r><w:t>12345</w:t><w:noBreakHyphen/><w:t>6</w:t><w:softHyphen/><w:tab/><w:t>好</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>'
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>"
        "<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>"
    )
    assert texts(body) == ["12345-6\t好☑显1链"]


def test_soft_line_breaks_part_paragraphs() -> None:
    assert texts("<w:p><w:r><w:t>一段</w:t><w:br/><w:t>二段</w:t></w:r></w:p>") == ["一段", "二段"]


def test_footnotes_come_last() -> None:
    notes = (
        '<w:footnote w:type="separator">'
        + paragraph("线")
        + "</w:footnote><w:footnote>"
        + paragraph("注")
        + "</w:footnote>"
    )
    assert texts(paragraph("文"), footnotes=notes) == ["文", "注"]


def test_strict_files_and_odd_main_parts() -> None:
    data = docx(paragraph("严格"), main="word/document2.xml")
    assert [block.text for block in read(data).blocks] == ["严格"]
    files: dict[str, bytes | str] = {}
    with zipfile.ZipFile(BytesIO(data)) as source:
        for name in source.namelist():
            files[name] = (
                source.read(name)
                .replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                .replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            )
    assert [block.text for block in read(archive(files)).blocks] == ["严格"]


def test_embedded_page() -> None:
    """Converters wrap a whole page in a Word file (w:altChunk)."""
    page = (
        "<html><p>嵌入的正文</p><table><tr><td>许可</td><td>5</td></tr><tr><td>处罚</td><td>6</td></tr></table></html>"
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="c" Type="x/aFChunk" Target="/word/chunk.htm"/></Relationships>'
    )
    files: dict[str, bytes | str] = {}
    with zipfile.ZipFile(BytesIO(docx('<w:altChunk r:id="c"/>'))) as source:
        files = {name: source.read(name) for name in source.namelist()}
    files["word/_rels/document.xml.rels"] = relation
    files["word/chunk.htm"] = page
    assert [block.text for block in read(archive(files)).blocks] == ["嵌入的正文", "许可\t5\n处罚\t6"]


def test_agrees_with_python_docx() -> None:
    word = WordDocument()
    word.core_properties.title, word.core_properties.author = "年度报告", "某局"
    word.add_heading("某局2023年政府信息公开工作年度报告", 0)
    word.add_paragraph("全年收到申请12件。")
    made = word.add_table(5, 6)
    made.cell(0, 0).merge(made.cell(2, 1)).text = "角"
    made.cell(0, 2).merge(made.cell(0, 5)).text = "顶"
    for line in range(3, 5):
        for column in range(6):
            made.cell(line, column).text = f"{line}{column}"
    stream = BytesIO()
    word.save(stream)
    content = read(stream.getvalue())
    assert [block.kind for block in content.blocks] == [Kind.HEADING, Kind.PARAGRAPH, Kind.TABLE]
    assert (content.metadata["title"], content.metadata["author"]) == ("年度报告", "某局")
    oracle = [[each.text for each in line.cells] for line in made.rows]  # merged cells repeat their text
    covered = [["" for _ in range(6)] for _ in range(5)]
    for each in content.blocks[2].cells:
        for line in range(each.row, each.row + each.rowspan):
            for column in range(each.column, each.column + each.colspan):
                covered[line][column] = each.text
    assert covered == oracle
    assert content.blocks[2].cells[0] == Cell(0, 0, "角", rowspan=3, colspan=2)


@pytest.mark.parametrize(
    "document",
    [b"<w:document", b"<other/>", b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'],
)
def test_damaged_xml(document: bytes) -> None:
    data = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document})
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert caught.value.reason == "damaged"


def test_zip_bomb() -> None:
    bomb = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * (70 * 1024 * 1024)})
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableDocument) as caught:
        read(bomb)
    assert caught.value.reason == "too_large"


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        f"{mark.format('separate')}{result}{mark.format('end')}"
    )


def test_a_table_of_contents_without_styles_is_left_out() -> None:
    run = "<w:r><w:t>一、总体情况</w:t></w:r>"
    lines = f"{run}</w:p><w:p>{run}{field('PAGEREF _1', '<w:r><w:t>2</w:t></w:r>')}"
    contents = f"<w:p>{field('TOC', lines)}</w:p>"
    assert texts(contents + paragraph("一、总体情况")) == ["一、总体情况"]
    # Where fields have no end, nothing tells what belongs to them: all is read.
    broken = contents.replace('<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "</w:p>")
    assert texts(broken + paragraph("全年公开5条")) == ["一、总体情况", "一、总体情况2", "全年公开5条"]


def test_text_that_styles_hide() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="d"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )
    run = '<w:r><w:rPr><w:rStyle w:val="{}"/>{}</w:rPr><w:t>{}</w:t></w:r>'
    body = f"<w:p>{run.format('c', '', '暗')}{run.format('d', '', '明')}"
    body += run.format("c", '<w:vanish w:val="0"/>', "白") + "</w:p>"
    body += paragraph("暗", '<w:pStyle w:val="p"/>')
    body += table(row("甲", "1"), row("暗", "2", properties="<w:hidden/>"), row("乙", "3"))
    assert texts(body, styles=styles) == ["明白", "甲\t1\n乙\t3"]


def test_fields_of_a_form_that_nobody_filled_in() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = control.format("<w:showingPlcHdr/>", paragraph("单击或点击此处输入文字。"))
    filled = control.format("<w:showingPlcHdr/>", paragraph("全年公开5条。"))
    assert texts(empty + filled) == ["全年公开5条。"]


def test_damage_beside_the_text_does_not_lose_it() -> None:
    data = docx(paragraph("正文"), {"styles": "<w:oops", "footnotes": "</w:p>"})
    assert [block.text for block in read(data).blocks] == ["正文"]


def test_an_embedded_word_file() -> None:
    inner = docx(paragraph("内文") + table(row("甲", "1"), row("乙", "2")))
    outer = docx('<w:altChunk r:id="rId0"/>', {"styles": ""})
    files = {name: zipfile.ZipFile(BytesIO(outer)).read(name) for name in zipfile.ZipFile(BytesIO(outer)).namelist()}
    relations = files["word/_rels/document.xml.rels"].replace(b"styles.xml", b"chunk.docx")
    data = archive({**files, "word/_rels/document.xml.rels": relations, "word/chunk.docx": inner})
    assert [block.text for block in read(data).blocks] == ["内文", "甲\t1\n乙\t2"]


def test_more_cells_than_any_report_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.documents.flow.MOST_CELLS", 3)
    with pytest.raises(UnreadableDocument) as caught:
        read(docx(table(row("甲", "1"), row("乙", "2"))))
    assert caught.value.reason == "too_large"
