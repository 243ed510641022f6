"""The form itself: rows dropped, added, merged, an earlier form; what is sure and what may be our reading."""

from __future__ import annotations

from dataclasses import replace

from check_reports import REPORT, WHOLE, findings

from gongkai.catalogue.forms import RowSpec, forms
from gongkai.parsing.table_reading import Placement, TableReading
from gongkai.records import Doubt, Evidence, Finding, Report, UnmappedRow

APPLICATIONS = forms()["2021"].table("applications")
assert APPLICATIONS is not None
ROWS = [row for row in APPLICATIONS.rows if not row.variant]
MERGED = next(row for row in APPLICATIONS.rows if row.variant)


def placed(rows: list[RowSpec], at: list[int] | None = None) -> tuple[Placement, ...]:
    """Rows of one grid, one below the other unless `at` says where."""
    return tuple(
        Placement(
            row, "applications", "exact", row.labels[0], Evidence(row.labels[0], block=2, table=0, row=line, column=0)
        )
        for row, line in zip(rows, at or range(3, 3 + len(rows)), strict=True)
    )


def altered(tables: TableReading, report: Report = REPORT) -> list[Finding]:
    return [one for one in findings(report, WHOLE, tables) if one.check == "form_altered"]


def test_a_form_as_it_should_be() -> None:
    assert altered(TableReading("2021", placements=placed(ROWS))) == []


def test_a_row_between_two_that_adjoin_was_dropped() -> None:
    rows = ROWS[:7] + ROWS[8:]
    [found] = altered(TableReading("2021", placements=placed(rows), missing=(("applications", ROWS[7]),)))
    assert (found.detail["reason"], found.expected, found.doubtful) == ("dropped", ROWS[7].labels[0], False)
    assert found.evidence[0].quote == ROWS[6].labels[0]


def test_two_rows_in_a_row_were_dropped() -> None:
    missing = tuple(("applications", row) for row in ROWS[7:9])
    [found] = altered(TableReading("2021", placements=placed(ROWS[:7] + ROWS[9:]), missing=missing))
    assert not found.doubtful


def test_a_row_that_may_have_been_missed_is_doubtful() -> None:
    rows = ROWS[:7] + ROWS[8:]
    apart = [*range(3, 10), *range(11, 11 + len(rows) - 7)]
    [found] = altered(TableReading("2021", placements=placed(rows, apart), missing=(("applications", ROWS[7]),)))
    assert found.doubtful


def test_the_last_row_is_never_surely_dropped() -> None:
    [found] = altered(TableReading("2021", placements=placed(ROWS[:-1]), missing=(("applications", ROWS[-1]),)))
    assert found.doubtful


def test_an_added_row() -> None:
    at = [*range(3, 10), *range(11, 11 + len(ROWS) - 7)]
    row = UnmappedRow("9.其他不予公开情形", ("0",) * 7, Evidence("0", block=2, table=0, row=10, column=1))
    [found] = altered(TableReading("2021", placements=placed(ROWS, at), unmapped=(row,)))
    assert (found.detail["reason"], found.found, found.doubtful) == ("added", row.label, False)
    [found] = altered(TableReading("2021", placements=placed(ROWS, at), unmapped=(replace(row, label="24.5"),)))
    assert found.doubtful
    [found] = altered(TableReading("2021", placements=placed(ROWS), unmapped=(replace(row, label=""),)))
    assert found.doubtful


def test_merged_rows_are_no_dropped_ones() -> None:
    parts = [row for row in ROWS if row.key.startswith("applications.other.")]
    rows = [*[row for row in ROWS if row not in parts], MERGED]
    [found] = altered(TableReading("2021", placements=placed(rows)))
    assert (found.detail["reason"], found.metrics, found.doubtful) == ("merged", ("applications.other",), False)


def test_an_earlier_form() -> None:
    rows = [row for table in forms()["2019"].tables for row in table.rows][:3]
    tables = TableReading("2019", placements=placed(rows))
    [found] = altered(tables, replace(REPORT, regime="2019"))
    assert (found.detail["reason"], found.expected, found.found, found.doubtful) == (
        "earlier_form",
        "2021",
        "2019",
        False,
    )
    assert altered(tables, replace(REPORT, year=2020, regime="2019")) == []
    assert altered(tables, replace(REPORT, year=None, regime="2019")) == []


def test_any_doubt_of_ours_keeps_the_form_in_doubt() -> None:
    report = replace(REPORT, doubts=(Doubt("values_unplaced", "三"),))
    for tables in (
        TableReading("2021", placements=placed(ROWS[:7] + ROWS[8:]), missing=(("applications", ROWS[7]),)),
        TableReading("2021", placements=placed([*ROWS[:20], MERGED])),
    ):
        assert all(one.doubtful for one in altered(tables, report))


def test_rows_of_the_years_of_provincial_tables_are_doubtful() -> None:
    annex = forms()["2014"].tables[0].rows
    rows = tuple(
        Placement(row, "annex", "exact", row.labels[0], Evidence("x", block=2, table=0, row=n, column=0))
        for n, row in enumerate(annex)
        if n != 4
    )
    tables = TableReading("2014", placements=rows, missing=(("annex", annex[4]),))
    [found] = altered(tables, replace(REPORT, year=2016, regime="2014"))
    assert found.doubtful


def test_labels() -> None:
    near = replace(placed(ROWS)[3], how="near", printed="（二）部份公开")
    lost = replace(placed(ROWS)[4], how="position", printed="")
    found = findings(REPORT, WHOLE, TableReading("2021", placements=(near, lost)))
    assert [(one.check, one.severity, one.found) for one in found] == [
        ("label_misspelt", "notice", "（二）部份公开"),
        ("unlabelled_row", "notice", None),
    ]
