"""Single-report checks of tables on invented units: consistent, wrong, just inside and outside, missing, doubtful."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from check_reports import REPORT, WHOLE, cell, codes, findings

from gongkai.catalogue.checks import checks, reasons
from gongkai.catalogue.identities import identities
from gongkai.catalogue.metrics import APPLICANTS
from gongkai.checks.single import find_in_list
from gongkai.parsing.table_reading import TableReading
from gongkai.paths import PROJECT
from gongkai.records import Doubt, Evidence, Figure, Finding, Report, Status


def review(upheld: float, total: float | None) -> list[Figure]:
    outcomes = {"upheld": upheld, "corrected": 1, "other": 0, "pending": 0, "total": total}
    return [cell(f"review.{name}", value) for name, value in outcomes.items()]


def with_cells(*figures: Figure) -> Report:
    return replace(REPORT, figures=figures)


def one(report: Report, check: str) -> Finding:
    found = [finding for finding in findings(report) if finding.check == check]
    assert len(found) == 1, found
    return found[0]


def test_a_clean_report_has_no_findings() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("total", "found"), [(3, []), (2, ["review_total_is_not_sum"]), (4, ["review_total_is_not_sum"])]
)
def test_review_total(total: float, found: list[str]) -> None:
    assert codes(with_cells(*review(2, total))) == found


def test_a_missing_total_does_not_pass_silently() -> None:
    figures = [*review(2, 3)[:-1], cell("review.total", None, status=Status.BLANK)]
    assert codes(with_cells(*figures)) == ["blank_cell"]


def test_the_finding_names_both_sums_and_every_cell() -> None:
    found = one(with_cells(*review(10, 0)), "review_total_is_not_sum")
    assert (found.expected, found.found, len(found.evidence)) == ("11", "0", 5)
    assert found.severity == "error"
    assert not found.doubtful


def test_a_finding_on_a_doubtful_cell_is_marked() -> None:
    figures = [replace(figure, confidence=0.5) for figure in review(10, 0)]
    assert one(with_cells(*figures), "review_total_is_not_sum").doubtful


def test_one_doubtful_cell_is_enough() -> None:
    figures = [replace(figure, confidence=0.79 if place == 2 else 1.0) for place, figure in enumerate(review(10, 0))]
    assert one(with_cells(*figures), "review_total_is_not_sum").doubtful


def column(new: float, carried_in: float, closed: float, carried_out: float, applicant: str = "all") -> list[Figure]:
    values = {"new": new, "carried_in": carried_in, "closed": closed, "carried_out": carried_out}
    return [cell(f"applications.{name}", value, applicant) for name, value in values.items()]


@pytest.mark.parametrize(
    ("values", "found"),
    [((5, 2, 6, 1), []), ((5, 2, 6, 2), ["flow_balance"]), ((5, 2, 6, 0), ["flow_balance"]), ((0, 0, 0, 0), [])],
)
def test_flow(values: tuple[float, float, float, float], found: list[str]) -> None:
    assert codes(with_cells(*column(*values))) == found


def test_each_column_is_balanced_for_itself() -> None:
    figures = [*column(5, 0, 5, 0), *column(3, 0, 2, 0, "natural_person"), *column(2, 0, 3, 0, "company")]
    found = [finding.detail["applicant"] for finding in findings(with_cells(*figures))]
    assert found == ["natural_person", "company"]


@pytest.mark.parametrize(("total", "found"), [(12, []), (11, ["total_column_is_not_sum"])])
def test_total_column(total: float, found: list[str]) -> None:
    parts = [cell("applications.granted", 2, applicant) for applicant in APPLICANTS[:-1]]
    assert codes(with_cells(*parts, cell("applications.granted", total))) == found


def test_annex_totals() -> None:
    channels = {"in_person": 1, "fax": 0, "online": 2, "letter": 3}
    parts = [cell(f"applications.channel.{name}", value) for name, value in channels.items()]
    report = replace(REPORT, regime="2014", year=2016)
    for total, found in ((6, []), (7, ["annex_total_is_not_sum"])):
        changed = replace(report, figures=(*parts, cell("applications.new", total)))
        assert codes(changed, tables=TableReading(regime="2014")) == found


@pytest.mark.parametrize(
    ("metric", "value", "found"),
    [
        ("licensing.decisions", 12.5, True),
        ("licensing.decisions", -1, True),
        ("licensing.decisions", 12, False),
        ("licensing.decisions", 0, False),
        ("fees.amount", 12.5, False),
        ("fees.amount", -0.5, True),
        ("licensing.items_change", -3, False),
        ("licensing.items_change", -3.5, True),
    ],
)
def test_counts_are_whole(metric: str, value: float, found: bool) -> None:
    assert ("count_not_whole" in codes(with_cells(cell(metric, value)))) is found


@pytest.mark.parametrize("status", [Status.BLANK, Status.NOT_APPLICABLE])
def test_blank_cells_of_a_row_are_one_finding(status: Status) -> None:
    row = [cell("applications.granted", None, applicant, status) for applicant in ("company", "all")]
    found = one(with_cells(*row), "blank_cell")
    assert found.detail["applicants"] == "company all"
    assert len(found.evidence) == 2


def test_blank_cells_of_a_table_are_one_finding_and_doubted_ones_another() -> None:
    blank = [cell(metric, None, status=Status.BLANK) for metric in ("applications.granted", "applications.partial")]
    doubted = replace(cell("applications.closed", None, status=Status.BLANK), confidence=0.5)
    other = cell("review.upheld", None, status=Status.BLANK)
    found = [one for one in findings(with_cells(*blank, doubted, other)) if one.check == "blank_cell"]
    assert [(one.metrics, one.doubtful) for one in found] == [
        (("applications.granted", "applications.partial"), False),
        (("applications.closed",), True),
        (("review.upheld",), False),
    ]


@pytest.mark.parametrize("status", [Status.UNREADABLE, Status.ABSENT])
def test_what_we_cannot_read_is_no_blank_of_theirs(status: Status) -> None:
    assert codes(with_cells(cell("applications.granted", None, status=status))) == []


@pytest.mark.parametrize(
    ("metric", "value", "found"),
    [
        ("applications.denied.state_secret", 1, True),
        ("applications.denied.state_secret", 0, False),
        ("applications.denied.state_secret", None, False),
        ("applications.denied.safety_stability", 2, True),
        ("applications.not_processed.excessive", 3, True),
        ("applications.not_processed.duplicate", 3, False),
        ("applications.denied.third_party_rights", 3, False),
    ],
)
def test_grave_grounds_are_for_a_person_to_look_at(metric: str, value: float | None, found: bool) -> None:
    report = with_cells(cell(metric, value), cell(metric, value, "natural_person"))
    if not found:
        assert codes(report) == []
        return
    notice = one(report, "grave_ground")
    assert (notice.severity, notice.found, notice.metrics) == ("notice", f"{value:g}", (metric,))
    assert notice.detail["applicants"] == "all natural_person"


def test_a_grave_ground_in_doubt_is_marked() -> None:
    figure = replace(cell("applications.denied.state_secret", 1), confidence=0.5)
    assert one(with_cells(figure), "grave_ground").doubtful


def test_doubts_about_year_and_agency_become_notices_in_the_words_of_the_document() -> None:
    place = Evidence("一、总体", block=0, start=0, end=4)
    doubts = (Doubt("year_uncertain", "the year is blanked out", evidence=(place,)), Doubt("agency_uncertain", "x"))
    found = findings(replace(REPORT, year=None, agency=None, doubts=doubts, secondary_source=True))
    assert [(f.check, f.severity, f.found) for f in found] == [
        ("year_uncertain", "notice", "一、总体"),
        ("agency_uncertain", "notice", None),
        ("secondary_source", "notice", None),
    ]


def test_a_list_of_units_owes_arithmetic_only() -> None:
    blank = cell("applications.granted", None, status=Status.BLANK)
    report = with_cells(*review(10, 0), blank)
    assert [f.check for f in find_in_list(report, TableReading(regime="2021"))] == ["review_total_is_not_sum"]


def test_every_check_and_reason_of_the_catalogue_is_used() -> None:
    """Defined and never raised would be a promise not kept."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(PROJECT / "gongkai" / "checks").rglob("*.py"))
    words = (PROJECT / "data" / "check_words.toml").read_text(encoding="utf-8")
    raised = {code for code in checks() if f'"{code}"' in source} | {identity.check for identity in identities()}
    assert raised == set(checks())
    doubts = "".join(
        (PROJECT / "gongkai" / part).read_text(encoding="utf-8") for part in ("parsing/years.py", "agencies/authors.py")
    )
    for check, reason in reasons():
        if check in ("year_uncertain", "agency_uncertain"):
            assert f'"{reason}"' in doubts or f'"{reason}: ' in doubts, reason
            continue
        assert f'"{reason}"' in source or (check == "placeholder_left" and f'reason = "{reason}"' in words), reason


def test_the_words_of_findings_are_codes_and_words_of_the_document() -> None:
    """Nothing of ours in one language stands in a finding: texts come from the catalogue in both."""
    for finding in findings(with_cells(*review(10, 0), cell("applications.new", 3)), WHOLE):
        for value in finding.detail.values():
            assert value.replace(".", "").replace("_", "").replace(" ", "").isalnum()
