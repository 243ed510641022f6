"""Decisions about findings: every transition, undone in order, kept through versions, brought back by other figures."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented_reader import id_of, target, write

from gongkai.store import generations
from gongkai.store.decisions import Decisions
from gongkai.store.findings import EVENTS, FOUND, ONLY_SURE, TRANSITIONS, FindingError, FindingEvents
from gongkai.store.ingest import Summary
from gongkai.store.reader import Reader, reader
from gongkai.store.submission_book import AlreadyEntered, Event, SubmissionBook
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]
EVERYWHERE = {"first_year": 0, "last_year": 9999, "province": "", "city": "", "levels": [], "kinds": []}

BALANCE = {
    "check": "flow_balance",
    "metrics": ["applications.new", "applications.closed"],
    "expected": "12",
    "found": "14",
    "detail": {"applicant": "all", "metric": "applications.new"},
    "cells": ["14", "12"],
}
WORDS = {
    "check": "placeholder_left",
    "severity": "warning",
    "metrics": [],
    "found": "×次",
    "detail": {"reason": "sign"},
}
CROSS = """
INSERT INTO store.cross_finding SELECT
    'office', '{agency}', 2023, 'carry_over_broken', 'error', ['applications.carried_in'], 'all', '3', '5', '{{}}',
    '{evidence}', false, '{report}', NULL, NULL, 2022
"""
REPORT = {"figures": {"applications.new": 14}, "stage": "published"}


def found(office: Workspace, **narrowed: Any) -> list[dict[str, Any]]:
    rows = reader(office).run("finding_list", {"collection": "office", **EVERYWHERE, **narrowed})
    return rows.to_dict("records")


def gone(office: Workspace) -> list[dict[str, Any]]:
    return reader(office).run("finding_gone", {"collection": "office", **EVERYWHERE}).to_dict("records")


@pytest.fixture
def balance(office: Workspace, take_in: Ingest, tmp_path: Path) -> Workspace:
    take_in(write(tmp_path / "first", "a.txt", finding=[BALANCE], **REPORT))
    return office


PATHS = {
    FOUND: (),
    "notified": ("notified",),
    "corrected": ("notified", "corrected"),
    "explained": ("explained",),
    "false_alarm": ("false_alarm",),
    "closed": ("explained", "closed"),
}


@pytest.mark.parametrize("state", PATHS)
@pytest.mark.parametrize("event", EVENTS)
def test_each_state_admits_its_events_and_no_other(balance: Workspace, state: str, event: str) -> None:
    log = FindingEvents(balance)
    for each in PATHS[state]:
        assert len(log.decide(found(balance), each, "张三", "理由").entries) == 1
    assert found(balance)[0]["state"] == state
    outcome = log.decide(found(balance), event, "李四", "理由")
    if event in TRANSITIONS[state]:
        assert len(outcome.entries) == 1
        assert found(balance)[0]["state"] == (FOUND if event == "reopened" else event)
    else:
        assert (outcome.entries, dict(outcome.left)) == ([], {"state": 1})
        assert found(balance)[0]["state"] == state


def test_a_decision_says_who_when_and_why_and_is_taken_back_in_order(balance: Workspace) -> None:
    log = FindingEvents(balance)
    (first,) = log.decide(found(balance), "notified", "张三", "已发通知").entries
    (second,) = log.decide(found(balance), "explained", "李四", "来函说明").entries
    row = found(balance)[0]
    assert (row["decided_by"], row["decision"]) == ("李四", second)
    assert log.undo([first], "王五", "乱了").left == {"changed": 1}
    log.undo([second], "王五", "来函作废")
    assert found(balance)[0]["state"] == "notified"
    assert log.undo([second], "王五", "再来一次").left == {"changed": 1}
    log.undo([first], "王五", "没有发出")
    assert found(balance)[0]["state"] == FOUND
    trail = log.trail(str(row["finding_key"]))
    assert [(entry["event"], entry["actor"], bool(entry["undone"])) for entry in trail] == [
        ("notified", "张三", True),
        ("explained", "李四", True),
        ("undo", "王五", False),
        ("undo", "王五", False),
    ]


def test_a_decision_stays_through_another_reading_and_a_version_with_the_same_figures(
    balance: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    key = found(balance)[0]["finding_key"]
    FindingEvents(balance).decide(found(balance), "explained", "张三", "口径不同")
    take_in(tmp_path / "first" / "a.txt", version="2")
    assert found(balance)[0]["state"] == "explained"
    take_in(write(tmp_path, "b.txt", finding=[BALANCE], title="第二稿", figures=REPORT["figures"], stage="corrected"))
    (row,) = found(balance)
    assert (row["finding_key"], row["state"], row["report_id"]) == (key, "explained", id_of(tmp_path / "b.txt"))


def test_other_figures_bring_a_finding_back(balance: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    log = FindingEvents(balance)
    log.decide(found(balance), "explained", "张三", "口径不同")
    key = found(balance)[0]["finding_key"]
    # The sums may even be the same: the cells are not.
    other = {**BALANCE, "cells": ["13", "11"]}
    take_in(write(tmp_path, "b.txt", finding=[other], figures=REPORT["figures"], stage="corrected"))
    (row,) = found(balance)
    assert (row["finding_key"], row["state"]) == (key, "again")
    log.decide([row], "closed", "张三", "已核对")
    assert found(balance)[0]["state"] == "closed"


def test_a_finding_that_a_new_version_no_longer_gives_is_kept_to_be_closed(
    balance: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    log = FindingEvents(balance)
    log.decide(found(balance), "notified", "张三", "已发通知")
    take_in(write(tmp_path, "b.txt", figures={"applications.new": 12}, stage="corrected"))
    assert found(balance) == []
    (row,) = gone(balance)
    assert (row["state"], row["agency"]) == ("notified", "淮安市财政局")
    log.decide([{**row, "doubtful": False}], "corrected", "张三", "更正稿已收")
    (row,) = gone(balance)
    log.decide([{**row, "doubtful": False}], "closed", "张三", "已核对")
    (row,) = gone(balance)
    assert row["state"] == "closed"
    # The correction is withdrawn: the finding stands again, on the figures it was closed with.
    Decisions(balance).withdraw(target(tmp_path / "b.txt"), "张三", "发错")
    assert gone(balance) == []
    assert found(balance)[0]["state"] == "closed"


def test_a_doubtful_finding_is_kept_apart_and_never_notified(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    take_in(write(tmp_path, "a.txt", finding=[{**BALANCE, "doubtful": True}, WORDS], **REPORT))
    assert [row["check_code"] for row in found(office)] == ["placeholder_left"]
    (doubted,) = found(office, doubtful=True)
    log = FindingEvents(office)
    for event in ONLY_SURE:
        assert log.decide([doubted], event, "张三", "理由").left == {"doubtful": 1}
    outcome = log.decide([doubted, *found(office)], "notified", "张三", "理由")
    assert (len(outcome.entries), dict(outcome.left)) == (1, {"doubtful": 1})
    log.decide([doubted], "false_alarm", "张三", "读错")
    assert found(office, doubtful=True)[0]["state"] == "false_alarm"


def test_a_return_and_what_it_names_are_one_transaction(balance: Workspace) -> None:
    book, rows = SubmissionBook(balance), found(balance)
    event = Event(str(rows[0]["agency_id"]), 2023, "report", "returned", date(2024, 2, 1), "0" * 64, 0)
    also = book.beside("office", event, "张三", "退回修改")
    failing = replace(also, rows=lambda _: [{"event": None}])
    with pytest.raises(FindingError):
        FindingEvents(balance).decide(rows, "notified", "张三", "退回", failing)
    assert found(balance)[0]["state"] == FOUND
    assert len(FindingEvents(balance).decide(rows, "notified", "张三", "退回", also).entries) == 1
    (entry,) = book.journal.entries()
    assert (entry["event"], entry["reason"]) == ("returned", "退回修改")
    with pytest.raises(AlreadyEntered):
        book.record("office", [event], "张三", "再点一次")
    with pytest.raises(AlreadyEntered):  # a click in another window, prepared before the first was entered
        FindingEvents(balance).decide(rows, "notified", "张三", "退回", also)
    book.record("office", [event], "李四", "另一位同事")
    book.record("office", [event], "张三", "其间有人登记")
    assert len(book.journal.entries()) == 3


def test_equal_findings_have_keys_of_their_own(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    column = {**BALANCE, "detail": {"applicant": "company", "metric": "applications.new"}}
    blanks = {"check": "blank_cell", "metrics": ["applications.new", "applications.other"], "cells": ["/"]}
    take_in(write(tmp_path, "a.txt", finding=[BALANCE, column, WORDS, WORDS, blanks], **REPORT))
    rows = found(office)
    assert len({row["finding_key"] for row in rows}) == 5
    FindingEvents(office).decide([row for row in rows if row["applicant"] == "company"], "explained", "张三", "理由")
    assert sorted(row["state"] for row in found(office)) == ["explained", *["found"] * 4]


def test_blanks_of_a_table_are_one_finding_whatever_rows_they_are_in(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    blanks = {"check": "blank_cell", "metrics": ["applications.new", "applications.other"], "cells": ["/", "/"]}
    take_in(write(tmp_path, "a.txt", finding=[blanks], **REPORT))
    FindingEvents(office).decide(found(office), "notified", "张三", "理由")
    fewer = {
        **blanks,
        "metrics": ["applications.partial", "applications.other", "applications.new"],
        "cells": ["/"] * 3,
    }
    take_in(write(tmp_path, "b.txt", finding=[fewer], figures=REPORT["figures"], stage="corrected"))
    assert [row["state"] for row in found(office)] == ["again"]


def test_what_somebody_else_decided_meanwhile_is_left(balance: Workspace) -> None:
    seen = found(balance)
    FindingEvents(balance).decide(found(balance), "false_alarm", "李四", "读错")
    outcome = FindingEvents(balance).decide(seen, "notified", "张三", "理由")
    assert (outcome.entries, dict(outcome.left)) == ([], {"changed": 1})


def test_of_two_processes_that_decide_at_once_one_is_first(balance: Workspace) -> None:
    """Each notifies what it saw as found; however they interleave, every finding gets exactly one decision."""
    code = (
        "import sys; from pathlib import Path; from gongkai.store.workspace import open_workspace; "
        "from gongkai.store.findings import FindingEvents; import json; "
        "w = open_workspace(Path(sys.argv[1])); seen = json.loads(sys.argv[2]); sys.stdin.read(1); "
        "done = FindingEvents(w).decide(seen, 'notified', sys.argv[3], 'x'); "
        "print(len(done.entries), sum(done.left.values()))"
    )
    import json

    base = {
        name: found(balance)[0][name] for name in ("collection", "agency_id", "year", "check_code", "figures_digest")
    }
    seen = [{**base, "finding_key": f"{n:016x}", "state": "found", "doubtful": False} for n in range(40)]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(balance.folder), json.dumps(seen), who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in ("甲", "乙")
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.flush()
    outcomes = sorted(process.communicate(timeout=120)[0].split() for process in running)
    assert outcomes == [["0", "40"], ["40", "0"]]
    assert len(FindingEvents(balance).ends()) == 40


def test_nonsense_is_refused(balance: Workspace) -> None:
    log = FindingEvents(balance)
    with pytest.raises(FindingError, match="none of"):
        log.decide(found(balance), "forgotten", "张三", "理由")
    with pytest.raises(FindingError, match="name"):
        log.decide(found(balance), "notified", " ", "理由")
    assert log.ends() == {}


def test_findings_across_reports_join_those_of_one(balance: Workspace) -> None:
    """A row of cross_finding, as `check` writes it, has a key, a state and its other side's cells."""
    row = found(balance)[0]
    evidence = '[{"side": "other", "year": 2022, "metric": "applications.carried_out", "applicant": "all", "value": 3}]'
    with generations.write(balance) as draft:
        draft.connection.execute(CROSS.format(agency=row["agency_id"], report=row["report_id"], evidence=evidence))
    rows = found(balance)
    assert sorted(each["check_code"] for each in rows) == ["carry_over_broken", "flow_balance"]
    cross = next(each for each in rows if each["check_code"] == "carry_over_broken")
    given = {"collection": "office", "agency_id": row["agency_id"], "first_year": 2023, "last_year": 2023}
    cells = reader(balance).run("finding_cells", {**given, "finding_keys": [cross["finding_key"]]})
    assert cells[["side", "year", "metric", "value"]].values.tolist() == [
        ["other", 2022, "applications.carried_out", 3.0]
    ]


def test_a_decision_made_while_a_reader_opens_is_not_forgotten_by_the_next(
    balance: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first reader reads the decisions before the withdrawal, and what follows of them after it."""
    path = generations.current(balance)
    with monkeypatch.context() as early:
        early.setattr(Decisions, "log", lambda self: [])
        Decisions(balance).withdraw(target(tmp_path / "first" / "a.txt"), "张三", "误报送")
        assert len(Reader(path, balance).run("finding_list", {"collection": "office", **EVERYWHERE})) == 1
    assert Reader(path, balance).run("finding_list", {"collection": "office", **EVERYWHERE}).empty


def test_a_decision_stays_when_somebody_says_what_the_report_is_on(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    path = write(tmp_path / "first", "a.txt", finding=[BALANCE], **{**REPORT, "scope": None})
    take_in(path)
    assert len(FindingEvents(office).decide(found(office), "explained", "张三", "已说明").entries) == 1
    Decisions(office).correct(target(path), "scope", "organ", "张三", "本级")
    assert [row["state"] for row in found(office)] == ["explained"]
    Decisions(office).correct(target(path), "scope", "whole", "张三", "汇总")
    assert [row["state"] for row in found(office)] == ["found"]
