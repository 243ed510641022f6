"""报送进度: empty, small and with 3,000 units; a decision by a click, one with its reason, one taken back; the list of
who is due confirmed and edited; the dates of the notice."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from invented_reports import annual, take_in, write
from many_units import january, units
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.agencies.register import Unit
from gongkai.catalogue.messages import message
from gongkai.store.deadline_book import Concerned, DeadlineBook
from gongkai.store.due_book import DueBook
from gongkai.store.reader import reader
from gongkai.store.register import publish
from gongkai.store.register_book import RegisterBook
from gongkai.store.submission_book import SubmissionBook
from gongkai.store.workspace import Workspace, create

COUNTY = Unit("c", "云水县人民政府", "county", "government", "云川省", "临湖市", telephone="0550-1234567")
BUREAU = Unit("b", "云水县财政局", "county", "department", "云川省", "临湖市", parent="c", contact="甲")
ON = {"for_year": "2024", "on": "2025-02-05"}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = create(tmp_path / "office")
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    return workspace


@pytest.fixture
def small(office: Workspace, tmp_path: Path) -> Workspace:
    """Two units; that of the county has sent a report."""
    RegisterBook(office).replace("office", [COUNTY, BUREAU], "甲", "登记")
    publish(office, "office", "甲", "test")
    spec = annual("云水县人民政府", 2024, 5)
    spec["report"] |= {"stage": "draft", "published_on": None}
    take_in(office, write(tmp_path / "inbox", "a.json", spec))
    return office


def acting(**parameters: str) -> AppTest:
    """The page with somebody acting on it."""
    app = page("coverage", **ON, **parameters)
    app.session_state["actor"] = "测试员"
    app.run()
    assert not app.exception
    return app


def pressed(app: AppTest, key: str) -> AppTest:
    """The page after the one button whose key starts so was pressed."""
    (button,) = [each for each in app.button if str(each.key).startswith(key)]
    button.click().run()
    assert not app.exception
    return app


def state(workspace: Workspace, agency_id: str, item: str = "report") -> str:
    asked = {"collection": "office", "year": 2024, "item": item, "today": ON["on"]}
    found = reader(workspace).run("submissions", asked).set_index("agency_id")
    return str(found["state"][agency_id])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_workspace_says_how_to_begin(office: Workspace, language: str) -> None:
    app = page("coverage", language, **ON)
    assert not app.exception
    assert message(language, "coverage.empty.body") in words(app)
    assert not app.metric


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_small_office_in_every_view(small: Workspace, language: str) -> None:
    for view in ("today", "queue", "units", "years", "lists"):
        app = page("coverage", language, **ON, view=view)
        assert not app.exception
        shown = {metric.label: metric.value for metric in app.metric}
        assert shown[message(language, "coverage.card.due")] == "2"
        assert shown[message(language, "coverage.card.received")] == "1"
        assert shown[message(language, "submissions.state.missing")] == "1"
        assert message(language, "coverage.list.proposed", year=2024, count=2) in words(app)
        if view == "today":
            assert list(app.dataframe[0].value["agency"]) == ["云水县财政局"]
            assert "云水县财政局" in app.code[0].value


def test_a_report_is_passed_by_one_click_and_that_is_taken_back(small: Workspace) -> None:
    county = COUNTY.id
    assert state(small, county) == "waiting"
    app = pressed(acting(view="queue"), f"queue_passed_{county}")
    assert state(small, county) == "passed"
    assert "通过 1" in " ".join(str(option) for control in app.get("button_group") for option in control.options)
    (entry,) = SubmissionBook(small).history("office", county)
    assert (entry["actor"], entry["on_date"], entry["reason"]) == ("测试员", "2025-02-05", "审核通过")
    assert entry["sha256"] is not None
    assert entry["seen"]
    app = acting(agency=county)
    assert "审核通过" in words(app)
    key = f"coverage_undo_{entry['id']}"
    next(field for field in app.text_input if field.proto.form_id == f"{key}_form").input("点错了")
    next(button for button in app.button if button.proto.form_id == f"{key}_form").click().run()
    assert not app.exception
    assert state(small, county) == "waiting"
    assert "测试员" in words(app)
    assert "点错了" in words(app)


def test_a_return_needs_a_reason(small: Workspace) -> None:
    county = COUNTY.id
    app = acting(view="queue")
    form = next(
        str(button.proto.form_id) for button in app.button if f"queue_returned_{county}" in button.proto.form_id
    )
    next(button for button in app.button if button.proto.form_id == form).click().run()
    assert message("zh-CN", "coverage.act.why_missing") in words(app)
    assert state(small, county) == "waiting"
    next(area for area in app.text_area if area.proto.form_id == form).input("表三总计不符")
    next(button for button in app.button if button.proto.form_id == form).click().run()
    assert not app.exception
    assert state(small, county) == "returned"


def test_a_form_without_a_file_is_received_by_hand(small: Workspace) -> None:
    pressed(acting(view="queue", item="website_form", queue="missing"), "queue_received_b")
    assert state(small, "b", "website_form") == "waiting"


def test_the_list_is_confirmed_with_a_reason(small: Workspace) -> None:
    app = acting(view="lists")
    assert message("zh-CN", "coverage.due.from_register", year=2024, count=2) in words(app)
    confirm = next(button for button in app.button if button.proto.form_id == "due_confirm")
    confirm.click().run()
    assert not DueBook(small).standing("office", 2024).confirmed
    next(field for field in app.text_input if field.proto.form_id == "due_confirm").input("通知附件")
    next(button for button in app.button if button.proto.form_id == "due_confirm").click().run()
    assert not app.exception
    assert DueBook(small).standing("office", 2024).units == {"b": True, "c": True}
    assert message("zh-CN", "coverage.due.is_confirmed", year=2024, count=2) in words(app)


def test_the_notice_sets_its_own_date(small: Workspace) -> None:
    app = acting(view="lists")
    next(each for each in app.date_input if each.proto.form_id == "deadline_set").set_value(date(2025, 1, 20))
    next(field for field in app.text_input if field.proto.form_id == "deadline_set").input("通知")
    next(button for button in app.button if button.proto.form_id == "deadline_set").click().run()
    assert not app.exception
    assert DeadlineBook(small).standing("office") == {Concerned(2024, "report"): date(2025, 1, 20)}
    assert "2025\\-01\\-20" in words(app)


def test_a_list_goes_in_as_a_file_after_its_changes_were_shown(small: Workspace) -> None:
    app = acting(view="lists")
    app.file_uploader[0].set_value(
        ("名单.csv", "单位名称,年度\n云水县财政局,2024\n没有这个局,2024\n".encode(), "text/csv")
    )
    app.run()
    assert "line 3, agency" in words(app).replace("\\", "")
    app.file_uploader[0].set_value(("名单.csv", "单位名称,年度\n云水县财政局,2024\n".encode(), "text/csv"))
    app.run()
    assert "移出：云水县人民政府" in words(app)
    next(field for field in app.text_input if field.proto.form_id == "due_import_confirm").input("附件")
    next(button for button in app.button if button.proto.form_id == "due_import_confirm").click().run()
    assert not app.exception
    assert DueBook(small).standing("office", 2024).confirmed
    assert DueBook(small).standing("office", 2024).units == {"b": True}


def test_a_unit_that_does_not_exist_and_one_that_is_not_due(small: Workspace) -> None:
    assert "没有" in words(page("coverage", **ON, agency="zzz"))
    DueBook(small).confirm("office", 2024, ["c"], "甲", "名单")
    assert message("zh-CN", "coverage.trail.not_due", year=2024) in words(page("coverage", **ON, agency="b"))


def test_three_thousand_units_in_january(office: Workspace) -> None:
    january(office, 3000, range(2024, 2025))
    assert len(units(3000)) == 3000
    app = acting()
    shown = {metric.label: metric.value for metric in app.metric}
    counted = [int(shown[message("zh-CN", f"submissions.state.{code}")].replace(",", "")) for code in STATES]
    assert (shown["应报"], shown["已报"], sum(counted)) == ("3,000", "2,700", 3000)
    assert counted[:4] == [300, 900, 0, 1800]
    for view in ("today", "queue", "units", "years"):
        app = acting(view=view)
        started = time.process_time()
        app.run()
        assert time.process_time() - started < 3, view
        assert not app.exception
        # Ten lines of the queue, not thousands of buttons.
        assert len(app.button) < 60


STATES = ("missing", "waiting", "returned", "passed", "published", "filed", "corrected")
