"""The roll-up of a small fictional province equals its truth in every cell: province, cities, counties, both forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest

from gongkai.catalogue.form_cells import form_cells, regime_of
from gongkai.exports.roll_up import RollUp, Wanted, gather
from gongkai.sample.write import plan, write_sample
from gongkai.store.ingest import ingest
from gongkai.store.reader import run_in
from gongkai.store.register import import_agencies, units_of
from gongkai.store.submission_files import import_events
from gongkai.store.workspace import Workspace, create

YEARS = (2020, 2021)
READY = {
    "published": {"published", "filed", "corrected"},
    "approved": {"passed", "published", "filed", "corrected"},
    "latest": {"waiting", "returned", "passed", "published", "filed", "corrected"},
}
"""The states of a unit's report in which it counts, by use."""


@dataclass(frozen=True)
class Province:
    """A workspace that holds the province, and the lines of its truth by unit and year."""

    workspace: Workspace
    truth: dict[tuple[str, int], dict[str, Any]]
    gathered: dict[tuple[str, int, str], RollUp] = field(default_factory=dict)

    def roll_up(self, name: str, year: int, use: str) -> RollUp:
        key = name, year, use
        if key not in self.gathered:
            unit = next(unit for unit in units_of(self.workspace, "office") if unit.name == name)
            wanted = Wanted("office", unit.id, year, use=use)
            self.gathered[key] = gather(lambda query, **given: run_in(self.workspace, query, given), wanted, name)
        return self.gathered[key]

    def governments(self) -> Iterator[tuple[str, int]]:
        """Every unit in which others count, per year."""
        parents = {line["counts_in"] for line in self.truth.values() if line["counts_in"]}
        yield from ((name, year) for name in sorted(parents) for year in YEARS)

    def below(self, name: str, year: int) -> list[dict[str, Any]]:
        """The lines of the units that count in one."""
        return [line for (_, of), line in self.truth.items() if of == year and line["counts_in"] == name]


def stated(line: dict[str, Any]) -> dict[tuple[str, str], Decimal]:
    """What the tables of a unit's standing version say."""
    return {
        (metric, applicant): Decimal(str(value))
        for metric, applicant, value, method, _ in line["figures"]
        if method == "table" and value is not None
    }


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """One city with its counties in a year of either form, read from files as an office would, with what people entered
    about the versions; far more mistakes than usual are planted."""
    folder = tmp_path_factory.mktemp("province")
    sample = folder / "sample"
    with patch("gongkai.sample.write.plan", partial(plan, mistakes="testbed_mistakes.csv")):
        write_sample(sample, cities=1, years=YEARS, seed=9)
    workspace = create(folder / "office")
    import_agencies(workspace, sample / "agencies.csv", "office", "测试")
    done = ingest(workspace, [sample / "reports"], manifest_file=sample / "manifest.csv", actor="测试")
    assert not done.failures
    import_events(workspace, sample / "submissions.csv", "office", "测试")
    lines = (sample / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = {(line["agency"], line["year"]): line for line in map(json.loads, lines)}
    assert sum(bool(line["mistakes"]) for line in truth.values()) > 10
    return Province(workspace, truth)


@pytest.mark.parametrize("use", ["published", "approved", "latest"])
def test_every_cell_of_every_roll_up_is_the_sum_of_what_the_units_report(province: Province, use: str) -> None:
    compared = 0
    for name, year in province.governments():
        below = province.below(name, year)
        found = province.roll_up(name, year, use)
        assert {member.name for member in found.expected} == {line["agency"] for line in below}
        counted = [line for line in below if line["state"] in READY[use]]
        assert {member.name for member in found.counted} == {line["agency"] for line in counted}, (name, year)
        told = [stated(line) for line in counted]
        for cell in form_cells(regime_of(year) or ""):
            key = (cell.metric, cell.applicant)
            values = [figures[key] for figures in told if key in figures]
            rolled = found.cells[key]
            assert rolled.counted == len(values), (name, year, key)
            assert rolled.value == (float(sum(values)) if values else None), (name, year, key)
            own = stated(province.truth[name, year]).get(key)
            assert rolled.reported == (None if own is None else float(own)), (name, year, key)
            compared += 1
    assert compared > 1000


def test_where_no_figure_is_missing_or_mistaken_the_sum_is_the_truth(province: Province) -> None:
    """`sums` of the truth: what the units truly add up to, whatever was planted in their reports."""
    equal = 0
    for name, year in province.governments():
        below = province.below(name, year)
        table_of = {cell.metric: cell.table for cell in form_cells(regime_of(year) or "")}
        # A planted mistake names a cell as metric/applicant; another one of the same table was altered for it.
        flaws = [flaw["where"] for line in below for flaw in (*line["mistakes"], *line["consequences"])]
        flawed = {table_of.get(where.partition("/")[0]) for where in flaws}
        found = province.roll_up(name, year, "latest")
        for metric, applicant, value in province.truth[name, year]["sums"]:
            rolled = found.cells[metric, applicant]
            if rolled.counted == rolled.units and table_of[metric] not in flawed:
                assert rolled.value == float(value), (name, year, metric, applicant)
                equal += 1
    assert equal > 100


def test_a_missing_unit_is_named_wherever_its_figures_are_lacking(province: Province) -> None:
    traced = 0
    for name, year in province.governments():
        found = province.roll_up(name, year, "published")
        lacking = {member.id for member in found.expected if member.state != "counted"}
        for cell in found.differing:
            reasons = {(trace.member, trace.reason) for trace in found.traces if trace.key == cell.key}
            if cell.difference and cell.difference > 0:
                named = {member for member, _ in reasons}
                assert lacking <= named
                traced += bool(lacking)
    assert traced
