"""Findings of one report once people vouched for its figures: sure, gone, come, and all back when that is undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invented_reader import write

from gongkai.records import Status
from gongkai.store.corrections import CorrectionError, Corrections, Figure
from gongkai.store.findings import FindingEvents
from gongkai.store.ingest import Summary
from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]
EVERYWHERE = {"first_year": 0, "last_year": 9999, "province": "", "city": "", "levels": [], "kinds": []}
TOTAL = "litigation.direct.total"
PARTS = {
    "litigation.direct.upheld": 3,
    "litigation.direct.corrected": 1,
    "litigation.direct.other": 0,
    "litigation.direct.pending": 2,
}
UPHELD = "litigation.direct.upheld"


def found(office: Workspace, doubtful: bool = False) -> list[dict[str, Any]]:
    rows = reader(office).run("finding_list", {"collection": "office", **EVERYWHERE, "doubtful": doubtful})
    return rows.to_dict("records")


def figure(office: Workspace, metric: str, method: str = "table") -> Figure:
    row = reader(office).run("report_list", {}).iloc[0]
    return Figure("office", str(row["agency_id"]), 2023, "organ", metric, "all", method)


@pytest.fixture
def wrong(office: Workspace, take_in: Ingest, tmp_path: Path) -> Workspace:
    """A block whose total is 7 and whose outcomes make 6, all read without doubt."""
    take_in(write(tmp_path, "a.txt", figures={TOTAL: 7, **PARTS}, checked=True))
    return office


def test_what_rests_on_confirmed_figures_is_sure(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    take_in(write(tmp_path, "a.txt", figures={TOTAL: 7, **PARTS}, unsure=[TOTAL, UPHELD], checked=True))
    assert found(office) == []
    (before,) = found(office, doubtful=True)
    log = Corrections(office)
    log.confirm(figure(office, TOTAL), 7, "张三", "对照原件")
    assert found(office) == []
    number = log.confirm(figure(office, UPHELD), 3, "张三", "对照原件")
    (sure,) = found(office)
    assert (sure["finding_key"], sure["figures_digest"]) == (before["finding_key"], before["figures_digest"])
    assert len(FindingEvents(office).decide([sure], "notified", "张三", "已发").entries) == 1
    log.undo(number, "张三", "看错一行")
    assert found(office) == []
    assert found(office, doubtful=True)[0]["state"] == "notified"


def test_a_misreading_that_is_corrected_is_no_mistake_of_the_unit(wrong: Workspace) -> None:
    (before,) = found(wrong)
    log = Corrections(wrong)
    number = log.correct(figure(wrong, UPHELD), 3, 4, "原件", "张三", "读错一位", misread=True)
    assert found(wrong) == []
    assert reader(wrong).run("report_findings", {"report_id": before["report_id"]}).empty
    (mended,) = reader(wrong).run("finding_mended", {"finding_key": before["finding_key"]}).to_dict("records")
    assert (mended["found"], mended["corrected_by"], mended["correction"]) == ("7", "张三", number)
    log.undo(number, "李四", "原件确是 3")
    assert [(row["finding_key"], row["state"]) for row in found(wrong)] == [(before["finding_key"], "found")]
    assert reader(wrong).run("finding_mended", {"finding_key": before["finding_key"]}).empty


def test_a_mistake_of_the_unit_stays_when_the_right_figure_is_entered(wrong: Workspace) -> None:
    (before,) = found(wrong)
    Corrections(wrong).correct(figure(wrong, UPHELD), 3, 4, "单位来函", "张三", "单位报错")
    (row,) = found(wrong)
    assert (row["finding_key"], row["figures_digest"]) == (before["finding_key"], before["figures_digest"])


def test_what_still_does_not_hold_says_the_right_figures_and_comes_back(wrong: Workspace) -> None:
    FindingEvents(wrong).decide(found(wrong), "explained", "张三", "口径不同")
    Corrections(wrong).correct(figure(wrong, UPHELD), 3, 5, "原件", "张三", "读错一位", misread=True)
    (row,) = found(wrong)
    assert (row["state"], row["expected"], row["found"]) == ("again", "8", "7")
    cells = reader(wrong).run(
        "finding_cells",
        {"collection": "office", "first_year": 2023, "last_year": 2023, "finding_keys": [row["finding_key"]]},
    )
    assert list(cells.loc[cells["metric"] == UPHELD, "value"]) == [5.0]


def test_a_mistake_that_a_misreading_hid_comes_to_light(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    take_in(write(tmp_path, "a.txt", figures={TOTAL: 6, **PARTS}, checked=True))
    assert found(office) == []
    Corrections(office).correct(figure(office, TOTAL), 6, 8, "原件", "张三", "读错", misread=True)
    assert [(row["check_code"], row["doubtful"]) for row in found(office)] == [("litigation_total_is_not_sum", False)]


def test_a_cell_that_we_misread_as_a_number_is_blank(wrong: Workspace) -> None:
    Corrections(wrong).correct(figure(wrong, UPHELD), 3, Status.BLANK, "原件", "张三", "原件空白", misread=True)
    assert [row["check_code"] for row in found(wrong)] == ["blank_cell"]
    asked = {"collection": "office", "first_year": 2023, "last_year": 2023}
    keys = [str(row["finding_key"]) for row in found(wrong)]
    (cell,) = reader(wrong).run("finding_cells", {**asked, "finding_keys": keys}).to_dict("records")
    assert (cell["metric"], cell["status"]) == (UPHELD, "blank")
    assert cell["value"] != cell["value"]
    assert cell["quote"] != "3"
    facts = reader(wrong).run("facts", {"collection": "office", "metrics": [UPHELD]})
    assert list(facts["status"]) == ["blank"]
    assert list(facts["basis"]) == ["correction"]
    assert facts["value"].isna().all()
    (entry,) = Corrections(wrong).log()
    assert (entry.value, entry.status, entry.misread, entry.confirms) == (None, "blank", True, False)


def test_a_blank_that_we_misread_is_a_number(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    blank = {"metric": "applications.new", "status": "blank"}
    take_in(write(tmp_path, "a.txt", more=[blank], checked=True))
    assert [row["check_code"] for row in found(office)] == ["blank_cell"]
    what = figure(office, "applications.new")
    Corrections(office).correct(what, None, Status.NOT_APPLICABLE, "原件", "张三", "是一道斜线", misread=True)
    assert [row["check_code"] for row in found(office)] == ["blank_cell"]
    Corrections(office).correct(what, None, 5, "原件", "张三", "是 5", misread=True)
    assert found(office) == []


def test_a_doubt_is_settled_once_all_its_figures_are_vouched_for(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    given = {"figures": {TOTAL: 7, **PARTS}, "unsure": [TOTAL, UPHELD], "doubt": "placement_uncertain"}
    take_in(write(tmp_path, "a.txt", **given))

    def doubted() -> list[tuple[object, ...]]:
        cursor = reader(office).cursor()
        return cursor.execute("SELECT reason FROM open_doubt ORDER BY reason").fetchall()

    log = Corrections(office)
    log.confirm(figure(office, TOTAL), 7, "张三", "对照原件")
    assert doubted() == [("placement_uncertain",)]
    number = log.correct(figure(office, UPHELD), 3, 4, "原件", "张三", "读错", misread=True)
    assert doubted() == []
    log.undo(number, "张三", "看错一行")
    assert doubted() == [("placement_uncertain",)]


def test_the_other_blanks_of_a_table_stay(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    blanks = [{"metric": code, "status": "blank"} for code in ("applications.new", "applications.carried_in")]
    take_in(write(tmp_path, "a.txt", more=blanks, checked=True))
    assert len(found(office)) == 1
    Corrections(office).correct(figure(office, "applications.new"), None, 5, "原件", "张三", "是 5", misread=True)
    (row,) = found(office)
    assert list(row["metrics"]) == ["applications.carried_in"]


def test_only_what_a_cell_can_be_is_taken(wrong: Workspace) -> None:
    with pytest.raises(CorrectionError, match="absent"):
        Corrections(wrong).correct(figure(wrong, UPHELD), 3, Status.ABSENT, "原件", "张三", "理由")
    with pytest.raises(CorrectionError, match="source"):
        Corrections(wrong).correct(figure(wrong, UPHELD), 3, Status.BLANK, " ", "张三", "理由")


def test_corrections_of_an_earlier_version_of_the_program_are_read(wrong: Workspace) -> None:
    Corrections(wrong).correct(figure(wrong, UPHELD), 3, 4, "单位来函", "张三", "单位报错")
    with sqlite3.connect(wrong.decisions) as connection:
        for name in ("status", "misread"):
            connection.execute(f"ALTER TABLE figure_correction DROP COLUMN {name}")
    (entry,) = Corrections(wrong).log()
    assert (entry.value, entry.status, entry.misread) == (4.0, None, False)
    Corrections(wrong).correct(figure(wrong, UPHELD), 3, 5, "原件", "张三", "读错", misread=True)
    assert Corrections(wrong).log()[-1].misread
