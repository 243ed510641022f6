"""One unit's values over the years: pure functions of the frame of the query agency_facts.

A frame has metric, year, value, status, approximate, basis, regime, report_id, figure_id, url; one row per metric and
year. A metric and year without a row is absent: the report does not state it, or there is no report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure
from gongkai.catalogue.metrics import metrics
from gongkai.ui.cells import present, records


class Facts:
    """A frame of the query agency_facts with its rows at hand by metric and year."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.years = sorted({int(year) for year in frame["year"]})
        self._rows = {(str(row["metric"]), int(row["year"])): row for row in records(frame)}

    def row(self, metric: str, year: int) -> dict[str, Any] | None:
        """What stands for a metric in a year; null for absent."""
        return self._rows.get((metric, year))


@dataclass(frozen=True, slots=True)
class Value:
    """A measure of one unit in one year. `value` is null unless `status` is reported."""

    value: float | None
    status: str
    approximate: bool = False


def value_of(facts: Facts, measure: Measure, year: int) -> Value:
    """The measure in `year`: a metric's own value, or a rate, where every part of it is reported.

    Rates are defined as in queries/_measure_value.sql: numerators over denominators, in percent. Status: that of the
    fact; absent where there is none; mixed where a part of a rate is missing; undefined where nothing is divided by.
    Raise ValueError for a measure that rests on more than metrics of all applicants: facts hold nothing else.
    """
    if measure.parts != measure.metrics:
        raise ValueError(f"{measure.code}: not all of its parts are plain metrics")
    held = {code: row for code in measure.metrics if (row := facts.row(code, year)) is not None}
    if not held:
        return Value(None, "absent")
    if not measure.denominator and len(measure.numerator) == 1:
        row = held[measure.numerator[0]]
        reported = row["status"] == "reported"
        return Value(float(row["value"]) if reported else None, str(row["status"]), bool(row["approximate"]))
    if len(held) < len(measure.metrics) or any(row["status"] != "reported" for row in held.values()):
        return Value(None, "mixed")
    above = sum(float(held[code]["value"]) for code in measure.numerator)
    below = sum(float(held[code]["value"]) for code in measure.denominator)
    if measure.denominator and below <= 0:
        return Value(None, "undefined")
    about = any(bool(row["approximate"]) for row in held.values())
    return Value(100.0 * above / below if measure.denominator else above, "reported", about)


def stated_years(facts: Facts, measure: Measure) -> list[int]:
    """The years in which the measure has a value, in order."""
    return [year for year in facts.years if value_of(facts, measure, year).value is not None]


@dataclass(frozen=True, slots=True)
class Change:
    """A value against the year before. `status` says why there is no change: reported (there is one), missing (no
    value the year before), broken (counted differently since `year`)."""

    status: str
    before: float | None = None
    difference: float | None = None
    percent: float | None = None


SMALLEST_BASE = 20
"""From this value on a change is said in percent: below, one more or less would make 5 percent and more."""


def change(facts: Facts, measure: Measure, year: int) -> Change:
    """How a measure changed from the year before to `year`. The percentage is null for rates and from less than
    `SMALLEST_BASE`."""
    now, before = value_of(facts, measure, year), value_of(facts, measure, year - 1)
    if now.value is None or before.value is None:
        return Change("missing", before.value)
    if any(each.cuts for each in breaks_of(measure.metrics, [year - 1, year])):
        return Change("broken", before.value)
    difference = now.value - before.value
    percent = None if measure.is_rate or before.value < SMALLEST_BASE else 100.0 * difference / before.value
    return Change("reported", before.value, difference, percent)


def by_year(facts: Facts, years: Sequence[int]) -> pd.DataFrame:
    """Metrics × years: a row per metric in the catalogue's order (unknown codes last), a column of values per year."""
    order = {code: position for position, code in enumerate(metrics())}
    values = facts.frame.pivot(index="metric", columns="year", values="value").reindex(columns=list(years))
    values.columns = [str(year) for year in years]
    codes = sorted((str(code) for code in values.index), key=lambda code: (order.get(code, len(order)), code))
    return values.reindex(codes).rename_axis("metric").reset_index()


def source_of(facts: Facts, metric: str, year: int) -> tuple[str, str | None] | None:
    """The report, and the figure in it, on which a value rests: null where nothing stands; no figure for a sum."""
    row = facts.row(metric, year)
    if row is None:
        return None
    return str(row["report_id"]), str(row["figure_id"]) if present(row["figure_id"]) else None


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
    values = known["value"].astype(float).to_numpy()
    own = known.loc[known["agency_id"] == agency_id, "value"]
    # Hazen's quantiles are those that the box of the chart beside the sentence is drawn with.
    low, median, high = np.quantile(values, (0.25, 0.5, 0.75), method="hazen") if len(known) >= FEWEST else (None,) * 3
    return Position(
        peers=len(frame),
        reporting=len(known),
        median=None if median is None else float(median),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        own=float(own.iloc[0]) if len(own) else None,
    )
