"""The sample as a whole: the same bytes for the same seed, identities in the truth, files that say what it says."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from sample_reading import decoded, docx_tables, html_tables, text_of

from gongkai.catalogue.divisions import divisions
from gongkai.catalogue.forms import forms
from gongkai.catalogue.identities import identities
from gongkai.catalogue.metrics import APPLICANTS, metrics
from gongkai.errors import GongkaiError
from gongkai.sample import Summary, write_sample
from gongkai.sample.names import places
from gongkai.sample.province import Shape, build_province

Record = dict[str, Any]
Table = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    folder = tmp_path_factory.mktemp("sample")
    seen: list[tuple[int, int]] = []
    summary = write_sample(folder, cities=2, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] >= summary.reports + summary.missing
    return folder, summary


@pytest.fixture(scope="module")
def truth(written: tuple[Path, Summary]) -> list[Record]:
    return [json.loads(line) for line in (written[0] / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def table_of(record: Record) -> Table:
    return {(metric, who): value for metric, who, value, method, _ in record["figures"] if method == "table"}


def clean(record: Record) -> bool:
    return bool(record["file"]) and not record["mistakes"] and not record["consequences"]


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        write_sample(tmp_path / name, cities=1, years=(2020, 2021), seed=seed)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one") != digests(tmp_path / "three")


def test_the_choice_of_years_changes_no_figure(truth: list[Record], tmp_path: Path) -> None:
    write_sample(tmp_path / "late", cities=2, years=(2023, 2023))
    late = [json.loads(line) for line in (tmp_path / "late" / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    before = {(r["agency"], r["year"]): r for r in truth}
    compared = 0
    for record in late:
        other = before[record["agency"], record["year"]]
        if clean(record) and clean(other):
            assert table_of(record) == table_of(other)
            compared += 1
    assert compared > 30


def test_summary_manifest_and_register(written: tuple[Path, Summary], truth: list[Record]) -> None:
    folder, summary = written
    files = {version["file"] for record in truth for version in record["versions"]}
    assert files == {p.relative_to(folder).as_posix() for p in (folder / "reports").rglob("*") if p.is_file()}
    assert summary.reports == sum(record["file"] is not None for record in truth)
    assert summary.reports < len(files) == sum(summary.formats.values())
    assert set(summary.formats) == {"html", "docx", "pdf", "txt"}
    assert summary.missing == sum(record["state"] == "missing" for record in truth) > 0
    assert summary.size == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["file"] for row in rows} == files
    assert all(row["received_on"] <= (row["published_on"] or "9") for row in rows if row["year"] < "2024")
    with (folder / "agencies.csv").open(encoding="utf-8", newline="") as stream:
        register = {row["name"]: row for row in csv.DictReader(stream)}
    strays = {record["agency"] for record in truth} - register.keys()
    assert strays == {r["agency"] for r in truth if any(m["check"] == "unregistered_agency" for m in r["mistakes"])}
    assert len(register) == summary.agencies
    assert all(
        row["parent"] in register or row["kind"] == "vertical"
        for row in register.values()
        if row["level"] != "province"
    )


def test_every_territory_has_people_and_those_of_a_city_are_its_counties(written: tuple[Path, Summary]) -> None:
    with (written[0] / "agencies.csv").open(encoding="utf-8", newline="") as stream:
        register = list(csv.DictReader(stream))
    governments = [row for row in register if row["kind"] == "government"]
    people = {row["name"]: int(row["population"]) for row in governments}
    assert min(people.values()) > 1_000
    assert {row["population_year"] for row in governments} == {"2020"}
    assert not any(row["population"] for row in register if row["name"] not in people)
    for row in governments:
        if row["level"] in ("prefecture", "province"):
            below = [people[each["name"]] for each in governments if each["parent"] == row["name"]]
            assert people[row["name"]] == sum(below)


def test_identities_hold_in_clean_reports(truth: list[Record]) -> None:
    reports = [record for record in truth if clean(record)]
    assert len(reports) > 250
    for record in reports:
        table = table_of(record)
        rows = {metric for metric, who in table if who == "natural_person"}
        for metric in rows:
            assert table[metric, "all"] == sum(table[metric, who] for who in APPLICANTS[:-1]), record["file"]
        for who in APPLICANTS:
            new, into, closed, out = (
                table[f"applications.{name}", who] for name in ("new", "carried_in", "closed", "carried_out")
            )
            assert new + into == closed + out
            parts = rows - {f"applications.{name}" for name in ("new", "carried_in", "closed", "carried_out")}
            assert closed == sum(table[metric, who] for metric in parts)
        for block in ("review", "litigation.direct", "litigation.after_review"):
            outcomes = sum(table[f"{block}.{name}", "all"] for name in ("upheld", "corrected", "other", "pending"))
            assert table[f"{block}.total", "all"] == outcomes


def test_years_follow_each_other(written: tuple[Path, Summary], truth: list[Record]) -> None:
    tables = {(r["agency"], r["year"]): table_of(r) for r in truth if clean(r)}
    with (written[0] / "agencies.csv").open(encoding="utf-8", newline="") as stream:
        merged = {(row["successor"], int(row["until"]) + 1) for row in csv.DictReader(stream) if row["successor"]}
    rolled = 0
    for (agency, year), table in tables.items():
        before = tables.get((agency, year - 1))
        if before is None or (agency, year) in merged:
            continue
        for who in APPLICANTS:
            assert before["applications.carried_out", who] == table["applications.carried_in", who]
        for name in ("rules", "normative_documents"):
            stock = (f"{name}.in_force", "all")
            if stock in before:
                change = table[f"{name}.issued", "all"] - table[f"{name}.repealed", "all"]
                assert table[stock] == before[stock] + change
                rolled += 1
    assert rolled > 100


def test_a_government_reports_the_sum_of_its_units(truth: list[Record]) -> None:
    below: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for record in truth:
        below[record["counts_in"], record["year"]].append(record)
    added = 0
    for record in truth:
        children = below[record["agency"], record["year"]]
        if not children or not clean(record) or not all(clean(child) for child in children):
            continue
        assert record["scope"] == "whole"
        parts = [table_of(child) for child in children]
        for key, value in table_of(record).items():
            assert value == pytest.approx(sum(part[key] for part in parts), abs=1e-6), (record["file"], key)
        added += 1
    assert added > 12


def test_the_forms_are_whole_and_known(truth: list[Record]) -> None:
    for record in truth:
        for metric, who, _, method, _ in record["figures"]:
            assert who in APPLICANTS
            assert method == "narrative" or record["regime"] in metrics()[metric].regimes
            assert method == "table" or metrics()[metric].narrative or record["regime"] is None
        if clean(record):
            expected = {
                (column.metric, column.applicant)
                for table in forms()[record["regime"]].tables
                for row in table.rows
                if not row.variant
                for column in row.columns
            }
            assert set(table_of(record)) == expected


def test_direct_suits_fall_in_2024_and_hotlines_grow(truth: list[Record]) -> None:
    province = {r["year"]: r for r in truth if r["level"] == "province" and r["kind"] == "government"}
    direct = {year: table_of(record)["litigation.direct.total", "all"] for year, record in province.items()}
    assert direct[2025] < direct[2023] / 1.5
    cases: dict[int, list[float]] = defaultdict(list)
    for record in truth:
        for metric, _, value, method, _ in record["figures"]:
            if metric == "hotline.cases" and method == "narrative" and record["kind"] == "department":
                cases[record["year"]].append(value)
    assert sum(cases[2025]) / len(cases[2025]) > 1.5 * sum(cases[2019]) / len(cases[2019])


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "txt"])
def test_files_say_what_the_truth_says(written: tuple[Path, Summary], truth: list[Record], form: str) -> None:
    chosen = [r for r in truth if r["file"] and r["regime"] and r["file"].endswith(form)]
    for record in chosen[:: max(1, len(chosen) // 10)]:
        data = (written[0] / record["file"]).read_bytes()
        text = text_of(data, form)
        assert "本报告为虚构示例，不对应任何真实单位。" in text
        assert record["title"] in text
        assert record["printed_name"] in text
        for metric, _, value, method, approximate in record["figures"]:
            if method == "narrative" and value and not approximate and metrics()[metric].unit != "万元":
                assert f"{value:g}" in text or f"{value:.0f}" in text, (record["file"], metric, value)
        if form in ("html", "docx"):
            grids = docx_tables(data) if form == "docx" else html_tables(data)
            compare_applications(record, grids)
            compare_review(record, grids)
        elif form == "pdf":
            new = "".join(printed(record, "applications.new", who) for who in APPLICANTS)
            assert f"一、本年新收政府信息公开申请数量{new}" in text
        else:
            rows = [line.split("\t") for line in decoded(data).splitlines() if "\t" in line]
            compare_applications(record, [rows])


def printed(record: Record, metric: str, who: str) -> str:
    value = table_of(record)[metric, who]
    return f"{value:g}" if isinstance(value, float) else str(value)


def compare_applications(record: Record, grids: list[list[list[str]]]) -> None:
    """Every row of table 3, found by the form's label and group, holds the truth's seven numbers at its end."""
    found = 0
    table, group = table_of(record), ""
    for grid in grids:
        for row in grid:
            if len(row) != 10:
                continue
            labels = [cell.strip() for cell in row[:3]]
            group = labels[1] or group
            spec = next((s for s in application_rows(record) if labels_match(s, labels, group)), None)
            if spec is None:
                continue
            values = [table[spec.columns[0].metric, who] for who in APPLICANTS]
            cells = [cell.strip() for cell in row[3:]]
            blank = [None if cell in ("", "/") else float(cell) for cell in cells]
            assert blank == values, (record["file"], labels)
            found += 1
    assert found >= 22, (record["file"], found)


def application_rows(record: Record) -> list[Any]:
    table = forms()[record["regime"]].table("applications")
    assert table is not None
    return [row for row in table.rows if (row.columns[0].metric, "all") in table_of(record)]


def labels_match(spec: Any, labels: list[str], group: str) -> bool:
    return spec.labels[0] in labels and (not spec.group or group == spec.group or spec.group in labels)


def compare_review(record: Record, grids: list[list[list[str]]]) -> None:
    table = table_of(record)
    expected = [
        table[f"{block}.{name}", "all"]
        for block in ("review", "litigation.direct", "litigation.after_review")
        for name in ("upheld", "corrected", "other", "pending", "total")
    ]
    rows = [grid[-1] for grid in grids if len(grid[0]) == 15]
    assert len(rows) == 1
    assert [None if cell.strip() in ("", "/") else float(cell) for cell in rows[0]] == expected


def test_every_file_opens(written: tuple[Path, Summary], truth: list[Record]) -> None:
    for record in truth[::2]:
        if record["file"] and record["file"].endswith(("docx", "pdf")):
            assert len(text_of((written[0] / record["file"]).read_bytes(), record["file"].rsplit(".")[-1])) > 600


def test_no_place_of_these_names_exists() -> None:
    real = {name for division in divisions() for name in (division.name, *division.short)}
    for place in (place for level in ("province", "prefecture", "county") for place in places()[level]):
        assert not real & {place.name, *(place.name + end for end in "省市县区")}, place.name


def test_refuses_what_it_cannot_make(tmp_path: Path) -> None:
    with pytest.raises(GongkaiError, match="2014"):
        write_sample(tmp_path / "a", years=(2010, 2012))
    with pytest.raises(GongkaiError, match="earlier year first"):
        write_sample(tmp_path / "a", years=(2022, 2021))
    with pytest.raises(GongkaiError, match="between 1 and"):
        write_sample(tmp_path / "a", cities=99)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "old.txt").write_text("x", encoding="utf-8")
    with pytest.raises(GongkaiError, match="not empty"):
        write_sample(tmp_path / "b")
    with pytest.raises(GongkaiError, match="cannot be used"):
        write_sample(tmp_path / "b" / "old.txt")


def test_a_larger_province_is_a_matter_of_its_shape() -> None:
    units = build_province(Shape(cities=12, counties=(7, 8), county_departments=(8, 12), city_departments=(15, 18)), 1)
    assert len({unit.name for unit in units}) == len(units) > 1_000
    assert sum(unit.level == "county" and unit.kind == "government" for unit in units) >= 84


def test_identities_of_the_catalogue_are_the_ones_tested_here() -> None:
    assert {"flow_balance", "closed_is_not_sum", "total_column_is_not_sum"} <= {each.check for each in identities()}
