"""Figures that people already hold in a sheet (.csv, .xlsx), with the address each was read from.

Columns: agency, province, city, level, agency_type, year, metric, value, unit, approximate, url. Every row is checked
before any is stored. The rows of one agency, year and address make one report of format "sheet"; importing it again
replaces it. A government's figures are taken for the whole, all others for the organ's own.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from gongkai.agencies.naming import agency_id, scope_of
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.units import convert, units
from gongkai.catalogue.vocabulary import AGENCY_KINDS, AGENCY_LEVELS, FIRST_YEAR, LAST_YEAR
from gongkai.errors import UnusableInput
from gongkai.records import Evidence, Figure, Method, Report
from gongkai.store import generations, lists, register, register_copy, runs
from gongkai.store.publish import settle
from gongkai.store.rows import Agency, Arrival, Batch, Place
from gongkai.store.workspace import Workspace

COLUMNS = (
    *("agency", "province", "city", "level", "agency_type", "year"),
    *("metric", "value", "unit", "approximate", "url"),
)
_TRUTH = {"true": True, "false": False}
_VERSION = "sheet-1"


class SheetError(UnusableInput):
    """A sheet cannot be imported: names every wrong line and field."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: reports (agency-years) and figures stored, and reports that stood there already."""

    reports: int
    figures: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    agency: str
    place: Place
    year: int
    url: str
    figure: Figure


def import_figures(workspace: Workspace, file: Path, collection: str, actor: str, wait: float = 0.0) -> Imported:
    """Import a sheet into a collection. Raise SheetError, having stored nothing, if any row is wrong."""
    workspace.collection(collection)
    arrivals = list(read(file, collection))
    with generations.write(workspace, wait) as draft:
        known = dict(
            draft.connection.execute(
                "SELECT report_id, parser_version FROM store.report "
                "WHERE collection = $collection AND format = 'sheet'",
                {"collection": collection},
            ).fetchall()
        )
        fresh = [arrival for arrival in arrivals if known.get(arrival.id) != arrival.parser_version]
        figures = sum(len(arrival.report.figures) for arrival in fresh)
        if not fresh:
            draft.discard()
            return Imported(0, 0, len(arrivals))
        run = runs.begin(draft.connection, actor, "figures import " + file.name)
        register.refresh(workspace, draft.connection, collection)
        units = register_copy.load(draft.connection, collection)
        batch = Batch(run.number)
        for arrival in fresh:
            batch.add(_linked(arrival, units))
        batch.store(draft.connection)
        settle(draft.connection)
        run.stored, run.skipped = len(fresh), len(arrivals) - len(fresh)
        runs.finish(draft.connection, run)
    return Imported(len(fresh), figures, len(arrivals) - len(fresh))


def _linked(arrival: Arrival, units: register_copy.Register) -> Arrival:
    """The arrival as one of the registered unit that its name means, if there is one."""
    report = arrival.report
    agency = units.registered(report.agency or "", report.province, report.city, report.year)
    if agency is None:
        return arrival
    return replace(arrival, agency=agency, report=replace(report, scope=agency.scope or report.scope))


def read(file: Path, collection: str) -> Iterator[Arrival]:
    """The reports of a sheet, in the order of their first rows."""
    groups: dict[tuple[str, str | None, int, str], list[_Row]] = {}
    for row in _rows(file):
        groups.setdefault((row.agency, row.place.province, row.year, row.url), []).append(row)
    for (agency, province, year, url), rows in groups.items():
        identity = hashlib.sha256("\0".join(("sheet", agency, province or "", str(year), url)).encode()).hexdigest()
        figures = tuple(row.figure for row in rows)
        content = repr((rows[0].place, figures))
        place = rows[0].place
        report = Report(
            source=file.name,
            sha256=identity,
            agency=agency,
            agency_as_printed=agency,
            year=year,
            scope=scope_of(place.level, place.kind),
            stage="published",
            listed=True,
            regime=_regime(year),
            province=place.province,
            city=place.city,
            url=url,
            figures=figures,
        )
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        named = Agency(agency_id(agency, province), agency, place)
        yield Arrival(report, collection, "sheet", named, _VERSION + ":" + digest)


def _regime(year: int) -> str | None:
    """The national form of a statistical year; before 2014 there was none."""
    if year >= 2021:
        return "2021"
    if year >= 2019:
        return "2019"
    return "2014" if year >= 2014 else None


def _rows(file: Path) -> list[_Row]:
    problems: list[str] = []
    found: list[_Row] = []
    first: dict[tuple[object, ...], _Row] = {}
    for line, cells in lists.records(file, COLUMNS, SheetError):
        row, wrong = _row(line, cells)
        problems += wrong
        if row is None:
            continue
        key = (row.agency, row.place.province, row.year, row.url, row.figure.metric)
        earlier = first.setdefault(key, row)
        if earlier is not row:
            problems.append(f"line {line}, metric: {row.figure.metric} stands already in line {earlier.line}")
        same = first.setdefault(("place", row.agency, row.place.province), row)
        if same.place != row.place:
            problems.append(f"line {line}, city, level or agency_type: differs from line {same.line} for {row.agency}")
        found.append(row)
    if not found and not problems:
        problems.append("holds no figures")
    lists.refuse(file, "nothing was imported", problems, SheetError)
    return found


def _row(line: int, cells: dict[str, str]) -> tuple[_Row | None, list[str]]:
    wrong: list[str] = []

    def refuse(field: str, reason: str) -> None:
        wrong.append(f"line {line}, {field}: {reason}")

    if not cells["agency"]:
        refuse("agency", "is empty")
    if cells["level"] not in AGENCY_LEVELS:
        refuse("level", f"{cells['level']!r} is not one of {', '.join(AGENCY_LEVELS)}")
    if cells["agency_type"] not in AGENCY_KINDS:
        refuse("agency_type", f"{cells['agency_type']!r} is not one of {', '.join(AGENCY_KINDS)}")
    if not (cells["year"].isdecimal() and FIRST_YEAR <= int(cells["year"]) <= LAST_YEAR):
        refuse("year", f"{cells['year']!r} is no year")
    if cells["approximate"].lower() not in _TRUTH:
        refuse("approximate", f"{cells['approximate']!r} is neither true nor false")
    # An address is shown as a link: only what a browser opens as a page, never javascript: or file:.
    if urlsplit(cells["url"]).scheme not in ("http", "https"):
        refuse("url", f"{cells['url']!r} is no address of a web page")
    metric = metrics().get(cells["metric"])
    value = _number(cells["value"])
    if metric is None:
        refuse("metric", f"{cells['metric']!r} is not in the catalogue")
    if value is None:
        refuse("value", f"{cells['value']!r} is no number")
    converted = None
    if metric is not None and value is not None:
        converted = convert(value, cells["unit"], metric.unit)
        if converted is None:
            known = "is not in units.csv" if cells["unit"] not in units() else f"cannot be turned into {metric.unit}"
            refuse("unit", f"{cells['unit']!r} {known}")
    if wrong or metric is None or converted is None:
        return None, wrong
    figure = Figure(
        metric=metric.code,
        value=converted,
        method=Method.IMPORTED,
        unit=cells["unit"],
        approximate=_TRUTH[cells["approximate"].lower()],
        evidence=Evidence(quote=cells["value"] + cells["unit"], row=line, url=cells["url"]),
    )
    place = Place(cells["province"] or None, cells["city"] or None, None, cells["level"], cells["agency_type"])
    return _Row(line, cells["agency"], place, int(cells["year"]), cells["url"], figure), wrong


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
