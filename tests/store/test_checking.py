"""The checks across reports over a small fictional province, read from its files: what was planted, nothing else."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from gongkai.catalogue.ledgers import ledger_kinds
from gongkai.reading import PARSER_VERSION, read
from gongkai.sample.write import write_sample
from gongkai.store.checking import PARTS, check
from gongkai.store.decisions import Decisions, Target
from gongkai.store.ingest import Reader, ingest
from gongkai.store.ledger_file import import_ledger
from gongkai.store.reader import reader
from gongkai.store.register import import_agencies
from gongkai.store.submission_files import import_deadlines, import_due, import_events
from gongkai.store.workspace import Workspace, create

SURE = {
    "carry_over_broken",
    "roll_up_differs",
    "differs_from_ledger",
    "stock_roll_broken",
    "pending_vanished",
    "identical_to_last_year",
    "rules_without_power",
    "fee_unit_suspect",
    "unregistered_agency",
    "changed_after_publication",
    "differs_from_approved",
    "duplicate_report",
    "text_copied_from_last_year",
    "text_copied_from_other_agency",
    "report_missing",
    "submitted_late",
    "published_late",
}
"""Checks whose findings are known beforehand; the others compare sizes."""
BY_CELL = {
    "carry_over_broken",
    "roll_up_differs",
    "differs_from_ledger",
    "stock_roll_broken",
    "changed_after_publication",
}
Key = tuple[str, int]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """Two cities of three years, taken in and checked."""
    folder = tmp_path_factory.mktemp("province")
    workspace = create(folder / "office")
    write_sample(folder / "sample", 2, (2021, 2023), 1)
    sample = folder / "sample"
    import_agencies(workspace, sample / "agencies.csv", "office", "测试")
    own = Reader(read, PARSER_VERSION)
    ingest(workspace, [sample / "reports"], manifest_file=sample / "manifest.csv", actor="测试", reader=own)
    for import_list, name in ((import_due, "due"), (import_events, "submissions"), (import_deadlines, "deadlines")):
        import_list(workspace, sample / f"{name}.csv", "office", "测试")
    for kind in ledger_kinds():
        import_ledger(workspace, sample / "ledgers" / f"2023-{kind}.xlsx", kind, 2023, "office", "测试")
    check(workspace, "office")
    return workspace, sample / "truth.jsonl"


def rows(workspace: Workspace) -> list[dict[str, Any]]:
    question = "SELECT cross_finding.*, name FROM cross_finding LEFT JOIN agency USING (agency_id) ORDER BY ALL"
    found: list[dict[str, Any]] = reader(workspace).cursor().execute(question).to_arrow_table().to_pylist()
    return found


def planted(file: Path) -> dict[str, set[tuple[str, int, str]]]:
    wanted: dict[str, set[tuple[str, int, str]]] = defaultdict(set)
    for line in file.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        for mistake in report["mistakes"] + report["consequences"]:
            wanted[mistake["check"]].add((report["agency"], report["year"], mistake["where"]))
    return wanted


def test_every_planted_mistake_is_found_and_nobody_else_is_told(province: tuple[Workspace, Path]) -> None:
    workspace, file = province
    found, wanted = rows(workspace), planted(file)
    assert {"carry_over_broken", "roll_up_differs", "differs_from_approved"} <= wanted.keys()
    assert len(wanted["differs_from_ledger"]) == 2 * len(ledger_kinds())
    for code in sorted(SURE):
        told = {(row["name"], row["year"]) for row in found if row["check_code"] == code}
        assert told == {(name, year) for name, year, _ in wanted[code]}, code
    for code in sorted(BY_CELL):
        cells = {
            (row["name"], row["year"], f"{metric}/{row['applicant']}")
            for row in found
            if row["check_code"] == code
            for metric in row["metrics"]
        }
        assert cells == wanted[code], code
    assert not [row for row in found if row["doubtful"]]


def test_both_sides_of_a_finding_can_be_shown(province: tuple[Workspace, Path]) -> None:
    carried = next(row for row in rows(province[0]) if row["check_code"] == "carry_over_broken")
    this, other = json.loads(carried["evidence"])
    assert (this["side"], this["report_id"], this["year"]) == ("this", carried["report_id"], carried["year"])
    assert (other["side"], other["report_id"], other["year"]) == (
        "other",
        carried["other_report_id"],
        carried["year"] - 1,
    )
    assert (this["quote"], other["quote"]) == (carried["found"], carried["expected"])
    assert {"block", "table", "row", "column"} <= this.keys() & other.keys()


def test_the_units_that_explain_a_difference_are_named(province: tuple[Workspace, Path]) -> None:
    for row in rows(province[0]):
        if row["check_code"] == "roll_up_differs":
            detail, sides = json.loads(row["detail"]), json.loads(row["evidence"])
            named = detail.get("explained_by", "").split()
            assert [side["agency_id"] for side in sides] == [row["agency_id"], *named]


def test_checking_again_gives_the_same(province: tuple[Workspace, Path]) -> None:
    workspace, _ = province
    before = rows(workspace)
    check(workspace, "office", year=2023)
    check(workspace, "office", agency=before[0]["agency_id"])
    assert rows(workspace) == before
    heard: list[str] = []
    check(workspace, "office", told=lambda name, _: heard.append(name))
    assert rows(workspace) == before
    assert heard == list(PARTS)


def test_the_state_says_when_the_findings_are_older(province: tuple[Workspace, Path]) -> None:
    workspace, _ = province
    check(workspace, "office")
    state = reader(workspace).run("checks_state", {"collection": "office"}).iloc[0]
    assert state["checked"]
    assert state["fresh"]
    one = reader(workspace).run("report_list", {"count": 1}).iloc[0]
    target = Target("office", str(one["sha256"]), int(one["ordinal"]))
    number = Decisions(workspace).correct(target, "stage", "approved", "测试", "试")
    later = reader(workspace).run("checks_state", {"collection": "office"}).iloc[0]
    assert not later["fresh"]
    assert later["new_decisions"] == 1
    Decisions(workspace).undo(number, "测试", "试")
    check(workspace, "office")
    assert reader(workspace).run("checks_state", {"collection": "office"}).iloc[0]["fresh"]
