"""Uploaded files: their names can do no harm, nothing overwrites anything, and a command's log is read as it grows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ui.uploads import NAME_BYTES, Batch, events, safe_name, save, sweep, unique_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        (r"..\..\windows\win.ini", "win.ini"),
        ("/absolute/年报.pdf", "年报.pdf"),
        ("..", "unnamed"),
        ("", "unnamed"),
        (".htaccess", "htaccess"),
        ("a\x00b\n.txt", "ab.txt"),
        ("年报\u202egpj.pdf", "年报gpj.pdf"),
        ("2023年度报告(最终版3).docx", "2023年度报告(最终版3).docx"),
        ("CON.txt", "_CON.txt"),
        ("-rf.pdf", "-rf.pdf"),
    ],
)
def test_names_are_plain_file_names(given_name: str, expected: str) -> None:
    assert safe_name(given_name) == expected


@given(st.text(max_size=400))
def test_any_name_stays_inside_the_folder(name: str) -> None:
    own = safe_name(name)
    assert own not in ("", ".", "..")
    assert os.sep not in own
    assert len(own.encode("utf-8")) <= NAME_BYTES
    assert Path("folder", own).parent == Path("folder")


def test_a_long_name_keeps_its_extension() -> None:
    own = safe_name("政府信息公开" * 60 + ".docx")
    assert own.endswith(".docx")
    assert len(own.encode("utf-8")) <= NAME_BYTES


@given(st.lists(st.sampled_from(["a.pdf", "A.PDF", "b", "a (2).pdf", "年报.html"]), max_size=8))
def test_same_names_get_numbers(names: list[str]) -> None:
    written: list[str] = []
    for name in names:
        written.append(unique_name(name, written))
    assert len({name.casefold() for name in written}) == len(names)


def test_files_of_one_name_are_all_kept(tmp_path: Path) -> None:
    batch = save(tmp_path / "uploads", [("x/年报.txt", b"one"), ("y/年报.txt", b"two"), ("../年报.txt", b"three")])
    files = sorted((batch.folder / "files").iterdir())
    assert [file.name for file in files] == ["年报 (2).txt", "年报 (3).txt", "年报.txt"]
    assert {file.read_bytes() for file in files} == {b"one", b"two", b"three"}
    assert batch.names == ("x/年报.txt", "y/年报.txt", "../年报.txt")


def test_finished_batches_are_removed_and_waiting_ones_kept(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    waiting = save(uploads, [("a.txt", b"1")])
    done = save(uploads, [("b.txt", b"2")])
    (done.folder / "process").write_text("999999999", encoding="utf-8")
    sweep(uploads)
    assert waiting.folder.is_dir()
    assert not done.folder.exists()


def test_a_growing_log_is_read_line_by_line() -> None:
    text = '{"event": "file", "done": 1}\nnoise\n[1]\n{"event": "fi'
    assert events(text) == [{"event": "file", "done": 1}]


def test_a_log_that_was_cleared_away_is_empty(tmp_path: Path) -> None:
    gone = Batch(tmp_path / "gone", ())
    assert (gone.events(), gone.errors()) == ([], "")
