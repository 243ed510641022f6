"""The register tells which agency a report's name means."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from invented_reader import write
from test_ingest import rows

from gongkai.agencies.register import FormerName
from gongkai.store import register_file
from gongkai.store.ingest import Summary
from gongkai.store.register import export_agencies, import_agencies, publish, units_of
from gongkai.store.register_book import Difference, RegisterBook, RegisterError
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
    assert import_agencies(office, _register(tmp_path, AGENCIES), "office", "测试").units == 2
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
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfname,aliases,former_names,level")
    import_agencies(office, tmp_path / "out.csv", "office", "测试")
    assert rows(office, "SELECT * FROM store.registered_agency ORDER BY ALL") == before
    assert rows(office, "SELECT * FROM store.agency_name ORDER BY ALL") == names


def test_an_export_in_chinese_can_be_imported(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "测试")
    before = units_of(office, "office")
    export_agencies(office, tmp_path / "名单.xlsx", "office", chinese=True)
    done = import_agencies(office, tmp_path / "名单.xlsx", "office", "测试")
    assert done.difference == Difference(0, 0, 0)
    assert units_of(office, "office") == before


def test_an_export_that_cannot_be_is_refused(office: Workspace, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="has no register yet"):
        export_agencies(office, tmp_path / "out.csv", "office")
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "测试")
    with pytest.raises(RegisterError, match=r"written as \.csv or \.xlsx"):
        export_agencies(office, tmp_path / "out.txt", "office")
    assert not list(tmp_path.glob("out.*"))


def test_reports_that_are_stored_already_are_linked_anew(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    for year, agency in ((2022, "临湖市人民防空办公室"), (2024, "临湖市国防动员办公室")):
        write(tmp_path / "in", f"{year}.txt", agency=agency, year=year, figures={"applications.new": year})
    take_in(tmp_path / "in")
    assert rows(office, "SELECT count(DISTINCT agency_id) FROM store.fact") == [(2,)]
    renamed = """\
云川省人民政府,,,云川省,,province,government,,whole,,
临湖市国防动员办公室,市国动办,临湖市人民防空办公室(-2023),云川省,临湖市,prefecture,department,云川省人民政府,organ,,
"""
    path = tmp_path / "renamed.csv"
    path.write_text(
        "name,aliases,former_names,province,city,level,kind,parent,scope,since,until\n" + renamed, encoding="utf-8"
    )
    import_agencies(office, path, "office", "测试")
    one_line = "SELECT year, value FROM store.fact JOIN store.agency USING (agency_id) WHERE registered ORDER BY year"
    assert rows(office, one_line) == [(2022, 2022.0), (2024, 2024.0)]
    assert rows(office, "SELECT DISTINCT standing FROM store.report") == [("current",)]
    names = "SELECT name, first_year, last_year, sort FROM store.agency_name WHERE name LIKE '临湖%' ORDER BY name"
    assert rows(office, names) == [
        ("临湖市人民防空办公室", None, 2023, "former"),
        ("临湖市国防动员办公室", None, None, "full"),
    ]
    # Taken out of the register, the two names are two units again.
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "测试")
    assert rows(office, "SELECT count(DISTINCT agency_id) FROM store.fact") == [(2,)]


def test_every_change_stays_with_who_made_it(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "甲")
    changed = import_agencies(office, _register(tmp_path, AGENCIES.replace("；市财政局", "")), "office", "乙")
    assert changed.difference == Difference(0, 1, 0)
    id_ = next(unit.id for unit in units_of(office, "office") if unit.name == "临湖市财政局")
    history = RegisterBook(office).history("office", id_)
    assert [change.actor for change in history] == ["甲", "乙"]
    assert [len(change.unit.short_names) for change in history if change.unit] == [2, 1]


def test_a_plain_list_is_proposed_and_not_imported(office: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "编制主体名单.csv"
    path.write_text(
        "安徽省宿州市2024年度编制主体名单,,\n序号,单位,备注\n1,宿州市人民政府,\n2,市教育局,\n3,市政府办,\n4,萧县,\n"
        "5,萧县财政局,\n6,市税务局,\n",
        encoding="utf-8",
    )
    done = import_agencies(office, path, "office", "测试")
    assert done.difference is None
    assert done.proposals is not None
    assert units_of(office, "office") == ()
    with pytest.raises(RegisterError, match="is there already"):
        import_agencies(office, path, "office", "测试")
    assert import_agencies(office, done.proposals, "office", "测试").units == 6
    kept = units_of(office, "office")
    names = {unit.id: unit.name for unit in kept}
    assert {(unit.name, unit.level, unit.kind, names.get(unit.parent or "")) for unit in kept} == {
        ("宿州市人民政府", "prefecture", "government", None),
        ("宿州市教育局", "prefecture", "department", "宿州市人民政府"),
        ("宿州市人民政府办公室", "prefecture", "office", "宿州市人民政府"),
        ("萧县人民政府", "county", "government", "宿州市人民政府"),
        ("萧县财政局", "county", "department", "萧县人民政府"),
        ("宿州市税务局", "prefecture", "vertical", "宿州市人民政府"),
    }
    counted = {unit.name: names.get(unit.added_up_in or "") for unit in kept}
    assert counted["宿州市税务局"] is None
    assert counted["萧县财政局"] == "萧县人民政府"


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
            "鼓楼区人民政府,,江苏省,南京市,county,government,,\n鼓楼区人民政府,,江苏省,徐州市,county,government,,\n"
            "鼓楼区财政局,,江苏省,,county,department,鼓楼区人民政府,\n",
            "line 4, parent: 鼓楼区人民政府 is the name of several",
        ),
        ("", "names no agency"),
        (",,,,province,government,,\n", "line 2, name: is empty"),
    ],
)
def test_mistakes_are_named(office: Workspace, tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RegisterError, match=says):
        import_agencies(office, _register(tmp_path, text), "office", "测试")
    assert not office.pointer.exists()


def test_a_plain_list_of_known_units_keeps_what_it_is_silent_about(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "甲")
    before = units_of(office, "office")
    plain = tmp_path / "名单.csv"
    plain.write_text("单位,联系人\n云川省人民政府,甲\n市财政局,乙\n", encoding="utf-8")
    sheet = register_file.read(plain, before)
    assert (sheet.wrong, sheet.proposed) == ((), frozenset())
    kept = {unit.id: replace(unit, contact=None) for unit in sheet.units}
    assert kept == {unit.id: unit for unit in before}
    assert import_agencies(office, plain, "office", "乙").difference == Difference(0, 2, 0)


def test_a_renamed_unit_stays_itself_when_lists_come_back(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "甲")
    unit = next(unit for unit in units_of(office, "office") if unit.name == "临湖市财政局")
    renamed = replace(unit, name="临湖市财经局", former_names=(FormerName("临湖市财政局", None, 2023),))
    kept = [renamed if one.id == unit.id else one for one in units_of(office, "office")]
    RegisterBook(office).replace("office", kept, "乙", "机构改革")
    export_agencies(office, tmp_path / "名单.xlsx", "office", chinese=True)
    assert import_agencies(office, tmp_path / "名单.xlsx", "office", "丙").difference == Difference(0, 0, 0)
    # Last year's list still has the old name: the same unit, which keeps its new one.
    old = tmp_path / "去年.csv"
    old.write_text("单位,省份,地市\n云川省人民政府,云川省,\n临湖市财政局,云川省,临湖市\n", encoding="utf-8")
    sheet = register_file.read(old, units_of(office, "office"))
    assert {one.id: one.name for one in sheet.units}[unit.id] == "临湖市财经局"


def test_a_list_may_name_registered_parents_but_not_replace_them_away(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "甲")
    part = tmp_path / "part.csv"
    part.write_text(
        "name,province,city,level,kind,parent\n临湖市教育局,云川省,临湖市,prefecture,department,云川省人民政府\n",
        encoding="utf-8",
    )
    known = units_of(office, "office")
    sheet = register_file.read(part, known)
    assert sheet.wrong == ()
    assert sheet.units[0].parent in {unit.id for unit in known}
    with pytest.raises(RegisterError, match="line 2, parent: 云川省人民政府 is not in the file"):
        import_agencies(office, part, "office", "甲")


def test_a_unit_of_the_same_name_elsewhere_is_another_one(office: Workspace, tmp_path: Path) -> None:
    import_agencies(
        office, _register(tmp_path, "城关镇人民政府,,云川省,临湖市,township,government,,\n"), "office", "甲"
    )
    other = _register(tmp_path, "城关镇人民政府,,云川省,望江市,township,government,,\n")
    (known,) = units_of(office, "office")
    (unit,) = register_file.read(other, [known]).units
    assert unit.city == "望江市"


@pytest.mark.parametrize(
    ("text", "reason", "value"),
    [
        ("甲,乙\n1,2\n", "no_name_column", ""),
        ("单位,网址\n临湖市教育局,x\n", "unknown_columns", "网址"),
        ("单位,单位名称\n临湖市教育局,x\n", "columns_twice", "单位名称"),
        ("单位\n", "no_units", ""),
    ],
)
def test_a_file_that_is_no_register_says_why(tmp_path: Path, text: str, reason: str, value: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(register_file.SheetError) as caught:
        register_file.read(path)
    assert (caught.value.reason, caught.value.value) == (reason, value)


def test_publishing_tells_how_many_reports_were_linked_anew(office: Workspace, take_in: Ingest, tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt", agency="临湖市财政局", year=2023, figures={"applications.new": 1})
    write(tmp_path / "in", "b.txt", agency="望江市教育局", year=2023, figures={"applications.new": 1})
    take_in(tmp_path / "in")
    known = register_file.read(_register(tmp_path, AGENCIES)).units
    RegisterBook(office).replace("office", known, "甲", "登记")
    # The name alone told the unit; that it is registered moves nothing.
    assert publish(office, "office", "甲", "test") == 0
    renamed = [
        replace(unit, former_names=(FormerName("望江市教育局"),)) if unit.city == "临湖市" else unit for unit in known
    ]
    RegisterBook(office).replace("office", renamed, "甲", "更名")
    assert publish(office, "office", "甲", "test") == 1
    assert publish(office, "office", "甲", "test") == 0


def test_remarks_and_sums_below_a_list_are_no_units(office: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "单位名称,层级,单位类型,省份,地市,上级单位\n云川省人民政府,省级,人民政府,云川省,,\n"
        "临湖市财政局,市级,部门,云川省,临湖市,云川省人民政府\n合计,2,,,,\n注：以上单位均须编制年度报告。,,,,,\n",
        encoding="utf-8",
    )
    assert import_agencies(office, path, "office", "测试").units == 2


def test_a_rename_by_list_keeps_the_unit(office: Workspace, tmp_path: Path) -> None:
    import_agencies(office, _register(tmp_path, AGENCIES), "office", "甲")
    unit = next(unit for unit in units_of(office, "office") if unit.name == "临湖市财政局")
    path = tmp_path / "更名.csv"
    path.write_text(
        "name,former_names,province,city,level,kind,parent\n云川省人民政府,,云川省,,province,government,\n"
        "临湖市国防动员办公室,临湖市财政局(-2022),云川省,临湖市,prefecture,department,云川省人民政府\n",
        encoding="utf-8",
    )
    assert import_agencies(office, path, "office", "乙").difference == Difference(0, 1, 0)
    kept = {one.id: one for one in units_of(office, "office")}[unit.id]
    assert kept.name == "临湖市国防动员办公室"
    assert kept.former_names == (FormerName("临湖市财政局", None, 2022),)
