"""The measure itself: what counts as right, wrong, doubted, missed, and as sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import scoring
from benchmarks.accuracy import measured
from benchmarks.confusions import Place, cause_of_cell, cause_of_statement
from benchmarks.scoring import Outcome, score_file
from gongkai.records import Doubt, Evidence, Figure, Method, Report

NEW = "applications.new"
IN = "applications.carried_in"
GRANTED = "applications.granted"


def line(figures: list[list[Any]], **more: Any) -> dict[str, Any]:
    return {
        "form": "statutory", "format": "txt", "regime": "2021", "traits": ["bars"], "agency": "某局", "year": 2022,
        "mistakes": [], "consequences": [], "figures": figures, "unknowable": [], "scope": None, **more,
    }  # fmt: skip


def figure(metric: str, value: float, confidence: float = 1.0, method: Method = Method.TABLE) -> Figure:
    return Figure(metric, value, method, Evidence(str(value)), "all", confidence=confidence)


def outcome(monkeypatch: pytest.MonkeyPatch, wanted: dict[str, Any], report: Report | str) -> Outcome:
    monkeypatch.setattr(scoring, "_reports", lambda path, name: [report] if isinstance(report, Report) else report)
    return score_file(("reports/txt/report.txt", [wanted]))


def counted(found: Outcome, what: str) -> dict[str, int]:
    return {verdict: n for (where, _, w, verdict), n in found.tally.items() if where == "all" and w == what and n}


def report(*figures: Figure, doubts: tuple[Doubt, ...] = ()) -> Report:
    return Report("report.txt", "0" * 64, agency="某局", year=2022, regime="2021", figures=figures, doubts=doubts)


def test_right_wrong_doubted_and_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = line(
        [[NEW, "all", 7, "table", False], [IN, "all", 2, "table", False], [GRANTED, "all", 5, "table", False]]
    )
    found = outcome(monkeypatch, wanted, report(figure(NEW, 7), figure(IN, 3), figure(GRANTED, 50, 0.5)))
    assert counted(found, "table") == {"right": 1, "wrong": 1, "doubted": 1, "missed": 2}
    assert counted(found, "report sound") == {"wrong": 1}
    assert counted(found, "report without silent error") == {"wrong": 1}
    assert measured(found.tally, "table precision") == 0.5
    assert measured(found.tally, "table recall") == pytest.approx(1 / 3)
    assert measured(found.tally, "metadata year") == 1


def test_a_cell_that_is_missing_is_sound_only_with_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = line([[NEW, "all", 7, "table", False]])
    assert counted(outcome(monkeypatch, wanted, report()), "report sound") == {"wrong": 1}
    doubted = report(doubts=(Doubt("values_unplaced", "本年新收", (NEW,)),))
    assert counted(outcome(monkeypatch, wanted, doubted), "report sound") == {"right": 1}


def test_what_cannot_be_known_may_be_missing_but_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = line([[NEW, "all", 7, "table", False]], unknowable=[[NEW, "all"]])
    assert counted(outcome(monkeypatch, wanted, report()), "table") == {}
    assert counted(outcome(monkeypatch, wanted, report(figure(NEW, 7))), "table") == {}
    assert counted(outcome(monkeypatch, wanted, report(figure(NEW, 8))), "table") == {"wrong": 1}


def test_an_annex_printed_twice_wants_both_values_with_their_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = line([[NEW, "all", 7, "table", False, "organ"], [NEW, "all", 9, "table", False, "whole"]])
    right = Figure(NEW, 7, Method.TABLE, Evidence("7"), scope="organ")
    other = Figure(NEW, 9, Method.TABLE, Evidence("9"), scope="organ")
    assert counted(outcome(monkeypatch, wanted, report(right, other)), "table") == {"right": 1, "wrong": 1, "missed": 1}


def test_an_unreadable_file_misses_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = line([[NEW, "all", 7, "table", False], [NEW, "all", 7, "narrative", False]])
    found = outcome(monkeypatch, wanted, "unreadable (damaged)")
    assert counted(found, "table") == counted(found, "narrative") == {"missed": 1}
    assert found.misses == ["/".join(Path("reports/txt/report.txt").parts) + ": unreadable (damaged): not read"]


def test_causes() -> None:
    stated = {(NEW, "all"): [21.0], (NEW, "company"): [4.0], (IN, "all"): [3.0], (GRANTED, "all"): [110.0]}
    assert cause_of_cell(Place(NEW, "all", 3.0), stated) == f"row: {IN} read as {NEW}"
    assert cause_of_cell(Place(NEW, "all", 4.0), stated) == "column: another applicant's figure"
    assert cause_of_cell(Place(GRANTED, "all", 11.0), stated) == "digits lost or joined"
    assert cause_of_cell(Place(GRANTED, "all", 0.0), stated) == "0 in place of a figure"
    assert cause_of_cell(Place("fees.amount", "all", 1.0), stated) == "cell that is not printed: fees.amount"
    assert cause_of_statement(Place(NEW, "all", 3.0), stated) == f"{IN} read as {NEW}"
    assert cause_of_statement(Place("hotline.calls", "all", 8.0), stated) == "hotline.calls: invented"
