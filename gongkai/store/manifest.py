"""A manifest: what the office knows of the files it hands in (.csv or .xlsx), one row a file.

Columns, also by the Chinese headings of data/manifest_words.csv: file, agency, year, stage, received_on, published_on,
url, reviewer, contact. Only `file` is required; an empty cell says nothing. What a manifest says goes before what the
document says, and is kept beside it.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gongkai.catalogue.tables import choice, rows
from gongkai.errors import CatalogueError, UnusableInput
from gongkai.paths import DATA
from gongkai.records import Report
from gongkai.store.rows import Stated

COLUMNS = ("file", "agency", "year", "stage", "received_on", "published_on", "url", "reviewer", "contact")
STAGES = frozenset({"draft", "approved", "published", "corrected"})

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年|年度)?(?:\.0)?")
_NAMED = 20


class ManifestError(UnusableInput):
    """A manifest cannot be used: names the file and every wrong line and column."""


class Manifest:
    """The rows of a manifest, by file."""

    def __init__(self, path: Path, stated: dict[str, Stated]) -> None:
        self._path = path
        self._stated = stated

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
        _refuse(self._path, problems)
        return assigned


def load(path: Path) -> Manifest:
    """Read and check a manifest. Raise ManifestError naming every wrong line and column."""
    stated: dict[str, Stated] = {}
    problems: list[str] = []
    header: dict[int, str] = {}
    for line, cells in _lines(path):
        if not header:
            header = _header(path, line, cells)
            continue
        row = {name: cells[index] for index, name in header.items() if index < len(cells)}
        values, wrong = _values(line, row)
        problems += wrong
        if not values and not wrong:
            continue
        file = values.pop("file", None)
        if file is None:
            problems.append(f"line {line}, file: is empty")
        elif file in stated:
            problems.append(f"line {line}, file: {file} stands already in line {stated[file].line}")
        else:
            digest = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]
            stated[file] = Stated(values, line, digest)
    if not header:
        problems.append("is empty")
    _refuse(path, problems)
    return Manifest(path, stated)


def apply(report: Report, stated: Stated, alone: bool) -> Report:
    """The report with what the manifest says of its file; `alone`: it is the file's only report.

    Of a file that holds several reports, a manifest cannot say whose each one is, nor of which year.
    """
    fields = ("stage", "published_on", "url", *(("agency", "year") if alone else ()))
    changes = {name: stated.values[name] for name in fields if name in stated.values}
    return replace(report, **changes) if changes else report


@cache
def _words() -> dict[tuple[str, str], str]:
    path = DATA / "manifest_words.csv"
    found: dict[tuple[str, str], str] = {}
    for line, row in rows(path, ("field", "word", "meaning")):
        field = choice(path, line, "field", row["field"], frozenset({"column", "stage"}))
        choice(path, line, "meaning", row["meaning"], frozenset(COLUMNS) if field == "column" else STAGES)
        if (field, row["word"]) in found:
            raise CatalogueError(f"{path.name}, line {line}, word: {row['word']} stands twice")
        found[field, row["word"]] = row["meaning"]
    return found


def _header(path: Path, line: int, cells: list[Any]) -> dict[int, str]:
    header: dict[int, str] = {}
    for index, cell in enumerate(cells):
        word = re.sub(r"\s", "", str(cell if cell is not None else "")).lower()
        if not word:
            continue
        name = _words().get(("column", word))
        if name is None:
            raise ManifestError(f"{path.name}, line {line}: unknown column {word!r}; known are {', '.join(COLUMNS)}")
        if name in header.values():
            raise ManifestError(f"{path.name}, line {line}: column {name} stands twice")
        header[index] = name
    if "file" not in header.values():
        raise ManifestError(f"{path.name}, line {line}: there is no column `file` (文件名)")
    return header


def _values(line: int, row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, cell in row.items():
        text = "" if cell is None else str(cell).strip()
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
    "stage": "is no stage (draft, approved, published, corrected)",
    "received_on": "is no date (2025-01-31)",
    "published_on": "is no date (2025-01-31)",
    "url": "is no address of a web page",
}


def _value(name: str, cell: Any, text: str) -> Any:
    if name == "file":
        return _key(text)
    if name == "year":
        match = _YEAR.fullmatch(text)
        return int(match.group(1)) if match else None
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


def _lines(path: Path) -> Iterator[tuple[int, list[Any]]]:
    if not path.is_file():
        raise ManifestError(f"{path}: there is no such file")
    if path.suffix.lower() == ".xlsx":
        yield from _sheet(path)
        return
    try:
        content = path.read_bytes()
        # Excel writes a .csv in the system's encoding: GB18030 on a Chinese Windows.
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030")
        reader = csv.reader(text.splitlines(keepends=True))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, list(cells)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ManifestError(f"{path.name}: cannot be read as .csv ({error})") from error


def _sheet(path: Path) -> Iterator[tuple[int, list[Any]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if any(cell is not None and str(cell).strip() for cell in cells):
                yield line, list(cells)
        book.close()
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise ManifestError(f"{path.name}: cannot be read as .xlsx ({error})") from error


def _refuse(path: Path, problems: list[str]) -> None:
    if problems:
        more = "" if len(problems) <= _NAMED else f"; and {len(problems) - _NAMED} more"
        raise ManifestError(f"{path.name}: nothing was ingested. " + "; ".join(problems[:_NAMED]) + more)
