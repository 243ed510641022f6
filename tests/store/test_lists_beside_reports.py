"""An office's Excel list beside the units' own reports: it fills in what they leave open, and never replaces them."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook as Book

from gongkai.reading import PARSER_VERSION, read
from gongkai.store.generations import attach, current
from gongkai.store.ingest import Reader, ingest
from gongkai.store.workspace import Workspace

_OWN = """安徽省宿州市教育局2023年政府信息公开工作年度报告

一、总体情况
2023年，本机关收到政府信息公开申请12件。
"""


def write_list(folder: Path) -> None:
    book = Book()
    sheet = book.active
    for row in (
        ["安徽省宿州市2023年度政府信息公开申请情况汇总表"],
        ["单位", "本年新收", "上年结转", "予以公开"],
        ["市教育局", 10, 1, 8],
        ["市财政局", 3, 0, 3],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    book.save(folder / "汇总.xlsx")


def facts(office: Workspace) -> set[tuple[object, ...]]:
    connection = attach(current(office), read_only=True)
    try:
        rows = connection.execute(
            "SELECT right(agency, 3), metric, value, basis, report.source "
            "FROM store.fact JOIN store.report USING (report_id) "
            "WHERE metric IN ('applications.new', 'applications.granted')"
        ).fetchall()
        return set(rows)
    finally:
        connection.close()


def test_the_own_report_goes_first_and_the_list_fills_in(office: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_list(folder)
    reader = Reader(read, PARSER_VERSION)
    ingest(office, [folder], reader=reader, worker_count=1, actor="测试")
    assert facts(office) == {
        ("教育局", "applications.new", 10.0, "table", "汇总.xlsx"),
        ("教育局", "applications.granted", 8.0, "table", "汇总.xlsx"),
        ("财政局", "applications.new", 3.0, "table", "汇总.xlsx"),
        ("财政局", "applications.granted", 3.0, "table", "汇总.xlsx"),
    }
    (folder / "教育局.txt").write_text(_OWN, encoding="utf-8")
    ingest(office, [folder], reader=reader, worker_count=1, actor="测试")
    assert facts(office) == {
        ("教育局", "applications.new", 12.0, "narrative", "教育局.txt"),
        ("教育局", "applications.granted", 8.0, "table", "汇总.xlsx"),
        ("财政局", "applications.new", 3.0, "table", "汇总.xlsx"),
        ("财政局", "applications.granted", 3.0, "table", "汇总.xlsx"),
    }
