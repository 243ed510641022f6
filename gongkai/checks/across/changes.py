"""implausible_change and scope_changed: jumps against last year that the peers did not make, and what explains them.

Changes are logs of ratios, so that a doubling and a halving are equally far. The bound is robust: the median of the
peers' changes, and the median of their absolute deviations from it (MAD), times 1.4826 to be comparable with a standard
deviation (Rousseeuw and Croux, Alternatives to the Median Absolute Deviation, JASA 88, 1993). Half of the peers may be
wrong without moving it much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd

from gongkai.catalogue.check_limits import limit
from gongkai.checks.across.fees import METRIC as FEES
from gongkai.checks.across.model import CellRef, CrossFinding, cross_finding, records, with_last_year

MEASURES = (
    "applications.new",
    "applications.closed",
    "licensing.decisions",
    "penalties.decisions",
    "coercion.decisions",
    FEES,
    "normative_documents.in_force",
    "review.total",
)
"""The figures whose changes are looked at: they measure how much there is to do, and are large enough to compare."""

_CONSISTENCY = 1.4826
_UNIT = ["unit", "year"]
_REPORT = ["unit", "year", "scope"]


def check_changes(
    measures: pd.DataFrame, wrong_fees: Collection[tuple[str, int]] = frozenset()
) -> Iterator[CrossFinding]:
    """Warnings of implausible_change and notices of scope_changed.

    `measures` is one row per unit, year, scope and metric: value, peers (the unit's peer group and band by volume: any
    label), level_kind (both in one label), kind, report, doubted. `wrong_fees` are units and years whose amount is
    known to be in 元 (check_fees). The scope is asked for first: where a unit reports for another scope than last year,
    or most of its measures jump the same way at once, that one notice is given instead of a warning for each measure.
    """
    scopes = _other_scope(measures)
    moved = set(zip(scopes["unit"], scopes["year"], strict=True))
    for row in records(scopes.sort_values(_UNIT, kind="stable")):
        yield cross_finding(
            "scope_changed",
            row["unit"],
            row["year"],
            reason="other_scope",
            detail={"scope": row["scope"], "last_scope": row["scope_last"]},
            doubtful=row["doubted"] or row["doubted_last"],
            report=row["report"],
            other_report=row["report_last"],
            other_year=row["year"] - 1,
        )
    fees = measures.loc[measures["metric"] == FEES, _UNIT]
    in_error = [pair in wrong_fees for pair in zip(fees["unit"], fees["year"], strict=True)]
    changes = _changes(measures.drop(index=fees.index[in_error]))
    jumps = changes[changes["beyond"] | changes["leaps"]].sort_values([*_REPORT, "metric"], kind="stable")
    together = _together(changes)
    for key, rows in groupby(records(jumps), key=itemgetter(*_REPORT)):
        if key[:2] in moved:
            continue
        if key in together:
            yield _size(list(rows))
        else:
            yield from (_jump(row) for row in rows if row["beyond"])


def _other_scope(measures: pd.DataFrame) -> pd.DataFrame:
    """Units that report for one scope alone in each of two years, and not for the same."""
    known = measures[measures["scope"] != "unstated"]
    per = known.groupby([*_UNIT, "scope"], sort=False, observed=True).agg(
        report=("report", "first"), doubted=("doubted", "any")
    )
    one = per.reset_index()
    one = one[~one.duplicated(_UNIT, keep=False)]
    both = with_last_year(one, ["unit"])
    return both[both["scope"].astype(str) != both["scope_last"].astype(str)]


def _changes(measures: pd.DataFrame) -> pd.DataFrame:
    """Every change of a measure between two years, with its bound (columns change, low, high, beyond, count); `leaps`
    where there are too few peers for a bound, and the change is one that is implausible among the steadiest of them.

    Peers are the units of the same group and band (data/peer_groups.csv); where they are too few, those of the same
    level and kind, then those of the same kind, then all.
    """
    both = with_last_year(measures, ["unit", "scope", "metric"])
    # Small figures jump by chance: they neither get a bound nor make one wide. A large one may well come to nothing.
    large = both[np.maximum(both["value"], both["value_last"]) >= limit("implausible_change", "smallest")]
    change = np.log(large["value"].clip(lower=_NOTHING) / large["value_last"].clip(lower=_NOTHING))
    large = large.assign(change=change, everybody="", count=0, middle=np.nan, spread=np.nan)
    wanted = limit("implausible_change", "peers")
    for peers in ("peers", "level_kind", "kind", "everybody"):
        grouped = large.groupby([peers, "year", "scope", "metric"], sort=False, observed=True, dropna=False)
        middle = grouped["change"].transform("median")
        away = (large["change"] - middle).abs()
        spread = away.groupby([large[peers], large["year"], large["scope"], large["metric"]], dropna=False)
        # The peers beside the unit itself.
        count = grouped["change"].transform("size") - 1
        better = (large["count"] < wanted) & (count > large["count"])
        large["middle"] = large["middle"].where(~better, middle)
        large["spread"] = large["spread"].where(~better, _CONSISTENCY * spread.transform("median"))
        large["count"] = large["count"].where(~better, count)
    floor = np.log(limit("implausible_change", "factor"))
    reach = np.maximum(limit("implausible_change", "deviations") * large["spread"], floor)
    large["low"], large["high"] = large["middle"] - reach, large["middle"] + reach
    outside = ((large["change"] - large["middle"]).abs() > reach) & (large["change"].abs() > floor)
    large["beyond"] = (large["count"] >= wanted) & outside
    large["leaps"] = (large["count"] < wanted) & (large["change"].abs() > floor)
    return large


_NOTHING = 0.5
"""What a figure of 0 counts as in a ratio."""


def _together(changes: pd.DataFrame) -> set[tuple[object, object, object]]:
    """Units and years in which most of several measures jump the same way: only another scope explains that."""
    far = changes["beyond"] | changes["leaps"]
    signs = changes.assign(up=far & (changes["change"] > 0), down=far & (changes["change"] < 0))
    counted = signs.groupby(_REPORT, sort=False, observed=True).agg(
        up=("up", "sum"), down=("down", "sum"), all=("up", "size")
    )
    most = counted[["up", "down"]].max(axis=1)
    enough = (most >= limit("scope_changed", "measures")) & (most >= limit("scope_changed", "share") * counted["all"])
    return set(counted.index[enough])


def _size(rows: list[dict[str, object]]) -> CrossFinding:
    first = rows[0]
    return cross_finding(
        "scope_changed",
        str(first["unit"]),
        int(str(first["year"])),
        reason="size",
        metrics=[str(row["metric"]) for row in rows],
        applicant="all",
        doubtful=any(row["doubted"] or row["doubted_last"] for row in rows),
        report=first["report"],
        other_report=first["report_last"],
        other_year=int(str(first["year"])) - 1,
        cells=[cell for row in rows for cell in _cells(row)],
    )


def _jump(row: dict[str, object]) -> CrossFinding:
    last = max(float(str(row["value_last"])), _NOTHING)
    low, high = (last * float(np.exp(float(str(row[name])))) for name in ("low", "high"))
    return cross_finding(
        "implausible_change",
        str(row["unit"]),
        int(str(row["year"])),
        reason="up" if float(str(row["change"])) > 0 else "down",
        metrics=(str(row["metric"]),),
        applicant="all",
        expected=float(str(row["value_last"])),
        found=float(str(row["value"])),
        detail={"low": f"{low:.4g}", "high": f"{high:.4g}", "peers": int(str(row["count"]))},
        doubtful=row["doubted"] or row["doubted_last"],
        report=row["report"],
        other_report=row["report_last"],
        other_year=int(str(row["year"])) - 1,
        cells=_cells(row),
    )


def _cells(row: dict[str, object]) -> tuple[CellRef, CellRef]:
    unit, year = str(row["unit"]), int(str(row["year"]))
    scope, metric = str(row["scope"]), str(row["metric"])
    return (
        CellRef("this", unit, year, scope, metric, value=float(str(row["value"]))),
        CellRef("other", unit, year - 1, scope, metric, value=float(str(row["value_last"]))),
    )
