"""Word files in one XML file read as the .docx that they are."""

from __future__ import annotations

import base64
import io
import zipfile

from word_files import docx, paragraph, row, table

from gongkai.documents.model import Kind
from gongkai.documents.reader import read_bytes

OLD = (
    '<?xml version="1.0" encoding="UTF-16"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:o="urn:schemas-microsoft-com:office:office">'
    "<o:DocumentProperties><o:Title>年报</o:Title><o:Author>某局</o:Author></o:DocumentProperties>"
    '<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
    "<w:body><wx:sect><wx:sub-section>{body}</wx:sub-section></wx:sect></w:body></w:wordDocument>"
)
RESTART, WIDE = '<w:vmerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_the_xml_of_word_2003() -> None:
    listed = (
        '<w:p><w:pPr><w:pStyle w:val="1"/><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr></w:pPr>'
        "<w:r><w:t>总体情况</w:t></w:r></w:p>"
    )
    rows = f"<w:tr>{cell('组', RESTART)}{cell('许可')}{cell('128')}</w:tr>"
    rows += f"<w:tr>{cell('', '<w:vmerge/>')}{cell('处罚')}{cell('7')}</w:tr>"
    rows += f"<w:tr>{cell('合计', WIDE)}{cell('135')}</w:tr>"
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
    document = read_bytes(OLD.format(body=f"{listed}<w:tbl>{grid}{rows}</w:tbl>").encode(), "年报.doc")
    assert (document.format, document.metadata["title"], document.metadata["author"]) == ("wordxml", "年报", "某局")
    heading, block = document.blocks
    assert (heading.kind, heading.text) == (Kind.HEADING, "一、总体情况")
    assert [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in block.cells] == [
        (0, 0, "组", 2, 1),
        (0, 1, "许可", 1, 1),
        (0, 2, "128", 1, 1),
        (1, 1, "处罚", 1, 1),
        (1, 2, "7", 1, 1),
        (2, 0, "合计", 1, 2),
        (2, 2, "135", 1, 1),
    ]


def test_the_parts_of_a_docx_in_one_file() -> None:
    packed = docx(paragraph("某局2023年政府信息公开工作年度报告") + table(row("许可", "1"), row("处罚", "2")))
    parts = ""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            xml = content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
            inside = f"<pkg:xmlData>{xml}</pkg:xmlData>"
            if name.endswith("styles.xml"):
                inside = f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
            parts += f'<pkg:part pkg:name="/{name}">{inside}</pkg:part>'
    flat = f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'
    ours, theirs = read_bytes(flat.encode(), "a.xml"), read_bytes(packed, "a.docx")
    assert ours.blocks == theirs.blocks
    assert ours.format == "wordxml"
