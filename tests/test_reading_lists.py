"""Excel lists through the whole reading: each unit a report of its own, with author, year and findings."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from gongkai.reading import read_reports
from gongkai.records import Report

_HEAD = ["序号", "单位", "本年新收", "上年结转", "予以公开", "不予公开", "总计", "结转下年度"]


def reports(folder: Path, *rows: list[object], title: str = "安徽省宿州市2023年度申请情况汇总表") -> list[Report]:
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.merge_cells("A1:H1")
    for row in ([*_HEAD], *rows):
        sheet.append(row)
    path = folder / "汇总.xlsx"
    book.save(path)
    return read_reports(path)


def test_units_are_told_by_their_names_and_the_place_in_the_title(tmp_path: Path) -> None:
    found = reports(
        tmp_path,
        [1, "市教育局", 10, 1, 8, 2, 10, 1],
        [2, "萧县", 3, 0, 3, 0, 3, 0],
        [None, "合计", 13, 1, 11, 2, 13, 1],
    )
    assert [(report.ordinal, report.agency, report.province, report.city) for report in found] == [
        (0, "宿州市教育局", "安徽省", "宿州市"),
        (1, "萧县人民政府", "安徽省", "宿州市"),
    ]
    assert [(report.year, report.scope, report.regime) for report in found] == [
        (2023, "organ", "2021"),
        (2023, "whole", "2021"),
    ]
    assert all(not report.findings and not report.doubts for report in found)


def test_a_wrong_line_is_the_unit_s_finding_and_nobody_else_s(tmp_path: Path) -> None:
    found = reports(
        tmp_path,
        [1, "市教育局", 10, 1, 8, 2, 10, 9],
        [2, "市财政局", 3, 0, 3, 0, 3, 0],
        [3, "市公安局", None, 0, 0, 0, 0, 0],
    )
    assert [[finding.check for finding in report.findings] for report in found] == [["flow_balance"], [], []]


def test_without_a_year_or_a_place_the_units_wait_for_a_person(tmp_path: Path) -> None:
    found = reports(
        tmp_path, [1, "市教育局", 1, 0, 1, 0, 1, 0], [2, "市财政局", 3, 0, 3, 0, 3, 0], title="申请情况汇总表"
    )
    assert [report.year for report in found] == [None, None]
    assert [{doubt.reason for doubt in report.doubts} for report in found] == [
        {"year_uncertain", "agency_uncertain"},
        {"year_uncertain", "agency_uncertain"},
    ]
    assert found[0].agency_as_printed == "市教育局"


def test_a_list_of_half_a_year_is_none_of_a_year(tmp_path: Path) -> None:
    found = reports(
        tmp_path,
        [1, "市教育局", 1, 0, 1, 0, 1, 0],
        [2, "萧县", 3, 0, 3, 0, 3, 0],
        title="宿州市2023年上半年申请情况统计表",
    )
    assert [(report.year, report.period) for report in found] == [(2023, "h1"), (2023, "h1")]
    assert all(report.listed for report in found)
