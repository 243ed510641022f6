"""Corrections of figures: laid over the facts, followed by sums, kept through new readings, flagged when overtaken."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_reader import id_of, write

from gongkai.store.corrections import CorrectionError, Corrections, Figure
from gongkai.store.decisions import Decisions, Target
from gongkai.store.ingest import Summary
from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]
PARTS = [f"litigation.{way}.total" for way in ("direct", "after_review")]


def figure(office: Workspace, metric: str = "applications.new", method: str = "table", **other: object) -> Figure:
    """A figure of the only unit in the store."""
    row = reader(office).run("report_list", {}).iloc[0]
    fields = {"scope": "organ", "applicant": "all", **other}
    return Figure("office", str(row["agency_id"]), int(row["year"]), metric=metric, method=method, **fields)  # type: ignore[arg-type]


def facts(office: Workspace) -> dict[str, tuple[float | None, str]]:
    rows = reader(office).run("facts", {"collection": "office"})
    return {row.metric: (None if row.value != row.value else row.value, row.basis) for row in rows.itertuples()}


def corrected(office: Workspace) -> dict[str, bool]:
    """Which values of the only unit are marked as resting on a correction."""
    unit = figure(office).agency_id
    asked = {"collection": "office", "scope": "organ", "agency_id": unit}
    rows = reader(office).run("agency_facts", asked)
    return {row.metric: bool(row.corrected) for row in rows.itertuples()}


def states(office: Workspace) -> list[str]:
    rows = reader(office).run("corrections", {"collection": "office"})
    return list(rows["state"])


def test_a_correction_stands_for_the_figure_and_sums_follow(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", figures=dict.fromkeys(PARTS, 5), told={"litigation.total": 99})
    take_in(path)
    assert facts(office)["litigation.total"] == (10.0, "derived")
    log = Corrections(office)
    number = log.correct(figure(office, PARTS[0]), 5, 7, "单位来函", "张三", "单位报错")
    assert facts(office)[PARTS[0]] == (7.0, "correction")
    assert facts(office)["litigation.total"] == (12.0, "derived")
    assert states(office) == ["applied"]
    (row,) = reader(office).run("report_figures", {"report_id": id_of(path)}).query("metric == @PARTS[0]").itertuples()
    assert (row.value, row.confidence) == (5.0, 1.0)
    assert corrected(office) == {PARTS[0]: True, PARTS[1]: False, "litigation.total": True}
    log.undo(number, "李四", "单位撤回")
    assert corrected(office) == dict.fromkeys((*PARTS, "litigation.total"), False)
    assert facts(office)[PARTS[0]] == (5.0, "table")
    assert facts(office)["litigation.total"] == (10.0, "derived")
    assert states(office) == ["undone"]


def test_a_rate_follows_the_corrected_value(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    take_in(write(tmp_path, "a.txt", figures={"applications.closed": 4, "applications.granted": 1}))
    Corrections(office).correct(figure(office, "applications.granted"), 1, 3, "台账", "张三", "单位报错")
    given = {
        "collection": "office",
        "scope": "organ",
        "first_year": 2023,
        "last_year": 2023,
        "province": "",
        "city": "",
    }
    parts = {"numerators": ["applications.granted"], "denominators": ["applications.closed"]}
    row = reader(office).run("measure_table", {**given, **parts, "levels": [], "kinds": []}).iloc[0]
    assert (row["value"], row["corrected"]) == (75.0, True)


def test_a_confirmed_figure_counts_however_doubtful(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    take_in(write(tmp_path, "a.txt", figures={"applications.new": 5}, unsure=["applications.new"]))
    assert facts(office) == {}
    number = Corrections(office).confirm(figure(office), 5, "张三", "对照原件无误")
    assert facts(office) == {"applications.new": (5.0, "table")}
    Corrections(office).undo(number, "张三", "看错一行")
    assert facts(office) == {}


def test_a_confirmed_sentence_leaves_the_table_in_its_place(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    take_in(write(tmp_path, "a.txt", figures={"applications.new": 5}, told={"applications.new": 8}))
    Corrections(office).confirm(figure(office, method="narrative"), 8, "张三", "正文就是这样写的")
    assert facts(office) == {"applications.new": (5.0, "table")}
    Corrections(office).correct(figure(office, method="narrative"), 8, 6, "台账", "张三", "两处都错")
    assert facts(office) == {"applications.new": (6.0, "correction")}


def test_another_reading_keeps_a_correction_and_another_value_overtakes_it(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    path = write(tmp_path / "1", "a.txt", figures={"applications.new": 5})
    take_in(path)
    Corrections(office).correct(figure(office), 5, 7, "台账", "张三", "单位报错")
    take_in(path, version="2")
    assert facts(office) == {"applications.new": (7.0, "correction")}
    take_in(write(tmp_path / "2", "b.txt", stage="corrected", figures={"applications.new": 6}))
    assert facts(office) == {"applications.new": (6.0, "table")}
    assert states(office) == ["changed"]
    take_in(write(tmp_path / "3", "c.txt", stage="corrected", published_on=None, figures={"applications.closed": 1}))
    Decisions(office).withdraw(Target("office", _digest(tmp_path / "2" / "b.txt"), 0), "张三", "发错")
    assert states(office) == ["absent"]


def _digest(path: Path) -> str:
    from invented_reader import digest

    return digest(path)


def test_a_correction_follows_a_unit_that_a_decision_names(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", doubt="year_uncertain", figures={"applications.new": 5})
    take_in(path)
    what = figure(office)
    Corrections(office).correct(what, 5, 7, "台账", "张三", "单位报错")
    assert states(office) == ["absent"]
    Decisions(office).confirm(Target("office", _digest(path), 0), "year", 2023, "张三", "已核对")
    assert facts(office) == {"applications.new": (7.0, "correction")}


def test_the_latest_correction_stands_and_undoing_it_brings_the_one_before_back(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    take_in(write(tmp_path, "a.txt", figures={"applications.new": 5}))
    log = Corrections(office)
    log.correct(figure(office), 5, 7, "台账", "张三", "单位报错")
    second = log.correct(figure(office), 5, 8, "来函", "李四", "再次核对")
    assert facts(office)["applications.new"][0] == 8.0
    assert states(office) == ["replaced", "applied"]
    log.undo(second, "李四", "来函作废")
    assert facts(office)["applications.new"][0] == 7.0
    with pytest.raises(CorrectionError, match="already"):
        log.undo(second, "李四", "再来一次")
    with pytest.raises(CorrectionError, match="no correction"):
        log.undo(99, "李四", "没有的")


@pytest.mark.parametrize(
    ("what", "value", "source", "match"),
    [
        ({"metric": "nothing"}, 1, "台账", "metric"),
        ({"applicant": "nobody"}, 1, "台账", "applicant"),
        ({"scope": "all"}, 1, "台账", "scope"),
        ({"method": "guess"}, 1, "台账", "method"),
        ({}, -1, "台账", "no value"),
        ({}, float("nan"), "台账", "no value"),
        ({}, 1.5, "台账", "whole"),
        ({}, 5, "台账", "confirm it"),
        ({}, 1, " ", "source"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Workspace, what: dict[str, str], value: float, source: str, match: str
) -> None:
    fields = {"metric": "applications.new", "applicant": "all", "scope": "organ", "method": "table", **what}
    with pytest.raises(CorrectionError, match=match):
        Corrections(office).correct(Figure("office", "x", 2023, **fields), 5, value, source, "张三", "理由")
    assert Corrections(office).log() == []


def test_another_process_s_correction_shows_on_the_next_query(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    take_in(write(tmp_path, "a.txt", figures={"applications.new": 5}))
    assert facts(office)["applications.new"] == (5.0, "table")
    what = figure(office)
    code = (
        "import sys; from pathlib import Path; from gongkai.store.workspace import open_workspace; "
        "from gongkai.store.corrections import Corrections, Figure; "
        "Corrections(open_workspace(Path(sys.argv[1]))).correct("
        "Figure('office', sys.argv[2], 2023, 'organ', 'applications.new', 'all', 'table'), 5, 7, 'x', 'y', 'z')"
    )
    subprocess.run([sys.executable, "-c", code, str(office.folder), what.agency_id], check=True)
    assert facts(office)["applications.new"] == (7.0, "correction")
