"""What a person reads of a finding: in both languages, without codes and without words of the program's own."""

from __future__ import annotations

import json

import pytest

from gongkai.catalogue.checks import checks, reasons
from gongkai.ui import finding_words as words
from gongkai.ui.cells import named


def row(code: str, expected: str | None = None, found: str | None = None, **detail: str) -> dict[str, object]:
    return {"check_code": code, "expected": expected, "found": found, "detail": json.dumps(detail)}


@pytest.fixture(params=["zh-CN", "en"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("gongkai.ui.messages.language", lambda: request.param)
    monkeypatch.setattr(words, "language", lambda: request.param)
    monkeypatch.setattr("gongkai.ui.cells.language", lambda: request.param)
    return str(request.param)


def test_every_check_and_reason_has_its_words(spoken: str) -> None:
    for code in checks():
        said = words.finding_words(row(code, "甲", "乙"))
        assert said[0] == checks()[code].text("en" if spoken == "en" else "zh")
        assert words.finding_title(code) != code
    for check, reason in reasons():
        assert len(words.finding_words(row(check, reason=reason))) == 2


def test_a_missing_table_and_an_earlier_form_are_named_in_words(spoken: str) -> None:
    table = words.finding_words(row("table_missing", "review"))[-1]
    form = words.finding_words(row("form_altered", "2021", "2019", reason="earlier_form"))[-1]
    assert named("group", "review") in table
    assert named("regime", "2021") in form
    assert {named("group", "review"), named("regime", "2021")}.isdisjoint({"review", "2021"})


def test_text_and_table_stand_side_by_side_and_neither_is_called_right(spoken: str) -> None:
    said = words.finding_words(row("narrative_differs_from_table", "12", "5", reason="other_figure"))[-1]
    assert said == ("表格为：12；正文为：5" if spoken == "zh-CN" else "in the table: 12; in the text: 5")


def test_scopes_and_applicants(spoken: str) -> None:
    said = words.finding_words(row("scope_differs", "95", "17", text_scope="organ", table_scope="whole"))
    assert len(said) == 3
    assert "organ" not in said[2].split(": ")[-1]
    said = words.finding_words(row("blank_cell", None, "/", applicants="company all"))
    assert "company" not in said[-1]


def test_an_unknown_check_of_an_older_store_is_shown_by_its_code() -> None:
    assert words.finding_title("gone") == "gone"
    assert words.finding_words(row("gone")) == []


def test_the_code_of_a_doubt_is_said_with_the_document_s_words(spoken: str) -> None:
    said = words.doubt_words("agency_uncertain", "no_county: 和平镇")
    assert said.endswith("和平镇")
    assert "no_county" not in said
    assert words.doubt_words("year_uncertain", "none_named") == reasons()["year_uncertain", "none_named"].text(
        "en" if spoken == "en" else "zh"
    )
    assert words.doubt_words("year_uncertain", "of an older version") == ""
    assert words.doubt_words("total_differs", "7 8") == "7 8"
    repeated = words.finding_words(row("agency_uncertain", reason="no_county", words="和平镇"))
    assert repeated[-1] == said


def test_findings_across_reports_say_what_they_were_compared_with(spoken: str) -> None:
    jump = row("implausible_change", "100", "900", reason="up", low="25", high="390", peers="14")
    said = words.finding_particulars(jump)
    assert len(said) == 3
    assert all(figure in " ".join(said) for figure in ("100", "900", "25", "390", "14"))
    assert "应为" not in " ".join(said)
    (_, scopes) = words.finding_particulars(
        row("scope_changed", reason="other_scope", scope="whole", last_scope="organ")
    )
    assert named("scope", "whole") in scopes
    assert named("scope", "organ") in scopes
    assert "3" in words.finding_particulars(row("submitted_late", "2024-01-20", "2024-01-23", days="3"))[-1]
    table = words.finding_particulars(row("identical_to_last_year", table="review", cells="15"))
    assert len(table) == 1
    assert named("group", "review") in table[0]
