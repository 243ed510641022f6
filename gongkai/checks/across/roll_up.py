"""roll_up_differs: a government's 汇总 figure against the units that are counted in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from gongkai.catalogue.check_limits import limit
from gongkai.catalogue.identities import TOLERANCE
from gongkai.checks.across.model import CellRef, CrossFinding, cross_finding, records

_CELL = ["unit", "year", "scope", "metric", "applicant"]
_cell = itemgetter(*_CELL)


def differences(sums: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sums` whose two figures differ, columns as in `sums` and `gap` (own less the units' sum).

    `sums` is one row per government, year, scope, metric and applicant with full coverage (every unit that is counted
    in it that year gives a number): own, total (the units' sum), units (how many), report, doubted. An applicant's
    column is left out where 总计 differs too: one finding says it.
    """
    slack = limit("roll_up_differs", "tolerance") * sums["units"] + TOLERANCE
    wrong = sums.assign(gap=sums["own"] - sums["total"])[(sums["own"] - sums["total"]).abs() > slack]
    totals = wrong[wrong["applicant"] == "all"][["unit", "year", "scope", "metric"]].assign(known=True)
    told = wrong.merge(totals, on=["unit", "year", "scope", "metric"], how="left")
    return told[(told["applicant"] == "all") | told["known"].isna()].drop(columns="known").reset_index(drop=True)


def check_roll_up(wrong: pd.DataFrame, parts: pd.DataFrame) -> Iterator[CrossFinding]:
    """A warning for each of the `differences`, with the units that could explain it.

    `parts` is one row per such cell and unit: unit (the government), year, scope, metric, applicant, part (the unit),
    value, counted (false: it stands in the same line without being counted), other_value (what another version of its
    report says, null if none), faulty (its own arithmetic is wrong in this metric), report.
    """
    if not len(wrong):
        return
    of_cell: dict[tuple[object, ...], list[dict[str, Any]]] = defaultdict(list)
    for part in records(parts):
        of_cell[_cell(part)].append(part)
    for row in records(wrong.sort_values(_CELL, kind="stable")):
        own = of_cell[_cell(row)]
        how, named = explanation(float(row["gap"]), own)
        scope, metric, who = str(row["scope"]), str(row["metric"]), str(row["applicant"])
        shown = [part for part in own if part["part"] in named]
        yield cross_finding(
            "roll_up_differs",
            row["unit"],
            row["year"],
            reason=how,
            metrics=(metric,),
            applicant=who,
            expected=row["total"],
            found=row["own"],
            detail={"units": int(row["units"]), "explained_by": " ".join(named) or None},
            doubtful=row["doubted"],
            report=row["report"],
            other_report=shown[0]["report"] if shown else None,
            cells=[
                CellRef("this", row["unit"], int(row["year"]), scope, metric, who, row["own"]),
                *(
                    CellRef("part", part["part"], int(row["year"]), part["part_scope"], metric, who, part["value"])
                    for part in shown
                ),
            ],
        )


def explanation(gap: float, parts: Sequence[Mapping[str, Any]]) -> tuple[str, list[str]]:
    """Which units could explain a gap, and how: the figure of one is left out, counted twice, or added though it does
    not count; another version's was added; else units whose own figures are wrong; else nobody is named.

    >>> explanation(-7.0, [{"part": "a", "value": 7.0, "counted": True, "other_value": None, "faulty": False}])
    ('left_out', ['a'])
    """
    fitting: dict[str, list[str]] = {}
    for part in parts:
        for how in _ways(gap, part):
            fitting.setdefault(how, []).append(str(part["part"]))
    most = int(limit("roll_up_differs", "named"))
    return next(((how, sorted(fitting[how])[:most]) for how in _WAYS if how in fitting), ("unexplained", []))


_WAYS = ("left_out", "counted_twice", "not_counted_here", "other_version", "faulty_unit")
"""The explanations, the more telling first."""


def _ways(gap: float, part: Mapping[str, Any]) -> Iterator[str]:
    slack = limit("roll_up_differs", "tolerance") + TOLERANCE
    value, other = part["value"], part["other_value"]
    if value is not None and not part["counted"]:
        if abs(value - gap) <= slack:
            yield "not_counted_here"
        return
    if value is not None:
        if abs(value + gap) <= slack:
            yield "left_out"
        if abs(value - gap) <= slack:
            yield "counted_twice"
        if other is not None and abs(other - value - gap) <= slack:
            yield "other_version"
    if part["counted"] and part["faulty"]:
        yield "faulty_unit"
