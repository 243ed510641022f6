"""The roll-up of a small fictional province equals its truth in every cell: province, cities, counties, both forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
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
from gongkai.store.workspace import Workspace, create

YEARS = (2020, 2021)


@dataclass(frozen=True)
class Province:
    """A workspace that holds the province, and the lines of its truth by unit and year."""

    workspace: Workspace
    truth: dict[tuple[str, int], dict[str, Any]]

    def roll_up(self, name: str, year: int) -> RollUp:
        unit = next(unit for unit in units_of(self.workspace, "office") if unit.name == name)
        wanted = Wanted("office", unit.id, year)
        return gather(lambda query, **given: run_in(self.workspace, query, given), wanted, name)

    def governments(self) -> Iterator[tuple[str, int]]:
        """Every unit in which others count, per year."""
        parents = {line["parent"] for line in self.truth.values() if line["parent"]}
        yield from ((name, year) for name in sorted(parents) for year in YEARS)

    def stated(self, name: str, year: int) -> dict[tuple[str, str], Decimal]:
        """What the tables of a unit's report say."""
        return {
            (metric, applicant): Decimal(str(value))
            for metric, applicant, value, method, _ in self.truth[name, year]["figures"]
            if method == "table" and value is not None
        }


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """One city with its counties in a year of either form, read from files as an office would; far more mistakes than
    usual are planted, and one county department a year has not sent its report."""
    folder = tmp_path_factory.mktemp("province")
    with patch("gongkai.sample.write.plan", partial(plan, mistakes="testbed_mistakes.csv")):
        write_sample(folder / "sample", cities=1, years=YEARS, seed=9)
    lines = (folder / "sample" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = {(line["agency"], line["year"]): line for line in map(json.loads, lines)}
    manifest = folder / "sample" / "manifest.csv"
    received = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    for year in YEARS:
        late = next(
            line
            for (_, of), line in sorted(truth.items())
            if of == year and (line["level"], line["kind"]) == ("county", "department") and not line["mistakes"]
        )
        (folder / "sample" / late["file"]).unlink()
        received = [row for row in received if late["file"] not in row]
        late.update(file=None, figures=[])
    workspace = create(folder / "office")
    import_agencies(workspace, folder / "sample" / "agencies.csv", "office", "测试")
    manifest.write_text("".join(received), encoding="utf-8")
    done = ingest(workspace, [folder / "sample" / "reports"], manifest_file=manifest, actor="测试")
    assert not done.failures
    assert sum(bool(line["mistakes"]) for line in truth.values()) > 10
    return Province(workspace, truth)


def test_every_cell_of_every_roll_up_is_the_sum_of_what_the_units_report(province: Province) -> None:
    compared = 0
    for name, year in province.governments():
        below = [agency for (agency, of), line in province.truth.items() if of == year and line["parent"] == name]
        found = province.roll_up(name, year)
        assert {member.name for member in found.expected} == set(below)
        missing = {agency for agency in below if province.truth[agency, year]["file"] is None}
        assert {member.name for member in found.expected if member.state == "no_report"} == missing
        told = {agency: province.stated(agency, year) for agency in below}
        for cell in form_cells(regime_of(year) or ""):
            key = (cell.metric, cell.applicant)
            values = [figures[key] for figures in told.values() if key in figures]
            rolled = found.cells[key]
            assert rolled.counted == len(values), (name, year, key)
            assert rolled.value == (float(sum(values)) if values else None), (name, year, key)
            own = province.stated(name, year).get(key)
            assert rolled.reported == (None if own is None else float(own)), (name, year, key)
            compared += 1
    assert compared > 1000


def test_where_no_child_is_missing_or_mistaken_the_sum_is_the_governments_own_report(province: Province) -> None:
    agreed = 0
    for name, year in province.governments():
        lines = [line for (_, of), line in province.truth.items() if of == year]
        family = [line for line in lines if name in (line["agency"], line["parent"])]
        flawed = [line for line in family if line["mistakes"] or line["consequences"]]
        if flawed or not all(line["file"] and line["regime"] for line in family):
            continue
        found = province.roll_up(name, year)
        assert found.reports_itself
        lacking = {cell.key for cell in found.cells.values() if cell.counted < cell.units}
        assert not [cell for cell in found.differing if cell.key not in lacking], (name, year)
        agreed += 1
    assert agreed


def test_a_missing_child_is_named_wherever_its_figures_are_lacking(province: Province) -> None:
    traced = 0
    for name, year in province.governments():
        found = province.roll_up(name, year)
        absent = {member.id for member in found.expected if member.state == "no_report"}
        for cell in found.differing:
            reasons = {(trace.member, trace.reason) for trace in found.traces if trace.key == cell.key}
            if cell.difference and cell.difference > 0:
                assert {(member, "missing") for member in absent} <= reasons
                traced += bool(absent)
    assert traced
