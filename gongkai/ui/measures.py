"""Measures under the filters: which have data, their values per unit, and why a value is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import streamlit as st

from gongkai.catalogue.indicators import Measure, measures
from gongkai.charts.numbers import unit_name
from gongkai.ui.data import Version, query, version
from gongkai.ui.filters import UNSTATED, Filters
from gongkai.ui.messages import language, t

REGIME_YEARS = ((2021, "2021"), (2019, "2019"), (2014, "2014"))
"""From which statistical year on which national form is asked for."""


def label(measure: Measure) -> str:
    """A measure's name in the session's language."""
    return measure.label("en" if language() == "en" else "zh")


def definition(measure: Measure) -> str:
    """How a measure is counted, in the session's language."""
    return measure.definition("en" if language() == "en" else "zh")


def unit_of(measure: Measure) -> str:
    """The unit of measure as written in the session's language; "" for counting words in English."""
    return unit_name(measure.unit, language())


def available(filters: Filters, group: str) -> dict[str, int]:
    """The measures of a group that have values under the filters, each with their number, in the catalogue's order."""
    offered = [measure for measure in measures().values() if measure.group == group]
    codes = sorted({part for measure in offered for part in measure.parts})
    frame = query("topic_metrics", **filters.parameters(), metrics=codes)
    values = dict(zip(frame["metric"], frame["reported"].astype(int), strict=True))
    return {
        measure.code: min(values[part] for part in measure.parts)
        for measure in offered
        if all(part in values for part in measure.parts)
    }


def parts(measure: Measure) -> dict[str, Any]:
    """A measure as parameters of the named queries."""
    return {"numerators": list(measure.numerator), "denominators": list(measure.denominator)}


FEWEST = 3
"""A year that rests on fewer units has no point in the line of all together."""


def summed(filters: Filters, measure: Measure) -> bool:
    """Whether the units' values may be added up: not where some reports may count what others contain."""
    return measure.pooled and filters.scope != UNSTATED


def joined(over_years: pd.DataFrame) -> pd.Series:
    """Per row of `by_year`: whether at least half of the units are those of the year before, so that the two medians
    compare."""
    before = over_years["reporting"].shift(fill_value=0).where(over_years["year"].diff() == 1, 0)
    return 2 * over_years["kept"] >= pd.concat([over_years["reporting"], before], axis=1).max(axis=1)


def of_year(filters: Filters, year: int) -> dict[str, Any]:
    """The filters as parameters of a query on one year."""
    given = filters.parameters()
    return {name: value for name, value in given.items() if name not in ("first_year", "last_year")} | {"year": year}


def by_year(filters: Filters, measure: Measure) -> pd.DataFrame:
    """A measure of all units together, per year (queries/measure_by_year.sql)."""
    return query("measure_by_year", **filters.parameters(), **parts(measure))


def ranking(filters: Filters, measure: Measure, year: int) -> pd.DataFrame:
    """A measure of every unit with a report of the year, highest first, missing last (queries/measure_ranking.sql)."""
    return query("measure_ranking", **of_year(filters, year), **parts(measure))


def asked(measure: Measure, year: int) -> bool:
    """Whether the form of `year` asks for the measure, or sentences may state it; always before there was a form."""
    regime = next((name for first, name in REGIME_YEARS if year >= first), None)
    return regime is None or measure.asked_in(regime)


@dataclass(frozen=True, slots=True)
class Wide:
    """Units × years: the frame (agency_id, agency, place, kind, one column per year as text, note) and its years."""

    frame: pd.DataFrame
    years: list[int]
    sources: pd.DataFrame


def wide(filters: Filters, measure: Measure) -> Wide:
    """A measure of every unit in every year, with a note that says why a year is missing or uncertain."""
    made: Wide = _wide(version(), language(), asdict(filters), measure)
    return made


# Shared between sessions and not copied for each: nobody changes the frames.
@st.cache_resource(max_entries=12, show_spinner=False)
def _wide(version: Version, language: str, filters: dict[str, Any], measure: Measure) -> Wide:
    chosen = Filters(**filters)
    rows = query("measure_table", **chosen.parameters(), **parts(measure))
    years = sorted(int(year) for year in rows["year"].unique())
    units = rows.drop_duplicates("agency_id").set_index("agency_id")[["agency", "province", "city", "level", "kind"]]
    values = rows.pivot(index="agency_id", columns="year", values="value").reindex(units.index, columns=years)
    values.columns = [str(year) for year in years]
    notes = _notes(rows, years, {year for year in years if not asked(measure, year)})
    units["level"] = [t(f"filters.level_name.{value}") if isinstance(value, str) else "" for value in units["level"]]
    units["kind"] = [t(f"filters.kind_name.{value}") if isinstance(value, str) else "" for value in units["kind"]]
    frame = units.join(values).assign(note=pd.Series(notes)).reset_index()
    return Wide(frame, years, rows[["agency", "year", "source", "url"]])


def _notes(rows: pd.DataFrame, years: Sequence[int], unasked: set[int]) -> dict[str, str]:
    """Per unit, the years without a value by reason, those whose value is approximate, and the corrected ones."""
    reasons: dict[str, dict[str, list[int]]] = {}
    present: dict[str, set[int]] = {}
    columns = ("agency_id", "year", "status", "approximate", "corrected")
    for agency, year, status, about, corrected in zip(*(rows[name] for name in columns), strict=True):
        year = int(year)
        present.setdefault(agency, set()).add(year)
        if corrected:
            reasons.setdefault(agency, {}).setdefault("corrected", []).append(year)
        reason = "approximate" if status == "reported" and about else status
        if reason == "absent" and year in unasked:
            reason = "not_asked"
        if reason != "reported":
            reasons.setdefault(agency, {}).setdefault(reason, []).append(year)
    for agency, held in present.items():
        lacking = [year for year in years if year not in held]
        if lacking:
            reasons.setdefault(agency, {})["no_report"] = lacking
    return {
        agency: t("common.missing.separator").join(
            t("common.missing.note", reason=t(f"common.missing.{reason}"), years=_span(found))
            for reason, found in sorted(by_reason.items())
        )
        for agency, by_reason in reasons.items()
    }


def corrected_words(frame: pd.DataFrame) -> list[str]:
    """Per row, that its value rests on a figure that somebody corrected; "" where it does not."""
    return [t("common.missing.corrected") if corrected else "" for corrected in frame["corrected"]]


def _span(years: Sequence[int]) -> str:
    """Years as text, runs of three and more shortened: 2019, 2021–2024."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    separator = t("filters.list_separator")
    return separator.join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else separator.join(str(year) for year in run) for run in runs
    )
