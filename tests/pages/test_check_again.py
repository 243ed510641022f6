"""Checking again from 数据核查: the banner, the process, what came of it, and what it says when it failed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from invented_reports import annual, take_in, write
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.catalogue.messages import message
from gongkai.store.checking import PARTS
from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace, create
from gongkai.ui.uploads import Batch


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = create(tmp_path / "office")
    take_in(workspace, write(tmp_path, "2022.txt", annual("云水县人民政府", 2022, 18)))
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    return workspace


def fresh(workspace: Workspace) -> bool:
    return bool(reader(workspace).run("checks_state", {"collection": "office"})["fresh"].iloc[0])


def ended(folder: Path, status: int, *events: dict[str, object], errors: str = "") -> Batch:
    """A command that is over, with what it printed."""
    (folder / "log").mkdir()
    lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
    (folder / "log" / "progress.jsonl").write_text(lines, encoding="utf-8")
    (folder / "log" / "errors.txt").write_text(errors, encoding="utf-8")
    process = subprocess.Popen(["sh", "-c", f"exit {status}"])
    process.wait()
    return Batch(folder / "log", (), process)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_part_of_the_check_has_its_words(language: str) -> None:
    for part in PARTS:
        assert message(language, f"findings.check.part.{part}")


def test_one_click_checks_and_the_page_shows_what_is_new(office: Workspace) -> None:
    app = page("findings")
    assert "尚未进行跨报告核查" in words(app)
    app.button(key="check_again").click().run()
    assert not app.exception
    batch = app.session_state["checking"][0]
    batch.process.wait(60)
    app.run()
    assert not app.exception
    assert batch.status == 0, batch.errors()
    assert "核查完成，以下为最新结果" in words(app)
    assert fresh(office)
    parts = [event["part"] for event in batch.events() if event["event"] == "part"]
    assert parts == list(PARTS)
    app.run()
    assert "核查完成" not in words(app)
    assert not [each for each in app.button if each.key == "check_again"]


def test_how_far_the_check_is(office: Workspace, tmp_path: Path) -> None:
    names = list(PARTS)
    events = [
        {"event": "checking", "collection": "office", "parts": names},
        {"event": "part", "collection": "office", "part": names[0], "done": 1, "parts": len(names)},
    ]
    batch = ended(tmp_path, 0, *events)
    sleeping = subprocess.Popen(["sleep", "60"])
    try:
        app = page("findings")
        app.session_state["checking"] = (Batch(batch.folder, (), sleeping), "office")
        app.run()
        assert not app.exception
        (bar,) = app.get("progress")
        assert message("zh-CN", f"findings.check.part.{names[1]}") in bar.proto.text
        assert not [each for each in app.button if each.key == "check_again"]
    finally:
        sleeping.kill()
        sleeping.wait()


def test_a_check_that_failed_says_why_and_can_be_tried_again(office: Workspace, tmp_path: Path) -> None:
    app = page("findings")
    error = {"event": "error", "message": "another process (1) is writing here"}
    app.session_state["checking"] = (ended(tmp_path, 2, error), "office")
    app.run()
    assert not app.exception
    assert "核查程序没有正常结束（状态 2）" in words(app)
    assert app.code[0].value == "another process (1) is writing here"
    assert app.button(key="check_again")


def test_an_upload_says_that_it_checks_and_why_that_failed(office: Workspace, tmp_path: Path) -> None:
    summary = {"event": "summary", "files": 1, "stored": 1, "skipped": 0, "failed": 0, "unconfirmed": 0}
    read = {"event": "file", "source": "a.txt", "outcome": "stored", "done": 1, "files": 1}
    begun = {"event": "checking", "collection": "office", "parts": list(PARTS)}
    batch = ended(tmp_path, 1, read, begun, {"event": "checks", "fresh": False, "message": "锁住了"}, summary)
    app = _uploading(batch)
    assert "存入 1 份报告" in words(app)
    assert "跨报告核查没有完成：锁住了" in words(app)
    running = subprocess.Popen(["sleep", "60"])
    try:
        app = _uploading(Batch(batch.folder, (), running))
        (bar,) = app.get("progress")
        assert bar.proto.text.startswith("正在核查：")
    finally:
        running.kill()
        running.wait()


def _uploading(batch: Batch) -> AppTest:
    app = page("reports")
    app.session_state["upload_batch"] = batch
    app.run()
    assert not app.exception
    return app
