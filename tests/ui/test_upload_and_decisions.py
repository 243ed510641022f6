"""What an upload's log comes to, and what a filled-in form comes to."""

from __future__ import annotations

from typing import Any

import pandas as pd

from gongkai.ui.decisions_form import Change, changes
from gongkai.ui.upload import file_name, progress

REPORT: dict[str, Any] = {
    "agency": "民政局",
    "province": None,
    "year": pd.NA,
    "period": "year",
    "kind": "annual_report",
    "stage": None,
    "scope": None,
    "published_on": pd.Timestamp("2024-01-31"),
    "signed_on": pd.NaT,
    "secondary_source": True,
}
AS_READ = {
    "agency": "民政局",
    "province": "",
    "year": None,
    "period": "year",
    "kind": "annual_report",
    "stage": None,
    "scope": None,
    "published_on": "2024-01-31",
    "signed_on": None,
}


def test_an_untouched_form_changes_nothing() -> None:
    assert changes(REPORT, AS_READ, confirmed=False) == []


def test_only_what_differs_is_corrected() -> None:
    given = {**AS_READ, "year": 2010, "scope": "organ", "published_on": None}
    assert changes(REPORT, given, confirmed=False) == [
        Change("correct", "year", 2010),
        Change("correct", "scope", "organ"),
        Change("correct", "published_on", None),
    ]


def test_nobody_vouches_for_nothing() -> None:
    assert changes({**REPORT, "secondary_source": False}, {**AS_READ, "agency": ""}, confirmed=False) == []
    assert changes({**REPORT, "agency": None, "secondary_source": False}, AS_READ | {"agency": ""}, True) == []


def test_a_confirmation_vouches_for_year_author_and_origin() -> None:
    report = {**REPORT, "year": 2022}
    assert changes(report, {**AS_READ, "year": 2022}, confirmed=True) == [
        Change("confirm", "year", 2022),
        Change("confirm", "agency", "民政局"),
        Change("correct", "secondary_source", False),
    ]
    assert changes(report, {**AS_READ, "year": 2021}, confirmed=True)[0] == Change("correct", "year", 2021)


def test_a_log_is_summed_up_while_it_grows() -> None:
    events = [
        {"event": "file", "source": "a.txt", "outcome": "stored", "done": 1, "files": 3},
        {"event": "file", "source": "b/空.pdf", "outcome": "failed", "done": 2, "files": 3, "reason": "empty"},
        {"event": "something new"},
    ]
    now = progress(events)
    assert (now.done, now.files, now.summary, now.error) == (2, 3, None, None)
    assert [file_name(event) for event in now.failures] == ["空.pdf"]
    assert [file_name(event) for event in now.stored] == ["a.txt"]
    done = progress([*events, {"event": "summary", "failed": 1}])
    assert done.summary == {"event": "summary", "failed": 1}
    assert progress([{"event": "error", "message": "busy"}]).error == "busy"
    assert progress([]).files == 0
