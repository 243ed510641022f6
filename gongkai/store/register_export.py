"""A register as a table, a workbook or a file, in codes or in Chinese, so that register_file.py reads it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from gongkai.agencies.register import NOWHERE, FormerName, Unit
from gongkai.catalogue.register_columns import COLUMNS, headings, word_of
from gongkai.store.register_book import RegisterError
from gongkai.store.register_file import CODED, REFERENCES


def former_names_text(names: Sequence[FormerName]) -> str:
    """Former names as a cell that `former_names_in` reads back."""
    return ";".join(map(_printed, names))


def rows(units: Sequence[Unit], chinese: bool) -> list[list[str]]:
    """The register as a table: headings, then a line a unit, higher levels first; in codes or in Chinese."""
    names = {unit.id: unit.name for unit in units}
    levels = {
        level: number for number, level in enumerate(("national", "province", "prefecture", "county", "township"))
    }
    ordered = sorted(
        units, key=lambda unit: (levels.get(unit.level, 9), unit.province or "", unit.city or "", unit.name, unit.id)
    )
    heading = [headings()[code] if chinese else code for code in COLUMNS]
    return [heading, *([_cell(unit, column, names, chinese) for column in COLUMNS] for unit in ordered)]


def _cell(unit: Unit, column: str, names: Mapping[str, str], chinese: bool) -> str:
    """What is written for a unit in a column; `names` are those of all units by id."""
    if column == "aliases":
        return ";".join(unit.short_names)
    if column == "former_names":
        return former_names_text(unit.former_names)
    value = getattr(unit, column)
    if value is None or value == "":
        return ""
    if column in REFERENCES and value != NOWHERE:
        return names.get(value, "")
    return word_of(column, value) if chinese and column in (*CODED, *REFERENCES) else str(value)


def _printed(former: FormerName) -> str:
    if former.first is None and former.last is None:
        return former.name
    return f"{former.name}({former.first or ''}-{former.last or ''})"


def write(file: Path, units: Sequence[Unit], chinese: bool) -> None:
    """Write a register as .csv or .xlsx. Raise RegisterError for another kind, or a file that cannot be written."""
    table = rows(units, chinese)
    kind = file.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise RegisterError(f"{file}: a register is written as .csv or .xlsx; name such a file")
    try:
        if kind == ".csv":
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\r\n").writerows(table)
            # With a byte order mark, so that Excel knows the encoding.
            file.write_bytes(text.getvalue().encode("utf-8-sig"))
        else:
            file.write_bytes(_workbook(table))
    except OSError as error:
        raise RegisterError(f"{file}: cannot be written ({error.strerror})") from error


def workbook(units: Sequence[Unit], chinese: bool) -> bytes:
    """A register as the bytes of an .xlsx."""
    return _workbook(rows(units, chinese))


def _workbook(table: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    # Texts stay texts: a name that begins with = is no formula.
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(headings()["name"])
        bold = book.add_format({"bold": True, "bg_color": "#E8EDF1"})
        for number, line in enumerate(table):
            sheet.write_row(number, 0, line, bold if number == 0 else None)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(table[0]) - 1, 16)
    return made.getvalue()
