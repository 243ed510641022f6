"""Reminders (催报) to send out: as Excel to telephone by, as an official Word file, as a text to paste into a chat.

All take the rows of the named query `submissions` and a Call: the item, the year, the day, the language. Texts of the
data stay texts in each: no formula, no link, no further line.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xlsxwriter

from gongkai.exports import word
from gongkai.exports.excel import Stamp, clean_text, sheet_name, workbook
from gongkai.exports.reminder_list import Call, Reminded, counts, detail, headings, line, reminded
from gongkai.exports.word_table import table

_COLUMNS = ("number", "agency", "reason", "detail", "due_on", "contact", "telephone", "remark")
_WIDTHS = (5, 34, 12, 20, 11, 18, 16, 18)
"""The printed sheet and the width of its columns in characters: A4 upright, all columns on one page."""
_LISTED = ("city", "county", "agency", "reason", "detail", "due_on", "days", "contact", "telephone", "reports_to")
_IN_WORD = ("number", "agency", "detail", "contact", "telephone")
_SHARES = (13, 55, 34, 22, 32)
"""Millimetres of 156."""
_FONT = "仿宋"


def reminder_workbook(frame: pd.DataFrame, stamp: Stamp, call: Call) -> bytes:
    """A sheet to print, by city, with room for notes; the same units as a list to filter; what they rest on."""
    groups = reminded(frame, call)
    names = {name: call.word(f"column.{name}") for name in _LISTED}
    rows = [_listed(unit, call) for units in groups.values() for unit in units]
    flat = pd.DataFrame(rows, columns=list(_LISTED), dtype=object).rename(columns=names)
    listed = {**stamp.headings, "data": call.word("reminder.list_sheet")}
    made = Stamp(stamp.title, listed, stamp.facts, stamp.definitions, stamp.notes, stamp.sources)
    return workbook(flat, made, first=lambda book: _printed(book, groups, call))


def _listed(unit: Reminded, call: Call) -> tuple[object, ...]:
    said = {"reason": call.word(f"reason.{unit.reason}"), "detail": detail(unit, call)}
    held = [said[name] if name in said else getattr(unit, name) for name in _LISTED]
    # What is not known stays an empty cell, and who is in time has no days past it.
    return tuple(None if value in ("", 0) else value for value in held)


def _printed(book: xlsxwriter.Workbook, groups: Mapping[str, list[Reminded]], call: Call) -> None:
    base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
    title = book.add_format({"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"font_name": _FONT, "font_size": 11, "text_wrap": True, "valign": "vcenter"})
    head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#E8EDF1"})
    city = book.add_format({**base, "font_name": "黑体", "bg_color": "#F4F6F8"})
    cell, middle = book.add_format(base), book.add_format({**base, "align": "center"})
    sheet = book.add_worksheet(sheet_name(call.word("reminder.sheet")))
    last = len(_COLUMNS) - 1
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    about = {"year": call.year, "item": call.word(f"item.{call.item}"), "today": call.day(call.today)}
    sheet.merge_range(0, 0, 0, last, clean_text(call.word("reminder.title", **about)), title)
    sheet.set_row(0, 34)
    said = (
        call.word("reminder.as_of", parts=counts(groups, call), **about)
        if groups
        else call.word("reminder.opening_none", **about)
    )
    sheet.merge_range(1, 0, 1, last, clean_text(said), plain)
    sheet.set_row(1, 22)
    for column, name in enumerate(_COLUMNS):
        sheet.write_string(2, column, call.word(f"column.{name}"), head)
    row = 2
    for heading, units in headings(groups, call):
        row += 1
        sheet.merge_range(row, 0, row, last, clean_text(heading), city)
        for number, unit in enumerate(units, 1):
            row += 1
            for column, text in enumerate(_texts(unit, number, _COLUMNS, call)):
                sheet.write_string(row, column, clean_text(text), middle if column == 0 else cell)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    sheet.set_footer(f"&C{call.word('reminder.page')}")


def reminder_document(frame: pd.DataFrame, call: Call) -> bytes:
    """A Word file in the official layout: what it is about, a table per city, what is asked; sender and date are left
    to whoever sends it."""
    groups = reminded(frame, call)
    about = {"year": call.year, "item": call.word(f"item.{call.item}"), "today": call.day(call.today)}
    title = call.word("reminder.title", **about)
    made = word.official_document(title)
    word.paragraph(made, title, word.TITLE)
    if not groups:
        word.paragraph(made, call.word("reminder.opening_none", **about))
        return word.to_bytes(made)
    total = sum(map(len, groups.values()))
    word.paragraph(made, call.word("reminder.opening", count=total, parts=counts(groups, call), **about))
    names = [call.word(f"column.{name}") for name in _IN_WORD]
    for heading, units in headings(groups, call):
        word.paragraph(made, heading, word.HEADING)
        rows = [_texts(unit, number, _IN_WORD, call) for number, unit in enumerate(units, 1)]
        table(made, names, rows, _SHARES, centred=(0,))
    word.paragraph(made, call.word("reminder.closing")).paragraph_format.space_before = word.LINE
    word.signature(made, ("", ""))
    return word.to_bytes(made)


def _texts(unit: Reminded, number: int, columns: tuple[str, ...], call: Call) -> list[str]:
    said = {
        "number": str(number),
        "agency": line(unit.agency),
        "reason": call.word(f"reason.{unit.reason}"),
        "detail": detail(unit, call),
        "due_on": unit.due_on.isoformat() if unit.due_on else "",
        "contact": line(unit.contact),
        "telephone": line(unit.telephone),
        "remark": "",
    }
    return [said[name] for name in columns]


def reminder_text(frame: pd.DataFrame, call: Call) -> str:
    """A short text to paste into a chat: a line that says it all, a line per city with its units, a line that asks.

    It gives no telephone numbers: the units themselves read it.
    """
    groups = reminded(frame, call)
    about = {"year": call.year, "item": call.word(f"item.{call.item}"), "today": call.day(call.today, short=True)}
    if not groups:
        return call.word("reminder.chat_none", **about)
    total = sum(map(len, groups.values()))
    lines = [call.word("reminder.chat_head", count=total, parts=counts(groups, call), **about)]
    between = call.word("reminder.between")
    for city, units in groups.items():
        names = between.join(_in_chat(unit, call) for unit in units)
        place = line(city) or call.word("reminder.no_city")
        lines.append(call.word("reminder.chat_city", city=place, count=len(units), units=names))
    return "\n".join([*lines, call.word("reminder.chat_tail")])


def _in_chat(unit: Reminded, call: Call) -> str:
    said = detail(unit, call, short=True)
    name = line(unit.agency)
    return call.word("reminder.chat_unit", agency=name, detail=said) if said else name
