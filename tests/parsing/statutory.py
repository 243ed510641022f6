"""Invented statutory tables for tests: consistent figures, and the grids that print them."""

from __future__ import annotations

import random

from gongkai.catalogue.forms import FormTable, RowSpec, forms
from gongkai.catalogue.metrics import APPLICANTS
from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Block, Cell

Truth = dict[tuple[str, str], float]


def table(regime: str, name: str) -> FormTable:
    found = forms()[regime].table(name)
    assert found is not None
    return found


def form_rows(regime: str) -> list[RowSpec]:
    return [row for row in table(regime, "applications").rows if not row.variant]


def application_truth(seed: int, regime: str = "2021") -> Truth:
    """Figures for which every identity holds."""
    chance = random.Random(seed)
    truth: Truth = {}
    outcomes = [
        r.key for r in form_rows(regime) if r.key.split(".")[1] not in ("new", "carried_in", "closed", "carried_out")
    ]
    for applicant in APPLICANTS[:-1]:
        for metric in outcomes:
            truth[metric, applicant] = chance.choice([0, 0, 0, 1, 2, chance.randrange(40)])
        closed = sum(truth[metric, applicant] for metric in outcomes)
        carried_in = chance.randrange(5)
        carried_out = carried_in + chance.randrange(4)
        truth["applications.closed", applicant] = closed
        truth["applications.carried_in", applicant] = carried_in
        truth["applications.carried_out", applicant] = carried_out
        truth["applications.new", applicant] = closed + carried_out - carried_in
    for row in form_rows(regime):
        truth[row.key, "all"] = sum(truth[row.key, applicant] for applicant in APPLICANTS[:-1])
    return truth


def application_lines(truth: Truth, regime: str = "2021") -> list[list[str]]:
    """Per row of the form: its label and its seven values, as printed."""
    return [[row.labels[0], *(f"{truth[row.key, a]:g}" for a in APPLICANTS)] for row in form_rows(regime)]


HEADER = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def blocks_of(lines: list[list[str]], header: bool = True) -> tuple[Block, ...]:
    """One table block; each text a cell of its own."""
    builder = BlockBuilder()
    rows = [HEADER, *lines] if header else lines
    builder.table(Cell(r, c, text) for r, line in enumerate(rows) for c, text in enumerate(line))
    return builder.blocks


def official_blocks(truth: Truth, regime: str = "2021") -> tuple[Block, ...]:
    """Table 3 as the form prints it: group labels merged over their rows, the heading in three levels."""
    builder = BlockBuilder()
    cells = [
        Cell(0, 0, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
        Cell(0, 3, "申请人情况", 1, 7),
        Cell(1, 3, "自然人", 2, 1),
        Cell(1, 4, "法人或其他组织", 1, 5),
        Cell(1, 9, "总计", 2, 1),
        *(Cell(2, 4 + i, text) for i, text in enumerate(HEADER[2:7])),
    ]
    rows = form_rows(regime)
    groups = [row.group or row.key for row in rows]
    inner = [
        i
        for i, row in enumerate(rows)
        if row.key not in ("applications.new", "applications.carried_in", "applications.carried_out")
    ]
    cells.append(Cell(3 + inner[0], 0, "三、本年度办理结果", len(inner), 1))
    for i, row in enumerate(rows):
        r = 3 + i
        if i not in inner:
            cells.append(Cell(r, 0, row.labels[0], 1, 3))
        elif row.group:
            if i == 0 or groups[i - 1] != row.group:
                cells.append(Cell(r, 1, row.group, groups.count(row.group), 1))
            cells.append(Cell(r, 2, row.labels[0]))
        else:
            cells.append(Cell(r, 1, row.labels[0], 1, 2))
        cells.extend(Cell(r, 3 + c, f"{truth[row.key, a]:g}") for c, a in enumerate(APPLICANTS))
    builder.table(cells)
    return builder.blocks


def review_cells(values: list[str]) -> list[Cell]:
    """Table 4 with its two levels of headings and one row of fifteen values."""
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        Cell(0, 0, "行政复议", 1, 5),
        Cell(0, 5, "行政诉讼", 1, 10),
        *(Cell(1, i, text, 2, 1) for i, text in enumerate(outcomes)),
        Cell(1, 5, "未经复议直接起诉", 1, 5),
        Cell(1, 10, "复议后起诉", 1, 5),
        *(Cell(2, 5 + i, text) for i, text in enumerate(outcomes * 2)),
        *(Cell(3, i, text) for i, text in enumerate(values)),
    ]
