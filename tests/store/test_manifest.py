"""Manifests: what the office says of its files goes before what the files say, and mistakes are named."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from invented_reader import write
from openpyxl import Workbook
from test_ingest import rows

from gongkai.store.ingest import Summary
from gongkai.store.manifest import ManifestError, load
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]


def test_a_manifest_goes_before_the_document(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "a.txt", agency=None, year=None, figures={"applications.new": 1})
    manifest = tmp_path / "清单.csv"
    header = "文件名,单位名称,年度,阶段,报送日期,发布日期,网址,审核人,联系人,报送人"
    row = (
        "a.txt,淮安市教育局,2022年,发布稿,2023年1月5日,2023/1/20,https://www.huaian.gov.cn/a.html,王某,李某 12345,赵某"
    )
    manifest.write_bytes(f"{header}\n{row}\n".encode("gb18030"))
    assert not take_in(folder, manifest_file=manifest).unconfirmed
    assert rows(
        office,
        "SELECT agency, year, stage, received_on, published_on, url, reviewer, contact, sender, standing "
        "FROM store.report",
    ) == [
        (
            "淮安市教育局",
            2022,
            "published",
            date(2023, 1, 5),
            date(2023, 1, 20),
            "https://www.huaian.gov.cn/a.html",
            "王某",
            "李某 12345",
            "赵某",
            "current",
        )
    ]
    kept = rows(office, "SELECT field, origin, quote FROM store.metadata_source WHERE field = 'year' ORDER BY ALL")
    assert kept == [("year", "document", "2023年度"), ("year", "manifest", "2022")]
    assert take_in(folder, manifest_file=manifest).skipped == 1
    manifest.write_text("file,year\na.txt,2021\n", encoding="utf-8")
    assert take_in(folder, manifest_file=manifest).stored == 1
    assert rows(office, "SELECT year FROM store.report") == [(2021,)]


def test_an_excel_list_and_paths_beside_it(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    write(tmp_path / "in" / "x", "a.txt", figures={})
    write(tmp_path / "in" / "y", "a.txt", agency="淮安市教育局", figures={})
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["文件", "年度", "发布时间"])
    sheet.append(["in/x/a.txt", 2022, datetime(2023, 1, 9, 8, 0)])
    sheet.append([None, None, None])
    sheet.append(["y/a.txt", 2021.0, None])
    book.save(tmp_path / "list.xlsx")
    take_in(tmp_path / "in", manifest_file=tmp_path / "list.xlsx")
    found = rows(office, "SELECT source, year, published_on FROM store.report ORDER BY source")
    assert found == [("x/a.txt", 2022, date(2023, 1, 9)), ("y/a.txt", 2021, None)]


def test_a_list_as_offices_keep_it(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "a.txt", agency=None, year=None, figures={"applications.new": 1})
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2022年度政府信息公开工作年度报告报送情况表"])
    sheet.merge_cells("A1:H1")
    sheet.append(["填表单位：市政府办公室", None, None, "单位：份"])
    sheet.append(["序号", "单位名称*", "文件名（含扩展名）", "年 度", "报送日期", "联系人", "联系电话", "备注"])
    sheet.append([1, "淮安市教育局", "a.txt", 2022.0, datetime(2023, 1, 9), "李某", 12345, "已改"])
    sheet.append([2, "淮安市民政局", None, 2022, None, "王某", None, "未报"])
    sheet.append(["合计", None, None, None, None, None, None, 2])
    book.save(tmp_path / "清单.xlsx")
    summary = take_in(folder, manifest_file=tmp_path / "清单.xlsx")
    assert summary.unused == ("columns not used: 序号, 备注", "lines without a file: 5, 6")
    found = rows(office, "SELECT agency, year, received_on, contact FROM store.report")
    assert found == [("淮安市教育局", 2022, date(2023, 1, 9), "李某 12345")]


def test_another_agency_brings_its_place_and_scope(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "a.txt", agency="淮安市财政局", province="江苏省", city="淮安市", figures={"applications.new": 1})
    write(folder, "b.txt", agency=None, scope=None, figures={"applications.new": 2})
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,agency\na.txt,合肥市财政局\nb.txt,淮安市人民政府\n", encoding="utf-8")
    take_in(folder, manifest_file=manifest)
    found = rows(office, "SELECT agency, province, city, scope FROM store.report ORDER BY source")
    assert found == [("合肥市财政局", "安徽省", "合肥市", "organ"), ("淮安市人民政府", "江苏省", "淮安市", "whole")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("file,recieved_on\na.txt,2023-01-01\n", "line 1: unknown column 'recieved_on'; is received_on meant"),
        ("agency\nx\n", "no column `file`"),
        ("file,文件名\na,b\n", "column file stands twice"),
        ("file,year\na.txt,23\n", "line 2, year: '23' is no year"),
        ("file,year\na.txt,1999\n", "line 2, year: '1999' is no year"),
        ("file,stage\na.txt,最终版3\n", "line 2, stage: '最终版3' is no stage"),
        ("file,published_on\na.txt,2023-02-30\n", "line 2, published_on"),
        ("file,url\na.txt,javascript:alert(1)\n", "line 2, url"),
        ("file,year\na.txt,2023\na.txt,2022\n", "line 3, file: a.txt stands already in line 2"),
    ],
)
def test_mistakes_name_line_and_column(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=says.replace("(", r"\(")):
        load(path)


def test_files_of_one_name_in_two_folders_are_told_apart(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    x = write(tmp_path / "x", "a.txt", figures={}).parent
    y = write(tmp_path / "y", "a.txt", agency="淮安市教育局", figures={}).parent
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,year\nx/a.txt,2021\ny/a.txt,2022\n", encoding="utf-8")
    take_in(x, y, manifest_file=manifest)
    found = rows(office, "SELECT agency, year FROM store.report ORDER BY year")
    assert found == [("淮安市财政局", 2021), ("淮安市教育局", 2022)]
    manifest.write_text("file,year\na.txt,2021\n", encoding="utf-8")
    with pytest.raises(ManifestError, match=r"a\.txt is the name of 2 files"):
        take_in(x, y, manifest_file=manifest)


def test_rows_without_a_file_are_named_and_nothing_is_stored(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    write(folder, "x/a.txt", figures={})
    write(folder, "y/a.txt", agency="淮安市教育局", figures={})
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,year\na.txt,2023\nb.txt,2023\n", encoding="utf-8")
    with pytest.raises(ManifestError, match=r"line 2, file: a.txt is the name of 2 files.*line 3, file: b.txt is not"):
        take_in(folder, manifest_file=manifest)
    assert not office.pointer.exists()
