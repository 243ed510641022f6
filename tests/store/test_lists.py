"""Lists: whatever Excel made of them, the same rows come out; what does not fit is named."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from gongkai.errors import UnusableInput
from gongkai.store.lists import records

ROWS = [["name", "year", "note"], ["清河区\u2028局", "2024", "第一行\n第二行"], ["乙", "", "=1+1"]]
EXPECTED = [("清河区\u2028局", "2024", "第一行\n第二行"), ("乙", "", "=1+1")]


def _read(path: Path) -> list[tuple[str, ...]]:
    return [
        tuple(cells[name] for name in ("name", "year", "note")) for _, cells in records(path, ROWS[0], UnusableInput)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_of_a_csv(tmp_path: Path, encoding: str) -> None:
    text = "\r\n".join(",".join('"' + cell + '"' for cell in row) for row in ROWS) + "\r\n,,\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert _read(tmp_path / "a.csv") == EXPECTED


def test_a_workbook_gives_the_same_rows_in_any_order_of_columns(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for name, year, note in ROWS:
        sheet.append([note if note != "=1+1" else None, name, float(year) if year.isdigit() else year or None])
    sheet["A3"].data_type, sheet["A3"].value = "s", "=1+1"
    sheet["A3"].data_type = "s"
    book.save(tmp_path / "a.xlsx")
    assert _read(tmp_path / "a.xlsx") == EXPECTED


def test_cells_of_other_kinds(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", "year", "note"])
    sheet.append([True, 0.5, datetime(2024, 1, 31, 8)])
    book.save(tmp_path / "a.xlsx")
    assert _read(tmp_path / "a.xlsx") == [("true", "0.5", "2024-01-31")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "missing: name, year, note"),
        ("a.csv", b"name,year,note,note\n", "twice: note"),
        ("a.csv", b"name,,note,year\n", r"unknown: \(blank\)"),
        ("a.csv", b"name,year,note\na,b\n", "line 2: has not 3 fields"),
        ("a.csv", b"name,year,note\na,b,c,d\n", "line 2: has not 3 fields"),
        ("a.csv", b"\xff\xff\xff", "cannot be read as .csv"),
        ("a.xlsx", b"name,year,note\n", "cannot be read as .xlsx"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnusableInput, match=rf"{name}.*{says}"):
        _read(tmp_path / name)
