"""Invented ledgers as sheets, and a workspace of units that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import invented_reader
import openpyxl
from invented_reader import write

from gongkai.agencies.register import FormerName, Unit
from gongkai.store.ingest import Reader, ingest
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.workspace import Workspace, create

ISSUED, REPEALED, FORCE = (f"normative_documents.{part}" for part in ("issued", "repealed", "in_force"))
CITY = Unit("g", "淮安市人民政府", "prefecture", "government", "江苏省", "淮安市")
OFFICE = Unit(
    "o", "淮安市国防动员办公室", "prefecture", "department", "江苏省", "淮安市", parent="g",
    former_names=(FormerName("淮安市人民防空办公室", None, 2022),),
)  # fmt: skip
FARM = Unit("f", "淮安市农业农村局", "prefecture", "department", "江苏省", "淮安市", parent="g")
DATA = Unit("d", "淮安市数据局", "prefecture", "department", "江苏省", "淮安市", parent="g")


def made(folder: Path) -> Workspace:
    """Registered units, three of which have reports."""
    office = create(folder / "office")
    RegisterBook(office).replace("office", [CITY, OFFICE, FARM, DATA], "张三", "登记")
    publish(office, "office", "张三", "test")
    reports = folder / "in"
    write(reports, "f.txt", agency="淮安市农业农村局", figures={ISSUED: 3, REPEALED: 1})
    write(reports, "o.txt", agency="淮安市国防动员办公室", figures={ISSUED: 2}, doubt="cell_unreadable")
    write(reports, "g.txt", agency="淮安市人民政府", figures={ISSUED: 20}, scope="whole")
    write(reports, "f2022.txt", agency="淮安市农业农村局", year=2022, figures={ISSUED: 5})
    ingest(office, [reports], worker_count=1, actor="测试", reader=Reader(invented_reader.read, "1"))
    return office


def sheet(
    folder: Path, rows: Sequence[Sequence[object]], name: str = "ledger.xlsx", merged: Sequence[str] = ()
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    book.save(folder / name)
    return folder / name


def plain(folder: Path, *rows: Sequence[object], name: str = "ledger.xlsx") -> Path:
    """A ledger of normative documents: unit, issued, repealed, in force."""
    return sheet(folder, [["单位", "制发", "废止", "现行有效"], *rows], name)
