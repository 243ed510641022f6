"""Excel lists with one unit a line (or one a column), as offices keep them: each unit's figures, cell by cell.

What a column counts is told by the headings above it alone: they must name one cell of one form, word for word or by a
part of its label that no other has. A column that they do not tell stays unread; nothing is placed by position.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.catalogue.forms import forms
from gongkai.catalogue.identities import evaluate
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.unit_list_words import unit_list_words
from gongkai.documents.model import Block, Cell, Kind
from gongkai.parsing.cells import CellValue, read_cell
from gongkai.parsing.labels import bare
from gongkai.parsing.unit_list_grid import FEWEST_UNITS, Grid, Layout, is_unit, layout_of, name_in, of_one_unit
from gongkai.parsing.unit_list_headings import Target, among_applicants, told
from gongkai.records import Doubt, Evidence, Figure, Method, Status, UnmappedRow

FEWEST_COLUMNS = 2
"""A table with fewer columns that are understood is no list."""

_LONGEST_TITLE = 60
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*年|\s*$)")
_UNIT = re.compile(r"[(（](?:单位[:：]?)?(亿元|万元|元)[)）]|^(?:单位[:：])?(亿元|万元|元)$")
_THOUSANDS = re.compile(r"[(（](?:单位[:：]?)?[十百千万亿]+(?!元)[^)）]*[)）]")
"""A heading by whose unit a count would be read too small (万条)."""
_TO_TEN_THOUSANDS = {"元": 1e-4, "万元": 1.0, "亿元": 1e4}
_SHAKEN = 0.5


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What a list says of one unit in one year (null: the list names none). `name` is as printed; `around` are the
    lines above the list, which may tell the place of 市教育局."""

    name: str
    evidence: Evidence
    year: int | None
    year_evidence: Evidence | None
    title: str | None
    regime: str
    figures: tuple[Figure, ...]
    around: tuple[Evidence, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unmapped: tuple[UnmappedRow, ...] = ()


def read_unit_lists(blocks: Sequence[Block]) -> tuple[UnitFigures, ...]:
    """The units of all lists among `blocks`, one entry a unit and year, in the order of their first lines.

    A unit that stands in several tables (表二 on one sheet, 表三 on the next) is one entry. Empty without a list.
    """
    entries: dict[tuple[str, int | None], UnitFigures] = {}
    above: list[Block] = []
    for block in blocks:
        if block.kind is not Kind.TABLE:
            above.append(block)
            continue
        headings, above = above, []
        for entry in _units(block, headings):
            key = re.sub(r"\s+", "", entry.name), entry.year
            entries[key] = _joined(entries[key], entry) if key in entries else entry
    return tuple(entries.values())


def _units(block: Block, headings: Sequence[Block]) -> list[UnitFigures]:
    for turned in (False, True):
        layout = layout_of(Grid(block, turned))
        if layout and (found := _entries(layout, headings)):
            return found
    return []


def _entries(layout: Layout, headings: Sequence[Block]) -> list[UnitFigures]:
    grid = layout.grid
    regime, columns, unread = _understood(layout)
    if len(columns) < FEWEST_COLUMNS:
        return []
    lines = _lines(layout, headings)
    title = max((text for line in lines if len(text := line.quote.strip()) <= _LONGEST_TITLE), key=len, default=None)
    year, year_evidence = _year(lines)
    found: list[UnitFigures] = []
    for row in range(layout.first, grid.rows):
        name = name_in(layout, row)
        own = {column for column in columns if of_one_unit(layout, row, column)}
        values = {column: read_cell(grid.text(row, column)) for column in columns if column in own}
        if not is_unit(grid.text(row, layout.names)) or all(value.status is Status.BLANK for value in values.values()):
            continue
        if layout.years is not None:
            # A line without a year in a list that has them by line may belong to the year above or to none.
            own_year = _YEAR.search(grid.text(row, layout.years))
            year, year_evidence = (int(own_year[1]), grid.evidence(row, layout.years)) if own_year else (None, None)
        figures = tuple(
            _figure(columns[column], value, grid.evidence(row, column))
            for column, value in values.items()
            if (row, column) in grid.at
        )
        shared = tuple(grid.evidence(row, column) for column in columns if column not in own)
        unreadable = tuple(figure.evidence for figure in figures if figure.status is Status.UNREADABLE)
        found.append(
            UnitFigures(
                name=name,
                evidence=grid.evidence(row, layout.names),
                year=year,
                year_evidence=year_evidence,
                title=title,
                regime=regime,
                figures=figures,
                around=lines,
                doubts=tuple(
                    Doubt(reason, name, evidence=places)
                    for reason, places in (("cell_unreadable", unreadable), ("values_unplaced", shared))
                    if places
                ),
                unmapped=tuple(
                    UnmappedRow(label, (grid.text(row, column),), grid.evidence(row, column))
                    for column, label in unread.items()
                    if read_cell(grid.text(row, column)).value is not None
                ),
            )
        )
    if len(found) < FEWEST_UNITS:
        return []
    return _shaken(found) if _contradicted(found) else found


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds, how surely, and the unit its headings name (null: the catalogue's)."""

    target: Target
    confidence: float
    unit: str | None


def _understood(layout: Layout) -> tuple[str, dict[int, _Column], dict[int, str]]:
    """The form whose words the headings use, the columns that they tell, and the headings of the others."""
    paths = {
        column: path
        for column in range(layout.grid.columns)
        if column not in (layout.names, layout.years, layout.places)
        and (path := tuple(_path(layout, column)))
        and bare(path[-1]) not in unit_list_words().ignored
    }
    words = unit_list_words()
    best: tuple[int, str, dict[int, _Column]] = (-1, "", {})
    for form in forms().values():
        columns = {}
        for column, path in paths.items():
            if any(map(_THOUSANDS.search, path)):
                continue
            if found := told(path, form, among_applicants(path, paths.values())):
                target, confidence = found
                columns[column] = _Column(target, confidence, _unit(path) if target.metric.endswith("amount") else None)
        twice = Counter((column.target.metric, column.target.applicant) for column in columns.values())
        columns = {
            number: column
            for number, column in columns.items()
            if twice[column.target.metric, column.target.applicant] == 1
        }
        if not any(column.target.metric == "applications.granted" for column in columns.values()):
            # 总计 alone is that of the answers only beside the answers.
            columns = {
                number: column
                for number, column in columns.items()
                if column.target.metric != "applications.closed" or bare(paths[number][-1]) not in words.total
            }
        if len(columns) > best[0]:
            best = len(columns), form.regime, columns
    _, regime, columns = best
    stated = {column.target.metric for column in columns.values()}
    # A sum is read only where the list gives none of its parts: else the store derives it from them.
    columns = {
        number: column
        for number, column in columns.items()
        if regime not in metrics()[column.target.metric].derived_in
        or not any(code.startswith(column.target.metric + ".") for code in stated)
    }
    unread = {column: "/".join(path) for column, path in paths.items() if column not in columns}
    return regime, columns, unread


def _path(layout: Layout, column: int) -> Iterator[str]:
    """The headings above a column from top to bottom. The list's title, wider than half of it, is none of them."""
    grid = layout.grid
    seen: set[int] = set()
    for row in range(layout.first):
        cell = grid.at.get((row, column))
        if cell is None or id(cell) in seen or not cell.text.strip() or read_cell(cell.text).value is not None:
            continue
        seen.add(id(cell))
        if grid.at.get((row, layout.names)) is cell or (row < layout.heading and _alone(grid, row, cell)):
            continue
        yield cell.text.strip()


def _alone(grid: Grid, row: int, cell: Cell) -> bool:
    """Whether nothing else is printed in a line: a title or a remark on units, not a heading."""
    return all(
        other is cell or not other.text.strip()
        for column in range(grid.columns)
        if (other := grid.at.get((row, column))) is not None
    )


def _unit(path: Sequence[str]) -> str | None:
    for part in reversed(path):
        if match := _UNIT.search(part):
            return match[1] or match[2]
    return None


def _figure(column: _Column, value: CellValue, evidence: Evidence) -> Figure:
    unit = value.unit or column.unit
    number = value.value
    if number is not None and unit in _TO_TEN_THOUSANDS and metrics()[column.target.metric].unit == "万元":
        number = round(number * _TO_TEN_THOUSANDS[unit], 6)
    return Figure(
        metric=column.target.metric,
        applicant=column.target.applicant,
        value=number,
        status=value.status,
        method=Method.TABLE,
        unit=unit,
        evidence=evidence,
        confidence=column.confidence,
    )


def _lines(layout: Layout, headings: Sequence[Block]) -> tuple[Evidence, ...]:
    """What is printed above the list, the nearest first: title, year, who made it, the name of the sheet."""
    grid = layout.grid
    lines: list[Evidence] = []
    for row in range(layout.first):
        column = next((column for column in range(grid.columns) if grid.text(row, column)), None)
        if column is not None and _alone(grid, row, grid.at[row, column]):
            lines.append(grid.evidence(row, column))
    lines.extend(Evidence(block.text, block=block.index, start=0, end=len(block.text)) for block in reversed(headings))
    return tuple(lines)


def _year(lines: Sequence[Evidence]) -> tuple[int | None, Evidence | None]:
    """The year of the first line that names just one."""
    for line in lines:
        if len(years := set(_YEAR.findall(line.quote))) == 1:
            return int(years.pop()), line
    return None, None


def _contradicted(entries: Sequence[UnitFigures]) -> bool:
    """Whether for half of the units or more an identity fails: then the headings were understood wrongly."""
    failing = sum(
        any(not outcome.holds for outcome in evaluate(_values(entry.figures), entry.regime)) for entry in entries
    )
    return failing * 2 >= len(entries)


def _values(figures: Sequence[Figure]) -> dict[tuple[str, str], float | None]:
    return {(figure.metric, figure.applicant): figure.value for figure in figures}


def _shaken(entries: Sequence[UnitFigures]) -> list[UnitFigures]:
    return [_doubted(entry, "placement_uncertain", entry.figures) for entry in entries]


def _doubted(entry: UnitFigures, reason: str, doubtful: Sequence[Figure]) -> UnitFigures:
    """The entry with some of its figures in doubt."""
    places = {id(figure) for figure in doubtful}
    figures = tuple(replace(figure, confidence=_SHAKEN) if id(figure) in places else figure for figure in entry.figures)
    codes = tuple(dict.fromkeys(figure.metric for figure in doubtful))
    doubt = Doubt(reason, entry.name, codes, tuple(figure.evidence for figure in doubtful))
    return replace(entry, figures=figures, doubts=(*entry.doubts, doubt))


def _joined(one: UnitFigures, other: UnitFigures) -> UnitFigures:
    """Two lines on one unit and year as one entry; where they state different values, both are in doubt."""
    stated = _values(one.figures)
    tables = {figure.evidence.table for figure in one.figures}
    new = tuple(
        figure
        for figure in other.figures
        if figure.evidence.table in tables or stated.get((figure.metric, figure.applicant), figure) != figure.value
    )
    both = replace(
        one,
        figures=(*one.figures, *new),
        doubts=(*one.doubts, *other.doubts),
        unmapped=(*one.unmapped, *other.unmapped),
    )
    twice = Counter((figure.metric, figure.applicant) for figure in both.figures if figure.value is not None)
    rivals = [figure for figure in both.figures if twice[figure.metric, figure.applicant] > 1]
    return _doubted(both, "several_values", rivals) if rivals else both
