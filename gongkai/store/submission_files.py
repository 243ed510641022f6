"""Lists of who is due, of what happened, and of the notice's dates (.csv, .xlsx), as an office keeps them.

Columns (codes, or the Chinese headings of data/submission_words.csv):

    due         agency, year                                      a year that is named has exactly this list
    events      agency, year, item, event, on, file, actor, note  file: the version meant: its path or its sha256
    deadlines   year, item, level, kind, date                     an empty level or kind is all of them

Every line is checked before anything is entered; what stands already is not entered again. Names mean the unit that
bore them in that year: a renamed unit is found by both names, a merged one is its successor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.catalogue.submissions import COLUMNS, meaning
from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from gongkai.errors import UnusableInput
from gongkai.store import lists
from gongkai.store.deadline_book import Concerned, DeadlineBook, DeadlineError, check
from gongkai.store.due_book import DueBook, DueError, Edited
from gongkai.store.submission_book import Event, SubmissionBook, SubmissionError, alike
from gongkai.store.submission_book import check as check_event
from gongkai.store.submission_names import Names, UnknownName
from gongkai.store.workspace import Workspace

_OPTIONAL = frozenset({"file", "actor", "note", "level", "kind"})
_NOTHING = "nothing was imported"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import entered, and how many lines said what stood already."""

    entered: int
    unchanged: int


def import_due(workspace: Workspace, file: Path, collection: str, actor: str) -> dict[int, Edited]:
    """Make each year that a list names have exactly its units, confirmed. Raise DueError, having entered nothing, if
    any line is wrong."""
    lists_by_year = read_due(workspace, file, collection)
    ordered = {year: list(units) for year, units in sorted(lists_by_year.items())}
    return DueBook(workspace).confirm_years(collection, ordered, actor, f"import of {file.name}")


def read_due(workspace: Workspace, file: Path, collection: str) -> dict[int, dict[str, str]]:
    """The units of each year that a list names: agency_id → the name by which it is listed."""
    names = Names(workspace, collection)
    found: dict[int, dict[str, str]] = {}
    lines: dict[tuple[int, str], int] = {}
    problems: list[str] = []
    for line, row in _records(file, "due", DueError):
        try:
            year = _year(row["year"])
            unit = _unit(names, row["agency"], year)
        except _Wrong as wrong:
            problems.append(f"line {line}, {wrong}")
            continue
        if (year, unit) in lines:
            problems.append(
                f"line {line}, agency: {row['agency']} is listed for {year} in line {lines[year, unit]} already"
            )
            continue
        lines[year, unit] = line
        found.setdefault(year, {})[unit] = row["agency"]
    if not found and not problems:
        problems.append("names no unit")
    lists.refuse(file, _NOTHING, problems, DueError)
    return found


def import_events(workspace: Workspace, file: Path, collection: str, actor: str) -> Imported:
    """Enter the events of a list; `actor` for those that name nobody. Raise SubmissionError, having entered nothing, if
    any line is wrong."""
    names = Names(workspace, collection, file.absolute().parent)
    book = SubmissionBook(workspace)
    stands = {alike(event) for event in book.standing(collection)}
    signed: list[tuple[str, str, Event]] = []
    problems: list[str] = []
    unchanged = 0
    for line, row in _records(file, "events", SubmissionError):
        try:
            event = _event(row, names)
        except _Wrong as wrong:
            problems.append(f"line {line}, {wrong}")
            continue
        if alike(event) in stands:
            unchanged += 1
            continue
        stands.add(alike(event))
        signed.append((row["actor"] or actor, row["note"] or f"import of {file.name}", event))
    lists.refuse(file, _NOTHING, problems, SubmissionError)
    return Imported(len(book.record_signed(collection, signed)), unchanged)


def import_deadlines(workspace: Workspace, file: Path, collection: str, actor: str) -> Imported:
    """Set the dates of a list. Raise DeadlineError, having set nothing, if any line is wrong."""
    workspace.collection(collection)
    dates: dict[Concerned, date | None] = {}
    lines: dict[Concerned, int] = {}
    problems: list[str] = []
    for line, row in _records(file, "deadlines", DeadlineError):
        try:
            whom = Concerned(_year(row["year"]), *(_code(name, row[name]) for name in ("item", "level", "kind")))
            dates[whom] = _day("date", row["date"])
            check(whom, dates[whom])
        except (_Wrong, DeadlineError) as wrong:
            problems.append(f"line {line}, {wrong}")
            continue
        if whom in lines:
            problems.append(f"line {line}, level, kind: have a date in line {lines[whom]} already")
        lines.setdefault(whom, line)
    lists.refuse(file, _NOTHING, problems, DeadlineError)
    entered = DeadlineBook(workspace).change(collection, dates, actor, f"import of {file.name}")
    return Imported(entered, len(dates) - entered)


class _Wrong(Exception):
    """A cell that cannot be used: "column: why"."""


def _event(row: dict[str, str], names: Names) -> Event:
    year = _year(row["year"])
    item, event = _code("item", row["item"]), _code("event", row["event"])
    unit = _unit(names, row["agency"], year)
    version = None
    if row["file"]:
        try:
            version = names.version(row["file"], unit, year)
        except UnknownName as unknown:
            raise _Wrong(f"file: {unknown}") from unknown
    named = (None, None) if version is None else version
    found = Event(unit, year, item, event, _day("on", row["on"]), *named)
    try:
        check_event(found)
    except SubmissionError as wrong:
        raise _Wrong(str(wrong)) from wrong
    return found


def _unit(names: Names, name: str, year: int) -> str:
    try:
        return names.unit(name, year)
    except UnknownName as unknown:
        raise _Wrong(f"agency: {unknown}") from unknown


def _year(text: str) -> int:
    digits = text.removesuffix("年度").removesuffix("年")
    if not digits.isdigit() or not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise _Wrong(f"year: {text!r} is no year")
    return int(digits)


def _code(field: str, text: str) -> str:
    if not text and field in _OPTIONAL:
        return ""
    code = meaning(field, text)
    if code is None:
        raise _Wrong(f"{field}: {text!r} is not known")
    return code


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _Wrong(f"{field}: {text!r} is no date (2025-01-31)") from error


def _records(file: Path, sort: str, error: type[UnusableInput]) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a list by the codes of its columns; those that may be blank may also be left out."""
    header: dict[int, str] = {}
    for line, cells in lists.lines(file, error):
        texts = [lists.text(cell) for cell in cells]
        if not header:
            header = _header(file, line, texts, COLUMNS[sort], error)
            continue
        row = dict.fromkeys(COLUMNS[sort], "")
        row |= {name: texts[index] for index, name in header.items() if index < len(texts)}
        if any(text for index, text in enumerate(texts) if index not in header):
            raise error(f"{file.name}, line {line}: has more cells than there are columns")
        yield line, row
    if not header:
        raise error(f"{file.name}: is empty; its columns must be {', '.join(COLUMNS[sort])}")


def _header(
    file: Path, line: int, texts: Sequence[str], columns: Sequence[str], error: type[UnusableInput]
) -> dict[int, str]:
    header: dict[int, str] = {}
    wrong: list[str] = []
    for index, text in enumerate(texts):
        name = meaning("column", text.lower())
        if not text:
            continue
        if name is None or name not in columns:
            wrong.append(f"{text} is not known")
        elif name in header.values():
            wrong.append(f"{text} stands twice")
        else:
            header[index] = name
    wrong += [f"{name} is missing" for name in columns if name not in header.values() and name not in _OPTIONAL]
    if wrong:
        raise error(f"{file.name}, line {line}: columns must be {', '.join(columns)}; {'; '.join(wrong)}")
    return header
