"""Archives: the files in them come out whole, under the names people gave them; hostile ones cost a reason."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rar_files import rar4, rar5
from word_files import docx

from gongkai.documents import archive_library, archive_model
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
    assert not (tmp_path / "out" / "000000").exists()


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
    monkeypatch.setattr(archive_model, "MOST_MEMBERS", 3)
    with pytest.raises(UnreadableDocument, match="more than 3 files") as refused:
        _unpacked(archive, tmp_path / "out")
    assert refused.value.reason == "too_large"
    with pytest.raises(UnreadableDocument, match="no file"):
        _unpacked(_zip(tmp_path / "b.zip", {".hidden": b""}), tmp_path / "other")


needs_library = pytest.mark.skipif(
    not archive_library.available(), reason="the extra `archives` is not installed (make setup-archives)"
)
Members = dict[str, bytes]
REPORTS: Members = {"甲县/年报.txt": "甲县年报".encode(), "乙县/年报.txt": b"2" * 5000, ".hidden": b""}


def _tar(members: Members, mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as target:  # type: ignore[call-overload]
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            target.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def _read(found: list[Member]) -> Members:
    assert not [member for member in found if member.failure]
    return {member.name: member.path.read_bytes() for member in found}


EXPECTED = {name: content for name, content in REPORTS.items() if not name.startswith(".")}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_archives_come_out_whole(tmp_path: Path, mode: str) -> None:
    (tmp_path / "a").write_bytes(_tar(REPORTS, mode))
    assert is_archive(tmp_path / "a")
    assert _read(_unpacked(tmp_path / "a", tmp_path / "out")) == EXPECTED


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("年报.html.gz", gzip.compress(b"page", mtime=0), "年报.html"),
        ("年报.txt.bz2", bz2.compress(b"page"), "年报.txt"),
        ("年报.xz", lzma.compress(b"page"), "年报"),
        ("年报.docx", gzip.compress(b"page", mtime=0), "年报.docx"),
    ],
)
def test_a_single_packed_file_keeps_its_name(tmp_path: Path, name: str, content: bytes, shown: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert _read(_unpacked(tmp_path / name, tmp_path / "out")) == {shown: b"page"}


def test_names_of_a_tar_archive_in_gbk(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk") as target:
        entry = tarfile.TarInfo("丙局/年报.txt")
        entry.size = 1
        target.addfile(entry, io.BytesIO(b"3"))
    (tmp_path / "a.tar").write_bytes(stream.getvalue())
    assert _read(_unpacked(tmp_path / "a.tar", tmp_path / "out")) == {"丙局/年报.txt": b"3"}


def test_links_of_a_tar_archive_are_named_and_never_followed(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as target:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"link{int(kind)}")
            entry.type, entry.linkname = kind, "/etc/passwd"
            target.addfile(entry)
        entry = tarfile.TarInfo("/../../etc/good.txt")
        entry.size = 1
        target.addfile(entry, io.BytesIO(b"1"))
    (tmp_path / "a.tar").write_bytes(stream.getvalue())
    found = _unpacked(tmp_path / "a.tar", tmp_path / "out")
    assert [(member.name, member.failure and member.failure.reason) for member in found] == [
        ("etc/good.txt", None),
        ("link1", "unsupported"),
        ("link2", "unsupported"),
        ("link6", "unsupported"),
    ]
    assert [path.name for path in (tmp_path / "out").iterdir()] == [found[0].path.name]


def test_a_tar_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    content = _tar({"a.txt": b"1" * 600, "b.txt": bytes(range(256)) * 40})
    (tmp_path / "a.tar").write_bytes(content[:5000])
    (tmp_path / "out").mkdir()
    members = unpack(tmp_path / "a.tar", tmp_path / "out")
    first, second = next(members), next(members)
    assert (first.name, first.failure, first.path.stat().st_size) == ("a.txt", None, 600)
    assert (second.name, second.failure and second.failure.reason) == ("b.txt", "damaged")
    with pytest.raises(UnreadableDocument, match="cut off"):
        next(members)


@pytest.mark.parametrize("name", ["a.gz", "a.tar.gz"])
def test_what_grows_a_thousandfold_is_stopped(tmp_path: Path, name: str) -> None:
    zeros = bytes(30_000_000)
    (tmp_path / name).write_bytes(gzip.compress(_tar({"bomb.txt": zeros}) if ".tar" in name else zeros))
    (tmp_path / "out").mkdir()
    members = unpack(tmp_path / name, tmp_path / "out")
    bomb = next(members)
    assert bomb.failure is not None
    assert bomb.failure.reason == "too_large"
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) <= archive_model.HIGHEST_RATIO * 40_000


def test_archives_in_archives(tmp_path: Path) -> None:
    county = _zip(
        tmp_path / "county.zip", {"甲局.txt": b"1", "乙局.tar.gz": _tar({"丙.txt": b"2"}, "w:gz")}
    ).read_bytes()
    city = _zip(tmp_path / "city.zip", {"县/county.zip": county, "断.zip": county[:50], "z.txt": b"3"})
    found = _unpacked(city, tmp_path / "out")
    assert [(member.name, member.failure is None and member.path.read_bytes()) for member in found] == [
        ("z.txt", b"3"),
        ("县/county.zip/乙局.tar.gz/丙.txt", b"2"),
        ("县/county.zip/甲局.txt", b"1"),
        ("断.zip", county[:50]),
    ]
    content = b"0"
    for level in range(5):
        content = _zip(tmp_path / f"{level}.zip", {f"{level}.zip" if level else "a.txt": content}).read_bytes()
    [deep] = _unpacked(tmp_path / "4.zip", tmp_path / "deep")
    assert deep.failure is not None
    assert (deep.name, deep.failure.reason) == ("4.zip/3.zip/2.zip", "unsupported")


def test_the_files_of_all_levels_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = _zip(tmp_path / "inner.zip", {f"{number}.txt": b"1" for number in range(3)}).read_bytes()
    outer = _zip(tmp_path / "outer.zip", {"1.zip": inner, "2.zip": inner})
    monkeypatch.setattr(archive_model, "MOST_MEMBERS", 6)
    found = _unpacked(outer, tmp_path / "out")
    assert [member.failure is None for member in found] == [True, True, True, False]
    assert found[-1].name == "2.zip"


def test_without_the_library_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.rar").write_bytes(rar5({"a.txt": b"1"}))
    assert is_archive(tmp_path / "a.rar")
    monkeypatch.setattr(archive_library, "available", lambda: False)
    with pytest.raises(UnreadableDocument, match="make setup-archives") as refused:
        _unpacked(tmp_path / "a.rar", tmp_path / "out")
    assert refused.value.reason == "unsupported"


@needs_library
@pytest.mark.parametrize("pack", [rar4, rar5])
def test_rar_archives_come_out_whole(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    (tmp_path / "a.rar").write_bytes(pack(REPORTS | {"../../etc/x.txt": b"4"}))
    assert _read(_unpacked(tmp_path / "a.rar", tmp_path / "out")) == EXPECTED | {"etc/x.txt": b"4"}


@needs_library
def test_7z_archives_come_out_whole(tmp_path: Path) -> None:
    import libarchive

    with libarchive.file_writer(str(tmp_path / "a.7z"), "7zip") as target:
        for name, content in REPORTS.items():
            target.add_file_from_memory(name, len(content), content)
    assert _read(_unpacked(tmp_path / "a.7z", tmp_path / "out")) == EXPECTED


@needs_library
def test_a_rar_archive_with_a_damaged_or_locked_file(tmp_path: Path) -> None:
    content = rar5({"a.txt": b"1" * 100, "b.txt": b"2" * 100})
    (tmp_path / "bad.rar").write_bytes(content.replace(b"1" * 100, b"1" * 99 + b"3"))
    found = _unpacked(tmp_path / "bad.rar", tmp_path / "out")
    assert [(member.name, member.failure and member.failure.reason) for member in found] == [
        ("a.txt", "damaged"),
        ("b.txt", None),
    ]
    for pack in (rar4, rar5):
        (tmp_path / "locked.rar").write_bytes(pack({"a.txt": b"1"}, locked=True))
        [member] = _unpacked(tmp_path / "locked.rar", tmp_path / pack.__name__)
        assert member.failure is not None
        assert member.failure.reason == "encrypted"


@needs_library
@pytest.mark.parametrize("pack", [rar4, rar5])
@pytest.mark.parametrize("cut", [4, 60, 130, 200])
def test_a_rar_archive_that_ends_early_never_passes_as_whole(tmp_path: Path, pack: object, cut: int) -> None:
    assert callable(pack)
    (tmp_path / "cut.rar").write_bytes(pack({"a.txt": b"1" * 100, "b.txt": b"2" * 100})[:-cut])
    with pytest.raises(UnreadableDocument) as refused:
        _unpacked(tmp_path / "cut.rar", tmp_path / "out3")
    assert refused.value.reason == "damaged"


@needs_library
def test_a_wrong_checksum_in_a_7z_archive_is_told(tmp_path: Path) -> None:
    import libarchive

    with libarchive.file_writer(str(tmp_path / "a.7z"), "7zip", options="compression=store") as target:
        target.add_file_from_memory("a.txt", 100, b"1" * 100)
    content = (tmp_path / "a.7z").read_bytes()
    (tmp_path / "a.7z").write_bytes(content.replace(b"1" * 100, b"1" * 99 + b"3"))
    [member] = _unpacked(tmp_path / "a.7z", tmp_path / "out")
    assert member.failure is not None
    assert member.failure.reason == "damaged"


@needs_library
def test_a_7z_archive_that_grows_a_thousandfold_is_stopped(tmp_path: Path) -> None:
    import libarchive

    with libarchive.file_writer(str(tmp_path / "a.7z"), "7zip") as target:
        target.add_file_from_memory("bomb.txt", 30_000_000, bytes(30_000_000))
    [member] = _unpacked(tmp_path / "a.7z", tmp_path / "out")
    assert member.failure is not None
    assert member.failure.reason == "too_large"
    assert member.path.stat().st_size <= archive_model.UNSUSPECTED


@needs_library
@given(damage=st.lists(st.tuples(st.integers(8, 400), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=12, deadline=None)
def test_damage_never_costs_more_than_the_archive(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    content = bytearray(rar5(REPORTS))
    for place, value in damage:
        content[place % len(content)] = value
    (folder / "a.rar").write_bytes(b"Rar!\x1a\x07" + content[6:])
    (folder / "out").mkdir()
    with suppress(UnreadableDocument):
        for member in unpack(folder / "a.rar", folder / "out"):
            assert member.path.parent == folder / "out"
            assert member.failure is not None or member.path.read_bytes() in REPORTS.values()
