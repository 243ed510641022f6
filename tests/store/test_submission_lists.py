"""Lists of who is due, of events and of dates: wrong lines are named and nothing is entered; what stands is not entered
twice; names mean the unit of the year; a list that is not confirmed is proposed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from invented_reader import digest, write

from gongkai.agencies.register import FormerName, Unit
from gongkai.catalogue.deadlines import deadlines
from gongkai.errors import CatalogueError, UnusableInput
from gongkai.store.deadline_book import Concerned, DeadlineBook
from gongkai.store.due_book import DueBook, Edited
from gongkai.store.reader import reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.submission_book import SubmissionBook
from gongkai.store.submission_files import import_deadlines, import_due, import_events
from gongkai.store.workspace import Workspace

OFFICE = Unit(
    "o", "淮安市国防动员办公室", "prefecture", "department", "江苏省", "淮安市",
    former_names=(FormerName("淮安市人民防空办公室", None, 2022),),
)  # fmt: skip
POOR = Unit("p", "淮安市乡村振兴局", "prefecture", "department", "江苏省", "淮安市", until=2023, successor="f")
FARM = Unit("f", "淮安市农业农村局", "prefecture", "department", "江苏省", "淮安市")
DATA = Unit("d", "淮安市数据局", "prefecture", "department", "江苏省", "淮安市", since=2024)


@pytest.fixture
def registered(office: Workspace) -> Workspace:
    RegisterBook(office).replace("office", [OFFICE, POOR, FARM, DATA], "张三", "登记")
    publish(office, "office", "张三", "test")
    return office


def listed(workspace: Workspace, year: int) -> tuple[set[str], set[bool]]:
    """The units on a year's list, and whether it is confirmed."""
    found = reader(workspace).run(
        "submissions", {"collection": "office", "year": year, "item": "report", "today": "2024-02-05"}
    )
    return set(found.loc[found["due"].astype(bool), "agency_id"]), set(found["confirmed"])


def file(folder: Path, text: str) -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_proposed_from_the_register_and_taken_over_from_year_to_year(registered: Workspace) -> None:
    assert listed(registered, 2023) == ({"o", "p", "f"}, {False})
    book = DueBook(registered)
    book.confirm("office", 2023, ["o", "p"], "张三", "名单")
    assert listed(registered, 2023) == ({"o", "p"}, {True})
    # The successor of the merged unit and the new one come in; who was left out before stays out.
    assert listed(registered, 2024) == ({"o", "f", "d"}, {False})
    book.change("office", 2024, [], ["d"], "张三", "不单独报送")
    assert listed(registered, 2024) == ({"o", "f"}, {False})
    assert book.confirm("office", 2024, ["o", "f"], "张三", "名单") == Edited(2, 0)
    assert listed(registered, 2024) == ({"o", "f"}, {True})
    book.change("office", 2024, ["d"], ["o"], "李四", "更正")
    assert listed(registered, 2024) == ({"d", "f"}, {True})
    book.reopen("office", 2024, "李四", "重新核对")
    assert listed(registered, 2024)[1] == {False}
    assert [entry["actor"] for entry in book.history("office", 2024)][-1] == "李四"


def test_without_a_register_those_of_the_year_before_are_proposed(
    office: Workspace, take_in: Any, tmp_path: Path
) -> None:
    take_in(write(tmp_path, "a.txt", year=2022, figures={"applications.new": 1}))
    found, confirmed = listed(office, 2023)
    assert (len(found), confirmed) == (1, {False})


def test_an_imported_list_means_the_units_of_its_year(registered: Workspace, tmp_path: Path) -> None:
    lines = (
        "agency,year",
        "淮安市人民防空办公室,2022",
        "淮安市乡村振兴局,2022",
        "淮安市国防动员办公室,2024",
        "淮安市乡村振兴局,2024",
    )
    text = "\n".join(lines)
    edited = import_due(registered, file(tmp_path, text), "office", "张三")
    assert edited == {2022: Edited(2, 0), 2024: Edited(2, 0)}
    assert listed(registered, 2022) == ({"o", "p"}, {True})
    assert listed(registered, 2024) == ({"o", "f"}, {True})
    # The same again changes nothing; another list replaces exactly the years that it names.
    assert import_due(registered, file(tmp_path, text), "office", "张三")[2022] == Edited(0, 0)
    assert import_due(registered, file(tmp_path, "单位名称,年度\n淮安市数据局,2024年\n"), "office", "张三") == {
        2024: Edited(1, 2)
    }
    assert listed(registered, 2022)[0] == {"o", "p"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("agency,year\n淮安市教育局,2023\n淮安市数据局,23\n", "line 2, agency.*line 3, year"),
        ("agency,year\n淮安市农业农村局,2024\n淮安市乡村振兴局,2024\n", "line 3, agency.*line 2 already"),
        (
            "agency,term\n淮安市农业农村局,2024\n",
            "line 1: columns must be agency, year; term is not known; year is missing",
        ),
        ("agency,year\n,2024\n", "line 2, agency: must not be empty"),
        ("agency,year\n淮安市数据局,2024,多余\n", "line 2: has more cells"),
        ("agency,year\n", "names no unit"),
        ("", "is empty"),
    ],
)
def test_a_wrong_list_is_refused_whole(registered: Workspace, tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UnusableInput, match=named):
        import_due(registered, file(tmp_path, text), "office", "张三")
    assert DueBook(registered).history("office", 2023) == []
    assert DueBook(registered).history("office", 2024) == []


HEAD = "agency,year,item,event,on,file,actor,note\n"


def test_events_name_versions_by_path_end_and_digest(registered: Workspace, take_in: Any, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    first = write(folder, "2023/一.txt", agency="淮安市农业农村局", figures={"applications.new": 1})
    second = write(folder, "2023/二.txt", agency="淮安市国防动员办公室", figures={"applications.new": 2})
    take_in(folder)
    lines = (
        "淮安市农业农村局,2023,report,returned,2024-01-12,reports/2023/一.txt,王五,总计不符\n"
        "淮安市农业农村局,2023,年报,通过,2024-01-14,一.txt,,\n"
        f"淮安市国防动员办公室,2023,report,passed,2024-01-15,{digest(second)},,\n"
        "淮安市国防动员办公室,2023,website_form,received,2024-01-15,,,\n"
    )
    done = import_events(registered, file(tmp_path, HEAD + lines), "office", "张三")
    assert (done.entered, done.unchanged) == (4, 0)
    entries = SubmissionBook(registered).history("office", "f")
    assert [(entry["event"], entry["actor"], entry["reason"], entry["sha256"]) for entry in entries] == [
        ("returned", "王五", "总计不符", digest(first)),
        ("passed", "张三", "import of list.csv", digest(first)),
    ]
    again = import_events(registered, file(tmp_path, HEAD + lines), "office", "张三")
    assert (again.entered, again.unchanged) == (0, 4)
    wrong = (
        "淮安市农业农村局,2023,report,passed,2024-01-20,二.txt,,\n"
        "淮安市农业农村局,2022,report,passed,2024-01-20,一.txt,,\n"
        "淮安市农业农村局,2023,report,passed,2024-01-20,三.txt,,\n"
        "淮安市教育局,2023,report,passed,2024-01-20,,,\n"
        "淮安市农业农村局,2023,letter,passed,2024-01-20,,,\n"
        "淮安市农业农村局,2023,report,undo,2024-01-20,,,\n"
        "淮安市农业农村局,2023,report,passed,20240120x,,,\n"
        "淮安市农业农村局,2023,report,filed,2024-01-30,,,\n"
    )
    with pytest.raises(UnusableInput) as refused:
        import_events(registered, file(tmp_path, HEAD + wrong), "office", "张三")
    for line, column in enumerate(("file", "file", "file", "agency", "item", "event", "on"), 2):
        assert f"line {line}, {column}: " in str(refused.value)
    assert "line 9" not in str(refused.value)
    assert len(SubmissionBook(registered).history("office", "f")) == 2


def test_dates_of_the_notice_go_before_those_of_the_law_the_closest_first(
    registered: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "dates.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ("年度", "事项", "层级", "单位类型", "截止日期"),
        (2023, "年报", "", "", date(2024, 1, 20)),
        (2023, "report", "市级", "department", "2024-01-15"),
        (2023, "report", "", "government", "2024-03-01"),
    ):
        book.active.append(row)
    book.save(path)
    done = import_deadlines(registered, path, "office", "张三")
    assert (done.entered, done.unchanged) == (3, 0)
    asked = {"collection": "office", "year": 2023, "item": "report", "today": "2024-02-05"}
    row = reader(registered).run("submissions", asked).iloc[0]
    assert (f"{row['due_on']:%m-%d}", f"{row['statutory_on']:%m-%d}", row["late_days"]) == ("01-15", "01-31", 21)
    whom = Concerned(2023, "report", "prefecture", "department")
    DeadlineBook(registered).change("office", {whom: None}, "李四", "通知改期")
    row = reader(registered).run("submissions", asked).iloc[0]
    assert (f"{row['due_on']:%m-%d}", row["late_days"]) == ("01-20", 16)
    wrong = "year,item,level,kind,date\n2023,report,,,2031-01-01\n2023,report,moon,,2024-01-01\n"
    with pytest.raises(UnusableInput, match=r"line 2, date.*line 3, level"):
        import_deadlines(registered, file(tmp_path, wrong), "office", "张三")


def test_the_law_sets_other_dates_for_other_years_and_units() -> None:
    def on(item: str, year: int, level: str, kind: str) -> list[str]:
        return [
            one.on(year).isoformat()
            for one in deadlines()
            if one.item == item and one.first <= year <= one.last and level in one.levels and kind in one.kinds
        ]

    assert on("report", 2018, "county", "department") == ["2019-03-31"]
    assert on("report", 2019, "county", "department") == ["2020-01-31"]
    assert on("report", 2024, "county", "government") == ["2025-03-31"]
    assert on("report", 2024, "township", "government") == []
    assert on("website_form", 2024, "township", "government") == ["2025-01-31"]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("letter,2019,,,,01-31,甲,a", "item"),
        ("report,19,,,,01-31,甲,a", "first_year"),
        ("report,2019,,moon,,01-31,甲,a", "levels"),
        ("report,2019,,,,02-30,甲,a", "month_day"),
        ("report,2019,,,,01-31,甲,", "source"),
        ("report,2019,2018,,,01-31,甲,a", "last_year"),
        ("report,2010,,,,01-31,甲,a\nreport,2019,,county,,01-31,甲,a", "already"),
    ],
)
def test_a_wrong_catalogue_of_dates_names_line_and_field(tmp_path: Path, line: str, field: str) -> None:
    path = tmp_path / "deadlines.csv"
    path.write_text(f"item,first_year,last_year,levels,kinds,month_day,source_zh,source_en\n{line}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"deadlines.csv, line [23].*{field}"):
        deadlines(path)
