"""Checks that ask the register: rules of those who may make none, and units that nobody registered."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gongkai.checks.across.model import CellRef, CrossFinding, cross_finding, records

_BELOW = frozenset({"county", "township"})
"""Levels below a city with districts or an autonomous prefecture (立法法 第九十三条)."""


def check_powers(rules: pd.DataFrame) -> Iterator[CrossFinding]:
    """An error where a unit below a city with districts or an autonomous prefecture reports 规章.

    `rules` is one row per unit, year, scope and metric (rules.*): value, level, report, doubted. The offices of
    governments that have the power carry theirs; units whose level is not known are left alone.
    """
    wrong = rules[(rules["value"] > 0) & rules["level"].isin(_BELOW)]
    for (unit, year, scope), rows in wrong.groupby(["unit", "year", "scope"], sort=True, observed=True):
        each = records(rows.sort_values("metric", kind="stable"))
        yield cross_finding(
            "rules_without_power",
            str(unit),
            int(str(year)),
            metrics=[row["metric"] for row in each],
            applicant="all",
            expected=0.0,
            found=max(float(row["value"]) for row in each),
            detail={"level": each[0]["level"]},
            doubtful=any(row["doubted"] for row in each),
            report=each[0]["report"],
            cells=[
                CellRef("this", str(unit), int(str(year)), str(scope), row["metric"], value=row["value"])
                for row in each
            ],
        )


def check_registered(reports: pd.DataFrame) -> Iterator[CrossFinding]:
    """A notice for a report whose author is not in the register of its collection, where there is a register.

    `reports` is one row per report: unit, year, name, registered, report, doubted.
    """
    unknown = reports[~reports["registered"].astype(bool)].sort_values(["unit", "year", "report"], kind="stable")
    for row in records(unknown.drop_duplicates(["unit", "year"])):
        yield cross_finding(
            "unregistered_agency",
            row["unit"],
            row["year"],
            found=row["name"],
            doubtful=row["doubted"],
            report=row["report"],
        )
