"""Ledgers as people write them: which sheet, which headings, whose lines; what cannot be told is named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from invented_ledgers import FORCE, ISSUED, REPEALED, made, plain, sheet

from gongkai.store.ledger_book import LedgerError
from gongkai.store.ledger_export import template
from gongkai.store.ledger_file import ledger_of, read_ledger
from gongkai.store.workspace import Workspace


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return made(tmp_path_factory.mktemp("ledgers"))


def test_headings_may_stand_in_several_lines_below_a_title(built: Workspace, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2023年度规范性文件备案台账"],
        ["序号", "单位名称", "行政规范性文件", None, None, "规章", "备注"],
        [None, None, "制发（件）", "废止失效", "现行有效件数", "制定数", None],
        [1, "淮安市农业农村局", 3, 0, "1,024", None, "甲"],
        [2, "淮安市国防动员办公室", "2件", "/", "", "—", ""],
        [None, "合计", 5, 0, 1024, 0, None],
        ["注：以备案登记为准"],
    ]
    file = sheet(tmp_path, rows, merged=["B2:B3", "C2:E2"])
    found = read_ledger(built, file, "normative_documents", 2023, "office")
    assert list(found.columns.values()) == [ISSUED, REPEALED, FORCE, "rules.issued"]
    assert [(line.row, line.agency_id, dict(line.values)) for line in found.lines] == [
        (4, "f", {ISSUED: 3, REPEALED: 0, FORCE: 1024}),
        (5, "o", {ISSUED: 2}),
    ]
    assert (found.wrong, found.unread, found.title_years) == ((), (), ())


def test_the_blocks_of_cases_are_told_by_the_headings_above(built: Workspace, tmp_path: Path) -> None:
    parts = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows: list[list[object]] = [
        ["单位", "行政复议", *[None] * 4, "行政诉讼", *[None] * 9, "联系电话", "经办科室"],
        [None, *[None] * 5, "未经复议直接起诉", *[None] * 4, "复议后起诉"],
        [None, *parts, *parts, *parts],
        ["淮安市农业农村局", *range(15), "0517-1", "甲科"],
    ]
    found = read_ledger(built, sheet(tmp_path, rows), "review", 2023, "office")
    blocks = ("review", "litigation.direct", "litigation.after_review")
    codes = [f"{block}.{part}" for block in blocks for part in ("upheld", "corrected", "other", "pending", "total")]
    assert dict(found.lines[0].values) == dict(zip(codes, map(float, range(15)), strict=True))
    assert found.unread == ("经办科室",)


def test_one_line_of_headings_names_both_in_a_cell(built: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "双公示.csv"
    file.write_bytes(
        "单位名称（全称）,口径（本级/汇总）,行政许可处理决定数量,行政处罚（件）\n淮安市人民政府,汇总,30,4\n".encode(
            "gb18030"
        )
    )
    (line,) = read_ledger(built, file, "double_publicity", 2023, "office").lines
    assert (line.scope, dict(line.values)) == ("whole", {"licensing.decisions": 30, "penalties.decisions": 4})


@pytest.mark.parametrize(
    ("kind", "heading", "metric"),
    [
        ("normative_documents", "2023年度制发规范性文件数量（件）", ISSUED),
        ("normative_documents", "当年废止行政规范性文件", REPEALED),
        ("normative_documents", "现行有效政府规章件数", "rules.in_force"),
        ("review", "行政复议案件总数", "review.total"),
        ("review", "未经复议直接起诉（结果维持）", "litigation.direct.upheld"),
        ("review", "行政诉讼被依法纠错数", "litigation.corrected"),
        ("double_publicity", "行政处罚决定公示", None),
        ("double_publicity", "全年行政许可信息公示条数", "licensing.decisions"),
        ("normative_documents", "规范性文件备案审查件数", None),
        ("review", "结果维持", None),
    ],
)
def test_headings_are_told_without_what_changes_nothing(
    built: Workspace, tmp_path: Path, kind: str, heading: str, metric: str | None
) -> None:
    file = sheet(tmp_path, [["填报单位", "省厅"], ["地区", "单位名称", heading], ["淮安", "淮安市数据局", 3]])
    if metric is None:
        with pytest.raises(LedgerError, match="no column of figures") as raised:
            read_ledger(built, file, kind, 2023, "office")
        assert heading in raised.value.value
        return
    found = read_ledger(built, file, kind, 2023, "office")
    assert [(line.agency_id, dict(line.values)) for line in found.lines] == [("d", {metric: 3})]


def test_a_scope_may_stand_behind_the_name(built: Workspace, tmp_path: Path) -> None:
    file = plain(tmp_path, ["淮安市人民政府（本级）", 6], ["淮安市人民政府(汇总)", 20])
    found = read_ledger(built, file, "normative_documents", 2023, "office")
    assert [(line.agency_id, line.scope) for line in found.lines] == [("g", "organ"), ("g", "whole")]


def test_the_one_sheet_that_is_a_ledger_is_read_and_the_others_are_told(built: Workspace, tmp_path: Path) -> None:
    file = plain(tmp_path, ["淮安市数据局", 5])
    book = openpyxl.load_workbook(file)
    cover = book.create_sheet("封面", 0)
    cover.append(["规范性文件台账"])
    book.create_sheet("空白")
    book.save(file)
    found = read_ledger(built, file, "normative_documents", 2023, "office")
    assert (len(found.lines), found.other_sheets) == (1, ("封面",))
    more = book.create_sheet("续表")
    more.append(["单位", "制发"])
    more.append(["淮安市人民政府", 7])
    book.save(file)
    with pytest.raises(LedgerError, match="several sheets hold figures") as raised:
        read_ledger(built, file, "normative_documents", 2023, "office")
    assert raised.value.reason == "several_sheets"


def test_a_formula_that_nobody_computed_is_no_blank(built: Workspace, tmp_path: Path) -> None:
    file = plain(tmp_path, ["淮安市数据局", 5, "=B2-1"], ["淮安市人民政府", "=B2+1"])
    found = read_ledger(built, file, "normative_documents", 2023, "office")
    assert [(one.row, one.value) for one in found.wrong] == [(2, "=B2-1"), (3, "=B2+1")]


def test_lines_of_other_years_are_passed_over_and_a_title_of_another_year_is_told(
    built: Workspace, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["2022年规范性文件台账"],
        ["单位", "年度", "制发"],
        ["淮安市数据局", "2022年", 4],
        ["淮安市数据局", 2023, 5],
    ]
    found = read_ledger(built, sheet(tmp_path, rows), "normative_documents", 2023, "office")
    assert (found.other_years, found.title_years) == (1, (2022,))
    assert [dict(line.values) for line in found.lines] == [{ISSUED: 5}]


def test_a_former_name_means_the_unit_and_a_person_places_the_rest(built: Workspace, tmp_path: Path) -> None:
    file = plain(tmp_path, ["淮安市人民防空办公室", 1], ["淮安市农业农材局", 2], ["某某局", 3])
    found = read_ledger(built, file, "normative_documents", 2023, "office")
    near, far = found.unplaced
    assert [one.agency_id for one in near.proposals] == ["f"]
    assert far.proposals == ()
    with pytest.raises(LedgerError, match="line 4"):
        ledger_of(found, {3: "f"})
    ledger = ledger_of(found, {3: "f", 4: ""})
    assert {one.agency_id: one.value for one in ledger.figures} == {"o": 1, "f": 2}
    with pytest.raises(LedgerError, match="stands in line 2 already"):
        ledger_of(found, {3: "o", 4: ""})


@pytest.mark.parametrize("kind", ["normative_documents", "review", "double_publicity"])
def test_the_empty_sheet_has_headings_that_are_known(built: Workspace, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "empty.xlsx"
    file.write_bytes(template(kind))
    assert template(kind) == file.read_bytes()
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    page.append(["淮安市数据局", "本级", *range(page.max_column - 2)])
    book.save(file)
    found = read_ledger(built, file, kind, 2023, "office")
    assert (found.unread, len(found.lines[0].values)) == ((), page.max_column - 2)
