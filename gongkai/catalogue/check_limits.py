"""The tolerances and bounds of the checks across reports (data/check_limits.csv)."""

from __future__ import annotations

from functools import cache

from gongkai.catalogue.tables import rows
from gongkai.errors import CatalogueError
from gongkai.paths import DATA

_SPANS: dict[tuple[str, str], tuple[float, float]] = {
    ("carry_over_broken", "tolerance"): (0, 100),
    ("stock_roll_broken", "tolerance"): (0, 100),
    ("roll_up_differs", "tolerance"): (0, 1),
    ("roll_up_differs", "named"): (0, 20),
    ("identical_to_last_year", "smallest"): (1, 1000),
    ("implausible_change", "deviations"): (1, 100),
    ("implausible_change", "factor"): (1, 1000),
    ("implausible_change", "smallest"): (0, 1_000_000),
    ("implausible_change", "peers"): (3, 1000),
    ("scope_changed", "measures"): (2, 100),
    ("scope_changed", "share"): (0, 1),
    ("fee_unit_suspect", "slack"): (1, 3),
    ("fee_unit_suspect", "smallest"): (0, 1_000_000),
    ("fee_unit_suspect", "peers"): (3, 1000),
    ("differs_from_ledger", "tolerance"): (0, 100),
    ("text_copied", "similarity"): (0.5, 1),
    ("text_copied", "own_similarity"): (0.5, 1),
    ("text_copied", "shortest"): (10, 10_000),
    ("text_copied", "shared_units"): (2, 10_000),
    ("text_copied", "candidate"): (0.2, 1),
    ("text_copied", "passage"): (4, 1000),
}
"""Every limit that the checks ask for, and between which values it makes sense."""


@cache
def limits() -> dict[tuple[str, str], float]:
    """All limits by check (text_copied: of both its checks) and parameter. Raise CatalogueError naming file, line and
    field."""
    path = DATA / "check_limits.csv"
    found: dict[tuple[str, str], float] = {}
    for line, row in rows(path, ("check", "parameter", "value", "note")):
        key = row["check"], row["parameter"]
        if key not in _SPANS or key in found:
            raise CatalogueError(f"{path.name}, line {line}, parameter: {' '.join(key)} is unknown or stands twice")
        try:
            value = float(row["value"])
        except ValueError as error:
            raise CatalogueError(f"{path.name}, line {line}, value: {row['value']!r} is no number") from error
        low, high = _SPANS[key]
        if not low <= value <= high:
            raise CatalogueError(f"{path.name}, line {line}, value: {value:g} is not between {low:g} and {high:g}")
        found[key] = value
    missing = sorted(_SPANS.keys() - found.keys())
    if missing:
        raise CatalogueError(f"{path.name}: {' '.join(missing[0])} is missing")
    return found


def limit(check: str, parameter: str) -> float:
    """One limit."""
    return limits()[check, parameter]
