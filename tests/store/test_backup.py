"""A backup holds everything, is made while others write, and goes back whole or not at all."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_reader import target, write

from gongkai.store import backup_file, generations
from gongkai.store.archive import Archive
from gongkai.store.backup import backup
from gongkai.store.backup_file import LIST, BackupError, verify
from gongkai.store.decisions import Decisions
from gongkai.store.ingest import Summary
from gongkai.store.reader import run_in
from gongkai.store.register import import_agencies, units_of
from gongkai.store.restore import restore
from gongkai.store.workspace import Workspace, open_workspace

Ingest = Callable[..., Summary]
AT = "2026-01-31T08:00:00"
HEADER = "name,province,city,level,kind\n"


@pytest.fixture
def filled(office: Workspace, take_in: Ingest, tmp_path: Path) -> Workspace:
    """A workspace with a register, a report, a decision about it, and a file of the office's own."""
    (tmp_path / "agencies.csv").write_text(
        HEADER + "淮安市财政局,江苏省,淮安市,prefecture,department\n", encoding="utf-8"
    )
    import_agencies(office, tmp_path / "agencies.csv", "office", "测试")
    path = write(tmp_path / "in", "a.txt", figures={"applications.new": 3})
    take_in(tmp_path / "in")
    Decisions(office).correct(target(path), "year", 2022, "测试", "封面年份有误")
    (office.folder / "templates").mkdir()
    (office.folder / "templates" / "通知单.docx").write_bytes(b"our own")
    return office


def contents(folder: Path) -> dict[str, bytes]:
    """The files that matter, but the decisions, whose bytes may differ."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.name.startswith((".", "decisions"))
        and path.relative_to(folder).parts[0] != "generations"
    }


def years(workspace: Workspace) -> list[int]:
    return [int(year) for year in run_in(workspace, "facts", {"collection": "office"})["year"]]


def test_what_is_restored_is_what_was_there(filled: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    made = backup(filled, file, AT)
    assert made.damaged == []
    assert not list(tmp_path.glob("*.partial"))
    assert verify(file).made_at == AT
    done = restore(file, tmp_path / "new" / "office")
    assert done.aside is None
    back = open_workspace(tmp_path / "new" / "office")
    assert contents(back.folder) == contents(filled.folder)
    assert generations.current(back).read_bytes() == generations.current(filled).read_bytes()  # type: ignore[union-attr]
    # The decision still lies over the figure, and the register and the document are there.
    assert years(back) == years(filled) == [2022]
    assert [unit.name for unit in units_of(back, "office")] == ["淮安市财政局"]
    original = next(back.archive.glob("*/*/original"))
    assert Archive(back.archive).original(original.parent.name).read_bytes() == original.read_bytes()


def test_an_empty_workspace_goes_there_and_back(office: Workspace, tmp_path: Path) -> None:
    backup(office, tmp_path / "a.backup", AT)
    restore(tmp_path / "a.backup", tmp_path / "back")
    assert generations.current(open_workspace(tmp_path / "back")) is None


def test_the_same_workspace_gives_the_same_bytes(filled: Workspace, tmp_path: Path) -> None:
    for name in ("a", "b"):
        backup(filled, tmp_path / name, AT)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_nothing_is_overwritten_unasked(filled: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    backup(filled, file, AT)
    before = file.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        backup(filled, file, "2026-02-01T08:00:00")
    assert file.read_bytes() == before
    backup(filled, file, "2026-02-01T08:00:00", replace=True)
    assert verify(file).made_at == "2026-02-01T08:00:00"
    with pytest.raises(BackupError, match="not empty"):
        restore(file, filled.folder)
    with pytest.raises(BackupError, match="in the workspace itself"):
        backup(filled, filled.folder / "a.backup", AT)
    other = tmp_path / "papers"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BackupError, match="no workspace"):
        restore(file, other, replace=True)
    assert (other / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_replaced_is_kept_aside_and_a_running_reader_sees_the_restored(
    filled: Workspace, take_in: Ingest, tmp_path: Path
) -> None:
    file = tmp_path / "a.backup"
    backup(filled, file, AT)
    write(tmp_path / "later", "b.txt", agency="淮安市教育局", year=2024, figures={"applications.new": 8})
    take_in(tmp_path / "later")
    assert sorted(years(filled)) == [2022, 2024]
    done = restore(file, filled.folder, replace=True)
    assert years(filled) == [2022]
    assert done.aside is not None
    assert sorted(years(open_workspace(done.aside))) == [2022, 2024]
    # Work goes on in the restored workspace.
    take_in(tmp_path / "later")
    assert sorted(years(filled)) == [2022, 2024]


def test_a_workspace_that_is_being_written_is_not_replaced(filled: Workspace, tmp_path: Path) -> None:
    backup(filled, tmp_path / "a.backup", AT)
    with generations.lock(filled), pytest.raises(Exception, match="another process"):
        restore(tmp_path / "a.backup", filled.folder, replace=True)
    assert years(filled) == [2022]
    assert not list(tmp_path.glob(".office.restoring*"))


def damage(file: Path, name: str, how: str) -> None:
    """Damage a member of a backup in place, or the file around it."""
    content = bytearray(file.read_bytes())
    if how == "cut":
        file.write_bytes(content[: len(content) // 2])
        return
    with zipfile.ZipFile(file) as archive:
        member = next(one for one in archive.infolist() if one.filename == name)
        data = archive.read(member)
    start = content.index(data, member.header_offset)
    content[start + len(data) // 2] ^= 0xFF
    file.write_bytes(content)


@pytest.mark.parametrize("name", ["decisions.sqlite", "workspace.toml", "current", "archive", LIST, "cut"])
def test_a_damaged_backup_is_refused_and_says_where(filled: Workspace, tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.backup"
    backup(filled, file, AT)
    with zipfile.ZipFile(file) as archive:
        wanted = next((one for one in archive.namelist() if one.startswith(name)), "")
    damage(file, wanted, "cut" if name == "cut" else "flip")
    message = "no backup" if name == "cut" else wanted
    with pytest.raises(BackupError, match=message):
        verify(file)
    with pytest.raises(BackupError, match=message):
        restore(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    with pytest.raises(BackupError):
        restore(file, filled.folder, replace=True)
    assert years(filled) == [2022]
    assert not list(tmp_path.glob(".*restoring*"))


def test_names_that_lead_out_of_the_folder_are_refused(filled: Workspace, tmp_path: Path) -> None:
    evil = {"name": "../evil", "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    content = json.dumps({"format": 1, "made_at": AT, "files": [evil]}).encode()
    with zipfile.ZipFile(tmp_path / "a.backup", "w") as archive:
        archive.writestr("../evil", b"x")
        archive.writestr(LIST, content)
        archive.comment = hashlib.sha256(content).hexdigest().encode()
    with pytest.raises(BackupError, match="outside the workspace"):
        restore(tmp_path / "a.backup", tmp_path / "new")
    assert not (tmp_path / "evil").exists()


def test_something_else_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    with zipfile.ZipFile(tmp_path / "b", "w") as archive:
        archive.writestr("letter.txt", "hello")
    for name in ("a", "b"):
        with pytest.raises(BackupError, match="no backup"):
            verify(tmp_path / name)
    with pytest.raises(BackupError, match="no such file"):
        verify(tmp_path / "c")


def test_a_damaged_document_is_named_and_the_rest_is_kept(filled: Workspace, tmp_path: Path) -> None:
    original = next(filled.archive.glob("*/*/original"))
    original.write_bytes(b"something else")
    made = backup(filled, tmp_path / "a.backup", AT)
    assert made.damaged == [original.relative_to(filled.folder).as_posix()]
    restore(tmp_path / "a.backup", tmp_path / "back")
    assert years(open_workspace(tmp_path / "back")) == [2022]


def test_damaged_decisions_are_not_backed_up_over_a_good_backup(filled: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    backup(filled, file, AT)
    before = file.read_bytes()
    for path in filled.folder.glob("decisions.sqlite*"):
        path.unlink()
    filled.decisions.write_bytes(b"no database at all" * 100)
    with pytest.raises(BackupError, match="nothing was written"):
        backup(filled, file, AT, replace=True)
    assert file.read_bytes() == before
    assert not list(tmp_path.glob("*.partial"))


def test_a_backup_beside_a_writer_is_one_moment_of_both(filled: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    """Somebody decides and another ingests all the while; every backup can be restored, read and worked on."""
    stop = threading.Event()
    made: list[int] = []
    path = next((tmp_path / "in").iterdir())

    def decide() -> None:
        while not stop.is_set():
            made.append(Decisions(filled).confirm(target(path), "stage", "published", "测试", "核对"))

    def publish() -> None:
        while not stop.is_set():
            with generations.write(filled, wait=5.0):
                pass

    workers = [threading.Thread(target=each) for each in (decide, publish)]
    for worker in workers:
        worker.start()
    files = []
    try:
        for number in range(3):
            before = len(made)
            files.append((tmp_path / f"{number}.backup", before))
            backup(filled, files[-1][0], AT)
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    assert len(made) > 3
    for number, (file, before) in enumerate(files):
        back = open_workspace(restore(file, tmp_path / f"back{number}").folder)
        assert years(back) == [2022]
        # What was decided before the backup began is in it, without gaps.
        ids = sorted(entry.id for entry in Decisions(back).log())
        assert ids == list(range(1, len(ids) + 1))
        assert len(ids) >= before + 1


def test_two_backups_to_one_file_do_not_mix(filled: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    context = multiprocessing.get_context("spawn")
    held, free = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(file.with_name("a.backup.partial"), held, free))
    other.start()
    try:
        assert held.wait(60)
        with pytest.raises(BackupError, match="another backup"):
            backup(filled, file, AT)
    finally:
        free.set()
        other.join()
    backup(filled, file, AT)
    assert verify(file).entries


def test_a_file_that_took_its_name_meanwhile_is_not_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other backup is done between our opening its half-written file and our holding it."""
    partial, done = tmp_path / "a.backup.partial", tmp_path / "a.backup"
    partial.write_bytes(b"whole")
    monkeypatch.setattr(backup_file, "_hold", lambda *_: partial.rename(done))
    with pytest.raises(BackupError, match="try again"), backup_file.alone(partial):
        pass
    assert done.read_bytes() == b"whole"


def _hold(file: Path, held, free) -> None:  # type: ignore[no-untyped-def]
    from gongkai.store.backup_file import alone

    with alone(file):
        held.set()
        free.wait(60)


_KILLED = """
import os, signal, sys
from pathlib import Path
from gongkai.store.{module} import {module}
from gongkai.store.workspace import open_workspace
def progress(done, total):
    if done > total // 2:
        os.kill(os.getpid(), signal.SIGKILL)
{call}
"""


@pytest.mark.parametrize("module", ["backup", "restore"])
def test_who_is_killed_half_way_leaves_everything_as_it_was(filled: Workspace, tmp_path: Path, module: str) -> None:
    file = tmp_path / "a.backup"
    backup(filled, file, AT)
    before = file.read_bytes()
    call = (
        f"backup(open_workspace({str(filled.folder)!r}), Path({str(file)!r}), 'later', True, progress)"
        if module == "backup"
        else f"restore(Path({str(file)!r}), Path({str(filled.folder)!r}), True, progress)"
    )
    run = subprocess.run([sys.executable, "-c", _KILLED.format(module=module, call=call)], env=os.environ.copy())
    assert run.returncode == -signal.SIGKILL
    assert file.read_bytes() == before
    assert years(filled) == [2022]
    # And the next one is not hindered by what was left.
    backup(filled, file, AT, replace=True)
    assert restore(file, filled.folder, replace=True).aside is not None
    assert years(filled) == [2022]
