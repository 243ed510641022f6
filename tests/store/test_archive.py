"""The archive gives back what was put in."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.documents.model import Block, Cell, Document, Kind, Line
from gongkai.errors import WorkspaceError
from gongkai.store.archive import Archive

SHA = "ab" * 32


def _document() -> Document:
    cell = Cell(0, 0, "本年\n新收", rowspan=2, colspan=3, page=1, box=(1.0, 2.0, 3.0, 4.5))
    table = Block(1, Kind.TABLE, "本年 新收", page=1, table=0, rows=2, columns=3, cells=(cell,), ruled=False)
    paragraph = Block(0, Kind.PARAGRAPH, "收到𠮷件", page=1, lines=(Line(0, 4, 1, (0.0, 0.0, 9.0, 9.0)),))
    return Document("报告.pdf", "pdf", SHA, (paragraph, table), pages=1, metadata={"title": "年报"})


def test_a_document_comes_back_as_it_was(tmp_path: Path) -> None:
    source = tmp_path / "报告.pdf"
    source.write_bytes(b"%PDF")
    archive = Archive(tmp_path / "archive")
    archive.add(source, _document(), "1")
    assert archive.load_document(SHA, "1") == _document()
    assert archive.original(SHA).read_bytes() == b"%PDF"
    first = (archive.original(SHA).parent / "blocks-1.json.gz").read_bytes()
    archive.add(source, _document(), "1")
    assert (archive.original(SHA).parent / "blocks-1.json.gz").read_bytes() == first
    assert not list((tmp_path / "archive").rglob("*.partial"))


def test_what_an_earlier_reader_made_stays_until_it_is_asked_for_no_more(tmp_path: Path) -> None:
    source = tmp_path / "报告.pdf"
    source.write_bytes(b"%PDF")
    archive = Archive(tmp_path / "archive")
    archive.add(source, _document(), "1")
    newer = replace(_document(), pages=2)
    archive.add(source, newer, "2")
    assert archive.load_document(SHA, "1") == _document()
    assert archive.load_document(SHA, "2") == newer
    with pytest.raises(WorkspaceError):
        archive.load_document(SHA, "../1")


@pytest.mark.parametrize("sha256", ["../../etc/passwd", "", "AB" * 32, "ab" * 31, "cd" * 32])
def test_what_is_not_there_is_said(tmp_path: Path, sha256: str) -> None:
    with pytest.raises(WorkspaceError):
        Archive(tmp_path).load_document(sha256, "1")


def test_damage_is_said(tmp_path: Path) -> None:
    (tmp_path / "ab" / SHA).mkdir(parents=True)
    (tmp_path / "ab" / SHA / "blocks.json.gz").write_bytes(gzip.compress(b"{}"))
    with pytest.raises(WorkspaceError, match="damaged"):
        Archive(tmp_path).load_document(SHA, "1")
