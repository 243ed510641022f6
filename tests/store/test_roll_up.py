"""Who is added up, from which version, and why not: one invented county for every case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented_reader import id_of, target, write

from gongkai.cli import main
from gongkai.store.decisions import Decisions
from gongkai.store.ingest import Summary
from gongkai.store.reader import run_in
from gongkai.store.register import import_agencies, units_of
from gongkai.store.saved_groups import SavedGroups
from gongkai.store.submission_book import Event, SubmissionBook
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]

HEADER = "name,province,city,level,kind,parent,counts_in,since,until,successor\n"
UNITS = """\
临湖市人民政府,云川省,临湖市,prefecture,government,,,,,
临湖市财政局,云川省,临湖市,prefecture,department,临湖市人民政府,,,,
临湖市教育局,云川省,临湖市,prefecture,department,临湖市人民政府,,,,
临湖市民政局,云川省,临湖市,prefecture,department,临湖市人民政府,,,2023,临湖市教育局
临湖市税务局,云川省,临湖市,prefecture,vertical,临湖市人民政府,,,,
高新区管委会,云川省,临湖市,prefecture,zone,临湖市人民政府,,2023,,
青溪县人民政府,云川省,临湖市,county,government,临湖市人民政府,,,,
青溪县财政局,云川省,临湖市,county,department,青溪县人民政府,,,,
青溪县保密局,云川省,临湖市,county,department,青溪县人民政府,-,,,
"""
NEW, OPEN = "applications.new", "applications.carried_in"


@pytest.fixture
def city(office: Workspace, tmp_path: Path) -> Workspace:
    """A city with its register and no reports."""
    file = tmp_path / "agencies.csv"
    file.write_text(HEADER + UNITS, encoding="utf-8")
    import_agencies(office, file, "office", "测试")
    return office


def unit(workspace: Workspace, name: str) -> str:
    return next(unit.id for unit in units_of(workspace, "office") if unit.name == name)


def report(folder: Path, agency: str, value: float | None = None, year: int = 2024, **fields: object) -> Path:
    """A published report of an agency with one figure."""
    scope = "whole" if agency.endswith("人民政府") else "organ"
    figures = {} if value is None else {NEW: value}
    plain = {"agency": agency, "year": year, "scope": scope, "stage": "published", "figures": figures, **fields}
    return write(folder, f"{agency}-{year}-{plain['stage']}.txt", **plain)


def asked(
    workspace: Workspace, query: str, whose: str = "临湖市人民政府", year: int = 2024, **given: object
) -> list[dict[str, Any]]:
    identity = unit(workspace, whose) if whose else "组"
    frame = run_in(workspace, query, {"collection": "office", "agency_id": identity, "year": year, **given})
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def states(workspace: Workspace, **given: object) -> dict[str, str]:
    return {row["member"]: row["state"] for row in asked(workspace, "roll_up_members", **given)}


def cell(workspace: Workspace, metric: str = NEW, **given: object) -> dict[str, Any]:
    return next(
        row for row in asked(workspace, "roll_up", **given) if row["metric"] == metric and row["applicant"] == "all"
    )


def test_direct_children_are_added_and_everybody_else_is_told_apart(
    city: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    for agency, value in (
        *(("临湖市财政局", 5), ("临湖市税务局", 100), ("青溪县人民政府", 30), ("青溪县财政局", 20)),
        ("高新区管委会", 0),
    ):
        report(tmp_path / "in", agency, value)
    take_in(tmp_path / "in")
    assert states(city) == {
        "临湖市财政局": "counted",
        "临湖市教育局": "no_report",
        "临湖市民政局": "merged",
        "临湖市税务局": "vertical",
        "高新区管委会": "counted",
        "青溪县人民政府": "counted",
    }
    found = cell(city)
    # 20 are in the county's 30 already; a zero counts as a figure, a missing report does not.
    assert (found["value"], found["counted"], found["units"]) == (35.0, 3, 4)
    assert cell(city, OPEN)["counted"] == 0
    assert cell(city, OPEN)["value"] != cell(city, OPEN)["value"]  # nobody has it: no number, not 0


def test_own_level_alone_is_the_other_total(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    report(tmp_path / "in", "临湖市财政局", 5)
    report(tmp_path / "in", "青溪县人民政府", 30)
    take_in(tmp_path / "in")
    assert cell(city, part="organ")["value"] == 5
    assert "青溪县人民政府" not in states(city, part="organ")


def test_a_unit_by_written_word_counts_nowhere_or_elsewhere(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    lines = UNITS.replace("zone,临湖市人民政府,,", "zone,临湖市人民政府,青溪县人民政府,")
    file = tmp_path / "again.csv"
    file.write_text(HEADER + lines, encoding="utf-8")
    import_agencies(city, file, "office", "测试")
    report(tmp_path / "in", "高新区管委会", 7)
    report(tmp_path / "in", "青溪县保密局", 9)
    take_in(tmp_path / "in")
    assert states(city)["高新区管委会"] == "elsewhere"
    county = states(city, whose="青溪县人民政府")
    assert (county["高新区管委会"], county["青溪县保密局"]) == ("counted", "nowhere")
    assert cell(city, whose="青溪县人民政府")["value"] == 7


def test_a_merged_unit_counts_to_its_last_year_and_its_successor_from_then_on(city: Workspace) -> None:
    found = {year: states(city, year=year).get("临湖市民政局") for year in (2022, 2023, 2024, 2025)}
    assert found == {2022: "no_report", 2023: "no_report", 2024: "merged", 2025: None}


def test_a_unit_counts_from_its_first_year_on(city: Workspace) -> None:
    assert "高新区管委会" not in states(city, year=2022)
    assert states(city, year=2023)["高新区管委会"] == "no_report"


def test_the_use_says_which_versions_count(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    for agency, stage in (("临湖市财政局", "corrected"), ("临湖市教育局", "approved"), ("高新区管委会", "draft")):
        report(tmp_path / "in", agency, 10, stage=stage)
    take_in(tmp_path / "in")
    got = {
        use: (cell(city, use=use)["value"], cell(city, use=use)["counted"])
        for use in ("published", "approved", "latest")
    }
    assert got == {"published": (10, 1), "approved": (20, 2), "latest": (30, 3)}
    assert states(city)["临湖市教育局"] == "not_published"
    assert states(city, use="approved")["高新区管委会"] == "not_approved"


def test_what_people_entered_about_a_version_goes_with_its_stage(
    city: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    told = (
        *(("临湖市财政局", "draft", "passed"), ("临湖市教育局", "draft", "published")),
        *(("高新区管委会", "draft", "returned"), ("青溪县人民政府", "published", "returned")),
    )
    paths = [report(tmp_path / "in", agency, 10, stage=stage) for agency, stage, _ in told]
    take_in(tmp_path / "in")
    events = [
        Event(unit(city, agency), 2024, "report", event, date(2025, 1, 20), seen=(id_of(path),))
        for (agency, _, event), path in zip(told, paths, strict=True)
    ]
    SubmissionBook(city).record("office", events, "测试", "审核")
    assert states(city, use="approved") == {
        "临湖市财政局": "counted",
        "临湖市教育局": "counted",
        "高新区管委会": "returned",
        "青溪县人民政府": "returned",
        "临湖市民政局": "merged",
        "临湖市税务局": "vertical",
    }
    assert states(city)["临湖市财政局"] == "not_published"
    assert cell(city)["value"] == 10
    assert cell(city, use="latest")["value"] == 40


def test_the_version_that_stands_counts_once(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    report(tmp_path / "in", "临湖市财政局", 10, stage="draft")
    report(tmp_path / "in", "临湖市财政局", 11, stage="published")
    report(tmp_path / "in", "临湖市财政局", 12, stage="corrected")
    take_in(tmp_path / "in")
    assert (cell(city)["value"], cell(city)["counted"]) == (12, 1)


def test_unconfirmed_and_withdrawn_reports_do_not_count(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    report(tmp_path / "in", "临湖市财政局", 10, secondary_source=True)
    other = report(tmp_path / "in", "临湖市教育局", 10)
    take_in(tmp_path / "in")
    Decisions(city).withdraw(target(other), "测试", "误传")
    assert states(city)["临湖市财政局"] == "unconfirmed"
    assert states(city)["临湖市教育局"] == "withdrawn"
    assert cell(city)["counted"] == 0


def test_scopes_are_never_mixed(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    # An unregistered reading of scope is overruled by the register; a person may still say otherwise.
    path = report(tmp_path / "in", "青溪县人民政府", 30)
    take_in(tmp_path / "in")
    Decisions(city).correct(target(path), "scope", "organ", "测试", "只含办公室")
    assert states(city)["青溪县人民政府"] == "other_scope"
    assert cell(city)["counted"] == 0


def test_across_forms_only_what_is_the_same_is_added(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    figures = {"licensing.decisions": 4, NEW: 3, "normative_documents.issued": 2}
    report(tmp_path / "in", "临湖市财政局", figures=figures)
    report(tmp_path / "in", "临湖市教育局", figures=figures, regime="2019")
    report(tmp_path / "in", "高新区管委会", figures=figures, regime="2014")
    take_in(tmp_path / "in")
    # 2019 and 2021 count decisions and applications alike; the annex of 2014 counts applications by other rules.
    assert (cell(city, "licensing.decisions")["value"], cell(city, "licensing.decisions")["counted"]) == (8, 2)
    assert (cell(city)["value"], cell(city)["counted"]) == (6, 2)
    assert cell(city, "normative_documents.issued")["value"] == 2
    other = {row["member_id"]: row["status"] for row in asked(city, "roll_up_values", metric=NEW, applicant="all")}
    assert other[unit(city, "高新区管委会")] == "other_form"


def test_cells_without_a_figure_say_why(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    report(
        tmp_path / "in", "临湖市财政局",
        more=[
            {"metric": NEW, "status": "blank"},
            {"metric": OPEN, "status": "not_applicable"},
            {"metric": "applications.granted", "value": 3, "confidence": 0.5},
            {"metric": "applications.partial", "value": 2, "method": "narrative"},
            {"metric": "applications.closed", "status": "unreadable"},
        ],
    )  # fmt: skip
    take_in(tmp_path / "in")
    found = {
        row["metric"]: (row["status"], row["value"] if row["value"] == row["value"] else None)
        for row in asked(city, "roll_up_values")
        if row["applicant"] == "all"
    }
    assert found[NEW] == ("blank", None)
    assert found[OPEN] == ("not_applicable", None)
    assert found["applications.granted"] == ("doubtful", None)
    assert found["applications.partial"] == ("narrative", 2.0)
    assert found["applications.closed"] == ("unreadable", None)
    assert found["applications.carried_out"] == ("absent", None)
    assert all(row["counted"] == 0 for row in asked(city, "roll_up"))


def test_amounts_add_up_to_the_last_digit(city: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    for agency, value in (("临湖市财政局", 0.1), ("临湖市教育局", 0.2), ("青溪县人民政府", 1234567.8901)):
        report(tmp_path / "in", agency, figures={"fees.amount": value})
    report(tmp_path / "in", "临湖市人民政府", figures={"fees.amount": 1234568.1901})
    take_in(tmp_path / "in")
    found = cell(city, "fees.amount")
    assert (found["value"], found["difference"]) == (1234568.1901, 0.0)


def test_a_difference_is_traced_to_the_units_that_could_explain_it(
    city: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    cases: dict[int, tuple[int, list[tuple[str, str]]]] = {
        2024: (45, []),
        2025: (40, [("临湖市财政局", "omitted")]),
        2026: (50, [("临湖市教育局", "missing"), ("临湖市财政局", "twice")]),
        2027: (145, [("临湖市教育局", "missing"), ("临湖市税务局", "included")]),
        2028: (46, [("临湖市教育局", "missing")]),
        2029: (44, []),
    }
    for year, (reported, _) in cases.items():
        for agency, value in (
            *(("临湖市财政局", 5), ("高新区管委会", 10), ("临湖市税务局", 100), ("青溪县人民政府", 30)),
            ("临湖市人民政府", reported),
        ):
            report(tmp_path / "in", agency, value, year)
    take_in(tmp_path / "in")
    names = {each.id: each.name for each in units_of(city, "office")}
    for year, (reported, expected) in cases.items():
        found = cell(city, year=year)
        assert (found["reported"], found["difference"]) == (reported, reported - 45)
        traces = [row for row in asked(city, "roll_up_traces", year=year) if row["metric"] == NEW]
        assert sorted((names[row["member_id"]], row["reason"]) for row in traces) == sorted(expected)


def test_a_group_leaves_out_what_another_of_its_members_contains(
    city: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    for agency, value in (("临湖市财政局", 5), ("青溪县人民政府", 30), ("青溪县财政局", 20)):
        report(tmp_path / "in", agency, value)
    take_in(tmp_path / "in")
    members = [unit(city, name) for name in ("临湖市财政局", "青溪县人民政府", "青溪县财政局")]
    assert states(city, whose="", members=members)["青溪县财政局"] == "contained"
    assert (cell(city, whose="", members=members)["value"], cell(city, whose="", members=members)["units"]) == (35, 2)


def test_without_a_register_nothing_is_guessed(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    report(tmp_path / "in", "临湖市财政局", 5)
    take_in(tmp_path / "in")
    given = {"collection": "office", "agency_id": "0" * 16, "year": 2024}
    assert run_in(office, "roll_up", given).empty
    assert run_in(office, "roll_up_members", given).empty


def test_the_command_adds_up_a_saved_group(
    city: Workspace, take_in: Ingest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    report(folder, "临湖市财政局", 3)
    report(folder, "青溪县财政局", 4)
    take_in(folder)
    members = [unit(city, name) for name in ("临湖市财政局", "青溪县财政局", "临湖市教育局")]
    SavedGroups(city).save("office", "财政口", members, "张三", "常看")
    target = tmp_path / "out.xlsx"
    asked = ["--data", str(city.folder), "roll-up", "2024", "--group", "财政口", "--output", str(target)]
    assert main(asked) == 0
    assert "财政口, 2024: 2 of 3 units added" in capsys.readouterr().out
    assert target.stat().st_size > 5_000
    assert main([*asked[:3], "2024", "--group", "没有", "--output", str(target)]) == 2
    assert "there are: 财政口" in capsys.readouterr().err
    assert main([*asked[:3], "2024", "--output", str(target)]) == 2
    assert "--group" in capsys.readouterr().err
