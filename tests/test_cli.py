"""The command line: exit status, what goes to which stream, and what a command must not load."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongkai.cli import main
from gongkai.errors import WorkspaceError
from gongkai.paths import DATA


def _run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as end:
        status = int(end.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert _run(capsys, "init", tmp_path / "office")[0] == 0
    return tmp_path / "office"


COMMANDS = (
    *("init", "query", "ingest", "parse", "serve", "sample"),
    *("figures", "figures import", "agencies import", "agencies export"),
)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_everywhere(capsys: pytest.CaptureFixture[str], command: str) -> None:
    status, out, err = _run(capsys, *command.split(), "--help")
    assert (status, err) == (0, "")
    assert "usage: gongkai" in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["figures"],
        ["ingest"],
        ["ingest", "x", "--workers", "0"],
        ["sample", "x", "--years", "lately"],
        ["serve", "--port", "65536"],
        ["query", "store_overview", "--format", "xml"],
    ],
)
def test_unusable_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    status, out, err = _run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert "usage: gongkai" in err


def test_a_workspace_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, err = _run(capsys, "--data", tmp_path / "none", "query", "store_overview")
    assert (status, out) == (2, "")
    assert err.startswith("gongkai: ")
    assert "gongkai init" in err
    assert err.count("\n") == 1


def test_data_may_stand_before_or_after_the_command(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    assert _run(capsys, "--data", office, "query", "store_overview")[0] == 0
    assert _run(capsys, "query", "store_overview", "--data", office)[0] == 0


def test_queries_in_three_formats(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    status, out, _ = _run(capsys, "--data", office, "figures", "import", DATA / "real" / "figures.csv")
    assert status == 0
    assert "2366 figures of 557 reports stored" in out
    asked = ("--data", office, "query", "facts", "collection=office", "metrics=applications.new", "years=2023,2024")
    status, out, _ = _run(capsys, *asked, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert {row["year"] for row in rows} == {"2023", "2024"}
    status, out, _ = _run(capsys, *asked, "--format", "json")
    objects = [json.loads(line) for line in out.splitlines()]
    assert [one["value"] for one in objects] == [float(row["value"]) for row in rows]
    status, out, _ = _run(capsys, *asked)
    assert len(out.splitlines()) == len(rows) + 1


def test_a_query_without_rows(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    printed = {
        wanted: _run(capsys, "--data", office, "query", "store_overview", "--format", wanted)[:2]
        for wanted in ("table", "csv", "json")
    }
    assert printed["table"] == (0, "no rows\n")
    assert printed["json"] == (0, "")
    assert printed["csv"][1].startswith("collection,agencies,")


def test_a_table_holds_no_commands_for_a_terminal(
    capsys: pytest.CaptureFixture[str], office: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "f.csv"
    rows = (DATA / "real" / "figures.csv").read_text(encoding="utf-8").splitlines()[:2]
    sheet.write_text(rows[0] + "\n" + "\x1b[2J\u202e" + rows[1] + "\n", encoding="utf-8")
    assert _run(capsys, "--data", office, "figures", "import", sheet)[0] == 0
    out = _run(capsys, "--data", office, "query", "facts", "collection=office")[1]
    assert "[2J" in out
    assert not {"\x1b", "\u202e"} & set(out)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["facts"], "facts.sql: missing parameter collection"),
        (["facts", "collection=a", "colour=red"], "facts.sql: unknown parameter colour"),
        (["facts", "collection"], "is not key=value"),
        (["facts", "collection=a", "collection=b"], "collection is given twice"),
        (["nothing"], "there is no such query"),
    ],
)
def test_wrong_queries(capsys: pytest.CaptureFixture[str], office: Path, arguments: list[str], says: str) -> None:
    status, out, err = _run(capsys, "--data", office, "query", *arguments)
    assert (status, out) == (2, "")
    assert says in err


def test_lists_that_cannot_be_used_are_named(capsys: pytest.CaptureFixture[str], office: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "a.csv"
    wrong.write_text("colour\nx\n", encoding="utf-8")
    for file, says in ((wrong, "a.csv, line 1: "), (tmp_path / "b.csv", "there is no such file")):
        for command in (["figures", "import"], ["agencies", "import"], ["ingest", tmp_path, "--manifest"]):
            status, out, err = _run(capsys, "--data", office, *command, file)
            assert (status, out, err.count("\n")) == (2, "", 1)
            assert says in err
    status, out, err = _run(capsys, "sample", tmp_path / "s", "--years", "2025-2019")
    assert (status, out) == (2, "")
    assert "earlier year first" in err


def test_a_damaged_workspace_is_told_in_one_line(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    assert _run(capsys, "--data", office, "figures", "import", DATA / "real" / "figures.csv")[0] == 0
    [generation] = (office / "generations").iterdir()
    generation.write_bytes(b"no database" * 1000)
    for command in (["query", "store_overview"], ["figures", "import", DATA / "real" / "figures.csv"]):
        status, out, err = _run(capsys, "--data", office, *command)
        assert (status, out) == (2, "")
        assert "restore the workspace from a backup" in err
    (office / "current").write_bytes(b"\xff\xfe")
    assert "restore the workspace from a backup" in _run(capsys, "--data", office, "query", "store_overview")[2]


def test_output_is_utf8_in_every_locale(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(
        "某市教育局2023年政府信息公开工作年度报告\n政府信息公开:收到政府信息公开申请3件。\U00020000", encoding="utf-8"
    )
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "gongkai", "parse", "--json", str(report)]
    done = subprocess.run(command, check=True, capture_output=True, env=environment)
    assert json.loads(done.stdout.decode("utf-8"))["title"] == "某市教育局2023年政府信息公开工作年度报告"


def test_ingest_names_what_failed(capsys: pytest.CaptureFixture[str], office: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    arguments = ("--data", office, "ingest", tmp_path / "empty.txt", tmp_path / "broken.pdf", "--workers", "1")
    status, out, _ = _run(capsys, *arguments)
    assert status == 1
    assert "failed              2" in out
    assert re.search(r"^failed: empty\.txt: .+ \[empty\]$", out, re.M)
    assert re.search(r"^failed: broken\.pdf: .+ \[damaged\]$", out, re.M)
    status, out, _ = _run(capsys, *arguments, "--progress", "json")
    events = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [(event["event"], event.get("source"), event.get("reason")) for event in events[:2]] == [
        ("file", "broken.pdf", "damaged"),
        ("file", "empty.txt", "empty"),
    ]
    assert events[-1] == {"event": "summary", "files": 2, "stored": 0, "skipped": 0, "failed": 2, "unconfirmed": 0}


def test_what_was_stored_is_told_even_where_the_checks_fail(
    capsys: pytest.CaptureFixture[str], office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise WorkspaceError("another process is writing here")

    monkeypatch.setattr("gongkai.store.checking.check", busy)
    report = tmp_path / "a.txt"
    report.write_text("某市教育局2023年政府信息公开工作年度报告\n政府信息公开：收到政府信息公开申请3件。", "utf-8")
    status, out, _ = _run(capsys, "--data", office, "ingest", report, "--workers", "1", "--progress", "json")
    events = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [event["event"] for event in events if event["event"] != "unconfirmed"] == [
        *("file", "checking", "checks", "summary")
    ]
    assert events[-1]["stored"] == 1
    (checks,) = [event for event in events if event["event"] == "checks"]
    assert (checks["fresh"], checks["message"]) == (False, "another process is writing here")


def test_check_tells_a_program_how_far_it_is(capsys: pytest.CaptureFixture[str], office: Path) -> None:
    status, out, _ = _run(capsys, "--data", office, "check", "--progress", "json")
    events = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    parts = events[0]["parts"]
    assert [event.get("part") for event in events] == [None, *parts, None]
    assert [event["done"] for event in events[1:-1]] == list(range(1, len(parts) + 1))
    assert events[-1] == {"event": "checked", "collection": "office", "findings": 0, "doubtful": 0}
    status, out, err = _run(capsys, "--data", office, "check", "--collection", "none", "--progress", "json")
    assert status == 2
    assert json.loads(out)["event"] == "error"
    assert err


def test_parse_goes_on_after_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = _run(capsys, "parse", "--json", tmp_path / "empty.txt", tmp_path / "missing.txt")
    assert (status, out) == (1, "")
    assert [line.split(": ")[0] for line in err.splitlines()] == ["gongkai", "gongkai"]


def test_parse_prints_an_archive_file_by_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "某市教育局2023年政府信息公开工作年度报告\n政府信息公开：收到政府信息公开申请3件。"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        target.writestr("县/b.txt", text)
        target.writestr("县/c.txt", "")
        target.writestr("县/d.txt", text.replace("教育", "民政"))
    status, out, err = _run(capsys, "parse", "--json", tmp_path / "a.zip")
    assert status == 1
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["a.zip/县/b.txt", "a.zip/县/d.txt"]
    assert err.startswith(f"gongkai: {tmp_path / 'a.zip'}/县/c.txt: empty: ")


def test_help_and_parse_load_no_dashboard() -> None:
    check = (
        "import sys; from gongkai.cli import main\n"
        "try: main({})\nexcept SystemExit: pass\n"
        "print([name for name in ('streamlit', 'pandas', 'duckdb', 'plotly') if name in sys.modules])"
    )
    for arguments, loaded in ((["--help"], "[]"), (["parse", "nothing.txt"], "[]")):
        command = [sys.executable, "-c", check.format(arguments)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        assert done.stdout.splitlines()[-1] == loaded
