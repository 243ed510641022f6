"""differs_from_ledger: a report's figure against a ledger that another office keeps (data/ledgers.toml).

Only figures of the same unit, year and scope are compared. A ledger counts by its own definition and up to its own day,
so a difference is a question to the unit: a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gongkai.checks.across.model import CellRef, CrossFinding, LedgerRef, cross_finding, records


def check_ledger(compared: pd.DataFrame) -> Iterator[CrossFinding]:
    """A warning for each figure that differs.

    `compared` is one row per figure of a ledger that a report can be held against: unit, year, scope, metric, ledger
    (its kind), file and row, expected (the ledger's value), found (the report's figure that stands), state (differs,
    agrees ...: queries/_ledger_compared.sql), report, doubted.
    """
    wrong = compared[compared["state"] == "differs"]
    for row in records(wrong.sort_values(["unit", "year", "metric", "scope"], kind="stable")):
        about = (row["unit"], int(row["year"]), row["scope"], row["metric"])
        yield cross_finding(
            "differs_from_ledger",
            row["unit"],
            row["year"],
            metrics=(row["metric"],),
            applicant="all",
            expected=row["expected"],
            found=row["found"],
            detail={"ledger": row["ledger"], "file": row["file"], "row": int(row["row"])},
            doubtful=row["doubted"],
            report=row["report"],
            cells=[CellRef("this", *about, value=row["found"])],
            ledgers=[LedgerRef(*about[:2], row["metric"], float(row["expected"]))],
        )
