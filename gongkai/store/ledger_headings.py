"""Where a ledger stands in its file, and which figure each of its columns gives, as their headings tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongkai.catalogue.ledgers import LedgerKind
from gongkai.catalogue.register_columns import column_of
from gongkai.catalogue.unit_list_words import unit_list_words
from gongkai.parsing.cells import read_cell
from gongkai.parsing.labels import bare, bare_without_remark
from gongkai.records import Status
from gongkai.store import lists
from gongkai.store.ledger_book import LedgerError

_HEADING_LINES = 10
_MOST_LEVELS = 4
_JOINT = " · "
_YEAR = re.compile(r"20\d\d\s*年度?")
Table = list[tuple[int, list[str]]]
"""Lines with their numbers; texts."""


@dataclass(frozen=True, slots=True)
class Located:
    """A ledger within its file: the texts above it, its columns, the lines below its headings, and the sheets that hold
    something else."""

    above: tuple[str, ...]
    columns: Columns
    lines: Table
    other_sheets: tuple[str, ...]


def located(file: Path, kind: LedgerKind) -> Located:
    """Find the one sheet with a column of units and columns of figures of this kind.

    Raise LedgerError for a file without one, or with several.
    """
    found: dict[str, tuple[tuple[str, ...], Columns, Table]] = {}
    refused: list[LedgerError] = []
    others = []
    for name, rows in lists.tables(file, LedgerError).items():
        table = [(number, [lists.text(each) for each in cells]) for number, cells in rows]
        try:
            found[name] = _read(file, table, kind)
        except LedgerError as error:
            if error.reason == "columns_twice":
                raise
            refused.append(error)
            if table:
                others.append(name)
    if not found and not refused:
        raise LedgerError(f"{file.name}: has no sheet of cells")
    if not found:
        # What the sheet lacks that comes nearest to a ledger.
        raise max(refused, key=lambda error: error.reason == "no_columns")
    if len(found) > 1:
        told = "、".join(found)
        raise LedgerError(f"{file.name}: several sheets hold figures ({told}); keep one", "several_sheets", told)
    return Located(*next(iter(found.values())), tuple(others))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand, by their number; `paths` the headings of each from the top down."""

    paths: Mapping[int, tuple[str, ...]]
    unit: int
    year: int | None
    scope: int | None
    metrics: Mapping[int, str]
    unread: tuple[str, ...]

    def heading(self, column: int) -> str:
        """The headings of a column as one."""
        return _JOINT.join(self.paths.get(column, ()))


def _read(file: Path, table: Table, kind: LedgerKind) -> tuple[tuple[str, ...], Columns, Table]:
    """The texts above the headings, the columns, the lines below. A line above that names whoever filled in the sheet
    (填报单位) may look like headings: then those that tell of figures stand further down."""
    refused: LedgerError | None = None
    units = unit_list_words().unit
    for named, (_, texts) in enumerate(table[:_HEADING_LINES]):
        column = min((i for i, text in enumerate(texts) if _is_one(text, units)), key=_rank(texts), default=None)
        if column is None:
            continue
        start, levels = _reach(table, named, column)
        try:
            columns = _columns(file, [texts for _, texts in table[start : start + levels]], column, kind)
        except LedgerError as error:
            if error.reason == "columns_twice":
                raise
            refused = error
            continue
        above = tuple(text for _, texts in table[:start] for text in texts if text)
        return above, columns, table[start + levels :]
    if refused is not None:
        raise refused
    told = f"no column of units (单位名称) in the first {_HEADING_LINES} lines"
    raise LedgerError(f"{file.name}: {told}", "no_units")


def _rank(texts: Sequence[str]) -> Callable[[int], tuple[bool, int]]:
    """Of several columns that may name the units, 单位名称 goes before 地区."""
    return lambda column: (not any(word in texts[column] for word in ("单位", "机关", "主体")), column)


def _reach(table: Table, named: int, column: int) -> tuple[int, int]:
    """Where the headings begin, and in how many lines they stand, around the line that names the column of units: its
    cell may reach over all of them, or stand in the last."""
    start = named
    while start and sum(map(bool, table[start - 1][1])) > 1 and not cell(table[start - 1][1], column):
        start -= 1
    end = named + 1
    while end < len(table) and end - start < _MOST_LEVELS and _goes_on(table[end][1], column):
        end += 1
    return start, end - start


def _goes_on(texts: Sequence[str], unit: int) -> bool:
    """Whether a line below the headings is one of them: it names no unit and holds no number."""
    return not cell(texts, unit) and not any(read_cell(text).status is Status.REPORTED for text in texts if text)


def _columns(file: Path, lines: Sequence[Sequence[str]], unit: int, kind: LedgerKind) -> Columns:
    words = unit_list_words()
    paths = _paths(lines)
    at: dict[str, int] = {}
    metrics: dict[int, str] = {}
    unread = []
    for column, path in paths.items():
        last = path[-1]
        metric = _metric(path, kind)
        if metric is not None:
            if metric in metrics.values():
                told = f"two columns give {metric}, one of them {_JOINT.join(path)}"
                raise LedgerError(f"{file.name}: {told}", "columns_twice", _JOINT.join(path))
            metrics[column] = metric
        elif _is_one(last, words.year):
            at.setdefault("year", column)
        elif _is_one(last, _scope_words()):
            at.setdefault("scope", column)
        elif column != unit and not _is_one(last, words.ignored):
            unread.append(_JOINT.join(path))
    if not metrics:
        some = "、".join(column.block + column.part for column in kind.template[:3])
        told = f"no column of figures is known in this ledger ({some}); found {'、'.join(unread)}"
        raise LedgerError(f"{file.name}: {told}", "no_columns", "、".join(unread))
    return Columns(paths, unit, at.get("year"), at.get("scope"), metrics, tuple(unread))


def _is_one(heading: str, words: Collection[str]) -> bool:
    """Whether a heading is one of some words, a remark in brackets behind it set aside."""
    return bare(heading) in words or bare_without_remark(heading) in words


@cache
def _scope_words() -> frozenset[str]:
    return frozenset(word for word, code in column_of().items() if code == "scope")


def _paths(lines: Sequence[Sequence[str]]) -> dict[int, tuple[str, ...]]:
    """The headings above each column from the top down; an upper one reaches to the right up to the next one."""
    width = max(map(len, lines))
    filled: list[list[str]] = []
    for number, texts in enumerate(lines):
        row = [cell(texts, column) for column in range(width)]
        if number < len(lines) - 1:
            for column in range(1, width):
                above_same = all(upper[column] == upper[column - 1] for upper in filled)
                below = any(cell(other, column) for other in lines[number + 1 :])
                if not row[column] and below and above_same:
                    row[column] = row[column - 1]
        filled.append(row)
    found = {}
    for column in range(width):
        path = tuple(dict.fromkeys(row[column] for row in filled if bare(row[column])))
        if path:
            found[column] = path
    return found


def _metric(path: Sequence[str], kind: LedgerKind) -> str | None:
    """The metric that headings name; the upper ones may be a title, and words that change nothing may stand between."""
    neutral = unit_list_words().neutral
    for printed in (bare, bare_without_remark):
        texts = [printed(_YEAR.sub("", part)) for part in path]
        for named in (texts, [text for text in texts if text not in neutral or text in kind.words]):
            for start in range(len(named)):
                metric = kind.metric("".join(named[start:]))
                if metric is not None:
                    return metric
    return None


def cell(texts: Sequence[str], column: int) -> str:
    """What stands in a column of a line; "" for nothing."""
    return texts[column].strip() if column < len(texts) else ""
