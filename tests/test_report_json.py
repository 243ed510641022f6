"""Every field of a report is printed, by one definition for the program and the screen, but for what is the store's."""

from dataclasses import fields
from datetime import date

from gongkai.records import PLAIN_FIELDS, STATED_FIELDS, Evidence, Finding, Report
from gongkai.report_json import to_json

_PARTS = {"sources", "figures", "findings", "doubts", "unmapped"}
_FOR_THE_STORE = {"authors", "passages"}
"""What the store compares with the register and with other reports; `parse` has neither."""


def test_no_field_is_forgotten() -> None:
    assert {field.name for field in fields(Report)} == {*PLAIN_FIELDS, *_PARTS, *_FOR_THE_STORE}
    assert set(STATED_FIELDS) < set(PLAIN_FIELDS)
    assert len(set(PLAIN_FIELDS)) == len(PLAIN_FIELDS)


def test_a_report_as_json() -> None:
    finding = Finding("blank_cell", "error", detail={"applicants": "all"}, evidence=(Evidence("/", row=2, column=3),))
    printed = to_json(Report("a.html", "0", year=2023, signed_on=date(2024, 1, 5), findings=(finding,)))
    assert set(printed) == {*PLAIN_FIELDS, *_PARTS}
    assert (printed["year"], printed["signed_on"], printed["agency"]) == (2023, "2024-01-05", None)
    assert printed["findings"][0]["evidence"] == [{"quote": "/", "row": 2, "column": 3}]
