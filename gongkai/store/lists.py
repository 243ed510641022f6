"""Lists that people keep in a table: .csv in whatever encoding their Excel writes, or .xlsx. Read as rows of cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
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


def _sheet(path: Path, error: type[UnusableInput]) -> Iterator[tuple[int, list[Any]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            # Some programs write a wrong size into the sheet; the rows themselves are right.
            sheet.reset_dimensions()
            for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                if any(text(cell) for cell in cells):
                    yield line, list(cells)
        finally:
            book.close()
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as problem:
        raise error(f"{path.name}: cannot be read as .xlsx ({problem})") from problem
