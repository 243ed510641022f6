"""Text against table: equal, different, with carry-over, approximate, of another scope, doubtful."""

from __future__ import annotations

from dataclasses import replace

import pytest
from check_reports import REPORT, cell, codes, findings, said

from gongkai.records import Doubt, Figure

TABLE = (
    cell("applications.new", 95),
    cell("applications.carried_in", 2),
    cell("applications.granted", 40),
    cell("applications.partial", 10),
    cell("litigation.direct.total", 3),
    cell("litigation.after_review.total", 4),
)
DIFFERS = ["narrative_differs_from_table"]


@pytest.mark.parametrize(
    ("narrative", "found"),
    [
        (said("applications.new", 95), []),
        (said("applications.new", 97), []),  # with the two carried in
        (said("applications.new", 96), DIFFERS),
        (said("applications.handled", 97), []),
        (said("applications.handled", 95), []),
        (said("applications.handled", 98), DIFFERS),
        (said("applications.new", 17, scope="whole"), ["scope_differs"]),
        (said("applications.new", 17, scope="organ"), DIFFERS),
        (said("applications.new", 95, scope="whole"), []),
        (said("applications.new", 90, approximate=True), []),
        (said("applications.new", 100, approximate=True), []),  # 近百件
        (said("applications.new", 80, approximate=True), DIFFERS),
        (said("applications.new", 120, approximate=True), DIFFERS),
        (said("applications.channel.online", 90), []),
        (said("applications.channel.online", 97), []),
        (said("applications.channel.online", 98), DIFFERS),
        (said("applications.corrections_requested", 98), DIFFERS),
        (said("applications.granted_or_partial", 50), []),
        (said("applications.granted_or_partial", 49), DIFFERS),
        (said("litigation.total", 7), []),
        (said("litigation.total", 3), DIFFERS),
        (said("hotline.cases", 700), []),
        (said("applications.denied", 3), []),  # the table's rows were not read
    ],
)
def test_text_against_table(narrative: Figure, found: list[str]) -> None:
    assert codes(replace(REPORT, figures=(*TABLE, narrative))) == found


def test_a_part_above_its_total_is_told_from_another_figure() -> None:
    [above] = findings(replace(REPORT, figures=(*TABLE, said("applications.channel.online", 98))))
    assert (above.detail["reason"], above.expected, above.found) == ("part_above_total", "97", "98")
    [other] = findings(replace(REPORT, figures=(*TABLE, said("applications.new", 3))))
    assert (other.detail["reason"], other.expected, other.found) == ("other_figure", "95", "3")


def test_scopes_are_named_and_nobody_is_blamed() -> None:
    [found] = findings(replace(REPORT, figures=(*TABLE, said("applications.new", 17, scope="whole"))))
    assert (found.severity, found.detail) == ("notice", {"text_scope": "whole", "table_scope": "organ"})


def test_a_scope_that_the_report_does_not_say_is_not_taken_for_the_sentences() -> None:
    report = replace(REPORT, scope=None, figures=(*TABLE, said("applications.new", 17, scope="organ")))
    assert codes(report) == ["scope_differs"]


def test_a_derived_sum_rests_on_all_its_cells() -> None:
    [found] = findings(replace(REPORT, figures=(*TABLE, said("litigation.total", 3))))
    assert (found.expected, len(found.evidence)) == ("7", 3)


@pytest.mark.parametrize("doubtful", ["cell", "sentence", "reading"])
def test_doubt_on_either_side_marks_the_finding(doubtful: str) -> None:
    table = tuple(replace(one, confidence=0.5) for one in TABLE) if doubtful == "cell" else TABLE
    narrative = said("applications.new", 3, confidence=0.7 if doubtful == "sentence" else 1.0)
    doubts = (Doubt("several_values", "3、4", ("applications.new",)),) if doubtful == "reading" else ()
    [found] = findings(replace(REPORT, figures=(*table, narrative), doubts=doubts))
    assert found.doubtful
