"""A ledger of another office as people keep it in a sheet (.xlsx, .csv): a title, headings in one line or in
several below one another, a line per unit.

Columns are told by their headings (data/ledgers.toml), units by the names that the register knows. What cannot be told
is named with its row and column, and nothing is taken in; a unit's name that nobody bears waits for a person. A blank
cell and a dash are no figure, never zero; lines that add others up and lines without figures are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.catalogue.ledgers import ledger_kinds
from gongkai.catalogue.register_columns import code_of
from gongkai.catalogue.unit_list_words import unit_list_words
from gongkai.parsing.cells import read_cell
from gongkai.parsing.labels import bare
from gongkai.records import Status
from gongkai.store import lists
from gongkai.store.ledger_book import Ledger, LedgerBook, LedgerChange, LedgerError, LedgerFigure
from gongkai.store.ledger_headings import Columns, cell, located
from gongkai.store.submission_names import Names, Proposal, UnknownName
from gongkai.store.workspace import Workspace

_COUNTED = frozenset({None, "件", "条", "项", "个", "宗", "份", "件次", "起"})
"""Units that may stand behind a count in its cell."""
_YEAR = re.compile(r"(20\d\d)\s*年?度?")
_SCOPE = re.compile(r"[(（](本级|本机关|汇总|全口径)[)）]$")
"""A scope that stands behind the unit's name."""
_TITLE_YEAR = re.compile(r"(20\d\d)\s*年(?!\s*\d{1,2}\s*月)")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be read: row of the sheet (from 1), its heading, a reason (empty, no_count, no_year, no_scope,
    twice), what stands there, and of a unit that stands twice the row of the first."""

    row: int
    column: str
    reason: str
    value: str = ""
    first: int = 0

    def __str__(self) -> str:
        return f"line {self.row}, {self.column}: {_REASONS[self.reason].format(value=self.value, first=self.first)}"


_REASONS = {
    "empty": "is empty beside figures",
    "no_count": "{value!r} is no count; a blank cell means that nothing is known",
    "no_year": "{value!r} is no year",
    "no_scope": "{value!r} is neither 本级 nor 汇总",
    "twice": "{value} stands in line {first} already",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with figures: its row, the unit's name as written, its id (null: nobody bears the name; then `reason`,
    several or unknown, and `proposals`), the scope it states (null: none), and the values by metric."""

    row: int
    name: str
    agency_id: str | None
    scope: str | None
    values: Mapping[str, float]
    reason: str = ""
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """A ledger as its file has it. `columns` are the headings of the metrics, `unread` those that mean nothing here,
    `other_years` how many lines are of another year, `title_years` the years that the title names if not this one,
    `other_sheets` the sheets that hold something else."""

    kind: str
    year: int
    file: str
    columns: Mapping[str, str]
    unread: tuple[str, ...]
    lines: tuple[Line, ...]
    wrong: tuple[Wrong, ...]
    other_years: int = 0
    title_years: tuple[int, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @property
    def unplaced(self) -> tuple[Line, ...]:
        """The lines whose unit is not known."""
        return tuple(line for line in self.lines if line.agency_id is None)


def import_ledger(
    workspace: Workspace, file: Path, kind: str, year: int, collection: str, actor: str
) -> tuple[LedgerSheet, LedgerChange]:
    """Take a ledger in; return it, and what it changed. Raise LedgerError, having entered nothing, if any line is wrong
    or of a unit that is not known."""
    sheet = read_ledger(workspace, file, kind, year, collection)
    problems = [*map(str, sheet.wrong), *map(_unplaced, sheet.unplaced)]
    lists.refuse(file, "nothing was imported", problems, LedgerError)
    ledger = ledger_of(sheet, {})
    return sheet, LedgerBook(workspace).take_in(collection, ledger, actor, f"import of {file.name}")


def read_ledger(workspace: Workspace, file: Path, kind: str, year: int, collection: str) -> LedgerSheet:
    """Read a ledger of a kind and year. Raise LedgerError for a file that is none: unreadable, without a column of
    units or of figures, two columns of one metric, no figures."""
    if kind not in ledger_kinds():
        raise LedgerError(f"kind: {kind!r} is not one of {', '.join(ledger_kinds())}")
    names = Names(workspace, collection)
    place = located(file, ledger_kinds()[kind])
    columns = place.columns
    years = tuple(sorted({int(found) for found in _TITLE_YEAR.findall(" ".join(place.above))}))
    wrong: list[Wrong] = []
    found: list[Line] = []
    others = 0
    for row, texts in place.lines:
        line = _Row(row, texts, columns)
        if not line.figures or line.adds_up:
            continue
        of_year = line.year(wrong)
        if of_year not in (None, year):
            others += 1
        elif (read := line.read(names, year, wrong)) is not None:
            found.append(read)
    wrong += _twice(found, columns.heading(columns.unit))
    if not found and not wrong:
        raise LedgerError(f"{file.name}: holds no figures" + (f" of {year}" if others else ""), "no_figures")
    return LedgerSheet(
        kind=kind,
        year=year,
        file=file.name,
        columns={columns.heading(index): metric for index, metric in columns.metrics.items()},
        unread=columns.unread,
        lines=tuple(_not_twice(found)),
        wrong=tuple(sorted(wrong, key=lambda one: one.row)),
        other_years=others,
        title_years=() if year in years else years,
        other_sheets=place.other_sheets,
    )


def ledger_of(sheet: LedgerSheet, choices: Mapping[int, str]) -> Ledger:
    """The ledger that is taken in, with the units that a person chose for rows ("": the row is left out).

    Raise LedgerError where a cell is wrong, a row is left open, or two rows came to be of one unit.
    """
    lines = [
        Line(line.row, line.name, line.agency_id or choices.get(line.row), line.scope, line.values)
        for line in sheet.lines
    ]
    lines = [line for line in lines if line.agency_id != ""]
    problems = [*sheet.wrong, *_twice(lines, "")]
    if problems:
        raise LedgerError(f"{sheet.file}: {problems[0]}", "rows_twice", str(problems[0].row))
    figures = []
    for line in lines:
        if line.agency_id is None:
            told = f"line {line.row}: whose figures these are is not said"
            raise LedgerError(f"{sheet.file}: {told}", "rows_open", str(line.row))
        about = (line.agency_id, line.name)
        figures += [LedgerFigure(*about, metric, line.scope, value, line.row) for metric, value in line.values.items()]
    return Ledger(sheet.kind, sheet.year, sheet.file, tuple(sheet.columns.values()), tuple(figures))


def _unplaced(line: Line) -> str:
    why = "may mean several units" if line.reason == "several" else "is no unit's name"
    like = ", ".join(one.agency for one in line.proposals[:3])
    return f"line {line.row}: {line.name} {why}" + (f"; perhaps {like}" if like else "")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line below the headings."""

    row: int
    texts: Sequence[str]
    columns: Columns

    @property
    def name(self) -> str:
        return _SCOPE.sub("", self.written)

    @property
    def written(self) -> str:
        return "".join(cell(self.texts, self.columns.unit).split())

    @property
    def figures(self) -> dict[int, str]:
        """The cells of figures that are not blank, by column."""
        return {column: text for column in self.columns.metrics if (text := cell(self.texts, column))}

    @property
    def adds_up(self) -> bool:
        return bare(self.name) in unit_list_words().total or any(
            bare(text) in unit_list_words().total for text in self.texts[: self.columns.unit]
        )

    def year(self, wrong: list[Wrong]) -> int | None:
        """The year that the line names; null without a column of years."""
        text = "" if self.columns.year is None else cell(self.texts, self.columns.year)
        if not text or self.columns.year is None:
            return None
        match = _YEAR.fullmatch(text)
        if match is None:
            wrong.append(Wrong(self.row, self.columns.heading(self.columns.year), "no_year", text))
            return None
        return int(match[1])

    def read(self, names: Names, year: int, wrong: list[Wrong]) -> Line | None:
        """The line; null where it says nothing, or nobody can be asked whose it is."""
        values = self._values(wrong)
        scope = self._scope(wrong)
        if not self.name:
            wrong.append(Wrong(self.row, self.columns.heading(self.columns.unit), "empty"))
            return None
        if not values:
            return None
        try:
            return Line(self.row, self.name, names.unit(self.name, year), scope, values)
        except UnknownName as unknown:
            if (known := names.written_otherwise(self.name, year)) is not None:
                return Line(self.row, self.name, known, scope, values)
            proposals = names.proposals(self.name, year)
            return Line(self.row, self.name, None, scope, values, unknown.reason, proposals)

    def _values(self, wrong: list[Wrong]) -> dict[str, float]:
        values = {}
        for column, text in self.figures.items():
            said = read_cell(text)
            if said.status is Status.NOT_APPLICABLE and text != "无":
                continue
            if said.value is None or said.value < 0 or said.value != int(said.value) or said.unit not in _COUNTED:
                wrong.append(Wrong(self.row, self.columns.heading(column), "no_count", text))
            else:
                values[self.columns.metrics[column]] = said.value
        return values

    def _scope(self, wrong: list[Wrong]) -> str | None:
        column = self.columns.scope
        text = "" if column is None else cell(self.texts, column)
        behind = _SCOPE.search(self.written)
        if not text and behind:
            text = behind[1]
        scope = code_of("scope", text) if text else None
        if text and scope is None and column is not None:
            wrong.append(Wrong(self.row, self.columns.heading(column), "no_scope", text))
        return scope


def _not_twice(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines; none is proposed a unit that has a line of its own."""
    placed = {line.agency_id for line in lines}
    for line in lines:
        yield replace(line, proposals=tuple(one for one in line.proposals if one.agency_id not in placed))


def _twice(lines: Sequence[Line], column: str) -> list[Wrong]:
    """Lines of one unit that may count the same: of two scopes, both have to be stated."""
    before: dict[str, list[Line]] = {}
    found = []
    for line in lines:
        if not line.agency_id:
            continue
        own = before.setdefault(line.agency_id, [])
        rival = next((other for other in own if other.scope is None or line.scope in (None, other.scope)), None)
        if rival is not None:
            found.append(Wrong(line.row, column, "twice", line.name, rival.row))
        own.append(line)
    return found
