"""Findings as the query notice_findings gives them, and an `ask` that answers with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from gongkai.exports.notices import Notice, gather
from gongkai.exports.notices import Wanted as Wanted

YEAR = 2024


def finding(agency: str, number: int = 0, check: str = "flow_balance", **more: Any) -> dict[str, Any]:
    """A finding about a unit of 临湖市; `more` replaces columns."""
    row: dict[str, Any] = {
        "finding_key": f"{agency}-{check}-{number}",
        "collection": "office",
        "agency_id": f"id-{agency}",
        "agency": agency,
        "province": "云川省",
        "city": "临湖市",
        "county": None,
        "level": "prefecture",
        "kind": "department",
        "year": YEAR,
        "report_id": f"report-{agency}",
        "other_report_id": None,
        "check_code": check,
        "severity": "error",
        "metrics": ["applications.new", "applications.closed"],
        "applicant": "all",
        "expected": "12",
        "found": "14",
        "detail": '{"applicant": "all", "metric": "applications.new"}',
        "doubtful": False,
        "figures_digest": "digest",
        "state": "found",
        "regime": "2021",
    }
    return {**row, **more}


def cell(key: str, metric: str, value: float, **more: Any) -> dict[str, Any]:
    """A cell of the application table that a finding rests on."""
    row = {"finding_key": key, "number": 1, "side": "this", "report_id": "r", "agency_id": "a", "year": YEAR}
    row |= {"metric": metric, "applicant": "all", "value": value, "status": "reported", "method": "table"}
    row |= {"agency": "甲局"}
    return {**row, "quote": f"{value:g}", **more}


def answering(findings: Sequence[dict[str, Any]], cells: Sequence[dict[str, Any]] = ()) -> Callable[..., pd.DataFrame]:
    """What puts queries: notice_findings and finding_cells, from these rows."""

    def ask(name: str, /, **_given: object) -> pd.DataFrame:
        return pd.DataFrame(list({"notice_findings": findings, "finding_cells": cells}[name]))

    return ask


def notices_of(*findings: dict[str, Any]) -> list[Notice]:
    """The notices about these findings, each resting on two cells."""
    cells = [
        cell(row["finding_key"], metric, value)
        for row in findings
        for metric, value in (("applications.new", 14.0), ("applications.closed", 12.0))
    ]
    return gather(answering(findings, cells), Wanted("office", YEAR))
