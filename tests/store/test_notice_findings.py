"""Which findings go out: errors and chosen warnings of the year, sure, not settled, and the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from invented_reader import id_of, target, write

from gongkai.agencies.register import Unit
from gongkai.cli import main
from gongkai.store import generations
from gongkai.store.checking import check
from gongkai.store.decisions import Decisions
from gongkai.store.due_book import DueBook
from gongkai.store.findings import FindingEvents
from gongkai.store.ingest import Summary
from gongkai.store.reader import reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]
YEAR = 2023


def error(number: int, **more: Any) -> dict[str, Any]:
    return {
        "check": "flow_balance",
        "metrics": ["applications.new"],
        "expected": "12",
        "found": str(number),
        "detail": {"applicant": "all", "metric": "applications.new", "reason": str(number)},
        "cells": [str(number)],
        **more,
    }


WARNING = {"check": "placeholder_left", "severity": "warning", "metrics": [], "found": "×次", "detail": {}}
NOTICE = {"check": "grave_ground", "severity": "notice", "detail": {}}


@pytest.fixture
def held(office: Workspace, take_in: Ingest, tmp_path: Path) -> Workspace:
    folder = tmp_path / "in"
    findings = [error(14), error(15, doubtful=True), WARNING, NOTICE]
    write(folder, "a.txt", agency="淮安市财政局", finding=findings, stage="published")
    write(folder, "b.txt", agency="淮安市教育局", finding=[error(16)], stage="published")
    write(folder, "c.txt", agency="淮安市财政局", year=2022, finding=[error(17)], stage="published")
    take_in(folder)
    return office


def going(office: Workspace, **narrowed: Any) -> list[tuple[str, str]]:
    rows = reader(office).run("notice_findings", {"collection": "office", "year": YEAR, **narrowed})
    return [(row["agency"], row["found"]) for row in rows.to_dict("records")]


def all_rows(office: Workspace) -> list[dict[str, Any]]:
    return reader(office).run("notice_findings", {"collection": "office", "year": YEAR}).to_dict("records")


BOTH = [("淮安市财政局", "14"), ("淮安市教育局", "16")]


def test_sure_errors_of_the_year_go_out_and_nothing_else(held: Workspace) -> None:
    assert sorted(going(held)) == sorted(BOTH)
    assert going(held, year=2022) == [("淮安市财政局", "17")]
    assert going(held, year=2019) == []
    assert going(held, collection="other") == []


def test_warnings_go_out_only_if_their_check_is_named(held: Workspace) -> None:
    assert ("淮安市财政局", "×次") in going(held, warnings=["placeholder_left"])
    assert sorted(going(held, warnings=["grave_ground", "section_empty"])) == sorted(BOTH)


CARRIED = """
INSERT INTO store.cross_finding SELECT
    'office', agency_id, 2023, 'carry_over_broken', 'error', ['applications.carried_in'], 'all', '3', '5', '{}',
    '[]', false, report_id, $other, $other_agency, $other_year
FROM store.report WHERE source = 'a.txt'
"""


@pytest.mark.parametrize(("other_year", "goes"), [(2022, False), (2023, True)])
def test_what_rests_on_another_report_that_changed_does_not_go_out(
    held: Workspace, take_in: Ingest, tmp_path: Path, other_year: int, goes: bool
) -> None:
    old = tmp_path / "in" / ("c.txt" if other_year == 2022 else "d.txt")
    if other_year == 2023:  # another version of this very report: it need not stand
        take_in(write(tmp_path / "in", "d.txt", agency="淮安市财政局", finding=[], stage="draft"))
    with generations.write(held) as draft:
        given = {"other": id_of(old), "other_agency": None, "other_year": other_year}
        draft.connection.execute(CARRIED, given)
    assert ("淮安市财政局", "5") in going(held)
    if other_year == 2022:
        take_in(write(tmp_path / "new", "e.txt", agency="淮安市财政局", year=2022, finding=[], stage="corrected"))
    assert (("淮安市财政局", "5") in going(held)) is goes


def test_one_unit_alone(held: Workspace) -> None:
    (row,) = [each for each in all_rows(held) if each["agency"] == "淮安市教育局"]
    assert going(held, agency_id=row["agency_id"]) == [("淮安市教育局", "16")]


@pytest.mark.parametrize(
    ("events", "goes"),
    [
        (["notified"], True),
        (["false_alarm"], False),
        (["corrected"], False),
        (["explained"], False),
        (["explained", "closed"], False),
        (["explained", "reopened"], True),
    ],
)
def test_what_is_settled_does_not_go_out(events: list[str], goes: bool, held: Workspace) -> None:
    for event in events:
        rows = reader(held).run(
            "finding_list",
            {"collection": "office", "first_year": YEAR, "last_year": YEAR, "province": "", "city": ""}
            | {"levels": [], "kinds": [], "words": "教育局"},
        )
        assert len(FindingEvents(held).decide(rows.to_dict("records"), event, "张三", "理由").entries) == 1
    assert (("淮安市教育局", "16") in going(held)) is goes
    assert (("淮安市教育局", "16") in going(held, only_new=True)) is (events[-1] == "reopened")


def test_a_missing_report_is_told_when_its_day_is_over_and_nothing_came(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    unit = Unit("u", "淮安市财政局", "prefecture", "department", "江苏省", "淮安市")
    RegisterBook(office).replace("office", [unit], "张三", "登记")
    publish(office, "office", "张三", "test")
    DueBook(office).confirm("office", YEAR, ["u"], "张三", "名单")
    take_in(write(tmp_path / "other", "a.txt", agency="淮安市教育局"))
    check(office, "office")
    assert going(office) == going(office, today="2024-01-31") == []
    early = {"collection": "office", "first_year": 0, "last_year": 9999, "province": "", "city": ""}
    for day, missing in (("2024-01-31", 0), ("2024-02-01", 1), (None, 1)):
        asked = {**early, "levels": [], "kinds": [], "today": day}
        rows = reader(office).run("finding_list", asked)
        assert list(rows["check_code"]).count("report_missing") == missing
        assert int(reader(office).run("finding_units", asked)["errors"].sum()) == missing
        counted = reader(office).run("finding_counts", asked)
        assert int(counted.loc[counted["check_code"] == "report_missing", "findings"].sum()) == missing
    assert [name for name, _ in going(office, today="2024-02-01")] == ["淮安市财政局"]

    def fresh() -> bool:
        return bool(reader(office).run("checks_state", {"collection": "office"})["fresh"].iloc[0])

    assert fresh()
    DueBook(office).change("office", YEAR, [], ["u"], "张三", "已撤并")
    assert (going(office, today="2024-02-01"), fresh()) == ([], False)
    DueBook(office).change("office", YEAR, ["u"], [], "张三", "仍须报送")
    assert (len(going(office, today="2024-02-01")), fresh()) == (1, True)
    waiting = write(tmp_path / "later", "b.txt", agency="淮安市财政局", doubt="agency_uncertain")
    take_in(waiting)
    assert going(office, today="2024-02-01") == []
    Decisions(office).withdraw(target(waiting), "张三", "不是年度报告")
    assert len(going(office, today="2024-02-01")) == 1
    take_in(write(tmp_path / "later", "c.txt", agency="淮安市财政局"))
    assert going(office, today="2024-02-01") == []


def command(office: Workspace, *given: str) -> int:
    return main(["notices", "--data", str(office.folder), *given])


def test_the_command_writes_files_and_zip_and_records_what_went_out(
    held: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out" / "2023"
    assert command(held, str(YEAR), "--output", str(output), "--record", "--actor", "李四") == 0
    said = capsys.readouterr().out
    assert "2 units about 2 problems" in said
    assert "recorded as notified: 2 of 2" in said
    names = sorted(path.name for path in output.rglob("*.docx"))
    assert len([name for name in names if "汇总" not in name]) == 2
    assert (output / f"{YEAR}年度报告整改通知单.zip").exists()
    assert {row["state"] for row in all_rows(held)} == {"notified"}
    assert {entry["actor"] for entry in FindingEvents(held).trail(all_rows(held)[0]["finding_key"])} == {"李四"}
    assert command(held, str(YEAR), "--output", str(output), "--new") == 0
    assert "nothing was written" in capsys.readouterr().out


def test_the_command_for_one_unit_an_empty_year_and_slips(
    held: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "one"
    assert command(held, str(YEAR), "--agency", "淮安市教育局", "--output", str(output)) == 0
    assert len(list(output.rglob("*.docx"))) == 1
    empty = tmp_path / "empty"
    assert command(held, "2001", "--output", str(empty)) == 0
    assert not empty.exists()
    assert command(held, str(YEAR), "--agency", "无此局", "--output", str(empty)) == 2
    assert command(held, str(YEAR), "--warnings", "no_such", "--output", str(empty)) == 2
    assert command(held, str(YEAR), "--collection", "other", "--output", str(empty)) == 2
    file = tmp_path / "file"
    file.write_text("x")
    assert command(held, str(YEAR), "--output", str(file)) == 2
    assert "无此局" in capsys.readouterr().err


def test_a_broken_wording_of_the_office_stops_before_anything_is_written(
    held: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (held.folder / "templates").mkdir()
    (held.folder / "templates" / "notice.toml").write_text('[unit]\ntitle = "{who}"', encoding="utf-8")
    output = tmp_path / "out"
    assert command(held, str(YEAR), "--output", str(output)) == 1
    assert "templates/notice.toml, unit.title" in capsys.readouterr().err
    assert not output.exists()


def problems(office: Workspace, **narrowed: Any) -> list[tuple[str, str, int]]:
    rows = reader(office).run("year_problems", {"collection": "office", "year": YEAR, **narrowed}).to_dict("records")
    return sorted((str(row["severity"]), str(row["state"]), int(row["findings"])) for row in rows)


def test_what_a_unit_ever_had_counts_settled_or_gone_but_no_false_alarm_and_nothing_doubtful(
    held: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    others = [("notice", "found", 1), ("warning", "found", 1)]
    assert problems(held) == [("error", "found", 1), ("error", "found", 1), *others]
    rows = {row["agency"]: row for row in all_rows(held)}
    FindingEvents(held).decide([rows["淮安市财政局"]], "false_alarm", "张三", "核对无误")
    FindingEvents(held).decide([rows["淮安市教育局"]], "notified", "张三", "已发")
    write(tmp_path / "again", "b.txt", agency="淮安市教育局", stage="corrected")
    take_in(tmp_path / "again")
    assert problems(held) == [("error", "gone", 1), *others]
    assert problems(held, city="他市") == []
    assert going(held) == []


@pytest.mark.parametrize("readers", ["leaders", "units"])
def test_the_papers_about_a_year_are_written_from_the_store(readers: str, held: Workspace, tmp_path: Path) -> None:
    def brief(year: int, name: str) -> Path:
        given = ["brief", "--data", str(held.folder), str(year), "--for", readers, "--on", "2024-04-01"]
        assert main([*given, "--output", str(tmp_path / name)]) == 0
        return tmp_path / name

    first, second = brief(YEAR, "a.docx"), brief(YEAR, "b.docx")
    assert first.read_bytes() == second.read_bytes()
    told = "".join(paragraph.text for paragraph in docx.Document(str(first)).paragraphs)
    assert "2023年度" in told
    assert "2家单位" in told
    assert brief(2001, "c.docx").exists()
    assert main(["brief", "--data", str(held.folder), "2023", "--output", str(tmp_path / "d.txt")]) == 2
