"""The Excel file of a roll-up: every formula comes to the value that is stored with it, and to that of the store."""

from __future__ import annotations

import io
import re
from functools import partial
from itertools import chain

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.catalogue.form_cells import form_cells
from gongkai.catalogue.messages import message
from gongkai.exports.roll_up import RollUp, RollUpError, Wanted, gather
from gongkai.exports.roll_up_workbook import roll_up_workbook

SAY = partial(message, "zh-CN")
UNITS = ("甲局", "乙局", "丙局", "丁局")


def answers(regime: str, year: int) -> dict[str, pd.DataFrame]:
    """What the queries would say of four units: two report everything, one leaves cells blank, one did not report.

    The second one's totals are wrong by one in the first column of table 3.
    """
    cells = form_cells(regime)
    values, totals = [], []
    for cell in cells:
        applicants = 6 if (cell.applicant, cell.table) == ("all", "applications") else 1
        parts = 1.1 if cell.metric.endswith("amount") else 3.0 * applicants
        given = {"甲局": parts, "乙局": parts + 0.2 if cell.metric.endswith("amount") else parts}
        given["乙局"] += (cell.metric, cell.applicant) == ("applications.new", "all")
        given["丙局"] = 0.0
        blank = cell.table == "review" and cell.metric.endswith("pending")
        for unit, value in given.items():
            status = "blank" if blank and unit == "丙局" else "counted"
            values.append(
                {
                    "member_id": unit, "form_table": cell.table, "metric": cell.metric, "applicant": cell.applicant,
                    "value": value if status == "counted" else None, "status": status, "approximate": False,
                    "basis": "table", "report_id": f"r{unit}", "figure_id": None,
                }
            )  # fmt: skip
        counted = 2 if blank else 3
        empty = cell.position == 1
        total = None if empty else round(sum(given.values()), 6)
        totals.append(
            {
                "form_table": cell.table, "metric": cell.metric, "applicant": cell.applicant, "units": 4,
                "counted": 0 if empty else counted, "value": total,
                "reported": 20.0 if cell.position < 3 else total,
                "difference": 20.0 - total if cell.position < 3 and total is not None else None if empty else 0.0,
                "reported_report_id": "p", "reported_figure_id": None,
            }
        )  # fmt: skip
        if empty:
            for row in values[-3:]:
                row.update(value=None, status="narrative" if row["member_id"] == "甲局" else "blank")
    about = {"level": "prefecture", "kind": "department", "city": "=1+1", "county": None, "scope": "organ"}
    about |= {"other_id": None, "other": None, "stage": "published", "regime": regime, "contact": "@SUM(1)"}
    about |= {"source": "=cmd|' /C calc'!A0", "url": None, "received_on": None, "published_on": None, "reviewer": None}
    members = [
        about
        | {
            "member_id": unit,
            "member": unit,
            "state": "no_report" if unit == "丁局" else "counted",
            "report_id": None if unit == "丁局" else f"r{unit}",
        }
        for unit in UNITS
    ]
    traces = [
        {"metric": cells[0].metric, "applicant": "all", "member_id": "丁局", "reason": "missing", "value": None},
        {"metric": cells[0].metric, "applicant": "all", "member_id": "甲局", "reason": "twice", "value": 3.0},
    ]
    return {
        "roll_up": pd.DataFrame(totals),
        "roll_up_values": pd.DataFrame(values),
        "roll_up_members": pd.DataFrame(members),
        "roll_up_traces": pd.DataFrame(traces),
    }


def rolled(year: int) -> RollUp:
    regime = "2021" if year > 2020 else "2019" if year > 2018 else "2014"
    known = answers(regime, year)
    return gather(lambda name, **_: known[name], Wanted("office", "x", year), "某市人民政府")


class Calculator:
    """Calculates the few functions that the workbook uses, from the cells of all sheets."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)

    def value(self, sheet: Worksheet, address: str) -> object:
        content = sheet[address].value
        if isinstance(content, str) and content.startswith("="):
            return self.formula(sheet, content[1:])
        return content

    def formula(self, sheet: Worksheet, text: str) -> object:
        if match := re.fullmatch(r'IF\(COUNT\((.+?)\)=0,"",(.+)\)', text):
            return "" if not self.numbers(sheet, match[1]) else self.formula(sheet, match[2])
        if match := re.fullmatch(r'IF\(OR\((\w+)="",(\w+)=""\),"",ROUND\((\w+)-(\w+),(\d)\)\)', text):
            left, right = self.value(sheet, match[3]), self.value(sheet, match[4])
            return "" if left in (None, "") or right in (None, "") else round(left - right, int(match[5]))  # type: ignore[operator]
        if match := re.fullmatch(r"ROUND\((.+),(\d)\)", text):
            return round(self.formula(sheet, match[1]), int(match[2]))  # type: ignore[call-overload]
        if match := re.fullmatch(r"SUM\((.+)\)", text):
            return sum(self.numbers(sheet, match[1]))
        if match := re.fullmatch(r"COUNT\((.+)\)", text):
            return len(self.numbers(sheet, match[1]))
        raise AssertionError(text)

    def numbers(self, sheet: Worksheet, given: str) -> list[float]:
        found = []
        for part in given.split(","):
            if match := re.fullmatch(r"'(.+)'!(.+)", part):
                sheet, part = self.book[match[1]], match[2]
            cells = sheet[part]
            rows = cells if isinstance(cells, tuple) else ((cells,),)
            for cell in chain.from_iterable(row if isinstance(row, tuple) else (row,) for row in rows):
                value = self.value(sheet, cell.coordinate)
                if isinstance(value, int | float):
                    found.append(value)
        return found


@pytest.mark.parametrize("year", [2024, 2020, 2016])
def test_every_formula_comes_to_the_value_stored_with_it(year: int) -> None:
    found = rolled(year)
    calculator = Calculator(roll_up_workbook(found, SAY))
    formulas = 0
    for sheet in calculator.book.worksheets:
        for cell in chain.from_iterable(sheet.iter_rows()):
            if isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f":
                stored = calculator.stored[sheet.title][cell.coordinate].value
                calculated = calculator.value(sheet, cell.coordinate)
                assert calculated == pytest.approx(stored) if stored not in (None, "") else calculated == "", cell
                formulas += 1
    assert formulas == 4 * len(found.cells)


def test_the_form_holds_every_figure_of_the_roll_up_once() -> None:
    found = rolled(2024)
    sheet = Calculator(roll_up_workbook(found, SAY)).stored.worksheets[0]
    shown = sorted(cell.value for cell in chain.from_iterable(sheet.iter_rows()) if isinstance(cell.value, int | float))
    assert shown == sorted(cell.value for cell in found.cells.values() if cell.value is not None)


def test_totals_are_the_forms_identities_unless_the_units_broke_them() -> None:
    found = rolled(2024)
    book = Calculator(roll_up_workbook(found, SAY)).book
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("二、上年结转"))
    formulas = [cell.value for cell in row if cell.data_type == "f"]
    assert len(formulas) == 7
    assert re.fullmatch(r"=SUM\(([A-Z]+)(\d+):([A-Z]+)\2\)", formulas[-1]), "总计 is the sum of its row"
    assert all("各单位数据" in formula for formula in formulas[:-1])
    broken = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("一、本年新收"))
    last = [cell for cell in broken if cell.data_type == "f"][-1]
    assert "各单位数据" in last.value
    assert "37" in last.comment.text
    assert "36" in last.comment.text
    assert found.unequal(("applications.new", "all"))


def test_zeros_are_printed_amounts_have_four_decimals_and_what_nobody_fills_is_empty() -> None:
    found = rolled(2024)
    calculator = Calculator(roll_up_workbook(found, SAY))
    sheet, stored = calculator.book.worksheets[0], calculator.stored.worksheets[0]
    formats = {cell.number_format for cell in chain.from_iterable(sheet.iter_rows()) if cell.data_type == "f"}
    assert formats == {"0", "0.0000"}
    rules = next(row for row in stored.iter_rows() if row[0].value == "规章")
    assert [cell.value for cell in rules if cell.value not in (None, "")] == ["规章", 6, 6]
    assert sheet.page_setup.paperSize == 9


def test_units_missing_cells_and_differences_are_named_on_their_sheets() -> None:
    book = Calculator(roll_up_workbook(rolled(2024), SAY)).stored
    assert book.sheetnames == ["汇总表", "各单位数据", "缺报与未计入", "与本单位报告的差异"]
    units = [row[1].value for row in book["各单位数据"].iter_rows(min_row=9)]
    assert units == list(UNITS)
    missing = [[cell.value for cell in row] for row in book["缺报与未计入"].iter_rows(min_row=3)]
    assert missing[0][:4] == ["丁局", "=1+1", "整份报告", "未报"]
    blank = next(row for row in missing if row[0] == "丙局")
    assert blank[3] == "空白"
    assert "尚未审结" in blank[2]
    differences = [[cell.value for cell in row] for row in book["与本单位报告的差异"].iter_rows(min_row=3)]
    assert differences[0][3:7] == [6, "3/4", 20, 14]
    assert "缺少：丁局" in differences[0][7]


def test_texts_never_become_formulas() -> None:
    book = Calculator(roll_up_workbook(rolled(2024), SAY)).book
    texts = [
        cell
        for sheet in book.worksheets
        for cell in chain.from_iterable(sheet.iter_rows())
        if isinstance(cell.value, str) and cell.value.startswith(("=1+1", "=cmd", "@SUM"))
    ]
    assert texts
    assert all(cell.data_type == "s" for cell in texts)


def test_the_same_roll_up_gives_the_same_bytes() -> None:
    assert roll_up_workbook(rolled(2020), SAY) == roll_up_workbook(rolled(2020), SAY)


def test_what_cannot_be_added_up_is_told() -> None:
    known = answers("2021", 2024)
    with pytest.raises(RollUpError, match="no national form"):
        gather(lambda name, **_: known[name], Wanted("office", "x", 2010), "某市")
    known["roll_up_members"] = known["roll_up_members"].iloc[0:0]
    with pytest.raises(RollUpError, match="no unit counts"):
        gather(lambda name, **_: known[name], Wanted("office", "x", 2024), "某市")
