"""What one year carries out is what the next carries in: consistent, wrong, merged, new, missing."""

import pandas as pd

from gongkai.checks.across.carry_over import check_carry_over
from gongkai.checks.across.model import CrossFinding

NOBODY = pd.DataFrame({"unit": pd.Series(dtype=str), "year": pd.Series(dtype=int), "predecessor": pd.Series(dtype=str)})


def flow(
    unit: str,
    year: int,
    carried_in: float | None,
    carried_out: float | None,
    who: str = "all",
    new: float = 10,
    closed: float | None = None,
    doubted: bool = False,
) -> dict[str, object]:
    """One column of table 3 that balances unless `closed` says otherwise."""
    if closed is None:
        closed = new + (carried_in or 0) - (carried_out or 0)
    return {
        "unit": unit,
        "year": year,
        "scope": "organ",
        "applicant": who,
        "new": new,
        "carried_in": carried_in,
        "closed": closed,
        "carried_out": carried_out,
        "report": f"{unit}{year}",
        "doubted": doubted,
    }


def found(*rows: dict[str, object], merged: pd.DataFrame = NOBODY) -> list[CrossFinding]:
    return list(check_carry_over(pd.DataFrame(rows), merged))


def taken_over(unit: str, year: int, *predecessors: str) -> pd.DataFrame:
    return pd.DataFrame({"unit": unit, "year": year, "predecessor": list(predecessors)})


def test_what_agrees_is_no_finding() -> None:
    assert found(flow("a", 2022, 1, 4), flow("a", 2023, 4, 2), flow("b", 2023, 9, 0)) == []


def test_the_total_is_an_error_and_a_column_a_warning() -> None:
    total, column = found(
        flow("a", 2022, 1, 4),
        flow("a", 2023, 5, 2),
        flow("a", 2022, 1, 4, "company"),
        flow("a", 2023, 3, 2, "company"),
    )
    assert (total.severity, total.applicant, total.expected, total.found) == ("error", "all", "4", "5")
    assert (column.severity, column.applicant, column.expected, column.found) == ("warning", "company", "4", "3")
    assert (total.unit, total.year, total.other_year, total.other_report) == ("a", 2023, 2022, "a2022")
    assert [(cell.side, cell.year, cell.metric) for cell in total.cells] == [
        ("this", 2023, "applications.carried_in"),
        ("other", 2022, "applications.carried_out"),
    ]
    assert total.detail == {"reason": "last_year"}
    assert not total.doubtful


def test_last_year_is_at_fault_where_its_own_column_does_not_balance() -> None:
    (fault,) = found(flow("a", 2022, 1, 4, closed=8), flow("a", 2023, 3, 2))
    assert (fault.year, fault.report, fault.detail["reason"]) == (2022, "a2022", "last_year_unbalanced")
    assert (fault.expected, fault.found, fault.other_year) == ("3", "4", 2023)


def test_a_merged_unit_carries_the_sum_of_its_predecessors() -> None:
    last = [flow("a", 2022, 0, 3), flow("b", 2022, 0, 4)]
    assert found(*last, flow("c", 2023, 7, 0), merged=taken_over("c", 2023, "a", "b")) == []
    (wrong,) = found(*last, flow("c", 2023, 4, 0), merged=taken_over("c", 2023, "a", "b"))
    assert (wrong.unit, wrong.expected, wrong.detail["reason"]) == ("c", "7", "predecessors")


def test_a_unit_that_took_another_in_carries_both() -> None:
    last = [flow("a", 2022, 0, 3), flow("b", 2022, 0, 4)]
    assert found(*last, flow("a", 2023, 7, 0), merged=taken_over("a", 2023, "b")) == []
    (wrong,) = found(*last, flow("a", 2023, 3, 0), merged=taken_over("a", 2023, "b"))
    assert wrong.expected == "7"


def test_without_a_predecessors_figure_nothing_can_be_said() -> None:
    assert found(flow("a", 2022, 0, 3), flow("c", 2023, 9, 0), merged=taken_over("c", 2023, "a", "b")) == []


def test_missing_is_not_zero() -> None:
    assert found(flow("a", 2022, 1, None), flow("a", 2023, 5, 2)) == []
    assert found(flow("a", 2022, 1, 3), flow("a", 2023, None, 2)) == []
    assert found(flow("a", 2021, 1, 3), flow("a", 2023, 9, 2)) == []


def test_doubt_on_either_side_is_said() -> None:
    (first,) = found(flow("a", 2022, 1, 4, doubted=True), flow("a", 2023, 5, 2))
    (second,) = found(flow("a", 2022, 1, 4), flow("a", 2023, 5, 2, doubted=True))
    assert first.doubtful
    assert second.doubtful


def test_a_sum_is_in_doubt_where_a_predecessors_column_did_not_balance() -> None:
    last = [flow("a", 2022, 0, 3, closed=9), flow("b", 2022, 0, 4)]
    (wrong,) = found(*last, flow("c", 2023, 4, 0), merged=taken_over("c", 2023, "a", "b"))
    assert wrong.doubtful
