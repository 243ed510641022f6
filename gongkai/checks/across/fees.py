"""fee_unit_suspect: an amount of fees in 元 where the form asks for 万元."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across.model import CellRef, CrossFinding, cross_finding, records

METRIC = "fees.amount"
_FACTORS = (1_000.0, 10_000.0)
_HIGH = 0.95
"""Peers' fees differ by what they may charge for: only an amount far above nearly all of them is telling."""


def check_fees(fees: pd.DataFrame) -> Iterator[CrossFinding]:
    """A warning where an amount is some 1,000 or 10,000 times last year's, else the next year's, else its peers'.

    `fees` is one row per unit, year and scope: value (万元), level_kind (of the unit: any label), report, doubted.
    Of two years that differ so much the larger one is the suspect.
    """
    smallest = limit("fee_unit_suspect", "smallest")
    known = fees[fees["value"] >= smallest].sort_values(["unit", "scope", "year"], kind="stable")
    beside = known[["unit", "scope", "year", "value", "report", "doubted"]]
    last = known.merge(
        beside.assign(year=beside["year"] + 1), on=["unit", "scope", "year"], how="left", suffixes=("", "_other")
    )
    following = known.merge(
        beside.assign(year=beside["year"] - 1), on=["unit", "scope", "year"], how="left", suffixes=("", "_other")
    )
    told: set[tuple[object, object, object]] = set()
    for frame, step, reason in ((last, -1, "last_year"), (following, 1, "next_year")):
        for row in records(frame[_is_multiple(frame["value"], frame["value_other"])]):
            key = row["unit"], row["scope"], row["year"]
            if key not in told:
                told.add(key)
                yield _finding(row, reason, float(row["value_other"]), int(row["year"]) + step)
    alone = known[last["value_other"].isna().to_numpy() & following["value_other"].isna().to_numpy()]
    peers = known.groupby(["level_kind", "year", "scope"], sort=False, observed=True)["value"].agg(
        high=lambda values: float(values.quantile(_HIGH, interpolation="lower")), count="size"
    )
    asked = alone.merge(peers.reset_index(), on=["level_kind", "year", "scope"])
    enough = asked["count"] - 1 >= limit("fee_unit_suspect", "peers")
    far = asked["value"] >= _FACTORS[0] / limit("fee_unit_suspect", "slack") * asked["high"]
    for row in records(asked[enough & far]):
        yield _finding(row, "peers", float(row["high"]), None)


def _is_multiple(value: pd.Series, other: pd.Series) -> pd.Series:
    ratio = np.log10(value / other)
    slack = np.log10(limit("fee_unit_suspect", "slack"))
    near = pd.Series(False, index=value.index)
    for factor in _FACTORS:
        near |= (ratio - np.log10(factor)).abs() <= slack
    return near


def _finding(row: dict[str, object], reason: str, expected: float, other_year: int | None) -> CrossFinding:
    unit, year, scope = str(row["unit"]), int(str(row["year"])), str(row["scope"])
    value = float(str(row["value"]))
    cells = [CellRef("this", unit, year, scope, METRIC, value=value)]
    if other_year is not None:
        cells.append(CellRef("other", unit, other_year, scope, METRIC, value=expected))
    return cross_finding(
        "fee_unit_suspect",
        unit,
        year,
        reason=reason,
        metrics=(METRIC,),
        applicant="all",
        expected=expected,
        found=value,
        doubtful=row["doubted"] or row.get("doubted_other"),
        report=row["report"],
        other_report=row.get("report_other"),
        other_year=other_year,
        cells=cells,
    )
