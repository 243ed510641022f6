"""Ledgers written out: an empty sheet with the headings that an import takes, and what stands of a ledger."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from gongkai.catalogue.ledgers import LedgerKind, ledger_kinds
from gongkai.catalogue.register_columns import headings, word_of
from gongkai.store.ledger_book import LedgerBook, LedgerError, figure_of, standing
from gongkai.store.register import units_of
from gongkai.store.workspace import Workspace

_WIDTHS = (36, 8, 14)


def template(kind: str) -> bytes:
    """An empty ledger as .xlsx: the units, the scope, a column for each figure; a second sheet says how to fill it in.

    Raise LedgerError for a kind that is none.
    """
    known = _known(kind)
    return _workbook(known, [column.metric for column in known.template], [])


def export_ledger(workspace: Workspace, file: Path, kind: str, year: int, collection: str) -> int:
    """Write what stands of a ledger as .xlsx that an import takes; return how many figures that is.

    Raise LedgerError where nothing stands, for a kind that is none, and for a file of another kind.
    """
    known = _known(kind)
    workspace.collection(collection)
    if file.suffix.lower() != ".xlsx":
        raise LedgerError(f"{file}: a ledger is written as .xlsx; name such a file")
    entries = LedgerBook(workspace).journal.entries(collection=collection, kind=kind, year=year)
    figures = [figure_of(entry) for entry in standing(entries)]
    if not figures:
        raise LedgerError(f"{collection}: nothing stands of this ledger for {year}")
    names = {unit.id: unit.name for unit in units_of(workspace, collection)}
    held = {one.metric for one in figures}
    metrics = [metric for metric in known.metrics if metric in held]
    lines: dict[tuple[str, str | None], list[str | float | None]] = {}
    for one in sorted(figures, key=lambda one: (one.row, one.agency_id)):
        scope = "" if one.scope is None else word_of("scope", one.scope)
        start: list[str | float | None] = [names.get(one.agency_id, one.agency), scope, *[None] * len(metrics)]
        lines.setdefault((one.agency_id, one.scope), start)[2 + metrics.index(one.metric)] = one.value
    file.write_bytes(_workbook(known, metrics, list(lines.values())))
    return len(figures)


def _known(kind: str) -> LedgerKind:
    if kind not in ledger_kinds():
        raise LedgerError(f"kind: {kind!r} is not one of {', '.join(ledger_kinds())}")
    return ledger_kinds()[kind]


def _workbook(kind: LedgerKind, metrics: Sequence[str], lines: Sequence[Sequence[str | float | None]]) -> bytes:
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        # The clock stays out of the file.
        book.set_properties({"title": kind.title_zh, "created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(kind.title_zh[:31])
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate([headings()["name"], headings()["scope"], *map(kind.heading, metrics)]):
            sheet.set_column(column, column, _WIDTHS[min(column, 2)])
            sheet.write_string(0, column, heading, bold)
        for row, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
        about = book.add_worksheet("说明")
        about.set_column(0, 0, 90)
        for row, text in enumerate((f"{kind.title_zh}（{kind.keeper_zh}）", kind.note_zh, *_HOW)):
            about.write_string(row, 0, text, wrapped)
    return content.getvalue()


_HOW = (
    "一行一个单位，单位名称用名录中的名称、简称或曾用名。",
    "没有发生的填 0；空白表示没有数据，不参与比较。",
    "口径可不填，按单位通常的统计范围（政府为汇总，其他单位为本级）比较；需要时填“本级”或“汇总”。",
)
"""What the second sheet says; for those who fill it in, hence Chinese whatever the screen speaks."""
