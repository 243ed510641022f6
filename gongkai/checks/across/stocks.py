"""stock_roll_broken and pending_vanished: what is there at the end of a year follows from the year before."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gongkai.catalogue.check_limits import limit
from gongkai.catalogue.identities import TOLERANCE
from gongkai.catalogue.metrics import metrics
from gongkai.checks.across.model import CellRef, CrossFinding, cross_finding, records, with_last_year


def check_stocks(stocks: pd.DataFrame, merged: pd.DataFrame) -> Iterator[CrossFinding]:
    """A notice where 现行有效 is not last year's + 制发 - 废止 (expiry and clean-ups break it every year); an error
    where fewer are in force than were issued less repealed in this very year.

    `stocks` is one row per unit, year, scope and `kind` (rules, normative_documents): issued, repealed, in_force,
    report, doubted. `merged` (unit, year, predecessor) names who took another unit in: its documents came along, so
    that year's stock does not follow from the unit's own.
    """
    slack = limit("stock_roll_broken", "tolerance") + TOLERANCE
    fewer = stocks[stocks["in_force"] < stocks["issued"] - stocks["repealed"] - slack]
    both = with_last_year(stocks, ["unit", "scope", "kind"])
    taken_in = set(zip(merged["unit"], merged["year"], strict=True))
    own = [pair not in taken_in for pair in zip(both["unit"], both["year"], strict=True)]
    both = both[pd.Series(own, index=both.index, dtype=bool)]
    rolled = both["in_force_last"] + both["issued"] - both["repealed"]
    broken = both.assign(expected=rolled)[(both["in_force"] - rolled).abs() > slack]
    impossible = {(row["unit"], row["year"], row["scope"], row["kind"]) for row in records(fewer)}
    for row in records(fewer.sort_values(["unit", "year", "scope", "kind"], kind="stable")):
        yield _stock(row, row["issued"] - row["repealed"], "fewer_than_issued", "error")
    for row in records(broken.sort_values(["unit", "year", "scope", "kind"], kind="stable")):
        if (row["unit"], row["year"], row["scope"], row["kind"]) not in impossible:
            yield _stock(row, row["expected"], "not_rolled", None)


def _stock(row: dict[str, object], expected: float, reason: str, severity: str | None) -> CrossFinding:
    unit, year, scope, kind = str(row["unit"]), int(str(row["year"])), str(row["scope"]), str(row["kind"])
    cells = [
        CellRef("this", unit, year, scope, f"{kind}.{name}", value=float(str(row[name])))
        for name in ("in_force", "issued", "repealed")
    ]
    rolled = reason == "not_rolled"
    if rolled:
        cells.append(
            CellRef("other", unit, year - 1, scope, f"{kind}.in_force", value=float(str(row["in_force_last"])))
        )
    return cross_finding(
        "stock_roll_broken",
        unit,
        year,
        severity=severity,
        reason=reason,
        metrics=(f"{kind}.in_force",),
        applicant="all",
        expected=expected,
        found=float(str(row["in_force"])),
        doubtful=row["doubted"] or (rolled and row["doubted_last"]),
        report=row["report"],
        other_report=row["report_last"] if rolled else None,
        other_year=year - 1 if rolled else None,
        cells=cells,
    )


def check_pending(blocks: pd.DataFrame) -> Iterator[CrossFinding]:
    """A notice where fewer cases stand in a block of table 4 than last year left pending in it.

    `blocks` is one row per unit, year, scope and `block` (review, litigation.direct, litigation.after_review): total,
    pending, report, doubted.
    """
    both = with_last_year(blocks, ["unit", "scope", "block"])
    gone = both[both["total"] < both["pending_last"] - TOLERANCE]
    for row in records(gone.sort_values(["unit", "year", "scope", "block"], kind="stable")):
        unit, year, scope, block = row["unit"], row["year"], row["scope"], row["block"]
        yield cross_finding(
            "pending_vanished",
            unit,
            year,
            metrics=(f"{block}.pending", f"{block}.total"),
            applicant="all",
            expected=row["pending_last"],
            found=row["total"],
            doubtful=row["doubted"] or row["doubted_last"],
            report=row["report"],
            other_report=row["report_last"],
            other_year=year - 1,
            cells=(
                CellRef("this", unit, year, scope, f"{block}.total", value=row["total"]),
                CellRef("other", unit, year - 1, scope, f"{block}.pending", value=row["pending_last"]),
            ),
        )


def check_identical(tables: pd.DataFrame) -> Iterator[CrossFinding]:
    """A warning where a table is the same as last year's in every cell.

    `tables` is one row per unit, year, scope and `table` (disclosure, applications, review): regime, digest (of every
    cell and its value), cells (how many), largest (its largest figure),
    report, doubted.
    """
    enough = tables[tables["largest"] >= limit("identical_to_last_year", "smallest")]
    both = with_last_year(enough, ["unit", "scope", "table"])
    same = both[
        (both["digest"] == both["digest_last"])
        & (both["cells"] == both["cells_last"])
        & (both["regime"] == both["regime_last"])
    ]
    for row in records(same.sort_values(["unit", "year", "scope", "table"], kind="stable")):
        yield cross_finding(
            "identical_to_last_year",
            row["unit"],
            row["year"],
            metrics=_of_table(row["table"], row["regime"]),
            doubtful=row["doubted"] or row["doubted_last"],
            detail={"table": row["table"], "cells": int(row["cells"])},
            report=row["report"],
            other_report=row["report_last"],
            other_year=row["year"] - 1,
        )


def _of_table(table: str, regime: str | None) -> list[str]:
    """The metrics that a table of a form prints."""
    return [code for code, metric in metrics().items() if metric.group == table and regime in metric.regimes]
