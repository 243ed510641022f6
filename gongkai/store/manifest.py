"""A manifest: what the office knows of the files it hands in (.csv or .xlsx), one row a file.

Columns, also by the Chinese headings of data/manifest_words.csv: file, agency, year, stage, received_on, published_on,
url, reviewer, contact, sender (who handed this version in). Only `file` is required; an empty cell says nothing. Lines
above the headings, further columns and lines that name no file are not used; what is not used is told. What a manifest
says goes before what the document says, and is kept beside it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gongkai.agencies.naming import describe
from gongkai.catalogue.tables import choice, rows
from gongkai.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR, STAGES
from gongkai.errors import CatalogueError, UnusableInput
from gongkai.paths import DATA
from gongkai.records import Report
from gongkai.store import lists
from gongkai.store.rows import Stated

COLUMNS = ("file", "agency", "year", "stage", "received_on", "published_on", "url", "reviewer", "contact", "sender")

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_YEAR = re.compile(r"(\d{4})(?:年|年度)?")
_DECORATION = re.compile(r"[\s*＊]|[(（][^()（）]*[)）]")
_ABOVE = 10
"""The headings are looked for in so many lines from the top."""
_ALIKE = 0.75
"""From this likeness on a heading that is not known is taken for a slip of a known one."""
_SEVERAL = "contact"
"""The one column that may come in several."""


class ManifestError(UnusableInput):
    """A manifest cannot be used: names the file and every wrong line and column."""


class Manifest:
    """The rows of a manifest, by file. `unused` says what of it counts for nothing: columns, rows without a file."""

    def __init__(self, path: Path, stated: dict[str, Stated], unused: tuple[str, ...] = ()) -> None:
        self._path = path
        self._stated = stated
        self.unused = unused

    def assign(self, files: Iterable[tuple[Path, str]]) -> dict[Path, Stated]:
        """What is said of each of `files`: (absolute path, name as ingest shows it), by that path.

        A row gives that name, or the path seen from the manifest's own folder, or the end of the name (the file's own
        name, a path within an archive). Raise ManifestError for a row that fits none of them, or several.
        """
        home = self._path.absolute().parent
        exact: dict[str, list[Path]] = {}
        beside: dict[str, list[Path]] = {}
        ends: dict[str, list[Path]] = {}
        for path, source in files:
            exact.setdefault(_key(source), []).append(path)
            if path.is_relative_to(home):
                beside[_key(path.relative_to(home).as_posix())] = [path]
            parts = _key(source).split("/")
            for start in range(1, len(parts)):
                ends.setdefault("/".join(parts[start:]), []).append(path)
        assigned: dict[Path, Stated] = {}
        problems = []
        for file, stated in self._stated.items():
            found = next((places[file] for places in (exact, beside, ends) if file in places), [])
            if len(found) > 1:
                found = beside.get(file, found)
            if len(found) == 1:
                assigned[found[0]] = stated
            elif found:
                problems.append(f"line {stated.line}, file: {file} is the name of {len(found)} files; give its path")
            else:
                problems.append(f"line {stated.line}, file: {file} is not among the files to ingest")
        lists.refuse(self._path, "nothing was ingested", problems, ManifestError)
        return assigned


def load(path: Path) -> Manifest:
    """Read and check a manifest. Raise ManifestError naming every wrong line and column."""
    stated: dict[str, Stated] = {}
    problems: list[str] = []
    header: dict[int, str] = {}
    unknown: list[str] = []
    without: list[str] = []
    entries = list(lists.lines(path, ManifestError))
    # An office's list may have a title and notes above its headings.
    start = next((place for place, (_, cells) in enumerate(entries[:_ABOVE]) if "file" in map(_column, cells)), 0)
    for line, cells in entries[start:]:
        if not header:
            header, unknown = _header(path, line, cells)
            continue
        values, wrong = _values(line, _row(header, cells))
        file = values.pop("file", None)
        if file is None:
            # A unit that has not sent anything yet, a sum, a note.
            without.append(str(line))
            continue
        problems += wrong
        if file in stated:
            problems.append(f"line {line}, file: {file} stands already in line {stated[file].line}")
        else:
            digest = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]
            stated[file] = Stated(values, line, digest)
    if not entries:
        problems.append("is empty")
    lists.refuse(path, "nothing was ingested", problems, ManifestError)
    unused = [f"columns not used: {', '.join(unknown)}"] if unknown else []
    if without:
        unused.append(f"lines without a file: {', '.join(without)}")
    return Manifest(path, stated, tuple(unused))


def apply(report: Report, stated: Stated, alone: bool) -> Report:
    """The report with what the manifest says of its file; `alone`: it is the file's only report.

    Of a file that holds several reports, a manifest cannot say whose each one is, nor of which year.
    """
    fields = ("stage", "published_on", "url", *(("agency", "year") if alone else ()))
    changes = {name: stated.values[name] for name in fields if name in stated.values}
    if changes.get("agency", report.agency) != report.agency:
        # Another name tells its own place; that of the old one only helps where the name leaves it open.
        told = describe(changes["agency"], report.province)
        if told.province:
            changes |= {"province": told.province, "city": told.city}
    return replace(report, **changes) if changes else report


@cache
def _words() -> dict[tuple[str, str], str]:
    path = DATA / "manifest_words.csv"
    found: dict[tuple[str, str], str] = {}
    for line, row in rows(path, ("field", "word", "meaning")):
        field = choice(path, line, "field", row["field"], frozenset({"column", "stage"}))
        choice(path, line, "meaning", row["meaning"], frozenset(COLUMNS if field == "column" else STAGES))
        if (field, row["word"]) in found:
            raise CatalogueError(f"{path.name}, line {line}, word: {row['word']} stands twice")
        found[field, row["word"]] = row["meaning"]
    return found


def _heading(cell: Any) -> str:
    """A heading without blanks, marks of what is required, and what stands in brackets."""
    return _DECORATION.sub("", lists.text(cell)).lower()


def _column(cell: Any) -> str | None:
    return _words().get(("column", _heading(cell)))


def _header(path: Path, line: int, cells: list[Any]) -> tuple[dict[int, str], list[str]]:
    """Which column is which, and the headings of those that are not known. Offices keep more in their lists than is
    needed here; but a heading that is nearly a known one is a slip, not to be passed over."""
    header: dict[int, str] = {}
    unknown: list[str] = []
    known = [word for field, word in _words() if field == "column"]
    for index, cell in enumerate(cells):
        word = _heading(cell)
        name = _column(cell)
        if name is None:
            meant = get_close_matches(word, known, 1, _ALIKE) if word.isascii() else []
            if meant:
                raise ManifestError(f"{path.name}, line {line}: unknown column {word!r}; is {meant[0]} meant?")
            if word:
                unknown.append(word)
        elif name in header.values() and name != _SEVERAL:
            raise ManifestError(f"{path.name}, line {line}: column {name} stands twice")
        else:
            header[index] = name
    if "file" not in header.values():
        raise ManifestError(f"{path.name}, line {line}: there is no column `file` (文件名)")
    return header, unknown


def _row(header: dict[int, str], cells: list[Any]) -> dict[str, Any]:
    """The cells by column; several columns for the contact (name, telephone) make one."""
    row = {name: cells[index] for index, name in header.items() if index < len(cells) and name != _SEVERAL}
    several = [lists.text(cells[index]) for index, name in header.items() if index < len(cells) and name == _SEVERAL]
    return row | {_SEVERAL: " ".join(filter(None, several))}


def _values(line: int, row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, cell in row.items():
        text = lists.text(cell)
        if not text:
            continue
        value = _value(name, cell, text)
        if value is None:
            wrong.append(f"line {line}, {name}: {text!r} {_EXPECTED[name]}")
        else:
            values[name] = value
    return values, wrong


_EXPECTED = {
    "file": "is no file name",
    "year": "is no year",
    "stage": f"is no stage ({', '.join(STAGES)})",
    "received_on": "is no date (2025-01-31)",
    "published_on": "is no date (2025-01-31)",
    "url": "is no address of a web page",
}


def _value(name: str, cell: Any, text: str) -> Any:
    if name == "file":
        return _key(text)
    if name == "year":
        match = _YEAR.fullmatch(text)
        return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else None
    if name == "stage":
        return _words().get(("stage", text))
    if name in ("received_on", "published_on"):
        return _date(cell, text)
    if name == "url":
        return text if urlsplit(text).scheme in ("http", "https") else None
    return text


def _date(cell: Any, text: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None


def _key(source: str) -> str:
    """One spelling for a path: NFC (macOS hands out NFD), forward slashes, no ./ in front."""
    return unicodedata.normalize("NFC", source.strip()).replace("\\", "/").removeprefix("./")
