"""OpenDocument texts and sheets: paragraphs, merged and repeated cells, what is no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import archive

from gongkai.documents.model import Document, Kind
from gongkai.documents.reader import read_bytes
from gongkai.errors import UnreadableDocument
from gongkai.reading import read as reading

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "draw")
)
TALL = 'table:number-rows-spanned="2"'


def packed(body: str, kind: str = "text", **more: str) -> bytes:
    content = f"<office:document-content {NAMES}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": content + "</office:document-content>",
    }
    return archive(parts | more)


def read(body: str, kind: str = "text") -> Document:
    return read_bytes(packed(body, kind), "年报.doc")


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_paragraphs_headings_and_what_is_no_text() -> None:
    body = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>一、总体情况</text:h>"
    body += (
        "<text:list><text:list-item><text:p>本局<text:span>公开</text:span>7件<text:note><text:p>x</text:p></text:note>"
    )
    body += '。<text:s text:c="2"/>止</text:p></text:list-item></text:list>'
    body += "<text:p><draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame></text:p>"
    document = read(body)
    assert document.format == "odf"
    assert [(block.kind, block.text) for block in document.blocks] == [
        (Kind.HEADING, "一、总体情况"),
        (Kind.PARAGRAPH, "本局公开7件。  止"),
        (Kind.PARAGRAPH, "框内"),
    ]


def test_merged_and_repeated_cells() -> None:
    rows = f"<table:table-row>{cell('组', TALL)}{cell('许可')}{cell('128')}</table:table-row>"
    rows += f"<table:table-row><table:covered-table-cell/>{cell('处罚')}{cell('7')}</table:table-row>"
    wide = 'table:number-columns-spanned="2"'
    rows += f"<table:table-row>{cell('合计', wide)}<table:covered-table-cell/>{cell('135')}</table:table-row>"
    twice = 'table:number-columns-repeated="2"'
    rows += f"<table:table-row>{cell('强制')}{cell('0', twice)}</table:table-row>"
    [block] = read(f"<table:table><table:table-header-rows>{rows}</table:table-header-rows></table:table>").blocks
    assert [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in block.cells] == [
        (0, 0, "组", 2, 1),
        (0, 1, "许可", 1, 1),
        (0, 2, "128", 1, 1),
        (1, 1, "处罚", 1, 1),
        (1, 2, "7", 1, 1),
        (2, 0, "合计", 1, 2),
        (2, 2, "135", 1, 1),
        (3, 0, "强制", 1, 1),
        (3, 1, "0", 1, 1),
        (3, 2, "0", 1, 1),
    ]


def test_a_sheet_with_a_million_blank_cells() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = f"<table:table-row>{cell('许可')}{cell('128')}{blank}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048576">{blank}</table:table-row>'
    rows += f"<table:table-row>{cell('处罚')}<table:table-cell/>{cell('7')}</table:table-row>"
    [block] = read(f"<table:table>{rows}</table:table>", "spreadsheet").blocks
    assert [(c.text, c.column) for c in block.cells if c.text] == [("许可", 0), ("128", 1), ("处罚", 0), ("7", 2)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed("<text:p>x</text:p>", **{"META-INF/manifest.xml": "<a><manifest:encryption-data/></a>"}), "encrypted"),
        (packed("<text:list>" * 300 + "</text:list>" * 300), "damaged"),
        (packed("<text:p>x"), "damaged"),
        (packed(""), "no_text"),
        (
            packed(
                "<table:table><table:table-row>"
                + cell("1", 'table:number-columns-repeated="99999999"')
                + cell("2", 'table:number-columns-repeated="99999999"')
                + "</table:table-row></table:table>"
            ),
            "too_large",
        ),
    ],
)
def test_bad_files(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_bytes(data, "a.odt")
    assert refused.value.reason == reason


def test_a_list_of_units_has_the_name_of_its_sheet_and_a_report_a_line(tmp_path: Path) -> None:
    lines = [
        ["2023年政府信息公开情况统计表"],
        ["单位名称", "本年新收政府信息公开申请数量", "予以公开", "上年结转"],
        ["望湖市民政局", "12", "5", "1"],
        ["望湖市水利局", "0", "0", "0"],
    ]
    rows = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines)
    body = f'<table:table table:name="统计表">{rows}</table:table>'
    path = tmp_path / "各单位.ods"
    path.write_bytes(packed(body, "spreadsheet"))
    document, reports = reading(path)
    assert [block.text for block in document.blocks[:2]] == ["统计表", "2023年政府信息公开情况统计表"]
    assert [(one.agency_as_printed, one.year, len(one.figures)) for one in reports] == [
        ("望湖市民政局", 2023, 3),
        ("望湖市水利局", 2023, 3),
    ]
