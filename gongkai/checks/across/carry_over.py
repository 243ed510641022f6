"""carry_over_broken: what one year carries out is what the next year carries in."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gongkai.catalogue.check_limits import limit
from gongkai.catalogue.identities import TOLERANCE
from gongkai.checks.across.model import CellRef, CrossFinding, cross_finding, records

_IN, _OUT = "applications.carried_in", "applications.carried_out"
_FLOW = ("new", "carried_in", "closed", "carried_out")


def check_carry_over(flows: pd.DataFrame, merged: pd.DataFrame) -> Iterator[CrossFinding]:
    """An error in 总计, a warning in an applicant's column.

    `flows` is one row per unit, year, scope and applicant: new, carried_in, closed, carried_out (table 3), report,
    doubted. `merged` says whose cases a unit took over: unit (the successor), year (the first in which it answers for
    them), predecessor. A unit that is in its first year without predecessors has nothing to compare with; one whose
    predecessor's figure is missing cannot be compared either. Where last year's own column does not balance, last year
    is at fault: the finding is that year's.
    """
    expected = _expected(flows, merged)
    both = flows.merge(expected, on=["unit", "year", "scope", "applicant"])
    off = (both["carried_in"] - both["expected"]).abs() > limit("carry_over_broken", "tolerance") + TOLERANCE
    wrong = both[off].sort_values(["unit", "year", "scope", "applicant"], kind="stable")
    for row in records(wrong):
        yield _finding(row)


def _expected(flows: pd.DataFrame, merged: pd.DataFrame) -> pd.DataFrame:
    """What each unit must carry in: its own and its predecessors' figures of last year (columns expected, sources,
    last_report, last_doubted, unbalanced)."""
    last = flows.rename(columns={"unit": "source", "report": "last_report", "doubted": "last_doubted"})
    balance = last["new"] + last["carried_in"] - last["closed"] - last["carried_out"]
    last = last.assign(year=last["year"] + 1, unbalanced=balance.abs() > TOLERANCE)[
        ["source", "year", "scope", "applicant", "carried_out", "last_report", "last_doubted", "unbalanced"]
    ]
    own = flows[["unit", "year", "scope"]].drop_duplicates().assign(source=lambda f: f["unit"], needed=False)
    taken = own[["unit", "year", "scope"]].merge(merged, on=["unit", "year"]).rename(columns={"predecessor": "source"})
    # A merged unit's own last year counts where it has one; every predecessor's must be there.
    sources = pd.concat([own, taken.assign(needed=True)], ignore_index=True)
    pairs = sources.merge(last, on=["source", "year", "scope"], how="left")
    absent = pairs[pairs["applicant"].isna() & pairs["needed"]][["unit", "year", "scope"]].drop_duplicates()
    there = pairs[pairs["applicant"].notna()]
    if len(absent):
        there = there.merge(absent.assign(absent=True), on=["unit", "year", "scope"], how="left")
        there = there[there["absent"].isna()]
    grouped = there.groupby(["unit", "year", "scope", "applicant"], sort=False, observed=True)
    summed = grouped.agg(
        expected=("carried_out", lambda values: values.sum(skipna=False)) if len(merged) else ("carried_out", "first"),
        sources=("source", "size"),
        source=("source", "first"),
        last_report=("last_report", "first"),
        last_doubted=("last_doubted", "any"),
        unbalanced=("unbalanced", "any"),
    )
    return summed.reset_index()


def _finding(row: dict[str, object]) -> CrossFinding:
    unit, year, scope, who = str(row["unit"]), int(str(row["year"])), str(row["scope"]), str(row["applicant"])
    source, several = str(row["source"]), int(str(row["sources"])) > 1
    found, expected = float(str(row["carried_in"])), float(str(row["expected"]))
    this = CellRef("this", unit, year, scope, _IN, who, found)
    last = CellRef("other", source, year - 1, scope, _OUT, who, expected)
    severity = "error" if who == "all" else "warning"
    # Where one of several predecessors' columns did not balance, nobody can tell whose figure is at fault.
    doubtful = bool(row["doubted"]) or bool(row["last_doubted"]) or (bool(row["unbalanced"]) and several)
    if row["unbalanced"] and not several:
        flow = [CellRef("this", source, year - 1, scope, f"applications.{name}", who) for name in _FLOW]
        return cross_finding(
            "carry_over_broken",
            source,
            year - 1,
            severity=severity,
            reason="last_year_unbalanced",
            metrics=(_OUT,),
            applicant=who,
            expected=found,
            found=expected,
            doubtful=doubtful,
            report=row["last_report"],
            other_report=row["report"],
            other_unit=unit,
            other_year=year,
            cells=(*flow, CellRef("other", unit, year, scope, _IN, who, found)),
        )
    merged = several or source != unit
    return cross_finding(
        "carry_over_broken",
        unit,
        year,
        severity=severity,
        reason="predecessors" if merged else "last_year",
        metrics=(_IN,),
        applicant=who,
        expected=expected,
        found=found,
        doubtful=doubtful,
        report=row["report"],
        other_report=row["last_report"],
        other_unit=source if merged and not several else None,
        other_year=year - 1,
        cells=(this, last),
    )
