"""Tables that lost their shape when a page was saved as text: bars in every place, one cell a line, blank cells."""

from __future__ import annotations

import pytest

from gongkai.documents.model import Block, Kind
from gongkai.documents.text import read

ROWS = [
    ["信息内容", "制发件数", "废止件数", "现行有效"],
    ["规章", "1", "2", "3"],
    ["规范性文件", "4", "5", "6"],
    ["行政许可", "7"],
    ["行政处罚", "8"],
    ["合计数量", "9", "10", "11"],
]
HEADING, END = "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"


def around(table: str) -> str:
    return f"{HEADING}\n{table}\n{END}\n"


def tables(source: str) -> list[Block]:
    blocks = read(source).blocks
    assert (blocks[0].text, blocks[-1].text) == (HEADING, END)
    return [block for block in blocks if block.kind is Kind.TABLE]


def rows_of(block: Block) -> list[list[str]]:
    return [[cell.text for cell in block.cells if cell.row == row] for row in range(block.rows)]


def bars_behind(rows: list[list[str]]) -> str:
    """A cell a line; what a row lacks is made up for by bars behind its last cell."""
    lines: list[str] = []
    for row in rows:
        missing = len(rows[0]) - len(row)
        lines += [f"{cell} |" for cell in row[:-1]]
        lines.append(f"{row[-1]} |" + (" " + "|" * missing if missing else ""))
    return "\n".join(lines)


def bars_on_lines(rows: list[list[str]]) -> str:
    """The same with the bars that make up for cells on a line of their own."""
    lines: list[str] = []
    for row in rows:
        lines += [f"{cell} |" for cell in row]
        lines += ["|" * (len(rows[0]) - len(row))] * (len(row) < len(rows[0]))
    return "\n".join(lines)


def row_a_line(rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(row) + " |" + " ||" * (len(row) < len(rows[0])) for row in rows)


@pytest.mark.parametrize("write", [bars_behind, bars_on_lines, row_a_line])
def test_rows_are_found_again(write: object) -> None:
    assert callable(write)
    (block,) = tables(around(write(ROWS)))
    assert rows_of(block) == ROWS
    assert not block.ruled


def test_without_bars_that_make_up_for_cells_there_are_no_rows() -> None:
    full = [row for row in ROWS if len(row) == 4]
    blocks = read(around("\n".join(f"{cell}\n|" for row in full for cell in row))).blocks
    assert [block.text for block in blocks[1:-1]] == [cell for row in full for cell in row]


def test_bars_in_front_of_cells() -> None:
    rows = [
        ["指标", "单位", "代码", "数量"],
        ["公开数", "条", "01", ""],
        ["申请数", "件", "02", "3"],
        ["答复数", "件", "03", "3"],
    ]
    source = "\n".join("\n".join([row[0], *(f"| {cell}" if cell else "|" for cell in row[1:]), "|"]) for row in rows)
    (block,) = (block for block in read(around(source)).blocks if block.kind is Kind.TABLE)
    assert rows_of(block) == rows


def test_parts_of_a_narrow_cell() -> None:
    source = bars_behind(ROWS).replace("制发件数 |", "制发\n件数 |")
    (block,) = tables(around(source))
    assert rows_of(block)[0][1] == "制发件数"


BLANKS = [
    ["一、本年新收", "12", "", "", "12"],
    ["二、上年结转", "", "", "", ""],
    ["（一）予以公开", "4", "", "1", "5"],
    ["（二）部分公开", "", "", "", ""],
    ["四、结转下年度", "7", "", "", ""],
]


@pytest.mark.parametrize("between", [1, 2])
def test_empty_lines_are_blank_cells(between: int) -> None:
    header = ["自然人", "企业", "其他", "总计"]
    cells = [*header, *(cell for row in BLANKS for cell in row)]
    source = "".join(cell + "\n" * between if cell else "\n" for cell in cells)
    blocks = read(f"{HEADING}\n\n{source}\n\n{END}").blocks
    (block,) = (block for block in blocks if block.kind is Kind.TABLE)
    assert rows_of(block) == BLANKS
    assert [block.text for block in blocks if block.kind is Kind.PARAGRAPH] == [HEADING, *header, END]


def test_bars_alone_are_blank_cells() -> None:
    source = "\n".join(f"{cell}\n|" if cell else "|" for row in BLANKS for cell in row)
    (block,) = (block for block in read(around(source)).blocks if block.kind is Kind.TABLE)
    assert rows_of(block) == BLANKS


def test_blank_lines_between_paragraphs_prove_nothing() -> None:
    prose = "一、总体情况\n\n\n全年公开信息12条。\n\n\n\n2023\n\n二、主动公开\n\n\n3\n\n\n三、依申请公开\n\n5\n"
    assert not any(block.kind is Kind.TABLE for block in read(prose).blocks)


def test_one_cell_a_line_without_blanks_is_left_alone() -> None:
    cells = [cell for row in BLANKS for cell in row if cell]
    assert [block.text for block in read("\n\n".join(cells)).blocks] == cells


def test_a_row_of_links_is_no_table() -> None:
    assert len(read("首页 |\n机构 |\n公开 |\n互动 |\n服务 |").blocks) == 5
