"""What stands out in a trend, in plain sentences worked out from the very numbers that are drawn."""

from __future__ import annotations

import pandas as pd

from gongkai.catalogue.breaks import breaks_of
from gongkai.catalogue.indicators import Measure
from gongkai.charts.numbers import exact
from gongkai.ui.compare_data import Change, latest_change
from gongkai.ui.measures import label
from gongkai.ui.messages import language, t


def shown(value: float, measure: Measure) -> str:
    """A value with its unit."""
    return exact(value, measure.unit, language())


def of_unit(name: str, rows: pd.DataFrame, measure: Measure, band: pd.DataFrame, years: list[int]) -> str:
    """One unit in a sentence: its latest value, the change and how sure it is, where it stands among its peers."""
    known = rows.dropna(subset=["value"])
    if known.empty:
        return t("compare.say_silent", name=name, measure=label(measure))
    last = known.sort_values("year").iloc[-1]
    year, value = int(last["year"]), float(last["value"])
    said = t("compare.say_value", name=name, year=year, measure=label(measure), value=shown(value, measure))
    change = latest_change(rows, measure, years)
    if change is not None:
        said += _change(change, measure)
    return said + _among(value, year, measure, band) + t("compare.say_end")


def _change(change: Change, measure: Measure) -> str:
    difference = change.after - change.before
    if difference == 0:
        return t("compare.say_same")
    way = "more" if difference > 0 else "less"
    if measure.unit == "%":
        said = t(f"compare.say_points_{way}", by=exact(abs(difference), "%", language()).removesuffix("%"))
    elif change.before > 0:
        share = exact(100 * abs(difference) / change.before, "%", language())
        said = t(f"compare.say_{way}", by=shown(abs(difference), measure), share=share)
    else:
        said = t(f"compare.say_{way}_from_0", by=shown(abs(difference), measure))
    return said + (t(f"compare.sure_{change.sure}") if change.sure else "")


def _among(value: float, year: int, measure: Measure, band: pd.DataFrame) -> str:
    row = band[band["year"] == year]
    if row.empty:
        return ""
    low, middle, high = (float(row[name].iloc[0]) for name in ("low", "middle", "high"))
    place = "above" if value > high else "below" if value < low else "within"
    return t(
        f"compare.among_{place}",
        count=f"{int(row['units'].iloc[0]):,}",
        low=shown(low, measure),
        middle=shown(middle, measure),
        high=shown(high, measure),
    )


def of_peers(measure: Measure, band: pd.DataFrame, years: list[int]) -> str:
    """The peers in a sentence: the median of the last year against that of the first one that compares with it."""
    if band.empty:
        return t("compare.say_no_peers", measure=label(measure))
    last = band.iloc[-1]
    cuts = [each.year for each in breaks_of(measure.metrics, years) if each.cuts and each.year <= last["year"]]
    first = band[band["year"] >= max(cuts, default=0)].iloc[0]
    return t(
        "compare.say_peers" if first["year"] < last["year"] else "compare.say_peers_once",
        count=f"{int(last['units']):,}",
        year=int(last["year"]),
        measure=label(measure),
        middle=shown(float(last["middle"]), measure),
        low=shown(float(last["low"]), measure),
        high=shown(float(last["high"]), measure),
        first=int(first["year"]),
        before=shown(float(first["middle"]), measure),
    )


def of_drivers(frame: pd.DataFrame, measure: Measure, year: int, nested: bool) -> str:
    """What a change of all comes from: how much together, and the greatest part of it. `nested`: some units may be
    contained in others."""
    total = float(frame["change"].sum())
    rising, falling = int((frame["change"] > 0).sum()), int((frame["change"] < 0).sum())
    first = frame.iloc[0]
    return t(
        "compare.say_drivers_nested" if nested else "compare.say_drivers",
        count=f"{len(frame):,}",
        year=year,
        measure=label(measure),
        total=_signed(total, measure),
        rising=f"{rising:,}",
        falling=f"{falling:,}",
        name=first["agency"],
        most=_signed(float(first["change"]), measure),
    )


def _signed(value: float, measure: Measure) -> str:
    return ("+" if value > 0 else "") + shown(value, measure)
