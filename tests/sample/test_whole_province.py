"""Units that change, reports on their way, years with the annex: what the lists and the truth say of them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.catalogue.forms import forms
from gongkai.catalogue.identities import identities
from gongkai.sample import write_sample
from gongkai.sample.chance import stream
from gongkai.sample.plan import plan
from gongkai.sample.province import SHAPES, build_province
from gongkai.sample.settings import STATES, on, submissions
from gongkai.sample.titles import name_in_title
from gongkai.sample.unit import Unit

Record = dict[str, Any]
LAST = 2025


@pytest.fixture(scope="module")
def units() -> tuple[Unit, ...]:
    return build_province(SHAPES["full"], 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few cities: the years around the change of forms, and the last ones."""
    folder = tmp_path_factory.mktemp("whole")
    write_sample(folder / "late", cities=2, years=(2023, LAST))
    write_sample(folder / "early", cities=1, years=(2017, 2019))
    return folder


def truth(folder: Path) -> list[Record]:
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream_:
        return list(csv.DictReader(stream_))


def test_the_whole_province_has_its_size(units: tuple[Unit, ...]) -> None:
    governments = Counter(unit.level for unit in units if unit.kind == "government")
    assert governments["prefecture"] == 12
    assert governments["county"] == 90
    below = [unit for unit in units if unit.kind not in ("office",) and unit.scope == "organ" and unit.exists(2024)]
    assert 1_450 <= len(below) <= 1_750
    assert len({unit.name for unit in units}) == len(units)
    for year in range(2014, 2026):
        names = Counter(unit.in_year(year).name for unit in units if unit.exists(year))
        assert names.most_common(1)[0][1] == 1, year


def test_units_are_renamed_merged_and_founded(units: tuple[Unit, ...]) -> None:
    by_name = {unit.name: unit for unit in units}
    for unit in units:
        ends = [former.last for former in unit.former]
        assert ends == sorted(ends)
        assert all(former.name != unit.name for former in unit.former)
        if unit.successor:
            assert unit.until is not None
            successor = by_name[unit.successor]
            assert successor.exists(unit.until + 1)
            assert successor.counts_in == unit.counts_in
    merged = [unit for unit in units if unit.successor and (unit.until or 0) >= 2019]
    assert {"department", "government"} <= {unit.kind for unit in merged}
    assert any(unit.since for unit in units)
    defence = next(unit for unit in units if unit.name.endswith("市国防动员办公室"))
    assert defence.in_year(2022).name.endswith("人民防空办公室")
    assert defence.in_year(2023) is defence


def test_vertical_units_count_nowhere(units: tuple[Unit, ...]) -> None:
    vertical = [unit for unit in units if unit.kind == "vertical"]
    assert len(vertical) > 100
    assert all(unit.counts_in is None for unit in vertical)
    assert {unit.parent for unit in vertical if unit.level == "county"} <= {unit.name for unit in vertical}


def test_a_successor_carries_what_the_other_had_open() -> None:
    small = build_province(SHAPES["small"], 1)
    (gone,) = [unit for unit in small if unit.successor and unit.until == 2023][:1]
    years = list(plan(small, range(2023, 2025), 1))
    before, after = ({draft.unit.name: draft for draft in year} for year in years)
    assert gone.name not in after
    assert gone.successor is not None
    key = ("applications.carried_out", "all")
    expected = before[gone.name].table[key] + before[gone.successor].table[key]
    assert after[gone.successor].table["applications.carried_in", "all"] == expected
    new = [draft for name, draft in after.items() if draft.unit.since == 2024]
    assert new
    assert all(draft.table["applications.carried_in", "all"] == 0 for draft in new if not draft.mistakes)


def test_the_annex_keeps_its_identities(folder: Path) -> None:
    reports = [r for r in truth(folder / "early") if r["regime"] == "2014" and not r["mistakes"]]
    assert len(reports) > 60
    expected = {row.key for table in forms()["2014"].tables for row in table.rows}
    kept = 0
    for record in reports:
        table = {metric: value for metric, _, value, method, _ in record["figures"] if method == "table"}
        assert set(table) == expected
        for identity in identities():
            if identity.check == "annex_total_is_not_sum":
                assert sum(table[m] for m in identity.left) == sum(table[m] for m in identity.right), record["file"]
                kept += 1
    assert kept > 300


def test_a_government_has_the_sums_of_its_units(folder: Path) -> None:
    for name in ("late", "early"):
        records = truth(folder / name)
        for record in records:
            assert ("sums" in record) == (record["scope"] == "whole")
            if "sums" not in record or record["mistakes"] or not record["file"]:
                continue
            table = {(m, who): value for m, who, value, method, _ in record["figures"] if method == "table"}
            if not record["consequences"]:
                assert table == pytest.approx({(m, who): value for m, who, value in record["sums"]})


def test_versions_lists_and_states_agree(folder: Path) -> None:
    records = truth(folder / "late")
    events = rows(folder / "late" / "submissions.csv")
    files = {version["file"] for record in records for version in record["versions"]}
    assert {row["file"] for row in events if row["file"]} <= files
    due = {(row["agency"], int(row["year"])) for row in rows(folder / "late" / "due.csv")}
    assert due == {(record["agency"], record["year"]) for record in records if record["due"]}
    by_unit: dict[tuple[str, int, str], list[dict[str, str]]] = {}
    for row in events:
        by_unit.setdefault((row["agency"], int(row["year"]), row["item"]), []).append(row)
    as_of = on(LAST, submissions().as_of).isoformat()
    for record in records:
        if not record["due"]:
            assert record["state"] is None
            continue
        versions, happened = record["versions"], by_unit.get((record["agency"], record["year"], "report"), [])
        assert [v["received_on"] for v in versions] == sorted(v["received_on"] for v in versions)
        assert [row["on"] for row in happened] == sorted(row["on"] for row in happened)
        assert record["state"] == left_by(versions, happened)
        forms_ = by_unit.get((record["agency"], record["year"], "website_form"), [])
        assert record["website_form"] == left_by([], forms_)
        if record["year"] == LAST:
            assert all(row["on"] <= as_of for row in happened)
            assert all(v["received_on"] <= as_of for v in versions)


def left_by(versions: list[Record], happened: list[dict[str, str]]) -> str:
    """The state that versions and events leave: what came after the last event is waiting."""
    if not happened:
        return "waiting" if versions else "missing"
    last = happened[-1]
    received = {version["file"]: version["received_on"] for version in versions}
    if last["event"] == "received" or (
        last["event"] == "returned" and any(day > received[last["file"]] for day in received.values() if last["file"])
    ):
        return "waiting"
    return last["event"]


def test_all_states_and_late_ones_are_there(folder: Path) -> None:
    records = truth(folder / "late")
    states = Counter(record["state"] for record in records if record["year"] == LAST and record["due"])
    assert set(STATES) <= set(states)
    assert states["filed"] > states.total() / 2
    late = [m for r in records for m in (*r["mistakes"], *r["consequences"]) if m["check"] == "submitted_late"]
    assert all(date.fromisoformat(mistake["where"]).year > 2023 for mistake in late)
    assert late


def test_what_was_returned_is_mended_and_what_was_corrected_was_wrong(folder: Path) -> None:
    records = [r for r in truth(folder / "late") if r["due"] and r["versions"]]
    returned = {row["file"] for row in rows(folder / "late" / "submissions.csv") if row["event"] == "returned"}
    assert returned
    for record in records:
        for version in record["versions"]:
            if version["file"] in returned:
                assert version["mistakes"], version["file"]
        if record["state"] == "corrected":
            before, now = record["versions"][-2:]
            assert (before["stage"], now["stage"]) == ("published", "corrected")
            assert before["mistakes"] != now["mistakes"]
    contents = [(folder / "late" / v["file"]).read_bytes() for r in records for v in r["versions"]]
    assert len(set(contents)) == len(contents)


def test_versions_that_differ_are_named(folder: Path) -> None:
    for record in truth(folder / "late"):
        checks = {mistake["check"] for mistake in record["mistakes"]}
        by_stage = {version["stage"]: version for version in record["versions"]}
        if "differs_from_approved" in checks:
            assert by_stage["approved"]["other_figures"]
        elif "approved" in by_stage and record["state"] in ("published", "filed") and not checks:
            assert not by_stage["approved"]["other_figures"]
        if "changed_after_publication" in checks:
            assert [version["stage"] for version in record["versions"]].count("published") == 2


def test_titles_may_call_a_unit_by_a_short_name(units: tuple[Unit, ...]) -> None:
    unit = next(unit for unit in units if unit.name.endswith("区人力资源和社会保障局"))
    names = {name_in_title(unit, stream(1, number)) for number in range(400)}
    assert unit.name in names
    assert unit.short in names
    assert any(name.endswith("区人社局") for name in names)
