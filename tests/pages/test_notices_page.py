"""整改通知与通报: nothing to send, a few, a broken template; exactly what was downloaded is recorded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from invented_reports import annual, take_in, write
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.store.findings import FindingEvents
from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace, create, open_workspace

BLANK = {"check": "blank_cell", "severity": "error", "words": "2023年", "found": "/"}
LEFT = {"check": "placeholder_left", "severity": "warning", "words": "满意率", "found": "×次"}
NOTICE = {"check": "other_year_in_text", "severity": "notice", "words": "全年", "found": "2020"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("made")
    workspace = create(folder / "office")
    write(folder / "in", "2022.txt", annual("云水县人民政府", 2022, 18))
    write(folder / "in", "2023.txt", annual("云水县人民政府", 2023, None, findings=[BLANK, LEFT, NOTICE]))
    take_in(workspace, folder / "in")
    return workspace


@pytest.fixture
def small(made: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    office = open_workspace(shutil.copytree(made.folder, tmp_path / "copy"))
    monkeypatch.setenv("GONGKAI_DATA", str(office.folder))
    return office


def going(workspace: Workspace, *warnings: str) -> list[dict[str, object]]:
    given = {"collection": "office", "year": 2023, "warnings": list(warnings)}
    return [dict(row) for row in reader(workspace).run("notice_findings", given).to_dict("records")]


def button(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_year_in_which_nothing_has_to_go_out(small: Workspace, language: str) -> None:
    app = page("findings", language, part="notices", notice_year="2022")
    assert not app.exception
    assert "2022" in app.success[0].value
    assert not app.dataframe
    assert len(app.get("download_button")) == 2


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_goes_out_and_what_stays_in_the_house(small: Workspace, language: str) -> None:
    app = page("findings", language, part="notices")
    assert not app.exception
    assert [card.value for card in app.metric] == ["1", "1", "0", "1"]
    (table,) = app.dataframe
    assert list(table.value["count"]) == [1]
    assert list(table.value["told"]) == [0]
    assert len(app.get("download_button")) == 3
    wider = page("findings", language, part="notices", warnings="placeholder_left.no_such")
    assert [card.value for card in wider.metric] == ["1", "2", "0", "1"]


def test_exactly_what_was_downloaded_is_recorded_and_taken_back(small: Workspace) -> None:
    app = page("findings", part="notices", warnings="placeholder_left")
    assert not [each for each in app.button if "登记" in each.label]
    app.session_state["notices_downloaded"] = ("office", 2023, going(small))  # as the click on the download keeps it
    app.run()
    assert "1 家单位，1 个问题" in words(app)
    next(box for box in app.text_input if box.label == "您的姓名").input("张三")
    button(app, "确定")
    button(app, "登记为已通知（1 条）")
    assert not app.exception
    assert {row["check_code"]: row["state"] for row in going(small, "placeholder_left")} == {
        "blank_cell": "notified",
        "placeholder_left": "found",
    }
    (entry,) = FindingEvents(small).trail(str(going(small)[0]["finding_key"]))
    assert (entry["actor"], entry["reason"]) == ("张三", "发出2023年度整改通知单")
    assert "notices_downloaded" not in app.session_state
    button(app, "撤销刚才的处理（1 条）")
    assert [row["state"] for row in going(small)] == ["found"]


def test_what_was_told_already_is_not_recorded_again(small: Workspace) -> None:
    FindingEvents(small).decide(going(small), "notified", "李四", "已发")
    app = page("findings", part="notices")
    app.session_state["notices_downloaded"] = ("office", 2023, going(small))
    app.run()
    assert "都已登记" in words(app)
    assert not [each for each in app.button if "登记" in each.label]
    assert page("findings", part="notices", only_new="1").success


def test_a_broken_template_of_the_office_is_named(small: Workspace) -> None:
    (small.folder / "templates").mkdir()
    (small.folder / "templates" / "circular.toml").write_text('title = "{who}"', encoding="utf-8")
    app = page("findings", part="notices")
    assert not app.exception
    assert "templates/circular.toml, title" in app.error[0].value.replace("\\", "")
    assert not app.get("download_button")
