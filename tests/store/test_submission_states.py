"""How far a unit is: every step by versions and events, out of order, taken back, and by two processes at once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from invented_reader import digest, target, write

from gongkai.agencies.register import Unit
from gongkai.store.decisions import Decisions
from gongkai.store.due_book import DueBook
from gongkai.store.reader import reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.rows import report_id
from gongkai.store.submission_book import Event, SubmissionBook, SubmissionError
from gongkai.store.workspace import Workspace

UNIT = Unit("u", "淮安市财政局", "prefecture", "department", "江苏省", "淮安市", telephone="0517-1234567")
YEAR = 2023
TODAY = "2024-02-05"


@dataclass
class Office:
    """One unit of a workspace, its versions and events."""

    workspace: Workspace
    folder: Path
    take_in: Any

    def version(self, name: str, received: str = "", **fields: object) -> str:
        """Take in a version; return its sha256."""
        path = write(self.folder, f"{name}.txt", figures={"applications.new": ord(name)}, **fields)
        manifest = self.folder / "manifest.csv"
        manifest.write_text(f"file,received_on\n{path.name},{received}\n", encoding="utf-8")
        self.take_in(path, manifest_file=manifest if received else None)
        return digest(path)

    def enter(self, event: str, on: str, sha256: str | None = None, seen: tuple[str, ...] | None = None) -> int:
        """Enter an event about a version, by the ids of those that were there."""
        about = Event("u", YEAR, "report", event, date.fromisoformat(on), sha256, None if sha256 is None else 0)
        about = replace(about, seen=seen)
        return SubmissionBook(self.workspace).record("office", [about], "张三", "理由")[0]

    def row(self, item: str = "report", year: int = YEAR) -> dict[str, Any]:
        found = reader(self.workspace).run(
            "submissions", {"collection": "office", "year": year, "item": item, "today": TODAY}
        )
        (row,) = found[found["agency_id"] == "u"].to_dict("records")
        return row

    @property
    def state(self) -> str:
        return str(self.row()["state"])


@pytest.fixture
def unit(office: Workspace, take_in: Any, tmp_path: Path) -> Office:
    RegisterBook(office).replace("office", [UNIT], "张三", "登记")
    publish(office, "office", "张三", "test")
    return Office(office, tmp_path, take_in)


def test_who_sent_nothing_is_missing_and_late(unit: Office) -> None:
    row = unit.row()
    assert (row["state"], row["due"], row["versions"], row["late_days"]) == ("missing", True, 0, 5)
    assert (row["telephone"], str(row["statutory_on"])[:10]) == ("0517-1234567", "2024-01-31")


STEPS = (
    ("draft", "waiting", "returned", "returned"),
    (None, "waiting", "passed", "passed"),
    ("draft", "waiting", "published", "published"),
    ("draft", "waiting", "filed", "filed"),
    ("draft", "waiting", "corrected", "corrected"),
    ("approved", "passed", "returned", "returned"),
    ("published", "published", "returned", "returned"),
    ("published", "published", "passed", "published"),
    ("published", "published", "filed", "filed"),
    ("published", "published", "corrected", "corrected"),
    ("corrected", "corrected", "published", "corrected"),
    ("corrected", "corrected", "passed", "corrected"),
    ("corrected", "corrected", "filed", "filed"),
)
"""The stage of a version, the state that it brings by itself, an event about it, and the state after that."""


def test_versions_and_events_lead_on_and_back(office: Workspace, take_in: Any, tmp_path: Path) -> None:
    names = [f"淮安市第{number}局" for number in range(len(STEPS))]
    units = [replace(UNIT, id=f"u{number}", name=name) for number, name in enumerate(names)]
    RegisterBook(office).replace("office", units, "张三", "登记")
    folder = tmp_path / "versions"
    paths = [
        write(folder, f"{name}.txt", agency=name, stage=step[0], figures={"applications.new": number})
        for number, (name, step) in enumerate(zip(names, STEPS, strict=True))
    ]
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,received_on\n" + "".join(f"{path.name},2024-01-10\n" for path in paths), encoding="utf-8")
    take_in(folder, manifest_file=manifest)

    def states() -> list[str]:
        asked = {"collection": "office", "year": YEAR, "item": "report", "today": TODAY}
        found = reader(office).run("submissions", asked).set_index("agency_id")
        assert set(found["late_days"]) == {0}
        return [str(found["state"][unit.id]) for unit in units]

    book = SubmissionBook(office)
    assert states() == [step[1] for step in STEPS]
    events = [
        Event(unit.id, YEAR, "report", step[2], date(2024, 1, 12), digest(path), 0)
        for unit, step, path in zip(units, STEPS, paths, strict=True)
    ]
    entered = book.record("office", events, "张三", "理由")
    assert states() == [step[3] for step in STEPS]
    # Taken back, everything is as before; and nothing is taken back twice.
    for number in entered:
        book.undo(number, "李四", "点错了")
    assert states() == [step[1] for step in STEPS]
    with pytest.raises(SubmissionError, match="already"):
        book.undo(entered[0], "李四", "点错了")
    with pytest.raises(SubmissionError, match="no event"):
        book.undo(entered[-1] + 1, "李四", "点错了")
    assert [entry["undone"] for entry in book.history("office", "u0")] == [True, False]


def test_a_version_after_a_return_waits_again_and_is_fresh(unit: Office) -> None:
    first = unit.version("a", "2024-01-10")
    unit.enter("returned", "2024-01-12", first)
    assert (unit.state, unit.row()["fresh"], unit.row()["returns"]) == ("returned", False, 1)
    unit.version("b", "2024-01-12")
    row = unit.row()
    assert (row["state"], row["fresh"], row["versions"], str(row["since"])[:10]) == ("waiting", True, 2, "2024-01-12")
    assert str(row["received_on"])[:10] == "2024-01-10"


def test_versions_without_any_date_come_after_what_was_seen(unit: Office) -> None:
    # Whichever of the two comes first by content: the later one is the one that nobody has seen.
    for names in (("a", "b"), ("d", "c")):
        first = unit.version(names[0])
        here = tuple(str(each) for each in [unit.row()["report_id"]])
        unit.enter("returned", "2024-01-12", first, here)
        assert unit.state == "returned"
        second = unit.version(names[1])
        assert (unit.state, unit.row()["fresh"]) == ("waiting", True)
        assert unit.row()["report_id"] == report_id("office", second, 0)
        unit.enter("passed", "2024-01-12", second, (*here, str(unit.row()["report_id"])))
        assert (unit.state, unit.row()["fresh"]) == ("passed", False)


def test_an_older_draft_that_turns_up_late_changes_nothing(unit: Office) -> None:
    second = unit.version("b", "2024-01-15")
    unit.enter("passed", "2024-01-16", second)
    unit.version("a", "2024-01-10")
    assert (unit.state, unit.row()["fresh"], unit.row()["versions"]) == ("passed", False, 2)


def test_a_draft_after_the_pass_waits_and_after_publication_it_does_not(unit: Office) -> None:
    first = unit.version("a", "2024-01-10")
    unit.enter("passed", "2024-01-11", first)
    second = unit.version("b", "2024-01-12")
    assert unit.state == "waiting"
    unit.enter("passed", "2024-01-13", second)
    unit.enter("published", "2024-01-20", second)
    unit.version("c", "2024-02-01")
    assert (unit.state, unit.row()["fresh"]) == ("published", True)
    assert str(unit.row()["published_on"])[:10] == "2024-01-20"


def test_events_count_by_their_dates_not_by_when_they_were_entered(unit: Office) -> None:
    version = unit.version("a", "2024-01-10")
    unit.enter("filed", "2024-01-30", version)
    unit.enter("published", "2024-01-25", version)
    unit.enter("returned", "2024-01-12", version)
    unit.enter("passed", "2024-01-14", version)
    row = unit.row()
    assert (row["state"], str(row["since"])[:10], str(row["filed_on"])[:10]) == ("filed", "2024-01-30", "2024-01-30")


def test_an_event_that_names_no_version_counts_by_its_date(unit: Office) -> None:
    unit.version("a", "2024-01-10")
    unit.enter("passed", "2024-01-12")
    assert unit.state == "passed"
    unit.version("b", "2024-01-14")
    assert unit.state == "waiting"


def test_a_correction_after_filing_and_its_filing(unit: Office) -> None:
    first = unit.version("a", "2024-01-10", stage="published", published_on=None)
    unit.enter("filed", "2024-01-20", first)
    second = unit.version("b", "2024-02-02", stage="corrected")
    assert unit.state == "corrected"
    unit.enter("filed", "2024-02-03", second)
    assert unit.state == "filed"


def test_a_day_of_receipt_that_nobody_wrote_down_makes_nobody_late(unit: Office) -> None:
    first = unit.version("a")
    unit.enter("returned", "2024-02-03", first)
    row = unit.row()
    assert (str(row["received_on"])[:10], pd.isna(row["handed_in_on"]), pd.isna(row["late_days"])) == (
        "2024-02-03",
        True,
        True,
    )
    unit.version("b", "2024-02-04")
    assert pd.isna(unit.row()["late_days"])
    SubmissionBook(unit.workspace).record(
        "office", [Event("u", YEAR, "report", "received", date(2024, 2, 2))], "张三", "窗口收到"
    )
    assert unit.row()["late_days"] == 2


def test_a_published_version_without_its_day_was_published_nobody_knows_when(unit: Office) -> None:
    unit.version("a", "2024-02-03", stage="published")
    row = unit.row()
    assert (row["state"], row["late_days"], pd.isna(row["published_on"])) == ("published", 3, True)


def test_a_form_without_a_file_goes_the_same_way(unit: Office) -> None:
    book = SubmissionBook(unit.workspace)
    for number, (event, state) in enumerate(
        [
            ("received", "waiting"),
            ("returned", "returned"),
            ("received", "waiting"),
            ("passed", "passed"),
            ("published", "published"),
            ("filed", "filed"),
        ],
        1,
    ):
        book.record("office", [Event("u", YEAR, "website_form", event, date(2024, 1, number))], "张三", "理由")
        row = unit.row("website_form")
        assert (row["state"], row["versions"]) == (state, 0)
    assert (str(row["received_on"])[:10], row["late_days"], row["returns"]) == ("2024-01-01", 0, 1)
    assert unit.state == "missing"


def test_a_version_whose_author_is_not_sure_does_not_count_but_is_named(unit: Office) -> None:
    version = unit.version("a", "2024-01-10", doubt="agency_uncertain")
    row = unit.row()
    assert (row["state"], row["versions"], row["unconfirmed"]) == ("missing", 0, 1)
    Decisions(unit.workspace).confirm(target(unit.folder / "a.txt"), "agency", "淮安市财政局", "张三", "已核对")
    assert version == digest(unit.folder / "a.txt")
    assert (unit.state, unit.row()["unconfirmed"]) == ("waiting", 0)


def test_a_withdrawn_version_does_not_count(unit: Office) -> None:
    unit.version("a", "2024-01-10")
    Decisions(unit.workspace).withdraw(target(unit.folder / "a.txt"), "张三", "发错了")
    assert unit.state == "missing"


def test_who_is_not_on_the_list_is_not_due(unit: Office) -> None:
    DueBook(unit.workspace).confirm("office", YEAR, [], "张三", "名单")
    found = reader(unit.workspace).run(
        "submissions", {"collection": "office", "year": YEAR, "item": "report", "today": TODAY}
    )
    assert found.empty
    unit.version("a", "2024-01-10")
    assert (unit.state, unit.row()["due"]) == ("waiting", False)


ENTER = """
import sys
from datetime import date
from pathlib import Path
from gongkai.store.submission_book import Event, SubmissionBook
from gongkai.store.workspace import open_workspace
book = SubmissionBook(open_workspace(Path(sys.argv[1])))
for day in range(1, 21):
    book.record("office", [Event("u", 2023, "website_form", "received", date(2024, 1, day))], sys.argv[2], "理由")
"""


def test_two_processes_enter_side_by_side_and_none_is_lost(unit: Office) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", ENTER, str(unit.workspace.folder), actor]) for actor in ("甲", "乙")
    ]
    assert [process.wait(60) for process in processes] == [0, 0]
    entries = SubmissionBook(unit.workspace).history("office", "u")
    assert sorted(entry["actor"] for entry in entries) == sorted(["甲", "乙"] * 20)
    # This process kept an older state of the journal; it reads what came since.
    unit.enter("passed", "2024-01-30")
    assert unit.row("website_form")["state"] == "waiting"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event": "undo"}, "event"),
        ({"item": "letter"}, "item"),
        ({"on": date(2021, 1, 1)}, "on"),
        ({"sha256": "abc", "ordinal": 0}, "file"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"year": 23}, "year"),
    ],
)
def test_an_event_that_cannot_be_is_refused(office: Workspace, changes: dict[str, Any], field: str) -> None:
    event = replace(Event("u", YEAR, "report", "passed", date(2024, 1, 1)), **changes)
    with pytest.raises(SubmissionError, match=field):
        SubmissionBook(office).record("office", [event], "张三", "理由")
    assert SubmissionBook(office).history("office", "u") == []
