"""Lists that people keep in a table: .csv in whatever encoding their Excel writes, or .xlsx. Read as rows of cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from gongkai.errors import UnusableInput

_NAMED = 20
"""How many wrong lines one message names."""


def lines(path: Path, error: type[UnusableInput]) -> Iterator[tuple[int, list[Any]]]:
    """Yield (line, cells) of every line that holds something: texts, in .xlsx also numbers, dates and None.

    Raise `error` naming the file if it cannot be read.
    """
    if not path.is_file():
        raise error(f"{path}: there is no such file")
    yield from _sheet(path, error) if _is_sheet(path) else _csv(path, error)


def records(path: Path, columns: Sequence[str], error: type[UnusableInput]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column) of a list whose first line names just `columns`, in any order; blank is "".

    Raise `error` naming the file and the line of what does not fit.
    """
    header: list[str] = []
    for line, cells in lines(path, error):
        texts = [text(cell) for cell in cells]
        while texts and len(texts) > len(header) and not texts[-1]:
            texts.pop()
        if not header:
            header = texts
            _check(path, line, header, columns, error)
            continue
        if _is_sheet(path):
            texts += [""] * (len(header) - len(texts))
        if len(texts) != len(header):
            raise error(f"{path.name}, line {line}: has not {len(header)} fields")
        yield line, dict(zip(header, texts, strict=True))
    if not header:
        _check(path, 1, header, columns, error)


def text(cell: object) -> str:
    """A cell as text: 2024 for the number 2024.0, 2025-01-31 for a date, true and false, "" for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def refuse(path: Path, nothing: str, problems: list[str], error: type[UnusableInput]) -> None:
    """Raise `error` for `problems`, if there are any: the file, that nothing was done, and the first of them."""
    if problems:
        more = "" if len(problems) <= _NAMED else f"; and {len(problems) - _NAMED} more"
        raise error(f"{path.name}: {nothing}. " + "; ".join(problems[:_NAMED]) + more)


def _check(path: Path, line: int, header: list[str], columns: Sequence[str], error: type[UnusableInput]) -> None:
    problems = {
        "missing": [name for name in columns if name not in header],
        "unknown": [name or "(blank)" for name in header if name not in columns],
        "twice": sorted({name for name in header if header.count(name) > 1}),
    }
    if any(problems.values()):
        told = "".join(f"; {problem}: {', '.join(names)}" for problem, names in problems.items() if names)
        raise error(f"{path.name}, line {line}: columns must be {', '.join(columns)}{told}")


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"


def _csv(path: Path, error: type[UnusableInput]) -> Iterator[tuple[int, list[Any]]]:
    try:
        content = path.read_bytes()
        # Excel writes a .csv in the system's encoding: GB18030 on a Chinese Windows.
        try:
            decoded = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            decoded = content.decode("gb18030")
        reader = csv.reader(io.StringIO(decoded, newline=""))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, list(cells)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise error(f"{path.name}: cannot be read as .csv ({problem})") from problem


def tables(path: Path, error: type[UnusableInput]) -> dict[str, list[tuple[int, list[Any]]]]:
    """The lines of every visible sheet by its name ("" of a .csv), as `lines` gives those of the first.

    A formula without a value (nobody has computed it since it was written) is its text, so that it is no blank.
    """
    if not path.is_file() or not _is_sheet(path):
        return {"": list(lines(path, error))}
    found = _visible(path, error, values=True)
    if not _holds_formulas(path):
        return found
    written = _visible(path, error, values=False)
    return {name: _with_formulas(rows, written[name]) for name, rows in found.items()}


def _visible(path: Path, error: type[UnusableInput], values: bool) -> dict[str, list[tuple[int, list[Any]]]]:
    with _opened(path, error, values) as book:
        return {sheet.title: list(_filled(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"}


def _with_formulas(
    values: Sequence[tuple[int, list[Any]]], written: Sequence[tuple[int, list[Any]]]
) -> list[tuple[int, list[Any]]]:
    """The lines with the text of each formula that has no value."""
    known = dict(values)
    return [
        (line, [text if value is None else value for value, text in zip_longest(known.get(line, []), cells)])
        for line, cells in written
    ]


def _holds_formulas(path: Path) -> bool:
    from zipfile import ZipFile

    with ZipFile(path) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in packed.read(name) for name in sheets)


def _sheet(path: Path, error: type[UnusableInput]) -> Iterator[tuple[int, list[Any]]]:
    with _opened(path, error, values=True) as book:
        yield from _filled(book.worksheets[0])


@contextmanager
def _opened(path: Path, error: type[UnusableInput], values: bool) -> Iterator[Any]:
    """A workbook with the values of its formulas, or with their texts; what goes wrong while it is read is `error`."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=values)
        try:
            yield book
        finally:
            book.close()
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as problem:
        raise error(f"{path.name}: cannot be read as .xlsx ({problem})") from problem


def _filled(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    # Some programs write a wrong size into the sheet; the rows themselves are right.
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(text(cell) for cell in cells):
            yield line, list(cells)
