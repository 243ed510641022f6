"""Decisions: signed, reversible, validated, and laid over what is published."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_reader import target, write

from gongkai.store.decisions import DecisionError, Decisions, Target, effects
from gongkai.store.ingest import Summary
from gongkai.store.reader import decided, reader
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]
SOMETHING = Target("office", "a" * 64, 0)


def _report(workspace: Workspace) -> dict[str, object]:
    rows = reader(workspace).run("report_list", {})
    return dict(rows.iloc[0])


def test_a_confirmed_year_takes_a_report_out_of_quarantine(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", doubt="year_uncertain", figures={"applications.new": 5})
    take_in(path)
    decisions = Decisions(office)
    assert _report(office)["standing"] == "quarantined"
    assert reader(office).run("facts", {"collection": "office"}).empty
    number = decisions.confirm(target(path), "year", 2023, "张三", "与单位核实")
    assert _report(office)["standing"] == "current"
    assert reader(office).run("facts", {"collection": "office"}).value.tolist() == [5.0]
    # Decisions survive reading the document again.
    take_in(path, version="2")
    assert _report(office)["standing"] == "current"
    decisions.undo(number, "张三", "看错了")
    assert _report(office)["standing"] == "quarantined"


def test_a_corrected_agency_moves_the_figures(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", figures={"applications.new": 5})
    take_in(path)
    Decisions(office).correct(target(path), "agency", "南京市江宁区财政局", "张三", "落款有误")
    facts = reader(office).run("facts", {"collection": "office"})
    assert facts[["agency", "province", "level", "kind"]].values.tolist() == [
        ["南京市江宁区财政局", "江苏省", "county", "department"]
    ]


def test_a_corrected_agency_brings_its_scope(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", agency=None, scope=None, figures={"applications.new": 5})
    take_in(path)
    decisions = Decisions(office)
    decisions.correct(target(path), "agency", "淮安市人民政府", "张三", "按来文")
    assert reader(office).run("facts", {"collection": "office"}).scope.tolist() == ["whole"]
    decisions.correct(target(path), "scope", "organ", "张三", "只报本级")
    assert reader(office).run("facts", {"collection": "office"}).scope.tolist() == ["organ"]


def test_a_withdrawn_report_gives_way_to_the_other_version(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt", stage="approved", figures={"applications.new": 5})
    published = write(tmp_path / "in", "b.txt", stage="published", figures={"applications.new": 6})
    take_in(tmp_path / "in")
    decisions = Decisions(office)
    decisions.withdraw(target(published), "张三", "发错了")
    assert reader(office).run("facts", {"collection": "office"}).value.tolist() == [5.0]
    decisions.restore(target(published), "张三", "没有发错")
    assert reader(office).run("facts", {"collection": "office"}).value.tolist() == [6.0]


def test_the_log_keeps_everything(office: Workspace) -> None:
    decisions = Decisions(office)
    assert (decided(office), decisions.log()) == (0, [])
    first = decisions.correct(SOMETHING, "published_on", "2024-01-31", "张三", "按网站")
    decisions.correct(Target("office", "b" * 64, 0), "scope", None, "李四", "正文未说明")
    decisions.undo(first, "李四", "按备案")
    assert decided(office) == 3
    log = decisions.log(SOMETHING)
    assert [(one.action, one.actor, one.value, one.undone) for one in log] == [
        ("correct", "张三", "2024-01-31", True),
        ("undo", "李四", None, False),
    ]
    assert list(effects(decisions.log())) == [Target("office", "b" * 64, 0)]
    with pytest.raises(DecisionError, match="already"):
        decisions.undo(first, "李四", "再来一次")
    with pytest.raises(DecisionError, match="no decision"):
        decisions.undo(99, "李四", "没有的")
    with sqlite3.connect(office.decisions) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE decision SET actor = '王五'")
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
            connection.execute("DELETE FROM decision")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "2023"),
        ("year", 1023),
        ("year", True),
        ("period", "month"),
        ("scope", "all"),
        ("stage", "最终版"),
        ("kind", None),
        ("agency", " "),
        ("published_on", "昨天"),
        ("secondary_source", "no"),
        ("title", "x"),
    ],
)
def test_wrong_values_are_refused(office: Workspace, name: str, value: object) -> None:
    with pytest.raises(DecisionError, match=name):
        Decisions(office).correct(SOMETHING, name, value, "张三", "理由")
    assert Decisions(office).log() == []


@pytest.mark.parametrize(("actor", "reason"), [("", "理由"), ("张三", " ")])
def test_nobody_decides_without_name_and_reason(office: Workspace, actor: str, reason: str) -> None:
    with pytest.raises(DecisionError, match="needs the name"):
        Decisions(office).withdraw(SOMETHING, actor, reason)


def test_a_decision_about_an_unknown_report_waits_for_it(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", figures={"applications.new": 5})
    Decisions(office).correct(target(path), "year", 2021, "张三", "事先知道")
    assert reader(office).run("store_overview", {}).empty
    take_in(path)
    assert _report(office)["year"] == 2021
