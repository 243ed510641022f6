"""A register as a sheet (.csv, .xlsx), read with every wrong line and column named.

Headings and values may be codes or Chinese (data/register_columns.csv, data/register_words.csv); columns may
be left out.
A plain list of names lacks level and kind: they are proposed, and count only once a person has looked at them.
A line of a unit that the register knows is that unit, renamed or not, and keeps what the list has no column for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gongkai.agencies.naming import agency_id, clean, describe
from gongkai.agencies.proposals import place_of_list, proposed, with_parents
from gongkai.agencies.register import NOWHERE, FormerName, Register, Unit, problems, unknown_references
from gongkai.catalogue.divisions import Division
from gongkai.catalogue.register_columns import COLUMNS, code_of, column_of, headings
from gongkai.catalogue.unit_list_words import unit_list_words
from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR
from gongkai.parsing.labels import bare
from gongkai.parsing.organisations import may_be_agency
from gongkai.store import lists
from gongkai.store.register_book import RegisterError

_HEADING_LINES = 10
_SEPARATOR = re.compile(r"[;；、|]")
_FORMER = re.compile(r"(?P<name>.+?)\s*[(（](?P<first>\d{4})?\s*[-—~至–]\s*(?P<last>\d{4})?[)）]$")
CODED = ("level", "kind", "scope")
"""Columns that hold one of a few codes."""
REFERENCES = ("parent", "reports_to", "counts_in", "successor")
"""Columns that name another unit."""
_NUMBERS = ("population", "population_year", "since", "until")
_TEXTS = ("province", "city", "territory", "contact", "telephone")


class SheetError(RegisterError):
    """A file that holds no register. `reason` is a stable code: unreadable, no_name_column, unknown_columns,
    columns_twice, no_units; `value` names the columns concerned."""

    def __init__(self, message: str, reason: str = "unreadable", value: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.value = value


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be read: line of the sheet (from 1), code of the column, reason, and what stands there.

    `first` is, of a unit that stands twice, the line of the first (null: it is in the register).
    """

    line: int
    column: str
    reason: str
    value: str = ""
    first: int | None = None

    def __str__(self) -> str:
        where = "the register" if self.first is None else f"line {self.first}"
        return f"line {self.line}, {self.column}: {_REASONS[self.reason].format(value=self.value, where=where)}"


_REASONS = {
    "empty": "is empty",
    "no_code": "{value!r} is none of its values",
    "no_number": "{value!r} is no whole number",
    "no_year": "{value!r} is no year",
    "unknown": "{value} is not in the file",
    "several": "{value} is the name of several units; write the one with its place in front",
    "twice": "{value} stands already in {where}",
    "loop": "{value} would stand below itself",
    "before_since": "ends before it begins",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The units of a sheet. `proposed` are the ids of those whose level or kind was told from the name; `lines` where
    each stands. `wrong` names what cannot be read: then nothing may be imported."""

    units: tuple[Unit, ...]
    lines: Mapping[str, int]
    proposed: frozenset[str]
    wrong: tuple[Wrong, ...]


def read(file: Path, known: Sequence[Unit] = ()) -> Sheet:
    """Read a register, or a part of it; `known` are the units registered already, which it may name as parents.

    Raise SheetError if the file cannot be read or has no column of names.
    """
    title, columns, table = _table(file)
    standing = Register.of(known)
    full = {"level", "kind"} <= set(columns)
    place = None if full else place_of_list([*title, *(cells.get("name", "") for _, cells in table)])
    wrong: list[Wrong] = []
    drafts: list[tuple[int, Unit, dict[str, str]]] = []
    told: set[str] = set()
    for line, cells in table:
        if not cells.get("name"):
            wrong.append(Wrong(line, "name", "empty"))
            continue
        unit, guessed = _unit(line, cells, place, wrong, standing, columns)
        if guessed:
            told.add(unit.id)
        drafts.append((line, unit, cells))
    lines: dict[str, int] = {}
    for line, unit, _ in drafts:
        if lines.setdefault(unit.id, line) != line:
            wrong.append(Wrong(line, "name", "twice", unit.name, lines[unit.id]))
    others = [unit for unit in known if unit.id not in lines]
    units = _referred(drafts, others, wrong)
    if "parent" not in columns:
        completed = with_parents([*units, *others])
        units = [one if one.id in standing.units else new for one, new in zip(units, completed, strict=False)]
        told |= {unit.id for unit in units if unit.parent and unit.id not in standing.units}
    wrong += _impossible(units, others, lines)
    if not drafts and not wrong:
        raise SheetError(f"{file.name}: names no agency", "no_units")
    return Sheet(
        tuple(units), lines, frozenset(told), tuple(sorted(set(wrong), key=lambda one: (one.line, one.column)))
    )


def missing(sheet: Sheet, known: Sequence[Unit]) -> list[Wrong]:
    """What stands in the way of making the sheet the whole register: references to units that it does not name."""
    names = {unit.id: unit.name for unit in known}
    return [
        Wrong(sheet.lines[one.unit], one.field, "unknown", names.get(one.other or "", one.other or ""))
        for one in unknown_references(sheet.units)
    ]


def _table(file: Path) -> tuple[list[str], list[str], list[tuple[int, dict[str, str]]]]:
    """The lines above the headings, the columns' codes, and the cells of each line by code."""
    known = column_of()
    above: list[str] = []
    codes: list[str] = []
    table: list[tuple[int, dict[str, str]]] = []
    for line, cells in lists.lines(file, SheetError):
        texts = [lists.text(cell) for cell in cells]
        if codes:
            said = {code: text for code, text in zip(codes, texts, strict=False) if code}
            if not _is_remark(said, texts):
                table.append((line, said))
            continue
        meant = [known.get(re.sub(r"\s", "", text)) for text in texts]
        if "name" in meant:
            unknown = [text for text, code in zip(texts, meant, strict=True) if text and code is None]
            twice = sorted({code for code in meant if code and meant.count(code) > 1})
            if unknown or twice:
                raise SheetError(
                    f"{file.name}, line {line}: columns may be {', '.join(COLUMNS)} or their Chinese names"
                    + (f"; unknown: {', '.join(unknown)}" if unknown else "")
                    + (f"; twice: {', '.join(twice)}" if twice else ""),
                    "unknown_columns" if unknown else "columns_twice",
                    "、".join(unknown or [headings()[code] for code in twice]),
                )
            codes = [code or "" for code in meant]
        elif len(above) >= _HEADING_LINES:
            break
        else:
            above += [text for text in texts if text]
    if not codes:
        raise SheetError(
            f"{file.name}, line 1: no column is called {headings()['name']} (name), here or soon below",
            "no_name_column",
        )
    return above, codes, table


def _is_remark(said: Mapping[str, str], texts: Sequence[str]) -> bool:
    """Whether a line below the headings names no unit: one that adds up, or a remark that stands alone in its line."""
    name = said.get("name", "")
    if bare(name) in unit_list_words().total:
        return True
    return sum(map(bool, texts)) == 1 and not may_be_agency("".join((name or "".join(texts)).split()))


def _unit(
    line: int,
    cells: dict[str, str],
    place: Division | None,
    wrong: list[Wrong],
    standing: Register,
    columns: Collection[str],
) -> tuple[Unit, bool]:
    """A unit as its line says it, completed by what the register knows of it, or by what its name tells; whether
    level or kind are told by the name."""
    said: dict[str, Any] = {}
    for name in CODED:
        if text := cells.get(name, ""):
            code = code_of(name, text)
            if code is None:
                wrong.append(Wrong(line, name, "no_code", text))
            said[name] = code or ""
    for name in _NUMBERS:
        if text := cells.get(name, "").replace(",", ""):
            year = name != "population"
            if not text.isdecimal() or (year and not FIRST_YEAR - 60 <= int(text) <= LAST_YEAR):
                wrong.append(Wrong(line, name, "no_year" if year else "no_number", text))
            else:
                said[name] = int(text)
    said |= {name: cells[name] for name in _TEXTS if cells.get(name)}
    aliases, former = names_in(cells.get("aliases", "")), former_names_in(cells.get("former_names", ""))
    full = {"level", "kind"} <= said.keys()
    guess = _as_written(cells["name"], said) if full else proposed(cells["name"], place)
    unit = replace(guess, **said, short_names=(*guess.short_names, *aliases), former_names=former)
    before = (
        standing.units.get(unit.id)
        or standing.find(unit.name, unit.province, unit.city)
        or standing.find(cells["name"], unit.province, unit.city)
        or next((found for name in former if (found := standing.find(name.name, unit.province, unit.city))), None)
    )
    if before is not None and not _elsewhere(unit, before):
        unit = _kept(unit, cells["name"], before, columns)
    else:
        before = None
    for name in ("level", "kind"):
        if not getattr(unit, name) and not any(one.line == line and one.column == name for one in wrong):
            wrong.append(Wrong(line, name, "empty"))
    return unit, not full and before is None


def _elsewhere(unit: Unit, other: Unit) -> bool:
    """Whether two units of one name lie at different places."""
    places = ((getattr(unit, part), getattr(other, part)) for part in ("province", "city", "county"))
    return any(one and another and one != another for one, another in places)


def _kept(unit: Unit, written: str, before: Unit, columns: Collection[str]) -> Unit:
    """A known unit as a list gives it: what the list has no column for stays, as does its name where `written` is a
    short one, or one that the unit bore before."""
    silent = {column: getattr(before, _FIELDS.get(column, column)) for column in COLUMNS if column not in columns}
    kept: dict[str, Any] = {_FIELDS.get(column, column): value for column, value in silent.items()}
    for name in ("level", "kind", "county"):
        kept.setdefault(name, getattr(unit, name) or getattr(before, name))
    old = {clean(name) for name in (*before.short_names, *(former.name for former in before.former_names))}
    kept["name"] = before.name if old & {clean(unit.name), clean(written)} else unit.name
    return replace(unit, id=before.id, **kept)


_FIELDS = {"aliases": "short_names"}
"""The fields of a unit that are not called as their column."""


def _as_written(name: str, said: Mapping[str, Any]) -> Unit:
    """A unit whose line is filled in, as it is written; of several places of one name, the city tells which it is."""
    province, city = said.get("province"), said.get("city")
    told = describe(name, province)
    if len(told.places) > 1:
        told = describe((city or "") + name, province)
    county = told.county
    if county is None and said["level"] in ("county", "township") and city and told.city and told.city != city:
        # 凤汀市 in a line that says 雁塘市, of no list: a county's city.
        county = told.city
    return Unit(agency_id(told.name, province), name, said["level"], said["kind"], province, city, county)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a cell that holds several."""
    return tuple(part.strip() for part in _SEPARATOR.split(text) if part.strip())


def former_names_in(text: str) -> tuple[FormerName, ...]:
    """The former names in a cell, with their years where they stand behind them: 甲局(2014-2018);乙局(-2020)."""
    return tuple(_former(part) for part in names_in(text))


def _former(text: str) -> FormerName:
    match = _FORMER.match(text.strip())
    if match is None:
        return FormerName(text.strip())
    return FormerName(match["name"], *(int(match[end]) if match[end] else None for end in ("first", "last")))


def _referred(
    drafts: Sequence[tuple[int, Unit, dict[str, str]]], others: Sequence[Unit], wrong: list[Wrong]
) -> list[Unit]:
    """The units with the ids of those that they name, in the list or among the registered `others`."""
    register = Register.of([*(unit for _, unit, _ in drafts), *others])
    names = {clean(name) for _, unit, _ in drafts for name in (unit.name, *unit.short_names)}
    found = []
    for line, unit, cells in drafts:
        said: dict[str, Any] = {}
        for column in REFERENCES:
            text = cells.get(column, "")
            if not text:
                continue
            if column == "counts_in" and code_of(column, text) == NOWHERE:
                said[column] = NOWHERE
            elif (other := register.find(text, unit.province, unit.city)) is not None:
                said[column] = other.id
            else:
                wrong.append(Wrong(line, column, "several" if clean(text) in names else "unknown", text))
        found.append(replace(unit, **said))
    return found


def _impossible(units: Sequence[Unit], others: Sequence[Unit], lines: Mapping[str, int]) -> list[Wrong]:
    names = {unit.id: unit.name for unit in units}
    found = []
    for one in problems([*others, *units]):
        if one.reason == "unknown" or one.unit not in lines:
            continue  # named already, in the words of the file; or not the file's
        if one.reason == "twice" and one.unit == one.other:
            continue  # likewise
        first = lines.get(one.other) if one.other else None
        found.append(Wrong(lines[one.unit], one.field, one.reason, names.get(one.unit, ""), first))
    return found
