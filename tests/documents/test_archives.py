"""Archives: the files in them come out whole, under the names people gave them; hostile ones cost a reason."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import docx

from gongkai.documents import archives
from gongkai.documents.archives import Member, is_archive, unpack
from gongkai.errors import UnreadableDocument


class _Gbk(zipfile.ZipInfo):
    """A member as Windows packs it: the name in GBK, no flag that would say so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def _zip(path: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return path


def _unpacked(archive: Path, folder: Path) -> list[Member]:
    folder.mkdir()
    return list(unpack(archive, folder))


def test_names_are_told_whatever_wrote_them(tmp_path: Path) -> None:
    members = {
        "市区/b.txt": b"1",
        _Gbk("县区\\丙局\\a.txt"): b"2",
        "市区/": b"",
        "__MACOSX/._b.txt": b"",
        "Thumbs.db": b"",
    }
    found = _unpacked(_zip(tmp_path / "a.zip", members), tmp_path / "out")
    assert [(member.name, member.path.read_bytes()) for member in found] == [
        ("县区/丙局/a.txt", b"2"),
        ("市区/b.txt", b"1"),
    ]


@given(name=st.text(min_size=1, max_size=30))
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("names")
    hostile = f"../../{name}/../../etc/x".encode("utf-8", "replace").decode()
    for member in _unpacked(_zip(folder / "a.zip", {hostile: b"1", "z.txt": b"2"}), folder / "out"):
        assert member.path.parent == folder / "out"
        assert not {"..", ".", ""} & set(member.name.split("/"))
        assert "\n" not in member.name


def test_a_word_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(docx("<w:p/>"))
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    assert not is_archive(tmp_path / "a.zip")
    assert not is_archive(tmp_path / "cut.zip")
    assert not is_archive(tmp_path / "none.zip")
    assert is_archive(_zip(tmp_path / "b.docx", {"a.txt": b"1"}))


def test_one_bad_file_costs_that_file(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", {"bomb.txt": b"0" * 30_000_000, "good.txt": b"1", "locked.txt": b"2"})
    content = bytearray(archive.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1  # "encrypted", in the directory's entry of the last file
    archive.write_bytes(content)
    found = _unpacked(archive, tmp_path / "out")
    assert [(member.name, member.failure and member.failure.reason) for member in found] == [
        ("bomb.txt", "too_large"),
        ("good.txt", None),
        ("locked.txt", "encrypted"),
    ]
    assert (tmp_path / "out" / "000000").stat().st_size <= archives.UNSUSPECTED


def test_damage_within_is_told(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", {"a.txt": bytes(range(256)) * 40})
    content = bytearray(archive.read_bytes())
    content[60:80] = bytes(20)
    archive.write_bytes(content)
    [member] = _unpacked(archive, tmp_path / "out")
    assert member.failure is not None
    assert member.failure.reason == "damaged"


def test_an_archive_beyond_the_limits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = _zip(tmp_path / "a.zip", {f"{number}.txt": b"1" for number in range(4)})
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(UnreadableDocument, match="more than 3 files") as refused:
        _unpacked(archive, tmp_path / "out")
    assert refused.value.reason == "too_large"
    with pytest.raises(UnreadableDocument, match="no file"):
        _unpacked(_zip(tmp_path / "b.zip", {".hidden": b""}), tmp_path / "other")
