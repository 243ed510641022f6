"""A roll-up as Excel: the statutory form with live formulas, the units behind it, what is missing, what differs.

Sheet 1 is the form: its figures are sums over sheet 2 or, where the form has an identity for a cell that the sums hold,
that identity, so that both can be audited. The value that each formula has now is stored with it, for programs that do
not calculate. Missing is not zero: a cell that nobody fills stays empty.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from gongkai.catalogue.form_layout import Key, cell_labels, official_tables
from gongkai.exports.excel import clean_text, sheet_name
from gongkai.exports.form_sheet import HEITI, SONGTI, FormSheet, Formula
from gongkai.exports.roll_up import Cell, RollUp
from gongkai.exports.roll_up_words import Say, is_amount, left_out_rows, member_words, title_of, traced_names

MONEY = "0.0000"
COUNT = "0"
"""Number formats: zeros are printed as 0, amounts in 万元 to four decimals."""
_HEAD = 4
"""Rows above the figures of sheet 2: title, table, row, column of the form."""
_FIRST_FIGURE = 5
"""Columns before the figures of sheet 2."""
_SUMS = 4
"""Rows between its headings and the units: total, units counted, the unit's own figure, the difference."""
_DIGITS = 6
"""Sums are rounded to as many decimals as the store adds: binary fractions leave dust behind the fourth."""


def roll_up_workbook(found: RollUp, say: Say) -> bytes:
    """The workbook's bytes; the same roll-up and words give the same bytes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": clean_text(title_of(found, say)), "created": datetime(2000, 1, 1)})
    book.set_calc_mode("auto")
    _Writer(book, found, say).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes one workbook; owns its sheets, its formats, and where the units' figures stand."""

    def __init__(self, book: xlsxwriter.Workbook, found: RollUp, say: Say) -> None:
        self.book, self.found, self.say = book, found, say
        names = ("form", "units", "missing", "differences")
        self.sheets = {name: book.add_worksheet(sheet_name(say(f"roll_up.sheet.{name}"))) for name in names}
        self.keys = list(found.cells)
        self.columns = {key: _FIRST_FIGURE + number for number, key in enumerate(self.keys)}
        self.first = _HEAD + _SUMS
        self.last = self.first + max(len(found.expected), 1) - 1
        base = {"font_name": SONGTI, "font_size": 10, "valign": "vcenter", "border": 1}
        self.text = book.add_format(base)
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.head = book.add_format({**base, "bold": True, "bg_color": "#E8EDF1", "text_wrap": True, "align": "center"})
        self.title = book.add_format({"font_name": HEITI, "font_size": 14, "valign": "vcenter"})
        self.note = book.add_format({"font_name": SONGTI, "font_size": 10, "text_wrap": True, "valign": "top"})
        self.numbers = {number: book.add_format({**base, "num_format": number}) for number in (COUNT, MONEY)}
        self.bold = {
            number: book.add_format({**base, "num_format": number, "bold": True, "bg_color": "#F5F7F9"})
            for number in (COUNT, MONEY)
        }

    def write(self) -> None:
        """All four sheets."""
        self._form(self.sheets["form"])
        self._units(self.sheets["units"])
        self._missing(self.sheets["missing"])
        self._differences(self.sheets["differences"])
        self.sheets["form"].activate()

    def _range(self, key: Key) -> str:
        """The units' figures of a cell on sheet 2."""
        column = self.columns[key]
        name = self.sheets["units"].get_name().replace("'", "''")
        return f"'{name}'!{xl_range(self.first, column, self.last, column)}"

    def _form(self, sheet: Worksheet) -> None:
        tables = official_tables(self.found.regime)
        form = FormSheet(self.book, sheet, [grid for _, grid in tables])
        form.line(clean_text(title_of(self.found, self.say)), 16, bold=True, centre=True, font=HEITI)
        form.line(clean_text(self.say("roll_up.export.basis", **self._basis())), 9, centre=True)
        for heading, grid in tables:
            form.gap()
            form.line(heading, 12, bold=True, font=HEITI)
            form.place(grid)
            form.write(grid, {key: self._figure(key, form.at) for key in form.at if key in self.found.cells})
        form.gap()
        form.line(self.say("roll_up.export.note"), 8)

    def _basis(self) -> dict[str, object]:
        found = self.found
        return {
            "units": len(found.expected),
            "counted": len(found.counted),
            "part": self.say(f"roll_up.part.{found.wanted.part}"),
            "use": self.say(f"roll_up.use.{found.wanted.use}"),
        }

    def _figure(self, key: Key, at: dict[Key, tuple[int, int]]) -> Formula:
        cell, number = self.found.cells[key], _number(key)
        remarks = []
        if cell.counted < cell.units:
            remarks.append(self.say("roll_up.export.counted", counted=cell.counted, units=cell.units))
        place = self.found.totals.get(key)
        if self.found.unequal(key):
            expected = self.found.of_parts(key)
            remarks.append(self.say("roll_up.export.unequal", expected=f"{expected:g}", value=f"{cell.value:g}"))
            place = None
        if cell.value is None:
            given = self._range(key)
            formula = f'=IF(COUNT({given})=0,"",SUM({given}))'
        elif place is not None and self.found.of_parts(key) is not None and all(part in at for part in place.right):
            formula = "=" + _sum(_cells([at[part] for part in place.right], set(at.values())), number)
        else:
            formula = "=" + _sum(self._range(key), number)
        return Formula(formula, cell.value, number, "\n".join(remarks))

    def _units(self, sheet: Worksheet) -> None:
        say, labels = self.say, cell_labels(self.found.regime)
        sheet.write_string(0, 0, clean_text(title_of(self.found, say)), self.title)
        for column, name in enumerate(("number", "unit", "scope", "stage", "source")):
            sheet.merge_range(1, column, _HEAD - 1, column, say(f"roll_up.column.{name}"), self.head)
        groups: list[list[int]] = []
        for key in self.keys:
            column, (table, label, name) = self.columns[key], labels[key]
            sheet.write_string(2, column, label, self.head)
            sheet.write_string(3, column, name, self.head)
            if not groups or labels[self.keys[groups[-1][0] - _FIRST_FIGURE]][0] != table:
                groups.append([column, column])
            groups[-1][1] = column
        for first, last in groups:
            title = labels[self.keys[first - _FIRST_FIGURE]][0]
            if first == last:
                sheet.write_string(1, first, title, self.head)
            else:
                sheet.merge_range(1, first, 1, last, title, self.head)
        for row, name in enumerate(("total", "counted", "reported", "difference"), _HEAD):
            sheet.merge_range(row, 0, row, _FIRST_FIGURE - 1, say(f"roll_up.row.{name}"), self.head)
        for key in self.keys:
            self._sums(sheet, key)
        for number, member in enumerate(self.found.expected):
            row = self.first + number
            words = member_words(member, say)
            sheet.write_number(row, 0, number + 1, self.text)
            for column, name in enumerate(("unit", "scope", "stage", "source"), 1):
                sheet.write_string(row, column, clean_text(words[name]), self.text)
            for key in self.keys:
                self._given(sheet, row, member.id, key)
        for column, width in enumerate((6, 30, 8, 10, 24)):
            sheet.set_column(column, column, width)
        sheet.set_column(_FIRST_FIGURE, _FIRST_FIGURE + len(self.keys), 13)
        sheet.set_row(2, 66)
        sheet.set_row(3, 32)
        sheet.freeze_panes(self.first, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(1, _HEAD - 1)
        sheet.repeat_columns(0, 1)

    def _sums(self, sheet: Worksheet, key: Key) -> None:
        cell, column, number = self.found.cells[key], self.columns[key], _number(key)
        given = xl_range(self.first, column, self.last, column)
        total = f'=IF(COUNT({given})=0,"",{_sum(given, number)})'
        sheet.write_formula(_HEAD, column, total, self.bold[number], "" if cell.value is None else cell.value)
        sheet.write_formula(_HEAD + 1, column, f"=COUNT({given})", self.bold[COUNT], cell.counted)
        if cell.reported is None:
            sheet.write_blank(_HEAD + 2, column, None, self.bold[number])
        else:
            sheet.write_number(_HEAD + 2, column, cell.reported, self.bold[number])
        own, sum_ = xl_rowcol_to_cell(_HEAD + 2, column), xl_rowcol_to_cell(_HEAD, column)
        formula = f'=IF(OR({own}="",{sum_}=""),"",ROUND({own}-{sum_},{_DIGITS}))'
        value: float | str = "" if cell.difference is None else cell.difference
        sheet.write_formula(_HEAD + 3, column, formula, self.bold[number], value)

    def _given(self, sheet: Worksheet, row: int, member: str, key: Key) -> None:
        column, number = self.columns[key], _number(key)
        given = self.found.given.get(member, {}).get(key)
        if given is not None and given.status == "counted" and given.value is not None:
            sheet.write_number(row, column, given.value, self.numbers[number])
        else:
            # What is missing is said on sheet 3.
            sheet.write_blank(row, column, None, self.numbers[number])

    def _missing(self, sheet: Worksheet) -> None:
        rows = left_out_rows(self.found, self.say)
        names = ("unit", "place", "extent", "reason", "remark", "contact")
        none = self.say("roll_up.export.nothing_missing")
        self._list(sheet, "missing", names, rows, (34, 20, 44, 30, 40, 30), none)

    def _differences(self, sheet: Worksheet) -> None:
        say, found = self.say, self.found
        labels = cell_labels(found.regime)
        rows: list[Sequence[str | float | None]] = []
        for cell in found.differing:
            table, row, column = labels[cell.key]
            rows.append(
                (
                    table,
                    row,
                    column,
                    cell.value,
                    _of(cell),
                    cell.reported,
                    cell.difference,
                    traced_names(found, cell.key, say),
                )
            )
        names = ("table", "row", "column", "value", "counted", "reported", "difference", "traced")
        none = say("roll_up.export.no_difference" if found.reports_itself else "roll_up.export.no_own_report")
        self._list(sheet, "differences", names, rows, (28, 40, 14, 12, 12, 12, 12, 80), none)

    def _list(
        self,
        sheet: Worksheet,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str | float | None]],
        widths: Sequence[float],
        none: str,
    ) -> None:
        """A sheet with one plain table."""
        sheet.merge_range(0, 0, 0, len(columns) - 1, self.say(f"roll_up.sheet.{name}"), self.title)
        for column, (heading, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.write_string(1, column, self.say(f"roll_up.column.{heading}"), self.head)
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, clean_text(value), self.wrapped)
                elif value is None:
                    sheet.write_blank(number, column, None, self.text)
                else:
                    sheet.write_number(number, column, value, self.text)
        if not rows:
            sheet.merge_range(2, 0, 2, len(columns) - 1, none, self.note)
        sheet.freeze_panes(2, 1)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)


def _of(cell: Cell) -> str:
    return f"{cell.counted}/{cell.units}"


def _number(key: Key) -> str:
    return MONEY if is_amount(key) else COUNT


def _sum(given: str, number: str) -> str:
    return f"ROUND(SUM({given}),{_DIGITS})" if number == MONEY else f"SUM({given})"


def _cells(parts: Sequence[tuple[int, int]], figures: set[tuple[int, int]]) -> str:
    """The cells of a sum: a range where they stand side by side or below each other with no other figure between."""
    rows, columns = {row for row, _ in parts}, {column for _, column in parts}
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    between = {(row, column) for row, column in figures if top <= row <= bottom and left <= column <= right}
    if 1 in (len(rows), len(columns)) and between == set(parts):
        return f"{xl_col_to_name(left)}{top + 1}:{xl_col_to_name(right)}{bottom + 1}"
    return ",".join(xl_rowcol_to_cell(*part) for part in sorted(parts))
