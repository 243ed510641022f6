"""Ingest: each file has its outcome, one file's mishap costs nothing else, and the same files give the same store."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_reader import id_of, write

from gongkai.errors import WorkspaceError
from gongkai.store import generations
from gongkai.store.archive import Archive
from gongkai.store.ingest import FileDone, Summary
from gongkai.store.reader import reader, run_in
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]

CONTENT = (
    "SELECT report_id, agency_id, year, standing, standing_reason FROM store.report ORDER BY ALL",
    "SELECT * FROM store.figure ORDER BY ALL",
    "SELECT * FROM store.evidence ORDER BY ALL",
    "SELECT * FROM store.fact ORDER BY ALL",
    "SELECT * FROM store.agency ORDER BY ALL",
    "SELECT * FROM store.finding ORDER BY ALL",
    "SELECT * FROM store.doubt ORDER BY ALL",
)


def rows(workspace: Workspace, query: str) -> list[tuple[object, ...]]:
    """Rows of the published generation."""
    connection = generations.attach(generations.current(workspace), read_only=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_every_mishap_is_recorded_and_costs_one_file(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "a/good.txt", figures={"applications.new": 3})
    write(folder, "z/good.txt", agency="淮安市教育局", figures={"applications.new": 4})
    for mishap in ("damaged", "bug", "crash", "hang", "memory", "nothing"):
        (folder / f"m-{mishap}.txt").write_text(mishap)
    seen: list[FileDone] = []
    summary = take_in(folder, seconds=3, worker_count=2, progress=seen.append)
    reasons = {failure.source: failure.reason for failure in summary.failures}
    assert reasons == {
        "m-bug.txt": "crashed",
        "m-crash.txt": "crashed",
        "m-damaged.txt": "damaged",
        "m-hang.txt": "timeout",
        "m-memory.txt": "too_large",
        "m-nothing.txt": "no_report",
    }
    assert (summary.files, summary.stored, summary.skipped) == (8, 2, 0)
    assert [done.source for done in seen] == ["a/good.txt", *sorted(reasons), "z/good.txt"]
    assert [done.done for done in seen] == list(range(1, 9))
    stored = rows(office, "SELECT source, reason FROM store.ingest_failure ORDER BY ALL")
    assert stored == sorted(reasons.items())
    assert rows(office, "SELECT count(*) FROM store.report") == [(2,)]
    assert rows(office, "SELECT stored, skipped, failed, actor FROM store.ingest_run") == [(2, 0, 6, "测试")]


def test_a_file_that_is_too_large_is_not_even_opened(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(300 * 1024**2)
    assert [failure.reason for failure in take_in(path).failures] == ["too_large"]


def test_unchanged_files_are_skipped_until_the_reader_changes(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    path = write(tmp_path / "in", "a.txt", figures={"applications.new": 3})
    assert take_in(path).stored == 1
    first = generations.current(office)
    again = take_in(path)
    assert (again.stored, again.skipped) == (0, 1)
    assert generations.current(office) == first
    copy = path.with_name("copy.txt")
    copy.write_bytes(path.read_bytes())
    assert take_in(path.parent).skipped == 2
    newer = take_in(path, version="2")
    assert (newer.stored, newer.skipped) == (1, 0)
    assert rows(office, "SELECT parser_version, count(*) FROM store.report GROUP BY ALL") == [("2", 1)]
    assert rows(office, "SELECT count(*) FROM store.figure") == [(1,)]


def test_of_two_files_with_one_content_the_same_counts_every_time(
    office: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    for name in ("a.txt", "b.txt", "c.txt"):
        write(folder, name, agency=None, figures={"applications.new": 3})
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,agency\nb.txt,淮安市教育局\nc.txt,淮安市民政局\n", encoding="utf-8")
    first = take_in(folder, manifest_file=manifest)
    assert (first.stored, first.skipped) == (1, 2)
    assert [(copy.source, copy.message) for copy in first.duplicates] == [
        ("a.txt", "has the same content as b.txt"),
        ("c.txt", "has the same content as b.txt"),
    ]
    assert rows(office, "SELECT source, agency FROM store.report") == [("b.txt", "淮安市教育局")]
    again = take_in(folder, manifest_file=manifest)
    assert (again.stored, again.skipped) == (0, 3)


def test_an_archive_is_read_file_by_file(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    one = write(tmp_path, "a.txt", figures={"applications.new": 1})
    other = write(tmp_path, "b.txt", agency="淮安市教育局", figures={"applications.new": 2})
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "清河.zip", "w") as target:
        target.write(one, "甲/report.txt")
        target.write(other, "乙/report.txt")
        target.writestr("bad.txt", "damaged")
    with zipfile.ZipFile(folder / "empty.zip", "w") as target:
        target.writestr(".hidden", "")
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,year\n乙/report.txt,2022\n", encoding="utf-8")
    summary = take_in(folder, manifest_file=manifest)
    assert [(failure.source, failure.reason) for failure in summary.failures] == [
        ("empty.zip", "empty"),
        ("清河.zip/bad.txt", "damaged"),
    ]
    found = rows(office, "SELECT source, year FROM store.report ORDER BY ALL")
    assert found == [("清河.zip/乙/report.txt", 2022), ("清河.zip/甲/report.txt", 2023)]
    assert take_in(folder, manifest_file=manifest).skipped == 2
    sha256 = rows(office, "SELECT sha256 FROM store.report WHERE year = 2022")[0][0]
    assert Archive(office.archive).original(str(sha256)).read_bytes() == other.read_bytes()


def test_a_newer_reader_may_find_fewer_reports(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text('[{"figures": {"applications.new": 1}}, {"year": 2022, "figures": {"applications.new": 2}}]')
    take_in(path)
    assert rows(office, "SELECT year, value FROM store.fact ORDER BY ALL") == [(2022, 2.0), (2023, 1.0)]
    path.write_text('[{"figures": {"applications.new": 1}}]')
    take_in(path)
    # The changed file is another version of the same report; both stand in the store, one of them in the facts.
    assert rows(office, "SELECT count(*) FROM store.report") == [(3,)]
    assert rows(office, "SELECT year, value FROM store.fact ORDER BY ALL") == [(2022, 2.0), (2023, 1.0)]


def test_the_same_files_give_the_same_store(tmp_path: Path, take_in: Ingest, office: Workspace) -> None:
    folder = tmp_path / "in"
    for index in range(10):
        agency = f"淮安市第{index % 4}中学"
        write(folder, f"{index}.txt", agency=agency, year=2020 + index % 3, figures={"applications.new": index})
    take_in(folder, worker_count=2)
    at_once = [rows(office, query) for query in CONTENT]
    other = office
    for path in (*office.generations.iterdir(), office.pointer):
        path.unlink()
    for path in sorted(folder.iterdir(), reverse=True):
        take_in(path)
    assert [rows(other, query) for query in CONTENT] == at_once


def test_what_is_in_doubt_needs_confirmation(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "1.txt", year=None, figures={"applications.new": 1})
    write(folder, "2.txt", doubt="year_uncertain", figures={"applications.new": 2})
    write(folder, "3.txt", finding="agency_uncertain", figures={"applications.new": 3})
    write(folder, "4.txt", secondary_source=True, figures={"applications.new": 4})
    write(folder, "5.txt", period="h1", figures={"applications.new": 5})
    write(folder, "6.txt", agency=None, figures={"applications.new": 6})
    summary = take_in(folder)
    assert [(report.source, report.reason) for report in summary.unconfirmed] == [
        ("1.txt", "year_uncertain"),
        ("2.txt", "year_uncertain"),
        ("3.txt", "agency_uncertain"),
        ("4.txt", "secondary_source"),
        ("5.txt", "not_a_year"),
        ("6.txt", "agency_uncertain"),
    ]
    assert rows(office, "SELECT count(*) FROM store.fact") == [(0,)]


def test_of_several_versions_the_best_stands(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    draft = write(folder, "送审稿.txt", stage="draft", figures={"applications.new": 1})
    take_in(folder)
    published = write(folder, "发布稿.txt", stage="published", figures={"applications.new": 2})
    take_in(folder)
    assert rows(office, "SELECT value, report_id FROM store.fact") == [(2.0, id_of(published))]
    standing = rows(office, "SELECT standing_reason FROM store.report WHERE stage = 'draft'")
    assert standing == [("superseded_by:" + id_of(published),)]
    write(folder, "更正稿.txt", stage="corrected", figures={"applications.new": 3})
    take_in(folder)
    assert rows(office, "SELECT value FROM store.fact") == [(3.0,)]
    assert draft.exists()


def test_originals_and_blocks_are_kept(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", figures={})
    take_in(path)
    [(sha256,)] = rows(office, "SELECT sha256 FROM store.report")
    archive = Archive(office.archive)
    assert archive.original(str(sha256)).read_bytes() == path.read_bytes()
    assert archive.load_document(str(sha256), "1").blocks[0].text == path.read_text(encoding="utf-8")


def test_a_running_dashboard_sees_the_next_generation(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.txt", figures={"applications.new": 1})
    assert reader(office).run("store_overview", {}).empty
    take_in(path)
    assert reader(office).run("store_overview", {}).reports.tolist() == [1]
    assert reader(office) is reader(office)


def test_what_programs_leave_behind_is_ignored(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "a.txt", figures={})
    for name in ("~$a.docx", ".DS_Store", "Thumbs.db", "__MACOSX/a.txt", ".git/b.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("damaged")
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to(folder)
    summary = take_in(folder)
    assert (summary.files, summary.stored) == (1, 1)


def test_a_path_that_is_not_there_is_refused(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no such file"):
        take_in(tmp_path / "missing")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WorkspaceError, match="neither a file nor a folder"):
        take_in(tmp_path / "pipe")
    assert generations.current(office) is None


_KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
import invented_reader
from gongkai.store.ingest import Reader, ingest
from gongkai.store.workspace import open_workspace
if __name__ == "__main__":
    done = lambda file: print(file.source, flush=True)
    ingest(open_workspace(sys.argv[1]), [Path(sys.argv[2])], worker_count=1, progress=done,
           reader=Reader(invented_reader.read, "1"))
"""


def test_killed_in_the_middle_nothing_changes(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    first = write(tmp_path / "first", "a.txt", figures={"applications.new": 1})
    take_in(first)
    before = generations.current(office)
    for index in range(40):
        text = f'slow:{{"agency": "淮安市第{index}中学", "figures": {{"applications.new": {index}}}}}'
        (tmp_path / "first" / f"slow-{index:02}.txt").write_text(text, encoding="utf-8")
    script = tmp_path / "ingest_slowly.py"
    script.write_text(_KILLED, encoding="utf-8")
    arguments = [str(script), str(office.folder), str(first.parent), str(Path(__file__).parent)]
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert generations.current(office) == before
    assert rows(office, "SELECT value FROM store.fact") == [(1.0,)]
    for path in (tmp_path / "first").glob("slow-*"):
        path.unlink()
    second = write(tmp_path / "first", "b.txt", agency="淮安市教育局", figures={"applications.new": 2})
    started = time.monotonic()
    assert take_in(second).stored == 1
    assert time.monotonic() - started < 15
    assert rows(office, "SELECT value FROM store.fact ORDER BY value") == [(1.0,), (2.0,)]
    assert not list(office.generations.glob("*.partial*"))


def test_a_failure_stands_until_the_file_is_read(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    def unread() -> list[str]:
        return list(run_in(office, "ingest_failures", {})["source"])

    folder = tmp_path / "in"
    good = write(folder, "甲.txt", figures={"applications.new": 1})
    (folder / "乙.txt").write_bytes(b"damaged")
    (folder / "丙.txt").write_bytes(b"bug")
    take_in(folder)
    assert unread() == ["丙.txt", "乙.txt"]
    # Later runs that read other files mend nothing.
    take_in(write(tmp_path / "more", "丁.txt", figures={"applications.new": 2}))
    assert unread() == ["丙.txt", "乙.txt"]
    (folder / "乙.txt").write_bytes(good.read_bytes() + b" ")
    take_in(folder)
    assert unread() == ["丙.txt"]
