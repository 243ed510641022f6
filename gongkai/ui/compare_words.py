"""What stands out in a trend, in plain sentences worked out from the very numbers that are drawn and in the table.

Numbers are compared as they are printed: a reader who takes the sum of what stands in the table gets what is said.
"""

from __future__ import annotations

import pandas as pd

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure
from gongkai.charts.numbers import exact, rounded
from gongkai.ui.compare_data import Change, latest_change
from gongkai.ui.measures import FEWEST, label
from gongkai.ui.messages import language, t


def shown(value: float, measure: Measure, approximate: bool = False) -> str:
    """A value with its unit."""
    return exact(value, measure.unit, language(), approximate)


def of_unit(name: str, rows: pd.DataFrame, measure: Measure, band: pd.DataFrame, years: list[int]) -> str:
    """One unit in a sentence: its latest value, the change and how sure it is, where it stands among its peers."""
    known = rows.dropna(subset=["value"])
    if known.empty:
        return t("compare.say_silent", name=name, measure=label(measure))
    last = known.sort_values("year").iloc[-1]
    year, value = int(last["year"]), float(last["value"])
    said = t(
        "compare.say_value",
        name=name,
        year=year,
        measure=label(measure),
        value=shown(value, measure, bool(last["approximate"])),
    )
    change = latest_change(rows, measure, years)
    said += _change(change, measure) if change is not None else _not_compared(year, measure, years)
    said += _among(value, year, measure, band)
    later = [each for each in band["year"] if each > year]
    return said + (t("compare.say_ended", year=year + 1) if later else "") + t("compare.say_end")


def _change(change: Change, measure: Measure) -> str:
    before, after = (rounded(value, measure.unit) for value in (change.before, change.after))
    difference = abs(after - before)
    if after == before:
        return t("compare.say_same" if change.before == change.after else "compare.say_level")
    way = "more" if after > before else "less"
    if measure.unit == "%":
        said = t(f"compare.say_points_{way}", by=exact(difference, "%", language()).removesuffix("%"))
    elif before > 0:
        share = exact(100 * difference / before, "%", language())
        said = t(f"compare.say_{way}", by=shown(difference, measure), share=share)
    else:
        said = t(f"compare.say_{way}_from_0", by=shown(difference, measure))
    return said + (t(f"compare.sure_{change.sure}") if change.sure else "")


def _not_compared(year: int, measure: Measure, years: list[int]) -> str:
    """Why a value is not compared with that of the year before; "" where that year is not looked at."""
    if year - 1 not in years:
        return ""
    cut = any(each.cuts and each.year == year for each in breaks_of(measure.metrics, years))
    return t("compare.say_cut" if cut else "compare.say_gap", before=year - 1)


def _among(value: float, year: int, measure: Measure, band: pd.DataFrame) -> str:
    row = band[band["year"] == year]
    if row.empty:
        return t("compare.among_none", fewest=FEWEST)
    low, middle, high = (float(row[name].iloc[0]) for name in ("low", "middle", "high"))
    own, least, most = (rounded(each, measure.unit) for each in (value, low, high))
    place = "above" if own > most else "below" if own < least else "within"
    return t(
        f"compare.among_{place}" if least < most else f"compare.among_{place}_same",
        count=f"{int(row['units'].iloc[0]):,}",
        span=_span(low, high, measure),
        middle=shown(middle, measure),
    )


def _span(low: float, high: float, measure: Measure) -> str:
    """From a value to another; the unit stands once."""
    first = shown(low, measure) if measure.unit == "%" else exact(low)
    return t("compare.span", low=first, high=shown(high, measure))


def of_peers(measure: Measure, band: pd.DataFrame, years: list[int]) -> str:
    """The peers in a sentence: the median of the last year against that of the first one that compares with it."""
    if band.empty:
        return t("compare.say_no_peers", measure=label(measure), fewest=FEWEST)
    last = band.iloc[-1]
    cuts = [each.year for each in breaks_of(measure.metrics, years) if each.cuts and each.year <= last["year"]]
    first = band[band["year"] >= max(cuts, default=0)].iloc[0]
    low, middle, high, before = (float(each) for each in (last["low"], last["middle"], last["high"], first["middle"]))
    same = rounded(low, measure.unit) == rounded(high, measure.unit)
    said = t(
        "compare.say_peers_same" if same else "compare.say_peers",
        count=f"{int(last['units']):,}",
        year=int(last["year"]),
        measure=label(measure),
        middle=shown(middle, measure),
        span=_span(low, high, measure),
    )
    if first["year"] == last["year"]:
        return said + t("compare.say_peers_once")
    was = {"first": int(first["year"]), "count": f"{int(first['units']):,}"}
    level = rounded(before, measure.unit) == rounded(middle, measure.unit)
    return said + t(
        "compare.say_peers_level" if level else "compare.say_peers_before", **was, before=shown(before, measure)
    )


def of_drivers(frame: pd.DataFrame, measure: Measure, year: int, nested: bool) -> str:
    """What a change of all comes from: how much together, and the greatest part of it (rows of `unit_changes`, one
    changed at least). `nested`: some units may be contained in others."""
    change = frame["change"].map(lambda value: rounded(value, measure.unit))
    total = rounded(float(change.sum()), measure.unit)
    first = frame.iloc[0]
    alike = int((change.abs() == abs(change.iloc[0])).sum()) - 1
    return t(
        "compare.say_drivers",
        count=f"{len(frame):,}",
        year=year,
        measure=label(measure),
        nested=t("compare.say_nested") if nested else "",
        total=t("compare.say_total", total=signed(total, measure)) if total else t("compare.say_no_total"),
        rising=f"{int((change > 0).sum()):,}",
        falling=f"{int((change < 0).sum()):,}",
        name=first["agency"],
        most=signed(float(change.iloc[0]), measure),
        alike=t("compare.say_alike", count=f"{alike:,}") if alike else "",
    )


def of_flow(by_metric: pd.Series, year: int) -> str:
    """Applications of a year in a sentence: what came, how much of what was closed was granted, what is carried over
    (`by_metric`: their sums)."""
    new, carried, granted, kept = (
        float(by_metric[f"applications.{name}"]) for name in ("new", "carried_in", "granted", "carried_out")
    )
    closed = float(by_metric[[each for each in by_metric.index if each not in _NOT_CLOSED]].sum())
    return t(
        "compare.say_flow" if closed else "compare.say_flow_open",
        year=year,
        new=exact(new),
        carried=exact(carried),
        closed=exact(closed),
        granted=exact(granted),
        share=exact(100 * granted / closed if closed else 0.0, "%"),
        kept=exact(kept),
    )


_NOT_CLOSED = ("applications.new", "applications.carried_in", "applications.carried_out")


def signed(value: float, measure: Measure) -> str:
    """A change with its sign and unit."""
    return ("+" if value > 0 else "") + shown(value, measure)
