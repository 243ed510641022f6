"""系统管理: the register empty, small and full; an import with wrong cells, one with proposals; a unit renamed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from invented_reports import annual, take_in, write
from report_pages import page, words
from streamlit.testing.v1 import AppTest

from gongkai.agencies.naming import agency_id
from gongkai.agencies.register import FormerName, Unit
from gongkai.catalogue.messages import message
from gongkai.catalogue.register_columns import COLUMNS, headings
from gongkai.store.reader import reader
from gongkai.store.register import publish, units_of
from gongkai.store.register_book import RegisterBook
from gongkai.store.register_file import Sheet
from gongkai.store.workspace import Workspace, create
from gongkai.ui.register_changes import changes_of
from gongkai.ui.register_form import Given, result
from gongkai.ui.register_import import MOST_BYTES, read
from gongkai.ui.register_list import counts, matching
from gongkai.ui.register_proposals import edited, open_cells, parents_of

CITY = Unit("c", "临湖市人民政府", "prefecture", "government", "云川省", "临湖市", telephone="0550-1234567")
BUREAU = Unit("b", "临湖市财政局", "prefecture", "department", "云川省", "临湖市", parent="c", since=2015)
TAX = Unit("t", "临湖市税务局", "prefecture", "vertical", "云川省", "临湖市", parent="c", contact="甲")
PLAIN = "安徽省宿州市编制主体名单,\n序号,单位\n1,宿州市人民政府\n2,市教育局\n3,萧县\n4,萧县财政局\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = create(tmp_path / "office")
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    return workspace


def registered(workspace: Workspace, units: Sequence[Unit]) -> None:
    RegisterBook(workspace).replace("office", units, "甲", "登记")
    publish(workspace, "office", "甲", "test")


def acting(name: str = "admin", **parameters: str) -> AppTest:
    """The page with somebody acting on it."""
    app = page(name, **parameters)
    app.session_state["actor"] = "测试员"
    return app.run()


def uploaded(app: AppTest, name: str, content: str) -> AppTest:
    app.file_uploader[0].set_value((name, content.encode(), "text/csv"))
    return app.run()


def labelled(app: AppTest, kind: str, label: str) -> list[object]:
    return [element for element in app.get(kind) if element.label == label]


def click(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    return button.click().run()


def published(app: AppTest) -> AppTest:
    """Wait for the process that publishes what was saved."""
    for _ in range(300):
        if not app.session_state["register_publishing"][0].running:
            break
        time.sleep(0.1)
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_register_says_what_to_do(office: Workspace, language: str) -> None:
    app = page("admin", language)
    assert not app.exception
    assert message(language, "admin.list.empty_do") in words(app)
    assert not app.dataframe
    assert [expander.label for expander in app.expander] == [message(language, "admin.import.title")]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_small_register_is_counted_listed_and_searched(office: Workspace, language: str) -> None:
    registered(office, [CITY, BUREAU, TAX])
    app = page("admin", language)
    assert not app.exception
    counted, listed = app.dataframe
    assert list(counted.value["all"]) == [3, 3]
    assert list(listed.value["name"]) == ["临湖市人民政府", "临湖市财政局", "临湖市税务局"]
    assert list(listed.value["reports_to"].dropna()) == ["临湖市人民政府"] * 2
    assert list(listed.value["counts_in"].dropna()) == ["临湖市人民政府", message(language, "admin.nowhere")]
    if language == "zh-CN":
        app.text_input(key=next(each.key for each in app.text_input if each.label == "查找单位")).input("甲").run()
        assert list(app.dataframe[1].value["name"]) == ["临湖市税务局"]
        app.text_input[0].input("没有这个").run()
        assert "没有符合条件的单位" in words(app)


def test_a_register_of_three_thousand_is_listed_whole(office: Workspace) -> None:
    many = [replace(BUREAU, id=f"{number:04x}", name=f"临湖市第{number}局") for number in range(2999)]
    registered(office, [CITY, *many])
    app = page("admin")
    started = time.process_time()
    app.run()
    assert time.process_time() - started < 3
    assert not app.exception
    assert len(app.dataframe[1].value) == 3000


def test_a_collection_without_reports_has_a_register_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = create(tmp_path / "demo", demonstration=True)
    monkeypatch.setenv("GONGKAI_DATA", str(workspace.folder))
    RegisterBook(workspace).replace("sample", [CITY], "甲", "登记")
    app = page("admin")
    assert "还没有单位名录" in words(app)
    app.selectbox[0].select("虚构示范省").run()
    assert not app.exception
    assert list(app.dataframe[1].value["name"]) == ["临湖市人民政府"]
    assert "为虚构" in words(app)


def test_wrong_cells_are_named_and_nothing_is_imported(office: Workspace) -> None:
    text = "单位名称,层级,单位类型,上级单位,起始年度\n宿州市人民政府,市级,政府,,十年\n宿州市教育局,区域级,部门,甲局,\n"
    app = uploaded(acting(), "名单.csv", text)
    assert not app.exception
    shown = app.dataframe[0].value
    assert list(shown["line"]) == [2, 3, 3]
    assert list(shown["column"]) == ["起始年度", "层级", "上级单位"]
    assert list(shown["value"]) == ["十年", "区域级", "甲局"]
    assert "地市级" in shown["problem"].iloc[1]
    assert units_of(office, "office") == ()
    assert not [button for button in app.button if button.label == "确认导入"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("名单.doc", b"x", "format"),
        ("名单.csv", b"x" * (MOST_BYTES + 1), "too_large"),
        ("名单.xlsx", b"not a zip", "unreadable"),
        ("../../名单.csv", "甲,乙\n1,2\n".encode(), "no_name_column"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(name: str, content: bytes, reason: str) -> None:
    found = read(name, content, ())
    assert isinstance(found, tuple)
    assert found[0] == reason
    assert message("zh-CN", f"admin.refused.{reason}", value="", size=5)


def test_proposals_are_looked_through_and_confirmed(office: Workspace) -> None:
    app = uploaded(acting(), "名单.csv", PLAIN)
    assert not app.exception
    (proposed,) = app.data_editor
    assert list(proposed.value["name"]) == ["宿州市人民政府", "宿州市教育局", "萧县人民政府", "萧县财政局"]
    assert list(proposed.value["level"]) == ["prefecture", "prefecture", "county", "county"]
    assert [tab.label for tab in app.tabs] == ["新增 4 家"]
    app = click(app, "确认导入")
    assert "请写明理由" in words(app)
    assert units_of(office, "office") == ()
    labelled(app, "text_input", "理由")[0].input("去年的名单")  # type: ignore[attr-defined]
    app = published(click(app, "确认导入"))
    assert "新增 4 家，修改 0 家，移出 0 家" in words(app)
    kept = {unit.name: unit for unit in units_of(office, "office")}
    assert kept["萧县财政局"].parent == kept["萧县人民政府"].id
    (change,) = RegisterBook(office).history("office", kept["萧县财政局"].id)
    assert (change.actor, change.reason) == ("测试员", "去年的名单")
    assert app.dataframe[1].value["name"].iloc[0] == "宿州市人民政府"
    # The same list again changes nothing; without one unit it keeps that one unless told otherwise.
    assert "不需要导入" in words(uploaded(acting(), "名单.csv", PLAIN))
    app = uploaded(acting(), "名单.csv", PLAIN.rpartition("4,")[0])
    assert "不需要导入" in words(app)
    app.toggle(key="register_out").set_value(True).run()
    assert [tab.label for tab in app.tabs] == ["移出 1 家"]


def test_what_a_name_does_not_tell_is_asked_for() -> None:
    found = read("名单.csv", (PLAIN + "5,市三思斋\n").encode(), ())
    assert isinstance(found, Sheet)
    assert open_cells(found) == list(found.wrong)
    assert [(one.line, one.column) for one in found.wrong] == [(7, "kind")]
    unit = next(unit for unit in found.units if not unit.kind)
    frame = pd.DataFrame({"level": ["county"], "kind": ["institution"], "parent": [None]})
    after = {one.id: one for one in edited(found.units, [unit.id], frame)}
    assert after[unit.id] == replace(unit, level="county", kind="institution", parent=None)
    assert sum(after[one.id] != one for one in found.units) == 1
    assert parents_of(found.units) == [one.id for one in found.units if one.kind == "government"]


def test_a_rename_gives_one_line_over_the_years(office: Workspace, tmp_path: Path) -> None:
    for year, name in ((2021, "临湖市财政局"), (2022, "临湖市财政局"), (2023, "临湖市财政和国资局")):
        write(tmp_path / "in", f"{year}.txt", annual(name, year, year - 2000, province="云川省", city="临湖市"))
    assert take_in(office, tmp_path / "in") == (3, 0, 0)
    bureau = replace(BUREAU, id=agency_id("临湖市财政局", "云川省"))
    registered(office, [CITY, bureau])
    app = acting(unit=bureau.id)
    assert not app.exception
    names = labelled(app, "text_input", "单位名称")
    names[0].input("临湖市财政和国资局")  # type: ignore[attr-defined]
    labelled(app, "text_input", "理由")[0].input("机构改革")  # type: ignore[attr-defined]
    app = click(app, "保存")
    assert "请填写从哪个统计年度起用新名称" in words(app)
    (year,) = [each for each in app.number_input if each.label.startswith("改名时填")]
    year.set_value(2023)
    app = published(click(app, "保存"))
    assert "修改 1 家" in words(app)
    assert "有 1 份报告重新归属" in words(app)
    (unit,) = [unit for unit in units_of(office, "office") if unit.id == bureau.id]
    assert unit.former_names == (FormerName("临湖市财政局", 2015, 2022),)
    assert "单位名称：临湖市财政局 → 临湖市财政和国资局" in words(app).replace("\\", "")
    facts = reader(office).run("agency_facts", {"collection": "office", "scope": "organ", "agency_id": bureau.id})
    assert sorted(set(facts["year"])) == [2021, 2022, 2023]
    profile = page("agency", agency=bureau.id)
    assert not profile.exception
    assert "临湖市财政局(2015-2022)" in words(profile).replace("\\", "")


def test_a_field_names_its_mistake_and_nothing_is_saved(office: Workspace) -> None:
    registered(office, [CITY, BUREAU, TAX])
    app = acting(unit="c")
    labelled(app, "selectbox", "上级单位")[0].select("临湖市财政局")  # type: ignore[attr-defined]
    until = next(each for each in app.number_input if each.label == "终止年度")
    until.set_value(2010)
    next(each for each in app.number_input if each.label == "起始年度").set_value(2012)
    labelled(app, "text_input", "理由")[0].input("试试")  # type: ignore[attr-defined]
    app = click(app, "保存")
    said = [error.value for error in app.error]
    assert any("结束早于开始" in text for text in said)
    assert any("会成为自己的上级" in text for text in said)
    assert units_of(office, "office") == (BUREAU, CITY, TAX)


def test_what_somebody_else_entered_meanwhile_is_not_undone(office: Workspace) -> None:
    registered(office, [CITY, BUREAU])
    app = acting(unit="b")
    RegisterBook(office).replace("office", [CITY, replace(BUREAU, telephone="1")], "乙", "补充电话")
    labelled(app, "text_input", "理由")[0].input("试试")  # type: ignore[attr-defined]
    app = click(app, "保存")
    assert any("乙 刚刚修改过" in warning.value for warning in app.warning)
    assert {unit.id: unit.telephone for unit in units_of(office, "office")}["b"] == "1"


def test_a_unit_is_taken_out_only_when_nobody_needs_it(office: Workspace) -> None:
    registered(office, [CITY, BUREAU])
    for unit, told in (("c", "临湖市财政局"), ("b", "")):
        app = acting(unit=unit)
        labelled(app, "text_input", "理由")[-1].input("登记错了")  # type: ignore[attr-defined]
        app = click(app, "移出名录")
        if told:
            assert told in app.error[0].value
    app = published(app)
    assert units_of(office, "office") == (CITY,)
    assert "已移出名录" in app.warning[0].value
    assert "移出" in words(app)


def test_a_unit_is_entered_by_hand(office: Workspace) -> None:
    app = acting(unit="new")
    labelled(app, "text_input", "单位名称")[0].input("临湖市民政局")  # type: ignore[attr-defined]
    labelled(app, "text_input", "省份")[0].input("云川省")  # type: ignore[attr-defined]
    labelled(app, "text_input", "理由")[0].input("新设")  # type: ignore[attr-defined]
    app = click(app, "保存")
    assert len(app.error) == 2
    labelled(app, "selectbox", "层级")[0].select("地市级")  # type: ignore[attr-defined]
    labelled(app, "selectbox", "单位类型")[0].select("部门")  # type: ignore[attr-defined]
    published(click(app, "保存"))
    assert [(unit.id, unit.level) for unit in units_of(office, "office")] == [
        (agency_id("临湖市民政局", "云川省"), "prefecture")
    ]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_unknown_unit_says_what_to_do(office: Workspace, language: str) -> None:
    app = page("admin", language, unit="[x](javascript:1)")
    assert not app.exception
    assert r"\[x\]\(javascript" in app.warning[0].value


def test_names_from_a_list_are_never_markup(office: Workspace) -> None:
    registered(office, [replace(CITY, name="**甲**[x](javascript:1)", contact="<b>乙</b>")])
    app = acting(unit="c")
    assert r"\*\*甲\*\*\[x\]" in app.subheader[0].value


def test_the_renamed_unit_of_a_form() -> None:
    earlier = replace(BUREAU, former_names=(FormerName("临湖市税费局", None, 2016),))
    values = {"name": "临湖市财经局", "former_names": earlier.former_names}
    renamed = result(earlier, Given(values, 2020, False, "x", {}))
    assert renamed.former_names[-1] == FormerName("临湖市财政局", 2017, 2019)
    assert [renamed.name_in(year) for year in (2015, 2018, 2020)] == ["临湖市税费局", "临湖市财政局", "临湖市财经局"]
    assert result(earlier, Given(values, None, True, "x", {})).former_names == earlier.former_names


def test_changes_are_told_apart() -> None:
    other = replace(BUREAU, telephone="1")
    found = changes_of([CITY, BUREAU], [other, TAX])
    assert (found.added, found.changed, found.removed) == ((TAX,), ((BUREAU, other),), (CITY,))
    assert not changes_of([CITY], [CITY])


def test_units_are_counted_and_found() -> None:
    frame = counts([CITY, BUREAU, TAX, replace(BUREAU, id="x", level="county")])
    assert frame.to_dict("records") == [
        {"level": "prefecture", "government": 1, "department": 1, "vertical": 1, "all": 3},
        {"level": "county", "government": 0, "department": 1, "vertical": 0, "all": 1},
        {"level": "all", "government": 1, "department": 2, "vertical": 1, "all": 4},
    ]
    former = replace(BUREAU, former_names=(FormerName("临湖市税费局"),))
    assert matching([CITY, former], "税费局", "", "") == [former]
    assert matching([CITY, former], "", "", "government") == [CITY]


def test_the_screen_calls_the_columns_as_the_list_does() -> None:
    for column in COLUMNS:
        field = {"aliases": "short_names"}.get(column, column)
        assert message("zh-CN", f"admin.field.{field}") == headings()[column]
