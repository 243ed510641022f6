"""A finding that rests on more than one report, and the cells and passages of all sides that show it.

The checks of this package are pure functions of data frames. What all their frames have in common:

    unit        the id of an agency
    year        the statistical year
    scope       organ, whole or unstated: what the figures count
    report      the id of the report that the figures stand in
    doubted     whether our reading of that report (or its identity) is in doubt, or somebody else stated the figures

A figure that nobody gave is missing (NaN) and never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from gongkai.catalogue.checks import checks, reasons
from gongkai.checks.findings import number
from gongkai.records import Evidence


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell that a finding rests on. `side`: this (the unit that is told), other (last year, another version, another
    unit), part (a unit that is counted in this one)."""

    side: str
    unit: str
    year: int
    scope: str
    metric: str
    applicant: str = "all"
    value: float | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class PassageRef:
    """Words that a finding rests on, in the report of a side."""

    side: str
    report: str
    place: Evidence


@dataclass(frozen=True, slots=True)
class LedgerRef:
    """What another office's ledger says, which stands in no report: side `ledger`."""

    unit: str
    year: int
    metric: str
    value: float


@dataclass(frozen=True, slots=True)
class CrossFinding:
    """What is wrong between reports. `report` is this side's (null where there is none), `other_*` the other side's;
    `detail` holds codes and values, none of our words."""

    check: str
    severity: str
    unit: str
    year: int
    metrics: tuple[str, ...] = ()
    applicant: str | None = None
    expected: str | None = None
    found: str | None = None
    detail: dict[str, str] = field(default_factory=dict)
    doubtful: bool = False
    report: str | None = None
    other_report: str | None = None
    other_unit: str | None = None
    other_year: int | None = None
    cells: tuple[CellRef, ...] = ()
    passages: tuple[PassageRef, ...] = ()
    ledgers: tuple[LedgerRef, ...] = ()


def cross_finding(
    check: str,
    unit: str,
    year: int,
    *,
    severity: str | None = None,
    reason: str | None = None,
    expected: float | str | None = None,
    found: float | str | None = None,
    metrics: Iterable[str] = (),
    doubtful: object = False,
    detail: dict[str, object] | None = None,
    report: object = None,
    other_report: object = None,
    other_unit: object = None,
    other_year: object = None,
    applicant: str | None = None,
    cells: Iterable[CellRef] = (),
    passages: Iterable[PassageRef] = (),
    ledgers: Iterable[LedgerRef] = (),
) -> CrossFinding:
    """A finding of `check` with the severity that data/checks.csv gives it unless another one is due.

    Missing values of a frame become null. Raise KeyError for an unknown check or reason.
    """
    said = {name: str(value) for name, value in (detail or {}).items() if value is not None}
    if reason is not None:
        said = {"reason": reasons()[check, reason].code, **said}
    return CrossFinding(
        check=check,
        severity=severity or checks()[check].severity,
        unit=str(unit),
        year=int(year),
        metrics=tuple(dict.fromkeys(metrics)),
        applicant=applicant,
        expected=_words(expected),
        found=_words(found),
        detail=said,
        doubtful=bool(doubtful),
        report=_text(report),
        other_report=_text(other_report),
        other_unit=_text(other_unit),
        other_year=None if other_year is None else int(str(other_year)),
        cells=tuple(cells),
        passages=tuple(passages),
        ledgers=tuple(ledgers),
    )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame (few: what is wrong, not what is checked), missing values as None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def with_last_year(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Each row beside that of the year before with the same values of `by`; its columns end in `_last`. Rows without
    one are left out."""
    last = frame.assign(year=frame["year"] + 1)
    return frame.merge(last, on=[*by, "year"], suffixes=("", "_last"))


def _words(value: float | str | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return number(round(float(value), 6))


def _text(value: object) -> str | None:
    return None if value is None or value is pd.NA or value != value else str(value)
