"""An annex printed twice: both copies are read, each with its scope, and never mixed."""

from __future__ import annotations

import pytest
from statutory import table

from gongkai.documents.builder import BlockBuilder
from gongkai.documents.model import Cell
from gongkai.parsing.table_reading import TableReading
from gongkai.parsing.tables import read_tables
from gongkai.records import CONFIDENT

_ROWS = [spec for spec in table("2014", "annex").rows if not spec.variant]


def _annex(factor: int, *, sequence: bool = False) -> list[list[str]]:
    rows = [["统计指标", "代码", "单位", "统计数"]]
    rows += [[spec.labels[0], f"{n:02d}", "条", str(n * factor)] for n, spec in enumerate(_ROWS)]
    return rows if sequence else [[row[0], *row[2:]] for row in rows]


def _read(*parts: str | list[list[str]]) -> TableReading:
    builder = BlockBuilder()
    for part in parts:
        if isinstance(part, str):
            builder.paragraph(part)
        else:
            builder.table(Cell(r, c, text) for r, row in enumerate(part) for c, text in enumerate(row))
    return read_tables(builder.blocks, 2018)


def _figures(reading: TableReading, *, sure: bool = True) -> dict[tuple[str, str | None], float | None]:
    return {(f.metric, f.scope): f.value for f in reading.figures if (f.confidence >= CONFIDENT) == sure}


def _wanted(factors: dict[str | None, int]) -> dict[tuple[str, str | None], float | None]:
    return {(spec.key, scope): n * factor for scope, factor in factors.items() for n, spec in enumerate(_ROWS)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("政府信息公开情况统计表（本机关）", "政府信息公开情况统计表（汇总）"),
        ("附表1：政府信息公开情况统计表（本级）", "附表2：政府信息公开情况统计表（全市）"),
        ("政府信息公开情况统计表", "政府信息公开情况统计表（含所属各部门、各单位）"),
    ],
)
def test_each_copy_has_the_scope_of_its_caption(first: str, second: str) -> None:
    wanted = _wanted({"organ": 1, "whole": 5})
    assert _figures(_read(first, _annex(1), second, _annex(5))) == wanted


def test_the_whole_may_stand_first() -> None:
    reading = _read("统计表（全县汇总）", _annex(5), "统计表（县政府办公室本级）", _annex(1))
    assert _figures(reading) == _wanted({"organ": 1, "whole": 5})


def test_captions_together_before_both_tables_are_taken_in_order() -> None:
    reading = _read("统计表（本机关）", "统计表（汇总）", "表一", _annex(1), "表二", _annex(5))
    assert _figures(reading) == _wanted({"organ": 1, "whole": 5})


def test_copies_in_one_table_are_parted() -> None:
    both = [["统计表（本机关）", "", ""], *_annex(1), ["统计表（汇总）", "", ""], *_annex(5)]
    assert _figures(_read(both)) == _wanted({"organ": 1, "whole": 5})


def test_captions_that_do_not_tell_leave_all_in_doubt() -> None:
    reading = _read("附表1", _annex(1), "附表2", _annex(5))
    assert not _figures(reading)
    assert _figures(reading, sure=False) == _wanted({None: 1})
    assert {metric for doubt in reading.doubts for metric in doubt.metrics} == {spec.key for spec in _ROWS}


def test_the_same_annex_twice_and_last_years_are_one() -> None:
    assert _figures(_read("统计表", _annex(1), "统计表", _annex(1))) == _wanted({None: 1})
    years = _read("2018年政府信息公开情况统计表", _annex(1), "2017年政府信息公开情况统计表", _annex(5))
    assert _figures(years) == _wanted({None: 1})


def test_a_column_of_codes_gives_no_figures() -> None:
    assert _figures(_read(_annex(3, sequence=True))) == _wanted({None: 3})
