"""What other offices count of the province's units (data/ledgers.toml), as the sheets that they send.

A ledger gives what the unit's report states, and of a few units another figure: the truth names these as consequences,
since which of the two is right nobody can tell from the report. A unit that has not reported stands in it with what it
would report; a count that a report leaves blank stands in it, too.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from gongkai.catalogue.ledgers import LedgerKind, ledger_kinds
from gongkai.sample.chance import stream
from gongkai.sample.draft import Draft, Mistake

FIRST_LEDGER_YEAR = 2021
"""The form of this year counts what the ledgers count."""
_DIFFERENCES = 2
"""Figures of a ledger that are not the report's."""
_MOST = 3
"""How far off they are at most."""
Row = tuple[str, list[int | None]]


def write_ledgers(folder: Path, drafts: Sequence[Draft], year: int, seed: int) -> int:
    """Write ledgers/YEAR-KIND.xlsx of a year, and add to the drafts where they differ; return the size in bytes."""
    if year < FIRST_LEDGER_YEAR:
        return 0
    size = 0
    (folder / "ledgers").mkdir()
    for kind in ledger_kinds().values():
        content = _workbook(kind, year, _rows(kind, drafts, year, seed))
        (folder / "ledgers" / f"{year}-{kind.code}.xlsx").write_bytes(content)
        size += len(content)
    return size


def _rows(kind: LedgerKind, drafts: Sequence[Draft], year: int, seed: int) -> list[Row]:
    metrics = [column.metric for column in kind.template]
    listed = [draft for draft in drafts if draft.due and draft.tables]
    counts = {draft.unit.name: [_count(draft, metric) for metric in metrics] for draft in listed}
    chance = stream(seed, kind.code, year, "ledger")
    faultless = [draft for draft in listed if not (draft.missing or draft.mistakes or draft.consequences)]
    for draft in chance.sample(faultless, min(_DIFFERENCES, len(faultless))):
        number = chance.randrange(len(metrics))
        counts[draft.unit.name][number] = (counts[draft.unit.name][number] or 0) + chance.randint(1, _MOST)
        draft.consequences.append(Mistake("differs_from_ledger", f"{metrics[number]}/all"))
    return [(draft.named.name, counts[draft.unit.name]) for draft in listed]


def _count(draft: Draft, metric: str) -> int | None:
    """What the report states; what it leaves blank as the office knows it; null where it states no count."""
    key = (metric, "all")
    value = None if draft.missing else draft.stated()[key]
    if value is None:
        return int(draft.table[key])
    return int(value) if value == int(value) else None


def _workbook(kind: LedgerKind, year: int, rows: Sequence[Row]) -> bytes:
    """A title, the headings in two lines, a line a unit, the sums."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        # The clock stays out of the file.
        book.set_properties({"created": datetime(2000, 1, 1)})
        centred = book.add_format({"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1})
        sheet = book.add_worksheet("台账")
        last = 1 + len(kind.template)
        sheet.set_column(1, 1, 36)
        sheet.merge_range(0, 0, 0, last, f"{year}年度{kind.title_zh}（虚构示例）", centred)
        for column, heading in enumerate(("序号", "单位名称")):
            sheet.merge_range(1, column, 2, column, heading, centred)
        start = 2
        for block in dict.fromkeys(column.block for column in kind.template):
            parts = [column.part for column in kind.template if column.block == block]
            if len(parts) > 1:
                sheet.merge_range(1, start, 1, start + len(parts) - 1, block, centred)
            else:
                sheet.write_string(1, start, block, centred)
            for column, part in enumerate(parts, start):
                sheet.write_string(2, column, part, centred)
            start += len(parts)
        for line, (name, counts) in enumerate(rows, 1):
            sheet.write_number(2 + line, 0, line)
            sheet.write_string(2 + line, 1, name)
            for column, count in enumerate(counts, 2):
                if count is not None:
                    sheet.write_number(2 + line, column, count)
        sheet.write_string(3 + len(rows), 1, "合计")
        for column in range(len(kind.template)):
            sheet.write_number(3 + len(rows), 2 + column, sum(counts[column] or 0 for _, counts in rows))
    return content.getvalue()
