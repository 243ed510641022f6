"""The register tells which agency a report's name means."""

from collections.abc import Callable
from pathlib import Path

import pytest
from invented_reader import write
from test_ingest import rows

from gongkai.store.ingest import Summary
from gongkai.store.register import RegisterError, export_agencies, import_agencies
from gongkai.store.workspace import Workspace

Ingest = Callable[..., Summary]

HEADER = "name,aliases,province,city,level,kind,parent,scope\n"
AGENCIES = """\
云川省人民政府,,云川省,,province,government,,whole
临湖市财政局,临湖市财政和国资局；市财政局,云川省,临湖市,prefecture,department,云川省人民政府,organ
"""


def _register(folder: Path, text: str) -> Path:
    path = folder / "agencies.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def test_names_and_aliases_are_told(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    assert import_agencies(office, _register(tmp_path, AGENCIES), "office", "测试") == 2
    for name, agency in (("a", "临湖市财政局"), ("b", "临湖市财政和国资局"), ("c", "市财政局")):
        write(tmp_path / "in", f"{name}.txt", agency=agency, year=2020 + ord(name) % 5, figures={})
    take_in(tmp_path / "in")
    agencies = rows(office, "SELECT name, city, level, kind, registered FROM store.agency ORDER BY level")
    assert agencies == [
        ("临湖市财政局", "临湖市", "prefecture", "department", True),
        ("云川省人民政府", None, "province", "government", True),
    ]
    parents = "SELECT parent.name FROM store.agency JOIN store.agency AS parent ON parent.agency_id = agency.parent_id"
    assert rows(office, parents) == [("云川省人民政府",)]
    assert rows(office, "SELECT DISTINCT agency FROM store.report") == [("临湖市财政局",)]


def test_an_import_replaces_the_register(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "测试")
    import_agencies(office, _register(tmp_path, AGENCIES.splitlines()[0] + "\n"), "office", "测试")
    assert rows(office, "SELECT name FROM store.agency") == [("云川省人民政府",)]


def test_the_register_says_what_an_agency_reports_on(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    zone = "临湖市高新技术产业开发区管理委员会,,云川省,临湖市,county,zone,,whole\n"
    import_agencies(office, _register(tmp_path, zone), "office", "测试")
    write(tmp_path / "in", "a.txt", agency="临湖市高新技术产业开发区管委会", figures={"applications.new": 1})
    take_in(tmp_path / "in")
    assert rows(office, "SELECT scope FROM store.fact") == [("whole",)]


def test_an_export_can_be_imported(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "测试")
    before = rows(office, "SELECT * FROM store.registered_agency ORDER BY ALL")
    names = rows(office, "SELECT * FROM store.agency_name ORDER BY ALL")
    assert export_agencies(office, tmp_path / "out.csv", "office") == 2
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfname,aliases")
    import_agencies(office, tmp_path / "out.csv", "office", "测试")
    assert rows(office, "SELECT * FROM store.registered_agency ORDER BY ALL") == before
    assert rows(office, "SELECT * FROM store.agency_name ORDER BY ALL") == names


def test_an_export_that_cannot_be_is_refused(office: Workspace, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="has no register yet"):
        export_agencies(office, tmp_path / "out.csv", "office")
    with pytest.raises(RegisterError, match=r"written as \.csv"):
        export_agencies(office, tmp_path / "out.xlsx", "office")
    assert not list(tmp_path.glob("out.*"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (AGENCIES.replace("prefecture", "city"), "line 3, level: 'city'"),
        (AGENCIES.replace("department", "palace"), "line 3, kind: 'palace'"),
        (AGENCIES.replace("organ", "all"), "line 3, scope: 'all'"),
        (
            AGENCIES.replace(",云川省人民政府,organ", ",云川省政协,organ"),
            "line 3, parent: 云川省政协 is not in the file",
        ),
        (AGENCIES + AGENCIES.splitlines()[1], "line 4, name: 临湖市财政局 stands already in line 3"),
        (
            AGENCIES.replace("云川省,,province,government,,", "云川省,,province,government,临湖市财政局,"),
            "below itself",
        ),
        (
            AGENCIES + "云川省人民政府,,江苏省,,province,government,,whole\n",
            "line 3, parent: 云川省人民政府 is the name of several",
        ),
        ("", "names no agency"),
        (",,,,province,government,,\n", "line 2, name: is empty"),
    ],
)
def test_mistakes_are_named(office: Workspace, tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        import_agencies(office, _register(tmp_path, text), "office", "测试")
    assert not office.pointer.exists()
