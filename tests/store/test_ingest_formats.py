"""A folder as offices keep it: all formats under wrong names, broken ones among them. Each is stored or named."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from gongkai.documents import archive_library
from gongkai.store.ingest import ingest
from gongkai.store.workspace import create

TITLE = "某县财政局2023年政府信息公开工作年度报告"
TEXT = (
    f"{TITLE}\n一、总体情况\n某县财政局依法公开政府信息，全年收到政府信息公开申请{{count}}件，均已答复。\n"
    "二、主动公开政府信息情况\n本局主动公开政府信息。\n"
)


def html(count: int) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.format(count=count).splitlines())
    return f"<html><head><title>{TITLE}</title></head><body>{paragraphs}</body></html>".encode()


def rtf(count: int) -> bytes:
    lines = "".join(
        "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in line) + "\\par "
        for line in TEXT.format(count=count).splitlines()
    )
    return b"{\\rtf1\\ansi\\uc1 " + lines.encode("ascii") + b"}"


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in members.items():
            target.writestr(name, content)
    return stream.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as target:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            target.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def test_every_file_is_stored_or_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_library, "available", lambda: False)
    files = {
        "网页.doc": html(1),
        "写字板.docx": rtf(2),
        "文本.pdf": TEXT.format(count=3).encode("gb18030"),
        "打包.rar": zipped({"甲.txt": html(4), "县.zip": zipped({"乙.html": rtf(5), "断.pdf": b"%PDF-1.4 broken"})}),
        "市.zip": tarred({"丙/丁.doc": TEXT.format(count=6).encode()}),
        "单个.tgz": gzip.compress(html(7)),
        "断了的.zip": zipped({"a.txt": html(8)})[:60],
        "锁.7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
        "真的.zip": b"Rar!\x1a\x07\x01\x00",
        "空.docx": b"",
        "扫描.doc": b"\x89PNG\r\n\x1a\n\x00",
        "程序.xlsx": b"MZ\x90\x00" + bytes(100),
        "无关.txt": "今天天气很好。".encode(),
    }
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    done = ingest(create(tmp_path / "office", False), [folder], worker_count=1)
    failures = {failure.source: failure.reason for failure in done.failures}
    assert done.stored == 7
    # Without the extra `ocr` it cannot be looked at, with it it is seen to be cut off.
    assert failures.pop("扫描.doc") in ("no_text", "damaged")
    assert failures == {
        "打包.rar/县.zip/断.pdf": "damaged",
        "断了的.zip": "damaged",
        "锁.7z": "unsupported",
        "真的.zip": "unsupported",
        "空.docx": "empty",
        "程序.xlsx": "unsupported",
        "无关.txt": "no_report",
    }
    assert all(failure.message for failure in done.failures)
    assert done.files == done.stored + len(done.failures)
