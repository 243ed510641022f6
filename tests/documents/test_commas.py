"""Sheets saved as comma-separated values: told from sentences, read as the sheet they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents import commas
from gongkai.documents.model import Kind
from gongkai.documents.reader import read_bytes
from gongkai.reading import read_reports

TABLE = (
    "第二十条第（一）项,,,\n信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,0,,0\n"
    '行政规范性文件,"1,203",1,12\n第二十条第（五）项,,,\n信息内容,本年处理决定数量,,\n行政许可,345,,\n'
)
LIST = (
    "2023年政府信息公开情况统计表,,,\n单位名称,本年新收政府信息公开申请数量,予以公开,上年结转\n"
    "望湖市民政局,12,5,1\n望湖市水利局,0,0,0\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_saved_by_excel(encoding: str) -> None:
    document = read_bytes(TABLE.replace("\n", "\r\n").encode(encoding), "年报.csv")
    assert document.format == "csv"
    [table] = [block for block in document.blocks if block.kind is Kind.TABLE]
    assert {(cell.row, cell.column): cell.text for cell in table.cells if cell.row in (2, 3, 6)} == {
        (2, 0): "规章", (2, 1): "0", (2, 2): "", (2, 3): "0",
        (3, 0): "行政规范性文件", (3, 1): "1,203", (3, 2): "1", (3, 3): "12",
        (6, 0): "行政许可", (6, 1): "345", (6, 2): "", (6, 3): "",
    }  # fmt: skip


def test_rows_without_their_blank_ends() -> None:
    text = "\n".join(line.rstrip(",") for line in TABLE.splitlines())
    assert read_bytes(text.encode(), "年报.csv").format == "csv"


@pytest.mark.parametrize(
    "text",
    [
        "2022年,我局认真贯彻条例,主动公开信息120条\n2023年,公开130条,增长8%\n本局高度重视,成立领导小组,召开会议2次\n",
        "一、总体情况\n全年公开1,203条,其中网站903条\n二、其他\n无,没有,未发生\n",
        "规章,0\n许可,3\n处罚,5\n",
        "",
    ],
)
def test_sentences_with_commas_are_no_sheet(text: str) -> None:
    assert commas.separator(text) is None


def test_a_list_of_units(tmp_path: Path) -> None:
    path = tmp_path / "各单位.csv"
    path.write_bytes(LIST.encode("gb18030"))
    reports = read_reports(path)
    assert [(one.agency_as_printed, one.year) for one in reports] == [("望湖市民政局", 2023), ("望湖市水利局", 2023)]
    assert [(figure.metric, figure.value) for figure in reports[0].figures] == [
        ("applications.new", 12),
        ("applications.granted", 5),
        ("applications.carried_in", 1),
    ]


@given(st.text(alphabet='甲3,;"\n\x00', max_size=200))
def test_any_text_is_read_or_refused_as_a_sheet(text: str) -> None:
    if commas.separator(text):
        commas.read(text)
