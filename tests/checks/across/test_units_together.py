"""A government against its units; the register; what was due; several versions."""

from typing import Any

import pandas as pd
import pytest

from gongkai.checks.across.model import CrossFinding
from gongkai.checks.across.registered import check_powers, check_registered
from gongkai.checks.across.roll_up import check_roll_up, differences, explanation
from gongkai.checks.across.submissions import check_submissions
from gongkai.checks.across.versions import Difference, check_versions, version_pairs

Row = dict[str, Any]


def sums(own: float, total: float, applicant: str = "all", units: int = 4, metric: str = "applications.new") -> Row:
    return {
        "unit": "g",
        "year": 2023,
        "scope": "whole",
        "metric": metric,
        "applicant": applicant,
        "own": own,
        "total": total,
        "units": units,
        "report": "g2023",
        "doubted": False,
    }


def part(unit: str, value: float | None, **about: object) -> Row:
    return {
        "unit": "g",
        "year": 2023,
        "scope": "whole",
        "metric": "applications.new",
        "applicant": "all",
        "part": unit,
        "value": value,
        "counted": True,
        "part_scope": "organ",
        "other_value": None,
        "faulty": False,
        "report": f"{unit}2023",
        **about,
    }


@pytest.mark.parametrize(("own", "told"), [(12.0002, False), (12.0003, True), (11.9998, False), (11.9997, True)])
def test_amounts_may_be_off_by_the_rounding_of_every_unit(own: float, told: bool) -> None:
    assert len(differences(pd.DataFrame([sums(own, 12, metric="fees.amount")]))) == told


def test_a_column_is_told_only_where_the_total_agrees() -> None:
    both = differences(pd.DataFrame([sums(9, 12), sums(5, 8, "company")]))
    assert list(both["applicant"]) == ["all"]
    column = differences(pd.DataFrame([sums(12, 12), sums(5, 8, "company")]))
    assert list(column["applicant"]) == ["company"]


def test_a_gap_is_traced_to_the_unit_that_was_left_out() -> None:
    wrong = differences(pd.DataFrame([sums(9, 12)]))
    (one,) = check_roll_up(wrong, pd.DataFrame([part("a", 3.0), part("b", 4.0), part("c", 5.0)]))
    assert (one.severity, one.expected, one.found) == ("warning", "12", "9")
    assert (one.detail["reason"], one.detail["explained_by"], one.detail["units"]) == ("left_out", "a", "4")
    assert [(cell.side, cell.unit, cell.value) for cell in one.cells] == [("this", "g", 9.0), ("part", "a", 3.0)]
    assert one.other_report == "a2023"


@pytest.mark.parametrize(
    ("gap", "parts", "expected"),
    [
        (4.0, [part("a", 3.0), part("b", 4.0)], ("counted_twice", ["b"])),
        (4.0, [part("a", 3.0), part("v", 4.0, counted=False)], ("not_counted_here", ["v"])),
        (2.0, [part("a", 3.0, other_value=5.0)], ("other_version", ["a"])),
        (1.0, [part("a", 3.0, faulty=True), part("b", None, faulty=True)], ("faulty_unit", ["a", "b"])),
        (1.0, [part("a", 3.0), part("b", None)], ("unexplained", [])),
    ],
)
def test_explanations(gap: float, parts: list[Row], expected: tuple[str, list[str]]) -> None:
    assert explanation(gap, parts) == expected


def test_an_unexplained_gap_is_told_all_the_same() -> None:
    (one,) = check_roll_up(differences(pd.DataFrame([sums(9, 12)])), pd.DataFrame([part("a", 8.0)]))
    assert one.detail["reason"] == "unexplained"
    assert "explained_by" not in one.detail


@pytest.mark.parametrize(
    ("level", "value", "told"),
    [("county", 2, True), ("township", 1, True), ("prefecture", 9, False), ("county", 0, False), (None, 3, False)],
)
def test_rules_of_those_who_may_make_none(level: str | None, value: float, told: bool) -> None:
    rules = pd.DataFrame(
        [
            {
                "unit": "a",
                "year": 2023,
                "scope": "organ",
                "metric": metric,
                "value": value if metric == "rules.in_force" else 0,
                "level": level,
                "report": "a2023",
                "doubted": False,
            }
            for metric in ("rules.in_force", "rules.issued")
        ]
    )
    found = list(check_powers(rules))
    assert len(found) == told
    if found:
        assert (found[0].severity, found[0].metrics, found[0].expected) == ("error", ("rules.in_force",), "0")


def test_units_that_nobody_registered() -> None:
    reports = pd.DataFrame(
        [
            {"unit": unit, "year": 2023, "name": unit, "registered": known, "report": unit, "doubted": False}
            for unit, known in (("a", True), ("b", False))
        ]
    )
    assert [(one.unit, one.severity) for one in check_registered(reports)] == [("b", "notice")]


def due(**about: object) -> pd.DataFrame:
    row = {
        "unit": "a",
        "year": 2023,
        "due": True,
        "confirmed": True,
        "received": True,
        "report": "a2023",
        "received_on": "2024-01-20",
        "published_on": "2024-01-31",
        "due_on": "2024-01-20",
        "statutory_on": "2024-01-31",
        "doubted": False,
        **about,
    }
    return pd.DataFrame([row])


def codes(found: list[CrossFinding]) -> list[str]:
    return [one.check for one in found]


def test_in_time_on_the_last_day() -> None:
    assert list(check_submissions(due())) == []


def test_a_day_late() -> None:
    late = list(check_submissions(due(received_on="2024-01-21", published_on="2024-02-02")))
    assert codes(late) == ["submitted_late", "published_late"]
    assert [(one.expected, one.found, one.detail["days"]) for one in late] == [
        ("2024-01-20", "2024-01-21", "1"),
        ("2024-01-31", "2024-02-02", "2"),
    ]


def test_what_was_taken_from_the_site_was_handed_in_nobody_knows_when() -> None:
    assert list(check_submissions(due(received_on="2024-01-31", published_on="2024-01-31"))) == []
    (late,) = check_submissions(due(received_on="2024-01-30", published_on="2024-01-31"))
    assert late.check == "submitted_late"
    (draft,) = check_submissions(due(received_on="2024-01-30", published_on=None))
    assert draft.check == "submitted_late"


def test_unknown_days_are_not_late() -> None:
    assert list(check_submissions(due(received_on=None, published_on=None))) == []
    assert list(check_submissions(due(due_on=None, statutory_on=None))) == []


def test_missing_on_the_list() -> None:
    gone = {"received": False, "report": None, "received_on": None, "published_on": None}
    (one,) = check_submissions(due(**gone))
    assert (one.check, one.severity, one.doubtful, one.report) == ("report_missing", "error", False, None)
    (guess,) = check_submissions(due(**gone, confirmed=False))
    assert guess.doubtful
    assert list(check_submissions(due(**gone, due=False))) == []


def version(report: str, stage: str | None, received: str, published: str | None = None, **about: object) -> Row:
    return {
        "unit": "a",
        "year": 2023,
        "scope": "organ",
        "report": report,
        "stage": stage,
        "received_on": received,
        "published_on": published,
        "figures": 1,
        "text": 1,
        "doubted": False,
        **about,
    }


def versions(*rows: Row, difference: Difference | None = None) -> list[CrossFinding]:
    """The findings; versions whose digests differ come out as `difference` when they are compared."""
    frame = pd.DataFrame(rows)
    pairs = version_pairs(frame)
    told = difference or Difference(cells=(("fees.amount", "all"),))
    return list(check_versions(frame, pairs, {pair.reports: told for pair in pairs}))


def test_drafts_that_were_sent_back_and_an_approved_one_that_is_published() -> None:
    assert (
        versions(
            version("v1", "draft", "2024-01-08", text=7),
            version("v2", "draft", "2024-01-12", text=8),
            version("v3", "approved", "2024-01-15"),
            version("v4", "published", "2024-01-16", "2024-01-20"),
        )
        == []
    )


def test_published_is_not_what_was_approved() -> None:
    (one,) = versions(
        version("v3", "approved", "2024-01-15"),
        version("v4", "published", "2024-01-16", "2024-01-20", figures=2),
    )
    assert (one.check, one.report, one.other_report) == ("differs_from_approved", "v4", "v3")
    assert one.detail["reason"] == "figures"
    assert one.metrics == ("fees.amount",)
    assert [(cell.side, cell.report) for cell in one.cells] == [("this", "v4"), ("other", "v3")]


def test_what_only_the_format_changed_is_no_difference() -> None:
    rows = version("v3", "approved", "2024-01-15"), version("v4", "published", "2024-01-16", "2024-01-20", text=2)
    assert versions(*rows, difference=Difference()) == []


def test_changed_after_publication_and_an_announced_correction() -> None:
    before = version("v1", "published", "2024-01-16", "2024-01-20")
    both = Difference(cells=(("fees.amount", "all"),), text=True)
    after = version("v2", "published", "2024-03-01", "2024-03-01", figures=2, text=2)
    (one,) = versions(before, after, difference=both)
    assert (one.check, one.detail["reason"], one.report) == ("changed_after_publication", "figures_and_text", "v2")
    assert versions(before, version("v2", "corrected", "2024-03-01", "2024-03-01", figures=2)) == []


def test_the_same_content_twice() -> None:
    (one,) = versions(version("v1", "draft", "2024-01-08"), version("v2", "draft", "2024-01-12"))
    assert (one.check, one.severity, one.detail["reason"]) == ("duplicate_report", "notice", "same_content")


def test_two_approved_versions() -> None:
    (one,) = versions(version("v1", "approved", "2024-01-08"), version("v2", "approved", "2024-01-12", text=2))
    assert (one.check, one.detail["reason"], one.detail["stage"]) == ("duplicate_report", "same_stage", "approved")
