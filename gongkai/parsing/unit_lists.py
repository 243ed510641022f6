"""Excel lists with one unit a line (or one a column), as offices keep them: each unit's figures, cell by cell.

What a column counts is told by the headings above it alone: they must name one cell of one form, word for word or by a
part of its label that no other has. A column that they do not tell stays unread; nothing is placed by position.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gongkai.catalogue.forms import forms
from gongkai.catalogue.identities import evaluate
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.unit_list_words import unit_list_words
from gongkai.documents.model import Block, Cell, Kind
from gongkai.parsing.cells import CellValue, read_cell
from gongkai.parsing.labels import bare
from gongkai.parsing.organisations import may_be_agency
from gongkai.parsing.unit_list_headings import Target, among_applicants, told
from gongkai.records import Doubt, Evidence, Figure, Method, Status, UnmappedRow

FEWEST_UNITS = 2
FEWEST_COLUMNS = 2
"""A table with fewer units or fewer columns that are understood is no list."""

_CORNER_ROWS, _CORNER_COLUMNS = 12, 6
_LONGEST_TITLE = 60
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*年|\s*$)")
_UNIT = re.compile(r"[(（](?:单位[:：]?)?(亿元|万元|元)[)）]|^(?:单位[:：])?(亿元|万元|元)$")
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


@dataclass(slots=True)
class _Grid:
    """A table read with the units one below another, whichever way it is printed."""

    block: Block
    turned: bool
    at: dict[tuple[int, int], Cell] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def __post_init__(self) -> None:
        for cell in self.block.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    self.at[(column, row) if self.turned else (row, column)] = cell
        size = self.block.rows, self.block.columns
        self.rows, self.columns = (size[1], size[0]) if self.turned else size

    def text(self, row: int, column: int) -> str:
        cell = self.at.get((row, column))
        return cell.text.strip() if cell else ""

    def evidence(self, row: int, column: int) -> Evidence:
        cell = self.at[row, column]
        return Evidence(
            quote=cell.text, block=self.block.index, table=self.block.table, row=cell.row, column=cell.column
        )


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a list has its units, its years and its first line of figures."""

    grid: _Grid
    heading: int
    names: int
    years: int | None
    first: int


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
        layout = _layout(_Grid(block, turned))
        if layout and (found := _entries(layout, headings)):
            return found
    return []


def _layout(grid: _Grid) -> _Layout | None:
    words = unit_list_words()
    for row in range(min(grid.rows, _CORNER_ROWS)):
        for column in range(min(grid.columns, _CORNER_COLUMNS)):
            if bare(grid.text(row, column)) not in words.unit:
                continue
            first = next((r for r in range(row + 1, grid.rows) if _is_unit(grid.text(r, column))), None)
            if first is None:
                continue
            named = [grid.text(r, column) for r in range(first, grid.rows)]
            units = [name for name in named if _is_unit(name)]
            others = [name for name in named if name and not _is_unit(name) and bare(name) not in words.total]
            if len(units) >= FEWEST_UNITS and len(units) > len(others):
                years = next(
                    (c for c in range(grid.columns) if any(bare(grid.text(r, c)) in words.year for r in range(first))),
                    None,
                )
                return _Layout(grid, row, column, years, first)
    return None


def _is_unit(text: str) -> bool:
    name = re.sub(r"\s+", "", text)
    return bare(name) not in unit_list_words().total and may_be_agency(name)


def _entries(layout: _Layout, headings: Sequence[Block]) -> list[UnitFigures]:
    grid = layout.grid
    regime, columns, unread = _understood(layout)
    if len(columns) < FEWEST_COLUMNS:
        return []
    lines = _lines(layout, headings)
    title = max((text for line in lines if len(text := line.quote.strip()) <= _LONGEST_TITLE), key=len, default=None)
    year, year_evidence = _year(lines)
    found: list[UnitFigures] = []
    for row in range(layout.first, grid.rows):
        name = grid.text(row, layout.names)
        values = {column: read_cell(grid.text(row, column)) for column in columns}
        if not _is_unit(name) or all(value.status is Status.BLANK for value in values.values()):
            continue
        own_year = _YEAR.search(grid.text(row, layout.years)) if layout.years is not None else None
        in_line = own_year and layout.years is not None
        figures = tuple(
            _figure(columns[column], value, grid.evidence(row, column))
            for column, value in values.items()
            if (row, column) in grid.at
        )
        unreadable = tuple(figure.evidence for figure in figures if figure.status is Status.UNREADABLE)
        found.append(
            UnitFigures(
                name=name,
                evidence=grid.evidence(row, layout.names),
                year=int(own_year[1]) if own_year else year,
                year_evidence=grid.evidence(row, layout.years or 0) if in_line else year_evidence,
                title=title,
                regime=regime,
                figures=figures,
                around=lines,
                doubts=(Doubt("cell_unreadable", name, evidence=unreadable),) if unreadable else (),
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


def _understood(layout: _Layout) -> tuple[str, dict[int, _Column], dict[int, str]]:
    """The form whose words the headings use, the columns that they tell, and the headings of the others."""
    paths = {
        column: path
        for column in range(layout.grid.columns)
        if column not in (layout.names, layout.years)
        and (path := tuple(_path(layout, column)))
        and bare(path[-1]) not in unit_list_words().ignored
    }
    words = unit_list_words()
    best: tuple[int, str, dict[int, _Column]] = (-1, "", {})
    for form in forms().values():
        columns = {}
        for column, path in paths.items():
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


def _path(layout: _Layout, column: int) -> Iterator[str]:
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


def _alone(grid: _Grid, row: int, cell: Cell) -> bool:
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


def _lines(layout: _Layout, headings: Sequence[Block]) -> tuple[Evidence, ...]:
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
    new = tuple(
        figure for figure in other.figures if stated.get((figure.metric, figure.applicant), figure) != figure.value
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
