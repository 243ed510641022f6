"""One unit's values over the years: pure functions of the frame of the query agency_facts.

A frame has metric, year, value, status, approximate, basis, regime, report_id, figure_id, url; one row per metric and
year. A metric and year without a row is absent: the report does not state it, or there is no report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure
from gongkai.catalogue.metrics import metrics
from gongkai.ui.cells import records


@dataclass(frozen=True, slots=True)
class Value:
    """A measure of one unit in one year. `value` is null unless `status` is reported."""

    value: float | None
    status: str
    approximate: bool = False


def value_of(facts: pd.DataFrame, measure: Measure, year: int) -> Value:
    """The measure in `year`: a metric's own value, or a rate, where every part of it is reported.

    Rates are defined as in queries/_measure_value.sql: numerators over denominators, in percent. Status: that of the
    fact; absent where there is none; mixed where a part of a rate is missing; undefined where nothing is divided by.
    """
    held = {str(row["metric"]): row for row in records(facts[facts["year"] == year])}
    if not measure.denominator and len(measure.numerator) == 1:
        row = held.get(measure.numerator[0])
        if row is None:
            return Value(None, "absent")
        reported = row["status"] == "reported"
        return Value(float(row["value"]) if reported else None, str(row["status"]), bool(row["approximate"]))
    found = [held[code] for code in measure.metrics if code in held]
    if not found:
        return Value(None, "absent")
    if len(found) < len(measure.metrics) or any(row["status"] != "reported" for row in found):
        return Value(None, "mixed")
    above = sum(float(held[code]["value"]) for code in measure.numerator)
    below = sum(float(held[code]["value"]) for code in measure.denominator)
    if measure.denominator and below <= 0:
        return Value(None, "undefined")
    about = any(bool(row["approximate"]) for row in found)
    return Value(100.0 * above / below if measure.denominator else above, "reported", about)


@dataclass(frozen=True, slots=True)
class Change:
    """A value against the year before. `status` says why there is no change: reported (there is one), missing (no
    value the year before), broken (counted differently since `year`)."""

    status: str
    before: float | None = None
    difference: float | None = None
    percent: float | None = None


def change(facts: pd.DataFrame, measure: Measure, year: int) -> Change:
    """How a measure changed from the year before to `year`. The percentage is null for rates and from zero."""
    now, before = value_of(facts, measure, year), value_of(facts, measure, year - 1)
    if now.value is None or before.value is None:
        return Change("missing", before.value)
    if any(each.cuts for each in breaks_of(measure.metrics, [year - 1, year])):
        return Change("broken", before.value)
    difference = now.value - before.value
    percent = None if measure.is_rate or before.value == 0 else 100.0 * difference / before.value
    return Change("reported", before.value, difference, percent)


def years_of(facts: pd.DataFrame) -> list[int]:
    """The years in which anything stands, in order."""
    return sorted(int(year) for year in facts["year"].unique())


def by_year(facts: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Metrics × years: a row per metric in the catalogue's order (unknown codes last), a column of values per year."""
    order = {code: position for position, code in enumerate(metrics())}
    values = facts.pivot(index="metric", columns="year", values="value").reindex(columns=list(years))
    values.columns = [str(year) for year in years]
    codes = sorted((str(code) for code in values.index), key=lambda code: (order.get(code, len(order)), code))
    return values.reindex(codes).rename_axis("metric").reset_index()


def source_of(facts: pd.DataFrame, metric: str, year: int) -> tuple[str, str | None] | None:
    """The report, and the figure in it, on which a value rests: null where nothing stands; no figure for a sum."""
    rows = facts[(facts["metric"] == metric) & (facts["year"] == year)]
    if rows.empty:
        return None
    figure = rows["figure_id"].iloc[0]
    return str(rows["report_id"].iloc[0]), None if pd.isna(figure) else str(figure)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a unit stands among its peers: how many there are, how many report, and the middle half of their values."""

    peers: int
    reporting: int
    median: float | None
    low: float | None
    high: float | None
    own: float | None


FEWEST = 5
"""From this many reporting peers on a median and a middle half are stated; fewer say nothing about a unit."""


def position(frame: pd.DataFrame, agency_id: str) -> Position:
    """The position of `agency_id` in a frame of agency_id and value, its own row included."""
    known = frame.dropna(subset=["value"])
    values = known["value"].astype(float)
    own = known.loc[known["agency_id"] == agency_id, "value"]
    enough = len(known) >= FEWEST
    return Position(
        peers=len(frame),
        reporting=len(known),
        median=float(values.median()) if enough else None,
        low=float(values.quantile(0.25)) if enough else None,
        high=float(values.quantile(0.75)) if enough else None,
        own=float(own.iloc[0]) if len(own) else None,
    )
