"""A report against another office's ledger: what agrees, differs, is in doubt, or stands on one side only."""

from typing import Any

import pandas as pd

from gongkai.checks.across.ledger import check_ledger

Row = dict[str, Any]


def row(unit: str, expected: float, found: float | None, state: str, **about: object) -> Row:
    return {
        "unit": unit,
        "year": 2023,
        "scope": "organ",
        "metric": "licensing.decisions",
        "ledger": "double_publicity",
        "file": "双公示.xlsx",
        "row": 7,
        "expected": expected,
        "found": found,
        "state": state,
        "report": f"{unit}2023",
        "doubted": False,
        **about,
    }


def test_only_what_differs_is_told_and_doubt_is_kept_apart() -> None:
    rows = [
        row("d", 4, 9, "differs", doubted=True),
        row("a", 5, 5, "agrees"),
        row("b", 30, 29, "differs"),
        row("c", 5, None, "no_figure"),
    ]
    sure, doubtful = check_ledger(pd.DataFrame(rows))
    assert (sure.check, sure.severity, sure.unit, sure.expected, sure.found) == (
        "differs_from_ledger", "warning", "b", "30", "29"
    )  # fmt: skip
    assert sure.detail == {"ledger": "double_publicity", "file": "双公示.xlsx", "row": "7"}
    assert [(cell.side, cell.value) for cell in sure.cells] == [("this", 29)]
    assert [(one.metric, one.value) for one in sure.ledgers] == [("licensing.decisions", 30)]
    assert (sure.report, sure.doubtful) == ("b2023", False)
    assert (doubtful.unit, doubtful.doubtful) == ("d", True)


def test_without_ledgers_nothing_is_told() -> None:
    assert list(check_ledger(pd.DataFrame([row("a", 1, 2, "differs")]).iloc[:0])) == []
