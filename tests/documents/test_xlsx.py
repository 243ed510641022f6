"""Excel files: sheets with merged cells, numbers as they are shown."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from word_files import archive

from gongkai.documents import xlsx
from gongkai.documents.model import Kind
from gongkai.documents.xlsx import read
from gongkai.errors import UnreadableDocument


def saved(workbook: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_sheets_as_tables() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "主动公开"
    sheet.append(["信息内容", "制发", "废止", "有效"])
    sheet.append(["规章", 0, None, 2.5])
    sheet.append(["合计", 0.1 + 0.2, "=1+1", 12345678])
    hidden = workbook.create_sheet("藏")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "暗"
    blocks = read(saved(workbook)).blocks
    assert [block.kind for block in blocks] == [Kind.HEADING, Kind.TABLE]
    assert blocks[0].text == "主动公开"
    assert blocks[1].text == "信息内容\t制发\t废止\t有效\n规章\t0\t\t2.5\n合计\t0.3\t\t12345678"


def test_merged_cells_and_formats() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["B2"] = "行政复议"
    sheet.merge_cells("B2:C3")
    sheet["D2"] = 0.9394
    sheet["D2"].number_format = "0.00%"
    sheet["D3"] = date(2024, 1, 30)
    sheet["B4"], sheet["C4"], sheet["D4"] = 1, 2, 3
    sheet["D4"].number_format = '0"个月"'
    (block,) = (block for block in read(saved(workbook)).blocks if block.kind is Kind.TABLE)
    assert [(cell.row, cell.column, cell.text, cell.rowspan, cell.colspan) for cell in block.cells] == [
        (0, 0, "行政复议", 2, 2),
        (0, 2, "93.94%", 1, 1),
        (1, 2, "2024-01-30", 1, 1),
        (2, 0, "1", 1, 1),
        (2, 1, "2", 1, 1),
        (2, 2, "3", 1, 1),
    ]


def test_an_empty_workbook_has_no_blocks() -> None:
    assert read(saved(openpyxl.Workbook())).blocks == ()


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 1)
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append([1, 2, 3])
    with pytest.raises(UnreadableDocument) as caught:
        read(saved(workbook))
    assert caught.value.reason == "too_large"


def test_titles_and_notes_around_a_table_are_paragraphs() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for line in (
        ["某区民政局2023年政府信息公开情况"],
        [],
        ["填报单位：某区民政局", None, "填报日期：2024-01-09"],
        ["二、主动公开政府信息情况"],
        ["第二十条第（一）项"],
        ["信息内容", "制发", "废止"],
        ["规章", 0, 1],
        ["第二十条第（五）项"],
        ["行政许可", 7, 2],
        ["三、收到和处理政府信息公开申请情况"],
        ["项目", "自然人", "总计"],
        ["三、本年度办理结果"],
        ["（一）予以公开", 3, 4],
        ["填报人：张三"],
    ):
        sheet.append(line)
    sheet.merge_cells("A1:C1")
    blocks = read(saved(workbook)).blocks
    assert [block.text for block in blocks] == [
        "Sheet",
        "某区民政局2023年政府信息公开情况",
        "填报单位：某区民政局",
        "填报日期：2024-01-09",
        "二、主动公开政府信息情况",
        "第二十条第（一）项\t\t\n信息内容\t制发\t废止\n规章\t0\t1\n第二十条第（五）项\t\t\n行政许可\t7\t2",
        "三、收到和处理政府信息公开申请情况",
        "项目\t自然人\t总计\n三、本年度办理结果\t\t\n（一）予以公开\t3\t4",
        "填报人：张三",
    ]


def test_hidden_rows_and_columns_and_cells_without_references() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for line in (["项目", "旧", "本年"], ["甲", 9, 1], ["暗", 9, 9], ["乙", 9, 2]):
        sheet.append(line)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    data = saved(workbook)
    assert read(data).blocks[1].text == "项目\t本年\n甲\t1\n乙\t2"
    with zipfile.ZipFile(BytesIO(data)) as source:
        files = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    files[name] = re.sub(rb' r="[A-Z]*\d+"', b"", files[name])
    assert b' r="' not in files[name]
    assert read(archive(dict(files))).blocks[1].text == "项目\t本年\n甲\t1\n乙\t2"
