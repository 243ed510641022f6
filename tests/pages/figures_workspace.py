"""Workspaces with invented figures, imported as an office imports its sheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from gongkai.store.sheet import COLUMNS, import_figures
from gongkai.store.workspace import Workspace, create

METRICS = (
    "applications.new",
    "applications.carried_in",
    "applications.granted",
    "applications.partial",
    "applications.denied",
    "applications.unavailable",
    "applications.not_processed",
    "applications.other",
    "applications.closed",
    "applications.carried_out",
    "review.upheld",
    "review.corrected",
    "review.other",
    "review.pending",
    "review.total",
    "hotline.cases",
    "consultation.online",
    "disclosure.website",
    "disclosure.wechat",
    "licensing.decisions",
    "penalties.decisions",
    "coercion.decisions",
)


def row(agency: str, year: int, metric: str, value: float, unit: str = "件", **other: str) -> dict[str, str]:
    """One figure of a department in 湖北省; `other` replaces columns."""
    plain = {
        "agency": agency,
        "province": "湖北省",
        "city": "武汉市",
        "level": "county",
        "agency_type": "department",
        "year": str(year),
        "metric": metric,
        "value": str(value),
        "unit": unit,
        "approximate": "false",
        "url": f"https://example.gov.cn/{year}",
    }
    return {**plain, **other}


def filled(folder: Path, rows: Iterable[dict[str, str]]) -> Workspace:
    """An office's workspace that holds `rows`."""
    workspace = create(folder / "office")
    sheet = folder / "figures.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    import_figures(workspace, sheet, workspace.figures_collection, "测试")
    return workspace


def many(units: int = 12, years: range = range(2019, 2026)) -> list[dict[str, str]]:
    """Many units that report everything in every year, but for one unit without its last years."""
    found = []
    for unit in range(units):
        for year in years:
            if unit == 0 and year > 2022:
                continue
            for position, metric in enumerate(METRICS):
                value = (unit * 7 + position * 3 + year) % 40 + 1
                unit_name = "条" if metric.startswith("disclosure") else "件"
                found.append(row(f"第{unit:02d}局", year, metric, value, unit_name))
    return found
