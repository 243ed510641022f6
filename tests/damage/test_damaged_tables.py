"""Whatever happens to a table: the right figure, or a doubt, or nothing. Never a wrong figure without a mark."""

from __future__ import annotations

from random import Random

import pytest
from damages import DAMAGES, WAYS, true_tables, wrong_unmarked
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gongkai.parsing.tables import read_tables
from gongkai.sample.testbed.geometry import with_text

_EXAMPLES = settings(max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
_REGIMES = st.sampled_from(("2021", "2019"))
_SEEDS = st.integers(0, 10_000)
_LARGEST = st.sampled_from((5, 60, 3000))


@pytest.mark.parametrize("way", WAYS)
@_EXAMPLES
@given(regime=_REGIMES, seed=_SEEDS, largest=_LARGEST)
def test_an_undamaged_table_is_read_whole(way: str, regime: str, seed: int, largest: int) -> None:
    tables = true_tables(regime, seed, largest)
    figures = read_tables(WAYS[way](tables.grids), tables.year).figures
    assert {(figure.metric, figure.applicant): figure.value for figure in figures} == tables.truth


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("damage", DAMAGES)
@_EXAMPLES
@given(regime=_REGIMES, seed=_SEEDS, largest=_LARGEST, table=st.integers(0, 2))
def test_no_wrong_figure_is_unmarked(damage: str, way: str, regime: str, seed: int, largest: int, table: int) -> None:
    tables = true_tables(regime, seed, largest)
    grids = list(tables.grids)
    grids[table] = DAMAGES[damage](grids[table], Random(seed))
    assert wrong_unmarked(tables, tuple(grids), way) == []


@pytest.mark.parametrize("way", WAYS)
@_EXAMPLES
@given(regime=_REGIMES, seed=_SEEDS, largest=_LARGEST, two=st.permutations(list(DAMAGES)))
def test_two_damages_in_two_tables_leave_no_wrong_figure_unmarked(
    way: str, regime: str, seed: int, largest: int, two: list[str]
) -> None:
    tables = true_tables(regime, seed, largest)
    first, second = Random(seed).sample(range(3), 2)
    grids = list(tables.grids)
    for number, (table, damage) in enumerate(zip((first, second), two, strict=False)):
        grids[table] = DAMAGES[damage](grids[table], Random(seed + number))
    assert wrong_unmarked(tables, tuple(grids), way) == []


def test_a_total_broken_over_lines_is_not_read_by_its_first_digit() -> None:
    tables = true_tables("2019", 660, 60)
    grid = tables.grids[1]
    total = next(cell for cell in grid.cells if cell.key and cell.key[1] == "all" and len(cell.text) > 1)
    broken = with_text(grid, {total: total.text[:1] + "\n" + total.text[1:]})
    assert wrong_unmarked(tables, (tables.grids[0], broken, tables.grids[2]), "as_tabs") == []
