"""What was stated of a file stays when it is read again; files that come without a manifest have the day they came."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from invented_reader import write

from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace


def rows(workspace: Workspace) -> dict[str, dict[str, Any]]:
    found = (
        reader(workspace)
        .cursor()
        .execute("SELECT source, stage, received_on, contact, standing, parser_version FROM report ORDER BY source")
    )
    names = [column[0] for column in found.description or ()]
    return {Path(row[0]).name: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def test_what_a_manifest_said_stays_when_the_file_is_read_again_without_it(
    office: Workspace, take_in: Any, tmp_path: Path
) -> None:
    path = write(tmp_path / "in", "a.txt", figures={"applications.new": 3})
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,stage,received_on,contact\na.txt,approved,2024-01-10,李四\n", encoding="utf-8")
    take_in(path, manifest_file=manifest)
    assert take_in(path, version="2").stored == 1
    row = rows(office)["a.txt"]
    assert (row["stage"], row["received_on"], row["contact"]) == ("approved", date(2024, 1, 10), "李四")
    assert row["parser_version"] == "2"
    assert take_in(path, version="2", manifest_file=manifest).stored == 0


def test_the_later_of_two_undated_versions_stands(office: Workspace, take_in: Any, tmp_path: Path) -> None:
    for number in range(6):
        path = write(tmp_path / "in", f"{number}.txt", figures={"applications.new": number})
        take_in(path, received_on=date(2024, 1, 10 + number))
        standing = {name: row["standing"] for name, row in rows(office).items()}
        assert [name for name, said in standing.items() if said == "current"] == [f"{number}.txt"]


def test_a_file_that_was_there_keeps_the_day_it_came(office: Workspace, take_in: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.txt", figures={"applications.new": 3})
    take_in(path, received_on=date(2024, 1, 10))
    take_in(path, version="2", received_on=date(2024, 3, 1))
    assert rows(office)["a.txt"]["received_on"] == date(2024, 1, 10)
    other = write(tmp_path / "in", "b.txt", figures={"applications.new": 4})
    take_in(other)
    take_in(other, version="2", received_on=date(2024, 3, 1))
    assert rows(office)["b.txt"]["received_on"] is None
